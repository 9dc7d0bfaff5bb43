"""Returned goods that wait in inspection: what waits, what may be decided on it, and what is said of it.

What waits is an open row of the ledger: pieces of one line that came in and of which nobody has decided, whatever
became of their order since (docs/rules.md#returned-goods).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.domain.errors import RuleViolation, WrongUsage
from warehouse_desk.domain.status import Status, status_name


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One line of an order that came back, as the ledger names it for ever: the order may have other lines since."""

    order_id: int
    line_id: int
    cycle: int
    attempt: int
    product_id: int
    warehouse_id: int
    """Where it waits, or waited: the warehouse that it had left."""


@dataclass(frozen=True, slots=True)
class OpenRow:
    """Pieces of a returned line that wait for a decision."""

    line: ReturnedLine
    sku: str
    warehouse: str
    """The code of the warehouse in which they wait."""
    in_use: bool
    pieces: int
    since: datetime
    part: int
    """The number that the next decision on the line gets."""


@dataclass(frozen=True, slots=True)
class WaitingReturn:
    """An order whose goods wait in inspection, whatever became of it since."""

    order_id: int
    reference: str
    customer: str
    status: Status
    deleted: bool
    returned_on: date
    rows: tuple[OpenRow, ...]

    @property
    def goods(self) -> dict[str, int]:
        """How many pieces of each SKU wait."""
        return waiting_goods(self.rows)

    @property
    def warehouses(self) -> tuple[str, ...]:
        """The codes of the warehouses in which they wait."""
        return tuple(dict.fromkeys(row.warehouse for row in self.rows))

    @property
    def out_of_use(self) -> tuple[str, ...]:
        """Those of the warehouses that are out of use: their goods go to the shelf of another one."""
        return tuple(dict.fromkeys(row.warehouse for row in self.rows if not row.in_use))

    @property
    def standing(self) -> Message:
        """Where the order stands now."""
        return standing(self.status, deleted=self.deleted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of returned goods."""

    restock: bool
    """Back on the shelf; otherwise they are written off."""
    reason: str = ""
    pieces: Mapping[str, int | None] = field(default_factory=dict)
    """Only these SKUs, and of each so many pieces (None is all of them); empty means everything."""
    shelf_id: int | None = None
    """The warehouse whose shelf takes the goods; without it they go where they wait."""
    spare_id: int | None = None
    """The warehouse whose shelf takes them where theirs is out of use."""

    def check(self) -> None:
        """Refuse what can be right for no order.

        Raises:
            WrongUsage: less than one piece.
        """
        for sku, pieces in self.pieces.items():
            if pieces is not None and pieces < 1:
                raise WrongUsage(
                    msg("Pieces of {sku}: {pieces}. Enter at least one.", pieces=pieces, sku=sku),
                )

    def shelf_of(self, row: OpenRow) -> int | None:
        """Return the warehouse whose shelf takes the goods of a row; None where somebody must choose one."""
        return self.shelf_id or (row.line.warehouse_id if row.in_use else self.spare_id)


@dataclass(frozen=True, slots=True)
class Settled:
    """Pieces of a returned line and what was decided on them."""

    line: ReturnedLine
    sku: str
    pieces: int
    shelf_id: int | None
    """The warehouse whose shelf took them; None where they were written off."""
    part: int
    """The number of the decision among those on the line."""


def standing(status: Status, *, deleted: bool) -> Message:
    """Say where an order stands whose goods may wait although it is gone from all lists."""
    return msg("Deleted") if deleted else status_name(status)


def waiting_goods(rows: Sequence[OpenRow]) -> dict[str, int]:
    """Return how many pieces of each SKU wait."""
    found: Counter[str] = Counter()
    for row in rows:
        found[row.sku] += row.pieces
    return dict(found)


def goods_texts(goods: Mapping[str, int]) -> list[str]:
    """Return pieces and SKUs as a sentence names them."""
    return [f"{pieces} × {sku}" for sku, pieces in goods.items()]


def chosen(reference: str, rows: Sequence[OpenRow], decision: Decision) -> list[Settled]:
    """Return which pieces of an order's open rows a decision is about, those first that came back first.

    Raises:
        RuleViolation: fewer of them wait, or they wait where none can be put back on the shelf.
    """
    have = waiting_goods(rows)
    for sku, pieces in decision.pieces.items():
        if (pieces or 1) > have.get(sku, 0):
            raise RuleViolation(_too_many(reference, sku, have))
    left = {sku: decision.pieces.get(sku) or have[sku] for sku in decision.pieces or have}
    settled = []
    for row in rows:
        pieces = min(row.pieces, left.get(row.sku, 0))
        if pieces:
            left[row.sku] -= pieces
            shelf_id = _shelf(reference, row, decision)
            settled.append(Settled(row.line, row.sku, pieces, shelf_id, row.part))
    return settled


def _shelf(reference: str, row: OpenRow, decision: Decision) -> int | None:
    if not decision.restock:
        return None
    shelf = decision.shelf_of(row)
    if shelf is None:
        raise RuleViolation(
            msg(
                "The goods of {reference} wait in {warehouse}, which is inactive. Choose another warehouse for them.",
                reference=reference,
                warehouse=row.warehouse,
            )
        )
    return shelf


def _too_many(reference: str, sku: str, have: Mapping[str, int]) -> Message:
    if not have.get(sku):
        return msg(
            "No {sku} of {reference} waits in inspection. Waiting: {goods}.",
            sku=sku,
            reference=reference,
            goods=goods_texts(have),
        )
    return nmsg(
        "Only {n} piece of {sku} waits for {reference}. Enter {n} or fewer.",
        "Only {n} pieces of {sku} wait for {reference}. Enter {n} or fewer.",
        have[sku],
        sku=sku,
        reference=reference,
    )


def nothing_waits(reference: str, standing: Message) -> Message:
    """Return the sentence for an order of which nothing waits."""
    return msg("{reference} is “{status}”: none of its goods wait in inspection.", reference=reference, status=standing)


def settled_before(reference: str) -> Message:
    """Return the calm sentence for an order whose goods somebody decided on."""
    return msg("The goods of {reference} were already restocked or written off.", reference=reference)


def settled_message(reference: str, settled: Sequence[Settled], remaining: int, elsewhere: str) -> Message:
    """Say what was decided.

    ``remaining``: the pieces of the order that still wait; ``elsewhere``: the code of the warehouse whose shelf took
    goods that had waited in another one.
    """
    goods = goods_texts(settled_goods(settled))
    if elsewhere:
        message = msg(
            "Restocked in {warehouse} from {reference}: {goods}.",
            goods=goods,
            reference=reference,
            warehouse=elsewhere,
        )
    elif remaining:
        text = _SOME_WRITTEN_OFF if settled[0].shelf_id is None else _SOME_RESTOCKED
        message = text.with_params(goods=goods, reference=reference)
    else:
        message = (_WRITTEN_OFF if settled[0].shelf_id is None else _RESTOCKED).with_params(reference=reference)
    if remaining:
        return nmsg("{said} {n} piece still waits.", "{said} {n} pieces still wait.", remaining, said=message)
    return message


def settled_goods(settled: Sequence[Settled]) -> dict[str, int]:
    """Return how many pieces of each SKU a decision was about."""
    counted: Counter[str] = Counter()
    for each in settled:
        counted[each.sku] += each.pieces
    return dict(counted)


_RESTOCKED = msg("The goods of {reference} are restocked.")
_WRITTEN_OFF = msg("The goods of {reference} are written off.")
_SOME_RESTOCKED = msg("Restocked from {reference}: {goods}.")
_SOME_WRITTEN_OFF = msg("Written off from {reference}: {goods}.")
