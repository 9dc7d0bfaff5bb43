"""Columns of the list: chosen, moved, wide enough for what they show, and remembered."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, StartApp
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.orders.column_dialog import ColumnDialog
from warehouse_desk.ui.orders.columns import USUAL, OrderColumn, shown_rows
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.ui.widgets.pill import pill_pixmap

OpenWindow = Callable[[], MainWindow]
CHOSEN = (OrderColumn.PHONE, OrderColumn.REFERENCE, OrderColumn.HELD)


def test_every_column_tells_what_the_order_holds(orders: Orders) -> None:
    first, second = orders.create(2)
    warehouse, person = orders.desk.directories.warehouses()[0], orders.desk.directories.persons()[0]
    orders.act(Action.PACK, [first])
    orders.act(Action.ASSIGN, [first], person_id=person.id, warehouse_id=warehouse.id)
    orders.act(Action.HOLD, [second], reason="Client absent")
    rows = {row.order.id: row.texts for row in shown_rows(orders.desk.orders.window_page())}
    shipped, held = rows[first], rows[second]
    assert all(len(texts) == len(OrderColumn) for texts in rows.values())
    assert shipped[OrderColumn.PERSON] == "Hamid Ouazzani"
    assert shipped[OrderColumn.WAREHOUSE] == "Casablanca"
    assert shipped[OrderColumn.PACKED] == f"{orders.today:%d/%m/%Y}"
    assert shipped[OrderColumn.ATTEMPT] == "1"
    assert shipped[OrderColumn.UNSYNCED] == "Not yet sent"
    assert shipped[OrderColumn.HELD] == ""
    assert held[OrderColumn.HELD] == "Client absent"
    assert held[OrderColumn.PERSON] == held[OrderColumn.WAREHOUSE] == held[OrderColumn.PACKED] == ""


def test_no_column_tells_what_another_one_should() -> None:
    at = datetime(2026, 3, 2, 9, 15).astimezone()
    row = OrderRow(
        id=1,
        reference="ORD-00001",
        status=Status.WAITING,
        full_name="Salma Alami",
        phone="0612345678",
        city="Fès",
        total=39_900,
        created_at=at,
        held=True,
        label_count=3,
        version=1,
        second_phone="0523456789",
        tracking_number="AM123456789MA",
        attempt=2,
        hold_reason="Client absent",
        company="Atlas Express",
        person="Hamid Ouazzani",
        warehouse="Entrepôt Rabat",
        packed_on=date(2026, 3, 3),
        shipped_on=date(2026, 3, 4),
        delivered_on=date(2026, 3, 5),
        returned_on=date(2026, 3, 6),
        canceled_on=date(2026, 3, 7),
        updated_at=at + timedelta(hours=1),
        unsynced=True,
        twin_of="ORD-00000",
    )
    (shown,) = shown_rows([row])
    assert dict(zip((column.name for column in OrderColumn), shown.texts, strict=True)) == {
        "REFERENCE": "ORD-00001",
        "STATUS": "Waiting for pickup",
        "NAME": "Salma Alami",
        "PHONE": "06 12 34 56 78",
        "CITY": "Fès",
        "TOTAL": "399,00\u00a0DH",
        "CREATED": "02/03/2026 09:15",
        "LABELS": "Printed × 3",
        "HELD": "Client absent",
        "COMPANY": "Atlas Express",
        "PERSON": "Hamid Ouazzani",
        "WAREHOUSE": "Entrepôt Rabat",
        "TRACKING": "AM123456789MA",
        "ATTEMPT": "2",
        "SECOND_PHONE": "05 23 45 67 89",
        "PACKED": "03/03/2026",
        "SHIPPED": "04/03/2026",
        "DELIVERED": "05/03/2026",
        "RETURNED": "06/03/2026",
        "CANCELED": "07/03/2026",
        "UPDATED": "02/03/2026 10:15",
        "UNSYNCED": "Not yet sent",
        "TWIN": "ORD-00000",
    }


def test_a_printed_label_is_told(orders: Orders) -> None:
    ids = orders.create()
    orders.act(Action.LABELS, ids)
    assert shown_rows(orders.desk.orders.window_page())[0].texts[OrderColumn.LABELS] == "Printed"


@pytest.mark.parametrize("status", Status)
def test_no_status_and_no_number_is_clipped_on_a_small_screen(
    window: OpenWindow, orders: Orders, qtbot: QtBot, status: Status
) -> None:
    orders.create(20)
    desk = window()
    desk.resize(1280, 800)
    heading = desk.orders.view.heading
    assert heading.shown() == USUAL
    assert heading.sectionSize(OrderColumn.STATUS) >= pill_pixmap(status, held=True, scale=1.0).width() + 12
    metrics = QFontMetrics(desk.orders.view.font())
    for column, text in (
        (OrderColumn.PHONE, "06 68 88 88 88"),
        (OrderColumn.TOTAL, "99\u202f999,00\u00a0DH"),
        (OrderColumn.REFERENCE, "ORD-88888"),
    ):
        assert heading.sectionSize(column) >= metrics.horizontalAdvance(text) + 22
    qtbot.waitUntil(lambda: heading.length() <= desk.orders.view.viewport().width())


def test_names_give_way_a_little_and_numbers_do_not_where_room_lacks(window: OpenWindow, orders: Orders) -> None:
    orders.create(3)
    desk = window()
    desk.resize(1280, 800)
    heading = desk.orders.view.heading
    heading.show_columns(OrderColumn)
    metrics = QFontMetrics(desk.orders.view.font())
    for column in OrderColumn:
        needed = metrics.horizontalAdvance(str(column.spec.sample))
        assert heading.sectionSize(column) >= (0.8 * needed if column.spec.share else needed), column.name


def test_columns_are_chosen_in_a_dialog_by_keys(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    desk.registry.action("orders.columns").trigger()
    dialog = desk.orders.findChild(ColumnDialog)
    assert isinstance(dialog, ColumnDialog)
    dialog.list.setCurrentRow(OrderColumn.STATUS)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.list.setCurrentRow(OrderColumn.PHONE)
    for _ in range(3):
        QTest.mouseClick(dialog.earlier, Qt.MouseButton.LeftButton)
    assert dialog.columns()[:2] == (OrderColumn.PHONE, OrderColumn.REFERENCE)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert desk.orders.view.heading.shown()[:3] == (OrderColumn.PHONE, OrderColumn.REFERENCE, OrderColumn.NAME)


def test_the_reference_stays_whatever_is_unticked(window: OpenWindow, orders: Orders) -> None:
    orders.create()
    heading = window().orders.view.heading
    heading.show_columns((OrderColumn.CITY,))
    assert heading.shown() == (OrderColumn.REFERENCE, OrderColumn.CITY)
    entries = {action.text(): action for action in heading.menu().actions() if action.isCheckable()}
    assert set(entries) == {str(column.spec.title) for column in OrderColumn}
    assert not entries["Reference"].isEnabled()
    entries["City"].trigger()
    entries["Warehouse"].trigger()
    assert heading.shown() == (OrderColumn.REFERENCE, OrderColumn.WAREHOUSE)


def test_columns_and_their_widths_stay_from_one_start_to_the_next(
    start_app: StartApp, orders: Orders, qtbot: QtBot
) -> None:
    orders.create()
    first = start_app().window
    heading = first.orders.view.heading
    heading.show_columns(CHOSEN)
    heading.resizeSection(OrderColumn.HELD, 333)
    first.close()
    again = start_app().window.orders.view.heading
    assert again.shown() == CHOSEN
    assert again.sectionSize(OrderColumn.HELD) == 333
    again.show_usual()
    assert again.shown() == USUAL


def test_reading_the_list_anew_leaves_the_columns(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create(2)
    desk = window()
    desk.orders.view.heading.show_columns(CHOSEN)
    with qtbot.waitSignal(desk.orders.model.opened):
        desk.registry.action("orders.refresh").trigger()
    assert desk.orders.view.heading.shown() == CHOSEN


def test_what_is_copied_is_what_is_shown(window: OpenWindow, orders: Orders) -> None:
    ids = orders.create(2)
    desk = window()
    desk.orders.view.heading.show_columns(CHOSEN)
    desk.orders.view.select_orders(ids[:1])
    desk.registry.action("orders.copy").trigger()
    head, row = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t") == ["Phone", "Reference", "Reason for hold"]
    assert row.split("\t") == ["06 00 00 00 01", orders.reference(ids[0]), ""]


def test_the_details_take_room_only_while_an_order_is_chosen(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(2)
    desk = window()
    assert desk.detail.isHidden()
    desk.orders.view.select_orders(ids[:1])
    assert not desk.detail.isHidden()
    assert desk.detail.width() >= 270
    desk.orders.view.clearSelection()
    assert desk.detail.isHidden()
    desk.orders.view.select_orders(ids[:1])
    desk.registry.action("view.details").trigger()
    desk.orders.view.select_orders(ids[1:])
    assert desk.detail.isHidden()
    desk.registry.action("view.details").trigger()
    assert not desk.detail.isHidden()


def test_the_sheet_of_keys_names_every_key(window: OpenWindow, orders: Orders) -> None:
    from warehouse_desk.ui.actions.catalogue import CATALOGUE
    from warehouse_desk.ui.shell.keys_dialog import KeysDialog, key_rows

    orders.create()
    desk = window()
    told = {what for _, rows in key_rows() for _, what in rows}
    assert {str(spec.text) for spec in CATALOGUE if spec.shortcut} <= told
    desk.registry.action("program.keys").trigger()
    dialog = desk.findChild(KeysDialog)
    assert isinstance(dialog, KeysDialog)
    assert dialog.isVisible()
    QTest.mouseClick(dialog.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
