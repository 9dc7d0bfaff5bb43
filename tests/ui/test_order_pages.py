"""Pages of a long list on their way: late ones, lost ones, those scrolled past, and those that are out of date."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from tests.ui.road import PAGES, Road
from tests.ui.test_order_model import text
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui.orders.cache import PageCache
from warehouse_desk.ui.orders.columns import OrderColumn, ShownRow, shown_rows
from warehouse_desk.ui.orders.model import MISSING, PAGE, OrderTableModel, Query
from warehouse_desk.ui.station import read_station
from warehouse_desk.ui.workplace import Workplace

WINDOW = "orders.window"


@pytest.fixture
def model(workplace: Workplace, desk: Desk) -> OrderTableModel:
    workplace.station.open(read_station(desk))
    return OrderTableModel(workplace, workplace.tasks)


def look_at(model: OrderTableModel, row: int) -> str:
    return text(model, row, OrderColumn.REFERENCE)


def test_a_page_of_the_list_before_is_not_taken_into_this_one(
    model: OrderTableModel, road: Road, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(PAGE + 5)
    orders.act(Action.PACK, ids[:3])
    with qtbot.waitSignal(model.opened):
        model.open(Query())
    road.held = PAGES
    assert look_at(model, PAGE) == MISSING
    qtbot.waitUntil(lambda: PAGES in road.asked)
    with qtbot.waitSignal(model.opened):
        model.open(Query(Status.PACKED))
    road.gate.set()
    qtbot.waitUntil(lambda: PAGES in road.arrived)
    assert model.place_of(ids[4]) is None
    assert [model.place_of(order_id) for order_id in ids[:3]] == [2, 1, 0]


def test_the_length_of_the_list_before_is_not_that_of_this_one(
    model: OrderTableModel, road: Road, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(PAGE + 5)
    orders.act(Action.PACK, ids[:3])
    road.held = WINDOW
    model.open(Query())
    qtbot.waitUntil(lambda: model.rowCount() == PAGE)
    with qtbot.waitSignal(model.opened):
        model.open(Query(Status.PACKED))
    road.gate.set()
    qtbot.waitUntil(lambda: WINDOW in road.arrived)
    assert model.rowCount() == 3


def test_of_many_pages_scrolled_past_the_last_are_read(model: OrderTableModel, orders: Orders, qtbot: QtBot) -> None:
    orders.create(6 * PAGE + 1)
    with qtbot.waitSignal(model.opened):
        model.open(Query())
    for page in range(1, 7):
        assert look_at(model, page * PAGE) == MISSING
    qtbot.waitUntil(lambda: model.row_at(6 * PAGE) is not None)
    assert [model.row_at(page * PAGE) for page in (1, 2, 3)] == [None] * 3


def test_a_page_that_was_lost_is_asked_for_again_when_it_is_looked_at(
    model: OrderTableModel, road: Road, orders: Orders, qtbot: QtBot
) -> None:
    orders.create(PAGE + 1)
    with qtbot.waitSignal(model.opened):
        model.open(Query())
    road.lost = PAGES
    with qtbot.waitSignal(model.failed):
        look_at(model, PAGE)
    road.lost = ""
    qtbot.waitUntil(lambda: look_at(model, PAGE) == "ORD-00001")


def test_after_everything_may_have_changed_rows_are_read_again_as_they_are_looked_at(
    model: OrderTableModel, workplace: Workplace, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(3)
    with qtbot.waitSignal(model.opened):
        model.open(Query())
    orders.act(Action.PACK, ids[:1])
    assert text(model, 2, OrderColumn.STATUS) == "New"
    with qtbot.waitSignal(model.went_stale):
        workplace.changes.publish(ChangeSet(everything=True))
    qtbot.waitUntil(lambda: text(model, 2, OrderColumn.STATUS) == "Packed")


def test_an_order_that_moved_to_another_page_is_found_there() -> None:
    def row(number: int) -> ShownRow:
        order = OrderRow(number, "", Status.NEW, "", "", "", 100, datetime.now(UTC), False, 0, 1)
        return shown_rows([order])[0]

    cache = PageCache(2)
    cache.put(0, [row(4), row(3)])
    cache.put(1, [row(3), row(2)])
    cache.put(0, [row(5), row(4)])
    assert [cache.place_of(number) for number in (5, 4, 3, 2)] == [0, 1, 2, 3]
