"""Status actions from toolbar and keyboard: enabling, asking, results, undo."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.builders import run_sql
from tests.ui.conftest import Orders, StartApp
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, action_name
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.actions import bulk_controller
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.wedge.grammar import Kind

OpenWindow = Callable[[], MainWindow]


def press(window: MainWindow, qtbot: QtBot, identifier: str) -> None:
    action = window.registry.action(identifier)
    assert action.isEnabled(), action.toolTip()
    action.trigger()


def answer(window: MainWindow, qtbot: QtBot, reason: str = "") -> None:
    qtbot.waitUntil(lambda: window.action_controller.dialog is not None)
    dialog = window.action_controller.dialog
    assert dialog is not None
    if reason:
        editor = dialog.findChildren(QComboBox)[-1].lineEdit()
        assert editor is not None
        QTest.keyClicks(editor, reason)
    with qtbot.waitSignal(window.action_controller.finished):
        QTest.mouseClick(dialog._go, Qt.MouseButton.LeftButton)


def results_of(window: MainWindow) -> list[BulkResult]:
    """Return where the answers of the steps to come are put."""
    ended: list[BulkResult] = []
    window.action_controller.bulk.ended.connect(lambda _job, result: ended.append(result))
    return ended


def test_nothing_selected_disables_steps_and_says_so(window: OpenWindow, orders: Orders) -> None:
    orders.create()
    pack = window().registry.action("order.pack")
    assert not pack.isEnabled()
    assert "Select one order or more first." in pack.toolTip()


def test_a_new_order_can_be_packed_and_says_why_not_shipped(window: OpenWindow, orders: Orders) -> None:
    ids = orders.create()
    desk = window()
    desk.orders.view.select_orders(ids)
    assert desk.registry.action("order.pack").isEnabled()
    ship = desk.registry.action("order.ship")
    assert not ship.isEnabled()
    assert "“Mark shipped” is not possible now. First: “Mark packed”." in ship.toolTip()


def drag_over(window: MainWindow, first: int, last: int) -> None:
    """Select rows by hand that the list may never have shown."""
    model = window.orders.model
    chosen = QItemSelection(model.index(first, 0), model.index(last, model.columnCount() - 1))
    window.orders.view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_rows_selected_by_hand_are_all_acted_on_even_if_never_looked_at(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create(650)
    desk = window()
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 650)
    drag_over(desk, 0, 649)
    pack = desk.registry.action("order.pack")
    qtbot.waitUntil(pack.isEnabled)
    assert len(desk.orders.selected_orders()) == 650
    ended = results_of(desk)
    pack.trigger()
    answer(desk, qtbot)
    assert orders.desk.orders.counts()[Status.PACKED] == 650
    assert [result.outcome for result in ended[0].results] == [Outcome.DONE] * 650


def test_more_rows_than_a_hand_may_hold_are_refused_not_shortened(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create(1_001)
    desk = window()
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 1_001)
    drag_over(desk, 0, 1_000)
    assert not desk.registry.action("order.pack").isEnabled()
    assert "at most 1,000 by hand: Ctrl+A selects the whole list" in desk.orders._selected.text()


def test_a_mixed_selection_says_how_many_a_step_fits(window: OpenWindow, orders: Orders) -> None:
    ids = orders.create(3)
    orders.act(Action.PACK, ids[:1])
    desk = window()
    desk.orders.view.select_orders(ids)
    pack = desk.registry.action("order.pack")
    assert pack.isEnabled()
    assert "Possible for 2 of the 3 selected orders." in pack.toolTip()


def test_packing_selected_orders_asks_the_date_and_packs(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(2)
    desk = window()
    desk.orders.view.select_orders(ids)
    press(desk, qtbot, "order.pack")
    answer(desk, qtbot)
    assert {orders.status(order_id) for order_id in ids} == {Status.PACKED}
    assert desk.results.isHidden()


def test_cancel_wants_a_reason_and_offers_it_again(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(2)
    desk = window()
    desk.orders.view.select_orders(ids[:1])
    press(desk, qtbot, "order.cancel")
    assert desk.action_controller.dialog is not None
    QTest.mouseClick(desk.action_controller.dialog._go, Qt.MouseButton.LeftButton)
    assert not desk.action_controller.dialog._fault.isHidden()
    answer(desk, qtbot, "Client injoignable")
    assert orders.desk.orders.show(ids[0]).facts.cancel_reason == "Client injoignable"
    desk.orders.view.select_orders(ids[1:])
    press(desk, qtbot, "order.cancel")
    offered = desk.action_controller.dialog.findChildren(QComboBox)[-1]
    assert offered.itemText(0) == "Client injoignable"
    desk.action_controller.dialog.reject()


def test_refused_orders_stay_selected_and_are_explained(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    orders.act(Action.PACK, ids[:1])
    orders.act(Action.SHIP, ids[:1], warehouse_id=orders.desk.directories.warehouses()[0].id)
    desk = window()
    desk.orders.view.select_orders(ids)
    press(desk, qtbot, "order.pack")
    answer(desk, qtbot)
    assert not desk.results.isHidden()
    assert [row.id for row in desk.orders.selected_orders()] == ids[:1]
    desk.results.copy()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[1].startswith(f"{orders.reference(ids[0])}\trefused\t")
    assert len(copied) == 4


def test_the_last_step_is_taken_back_with_ctrl_z(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(2)
    desk = window()
    desk.orders.view.select_orders(ids)
    press(desk, qtbot, "order.pack")
    answer(desk, qtbot)
    with qtbot.waitSignal(desk.action_controller.finished):
        press(desk, qtbot, "order.undo")
    assert {orders.status(order_id) for order_id in ids} == {Status.NEW}
    assert not desk.registry.action("order.undo").isEnabled()


def test_after_an_edit_undo_takes_nothing_older_back(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    packed, edited = orders.create(2)
    desk = window()
    desk.orders.view.select_orders([packed])
    press(desk, qtbot, "order.pack")
    answer(desk, qtbot)
    undo = desk.registry.action("order.undo")
    qtbot.waitUntil(undo.isEnabled)
    assert orders.reference(packed) in undo.toolTip()
    desk.workplace.last_deed.note(action_name(Action.UPDATE), [orders.reference(edited)])
    assert not undo.isEnabled()
    assert orders.reference(edited) in undo.toolTip()
    assert orders.status(packed) is Status.PACKED


def test_ctrl_a_means_the_whole_list_in_chunks(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(1_100)
    desk = window()
    QTest.keyClick(desk.orders.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert desk.orders.selected_count() == 1_100
    qtbot.waitUntil(lambda: bool(desk.navigation.counts))
    desk.steps.refresh()
    progress: list[tuple[int, int]] = []
    desk.action_controller.bulk.progressed.connect(lambda done, total: progress.append((done, total)))
    press(desk, qtbot, "order.pack")
    answer(desk, qtbot)
    assert progress == [(500, 1_100), (1_000, 1_100), (1_100, 1_100)]
    assert orders.desk.orders.counts()[Status.PACKED] == len(ids)
    with qtbot.waitSignal(desk.action_controller.finished, timeout=20_000):
        press(desk, qtbot, "order.undo")
    assert orders.desk.orders.counts()[Status.NEW] == len(ids)


def test_of_a_very_long_list_the_first_answers_are_kept_and_all_are_counted(
    window: OpenWindow, orders: Orders, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_controller, "MOST_KEPT", 600)
    orders.create(1_100)
    desk = window()
    desk.orders.choose_all()
    qtbot.waitUntil(lambda: bool(desk.navigation.counts))
    desk.steps.refresh()
    ended = results_of(desk)
    press(desk, qtbot, "order.pack")
    answer(desk, qtbot)
    assert (len(ended[0].results), ended[0].count(Outcome.DONE)) == (600, 1_100)


def test_a_long_step_can_be_stopped_between_chunks(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create(1_100)
    desk = window()
    desk.orders.choose_all()
    qtbot.waitUntil(lambda: bool(desk.navigation.counts))
    desk.steps.refresh()
    desk.action_controller.bulk.progressed.connect(lambda _done, _total: desk.action_controller.bulk.stop())
    press(desk, qtbot, "order.pack")
    answer(desk, qtbot)
    assert orders.desk.orders.counts()[Status.PACKED] == 500


def test_a_packer_sees_which_ability_is_missing(
    start_app: Callable[..., object], orders: Orders, qtbot: QtBot, sqlite_url: str
) -> None:
    from tests.ui.conftest import open_desk

    orders.create()
    orders.desk.people.add("admin", "secret-1", "Admin")
    orders.desk.people.add("packer", "secret-2", "Packer")
    app = start_app(lambda _who: open_desk(sqlite_url, "packer", "secret-2"))
    shown: MainWindow = app.window  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: shown.orders.model.rowCount() == 1)
    cancel = shown.registry.action("order.cancel")
    assert not cancel.isEnabled()
    assert "markAsCanceledByScanner" in cancel.toolTip()


def test_rows_are_copied_as_a_sheet_pastes_them(window: OpenWindow, orders: Orders) -> None:
    ids = orders.create(2)
    run_sql(orders.desk.context.database, "UPDATE orders SET city = 'Aïn\tSebaâ\nCasablanca'")
    desk = window()
    desk.orders.view.select_orders(ids)
    QTest.keyClick(desk.orders.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, *rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert head[0] == "Reference"
    assert sorted(row[0] for row in rows) == sorted(map(orders.reference, ids))
    assert {row[head.index("City")] for row in rows} == {"Aïn Sebaâ Casablanca"}
    assert {len(row) for row in rows} == {len(head)}


def test_results_are_written_to_a_file_one_line_for_each_order(
    window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path
) -> None:
    ids = orders.create(3)
    orders.act(Action.PACK, ids[:1])
    orders.act(Action.SHIP, ids[:1], warehouse_id=orders.desk.directories.warehouses()[0].id)
    desk = window()
    desk.orders.view.select_orders(ids)
    press(desk, qtbot, "order.pack")
    answer(desk, qtbot)
    assert len(desk.results.rows()) == 3
    for name in ("results.csv", "results.xlsx"):
        desk.result_files.write(str(tmp_path / name))
        qtbot.waitUntil(lambda name=name: f"{name} is exported." in desk.toasts.texts())  # type: ignore[misc]  # lambda
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=_delimiter(tmp_path / "results.csv")))
    assert rows[0] == ["Reference", "Result", "Explanation"]
    assert rows[1][:2] == [orders.reference(ids[0]), "refused"]
    assert len(rows) == 4
    sheet = load_workbook(tmp_path / "results.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 4


def _delimiter(path: Path) -> str:
    return csv.Sniffer().sniff(path.read_text(encoding="utf-8-sig").splitlines()[0]).delimiter


def test_results_that_cannot_be_written_say_so(
    window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path
) -> None:
    orders.create()
    desk = window()
    desk.result_files.write(str(tmp_path / "no folder" / "results.xlsx"))
    qtbot.waitUntil(lambda: bool(desk.toasts.texts()))
    assert "results.xlsx" in desk.toasts.texts()[0]


def test_every_step_is_offered_by_toolbar_or_menu_key_and_palette(window: OpenWindow, orders: Orders) -> None:
    orders.create()
    desk = window()
    offered = {action.data() for action in desk.toolbar.actions()} | {a.data() for a in desk.toolbar.menu.actions()}
    keys = [desk.registry.action(f"order.{action.value}").shortcut().toString() for action in STATUS_ACTIONS]
    desk.palette_controller.open()
    palette = desk.palette_controller.palette
    assert palette is not None
    titles = {entry.title for entry in palette.shown()}
    palette.reject()
    assert {f"order.{action.value}" for action in STATUS_ACTIONS} <= offered
    assert all(keys)
    assert {str(action_name(action)) for action in STATUS_ACTIONS} <= titles


def test_who_may_lets_the_stock_fall_below_nothing_when_asked(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.desk.goods.adjust(1, "TSHIRT-M", -9_999, "Inventaire")
    ids = orders.create(2)
    orders.act(Action.PACK, ids)
    desk = window()
    ended = results_of(desk)
    for order_id, allowed in ((ids[0], False), (ids[1], True)):
        desk.orders.view.select_orders([order_id])
        press(desk, qtbot, "order.ship")
        qtbot.waitUntil(lambda: desk.action_controller.dialog is not None)
        dialog = desk.action_controller.dialog
        assert dialog is not None
        assert dialog._negative is not None
        dialog._negative.setChecked(allowed)
        answer(desk, qtbot)
        desk.action_controller.dialog = None
    assert [result.results[0].outcome for result in ended] == [Outcome.REFUSED, Outcome.DONE]
    assert [row.on_hand for row in orders.desk.goods.stock() if row.sku == "TSHIRT-M"] == [-1]


def test_who_may_not_is_not_asked(start_app: StartApp, staffed: dict[str, str], orders: Orders, qtbot: QtBot) -> None:
    orders.desk.settings.change({"verify_before_pack": "off"})
    ids = orders.create()
    orders.act(Action.PACK, ids)
    app = start_app()
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)
    app.scan_controller.codes.take(Kind.BADGE, staffed["Karim"])
    qtbot.waitUntil(lambda: app.station.current is not None)
    qtbot.waitUntil(lambda: app.window.orders.model.rowCount() == 1)
    app.window.orders.view.select_orders(ids)
    qtbot.waitUntil(app.window.registry.action("order.ship").isEnabled)
    press(app.window, qtbot, "order.ship")
    qtbot.waitUntil(lambda: app.window.action_controller.dialog is not None)
    dialog = app.window.action_controller.dialog
    assert dialog is not None
    assert dialog._negative is None
    dialog.reject()


@pytest.mark.parametrize(("to_new", "status"), [(False, Status.PACKED), (True, Status.NEW)])
def test_a_rolled_back_order_goes_back_or_begins_again(
    window: OpenWindow, orders: Orders, qtbot: QtBot, to_new: bool, status: Status
) -> None:
    ids = orders.create()
    orders.act(Action.PACK, ids)
    orders.act(Action.SHIP, ids, warehouse_id=1)
    orders.act(Action.ROLLBACK, ids, reason="Mauvais colis")
    desk = window()
    desk.orders.view.select_orders(ids)
    press(desk, qtbot, "order.resume")
    qtbot.waitUntil(lambda: desk.action_controller.dialog is not None)
    dialog = desk.action_controller.dialog
    assert dialog is not None
    assert dialog._to_new is not None
    dialog._to_new.setChecked(to_new)
    answer(desk, qtbot)
    assert orders.status(ids[0]) is status


def test_the_day_of_a_step_can_be_chosen_from_the_order_s_to_today(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create()
    run_sql(orders.desk.context.database, "UPDATE orders SET created_at = '2026-01-15 10:00:00.000000'")
    desk = window()
    desk.orders.view.select_orders(ids)
    press(desk, qtbot, "order.pack")
    qtbot.waitUntil(lambda: desk.action_controller.dialog is not None)
    dialog = desk.action_controller.dialog
    assert dialog is not None
    assert dialog._date is not None
    assert dialog._date.minimumDate().toString("yyyy-MM-dd") == "2026-01-15"
    assert dialog._date.maximumDate().toString("yyyy-MM-dd") == orders.today.isoformat()
    dialog.reject()
