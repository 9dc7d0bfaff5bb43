"""Changing and creating orders in their window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from warehouse_desk.domain.directory import Listed
from warehouse_desk.domain.transitions import Action
from warehouse_desk.ui.edit.dialog import OrderDialog
from warehouse_desk.ui.edit.lines import _LineRow
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]


def editor_of(window: MainWindow, qtbot: QtBot, order_id: int | None) -> OrderDialog:
    if order_id is None:
        window.registry.action("order.create").trigger()
    else:
        window.orders.view.select_orders([order_id])
        window.registry.action("order.update").trigger()
    qtbot.waitUntil(lambda: window.editor.dialog is not None)
    dialog = window.editor.dialog
    assert dialog is not None
    return dialog


def write(dialog: OrderDialog, name: str, text: str) -> None:
    editor = dialog.texts.fields[name].editor
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)


def save(dialog: OrderDialog) -> None:
    QTest.mouseClick(dialog._save, Qt.MouseButton.LeftButton)


def test_details_are_saved_and_shown(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    desk = window()
    dialog = editor_of(desk, qtbot, order_id)
    write(dialog, "address", "7 Bd Zerktouni")
    dialog.city.setEditText("Rabat")
    dialog.lines.add_line().fill(2, "ARGAN-50", 3, 28_500)
    save(dialog)
    qtbot.waitUntil(lambda: desk.editor.dialog is None)
    saved = orders.desk.show(order_id)
    assert (saved.address, saved.city) == ("7 Bd Zerktouni", "Rabat")
    assert [(line.sku, line.quantity, line.total) for line in saved.lines][1] == ("ARGAN-50", 3, 28_500)


def test_a_wrong_field_is_marked_and_nothing_is_saved(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    desk = window()
    dialog = editor_of(desk, qtbot, order_id)
    write(dialog, "full_name", "")
    dialog.city.setEditText("Atlantis")
    save(dialog)
    qtbot.waitUntil(lambda: bool(dialog.texts.fields["full_name"].fault))
    assert dialog.texts.fields["city_to_id"].fault
    assert not dialog.texts.fields["phone"].fault
    assert orders.desk.show(order_id).full_name == "Youssef Benali 1"
    dialog.reject()


def test_an_edit_of_a_changed_order_is_told_not_overwritten(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    desk = window()
    dialog = editor_of(desk, qtbot, order_id)
    orders.act(Action.HOLD, [order_id], reason="Adresse à confirmer")
    write(dialog, "address", "Elsewhere")
    save(dialog)
    qtbot.waitUntil(lambda: bool(dialog._fault.text()))
    assert "was changed by Samira" in dialog._fault.text()
    assert orders.desk.show(order_id).address == "12 Rue Ibn Batouta"
    dialog.reject()


def test_a_new_order_is_written_by_hand(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    desk = window()
    dialog = editor_of(desk, qtbot, None)
    for name, text in (("full_name", "Fatima Zahra Tazi"), ("phone", "0611223344"), ("address", "3 Rue Atlas")):
        write(dialog, name, text)
    dialog.city.setEditText("Casablanca")
    row = dialog.lines.findChild(_LineRow)
    assert isinstance(row, _LineRow)
    row.product.setCurrentIndex(0)
    row.amount.setText("95,00")
    row.quantity.setValue(2)
    save(dialog)
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 1)
    order = orders.desk.show(orders.desk.orders().rows[0].id)
    assert (order.full_name, order.total) == ("Fatima Zahra Tazi", 19_000)


def test_what_is_out_of_use_stays_on_its_orders_and_is_not_offered_to_new_ones(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    city = orders.desk.show(order_id).city_id
    assert city is not None
    orders.desk.goods.set_active(Listed.CITY, city, active=False)
    orders.desk.goods.set_product_active("TSHIRT-M", active=False)
    desk = window()
    dialog = editor_of(desk, qtbot, order_id)
    assert dialog.city.city_id() == city
    write(dialog, "address", "7 Bd Zerktouni")
    save(dialog)
    qtbot.waitUntil(lambda: desk.editor.dialog is None)
    saved = orders.desk.show(order_id)
    assert (saved.address, saved.city_id, [line.sku for line in saved.lines]) == ("7 Bd Zerktouni", city, ["TSHIRT-M"])
    new = editor_of(desk, qtbot, None)
    assert new.city.findData(city) < 0
    offered = new.lines.add_line().product
    assert [offered.itemData(row)[1] for row in range(offered.count())] == ["ARGAN-50"]
    new.reject()
