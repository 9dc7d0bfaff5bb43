"""Saved views in the window: kept, shown, marked when changed, renamed, deleted, remembered."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, StartApp
from warehouse_desk.domain.orders.finding import EVERY_ORDER, OrderFilter, Period, Sort, SortKey
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.orders.columns import USUAL, OrderColumn
from warehouse_desk.ui.orders.facets import Facet
from warehouse_desk.ui.shell.navigation_entry import CHANGED
from warehouse_desk.ui.shell.view_dialogs import DeleteDialog, NameDialog
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]
BY_TOTAL = Sort(SortKey.TOTAL)


def keep(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.registry.action("views.save").trigger()
    dialog = window.views.dialog
    assert isinstance(dialog, NameDialog)
    dialog.name.setText(name)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.views.dialog is None)


def view_rows(window: MainWindow) -> dict[str, int]:
    rows = {row: window.navigation.view_at(row) for row in range(window.navigation.count())}
    return {name: row for row, name in rows.items() if name is not None}


def test_a_list_is_kept_with_filter_sort_and_columns_and_shown_again(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(4)
    orders.act(Action.PACK, ids[:2])
    desk = window()
    desk.orders.bar.filter_requested.emit(OrderFilter(Status.PACKED, created_in=Period.TODAY))
    desk.orders.view.sort_requested.emit(BY_TOTAL)
    desk.orders.view.heading.show_columns((OrderColumn.REFERENCE, OrderColumn.PHONE, OrderColumn.WAREHOUSE))
    keep(desk, qtbot, "À expédier")
    qtbot.waitUntil(lambda: [view.name for view in orders.desk.orders.views.all()] == ["À expédier"])
    assert orders.desk.orders.views.all()[0].order_filter == OrderFilter(Status.PACKED, created_in=Period.TODAY)
    desk.navigation.setCurrentRow(0)
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 4)
    assert desk.orders.model.query.order_filter == EVERY_ORDER
    desk.orders.view.heading.show_usual()
    desk.navigation.setCurrentRow(view_rows(desk)["À expédier"])
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 2)
    assert desk.orders.model.query.sort == BY_TOTAL
    assert desk.orders.view.heading.shown() == (OrderColumn.REFERENCE, OrderColumn.PHONE, OrderColumn.WAREHOUSE)
    assert desk.views.current == "À expédier"


def test_a_changed_view_is_marked_until_it_is_kept_or_shown_again(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create(2)
    desk = window()
    keep(desk, qtbot, "Mine")
    row = view_rows(desk)["Mine"]
    overwrite = desk.registry.action("views.overwrite")
    assert not desk.navigation.item(row).data(CHANGED)
    assert not overwrite.isEnabled()
    assert "The list is as it was saved: “Mine”." in overwrite.toolTip()
    desk.orders.bar.set_value(Facet.HELD, False)
    assert desk.navigation.item(row).data(CHANGED)
    assert desk.navigation.item(row).data(Qt.ItemDataRole.AccessibleTextRole) == "Mine, changed"
    overwrite.trigger()
    qtbot.waitUntil(lambda: orders.desk.orders.views.all()[0].order_filter == OrderFilter(held=False))
    qtbot.waitUntil(lambda: not desk.navigation.item(view_rows(desk)["Mine"]).data(CHANGED))
    desk.orders.bar.remove(Facet.HELD)
    assert desk.views.is_changed()
    desk.views.show("Mine")
    assert not desk.views.is_changed()
    desk.orders.view.heading.show_columns((OrderColumn.REFERENCE, OrderColumn.CITY))
    assert desk.navigation.item(view_rows(desk)["Mine"]).data(CHANGED)
    desk.views.show("Mine")
    assert not desk.navigation.item(view_rows(desk)["Mine"]).data(CHANGED)


def test_a_taken_name_is_written_over_only_when_the_button_says_so(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create()
    desk = window()
    keep(desk, qtbot, "Été")
    desk.registry.action("views.save").trigger()
    dialog = desk.views.dialog
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("ETE")
    assert dialog.go.text() == "Replace “ETE”"
    dialog.name.setText("Hiver")
    assert dialog.go.text() == "Save"
    dialog.reject()


def test_a_name_that_cannot_be_is_refused_in_the_dialog(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    desk.registry.action("views.save").trigger()
    dialog = desk.views.dialog
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("   ")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._fault.text() == "The saved list needs a name. Characters: 1 to 60.")
    assert dialog.isVisible()
    assert dialog.go.isEnabled()
    dialog.reject()


def test_a_view_is_renamed_and_deleted(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    desk.orders.view.heading.show_columns((OrderColumn.REFERENCE, OrderColumn.CITY))
    keep(desk, qtbot, "One")
    desk.registry.action("views.rename").trigger()
    dialog = desk.views.dialog
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("Two")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list(view_rows(desk)) == ["Two"])
    assert desk.views.current == "Two"
    desk.orders.view.heading.show_usual()
    desk.views.show("Two")
    assert desk.orders.view.heading.shown() == (OrderColumn.REFERENCE, OrderColumn.CITY)
    desk.registry.action("views.delete").trigger()
    question = desk.views.dialog
    assert isinstance(question, DeleteDialog)
    QTest.mouseClick(question.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view_rows(desk) == {})
    assert orders.desk.orders.views.all() == ()
    assert desk.views.current is None


def test_a_view_that_takes_the_name_of_a_deleted_one_has_none_of_its_columns(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create()
    desk = window()
    desk.orders.view.heading.show_columns((OrderColumn.REFERENCE, OrderColumn.CITY))
    keep(desk, qtbot, "Mine")
    desk.registry.action("views.delete").trigger()
    question = desk.views.dialog
    assert isinstance(question, DeleteDialog)
    QTest.mouseClick(question.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view_rows(desk) == {})
    desk.orders.view.heading.show_usual()
    orders.desk.orders.views.save("Mine", EVERY_ORDER)  # at another station
    desk.views.read()
    qtbot.waitUntil(lambda: list(view_rows(desk)) == ["Mine"])
    desk.views.show("Mine")
    assert desk.orders.view.heading.shown() == USUAL


def test_a_view_deleted_elsewhere_says_so_and_leaves_the_list(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    keep(desk, qtbot, "Mine")
    orders.desk.orders.views.delete("Mine")
    desk.registry.action("views.delete").trigger()
    question = desk.views.dialog
    assert isinstance(question, DeleteDialog)
    QTest.mouseClick(question.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("There is no saved list “Mine”" in text for text in desk.toasts.texts()))
    qtbot.waitUntil(lambda: view_rows(desk) == {})


def test_a_status_leaves_the_view_and_its_filters(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create(2)
    desk = window()
    desk.orders.bar.set_value(Facet.HELD, True)
    keep(desk, qtbot, "Held")
    desk.navigation.setCurrentRow(desk.navigation.row_of(Status.NEW))
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 2)
    assert desk.views.current is None
    assert desk.orders.model.query.order_filter == OrderFilter(Status.NEW)
    assert desk.navigation.chosen() is Status.NEW


def test_the_view_looked_at_last_is_shown_at_the_next_start(start_app: StartApp, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    orders.act(Action.PACK, ids[:1])
    orders.desk.orders.views.save("Packed", OrderFilter(Status.PACKED), BY_TOTAL)
    first = start_app().window
    qtbot.waitUntil(lambda: "Packed" in view_rows(first))
    assert first.orders.view.heading.shown() == USUAL
    first.views.show("Packed")
    first.close()
    second = start_app().window
    qtbot.waitUntil(lambda: second.views.current == "Packed")
    qtbot.waitUntil(lambda: second.orders.model.rowCount() == 1)
    assert second.orders.model.query.sort == BY_TOTAL
