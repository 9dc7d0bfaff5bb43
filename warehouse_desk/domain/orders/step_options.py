"""What an asker gives with a step, and what every order of the step needs of it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from warehouse_desk.common.messages import msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.days import check_not_ahead, sets_a_day
from warehouse_desk.domain.orders.refusals import missing_need
from warehouse_desk.domain.orders.transitions import Action, Need, rows_of

MAX_REASON = 1_000
"""Characters of a reason (docs/api.md#limits)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOptions:
    """What the asker gave with an action."""

    date: date
    warehouse_id: int | None = None
    reason: str = ""
    person_id: int | None = None
    company_id: int | None = None
    from_stock: bool | None = None
    short_skus: tuple[str, ...] | None = None
    to_new: bool = False
    """Resume to NEW instead of the status before the undone step."""
    allow_negative: bool = False
    """Ship although too little lies there; wants the ability ``allowNegativeStock``."""
    outdated_label: bool = False
    """Let the parcel go with a label that is older than the order; wants the ability ``overrideVerification``."""
    uncounted: bool = False
    """Let the parcel go though its products were changed since it was packed; wants ``overrideVerification``."""

    def holds(self, need: Need) -> bool:
        """Tell whether a need was given."""
        if need is Need.REASON:
            return bool(self.reason.strip())
        return need is Need.DATE or getattr(self, _FIELD[need]) is not None


NEED_FIELDS = {
    Need.DATE: "date",
    Need.WAREHOUSE: "warehouseId",
    Need.PERSON: "delivery_boy_id",
    Need.COMPANY: "shippent_company_id",
    Need.FROM_STOCK: "from_stock",
    Need.REASON: "description",
    Need.SHORT_SKUS: "short_skus",
}
"""What each need is called in a request over HTTP, by the API's names (docs/api.md)."""

_FIELD = {
    Need.WAREHOUSE: "warehouse_id",
    Need.PERSON: "person_id",
    Need.COMPANY: "company_id",
    Need.FROM_STOCK: "from_stock",
    Need.SHORT_SKUS: "short_skus",
}


def check_options(action: Action, options: StepOptions, today: date) -> None:
    """Refuse a request that no order could fulfil, before any is looked at.

    Raises:
        WrongUsage: what every row of the action needs is missing, out of bounds, or a day after today.
    """
    for need in common_needs(action):
        if not options.holds(need):
            raise WrongUsage(missing_need(action, need), NEED_FIELDS[need])
    if sets_a_day(action):
        check_not_ahead(action, options.date, today)
    if not is_storable(options.reason):
        raise WrongUsage(msg("The reason has a character that cannot be stored. Retype it."), NEED_FIELDS[Need.REASON])
    if len(options.reason) > MAX_REASON:
        raise WrongUsage(
            msg(
                "The reason is too long: {length} characters instead of {limit} at most. Shorten it.",
                length=len(options.reason),
                limit=MAX_REASON,
            ),
            NEED_FIELDS[Need.REASON],
        )


@cache
def common_needs(action: Action) -> tuple[Need, ...]:
    """Return what every row of an action needs."""
    rows = rows_of(action)
    return tuple(need for need in rows[0].needs if all(need in row.needs for row in rows))
