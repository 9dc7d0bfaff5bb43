"""What became of a step, one result per order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.status import Status

_SHOWN = 64
"""Characters of an unknown code that are shown."""


class Outcome(StrEnum):
    """How a step ended for one order."""

    DONE = "done"
    ALREADY = "already"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ActionResult:
    """The answer for one order."""

    reference: str
    outcome: Outcome
    status_before: Status | None
    status_after: Status | None
    message: Message
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The orders that a step touched, for every view that shows them."""

    order_ids: frozenset[int] = frozenset()
    products: bool = False
    """Whether products or stock changed too."""
    everything: bool = False
    """Whether more changed than can be named: whatever is shown must be read again."""

    def __bool__(self) -> bool:
        return bool(self.order_ids) or self.products or self.everything


@dataclass(frozen=True, slots=True)
class BulkResult:
    """The answers of one request, in the order in which the orders were named."""

    results: tuple[ActionResult, ...]
    changes: ChangeSet = field(default_factory=ChangeSet)
    dropped: Mapping[Outcome, int] = field(default_factory=dict)
    """Answers of a very long list that were counted but not kept."""
    notices: tuple[Message, ...] = ()
    """What else is to be said of the request: fields of it that nobody reads."""

    def count(self, outcome: Outcome) -> int:
        """Return how many orders ended in one way."""
        return self.dropped.get(outcome, 0) + sum(1 for result in self.results if result.outcome is outcome)

    @property
    def all_done(self) -> bool:
        """Whether nothing was refused, unknown or failed."""
        good = {Outcome.DONE, Outcome.ALREADY}
        return self.dropped.keys() <= good and all(result.outcome in good for result in self.results)


def changed(results: Iterable[ActionResult], *, products: bool = False) -> ChangeSet:
    """Return the change set of the results that were done."""
    ids = {r.order_id for r in results if r.outcome is Outcome.DONE and r.order_id is not None}
    return ChangeSet(frozenset(ids), products)


def no_order(key: int | str) -> Message:
    """Return the sentence for a code, or an id, that no order carries."""
    code = str(key)[:_SHOWN]
    return msg("No order has the code {code}. Check the label, or search for the customer.", code=code)


def unknown(code: str) -> ActionResult:
    """Return the answer for a code that no order carries."""
    return ActionResult(code, Outcome.UNKNOWN, None, None, no_order(code))
