"""Who works here: signing out, locking after rest, rights given and taken while the window is open."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, StartApp, open_desk
from tests.ui.test_scanning import scan
from warehouse_desk.app.window import Credentials, WindowApp
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ROLES
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui.actions.bulk_controller import job_of_ids
from warehouse_desk.ui.printing.memory import Way
from warehouse_desk.ui.shell.session_controller import SessionController

PASSWORD = "secret-1"  # noqa: S105 - of a database that lives as long as the test


@pytest.fixture
def staffed(orders: Orders) -> Desk:
    for name, role in (("Amal", "Admin"), ("Karim", "Packer"), ("Nadia", "Supervisor")):
        orders.desk.people.add(name, PASSWORD, role)
    return orders.desk


@dataclass
class Hands:
    """When keys were pressed, as the test says."""

    now: int = 1_000_000
    last_key: int = 1_000_000

    def rest(self, minutes: float) -> None:
        self.now += round(minutes * 60_000)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def as_amal(start_app: StartApp, staffed: Desk, sqlite_url: str, qtbot: QtBot, hands: Hands) -> WindowApp:
    def connect(who: Credentials | None) -> Desk:
        return open_desk(sqlite_url, who.user if who else "Amal", who.password if who else PASSWORD)

    app = start_app(connect)
    app.session._now_ms = lambda: hands.now
    app.session._last_key_ms = lambda: hands.last_key
    qtbot.waitUntil(lambda: app.station.current is not None)
    return app


def signed_out(app: WindowApp) -> bool:
    return app.window.connecting.sign_in.isVisible()


def sign_in(app: WindowApp, name: str, qtbot: QtBot) -> None:
    panel = app.window.connecting.sign_in
    panel.user.setText(name)
    QTest.keyClicks(panel.password, PASSWORD)
    QTest.keyClick(panel.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.window.bar._worker.text() == name)


def test_signing_out_leaves_nothing_to_press_and_no_name(as_amal: WindowApp, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    as_amal.window.activateWindow()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(as_amal.window.orders.view, Qt.Key.Key_E, control | shift)
    assert signed_out(as_amal)
    assert as_amal.window.connecting.sign_in.sentence == "Signed out."
    assert as_amal.window.bar._worker.text() == "Nobody signed in"
    for name in ("order.create", "people.show", "orders.import", "order.pack"):
        assert not as_amal.window.registry.action(name).isEnabled()
    assert not as_amal.window.toolbar.isEnabled()
    sign_in(as_amal, "Karim", qtbot)
    assert as_amal.window.toolbar.isEnabled()
    assert not as_amal.window.registry.action("people.show").isEnabled()


def test_without_users_there_is_nothing_to_sign_out_of(start_app: StartApp, orders: Orders, qtbot: QtBot) -> None:
    app = start_app()
    qtbot.waitUntil(lambda: app.station.current is not None)
    app.window.registry.action("session.leave").trigger()
    assert app.window.scanner.panel.verdict.word == "NOT NEEDED"
    assert not signed_out(app)


def test_a_station_locks_only_where_it_was_asked_to(as_amal: WindowApp, hands: Hands) -> None:
    hands.rest(60 * 24)
    as_amal.session.look()
    assert not signed_out(as_amal)


def locking(app: WindowApp, desk: Desk, qtbot: QtBot, minutes: int = 10) -> None:
    desk.settings.change({"lock_minutes": str(minutes)})
    app.session.renew()
    qtbot.waitUntil(lambda: app.station.current is not None and app.station.current.shared.lock_minutes == minutes)


def test_a_station_locks_after_rest_and_not_while_somebody_works(
    as_amal: WindowApp, staffed: Desk, hands: Hands, qtbot: QtBot
) -> None:
    locking(as_amal, staffed, qtbot)
    session = as_amal.session
    session.look()
    hands.rest(9.9)
    session.look()
    hands.last_key = hands.now
    hands.rest(9.9)
    session.look()
    QCursor.setPos(QCursor.pos() + QPoint(3, 3))
    session.look()
    hands.rest(9.9)
    session.look()
    session.note_scan()
    session.look()
    hands.rest(9.9)
    session.look()
    assert not signed_out(as_amal)
    hands.rest(0.2)
    session.look()
    assert signed_out(as_amal)
    assert as_amal.window.connecting.sign_in.sentence == "Locked after 10 minutes without work."
    seen = next(user for user in staffed.people.users() if user.name == "Amal").last_seen_at
    assert seen is not None


def test_what_somebody_was_in_the_middle_of_waits_for_them_alone(
    as_amal: WindowApp, staffed: Desk, orders: Orders, hands: Hands, qtbot: QtBot
) -> None:
    locking(as_amal, staffed, qtbot)
    window = as_amal.window
    window.registry.action("order.create").trigger()
    qtbot.waitUntil(lambda: window.editor.dialog is not None)
    dialog = window.editor.dialog
    assert dialog is not None
    dialog.texts.set_text("full_name", "Fatima Zahra")
    hands.rest(11)
    as_amal.session.look()
    assert signed_out(as_amal)
    assert not dialog.isVisible()
    sign_in(as_amal, "Amal", qtbot)
    assert dialog.isVisible()
    assert dialog.texts.text("full_name") == "Fatima Zahra"
    hands.rest(11)
    as_amal.session.look()
    sign_in(as_amal, "Nadia", qtbot)
    qtbot.waitUntil(lambda: window.editor.dialog is None)


def test_a_new_role_reaches_an_open_window(as_amal: WindowApp, staffed: Desk, orders: Orders, qtbot: QtBot) -> None:
    as_amal.sign_out()
    sign_in(as_amal, "Karim", qtbot)
    assert not as_amal.window.registry.action("order.create").isEnabled()
    staffed.people.change_role("Karim", "Supervisor")
    as_amal.session.renew()
    qtbot.waitUntil(lambda: as_amal.window.registry.action("order.create").isEnabled())
    station = as_amal.station.current
    assert station is not None
    assert station.caller.abilities == ROLES["Supervisor"]


def test_a_disabled_user_is_signed_out_of_an_open_window(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    as_amal.sign_out()
    sign_in(as_amal, "Karim", qtbot)
    staffed.people.set_active("Karim", active=False)
    as_amal.session.renew()
    qtbot.waitUntil(lambda: signed_out(as_amal))
    assert as_amal.window.connecting.sign_in.sentence.startswith("Karim can no longer work here.")


def test_a_window_without_sign_in_learns_that_there_are_users_now(
    start_app: StartApp, orders: Orders, qtbot: QtBot
) -> None:
    app = start_app()
    qtbot.waitUntil(lambda: app.station.current is not None)
    orders.desk.people.add("Amal", PASSWORD, "Admin")
    app.session.renew()
    qtbot.waitUntil(lambda: signed_out(app))
    assert "everybody signs in here" in app.window.connecting.sign_in.sentence
    sign_in(app, "Amal", qtbot)


def test_work_goes_on_while_the_session_is_renewed(
    as_amal: WindowApp, staffed: Desk, orders: Orders, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    for _ in range(5):
        as_amal.session.renew()
    scan(as_amal.window, orders.reference(order_id))
    qtbot.waitUntil(lambda: as_amal.window.scanner.panel.verdict.word == "PACKED")
    assert orders.desk.orders.show(order_id).events[-1].user_name == "Amal"


@pytest.mark.parametrize("action", ["order.create", "people.show", "preferences.show", "print.handover", "print.runs"])
def test_nothing_opens_any_more_for_who_has_left(as_amal: WindowApp, action: str, qtbot: QtBot) -> None:
    as_amal.window.registry.action(action).trigger()
    as_amal.session.end("Locked.")
    qtbot.wait(300)  # nothing tells that nothing happens
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


def test_a_long_step_under_way_ends_as_who_began_it(
    as_amal: WindowApp, orders: Orders, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse_desk.ui.actions.bulk_controller.CHUNK", 1)
    ids = orders.create(4)
    bulk = as_amal.window.action_controller.bulk
    bulk.progressed.connect(lambda _done, _total: as_amal.session.end("Locked."))
    with qtbot.waitSignal(bulk.ended):
        bulk.start(job_of_ids(Action.PACK, StepOptions(date=orders.today), ids))
    assert signed_out(as_amal)
    assert {orders.status(order_id) for order_id in ids} == {Status.PACKED}
    assert orders.desk.orders.show(ids[-1]).events[-1].user_name == "Amal"


def test_labels_under_way_come_out_after_their_worker_has_left(
    as_amal: WindowApp, orders: Orders, qtbot: QtBot, tmp_path: Path
) -> None:
    window, file = as_amal.window, tmp_path / "labels.pdf"
    window.labels.ask(orders.create())
    qtbot.waitUntil(lambda: window.labels.dialog is not None)
    dialog = window.labels.dialog
    assert dialog is not None
    choices = dialog.options.printer
    choices.setCurrentIndex(next(row for row in range(choices.count()) if choices.itemData(row).way is Way.FILE))
    dialog.options.set_file(str(file))
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    as_amal.session.end("Locked.")
    assert not dialog.isVisible()
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: window.labels.dialog is None)


def test_a_typed_badge_signs_in_without_a_password(
    start_app: StartApp, staffed: Desk, sqlite_url: str, qtbot: QtBot
) -> None:
    code = staffed.people.issue_badge("Karim")
    app = start_app()
    panel = app.window.connecting.sign_in
    qtbot.waitUntil(panel.isVisible)
    assert panel.sentence == ""
    QTest.keyClicks(panel.user, "XUXCDEFGHIJKLNOPRSTUV")
    QTest.keyClick(panel.user, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "unknown here" in panel.sentence)
    assert panel.user.text() == ""
    QTest.keyClicks(panel.user, code.lower())
    QTest.keyClick(panel.user, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.window.bar._worker.text() == "Karim")


def test_a_badge_scanned_into_the_password_signs_in_too(
    start_app: StartApp, staffed: Desk, sqlite_url: str, qtbot: QtBot
) -> None:
    """In a password's field no scan is looked for, and a packer does not look where the cursor is."""
    code = staffed.people.issue_badge("Karim")
    app = start_app()
    panel = app.window.connecting.sign_in
    qtbot.waitUntil(panel.isVisible)
    panel.user.setText("Amal")
    QTest.keyClicks(panel.password, code)
    QTest.keyClick(panel.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.window.bar._worker.text() == "Karim")


def test_timers_rest_while_nobody_is_signed_in(as_amal: WindowApp) -> None:
    session: SessionController = as_amal.session
    as_amal.sign_out()
    assert not session._renewing.isActive()
    assert not session._resting.isActive()
