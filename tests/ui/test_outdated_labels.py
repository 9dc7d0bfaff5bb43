"""An outdated label in the window: the table and the details say it, steps and hand-overs ask, printing mends it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.paper.labels import LabelSettings
from warehouse_desk.ui.actions.ask import AskDialog
from warehouse_desk.ui.orders.columns import OrderColumn
from warehouse_desk.ui.orders.facets import Facet
from warehouse_desk.ui.orders.model import CellRole
from warehouse_desk.ui.printing.memory import Way
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]


def outdated(orders: Orders, count: int = 1) -> list[int]:
    """Return orders that were sent to another address after their labels were printed."""
    ids = orders.create(count)
    orders.desk.paper.labels.make(ids, LabelSettings())
    for number in ids:
        edit(orders, number)
    return ids


def edit(orders: Orders, number: int) -> None:
    now = orders.desk.orders.show(number)
    city = next(each.id for each in orders.desk.directories.cities() if each.name == "Rabat")
    lines = [{"id": line.product_id, "quantity": line.quantity, "total": line.total / 100} for line in now.lines]
    body = {"full_name": now.full_name, "phone": now.phone, "city_to_id": city, "address": "Rue 9", "products": lines}
    orders.desk.orders.update(number, body)


def asked(window: MainWindow, qtbot: QtBot, action: str) -> AskDialog:
    window.registry.action(action).trigger()
    qtbot.waitUntil(lambda: window.action_controller.dialog is not None)
    dialog = window.action_controller.dialog
    assert dialog is not None
    return dialog


def go(window: MainWindow, qtbot: QtBot, dialog: AskDialog) -> BulkResult:
    with qtbot.waitSignal(window.action_controller.finished) as ended:
        QTest.mouseClick(dialog._go, Qt.MouseButton.LeftButton)
    result = (ended.args or [None, None])[1]
    assert isinstance(result, BulkResult)
    return result


def test_the_table_says_it_by_word_and_sign_and_can_be_filtered(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    (stale,) = outdated(orders)
    good = orders.create(2)
    orders.desk.paper.labels.make(good[:1], LabelSettings())
    desk = window()
    model = desk.orders.model
    place = model.place_of(stale)
    assert place is not None
    cell = model.index(place, OrderColumn.LABELS)
    assert (cell.data(), cell.data(CellRole.OUTDATED)) == ("Outdated", True)
    assert "changed after it was printed" in cell.data(Qt.ItemDataRole.ToolTipRole)
    other = model.index(model.place_of(good[0]) or 0, OrderColumn.LABELS)
    assert (other.data(), other.data(CellRole.OUTDATED)) == ("Printed", False)
    desk.orders.bar.set_value(Facet.OUTDATED, True)
    qtbot.waitUntil(lambda: model.query.order_filter == OrderFilter(label_outdated=True))
    qtbot.waitUntil(lambda: model.rowCount() == 1)


def test_the_details_say_it(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = outdated(orders)
    desk = window()
    desk.orders.view.select_orders(ids)
    qtbot.waitUntil(
        lambda: any("label is outdated" in label.text() for label in desk.detail.findChildren(QLabel, "fault"))
    )


def test_a_step_is_refused_or_goes_on_a_supervisors_word(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = outdated(orders)
    desk = window()
    desk.orders.view.select_orders(ids)
    refused = go(desk, qtbot, asked(desk, qtbot, "order.ship"))
    assert "is outdated" in str(refused.results[0].message)
    desk.orders.view.select_orders(ids)
    dialog = asked(desk, qtbot, "order.ship")
    assert dialog._outdated is not None
    dialog._outdated.setChecked(True)
    assert go(desk, qtbot, dialog).all_done
    assert orders.status(ids[0]) is Status.SHIPPED


def test_a_step_with_good_labels_offers_nothing_of_the_kind(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create()
    orders.act(Action.PACK, ids)
    desk = window()
    desk.orders.view.select_orders(ids)
    dialog = asked(desk, qtbot, "order.ship")
    assert (dialog._outdated, dialog._uncounted) == (None, None)
    dialog.reject()


def test_printing_it_again_asks_for_no_reason(window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path) -> None:
    ids = outdated(orders, 2)
    desk = window()
    desk.orders.view.select_orders(ids)
    desk.registry.action("order.labels").trigger()
    qtbot.waitUntil(lambda: desk.labels.dialog is not None and desk.labels.dialog.preview.has_picture, timeout=60_000)
    dialog = desk.labels.dialog
    assert dialog is not None
    assert not dialog.options.form.isRowVisible(dialog.options.reason)
    box = dialog.options.printer
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).way is Way.FILE))
    dialog.options.set_file(str(tmp_path / "labels.pdf"))
    with qtbot.waitSignal(desk.labels.finished, timeout=60_000) as ended:
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert (ended.args or [None, None])[1].count(Outcome.DONE) == 2
    assert not any(orders.desk.orders.show(number).facts.label_outdated for number in ids)


def test_a_hand_over_names_what_has_to_stay_and_lets_it_go_on_a_supervisors_word(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(2)
    company = orders.desk.directories.companies()[0].id
    orders.desk.paper.labels.make(ids, LabelSettings())
    orders.act(Action.PUSH, ids, company_id=company, from_stock=False)
    edit(orders, ids[1])
    desk = window()
    desk.registry.action("print.handover").trigger()
    qtbot.waitUntil(lambda: desk.papers.hand_over.dialog is not None)
    side = desk.papers.hand_over.side
    assert side is not None
    side.choose((company, None))
    qtbot.waitUntil(lambda: "ORD-00002" in side.held_back.text())
    QTest.mouseClick(side.fill, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: side.sheet is not None and side.sheet.summary.parcels == 1)
    side.let_go.setChecked(True)
    QTest.mouseClick(side.fill, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: side.sheet is not None and side.sheet.summary.parcels == 2)
    qtbot.waitUntil(side.held_back.isHidden)
    QTest.mouseClick(side.close_sheet, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: side.sheet is not None and side.sheet.summary.is_closed)
