"""The window of users and roles: the first user, everyday changes, badges on paper, what is refused."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.documents.paper import pages, scanned
from tests.ui.conftest import Orders, StartApp, open_desk
from warehouse_desk.app.window import Credentials, WindowApp
from warehouse_desk.common.messages import set_language
from warehouse_desk.domain.errors import SignInRequired
from warehouse_desk.domain.people.abilities import ROLES, Ability
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.sign_in import sign_in
from warehouse_desk.ui import theme
from warehouse_desk.ui.people.dialog import PeopleDialog
from warehouse_desk.ui.people.forms import PersonForm

PASSWORD = "secret-1"  # noqa: S105 - of a database that lives as long as the test


@pytest.fixture
def staffed(orders: Orders) -> Desk:
    """The other hand's desk, in a database with users."""
    for name, role in (("Amal", "Admin"), ("Karim", "Packer"), ("Nadia", "Supervisor")):
        orders.desk.people.add(name, PASSWORD, role)
    return orders.desk


@pytest.fixture
def as_amal(start_app: StartApp, staffed: Desk, sqlite_url: str, qtbot: QtBot) -> WindowApp:
    def connect(who: Credentials | None) -> Desk:
        return open_desk(sqlite_url, who.user if who else "Amal", who.password if who else PASSWORD)

    app = start_app(connect)
    qtbot.waitUntil(lambda: app.station.current is not None)
    return app


def opened(app: WindowApp, qtbot: QtBot) -> PeopleDialog:
    app.window.registry.action("people.show").trigger()
    people = app.window.management.people
    qtbot.waitUntil(lambda: people.dialog is not None)
    assert people.dialog is not None
    return people.dialog


def asked(app: WindowApp, dialog: PeopleDialog, name: str, verb: str) -> PersonForm:
    dialog.users.choose(name)
    QTest.mouseClick(dialog.users.buttons[verb], Qt.MouseButton.LeftButton)
    form = app.window.management.people.form
    assert form is not None
    return form


def answer(app: WindowApp, form: PersonForm, qtbot: QtBot) -> None:
    """Press the button and wait until it is done."""
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.window.management.people.form is None)


def type_secret(form: PersonForm, text: str, again: str | None = None) -> None:
    assert form.secret is not None
    for field, typed in ((form.secret.first, text), (form.secret.second, text if again is None else again)):
        field.clear()
        QTest.keyClicks(field, typed)


def shown(dialog: PeopleDialog, name: str) -> list[str]:
    table = dialog.users.table
    model = table.model()
    cells = [[str(model.index(row, column).data()) for column in range(6)] for row in range(table.rowCount())]
    return next(row for row in cells if row[0] == name)


def test_the_first_user_is_signed_in_at_once(start_app: StartApp, orders: Orders, qtbot: QtBot) -> None:
    app = start_app()
    qtbot.waitUntil(lambda: app.station.current is not None)
    dialog = opened(app, qtbot)
    first = dialog.first
    assert first.isVisible()
    assert [first.roles.itemData(row) for row in range(first.roles.count())] == ["Admin"]
    QTest.keyClicks(first.name, "Amal")
    QTest.keyClicks(first.secret.first, PASSWORD)
    QTest.keyClicks(first.secret.second, "secret-2")
    QTest.mouseClick(first.go, Qt.MouseButton.LeftButton)
    assert first.secret._again.fault == "The two differ. Type it again."
    assert orders.desk.people.users() == []
    first.secret.second.clear()
    QTest.keyClicks(first.secret.second, PASSWORD)
    QTest.mouseClick(first.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.window.bar._worker.text() == "Amal")
    station = app.station.current
    assert station is not None
    assert station.caller.user_id is not None
    assert app.window.management.people.dialog is None
    assert [user.name for user in orders.desk.people.users()] == ["Amal"]


def test_a_refused_first_user_leaves_everybody_at_work(start_app: StartApp, orders: Orders, qtbot: QtBot) -> None:
    app = start_app()
    qtbot.waitUntil(lambda: app.station.current is not None)
    first = opened(app, qtbot).first
    QTest.keyClicks(first.name, "Amal")
    for field in (first.secret.first, first.secret.second):
        QTest.keyClicks(field, "12345")
    QTest.mouseClick(first.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "at least 6 characters" in first.fault.text())
    assert orders.desk.people.users() == []
    assert first.go.isEnabled()


def test_a_user_is_added_with_a_role(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    dialog = opened(as_amal, qtbot)
    form = asked(as_amal, dialog, "Amal", "add")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    assert form._fields[next(iter(form._fields))].fault == "Type it here."
    QTest.keyClicks(form.name, "Karim")
    type_secret(form, PASSWORD)
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The user “Karim” already exists. Choose another name." in form.fault.text())
    form.name.setText("Hind")
    form.roles.setCurrentIndex(form.roles.findData("Returns"))
    answer(as_amal, form, qtbot)
    qtbot.waitUntil(lambda: dialog.users.table.rowCount() == 4)
    assert shown(dialog, "Hind") == ["Hind", "Returns", "Active", "None", "None", "Never"]
    chosen = dialog.users.chosen()
    assert chosen is not None
    assert chosen.name == "Hind"


def test_a_role_a_password_and_a_pin_are_changed(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    dialog = opened(as_amal, qtbot)
    form = asked(as_amal, dialog, "Karim", "role")
    assert form.roles.role() == "Packer"
    form.roles.setCurrentIndex(form.roles.findData("Dispatcher"))
    answer(as_amal, form, qtbot)
    form = asked(as_amal, dialog, "Karim", "password")
    type_secret(form, "secret-2")
    answer(as_amal, form, qtbot)
    form = asked(as_amal, dialog, "Nadia", "pin")
    type_secret(form, "123456")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "This PIN is too easy to guess. Avoid runs and repeats." in form.fault.text())
    type_secret(form, "482915")
    answer(as_amal, form, qtbot)
    qtbot.waitUntil(lambda: shown(dialog, "Nadia")[4] == "Set")
    assert shown(dialog, "Karim")[1] == "Dispatcher"
    assert open_signed_in(staffed, "Karim", "secret-2") == ROLES["Dispatcher"]


def open_signed_in(desk: Desk, name: str, password: str) -> frozenset[Ability]:
    from warehouse_desk.domain.people.caller import Source

    return sign_in(desk.context.database, "Poste 2", name, password, Source.DESK).abilities


def test_a_user_is_disabled_and_enabled_again(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    dialog = opened(as_amal, qtbot)
    answer(as_amal, asked(as_amal, dialog, "Karim", "disable"), qtbot)
    qtbot.waitUntil(lambda: shown(dialog, "Karim")[2] == "Inactive")
    with pytest.raises(SignInRequired):
        open_signed_in(staffed, "Karim", PASSWORD)
    dialog.users.choose("Karim")
    assert not dialog.users.buttons["badge"].isEnabled()
    QTest.mouseClick(dialog.users.buttons["enable"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(dialog, "Karim")[2] == "Active")


def test_the_last_admin_cannot_be_disabled_and_hears_why(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    dialog = opened(as_amal, qtbot)
    form = asked(as_amal, dialog, "Amal", "disable")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nobody could manage users any more" in form.fault.text())
    assert form.isVisible()
    form.reject()
    assert shown(dialog, "Amal")[2] == "Active"


@pytest.fixture
def save_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the save dialog saves."""
    file = tmp_path / "badge.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    return file


def test_a_badge_is_issued_shown_and_saved_and_then_revoked(
    as_amal: WindowApp, staffed: Desk, qtbot: QtBot, save_to: Path
) -> None:
    old = staffed.people.issue_badge("Karim")
    dialog = opened(as_amal, qtbot)
    form = asked(as_amal, dialog, "Karim", "badge")
    answer(as_amal, form, qtbot)
    paper = as_amal.window.management.badge
    qtbot.waitUntil(lambda: paper.dialog is not None and paper.dialog.go.isEnabled())
    assert paper.dialog is not None
    paper.dialog.printer.setCurrentIndex(paper.dialog.printer.count() - 1)
    QTest.mouseClick(paper.dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: paper.dialog is None)
    (code,) = [code for page in pages(save_to.read_bytes(), 300) for code in scanned(page)]
    assert staffed.by_badge(code).caller.user_name == "Karim"
    with pytest.raises(SignInRequired):
        staffed.by_badge(old)
    qtbot.waitUntil(lambda: shown(dialog, "Karim")[3].startswith("Issued "))
    answer(as_amal, asked(as_amal, dialog, "Karim", "revoke"), qtbot)
    qtbot.waitUntil(lambda: shown(dialog, "Karim")[3] == "None")
    with pytest.raises(SignInRequired):
        staffed.by_badge(code)


def test_a_badge_that_was_not_brought_to_paper_is_told_lost(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    dialog = opened(as_amal, qtbot)
    answer(as_amal, asked(as_amal, dialog, "Karim", "badge"), qtbot)
    paper = as_amal.window.management.badge
    qtbot.waitUntil(lambda: paper.dialog is not None)
    assert paper.dialog is not None
    paper.dialog.reject()
    assert as_amal.window.toasts.texts()[-1].startswith("Badge of Karim: neither printed nor saved.")


def test_a_role_is_edited_in_words(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    dialog = opened(as_amal, qtbot)
    page = dialog.roles
    assert page.chosen_name() == "Packer"
    assert page.abilities() == ROLES["Packer"]
    page.boxes[Ability.EXPORT].click()
    assert not page.list.isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    assert "not saved" in page.fault.text()
    QTest.mouseClick(page.undo, Qt.MouseButton.LeftButton)
    assert page.abilities() == ROLES["Packer"]
    page.boxes[Ability.EXPORT].click()
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.is_changed)
    assert staffed.people.role("Packer").abilities == ROLES["Packer"] | {Ability.EXPORT}
    QTest.keyClicks(page.new_name, "Night shift")
    QTest.keyClick(page.new_name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.chosen_name() == "Night shift")
    assert staffed.people.role("Night shift").abilities == {Ability.VIEW}
    QTest.mouseClick(page.delete, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.count() == len(ROLES))


def test_the_role_of_the_last_admin_keeps_what_manages_users(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    page = opened(as_amal, qtbot).roles
    page.list.setCurrentRow(list(ROLES).index("Admin"))
    page.boxes[Ability.MANAGE_USERS].click()
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nobody could manage users any more" in page.fault.text())
    assert page.is_changed
    QTest.mouseClick(page.undo, Qt.MouseButton.LeftButton)
    assert staffed.people.role("Admin").abilities == ROLES["Admin"]


def test_only_who_manages_users_is_offered_the_window(
    start_app: StartApp, staffed: Desk, sqlite_url: str, qtbot: QtBot
) -> None:
    app = start_app(lambda _who: open_desk(sqlite_url, "Nadia", PASSWORD))
    qtbot.waitUntil(lambda: app.station.current is not None)
    for name in ("people.show", "preferences.show"):
        action = app.window.registry.action(name)
        assert not action.isEnabled()
        assert "manage" in action.toolTip()


def test_passwords_are_checked_and_made_beside_the_window(
    as_amal: WindowApp, staffed: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Argon2 takes a tenth of a second on purpose: the GUI thread must never wait for it."""
    threads: list[str] = []
    for name in ("hash", "verify"):
        real: Callable[..., object] = getattr(PasswordHasher, name)

        def noted(*args: object, real: Callable[..., object] = real) -> object:
            threads.append(threading.current_thread().name)
            return real(*args)

        monkeypatch.setattr(PasswordHasher, name, noted)
    form = asked(as_amal, opened(as_amal, qtbot), "Karim", "password")
    type_secret(form, "secret-2")
    answer(as_amal, form, qtbot)
    people = as_amal.window.management.people
    assert people.dialog is not None
    people.dialog.reject()
    as_amal.sign_out()
    panel = as_amal.window.connecting.sign_in
    QTest.keyClicks(panel.user, "Karim")
    QTest.keyClicks(panel.password, "secret-2")
    QTest.keyClick(panel.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: as_amal.window.bar._worker.text() == "Karim")
    assert len(threads) >= 2
    assert all(name.startswith("desk-") for name in threads)


def test_a_user_is_chosen_from_right_to_left_too(dressed: QApplication, staffed: Desk, qtbot: QtBot) -> None:
    set_language("ar")
    theme.set_up(dressed)
    try:
        from PySide6.QtWidgets import QWidget

        window = QWidget()
        qtbot.addWidget(window)
        dialog = PeopleDialog(window)
        dialog.show_people(staffed.people.users(), staffed.people.roles())
        assert dialog.users.chosen() is not None
        dialog.deleteLater()
    finally:
        set_language("en")
        theme.set_up(dressed)
