"""Filters and sorts: whatever is asked, the pages hold every matching order exactly once, in one order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.builders import MORNING, Shop, an_order_body, open_shop, run_sql
from tests.support.postgres import PostgresServer
from warehouse_desk.common.clock import local_day
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.orders import frames, lists, walks
from warehouse_desk.data.orders.filters import conditions
from warehouse_desk.data.tables import orders, outbox
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.finding import EVERY_ORDER, OrderFilter, Period, Sort, SortKey
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

NAMES = ("Élodie", "elodie", "Zineb", "فاطمة", "Ahmed")
CITIES = ("Casablanca", "Rabat", "Fès")
ORDERS = 61


@pytest.fixture(params=[4, walks.WALK], ids=["short walks", "long walks"])
def walk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite give up its walks along an index early, as it does in a list of a million."""
    monkeypatch.setattr(walks, "WALK", request.param)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def busy_shop(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[Shop]:
    """A shop with orders of every kind, which the tests of this module only read."""
    name = ""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("finding") / "desk.sqlite"
        path.write_bytes(sqlite_template.read_bytes())
        url = f"sqlite:///{path.as_posix()}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.create_database(request.getfixturevalue("postgres_template"))
        url = server.url(name)
    database = Database(url)
    shop = open_shop(database)
    fill(shop)
    yield shop
    database.close()
    if name:
        request.getfixturevalue("postgres_server").drop_database(name)


def fill(shop: Shop) -> None:
    """Make orders whose names, cities, totals and days repeat, in five statuses."""
    references: list[str] = []
    for number in range(ORDERS):
        body = an_order_body(
            full_name=NAMES[number % len(NAMES)], city=CITIES[number % 3 and number % 2], total=100 + number % 4
        )
        references += shop.create(body)
        shop.clock.advance(hours=5)
    shop.done(Action.PACK, *references[::2])
    shop.done(Action.SHIP, *references[::4])
    shop.done(Action.CANCEL, *references[1::8])
    shop.done(Action.DELETE, *references[3::16])
    shop.done(Action.HOLD, *references[5::16])
    shop.done(Action.LABELS, *references[2::8])
    shop.done(Action.ASSIGN, *references[6::16])
    run_sql(shop.database, "UPDATE outbox SET state = 'ACKED' WHERE order_id % 5 = 0")


def pages(shop: Shop, order_filter: OrderFilter, sort: Sort, step: int) -> list[OrderRow]:
    """Read a list as the table does: its frame, then each page from its anchor, in no order."""
    with shop.database.read() as uow:
        frame = frames.frame(uow, order_filter, sort, step)
        found = {
            number: lists.page_from(uow, order_filter, step, anchor, sort)
            for number, anchor in reversed(list(enumerate(frame.anchors)))
        }
    rows = [row for number in sorted(found) for row in found[number]]
    assert len(rows) == frame.total
    assert all(len(found[number]) == step for number in range(len(found) - 1))
    return rows


FILTERS = st.builds(
    OrderFilter,
    status=st.none() | st.sampled_from([Status.NEW, Status.PACKED, Status.SHIPPED, Status.CANCELED]),
    keyword=st.sampled_from(["", "", "elo", "06", "ORD"]),
    created_from=st.none() | st.just(local_day(MORNING) + timedelta(days=2)),
    created_to=st.none() | st.just(local_day(MORNING) + timedelta(days=8)),
    held=st.none() | st.booleans(),
    printed=st.none() | st.booleans(),
    unsynced=st.none() | st.booleans(),
    twins=st.none() | st.booleans(),
    warehouse_id=st.none() | st.just(1),
    city_id=st.none() | st.just(1),
    delivery_person_id=st.none() | st.just(1),
)
SORTS = st.builds(Sort, st.sampled_from(SortKey), st.booleans())


@pytest.mark.slow
@settings(max_examples=60)
@given(order_filter=FILTERS, sort=SORTS, step=st.integers(1, 20))
def test_the_pages_of_a_list_hold_every_matching_order_once(
    busy_shop: Shop, walk: None, order_filter: OrderFilter, sort: Sort, step: int
) -> None:
    found = [row.id for row in pages(busy_shop, order_filter, sort, step)]
    assert len(set(found)) == len(found)
    assert set(found) == {row.id for row in every(busy_shop) if matches(busy_shop, row.id, order_filter)}
    backwards = Sort(sort.by, not sort.descending)
    assert found == [row.id for row in pages(busy_shop, order_filter, backwards, step)][::-1]


def every(shop: Shop) -> tuple[OrderRow, ...]:
    return shop.desk.orders.window_page()


def matches(shop: Shop, order_id: int, order_filter: OrderFilter) -> bool:
    """Judge one order by its details, without the database's conditions."""
    detail = shop.desk.orders.show(order_id)
    facts, day = detail.facts, local_day(detail.created_at)
    with shop.database.read() as uow:
        query = outbox.select().where(outbox.c.order_id == order_id, outbox.c.state == "PENDING")
        unsynced = bool(uow.table(query))
        columns = (orders.c.label_count, orders.c.twin_of)
        labels = uow.table(orders.select().with_only_columns(*columns).where(orders.c.id == order_id))
    keyword = order_filter.keyword.lower()
    texts = (facts.reference.lower(), "elodie" if "lodie" in detail.full_name else "", "0600000001")
    judged: list[tuple[Any, Any]] = [
        (order_filter.status, facts.status),
        (order_filter.held, facts.held),
        (order_filter.printed, labels[0][0] > 0),
        (order_filter.unsynced, unsynced),
        (order_filter.twins, labels[0][1] is not None),
        (order_filter.warehouse_id, facts.warehouse_id),
        (order_filter.city_id, detail.city_id),
        (order_filter.delivery_person_id, facts.delivery_person_id),
    ]
    return (
        all(asked is None or asked == found for asked, found in judged)
        and (order_filter.created_from is None or day >= order_filter.created_from)
        and (order_filter.created_to is None or day <= order_filter.created_to)
        and (not keyword or any(keyword in text for text in texts))
    )


@pytest.mark.parametrize("text", ["newest", "-newest", "name", "-total", "city", "-created", "status"])
def test_pages_by_cursor_by_number_and_by_anchor_follow_the_sort(busy_shop: Shop, text: str) -> None:
    sort = Sort.read(text)
    assert str(sort) == text
    whole = [row.id for row in busy_shop.desk.orders.find(sort=sort, per_page=1_000).rows]
    by_anchor = [row.id for row in pages(busy_shop, EVERY_ORDER, sort, 7)]
    by_number = [
        row.id for number in range(1, 30) for row in busy_shop.desk.orders.find(sort=sort, per_page=7, page=number).rows
    ]
    by_cursor: list[int] = []
    cursor = None
    while True:
        page = busy_shop.desk.orders.find(sort=sort, per_page=7, after=cursor)
        by_cursor += [row.id for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert whole == by_number == by_cursor == by_anchor


def test_names_are_sorted_without_regard_to_accents(busy_shop: Shop) -> None:
    rows = busy_shop.desk.orders.find(sort=Sort(SortKey.NAME, descending=False), per_page=1_000).rows
    latin = [row.full_name for row in rows if row.full_name.isascii() or row.full_name == "Élodie"]
    assert [name[0] for name in latin] == sorted([name[0] for name in latin], key=lambda c: c.replace("É", "E").lower())


def test_a_last_day_before_the_first_is_told(busy_shop: Shop) -> None:
    order_filter = OrderFilter(created_from=date(2026, 3, 9), created_to=date(2026, 3, 2))
    with pytest.raises(WrongUsage, match=r"first day \(09/03/2026\) is after the last \(02/03/2026\)"):
        busy_shop.desk.orders.find(order_filter)


@pytest.mark.parametrize("period", Period)
def test_a_period_means_its_days_of_the_day_on_which_it_is_asked(busy_shop: Shop, period: Period) -> None:
    first, last = period.days(local_day(busy_shop.clock()))
    in_period = busy_shop.desk.orders.window_page(OrderFilter(created_in=period))
    assert in_period == busy_shop.desk.orders.window_page(OrderFilter(created_from=first, created_to=last))
    assert busy_shop.desk.orders.find(OrderFilter(created_in=period)).total == len(in_period)
    assert {row.id for row in in_period} == {
        row.id for row in every(busy_shop) if first <= local_day(row.created_at) <= last
    }


def test_periods_are_counted_from_their_day() -> None:
    day = date(2026, 3, 1)
    assert {period: period.days(day) for period in Period} == {
        Period.TODAY: (day, day),
        Period.YESTERDAY: (date(2026, 2, 28), date(2026, 2, 28)),
        Period.LAST_7_DAYS: (date(2026, 2, 23), day),
        Period.THIS_MONTH: (day, day),
    }


def test_rows_name_who_has_the_order_and_tell_the_same_as_its_details(busy_shop: Shop) -> None:
    for row in every(busy_shop):
        detail = busy_shop.desk.orders.show(row.id)
        facts = detail.facts
        assert (row.company, row.person, row.warehouse) == (
            detail.shipping_company,
            detail.delivery_person,
            detail.warehouse,
        )
        assert (row.attempt, row.hold_reason, row.tracking_number) == (
            facts.attempt,
            facts.hold_reason,
            facts.tracking_number,
        )
        assert (row.packed_on, row.shipped_on, row.canceled_on) == (
            facts.packed_on,
            facts.shipped_on,
            facts.canceled_on,
        )
        assert (row.second_phone, row.updated_at) == (detail.second_phone, detail.updated_at)
        assert row.unsynced is bool(row.id % 5)


@given(FILTERS, st.none() | st.sampled_from(Period))
def test_a_filter_survives_being_kept(order_filter: OrderFilter, period: Period | None) -> None:
    order_filter = replace(order_filter, created_in=period)
    assert OrderFilter.from_json(order_filter.to_json()) == order_filter


def test_what_a_newer_program_asked_for_is_left_out() -> None:
    assert OrderFilter.from_json('{"status": "NEW", "colour": "red"}') == OrderFilter(Status.NEW)


@pytest.mark.parametrize(
    "text", ["[]", "nothing", '{"status": "GREEN"}', '{"created_from": "soon"}', '{"created_in": "soon"}']
)
def test_a_damaged_filter_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        OrderFilter.from_json(text)


def test_twins_of_a_status_are_looked_for_among_the_twins(database: Database) -> None:
    if database.is_postgresql:
        pytest.skip("PostgreSQL goes by what it has counted")
    with database.read() as uow:
        wanted = select(func.count()).where(*conditions(uow, OrderFilter(Status.NEW, twins=True)))
        query = str(wanted.compile(uow.connection, compile_kwargs={"literal_binds": True}))
        plan = uow.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert "ix_orders_twins" in str(plan)
