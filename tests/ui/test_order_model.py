"""The order table's model over a real database."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui.orders.cache import MAX_PAGES, PageCache
from warehouse_desk.ui.orders.columns import OrderColumn, shown_rows
from warehouse_desk.ui.orders.model import MISSING, PAGE, CellRole, OrderTableModel, Query
from warehouse_desk.ui.station import read_station
from warehouse_desk.ui.tasks import Lane, Tasks
from warehouse_desk.ui.workplace import Workplace

OpenModel = Callable[[Query], OrderTableModel]


@pytest.fixture
def open_model(workplace: Workplace, desk: Desk, qtbot: QtBot) -> OpenModel:
    workplace.station.open(read_station(desk))

    def opened(query: Query) -> OrderTableModel:
        model = OrderTableModel(workplace, workplace.tasks)
        with qtbot.waitSignal(model.opened):
            model.open(query)
        return model

    return opened


def text(model: OrderTableModel, row: int, column: OrderColumn) -> str:
    return str(model.index(row, column).data())


def test_the_newest_order_stands_on_top(open_model: OpenModel, orders: Orders) -> None:
    ids = orders.create(3)
    model = open_model(Query())
    assert [text(model, row, OrderColumn.REFERENCE) for row in range(3)] == [
        orders.reference(order_id) for order_id in reversed(ids)
    ]


def test_cells_read_as_people_write(open_model: OpenModel, orders: Orders) -> None:
    orders.create(1)
    model = open_model(Query())
    assert text(model, 0, OrderColumn.PHONE) == "06 00 00 00 01"
    assert text(model, 0, OrderColumn.TOTAL) == "258,00\u00a0DH"
    assert text(model, 0, OrderColumn.STATUS) == "New"


def test_the_model_keeps_qts_contract(open_model: OpenModel, orders: Orders, qtmodeltester: ModelTester) -> None:
    orders.create(7)
    qtmodeltester.check(open_model(Query()))  # type: ignore[no-untyped-call]


def test_a_long_list_tells_its_exact_length_at_once(open_model: OpenModel, orders: Orders) -> None:
    orders.create(1_203)
    assert open_model(Query()).rowCount() == 1_203
    assert open_model(Query()).rowCount(open_model(Query()).index(0, 0)) == 0


def test_a_far_row_shows_an_ellipsis_and_then_the_order(open_model: OpenModel, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(1_203)
    model = open_model(Query())
    assert text(model, 1_202, OrderColumn.REFERENCE) == MISSING
    oldest = orders.reference(ids[0])
    qtbot.waitUntil(lambda: text(model, 1_202, OrderColumn.REFERENCE) == oldest)
    assert model.row_at(PAGE) is None


def test_a_list_holds_only_its_status(open_model: OpenModel, orders: Orders) -> None:
    ids = orders.create(5)
    orders.act(Action.PACK, ids[:2])
    assert open_model(Query(Status.PACKED)).rowCount() == 2


@pytest.mark.parametrize("keyword", ["benali 4", "06 00 00 00 04", "+212600000004"])
def test_search_finds_an_order_however_it_is_written(open_model: OpenModel, orders: Orders, keyword: str) -> None:
    orders.create(5)
    model = open_model(Query(keyword=keyword))
    assert model.rowCount() == 1
    assert text(model, 0, OrderColumn.NAME) == "Youssef Benali 4"


def test_a_change_is_shown_in_its_row_without_reading_the_list(
    open_model: OpenModel, orders: Orders, tasks: Tasks, qtbot: QtBot, desk: Desk
) -> None:
    ids = orders.create(3)
    model = open_model(Query())
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    tasks.run(lambda: desk.orders.act(Action.PACK, [ids[0]]), owner=model, lane=Lane.WRITE)
    qtbot.waitUntil(lambda: model.index(2, OrderColumn.STATUS).data(CellRole.STATUS) == Status.PACKED)
    assert not resets


def test_an_order_that_left_its_list_stays_under_the_hand(
    open_model: OpenModel, orders: Orders, tasks: Tasks, qtbot: QtBot, desk: Desk
) -> None:
    ids = orders.create(3)
    model = open_model(Query(Status.NEW))
    with qtbot.waitSignal(model.went_stale):
        tasks.run(lambda: desk.orders.act(Action.PACK, [ids[1]]), owner=model, lane=Lane.WRITE)
    assert model.rowCount() == 3
    assert model.index(1, OrderColumn.STATUS).data(CellRole.STATUS) == Status.PACKED


def test_an_order_deleted_far_away_makes_the_list_stale(
    open_model: OpenModel, orders: Orders, tasks: Tasks, qtbot: QtBot, desk: Desk
) -> None:
    ids = orders.create(2 * PAGE)
    model = open_model(Query())
    assert model.place_of(ids[0]) is None
    with qtbot.waitSignal(model.went_stale):
        tasks.run(lambda: desk.orders.act(Action.DELETE, [ids[0]]), owner=model, lane=Lane.WRITE)
    assert model.rowCount() == 2 * PAGE


def test_a_jump_after_a_rest_is_read_at_once(open_model: OpenModel, orders: Orders) -> None:
    orders.create(3 * PAGE)
    model = open_model(Query())
    assert text(model, 2 * PAGE, OrderColumn.REFERENCE) == MISSING
    assert (model._timer.isActive(), model._timer.interval()) == (True, 0)
    assert text(model, PAGE, OrderColumn.REFERENCE) == MISSING
    assert model._timer.interval() == 0


def test_a_row_says_what_it_is_to_a_screen_reader(open_model: OpenModel, orders: Orders) -> None:
    orders.create(1)
    model = open_model(Query())
    spoken = model.index(0, OrderColumn.CITY).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "City: Casablanca"


def test_no_order_has_children(open_model: OpenModel) -> None:
    model = open_model(Query())
    assert model.rowCount(QModelIndex()) == 0


def test_pages_are_as_long_as_the_distance_of_anchors(desk: Desk, orders: Orders) -> None:
    orders.create(PAGE + 1)
    frame = desk.orders.open_window()
    assert (frame.step, len(frame.anchors), frame.total) == (PAGE, 2, PAGE + 1)
    assert len(desk.orders.window_page()) == PAGE
    assert [row.id for row in desk.orders.window_page(first=frame.anchors[1])] == [frame.anchors[1][1]]


def test_at_most_twenty_pages_are_kept() -> None:
    cache = PageCache(1)
    rows = shown_rows(
        OrderRow(number, f"ORD-{number}", Status.NEW, "", "", "", 100, datetime.now(UTC), False, 0, 1)
        for number in range(MAX_PAGES + 5)
    )
    for page, row in enumerate(rows):
        cache.put(page, [row])
        cache.has_page(0)
    assert sum(cache.has_page(page) for page in range(len(rows))) == MAX_PAGES
    assert cache.has_page(0)
    assert cache.known(range(len(rows))) == [0, *range(6, MAX_PAGES + 5)]
