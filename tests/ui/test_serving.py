"""The desk served from its window: started, looked at, stopped, and asked about before it closes."""

import http.client
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import STATION, StartApp, open_desk
from warehouse_desk.app.serving import DeskHost
from warehouse_desk.app.window import WindowApp
from warehouse_desk.services.desk import Desk
from warehouse_desk.settings.options import Options
from warehouse_desk.ui.serving.dialog import ServingDialog
from warehouse_desk.ui.serving.host import ServerView


@pytest.fixture
def host(tmp_path: Path, sqlite_url: str) -> Iterator[DeskHost]:
    made = DeskHost(Options(data_folder=tmp_path, database_url=sqlite_url, station=STATION, user="Samira"))
    yield made
    made.stop()


@pytest.fixture
def app(start_app: StartApp, sqlite_url: str, host: DeskHost, qtbot: QtBot) -> WindowApp:
    app = start_app(lambda _who: open_desk(sqlite_url))
    app.window.management.serving.host = host
    qtbot.waitUntil(lambda: app.station.current is not None)
    return app


def opened(app: WindowApp) -> ServingDialog:
    app.window.registry.action("serving.show").trigger()
    dialog = app.window.management.serving.dialog
    assert dialog is not None
    return dialog


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]  # any of the dialog's buttons


def started(app: WindowApp, host: DeskHost, qtbot: QtBot, port: int = 0) -> ServingDialog:
    dialog = opened(app)
    dialog.port.setValue(port)
    click(dialog.start)
    qtbot.waitUntil(dialog.stop.isVisible)
    return dialog


def port_of(host: DeskHost) -> int:
    return int(host.view().url.rpartition(":")[2])


def ask(port: int, path: str, verb: str = "GET") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(verb, path)
        return connection.getresponse().status
    finally:
        connection.close()


def row(dialog: ServingDialog, number: int) -> list[str]:
    model = dialog.table.model()
    return [str(model.index(number, column).data()) for column in range(1, dialog.table.columnCount())]


def test_a_desk_is_served_until_it_is_stopped(app: WindowApp, host: DeskHost, qtbot: QtBot) -> None:
    dialog = started(app, host, qtbot)
    port = port_of(host)
    assert f"http://127.0.0.1:{port}" in dialog.state.text()
    assert [ask(port, path) for path in ("/up", "/ready", "/api/web/1.0/orders")] == [200, 200, 401]
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 3)
    assert row(dialog, 0) == ["-", "127.0.0.1", "GET /api/web/1.0/orders", "401"]
    click(dialog.copy)
    assert QGuiApplication.clipboard().text() == f"http://127.0.0.1:{port}"
    click(dialog.stop)
    qtbot.waitUntil(dialog.start.isVisible)
    with pytest.raises(ConnectionRefusedError):
        ask(port, "/up")
    assert dialog.table.rowCount() == 3  # what was asked can still be read
    click(dialog.start)
    qtbot.waitUntil(dialog.stop.isVisible)
    assert ask(port_of(host), "/up") == 200


def test_it_goes_on_without_its_window_and_ends_with_the_program(app: WindowApp, host: DeskHost, qtbot: QtBot) -> None:
    started(app, host, qtbot).reject()
    port = port_of(host)
    assert app.window.management.serving.dialog is None
    assert ask(port, "/ready") == 200
    assert opened(app).stop.isVisible()
    app.window.close()
    with pytest.raises(ConnectionRefusedError):
        ask(port, "/up")


def test_a_taken_port_is_told_with_a_free_one(app: WindowApp, host: DeskHost, qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        dialog = opened(app)
        dialog.port.setValue(taken.getsockname()[1])
        click(dialog.start)
        qtbot.waitUntil(lambda: "is taken by another program" in dialog.fault.text())
    assert dialog.start.isEnabled()
    click(dialog.start)
    qtbot.waitUntil(dialog.stop.isVisible)
    assert dialog.fault.text() == ""


def test_a_desk_that_another_program_serves_is_told_so(
    app: WindowApp, host: DeskHost, tmp_path: Path, sqlite_url: str, desk: Desk, qtbot: QtBot
) -> None:
    other = DeskHost(Options(data_folder=tmp_path / "other", database_url=sqlite_url, station="Quai 2", user=""))
    other.start(desk, 0)
    try:
        dialog = opened(app)
        dialog.port.setValue(0)
        click(dialog.start)
        qtbot.waitUntil(lambda: other.view().url in dialog.fault.text())
        assert not host.view().is_serving
    finally:
        other.stop()


@dataclass
class BusyHost:
    """A server that is still answering."""

    port: int = 8730
    in_flight: int = 2
    stops: list[int] = field(default_factory=list)

    def start(self, _desk: Desk, _port: int) -> None:
        """Serve already."""

    def stop(self) -> None:
        self.stops.append(self.in_flight)

    def view(self) -> ServerView:
        return ServerView(url="http://127.0.0.1:8730", in_flight=self.in_flight)


def test_closing_while_something_is_being_answered_asks(app: WindowApp, qtbot: QtBot) -> None:
    busy = BusyHost()
    serving = app.window.management.serving
    serving.host = busy
    app.window.close()
    assert app.window.isVisible()
    question = serving.question
    assert question is not None
    QTest.keyClick(question, Qt.Key.Key_Return)  # the button that waits
    qtbot.waitUntil(lambda: serving.question is None)
    assert app.window.isVisible()
    assert busy.stops == []
    app.window.close()
    question = serving.question
    assert question is not None
    click(question.leave)
    qtbot.waitUntil(lambda: not app.window.isVisible())
    assert busy.stops == [2]


def test_with_nothing_in_flight_it_closes_at_once(app: WindowApp) -> None:
    busy = BusyHost(in_flight=0)
    app.window.management.serving.host = busy
    app.window.close()
    assert not app.window.isVisible()
    assert busy.stops == [0]
