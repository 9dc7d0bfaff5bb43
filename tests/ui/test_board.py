"""The board: exact numbers, each opening its orders; read while looked at; mouse, keyboard, both directions."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, new_order
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.reports import OrderSet, ShortsReport, TodayReport
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.board.cards import ShortsCard
from warehouse_desk.ui.board.page import BoardPage
from warehouse_desk.ui.board.plots import Bar, BarChart, Chart, ColumnChart, axis_step
from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.ui.station import read_station
from warehouse_desk.ui.workplace import Workplace

OpenWindow = Callable[[], MainWindow]
BOARD_ROW = 10


@pytest.fixture
def page(workplace: Workplace, orders: Orders, qtbot: QtBot) -> Iterator[BoardPage]:
    """The board by itself, connected but not shown yet; changes are shown without rest."""
    workplace.station.open(read_station(orders.desk))
    board = BoardPage(workplace)
    qtbot.addWidget(board)
    board._rest.setInterval(0)
    board.resize(1_280, 900)
    yield board
    board.hide()


def look_at(board: BoardPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(board.controller.finished):
        board.show()


def open_board(window: MainWindow, qtbot: QtBot) -> BoardPage:
    window.navigation.setCurrentRow(BOARD_ROW)
    board = window.work.board
    assert board is not None
    qtbot.waitUntil(lambda: bool(board._when.text()))
    return board


def short_orders(orders: Orders, count: int) -> list[int]:
    """Create orders of argan oil, of which there is none, and mark them so."""
    bodies = [new_order(n, products=[{"sku": "ARGAN-50", "quantity": 1, "price": 258}]) for n in range(1, count + 1)]
    ids = sorted(orders.desk.orders.create({"orders": bodies}).changes.order_ids)
    orders.act(Action.OUT_OF_STOCK, ids)
    return ids


def shown_ids(window: MainWindow) -> list[int]:
    model = window.orders.model
    return [row.id for row in map(model.row_at, range(model.rowCount())) if row is not None]


def test_todays_numbers_are_exact(page: BoardPage, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    orders.act(Action.PACK, ids[:2])
    look_at(page, qtbot)
    assert {s: t.orders.count for s, t in page.tiles.items() if t.orders.count} == {Status.NEW: 3, Status.PACKED: 2}
    assert page.tiles[Status.PACKED].accessibleName() == "Packed: 2 orders reached it today"
    assert [(bar.label, bar.text) for bar in page.workers.chart.bars] == [("Samira", "2")]
    assert [bar.value for bar in page.hours.chart.bars] == [2]
    assert "Steps: 2. Orders: 2" in page.hours.chart.bars[0].sentence


def test_an_empty_day_says_so(page: BoardPage, qtbot: QtBot) -> None:
    look_at(page, qtbot)
    assert all(not card.chart.bars for card in page.cards)
    assert page.hours.chart.accessibleDescription() == "No step was done yet today."
    assert not page.tiles[Status.NEW].isEnabled()
    assert not page.shorts.act.isEnabled()
    assert not page.lying[0].number.isEnabled()


def test_a_number_opens_the_orders_behind_it_and_a_status_leads_back(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(4)
    orders.act(Action.PACK, ids[1:3])
    desk = window()
    board = open_board(desk, qtbot)
    assert desk.detail.isHidden()
    QTest.mouseClick(board.tiles[Status.PACKED], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 2)
    assert desk.work.shows_orders
    desk.orders.view.select_orders(ids[1:2])
    assert not desk.detail.isHidden()
    assert desk.orders._title.text() == "“Packed” today"
    assert shown_ids(desk) == [ids[2], ids[1]]
    assert desk.navigation.currentRow() == -1
    desk.navigation.setCurrentRow(0)
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 4)


def test_esc_leaves_the_orders_behind_a_number(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.act(Action.PACK, orders.create(3)[:1])
    desk = window()
    board = open_board(desk, qtbot)
    board.workers.chart.setFocus()
    QTest.keyClick(board.workers.chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 1)
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 3)
    assert desk.navigation.currentRow() == 0


def test_the_whole_list_behind_a_number_is_packed_and_nothing_else(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(3)
    desk = window()
    desk.lists.show_behind("Two of them", (ids[2], ids[0]))
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 2)
    desk.orders.choose_all()
    desk.registry.action("order.pack").trigger()
    qtbot.waitUntil(lambda: desk.action_controller.dialog is not None)
    assert desk.action_controller.dialog is not None
    with qtbot.waitSignal(desk.action_controller.finished):
        QTest.mouseClick(desk.action_controller.dialog._go, Qt.MouseButton.LeftButton)
    assert [orders.status(each) for each in ids] == [Status.PACKED, Status.NEW, Status.PACKED]


def test_a_search_begun_on_the_board_leaves_it(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create(3)
    desk = window()
    open_board(desk, qtbot)
    QTest.keyClicks(desk.toolbar.search, "Benali 2")
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 1)
    assert desk.work.shows_orders
    assert desk.navigation.currentRow() == 0


def test_goods_that_came_in_let_orders_go_again(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = short_orders(orders, 3)
    orders.desk.goods.receive(1, "ARGAN-50", 2)
    desk = window()
    board = open_board(desk, qtbot)
    assert board.shorts.number.text() == "2"
    assert board.shorts.waiting.text() == "of 3 out of stock"
    QTest.mouseClick(board.shorts.act, Qt.MouseButton.LeftButton)
    assert desk.action_controller.dialog is not None
    with qtbot.waitSignal(desk.action_controller.finished):
        QTest.mouseClick(desk.action_controller.dialog._go, Qt.MouseButton.LeftButton)
    assert [orders.status(each) for each in ids] == [Status.NEW, Status.NEW, Status.OUT_OF_STOCK]
    qtbot.waitUntil(lambda: board.shorts.number.text() == "0")
    assert not board.shorts.act.isEnabled()


def test_who_may_not_take_orders_up_again_is_told_and_not_offered_it(qtbot: QtBot) -> None:
    card = ShortsCard()
    qtbot.addWidget(card)
    report = ShortsReport(2, OrderSet(2, (1, 2)), ())
    card.set_may_act(False, "Ask a supervisor.")
    card.show_report(report)
    assert (card.act.isEnabled(), card.act.toolTip()) == (False, "Ask a supervisor.")
    card.set_may_act(True, "")
    card.show_report(report)
    assert (card.act.isEnabled(), card.act.toolTip()) == (True, "")


def test_all_that_is_out_of_stock_opens_as_its_status(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = short_orders(orders, 2)
    orders.create(1)
    desk = window()
    board = open_board(desk, qtbot)
    QTest.mouseClick(board.shorts.waiting, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 2)
    assert shown_ids(desk) == ids[::-1]
    assert desk.navigation.chosen() is Status.OUT_OF_STOCK


def test_a_step_made_at_the_station_is_on_the_board_at_once(
    page: BoardPage, orders: Orders, changes: ChangeBus, qtbot: QtBot
) -> None:
    ids = orders.create(1)
    look_at(page, qtbot)
    assert page.tiles[Status.PACKED].orders.count == 0
    orders.act(Action.PACK, ids)
    changes.publish(ChangeSet(frozenset(ids)))
    qtbot.waitUntil(lambda: page.tiles[Status.PACKED].orders.count == 1)


def test_nothing_is_read_while_nobody_looks(page: BoardPage, changes: ChangeBus, qtbot: QtBot) -> None:
    look_at(page, qtbot)
    assert page._poll.isActive()
    page.hide()
    changes.publish(ChangeSet(frozenset({1})))
    assert not page._poll.isActive()
    assert not page._rest.isActive()


def test_a_database_that_fails_is_told_and_may_be_asked_again(
    page: BoardPage, orders: Orders, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> TodayReport:
        raise DatabaseUnavailable(msg("The server does not answer."))

    with monkeypatch.context() as broken:
        broken.setattr(orders.desk.reports, "today", fail)
        with qtbot.waitSignal(page.controller.failed):
            page.show()
    assert page._fault.text() == "The dashboard cannot be read now: The server does not answer."
    with qtbot.waitSignal(page.controller.finished):
        QTest.mouseClick(page.refresh_button, Qt.MouseButton.LeftButton)
    assert page._fault.isHidden()


def test_who_may_not_view_reports_is_not_offered_the_board(
    orders: Orders, start_app: Callable[..., object], qtbot: QtBot
) -> None:
    from tests.ui.conftest import open_desk
    from warehouse_desk.app.window import WindowApp

    orders.desk.people.add("Chef", "motdepasse-1", "Admin")
    orders.desk.people.add("Karim", "motdepasse-2", "Packer")
    url = f"sqlite:///{orders.desk.place}"
    app = start_app(lambda _who: open_desk(url, "Karim", "motdepasse-2"))
    assert isinstance(app, WindowApp)
    qtbot.waitUntil(lambda: app.station.current is not None)
    assert app.window.navigation.item(BOARD_ROW).isHidden()


def test_a_list_that_is_cut_says_so(page: BoardPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.orders_requested) as asked:
        page.hours.ask_for("Packed today", OrderSet(2_345, tuple(range(1, 1_001))))
    assert asked.args == ["Packed today — 1\u202f000 of 2\u202f345", tuple(range(1, 1_001))]


def a_chart(kind: type[Chart], qtbot: QtBot, *values: float) -> Chart:
    chart = kind("Steps")
    qtbot.addWidget(chart)
    chart.resize(400, 220)
    chart.show_bars([Bar(f"bar {place}", value, f"{value:g}", f"told {place}") for place, value in enumerate(values)])
    chart.show()
    return chart


@pytest.mark.parametrize("kind", [ColumnChart, BarChart])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_each_bar_answers_where_it_stands(kind: type[Chart], direction: Qt.LayoutDirection, qtbot: QtBot) -> None:
    chart = a_chart(kind, qtbot, 3, 0, 7)
    chart.setLayoutDirection(direction)
    for place in range(3):
        with qtbot.waitSignal(chart.chosen) as chosen:
            QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.area_of(place).center().toPoint())
        assert chosen.args == [place]
    assert not chart.grab().isNull()


def test_columns_follow_the_reading_direction(qtbot: QtBot) -> None:
    chart = a_chart(ColumnChart, qtbot, 1, 2, 3)
    assert chart.area_of(0).left() < chart.area_of(2).left()
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert chart.area_of(0).left() > chart.area_of(2).left()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.current == 1


def test_the_keyboard_moves_over_bars_and_chooses_one(qtbot: QtBot) -> None:
    chart = a_chart(BarChart, qtbot, 3, 5, 7)
    for key, place in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_End, 2), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(chart, key)
        assert (chart.current, chart.accessibleDescription()) == (place, f"told {place}")
    with qtbot.waitSignal(chart.chosen) as chosen:
        QTest.keyClick(chart, Qt.Key.Key_Space)
    assert chosen.args == [0]


def test_a_pointer_at_rest_is_told_what_a_bar_means(qtbot: QtBot) -> None:
    chart = a_chart(BarChart, qtbot, 3, 5)
    point = chart.area_of(1).center().toPoint()
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, point, chart.mapToGlobal(point)))
    assert QToolTip.text() == "told 1"
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 200), QPoint(5, 200)))
    QToolTip.hideText()


def test_fewer_bars_keep_the_keyboard_on_one_of_them(qtbot: QtBot) -> None:
    chart = a_chart(BarChart, qtbot, 1, 2, 3)
    QTest.keyClick(chart, Qt.Key.Key_End)
    chart.show_bars([Bar("only", 1, "1", "told")])
    assert chart.current == 0
    chart.show_bars((), "Nothing")
    assert chart.focusPolicy() is Qt.FocusPolicy.NoFocus
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert not chart.grab().isNull()


@given(most=st.integers(1, 10**7), intervals=st.integers(1, 8))
def test_an_axis_has_few_whole_round_marks(most: int, intervals: int) -> None:
    step = axis_step(most, intervals)
    assert step == int(step)
    assert str(int(step)).rstrip("0") in {"1", "2", "5"}
    assert step * intervals >= most * (1 - 1e-6)
