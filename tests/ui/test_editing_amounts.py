"""The amount to collect, delivery fees, e-mail and shipment way in the editor, the merge and the detail."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, new_order
from tests.ui.test_editing import OpenWindow, editor_of, leave, meet, save, update, write
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.merging import DetailField, DetailPart, Side
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.ui.detail.sections import detail_sections


def test_the_amount_to_collect_follows_the_products_before_it_is_saved(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    body = new_order(1, total=288)
    (order_id,) = orders.desk.orders.create({"orders": [body]}).changes.order_ids
    desk = window()
    dialog = editor_of(desk, qtbot, order_id)
    assert (dialog.total.amount.text(), dialog.total._beyond_text.text()) == (
        "288,00",
        "Fees or discount: +30,00\u00a0DH",
    )
    dialog.lines.add_line().fill(2, "ARGAN-50", 3, 28_500)
    assert dialog.total.amount.text() == "573,00"
    save(dialog)
    qtbot.waitUntil(lambda: desk.editor.dialog is None)
    assert orders.desk.orders.show(order_id).total == 57_300


def test_an_amount_that_is_typed_stands_and_is_followed_from(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    desk = window()
    dialog = editor_of(desk, qtbot, order_id)
    dialog.total.amount.selectAll()
    QTest.keyClicks(dialog.total.amount, "250")
    assert dialog.total._beyond_text.text() == "Fees or discount: -8,00\u00a0DH"
    dialog.lines.add_line().fill(2, "ARGAN-50", 1, 9_500)
    assert dialog.total.amount.text() == "345,00"
    save(dialog)
    qtbot.waitUntil(lambda: desk.editor.dialog is None)
    assert orders.desk.orders.show(order_id).total == 34_500


def test_an_amount_that_cannot_be_is_marked(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    dialog = editor_of(window(), qtbot, order_id)
    dialog.total.amount.setText("0,50")
    save(dialog)
    qtbot.waitUntil(lambda: bool(dialog.texts.fields["total"].fault))
    leave(dialog)


def test_email_way_and_fees_are_shown_and_edited(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ways = [
        orders.desk.directories.add(Listed.SHIPMENT_WAY, number=str(number), name=name, name_en=english).id
        for number, name, english in ((1, "À domicile", "To the door"), (2, "En agence", "At the office"))
    ]
    orders.desk.directories.set_active(Listed.SHIPMENT_WAY, ways[1], active=False)
    body = new_order(1, email="a@b.ma", shipment_way=2, is_fees_paid_by_customer=True)
    (order_id,) = orders.desk.orders.create({"orders": [body]}).changes.order_ids
    desk = window()
    dialog = editor_of(desk, qtbot, order_id)
    assert (dialog.texts.text("email"), dialog.way.currentText(), dialog.fees.isChecked()) == (
        "a@b.ma",
        "At the office",
        True,
    )
    assert [dialog.way.itemText(row) for row in range(dialog.way.count())] == ["(none)", "To the door", "At the office"]
    assert not dialog.is_changed
    write(dialog, "email", "c@d.ma")
    dialog.way.setCurrentIndex(1)
    dialog.fees.setChecked(False)
    save(dialog)
    qtbot.waitUntil(lambda: desk.editor.dialog is None)
    saved = orders.desk.orders.show(order_id)
    assert (saved.email, saved.shipment_way, saved.is_fees_paid_by_customer) == ("c@d.ma", 1, False)


def test_the_detail_shows_what_the_api_says_of_an_order(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    body = new_order(1, email="a@b.ma", shipment_way=7, is_fees_paid_by_customer=True)
    (order_id,) = orders.desk.orders.create({"orders": [body]}).changes.order_ids
    orders.act(Action.PACK, [order_id])
    orders.act(Action.PUSH, [order_id], company_id=1, from_stock=True)
    page = detail_sections(orders.desk.orders.show(order_id))
    qtbot.addWidget(page)
    said = [label.text() for label in page.findChildren(QLabel)]
    for words in ("a@b.ma", "paid by the customer", "7", "Amana", "the company's own stock"):
        assert words in said


def test_a_merge_shows_the_new_fields_in_words(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    orders.desk.directories.add(Listed.SHIPMENT_WAY, number="1", name="À domicile", name_en="To the door")
    desk = window()
    dialog = editor_of(desk, qtbot, order_id)
    update(orders, order_id, total=200, is_fees_paid_by_customer=False)
    dialog.way.setCurrentIndex(1)
    dialog.total.amount.setText("300")
    dialog.total._on_typed()
    merging = meet(desk, qtbot)
    said = [label.text() for label in merging.findChildren(QLabel)]
    assert {"-58,00\u00a0DH", "+42,00\u00a0DH", "To the door", "not paid by the customer"} <= set(said)
    merging.choices[DetailPart(DetailField.TOTAL), Side.MINE].setChecked(True)
    QTest.mouseClick(merging._save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.editor.dialog is None)
    saved = orders.desk.orders.show(order_id)
    assert (saved.total, saved.shipment_way, saved.is_fees_paid_by_customer) == (30_000, 1, False)
