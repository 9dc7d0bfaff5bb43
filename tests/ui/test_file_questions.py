"""What the window asks of a file before its rows are taken."""

import csv
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from tests.ui.test_files import a_row, the_preview
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.sheets.headings import ORDER_HEADINGS
from warehouse_desk.ui.imports.model import Shown
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]


def test_a_file_with_statuses_and_readings_is_asked_about(
    window: OpenWindow, qtbot: QtBot, orders: Orders, tmp_path: Path
) -> None:
    path = tmp_path / "commandes.csv"
    lines = [
        [*ORDER_HEADINGS, "Statut", "Livreur"],
        [*a_row(total="258.000"), "Confirmé", "Ali"],
        [*a_row(phone="0612345679"), "Annulé", ""],
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    shown = window()
    shown.files.imports.open_orders(path)
    dialog = the_preview(shown, qtbot)
    panel = dialog.questions
    assert panel is not None
    assert not panel.go.isEnabled()
    assert not dialog.only_valid.isEnabled()
    panel.statuses[0].setChecked(True)
    panel.go.click()
    qtbot.waitUntil(lambda: shown.files.imports.dialog not in {None, dialog})
    again = the_preview(shown, qtbot)
    assert again.questions is None
    assert [str(notice) for notice in again.file.notices] == [
        "1 row was ignored: its status does not count.",
        "Columns not read: Livreur.",
    ]
    again.filter.setCurrentIndex(Shown.PROBLEMS)
    assert (again.accept_one.text(), again.accept_other.text()) == ("Accept 258", "Accept 258000")
    again.accept_one.click()
    again.all_rows.click()
    qtbot.waitUntil(lambda: shown.files.imports.dialog is None)
    assert [row.total for row in orders.desk.orders.find().rows] == [25_800]


def test_a_step_by_file_is_looked_at_before_anything_is_written(
    window: OpenWindow, qtbot: QtBot, orders: Orders, tmp_path: Path
) -> None:
    (first,) = orders.create(1)
    for step in (Action.PACK, Action.SHIP):
        orders.act(step, [first], warehouse_id=1)
    path = tmp_path / "retours.csv"
    path.write_text(f"reference\n{orders.reference(first)}\n", "utf-8")
    shown = window()
    shown.files.imports.open_references(Action.RETURN, path)
    dialog = shown.files.imports.by_file
    assert dialog is not None
    dialog.look.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert orders.status(first) is Status.SHIPPED
    dialog.go.click()
    qtbot.waitUntil(lambda: orders.status(first) is Status.RETURNED)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.reject()
