"""Who works here: signing out, locking after rest, and hearing that a right was given or taken away."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.errors import SignInRequired
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

RENEW_MS = 30_000
"""How often an open window asks whether its worker may still work here (ms)."""

REST_MS = 5_000
"""How often it looks whether anybody is at work (ms)."""

_MS_PER_MINUTE = 60_000


class SessionController(Controller):
    """Watches over the worker of one window."""

    def __init__(self, workplace: Workplace, last_key_ms: Callable[[], int], now_ms: Callable[[], int]) -> None:
        super().__init__(workplace)
        self._last_key_ms = last_key_ms
        self._now_ms = now_ms
        self._hidden: list[QDialog] = []
        self._hidden_of: int | None = None
        self._pointer = QPoint()
        self._moved_ms = 0
        self._renewing = QTimer(self, interval=RENEW_MS)
        self._renewing.timeout.connect(self.renew)
        self._resting = QTimer(self, interval=REST_MS)
        self._resting.timeout.connect(self.look)
        self._station.opened.connect(self._on_opened)

    @property
    def is_needed(self) -> bool:
        """Whether somebody is signed in by name."""
        station = self._station.current
        return station is not None and station.caller.user_id is not None

    @Slot(object)
    def _on_opened(self, station: Station) -> None:
        """Watch over the worker of a station."""
        self._moved_ms, self._pointer = self._now_ms(), QCursor.pos()
        self._renewing.start()
        self._resting.start()
        self._bring_dialogs_back(station.caller.user_id)

    @Slot()
    def stop(self) -> None:
        """Watch no more."""
        self._renewing.stop()
        self._resting.stop()

    @Slot()
    def leave(self) -> None:
        """Sign out; with nobody signed in there is nothing to leave."""
        if self.is_needed:
            self.end(tr("Signed out."))

    def end(self, sentence: str) -> None:
        """Let nobody work here until somebody signs in again; the sentence says why."""
        station = self._station.current
        if station is None:
            return
        self.stop()
        self._tasks.run(station.desk.people.leave, owner=self, failed=self._on_leave_failed)
        self._put_dialogs_away(station.caller.user_id)
        self._station.leave(sentence)

    def _on_leave_failed(self, error: Exception) -> None:
        """Without its database a station is left all the same; only the moment is not noted."""

    @Slot()
    def look(self) -> None:
        """Lock the station where nobody was at work for long enough."""
        station = self._station.current
        if station is None:
            return
        now, pointer = self._now_ms(), QCursor.pos()
        if pointer != self._pointer:
            self._pointer, self._moved_ms = pointer, now
        minutes = station.shared.lock_minutes
        rest = now - max(self._moved_ms, self._last_key_ms())
        if minutes and self.is_needed and rest >= minutes * _MS_PER_MINUTE:
            self.end(
                str(nmsg("Locked after {n} minute without work.", "Locked after {n} minutes without work.", minutes))
            )

    def note_scan(self) -> None:
        """Note that a scanner which is no keyboard was used."""
        self._moved_ms = self._now_ms()

    @Slot()
    def renew(self) -> None:
        """Ask whether the worker may still work here, and how."""
        self._at_desk(
            lambda desk: (desk, desk.renewed(), desk.settings.read()),
            done=self._on_renewed,
            failed=self._on_not_renewed,
            key="session",
        )

    def _on_renewed(self, answer: "tuple[Desk, Desk, SharedSettings]") -> None:
        old_desk, desk, shared = answer
        station = self._station.current
        if station is not None:
            self._station.renew(old_desk, replace(station, desk=desk, caller=desk.caller, shared=shared))

    def _on_not_renewed(self, error: Exception) -> None:
        # Anything else is the database being away: the live link says so, and the next time comes.
        if isinstance(error, SignInRequired):
            self.end(str(error))

    def _put_dialogs_away(self, user_id: int | None) -> None:
        """Hide what a worker was in the middle of: others must not see it, and nothing of it may be lost."""
        self._hidden = [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and widget.isVisible() and self._is_ours(widget)
        ]
        self._hidden_of = user_id
        for dialog in self._hidden:
            dialog.hide()

    def _is_ours(self, widget: QWidget | None) -> bool:
        """Tell whether a window of its own stands over this one; Qt's own question ends at the window's edge."""
        while widget is not None and widget is not self._window:
            widget = widget.parentWidget()
        return widget is self._window

    def _bring_dialogs_back(self, user_id: int | None) -> None:
        hidden, self._hidden = self._hidden, []
        for dialog in filter(isValid, hidden):
            if user_id == self._hidden_of:
                dialog.show()
            else:
                dialog.done(QDialog.DialogCode.Rejected)
