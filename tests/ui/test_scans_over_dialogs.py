"""Scans while something else has the screen: they count, and what became of them is seen over it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, StartApp
from tests.ui.test_override import word, worker
from warehouse_desk.app.window import WindowApp
from warehouse_desk.domain.scanning.commands import Command
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.scanner.overlay import Band
from warehouse_desk.wedge.grammar import Kind, command_code

Started = Callable[[], WindowApp]


class Form(QDialog):
    """A form of the desk, half filled in."""

    def __init__(self, app: WindowApp) -> None:
        super().__init__(app.window)
        self.name = QLineEdit("Youssef", self)
        self.save = QPushButton("Enregistrer", self)
        self.save.setDefault(True)
        self.save.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.addWidget(self.name)
        box.addWidget(self.save)
        self.setModal(True)
        self.open()
        self.name.setFocus()


@pytest.fixture
def form(started: Started, qtbot: QtBot) -> tuple[WindowApp, Form]:
    app = started()
    form = Form(app)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.name)
    return app, form


def band(app: WindowApp) -> Band | None:
    return app.window.scanner.overlay.band


def command(app: WindowApp, which: Command) -> None:
    app.scan_controller.codes.take(Kind.COMMAND, command_code(which.value))


def test_a_parcel_scanned_under_a_form_is_packed_and_seen_over_it(
    form: tuple[WindowApp, Form], orders: Orders, qtbot: QtBot
) -> None:
    app, dialog = form
    (order_id,) = orders.create()
    app.window.scanner.scan(orders.reference(order_id))
    qtbot.waitUntil(lambda: word(app.window) == "PACKED")
    assert orders.status(order_id) is Status.PACKED
    shown = band(app)
    assert shown is not None
    assert (shown.parentWidget(), shown.panel.verdict.word) == (dialog, "PACKED")
    assert (QApplication.focusWidget(), dialog.name.text(), dialog.isVisible()) == (dialog.name, "Youssef", True)
    assert shown.width() > app.window.width() * 0.9
    assert not shown.geometry().intersects(QRect(dialog.name.mapToGlobal(QPoint()), dialog.name.size()))


def test_a_good_answer_leaves_by_itself_and_an_error_stays_until_it_was_seen(
    form: tuple[WindowApp, Form], orders: Orders, qtbot: QtBot
) -> None:
    app, _dialog = form
    (order_id,) = orders.create()
    overlay = app.window.scanner.overlay
    overlay._leaving.setInterval(1)
    app.window.scanner.scan("ORD-99999")
    qtbot.waitUntil(lambda: word(app.window) == "UNKNOWN")
    shown = band(app)
    assert shown is not None
    assert not overlay._leaving.isActive()
    QTest.mouseClick(shown.seen, Qt.MouseButton.LeftButton)
    assert band(app) is None
    app.window.scanner.scan(orders.reference(order_id))
    qtbot.waitUntil(lambda: word(app.window) == "PACKED")
    qtbot.waitUntil(lambda: band(app) is None)


def test_an_error_that_must_be_acknowledged_is_acknowledged_on_the_band(
    form: tuple[WindowApp, Form], orders: Orders, qtbot: QtBot
) -> None:
    app, dialog = form
    (order_id,) = orders.create()
    pane = app.window.scanner
    pane.set_acknowledge(True)
    pane.scan("ORD-99999")
    qtbot.waitUntil(lambda: pane.intake.held and band(app) is not None)  # held as soon as judged, shown a little later
    pane.scan(orders.reference(order_id))
    shown = band(app)
    assert shown is not None
    qtbot.waitUntil(lambda: "1 scan is saved" in shown.seen.text())
    assert orders.status(order_id) is Status.NEW
    QTest.mouseClick(shown.panel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: orders.status(order_id) is Status.PACKED)
    assert dialog.isVisible()


def test_the_band_leaves_with_the_form_and_the_panel_below_says_the_same(
    form: tuple[WindowApp, Form], qtbot: QtBot
) -> None:
    app, dialog = form
    app.window.scanner.scan("ORD-99999")
    qtbot.waitUntil(lambda: band(app) is not None)
    dialog.reject()
    assert band(app) is None
    assert word(app.window) == "UNKNOWN"


def test_the_answer_needs_no_band_where_it_is_seen(started: Started, qtbot: QtBot) -> None:
    app = started()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is app.window)
    app.window.scanner.scan("ORD-99999")
    qtbot.waitUntil(lambda: word(app.window) == "UNKNOWN")
    assert band(app) is None


def test_a_menu_that_hides_the_answer_closes(started: Started, qtbot: QtBot) -> None:
    app = started()
    menu = app.window.scanner.controls.tools
    panel = app.window.scanner.panel
    menu.popup(panel.mapToGlobal(panel.rect().center()))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    app.window.scanner.scan("ORD-99999")
    qtbot.waitUntil(lambda: word(app.window) == "UNKNOWN")
    assert menu.isHidden()


@pytest.mark.parametrize("which", [Command.SIGN_OUT, Command.PRINT])
def test_what_would_disturb_a_form_waits_until_it_is_closed(
    form: tuple[WindowApp, Form], which: Command, qtbot: QtBot
) -> None:
    app, dialog = form
    command(app, which)
    assert word(app.window) == "CLOSE THE WINDOW FIRST"
    assert band(app) is not None
    assert dialog.isVisible()
    assert app.station.current is not None
    qtbot.waitUntil(lambda: app.window.labels.dialog is None)


def test_no_says_no_to_a_question_and_leaves_a_form_alone(form: tuple[WindowApp, Form], qtbot: QtBot) -> None:
    app, dialog = form
    command(app, Command.NO)
    assert dialog.isVisible()
    question = QMessageBox(QMessageBox.Icon.Question, "?", "Supprimer ?", parent=dialog)
    question.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    question.open()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is question)
    command(app, Command.NO)
    assert question.isHidden()
    assert question.standardButton(question.clickedButton()) is not QMessageBox.StandardButton.Yes


def test_the_badge_of_another_worker_does_not_take_over_a_half_filled_form(
    start_app: StartApp, staffed: dict[str, str], qtbot: QtBot
) -> None:
    app = start_app()
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)
    app.scan_controller.codes.take(Kind.BADGE, staffed["Karim"])
    qtbot.waitUntil(lambda: worker(app.window) == "Karim")
    form = Form(app)
    app.scan_controller.codes.take(Kind.BADGE, staffed["Nadia"])
    assert (word(app.window), worker(app.window)) == ("CLOSE THE WINDOW FIRST", "Karim")
    form.reject()
    app.scan_controller.codes.take(Kind.BADGE, staffed["Nadia"])
    qtbot.waitUntil(lambda: worker(app.window) == "Nadia")


def test_a_label_scanned_at_the_sign_in_is_refused_in_sight(
    start_app: StartApp, staffed: dict[str, str], qtbot: QtBot
) -> None:
    app = start_app()
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)
    app.window.scanner.scan("ORD-00001")
    shown = band(app)
    assert shown is not None
    assert shown.panel.verdict.word == "NOBODY SIGNED IN"
    assert "Scan your badge" in shown.panel.verdict.sentence


def test_a_supervisor_allows_the_scan_that_was_refused_and_not_one_made_meanwhile(
    start_app: StartApp, staffed: dict[str, str], orders: Orders, qtbot: QtBot
) -> None:
    refused, meanwhile = orders.create(2)
    app = start_app()
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)
    codes, pane = app.scan_controller.codes, app.window.scanner
    codes.take(Kind.BADGE, staffed["Karim"])
    qtbot.waitUntil(lambda: app.station.current is not None)
    pane.scan(orders.reference(refused))
    qtbot.waitUntil(lambda: word(app.window) == "DO NOT PACK")
    command(app, Command.OVERRIDE)
    dialog = codes.dialog
    assert dialog is not None
    pane.scan(orders.reference(meanwhile))
    qtbot.waitUntil(lambda: pane.panel.verdict.reference == orders.reference(meanwhile))
    command(app, Command.OVERRIDE)
    assert codes.dialog is dialog
    codes.take(Kind.BADGE, staffed["Nadia"])
    QTest.keyClicks(dialog.pin, "482915")
    QTest.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: orders.status(refused) is Status.PACKED)
    assert orders.status(meanwhile) is Status.NEW
