"""The window of API tokens: made and shown once, rotated, revoked, refused; and a locked name that is unlocked."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.test_people import as_amal, opened, shown, staffed
from warehouse_desk.app.window import WindowApp
from warehouse_desk.domain.errors import SignInRequired
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.access import public_id_of
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.sign_in import sign_in
from warehouse_desk.ui.people.token_forms import TokenForm, TokenQuestion, TokenShown
from warehouse_desk.ui.people.tokens_dialog import TokensDialog

__all__ = ["as_amal", "staffed"]


def tokens_window(app: WindowApp, qtbot: QtBot) -> TokensDialog:
    app.window.registry.action("tokens.show").trigger()
    controller = app.window.management.tokens
    qtbot.waitUntil(lambda: controller.dialog is not None)
    assert controller.dialog is not None
    return controller.dialog


def new_form(app: WindowApp, dialog: TokensDialog) -> TokenForm:
    QTest.mouseClick(dialog.buttons["add"], Qt.MouseButton.LeftButton)
    form = app.window.management.tokens.form
    assert isinstance(form, TokenForm)
    return form


def made(app: WindowApp, qtbot: QtBot) -> TokenShown:
    """Wait until a token is shown."""
    controller = app.window.management.tokens
    qtbot.waitUntil(lambda: controller.shown is not None)
    assert controller.shown is not None
    return controller.shown


def leave(app: WindowApp, window: TokenShown, qtbot: QtBot) -> None:
    window.accept()
    qtbot.waitUntil(lambda: app.window.management.tokens.shown is None)


def cells(dialog: TokensDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(dialog.table.rowCount())
    ]


def test_a_token_is_made_shown_once_and_copied(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    dialog = tokens_window(as_amal, qtbot)
    assert cells(dialog) == []
    form = new_form(as_amal, dialog)
    QTest.keyClicks(form.name, "Boutique")
    form.boxes[Ability.REST_CREATE].click()
    form.user.setCurrentText("Nadia")
    form.networks.setText("10.0.0.0/8, 192.168.1.7")
    form.days.setValue(30)
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    window = made(as_amal, qtbot)
    QTest.mouseClick(window.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert (public_id_of(text), window.said.text()) == (staffed.people.tokens()[0].public_id, "The token was copied.")
    leave(as_amal, window, qtbot)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    (info,) = staffed.people.tokens()
    assert (info.name, info.user_name) == ("Boutique", "Nadia")
    assert info.abilities == {Ability.REST_CREATE, Ability.REST_VIEW}
    assert info.networks == ("10.0.0.0/8", "192.168.1.7/32")
    assert 29 <= (info.expires_at - datetime.now(UTC)).days <= 30
    assert cells(dialog)[0][:3] == ["Boutique", "valid", "CREATE ORDERS, VIEW ORDERS"]
    assert text not in str(cells(dialog))


def test_what_is_missing_is_said_before_anybody_is_asked(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    dialog = tokens_window(as_amal, qtbot)
    form = new_form(as_amal, dialog)
    form.boxes[Ability.REST_VIEW].click()
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    assert (form._name.fault, form._may.fault) == ("Type it here.", "Tick what it may do.")
    QTest.keyClicks(form.name, "Boutique")
    form.boxes[Ability.REST_VIEW].click()
    form.networks.setText("ici")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is not a network" in form.fault.text())
    assert staffed.people.tokens() == []
    form.reject()


def question(app: WindowApp, dialog: TokensDialog, verb: str) -> TokenQuestion:
    QTest.mouseClick(dialog.buttons[verb], Qt.MouseButton.LeftButton)
    form = app.window.management.tokens.form
    assert isinstance(form, TokenQuestion)
    return form


def test_a_token_is_rotated_and_revoked(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    from warehouse_desk.services.people.api_tokens import TokenWish

    old = staffed.people.add_token(TokenWish(name="Boutique", abilities=frozenset({Ability.REST_VIEW})))
    dialog = tokens_window(as_amal, qtbot)
    QTest.mouseClick(question(as_amal, dialog, "rotate").go, Qt.MouseButton.LeftButton)
    window = made(as_amal, qtbot)
    assert window.text.text() != old.text
    leave(as_amal, window, qtbot)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    new_id = staffed.people.tokens()[0].public_id
    qtbot.waitUntil(lambda: (dialog.chosen() or old.info).public_id == new_id)
    QTest.mouseClick(question(as_amal, dialog, "revoke").go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: cells(dialog)[0][1] == "revoked")
    assert [each.revoked_at is None for each in staffed.people.tokens()] == [False, True]
    assert not dialog.buttons["rotate"].isEnabled()
    dialog.choose(old.info.public_id)
    assert dialog.buttons["revoke"].isEnabled()


def test_a_locked_name_is_shown_and_unlocked(as_amal: WindowApp, staffed: Desk, qtbot: QtBot) -> None:
    database = staffed.context.database
    for _ in range(5):
        with pytest.raises(SignInRequired):
            sign_in(database, "Poste 9", "Karim", "faux", Source.DESK)
    dialog = opened(as_amal, qtbot)
    assert not dialog.users.buttons["unlock"].isVisible()
    dialog.users.choose("Karim")
    assert shown(dialog, "Karim")[2].startswith("Locked until ")
    QTest.mouseClick(dialog.users.buttons["unlock"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(dialog, "Karim")[2] == "Active")
    assert not dialog.users.buttons["unlock"].isVisible()
