"""The supervisor's board: exact numbers from orders that the services themselves moved, on both databases."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import MORNING, Shop, a_line, an_order_body, run_sql
from warehouse_desk.domain.errors import NotAllowed, WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.reports import OrderSet, ShortOrder, fillable
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk

Zone = Callable[[str], None]


@pytest.fixture
def zone() -> Iterator[Zone]:
    """Move the station into a time zone."""
    with pytest.MonkeyPatch.context() as patch:

        def move(name: str) -> None:
            patch.setenv("TZ", name)
            time.tzset()

        yield move
    time.tzset()


@pytest.fixture
def casablanca(zone: Zone) -> None:
    """A day in March 2026 before the clocks change: the station's hours are those of UTC."""
    zone("Africa/Casablanca")


def ids(shop: Shop, *references: str) -> tuple[int, ...]:
    """Return the ids of orders, newest first."""
    return tuple(sorted((shop.facts(each).id for each in references), reverse=True))


def act_as(desk: Desk, action: Action, *references: str, **fields: object) -> None:
    answer = desk.orders.act(action, references, StepOptions(date=date(2026, 3, 2), **fields))  # type: ignore[arg-type]
    assert answer.all_done, [str(each.message) for each in answer.results]


def reached(shop: Shop) -> dict[Status, int]:
    found = {each.status: each.orders.count for each in shop.desk.reports.today().statuses}
    assert list(found) == list(Status)
    return {status: count for status, count in found.items() if count}


def test_an_empty_day_has_nine_zeros_and_no_hours(shop: Shop) -> None:
    report = shop.desk.reports.today()
    assert [each.orders for each in report.statuses] == [OrderSet()] * 9
    assert (report.hours, report.workers, report.steps) == ((), (), 0)


@pytest.mark.usefixtures("casablanca")
def test_today_counts_orders_by_status_and_steps_by_hour_and_worker(shop: Shop) -> None:
    karim = shop.desk_of("Karim", "Poste 2")
    first, second, third = shop.create(*[an_order_body()] * 3)  # 08:00
    shop.done(Action.PACK, first, second)
    shop.clock.advance(hours=2, minutes=59, seconds=59)  # 10:59:59
    act_as(karim, Action.PACK, third)
    act_as(karim, Action.SHIP, first, warehouse_id=shop.warehouse)
    shop.clock.advance(seconds=1)  # 11:00:00
    act_as(karim, Action.SHIP, second, warehouse_id=shop.warehouse)
    report = shop.desk.reports.today()
    assert report.day == date(2026, 3, 2)
    assert reached(shop) == {Status.NEW: 3, Status.PACKED: 3, Status.SHIPPED: 2}
    behind = {each.status: each.orders.ids for each in report.statuses}
    assert behind[Status.SHIPPED] == ids(shop, second, first)
    hours = [(each.start.hour, each.steps, each.orders.count) for each in report.hours]
    assert hours == [(8, 2, 2), (9, 0, 0), (10, 2, 2), (11, 1, 1)]
    workers = [(each.name, each.steps, each.orders.ids) for each in report.workers]
    assert workers == [("Karim", 3, ids(shop, first, second, third)), ("Salma", 2, ids(shop, first, second))]


def test_a_step_taken_back_and_an_order_deleted_do_not_count(shop: Shop) -> None:
    kept, undone, deleted = shop.create(*[an_order_body()] * 3)
    shop.done(Action.PACK, kept, undone)
    shop.clock.advance(minutes=1)
    shop.done(Action.UNDO, undone)
    shop.done(Action.DELETE, deleted)
    assert reached(shop) == {Status.NEW: 2, Status.PACKED: 1}
    assert [(each.name, each.steps) for each in shop.desk.reports.today().workers] == [("Salma", 1)]


def test_an_order_that_reaches_a_status_twice_is_one_order_and_two_steps(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.ROLLBACK, reference)
    shop.done(Action.RESUME, reference, to_new=True)
    shop.done(Action.PACK, reference)
    assert reached(shop)[Status.PACKED] == 1
    (salma,) = shop.desk.reports.today().workers
    assert (salma.steps, salma.orders.count) == (4, 1)


def test_changes_that_move_no_order_are_no_steps(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.LABELS, reference)
    shop.done(Action.HOLD, reference)
    shop.done(Action.RELEASE, reference)
    assert shop.desk.reports.today().steps == 1


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Africa/Casablanca", datetime(2026, 3, 2, 23, 59, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 3, 2, 18, 29, tzinfo=UTC), datetime(2026, 3, 2, 18, 30, tzinfo=UTC)),
        ("America/Lima", datetime(2026, 3, 3, 4, 59, tzinfo=UTC), datetime(2026, 3, 3, 5, tzinfo=UTC)),
    ],
)
def test_the_day_begins_at_the_stations_midnight(
    shop: Shop, zone: Zone, name: str, before: datetime, after: datetime
) -> None:
    zone(name)
    shop.clock.moment = before
    old = shop.order_in(Status.PACKED)
    assert reached(shop) == {Status.NEW: 1, Status.PACKED: 1}
    shop.clock.moment = after
    assert reached(shop) == {}
    shop.done(Action.SHIP, old)
    assert reached(shop) == {Status.SHIPPED: 1}
    (hour,) = shop.desk.reports.today().hours
    assert hour.start == after


@pytest.mark.parametrize(("day", "count"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_a_day_on_which_the_clocks_change_has_the_hours_it_has(shop: Shop, zone: Zone, day: date, count: int) -> None:
    zone("Europe/Paris")
    midnight = datetime.combine(day, datetime.min.time()).astimezone()
    references = shop.create(*[an_order_body()] * count)
    for place, reference in enumerate(references):
        shop.clock.moment = midnight.astimezone(UTC) + timedelta(hours=place, minutes=30)
        shop.done(Action.PACK, reference)
    report = shop.desk.reports.today()
    assert report.day == day
    assert [each.steps for each in report.hours] == [1] * count


def test_a_number_is_exact_and_names_at_most_a_thousand_orders(shop: Shop) -> None:
    references = [shop.create(*[an_order_body()] * 501) for _ in range(2)]
    new = next(each for each in shop.desk.reports.today().statuses if each.status is Status.NEW)
    assert (new.orders.count, len(new.orders.ids)) == (1_002, 1_000)
    assert new.orders.ids[0] == shop.facts(references[1][-1]).id


def test_parcels_lie_too_long_from_the_moment_after_their_limit(shop: Shop) -> None:
    packed = shop.order_in(Status.PACKED)
    waiting = shop.order_in(Status.WAITING)
    shop.clock.advance(hours=24)
    assert [each.orders.count for each in shop.desk.reports.stuck().figures] == [0, 0]
    shop.clock.advance(seconds=1)
    assert [each.orders.ids for each in shop.desk.reports.stuck().figures] == [ids(shop, packed), ()]
    shop.clock.advance(hours=24)
    assert [each.orders.ids for each in shop.desk.reports.stuck().figures] == [ids(shop, packed), ids(shop, waiting)]


def test_a_parcel_lies_since_it_came_whatever_was_done_to_it_there(shop: Shop) -> None:
    touched, resumed, undone = shop.orders_in(Status.PACKED, 3)
    shop.clock.advance(hours=20)
    shop.done(Action.HOLD, touched)
    shop.done(Action.ROLLBACK, resumed)
    shop.done(Action.RESUME, resumed)
    shop.done(Action.SHIP, undone)
    shop.done(Action.UNDO, undone)
    shop.clock.advance(hours=5)
    packed = shop.desk.reports.stuck().figures[0]
    assert packed.orders.count == 2
    assert [(each.reference, each.since, each.held) for each in packed.longest] == [
        (touched, MORNING, True),
        (undone, MORNING, False),
    ]


def test_the_parcels_that_lie_longest_come_first(shop: Shop) -> None:
    references = []
    for _ in range(3):
        references.append(shop.order_in(Status.PACKED))
        shop.clock.advance(hours=30)
    packed = shop.desk.reports.stuck().figures[0]
    assert [each.reference for each in packed.longest] == references
    assert list(packed.orders.ids) == [each.id for each in packed.longest]


def test_an_order_without_history_lies_since_its_last_change(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    run_sql(shop.database, "UPDATE orders SET status = 'PACKED'")
    shop.clock.advance(hours=25)
    packed = shop.desk.reports.stuck().figures[0]
    assert [(each.reference, each.since) for each in packed.longest] == [(reference, MORNING)]


def short_orders(shop: Shop, sku: str, *quantities: int) -> tuple[str, ...]:
    references = shop.create(*[an_order_body(products=[a_line(sku, units)]) for units in quantities])
    shop.done(Action.OUT_OF_STOCK, *references)
    return references


def test_shorts_are_filled_first_come_first_served(shop: Shop) -> None:
    shop.a_product("HENNE", name="Henné")
    first, large, third, fourth = short_orders(shop, "HENNE", 2, 5, 2, 1)
    report = shop.desk.reports.shorts()
    assert (report.waiting, report.fillable, report.products) == (4, OrderSet(), ())
    shop.desk.goods.receive(shop.warehouse, "HENNE", 4)
    report = shop.desk.reports.shorts()
    assert (report.waiting, report.fillable.count) == (4, 2)
    assert report.fillable.ids == ids(shop, first, third)[::-1]
    (henna,) = report.products
    assert (henna.sku, henna.name, henna.available, henna.orders) == ("HENNE", "Henné", 4, report.fillable)
    shop.done(Action.BACK_IN_STOCK, first, third)
    assert shop.desk.reports.shorts().fillable == OrderSet()
    shop.desk.goods.receive(shop.warehouse, "HENNE", 5)
    assert shop.desk.reports.shorts().fillable.ids == ids(shop, large)
    assert shop.status(fourth) is Status.OUT_OF_STOCK


def test_what_is_promised_to_others_fills_nothing(shop: Shop) -> None:
    shop.a_product("HENNE")
    short_orders(shop, "HENNE", 1)
    shop.create(an_order_body(products=[a_line("HENNE", 3)]))
    shop.desk.goods.receive(shop.warehouse, "HENNE", 3)
    assert shop.desk.reports.shorts().fillable.count == 0
    shop.desk.goods.receive(shop.warehouse, "HENNE", 1)
    assert shop.desk.reports.shorts().fillable.count == 1


def test_every_line_must_be_covered_and_one_product_on_two_lines_is_added_up(shop: Shop) -> None:
    shop.a_product("HENNE")
    shop.a_product("KHOL")
    both, twice = shop.create(
        an_order_body(products=[a_line("HENNE"), a_line("KHOL")]),
        an_order_body(products=[a_line("HENNE", 2), a_line("HENNE", 2)]),
    )
    shop.done(Action.OUT_OF_STOCK, both, twice)
    shop.desk.goods.receive(shop.warehouse, "HENNE", 3)
    assert shop.desk.reports.shorts().fillable.count == 0
    shop.desk.goods.receive(shop.warehouse, "HENNE", 1)
    assert shop.desk.reports.shorts().fillable.ids == ids(shop, twice)
    shop.desk.goods.receive(shop.warehouse, "KHOL", 1)
    assert shop.desk.reports.shorts().fillable.ids == ids(shop, both)


def test_an_order_on_hold_and_the_stock_that_a_company_keeps_do_not_count(shop: Shop) -> None:
    shop.a_product("HENNE")
    held, other = short_orders(shop, "HENNE", 1, 1)
    shop.done(Action.HOLD, held)
    virtual = next(each.id for each in shop.desk.directories.warehouses() if each.shipping_company_id is not None)
    shop.desk.goods.receive(virtual, "HENNE", 10)
    assert shop.desk.reports.shorts().fillable.count == 0
    shop.desk.goods.receive(shop.warehouse, "HENNE", 10)
    assert shop.desk.reports.shorts().fillable.ids == ids(shop, other)


ORDERS = st.lists(st.dictionaries(st.integers(1, 3), st.integers(1, 5), min_size=1), max_size=12)


@given(wants=ORDERS, available=st.dictionaries(st.integers(1, 3), st.integers(0, 12)))
def test_never_more_is_promised_than_is_there_and_nobody_is_passed_over_who_could_be_served(
    wants: list[dict[int, int]], available: dict[int, int]
) -> None:
    orders = [ShortOrder(number, want) for number, want in enumerate(wants)]
    served = fillable(orders, available)
    left = dict(available)
    for order in orders:
        fits = all(left.get(product, 0) >= units for product, units in order.wants.items())
        assert (order in served) == fits
        if fits:
            left = {product: units - order.wants.get(product, 0) for product, units in left.items()}
    assert all(units >= 0 for units in left.values())


def end_parcels(shop: Shop, *, delivered: int = 0, returned: int = 0, **fields: object) -> tuple[str, ...]:
    """Let parcels be delivered and come back; return the references of those that came back."""
    if delivered:
        shop.orders_in(Status.DELIVERED, delivered, **fields)
    return shop.orders_in(Status.RETURNED, returned, **fields) if returned else ()


def test_return_rates_by_city_the_worst_first_with_enough_parcels_only(shop: Shop) -> None:
    back = end_parcels(shop, delivered=15, returned=5, city="Agadir")
    end_parcels(shop, delivered=18, returned=2, city="Rabat")
    end_parcels(shop, returned=19, city="Taza")
    report = shop.desk.reports.returns()
    rates = [(each.name, each.returned, each.delivered, each.rate) for each in report.cities.figures]
    assert rates == [("Agadir", 5, 15, 0.25), ("Rabat", 2, 18, 0.1)]
    assert report.cities.left_out == 1
    assert report.cities.figures[0].orders.ids == ids(shop, *back)
    assert report.cities.figures[0].name_ar == "أكادير"
    assert (report.whole.returned, report.whole.sample) == (26, 59)


def test_a_city_is_one_however_it_is_spelled_also_one_that_no_list_knows(shop: Shop) -> None:
    for city in ("Agadir", "AGADIR", "أكادير", "Douar Ait Said", "DOUAR AÏT SAÏD"):
        end_parcels(shop, delivered=1, city=city)
    report = shop.desk.reports.returns(least=1)
    assert [(each.name, each.sample) for each in report.cities.figures] == [("Agadir", 3), ("Douar Ait Said", 2)]


def test_return_rates_by_company_and_our_own_delivery(shop: Shop) -> None:
    pushed = shop.orders_in(Status.WAITING, 4)
    shop.done(Action.SHIP, *pushed)
    shop.done(Action.DELIVER, *pushed)
    shop.done(Action.RETURN, pushed[0])
    end_parcels(shop, delivered=2)
    report = shop.desk.reports.returns(least=2)
    rates = [(each.name, each.returned, each.delivered) for each in report.companies.figures]
    assert rates == [("Amana", 1, 3), ("", 0, 2)]
    assert shop.desk.reports.returns(least=3).companies.left_out == 1


def test_rates_look_back_thirty_days(shop: Shop) -> None:
    end_parcels(shop, returned=1)
    shop.clock.advance(days=29)
    assert shop.desk.reports.returns(least=1).whole.sample == 1
    shop.clock.advance(days=1)
    report = shop.desk.reports.returns(least=1)
    assert (report.whole.sample, report.cities.figures, report.cities.left_out) == (0, (), 0)


def test_a_least_number_below_one_is_refused(shop: Shop) -> None:
    with pytest.raises(WrongUsage, match="enter at least 1"):
        shop.desk.reports.returns(least=0)


@pytest.mark.parametrize("name", ["today", "stuck", "shorts", "returns"])
def test_who_may_not_view_reports_is_refused(shop: Shop, name: str) -> None:
    packer = shop.desk_of("Karim", abilities=ALL_ABILITIES - {Ability.VIEW_REPORTS})
    with pytest.raises(NotAllowed, match="viewReports"):
        getattr(packer.reports, name)()


def test_the_orders_behind_a_number_are_a_list_of_their_own(shop: Shop) -> None:
    references = shop.create(*[an_order_body()] * 5)
    wanted = ids(shop, references[0], references[3])
    behind = OrderFilter(ids=tuple(wanted))
    frame = shop.desk.orders.open_window(behind)
    assert (frame.total, [anchor[1] for anchor in frame.anchors]) == (2, [wanted[0]])
    assert [row.reference for row in shop.desk.orders.window_page(behind)] == [references[3], references[0]]
    assert shop.desk.orders.window_page(OrderFilter(ids=())) == ()
    assert shop.desk.orders.window_page(OrderFilter(ids=(2**80, -1))) == ()
    with pytest.raises(WrongUsage, match="1001 instead of 1000 at most"):
        shop.desk.orders.window_page(OrderFilter(ids=tuple(range(1, 1_002))))
