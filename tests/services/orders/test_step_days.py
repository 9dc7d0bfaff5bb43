"""Days of steps: what is said of one that cannot be, and clocks, time zones, journeys. Every entrance: tests/matrix."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import MORNING, TODAY, Shop
from warehouse_desk.domain.errors import InvalidInput, WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.status import Status
from warehouse_desk.services.scanning.request import ScanRequest

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A station in Paris, an hour ahead of UTC."""
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_day_ahead_is_named_with_today(shop: Shop) -> None:
    with pytest.raises(WrongUsage, match="cannot be on 03/03/2026, because today is 02/03/2026"):
        shop.do(Action.ASSIGN, shop.order_in(Status.PACKED), date=TOMORROW)


def test_a_day_before_the_step_before_is_named_with_the_first_that_can_be(shop: Shop) -> None:
    (result,) = shop.do(Action.SHIP, shop.order_in(Status.PACKED), date=YESTERDAY)
    assert str(result.message) == (
        "ORD-00001 became “Packed” on 02/03/2026: “Mark shipped” cannot be earlier, on 01/03/2026. "
        "Choose 02/03/2026 or later."
    )


def test_steps_follow_each_other_in_days(shop: Shop) -> None:
    (reference,) = shop.create()
    shop.clock.advance(days=10)
    for action, day in ((Action.PACK, 4), (Action.SHIP, 6), (Action.DELIVER, 8)):
        early = TODAY.replace(day=day - 1)
        if action is not Action.PACK:
            (result,) = shop.do(action, reference, date=TODAY.replace(day=day - 3))
            assert result.outcome is Outcome.REFUSED, early
        shop.done(action, reference, date=TODAY.replace(day=day))
    found = shop.facts(reference)
    assert [d.day for d in (found.packed_on, found.shipped_on, found.delivered_on) if d] == [4, 6, 8]


def test_a_renewed_order_is_not_packed_before_it_came_back(shop: Shop) -> None:
    (reference,) = shop.create()
    shop.clock.advance(days=10)
    for action, day in ((Action.PACK, 4), (Action.SHIP, 6), (Action.RETURN, 8)):
        shop.done(action, reference, date=TODAY.replace(day=day))
    shop.done(Action.RENEW, reference)
    (early,) = shop.do(Action.PACK, reference, date=TODAY.replace(day=7))
    assert "The previous journey of ORD-00001 ended on 08/03/2026" in str(early.message)
    shop.done(Action.PACK, reference, date=TODAY.replace(day=9))


def test_a_day_may_be_mended_by_rolling_back(shop: Shop) -> None:
    (reference,) = shop.create()
    shop.clock.advance(days=10)
    shop.done(Action.PACK, reference, date=TODAY.replace(day=6))
    shop.done(Action.ROLLBACK, reference)
    shop.done(Action.RESUME, reference)
    shop.done(Action.PACK, reference, date=TODAY.replace(day=4))


def test_by_scanner_a_day_that_cannot_be_is_refused(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    early = shop.desk.scanning.scan("pack", reference, StepOptions(date=YESTERDAY))
    assert (early.outcome, shop.status(reference)) == (Outcome.REFUSED, Status.NEW)
    number = shop.desk.scanning.receive(
        ScanRequest(mode=ModeName.PACK, code=reference, options=StepOptions(date=TOMORROW))
    )
    ahead = shop.desk.scanning.process(number).result
    assert ahead.outcome is Outcome.REFUSED
    assert "because today is 02/03/2026" in str(ahead.message)


def test_a_reading_that_waited_past_midnight_keeps_its_day(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    number = shop.desk.scanning.receive(
        ScanRequest(mode=ModeName.PACK, code=reference, options=StepOptions(date=TODAY))
    )
    shop.clock.advance(days=1)
    assert shop.desk.scanning.process(number).result.outcome is Outcome.DONE
    assert shop.facts(reference).packed_on == TODAY


def test_by_file_each_row_is_judged_by_its_own_day(shop: Shop, tmp_path: Path) -> None:
    references = shop.orders_in(Status.SHIPPED, 3)
    path = tmp_path / "delivered.csv"
    days = ("03/03/2026", "01/03/2026", "02/03/2026")
    rows = [f"{reference},{day}" for reference, day in zip(references, days, strict=True)]
    path.write_text("\n".join(["reference,date", *rows]), "utf-8")
    results = shop.desk.files.by_file.mark(Action.DELIVER, path).answer.results
    assert [each.outcome for each in results] == [Outcome.REFUSED, Outcome.REFUSED, Outcome.DONE]
    assert "cannot be on 03/03/2026, because today is 02/03/2026" in str(results[0].message)
    assert "became “Shipped” on 02/03/2026" in str(results[1].message)


def test_by_file_a_day_given_for_all_rows_refuses_each_of_them(shop: Shop, tmp_path: Path) -> None:
    reference = shop.order_in(Status.SHIPPED)
    path = tmp_path / "returned.csv"
    path.write_text(f"reference\n{reference}\n", "utf-8")
    (result,) = shop.desk.files.by_file.mark(Action.RETURN, path, date(2031, 1, 1)).answer.results
    assert result.outcome is Outcome.REFUSED
    assert "01/01/2031" in str(result.message)


def test_a_whole_list_is_judged_order_by_order(shop: Shop) -> None:
    shop.create()
    shop.clock.advance(days=3)
    shop.create()
    given = shop.options(date=TODAY.replace(day=4))
    result = shop.desk.orders.act_on_filter(Action.PACK, OrderFilter(), given)
    assert (result.counts[Outcome.DONE], result.counts[Outcome.REFUSED]) == (1, 1)


def test_what_a_synchronisation_takes_over_is_taken_as_the_server_says_it(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    sync = shop.desk_of("server", source=Source.SYNC)
    assert sync.orders.act(Action.PACK, [reference], shop.options(date=YESTERDAY)).all_done


@pytest.mark.usefixtures("zone")
def test_the_station_s_day_counts_and_not_that_of_greenwich(shop: Shop) -> None:
    shop.clock.moment = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight in Paris
    (reference,) = shop.create()
    (early,) = shop.do(Action.PACK, reference, date=date(2026, 3, 2))
    assert "was created on 03/03/2026" in str(early.message)
    shop.done(Action.PACK, reference, date=date(2026, 3, 3))


def test_a_station_whose_clock_is_a_little_slow_may_work_on(shop: Shop) -> None:
    shop.clock.moment = MORNING.replace(hour=23, minute=58) + timedelta(minutes=5)
    (reference,) = shop.create()
    shop.clock.moment -= timedelta(minutes=5)
    shop.done(Action.PACK, reference)
    shop.done(Action.SHIP, reference)


def test_a_station_whose_clock_fell_back_for_days_is_told_so(shop: Shop) -> None:
    (reference,) = shop.create()
    shop.clock.moment = datetime(2020, 1, 1, 8, 0, tzinfo=UTC)
    (result,) = shop.do(Action.PACK, reference)
    assert str(result.message) == (
        "ORD-00001 was created on 02/03/2026, but on this station today is 01/01/2020. "
        "Correct its clock, then repeat the step."
    )


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    "written",
    [
        "2026-03-04",
        " 2026-03-04\u200e",
        "2026-03-04T00:10",
        "2026-03-04 23:59:59",
        "2026-03-03T23:30:00Z",
        "2026-03-03T23:30:00.123456789Z",
        "2026-03-04T05:00:00+05:00",
        "2026-03-03T20:00:00-0500",
    ],
)
def test_a_moment_of_the_api_is_the_station_s_day(shop: Shop, written: str) -> None:
    reference = shop.order_in(Status.NEW)
    shop.clock.advance(days=5)
    shop.desk.orders.update_statuses({"orders": [{"reference": reference, "status": "packed", "action_date": written}]})
    assert shop.facts(reference).packed_on == date(2026, 3, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2026-3-4",
        "20260304",
        "2026-W10-3",
        "04/03/2026",
        "2026-02-30",
        "2026-03-04T25:00",
        "2026-03-04T",
        20260304,
        True,
    ],
)
def test_what_is_no_day_of_the_api_is_named(shop: Shop, written: object) -> None:
    entry = {"reference": shop.order_in(Status.NEW), "status": "packed", "action_date": written}
    with pytest.raises(InvalidInput) as refused:
        shop.desk.orders.update_statuses({"orders": [entry]})
    assert list(refused.value.fields) == ["orders.0.action_date"]
    assert "enter a date such as 2026-01-31." in str(refused.value)
