"""The day of a step: not after today, not before the order was made, not before the step before it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import facts
from warehouse_desk.domain.errors import RuleViolation, WrongUsage
from warehouse_desk.domain.orders.days import check_day, check_not_ahead
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 6)


def a_parcel(**fields: object) -> OrderFacts:
    known: dict[str, object] = {"created_at": MADE, "status": Status.SHIPPED}
    days = {"packed_on": date(2026, 3, 3), "shipped_on": date(2026, 3, 4)}
    return facts(**{**known, **days, **fields})


def refusal(order: OrderFacts, day: date, today: date = TODAY, earlier: date | None = None) -> str:
    try:
        check_day(order, Action.DELIVER, day, today, earlier)
    except RuleViolation as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("day", [date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)])
def test_any_day_from_the_step_before_to_today_will_do(day: date) -> None:
    assert refusal(a_parcel(), day) == ""


def test_a_day_to_come_is_named_with_today() -> None:
    said = refusal(a_parcel(), date(2026, 3, 7))
    assert said == (
        "ORD-00001: “Mark delivered” cannot be on 07/03/2026, because today is 06/03/2026. "
        "Choose today or an earlier day."
    )


def test_a_day_before_the_step_before_is_named_with_that_step_s() -> None:
    said = refusal(a_parcel(), date(2026, 3, 3))
    assert said == (
        "ORD-00001 became “Shipped” on 04/03/2026: “Mark delivered” cannot be earlier, on 03/03/2026. "
        "Choose 04/03/2026 or later."
    )


def test_a_day_before_the_order_is_named_with_the_order_s() -> None:
    said = refusal(a_parcel(packed_on=None, shipped_on=None), date(2026, 3, 1))
    assert said.startswith("ORD-00001 was created on 02/03/2026: “Mark delivered” cannot be earlier, on 01/03/2026.")


def test_a_day_before_the_journey_before_is_named_with_its_end() -> None:
    said = refusal(a_parcel(packed_on=None, shipped_on=None), date(2026, 3, 3), earlier=date(2026, 3, 4))
    assert said.startswith("The previous journey of ORD-00001 ended on 04/03/2026: “Mark delivered” cannot")


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=20)])
def test_today_will_do_although_another_station_wrote_tomorrow(ahead: timedelta) -> None:
    made = datetime(2026, 3, 6, 23, 0, tzinfo=UTC) + ahead
    order = a_parcel(created_at=made, packed_on=None, shipped_on=None)
    assert refusal(order, TODAY) == ""
    assert "was created on" in refusal(order, date(2026, 3, 5))


def test_a_station_whose_clock_is_days_behind_is_told_so() -> None:
    assert refusal(a_parcel(), date(2026, 1, 1), today=date(2026, 1, 1)) == (
        "ORD-00001 became “Shipped” on 04/03/2026, but on this station today is 01/01/2026. "
        "Correct its clock, then repeat the step."
    )


def test_a_day_to_come_refuses_a_request_before_any_order_is_looked_at() -> None:
    check_not_ahead(Action.PACK, TODAY, TODAY)
    with pytest.raises(WrongUsage, match="cannot be on 07/03/2026, because today is 06/03/2026"):
        check_not_ahead(Action.PACK, date(2026, 3, 7), TODAY)
