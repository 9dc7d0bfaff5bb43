"""The window is there first; the station comes after it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support.next_version import make_older
from tests.ui.conftest import Orders, open_desk
from warehouse_desk.app.window import Credentials, WindowApp
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.services.desk import Desk

StartApp = Callable[..., WindowApp]

IMPORT_ALL = """
import importlib, pkgutil, sys
import warehouse_desk.ui as ui
import warehouse_desk.app.window
for module in pkgutil.walk_packages(ui.__path__, "warehouse_desk.ui."):
    importlib.import_module(module.name)
print(sorted({"sqlalchemy", "requests", "psycopg", "alembic"} & set(sys.modules)))
"""


def test_the_window_needs_neither_database_nor_network_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_database_that_is_away_can_be_tried_again(start_app: StartApp, sqlite_url: str, qtbot: QtBot) -> None:
    attempts: list[int] = []

    def connect(_who: Credentials | None) -> Desk:
        attempts.append(1)
        if len(attempts) == 1:
            raise DatabaseUnavailable(msg("The server does not answer. Check the network cable."))
        return open_desk(sqlite_url)

    window = start_app(connect).window
    retry = next(b for b in window.connecting.findChildren(QPushButton) if b.text() != "Sign in")
    qtbot.waitUntil(lambda: retry.text() == "Try again" and retry.isVisible())
    QTest.mouseClick(retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is not window.connecting)
    assert len(attempts) == 2


def test_a_worker_signs_in_where_the_database_has_users(start_app: StartApp, orders: Orders, qtbot: QtBot) -> None:
    orders.desk.people.add("samira", "secret-1", "Admin")
    window = start_app().window
    panel = window.connecting.sign_in
    qtbot.waitUntil(panel.isVisible)
    QTest.keyClicks(panel.user, "samira")
    QTest.keyClicks(panel.password, "wrong")
    QTest.keyClick(panel.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is wrong" in panel.sentence)
    QTest.keyClicks(panel.password, "secret-1")
    QTest.keyClick(panel.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is not window.connecting)
    assert window.bar._worker.text() == "samira"


def test_an_upgrade_is_told_once_with_the_copy_that_was_kept(
    start_app: StartApp, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.db"
    make_older(file, monkeypatch)
    app = start_app(lambda _who: open_desk(f"sqlite:///{file.as_posix()}"))
    qtbot.waitUntil(lambda: app.station.current is not None)
    (told,) = app.window.toasts.texts()
    assert told.startswith("The database was upgraded for this version.")
    assert f"{tmp_path}/old.schema-" in told
