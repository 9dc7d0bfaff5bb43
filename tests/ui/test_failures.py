"""Faults of the program: logged, reported, survived."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.log_guard import LogGuard
from tests.ui.conftest import Orders
from warehouse_desk.app.crash import CrashReporter, report
from warehouse_desk.app.window import WindowApp
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.ui.messages import Level, Messages, Note
from warehouse_desk.ui.shell.crash_dialog import CrashDialog
from warehouse_desk.ui.shell.window import MainWindow


@pytest.fixture
def reporter(qapp: QApplication, tmp_path: Path) -> Iterator[CrashReporter]:
    catching = CrashReporter(tmp_path / "faults.log", qapp)
    catching.install()
    yield catching
    catching.remove()
    catching.deleteLater()


def test_a_failure_in_any_thread_is_logged_and_told(reporter: CrashReporter, qtbot: QtBot, log_guard: LogGuard) -> None:
    log_guard.expect("unforeseen failure", logging.CRITICAL)

    def fail() -> None:
        raise RuntimeError("the printer is on fire")

    with qtbot.waitSignal(reporter.crashed) as told:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert str(told.args[0]) == "the printer is on fire"


def test_what_qt_complains_about_goes_to_the_log(reporter: CrashReporter, log_guard: LogGuard) -> None:
    log_guard.expect("a plug-in is missing")
    qWarning("a plug-in is missing")


def test_the_hooks_are_given_back(qapp: QApplication) -> None:
    before = (sys.excepthook, threading.excepthook)
    catching = CrashReporter(None, qapp)
    catching.install()
    catching.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_a_report_names_versions_failure_and_last_lines() -> None:
    text = report(ValueError("quantity was a lamp"), ["18:00 scan ORD-00001", "18:01 scan ORD-00002"])
    assert "PySide6 6." in text
    assert "ValueError: quantity was a lamp" in text
    assert text.endswith("18:01 scan ORD-00002")


def test_the_report_can_be_copied_while_work_goes_on(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = CrashDialog("all about it")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.isModal()
    next(b for b in dialog.findChildren(QPushButton) if "Copy" in b.text()).click()
    assert QGuiApplication.clipboard().text() == "all about it"


def test_a_fault_behind_the_window_is_reported_and_the_window_stays(
    start_app: Callable[..., WindowApp], qtbot: QtBot, log_guard: LogGuard
) -> None:
    log_guard.expect("a task failed", logging.ERROR)
    app = start_app()
    qtbot.waitUntil(lambda: app.window.pages.currentWidget() is not app.window.connecting)
    app.tasks.run(lambda: int("lamp"), owner=app)
    qtbot.waitUntil(lambda: bool(app.window.findChildren(CrashDialog)))
    shown = app.window.findChildren(CrashDialog)[0].findChild(QPlainTextEdit)
    assert isinstance(shown, QPlainTextEdit)
    assert "ValueError" in shown.toPlainText()
    assert app.window.isVisible()


def test_messages_before_the_window_wait_for_it(qapp: QApplication) -> None:
    messages = Messages(qapp)
    heard: list[Note] = []
    messages.note_added.connect(heard.append)
    messages.tell("early")
    assert heard == []
    messages.listen()
    messages.show_failure(DatabaseUnavailable(msg("The server does not answer.")))
    assert [(note.level, note.text) for note in heard] == [
        (Level.INFO, "early"),
        (Level.ERROR, "The server does not answer."),
    ]


def test_a_message_never_takes_the_keyboard(window: Callable[[], MainWindow], orders: Orders, qtbot: QtBot) -> None:
    desk = window()
    desk.activateWindow()
    desk.scanner.field.setFocus()
    qtbot.waitUntil(desk.scanner.field.hasFocus)
    for number in range(5):
        desk.toasts.show_note(Note(Level.ERROR, f"note {number}"))
    assert desk.toasts.texts() == ["note 2", "note 3", "note 4"]
    assert desk.scanner.field.hasFocus()
