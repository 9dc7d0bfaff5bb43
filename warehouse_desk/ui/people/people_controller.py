"""Opens the window of users and roles, and does in the background what is asked for there."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.ability_names import role_name
from warehouse_desk.domain.people.users import MAY_NOT_SIGN_IN, MAY_SIGN_IN, NEW_PASSWORD, UNLOCKED, RoleInfo, UserInfo
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.people.dialog import PeopleDialog
from warehouse_desk.ui.people.forms import PersonField, PersonForm
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.people.people import People

Work = Callable[["People"], object]
_Read = tuple[list[UserInfo], list[RoleInfo]]


class PeopleController(Controller):
    """One window at a time, with at most one form over it."""

    signed_in = Signal(str, str)
    """The first user was added: name and password, to sign in with at once."""
    paper_made = Signal(str, bytes)
    """A badge's title and PDF; its code exists nowhere else."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.dialog: PeopleDialog | None = None
        self.form: PersonForm | None = None

    @Slot()
    def show(self) -> None:
        """Open the window."""
        if self.dialog is None:
            self._read(self._on_first_read)

    def _read(self, done: Callable[[_Read], None]) -> None:
        self._at_desk(lambda desk: _read_people(desk.people), done=done, key="people")

    def _on_first_read(self, people: _Read) -> None:
        if self.dialog is not None or self._station.current is None:
            return
        self.dialog = PeopleDialog(self._window)
        self.dialog.users.action_requested.connect(self._on_action_requested)
        self.dialog.first.entered.connect(self._on_first_user)
        self.dialog.roles.save_requested.connect(self._on_save_role)
        self.dialog.roles.delete_requested.connect(self._on_delete_role)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.show_people(*people)
        self.dialog.open()

    def _on_read(self, people: _Read) -> None:
        if self.dialog is not None:
            self.dialog.show_people(*people)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    @Slot(str, object)
    def _on_action_requested(self, verb: str, user: UserInfo | None) -> None:
        if self.dialog is None or self.form is not None:
            return
        if verb == "add":
            self._open_form(self._adding(self.dialog))
        elif user is not None:
            if verb == "enable":
                self._do(lambda people: people.set_active(user.name, active=True), _done_message(verb, user.name))
            elif verb == "unlock":
                self._do(lambda people: people.unlock(user.name), _done_message(verb, user.name))
            else:
                self._open_form(_asking(verb, user, self.dialog), verb, user)

    def _adding(self, dialog: PeopleDialog) -> PersonForm:
        parts = (PersonField.NAME, PersonField.ROLE, PersonField.PASSWORD)
        form = PersonForm(tr("Add user"), "", tr("Add"), parts, dialog)
        form.roles.show_roles(self._role_names(), "Packer")
        return form

    def _role_names(self) -> list[str]:
        if self.dialog is None:
            return []
        return [role.name for role in self.dialog.roles.roles()]

    def _open_form(self, form: PersonForm, verb: str = "add", user: UserInfo | None = None) -> None:
        if user is not None and verb == "role":
            form.roles.show_roles(self._role_names(), user.role)
        self.form = form
        form.entered.connect(partial(self._on_entered, verb, user))
        form.finished.connect(self._on_form_closed)
        form.open()

    @Slot()
    def _on_form_closed(self) -> None:
        self.form = None

    def _on_entered(self, verb: str, user: UserInfo | None, answer: dict[PersonField, str]) -> None:
        if verb == "badge" and user is not None:
            self._issue(user)
            return
        name = answer[PersonField.NAME] if user is None else user.name
        self._do(_work(verb, name, answer), _done_message(verb, name, answer.get(PersonField.ROLE, "")), name)

    def _do(self, work: Work, message: Message, name: str = "") -> None:
        self._at_desk(
            lambda desk: work(desk.people),
            done=lambda _answer: self._on_done(message, name),
            failed=self._on_refused,
            lane=Lane.WRITE,
        )

    def _on_done(self, message: Message, name: str) -> None:
        self._close_form()
        self._messages.tell(str(message), Level.DONE)

        def show(people: _Read) -> None:
            self._on_read(people)
            if self.dialog is not None and name:
                self.dialog.users.choose(name)

        self._read(show)

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.accept()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            self._close_form()
            self._messages.show_failure(error)
        elif self.form is not None:
            self.form.show_failure(error)
        elif self.dialog is not None:
            self.dialog.fault.setText(str(error))
        else:
            self._messages.show_failure(error)

    def _issue(self, user: UserInfo) -> None:
        self._at_desk(
            lambda desk: desk.paper.cards.badges([user.name], replace=True).pdf,
            done=lambda pdf: self._on_badge(user.name, pdf),
            failed=self._on_refused,
            lane=Lane.WRITE,
        )

    def _on_badge(self, name: str, pdf: bytes) -> None:
        self._close_form()
        self._read(self._on_read)
        self.paper_made.emit(tr("Badge of {name}", name=name), pdf)

    @Slot(str, str, str)
    def _on_first_user(self, name: str, password: str, role: str) -> None:
        self._at_desk(
            lambda desk: desk.people.add(name, password, role),
            done=lambda _nothing: self._on_first_added(name, password),
            failed=self._on_first_refused,
            lane=Lane.WRITE,
        )

    def _on_first_added(self, name: str, password: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._messages.tell(tr("{name} was added and is signed in here. Add the others now.", name=name), Level.DONE)
        self.signed_in.emit(name, password)

    def _on_first_refused(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.first.show_failure(error)
        else:
            self._messages.show_failure(error)

    @Slot(str, object)
    def _on_save_role(self, name: str, abilities: frozenset[Ability]) -> None:
        self._change_role(lambda people: people.set_role(name, abilities), name)

    @Slot(str)
    def _on_delete_role(self, name: str) -> None:
        self._change_role(lambda people: people.delete_role(name), "")

    def _change_role(self, work: Work, chosen: str) -> None:
        def change(desk: "Desk") -> _Read:
            work(desk.people)
            return _read_people(desk.people)

        def show(people: _Read) -> None:
            if self.dialog is not None:
                self.dialog.roles.show_roles(people[1], chosen)
                self.dialog.show_people(*people)

        self._at_desk(change, done=show, failed=self._on_role_refused, lane=Lane.WRITE)

    def _on_role_refused(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.roles.show_fault(str(error))
        else:
            self._messages.show_failure(error)


def _read_people(people: "People") -> _Read:
    return people.users(), people.roles()


def _asking(verb: str, user: UserInfo, parent: QWidget) -> PersonForm:
    name = user.name
    has_badge = tr("{name} has a badge. It stops working as soon as the new one is issued.", name=name)
    no_badge = tr("The badge opens the program without a password. Print it at once: it is shown only now.")
    title, about, button, parts = {
        "role": (
            tr("Role of {name}", name=name),
            tr("It applies within half a minute, also where {name} is working.", name=name),
            tr("Change"),
            (PersonField.ROLE,),
        ),
        "password": (tr("New password of {name}", name=name), "", tr("Change"), (PersonField.PASSWORD,)),
        "pin": (
            tr("PIN of {name}", name=name),
            tr("With badge and PIN a supervisor allows a refused scan. At least 6 digits that are hard to guess."),
            tr("Set the PIN"),
            (PersonField.PIN,),
        ),
        "badge": (tr("Badge of {name}", name=name), has_badge if user.badges else no_badge, tr("Issue the badge"), ()),
        "revoke": (
            tr("Revoke the badge of {name}?", name=name),
            tr("It will no longer work. The password stays."),
            tr("Revoke the badge"),
            (),
        ),
        "disable": (
            tr("Deactivate {name}?", name=name),
            tr("{name} can no longer sign in, and is signed out within half a minute. Their work stays.", name=name),
            tr("Deactivate"),
            (),
        ),
    }[verb]
    return PersonForm(title, about, button, parts, parent, dangerous=verb in {"revoke", "disable"})


def _work(verb: str, name: str, answer: dict[PersonField, str]) -> Work:
    works: dict[str, Work] = {
        "add": lambda people: people.add(name, answer[PersonField.PASSWORD], answer[PersonField.ROLE]),
        "role": lambda people: people.change_role(name, answer[PersonField.ROLE]),
        "password": lambda people: people.set_password(name, answer[PersonField.PASSWORD]),
        "pin": lambda people: people.set_pin(name, answer[PersonField.PIN]),
        "revoke": lambda people: people.revoke_badges_of(name),
        "disable": lambda people: people.set_active(name, active=False),
    }
    return works[verb]


_SAID = {
    "add": msg("{name} was added: {role}."),
    "role": msg("{name}: the role is now {role}."),
    "password": NEW_PASSWORD,
    "pin": msg("{name} has a new PIN."),
    "revoke": msg("The badge of {name} no longer works."),
    "disable": MAY_NOT_SIGN_IN,
    "enable": MAY_SIGN_IN,
    "unlock": UNLOCKED,
}


def _done_message(verb: str, name: str, role: str = "") -> Message:
    return _SAID[verb].with_params(name=name, role=role_name(role))
