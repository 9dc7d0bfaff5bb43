"""Files through the window: preview, repair, import; steps by file; exports behind the window."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.messages import set_language
from warehouse_desk.domain.jobs import JobState
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.sheets.headings import ORDER_HEADINGS
from warehouse_desk.ui.imports.by_file import ByFileDialog
from warehouse_desk.ui.imports.dialog import ImportDialog
from warehouse_desk.ui.imports.model import FIRST_CELL, WHY, Shown
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]
GOOD = ["Amina Bennani", "0612345678", "", "Casablanca", "3 rue des Fleurs", "TSHIRT-M", "2", "129", "258", ""]
PHONE, CITY = FIRST_CELL + ORDER_HEADINGS.index("phone"), FIRST_CELL + ORDER_HEADINGS.index("city")


def a_row(**changed: str) -> list[str]:
    return list({**dict(zip(ORDER_HEADINGS, GOOD, strict=True)), **changed}.values())


def a_file(folder: Path, *lines: list[str]) -> Path:
    path = folder / "commandes.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([ORDER_HEADINGS, *lines])
    return path


@pytest.fixture
def preview(window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> Callable[..., tuple[MainWindow, ImportDialog]]:
    """Opens the window and in it the preview of a file with these rows."""

    def opened(*lines: list[str]) -> tuple[MainWindow, ImportDialog]:
        shown = window()
        shown.files.imports.open_orders(a_file(tmp_path, *lines))
        return shown, the_preview(shown, qtbot)

    return opened


def the_preview(shown: MainWindow, qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: shown.files.imports.dialog is not None)
    dialog = shown.files.imports.dialog
    assert dialog is not None
    return dialog


Preview = Callable[..., tuple[MainWindow, ImportDialog]]


def test_the_table_keeps_qt_s_rules(preview: Preview) -> None:
    _, dialog = preview(a_row(), a_row(phone="612345678"), a_row(city="Atlantis"))
    tester = QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for shown in Shown:
        dialog.model.show_rows(shown)
    dialog.model.setData(dialog.model.index(0, CITY), "Rabat")
    tester.deleteLater()
    dialog.reject()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_fits_a_small_screen(window: OpenWindow, qtbot: QtBot, tmp_path: Path, language: str) -> None:
    shown = window()
    path = a_file(tmp_path, a_row(phone="612345678"), a_row(skus="|".join(f"TSHIRT-{n}" for n in range(10))))
    path = path.rename(tmp_path / f"{'commandes-du-grossiste-' * 6}.csv")
    set_language(language)
    try:
        shown.files.imports.open_orders(path)
        dialog = the_preview(shown, qtbot)
        assert dialog.minimumSizeHint().width() <= 1_100
        assert dialog.width() <= dialog.screen().availableSize().width()
    finally:
        set_language("en")


def test_a_clean_file_is_imported_by_one_button(preview: Preview, qtbot: QtBot, orders: Orders) -> None:
    shown, dialog = preview(a_row(), a_row(phone="0612345679"))
    assert dialog.all_rows.isEnabled()
    assert not dialog.only_valid.isVisible()
    dialog.all_rows.click()
    qtbot.waitUntil(lambda: shown.files.imports.dialog is None)
    assert orders.desk.orders.counts()[Status.NEW] == 2


def test_a_row_that_may_be_the_same_order_wants_a_tick(preview: Preview, qtbot: QtBot, orders: Orders) -> None:
    shown, dialog = preview(a_row(), a_row(full_name="Omar"))
    assert dialog.again.isVisible()
    dialog.again.setChecked(True)
    dialog.all_rows.click()
    qtbot.waitUntil(lambda: shown.files.imports.dialog is None)
    assert orders.desk.orders.counts()[Status.NEW] == 2


def test_one_of_two_possible_twins_is_imported_and_the_other_left_out(
    preview: Preview, qtbot: QtBot, orders: Orders
) -> None:
    shown, dialog = preview(a_row(), a_row(), a_row(phone="0612345679"), a_row(phone="0612345679", full_name="Omar"))
    model = dialog.model
    assert (model.shown, model.rowCount()) == (Shown.PROBLEMS, 2)
    dialog.table.setCurrentIndex(model.index(1, PHONE))
    assert (dialog.accept_one.text(), dialog.refuse_one.isEnabled()) == ("Import it too", False)
    dialog.accept_one.click()
    assert [model.index(row, 0).data() for row in range(2)] == ["Check", "Accepted"]
    assert not dialog.accept_one.isEnabled()
    dialog.restore_row.click()
    assert dialog.accept_one.isEnabled()
    dialog.accept_one.click()
    assert (dialog.all_rows.isEnabled(), dialog.only_valid.text()) == (False, "Import the 3 valid rows")
    dialog.only_valid.click()
    qtbot.waitUntil(lambda: shown.files.imports.dialog is None)
    assert orders.desk.orders.counts()[Status.NEW] == 3


def test_problems_are_shown_first_and_explained(preview: Preview) -> None:
    _, dialog = preview(a_row(), a_row(phone="612345678"), a_row(city="Atlantis"))
    model = dialog.model
    assert (model.shown, model.rowCount()) == (Shown.PROBLEMS, 2)
    marks = [model.index(row, 0).data() for row in range(2)]
    assert marks == ["Confirm", "Fix"]
    assert "lost its leading 0" in model.index(0, WHY).data()
    cell = model.index(0, PHONE)
    assert "Proposed: 0612345678" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert cell.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert model.index(0, CITY).data(Qt.ItemDataRole.BackgroundRole) is None
    assert not dialog.all_rows.isEnabled()
    model.show_rows(Shown.ALL)
    assert model.rowCount() == 3
    dialog.reject()


def test_rows_that_keep_the_file_back_are_fewer_than_those_with_something_to_see(preview: Preview) -> None:
    _, dialog = preview(a_row(), a_row(city="Casablnca"), a_row(city="Atlantis"))
    model = dialog.model
    proposed = model.index(0, CITY).data(Qt.ItemDataRole.BackgroundRole)
    model.accept(model.index(0, CITY), "city")
    repaired = model.index(0, CITY).data(Qt.ItemDataRole.BackgroundRole)
    assert proposed != repaired
    model.show_rows(Shown.PROBLEMS)
    assert model.rowCount() == 2
    model.show_rows(Shown.BLOCKED)
    assert [model.index(row, CITY).data() for row in range(model.rowCount())] == ["Atlantis"]
    dialog.reject()


def test_repair_accepted_cell_fixed_and_all_imported(preview: Preview, qtbot: QtBot, orders: Orders) -> None:
    shown, dialog = preview(a_row(phone="612345678"), a_row(phone="0612345679", city="Atlantis"))
    dialog.table.setCurrentIndex(dialog.model.index(0, PHONE))
    dialog.accept_one.click()
    assert dialog.model.index(0, PHONE).data() == "0612345678"
    assert dialog.model.index(0, 0).data() == "Repaired"
    assert dialog.model.setData(dialog.model.index(1, CITY), "rabat")
    assert dialog.all_rows.isEnabled()
    dialog.all_rows.click()
    qtbot.waitUntil(lambda: shown.files.imports.dialog is None)
    assert sorted(row.city for row in orders.desk.orders.find().rows) == ["Casablanca", "Rabat"]


def test_a_refused_repair_stays_to_be_fixed_and_can_be_taken_back(preview: Preview, qtbot: QtBot) -> None:
    _, dialog = preview(a_row(city="Casablnca"))
    dialog.table.setCurrentIndex(dialog.model.index(0, CITY))
    dialog.refuse_one.click()
    assert dialog.model.index(0, 0).data() == "Fix"
    assert not dialog.accept_one.isEnabled()
    dialog.model.setData(dialog.model.index(0, CITY), "Fes")
    dialog.restore_row.click()
    assert dialog.model.index(0, CITY).data() == "Casablnca"
    dialog.reject()


def test_all_repairs_at_once(preview: Preview, qtbot: QtBot) -> None:
    shown, dialog = preview(*[a_row(phone=f"6123456{n:02}") for n in range(30)])
    dialog.accept_every.click()
    qtbot.waitUntil(dialog.all_rows.isEnabled)
    assert not shown.files.imports._is_busy
    dialog.reject()


def test_valid_rows_alone_and_the_rejects_saved(preview: Preview, qtbot: QtBot, orders: Orders, tmp_path: Path) -> None:
    shown, dialog = preview(a_row(), a_row(city="Atlantis"))
    rejects = tmp_path / "rejets.csv"
    dialog._on_rejects_chosen(str(rejects))
    qtbot.waitUntil(rejects.exists)
    assert "Atlantis" in rejects.read_text("utf-8-sig")
    dialog.only_valid.click()
    qtbot.waitUntil(lambda: shown.files.imports.dialog is None)
    assert orders.desk.orders.counts()[Status.NEW] == 1


def test_the_same_file_again_wants_a_tick(preview: Preview, qtbot: QtBot, orders: Orders, tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row())
    orders.desk.files.imports.store(orders.desk.files.imports.read(path))
    _, dialog = preview(a_row())
    assert not dialog.all_rows.isEnabled()
    assert dialog.again.isVisible()
    dialog.again.setChecked(True)
    assert dialog.all_rows.isEnabled()
    dialog.reject()


def test_a_file_that_cannot_be_read_is_said_beside_the_work(window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    shown = window()
    with qtbot.waitSignal(shown.files.imports._messages.note_added) as told:
        shown.files.imports.open_orders(tmp_path / "fehlt.xlsx")
    assert "fehlt.xlsx" in told.args[0].text
    assert shown.files.imports.dialog is None


def test_reading_a_file_shows_how_far_it_is_and_can_be_stopped(
    window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = window()
    seen: list[object] = []
    shown.files.imports.reading.connect(seen.append)
    shown.files.imports.open_orders(a_file(tmp_path, *[a_row(full_name=f"Client {n}") for n in range(5_000)]))
    assert shown.bar._progress.isVisible()
    shown.bar.stop_requested.emit()
    qtbot.waitUntil(lambda: seen[-1:] == [None])
    assert shown.files.imports.dialog is None
    assert not shown.bar._progress.isVisible()


def results_in(dialog: ByFileDialog) -> list[str]:
    return [str(dialog.table.model().index(row, 2).data()) for row in range(dialog.table.rowCount())]


def test_returned_by_file_answers_each_row(window: OpenWindow, qtbot: QtBot, orders: Orders, tmp_path: Path) -> None:
    (first, second, third) = orders.create(3)
    for step in (Action.PACK, Action.SHIP):
        orders.act(step, [first, third], warehouse_id=1)
    orders.act(Action.RETURN, [third])
    path = tmp_path / "retours.csv"
    names = (orders.reference(first), orders.reference(second), "NOPE", orders.reference(third))
    path.write_text("\n".join(("reference", *names)), "utf-8")
    shown = window()
    shown.files.imports.open_references(Action.RETURN, path)
    dialog = shown.files.imports.by_file
    assert dialog is not None
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)  # the rows that need a look
    assert results_in(dialog) == ["refused", "unknown"]
    dialog.filter.setCurrentIndex(0)
    assert results_in(dialog) == ["done", "refused", "unknown", "unchanged"]
    dialog.copy_answers()
    assert QApplication.clipboard().text().count("\n") == 4
    assert orders.status(first) is Status.RETURNED
    dialog.reject()


def test_a_file_of_several_ends_asks_which_of_them_count(
    window: OpenWindow, qtbot: QtBot, orders: Orders, tmp_path: Path
) -> None:
    delivered, refused = orders.create(2)
    for step in (Action.PACK, Action.SHIP):
        orders.act(step, [delivered, refused], warehouse_id=1)
    path = tmp_path / "amana.csv"
    lines = ("reference,statut", f"{orders.reference(delivered)},Livré", f"{orders.reference(refused)},Refusé")
    path.write_text("\n".join(lines), "utf-8")
    shown = window()
    shown.files.imports.open_references(Action.DELIVER, path)
    dialog = shown.files.imports.by_file
    assert dialog is not None
    dialog.go.click()
    qtbot.waitUntil(lambda: len(dialog.statuses) == 2)
    assert [box.isChecked() for box in dialog.statuses] == [False, False]
    dialog.statuses[0].setChecked(True)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert (orders.status(delivered), orders.status(refused)) == (Status.DELIVERED, Status.SHIPPED)
    assert results_in(dialog) == ["done"]
    dialog.path.setText("another.csv")
    assert dialog.statuses == []
    dialog.reject()


def drop(shown: MainWindow, path: Path) -> tuple[QDragEnterEvent, QDropEvent]:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), copy, data, left, none)
    QApplication.sendEvent(shown, enter)
    dropped = QDropEvent(QPointF(50, 50), copy, data, left, none)
    QApplication.sendEvent(shown, dropped)
    return enter, dropped


def test_a_file_dropped_on_the_window_is_asked_about_and_opened(
    window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = window()
    enter, _ = drop(shown, a_file(tmp_path, a_row()))
    assert enter.isAccepted()
    menu = next(each for each in shown.findChildren(QMenu) if each.isVisible())
    assert menu.actions()[0].text() == "commandes.csv"
    next(action for action in menu.actions() if action.text() == "Import orders").trigger()
    menu.close()
    the_preview(shown, qtbot).reject()


def test_a_folder_dropped_on_the_window_is_left_alone(window: OpenWindow, tmp_path: Path) -> None:
    enter, _ = drop(window(), tmp_path)
    assert not enter.isAccepted()


def test_the_list_is_exported_in_the_background(
    window: OpenWindow, qtbot: QtBot, orders: Orders, tmp_path: Path
) -> None:
    orders.create(3)
    shown = window()
    shown.registry.action("orders.export").trigger()
    dialog = shown.files.exports.dialog
    assert dialog is not None
    dialog.kind.setCurrentIndex(1)
    path = tmp_path / "out.csv"
    dialog.path.setText(str(path))
    for row in range(1, dialog.columns.count()):
        dialog.columns.item(row).setCheckState(Qt.CheckState.Unchecked)
    dialog.go.click()
    qtbot.waitUntil(path.exists)
    assert path.read_text("utf-8-sig").split() == ["reference", "ORD-00003", "ORD-00002", "ORD-00001"]
    shown.files.exports.show_jobs()
    jobs = shown.files.exports.jobs
    assert jobs is not None
    qtbot.waitUntil(lambda: orders.desk.files.export_jobs.latest()[0].state is JobState.DONE)
    qtbot.waitUntil(lambda: jobs.table.rowCount() == 1 and jobs.folder.isEnabled())
    jobs.reject()


def test_the_selection_alone_is_exported(window: OpenWindow, qtbot: QtBot, orders: Orders, tmp_path: Path) -> None:
    ids = orders.create(4)
    shown = window()
    shown.orders.view.select_orders(ids[1:3])
    qtbot.waitUntil(lambda: len(shown.orders.selected_orders()) == 2)
    shown.files.ask_export()
    dialog = shown.files.exports.dialog
    assert dialog is not None
    assert dialog.selection.isChecked()
    path = tmp_path / "out.csv"
    dialog.kind.setCurrentIndex(1)
    dialog.path.setText(str(path))
    dialog.go.click()
    qtbot.waitUntil(path.exists)
    assert len(path.read_text("utf-8-sig").splitlines()) == 3


def test_a_wrong_export_is_said_in_its_window(window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    shown = window()
    shown.files.ask_export()
    dialog = shown.files.exports.dialog
    assert dialog is not None
    for text, said in ((str(tmp_path / "x.pdf"), "must end in"), (str(tmp_path / "no" / "x.csv"), "does not exist")):
        dialog.path.setText(text)
        dialog.go.click()
        assert said in dialog._fault.text()
    dialog.reject()


def test_the_template_is_saved(window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    shown = window()
    shown.files.exports.write_template(str(tmp_path / "modele.xlsx"))
    qtbot.waitUntil((tmp_path / "modele.xlsx").exists)
