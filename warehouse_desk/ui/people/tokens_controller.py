"""Opens the window of API tokens, and does in the background what is asked for there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.directories.entries import Warehouse
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:  # loaded when tokens are looked at, not at every start
    from warehouse_desk.domain.people.access import NewToken, TokenInfo
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.ui.people.token_forms import TokenForm, TokenQuestion, TokenShown
    from warehouse_desk.ui.people.tokens_dialog import TokensDialog


@dataclass(frozen=True, slots=True)
class _Read:
    """What the window shows and offers."""

    tokens: "list[TokenInfo]"
    users: list[str]
    warehouses: list[Warehouse]
    now: datetime


class TokensController(Controller):
    """One window at a time, with at most one form over it."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.dialog: TokensDialog | None = None
        self.form: TokenForm | TokenQuestion | None = None
        self.shown: TokenShown | None = None
        self._found: _Read | None = None

    @Slot()
    def show(self) -> None:
        """Open the window."""
        if self.dialog is None:
            self._read(self._on_first_read)

    def _read(self, done: Callable[[_Read], None]) -> None:
        self._at_desk(_read_tokens, done=done, key="tokens")

    def _on_first_read(self, found: _Read) -> None:
        if self.dialog is not None or self._station.current is None:
            return
        from warehouse_desk.ui.people.tokens_dialog import TokensDialog  # late: seldom opened

        self.dialog = TokensDialog(self._window)
        self.dialog.action_requested.connect(self._on_action_requested)
        self.dialog.finished.connect(self._on_closed)
        self._on_read(found)
        self.dialog.open()

    def _on_read(self, found: _Read) -> None:
        self._found = found
        if self.dialog is not None:
            self.dialog.show_tokens(found.tokens, found.now)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    @Slot(str, object)
    def _on_action_requested(self, verb: str, info: "TokenInfo | None") -> None:
        if self.dialog is None or self.form is not None or self._found is None:
            return
        from warehouse_desk.ui.people import token_forms

        if verb == "add":
            form = token_forms.TokenForm(self._found.users, self._found.warehouses, self.dialog)
            form.entered.connect(self._on_entered)
            self._open(form)
        elif info is not None:
            question = _question(verb, info, self.dialog)
            question.answered.connect(partial(self._on_answered, verb, info))
            self._open(question)

    def _open(self, form: "TokenForm | TokenQuestion") -> None:
        self.form = form
        form.finished.connect(self._on_form_closed)
        form.open()

    @Slot()
    def _on_form_closed(self) -> None:
        self.form = None

    @Slot(object)
    def _on_entered(self, wish: dict[str, Any]) -> None:
        def work(desk: "Desk") -> "NewToken":
            from warehouse_desk.services.people.api_tokens import TokenWish

            return desk.people.add_token(TokenWish(**wish))

        self._at_desk(work, done=self._on_made, failed=self._on_refused, lane=Lane.WRITE)

    def _on_answered(self, verb: str, info: "TokenInfo") -> None:
        key = info.public_id
        if verb == "rotate":
            self._at_desk(
                lambda desk: desk.people.rotate_token(key),
                done=self._on_made,
                failed=self._on_refused,
                lane=Lane.WRITE,
            )
        else:
            self._at_desk(
                lambda desk: desk.people.revoke_token(key),
                done=self._on_revoked,
                failed=self._on_refused,
                lane=Lane.WRITE,
            )

    def _on_made(self, made: "NewToken") -> None:
        self._close_form()
        from warehouse_desk.ui.people.token_forms import TokenShown

        self.shown = TokenShown(made, self.dialog or self._window)
        self.shown.finished.connect(self._on_shown)
        self.shown.open()

        def show(found: _Read) -> None:
            self._on_read(found)
            if self.dialog is not None:
                self.dialog.choose(made.info.public_id)

        self._read(show)

    @Slot()
    def _on_shown(self) -> None:
        self.shown = None

    def _on_revoked(self, count: int) -> None:
        from warehouse_desk.domain.people.access import revoked

        self._close_form()
        self._messages.tell(str(revoked(count)), Level.DONE)
        self._read(self._on_read)

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.accept()

    def _on_refused(self, error: Exception) -> None:
        if self.form is not None and isinstance(error, DeskError):
            self.form.show_failure(error)
        else:
            self._close_form()
            self._messages.show_failure(error)


def _read_tokens(desk: "Desk") -> _Read:
    users = [user.name for user in desk.people.users() if user.active]
    warehouses = [each for each in desk.directories.warehouses() if each.active]
    return _Read(desk.people.tokens(), users, warehouses, desk.context.now())


def _question(verb: str, info: "TokenInfo", parent: "TokensDialog") -> "TokenQuestion":
    from warehouse_desk.ui.people.token_forms import TokenQuestion

    name = info.name
    if verb == "rotate":
        about = tr("A new token replaces it. The old one works for 24 more hours: put the new one into the program.")
        return TokenQuestion(tr("Rotate {name}?", name=name), about, tr("Rotate"), parent, dangerous=False)
    about = tr("The program that uses it will be refused. What it did stays.")
    return TokenQuestion(tr("Revoke {name}?", name=name), about, tr("Revoke"), parent, dangerous=True)
