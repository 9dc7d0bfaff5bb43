"""The scan strip: what a reading does, where it is typed, what became of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.errors import DeskError, NotFound
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome
from warehouse_desk.domain.rules import Given
from warehouse_desk.domain.transitions import Action
from warehouse_desk.ui.scanner.controls import ScanControls
from warehouse_desk.ui.scanner.history import ScanHistory
from warehouse_desk.ui.scanner.verdict import VerdictPanel
from warehouse_desk.ui.scanner.wording import ScanMode, Verdict, verdict_of
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

_PENDING_MS = 150
"""After this long without an answer the panel says that one is coming (ms); most come sooner."""

_HISTORY_WIDTH = 290
_LARGE_HISTORY_HEIGHT = 200
_WHOLE = 16_777_215
"""Qt's own word for a width or height without limit."""


class ScanPane(QFrame):
    """Readings are queued, never dropped: the next may come while one is being answered."""

    answered = Signal(object)
    """A ``Verdict``."""
    order_wanted = Signal(int)
    large_wanted = Signal()

    def __init__(self, tasks: Tasks, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._tasks = tasks
        self._desk: Desk | None = None
        self._waiting = 0
        self.controls = ScanControls(settings, self)
        self.panel = VerdictPanel(self)
        self.history = ScanHistory(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 8, 10, 8)
        self._grid.setSpacing(12)
        self.set_large(large=False)
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(_PENDING_MS)
        self._pending.timeout.connect(self._on_slow)
        self.controls.code_entered.connect(self.scan)
        self.controls.mode_changed.connect(self._say_ready)
        self.controls.large_wanted.connect(self.large_wanted)
        self.history.undo_wanted.connect(self._on_undo_wanted)
        self.history.order_wanted.connect(self.order_wanted)
        self._say_ready()

    @property
    def field(self) -> QLineEdit:
        """Where codes are typed."""
        return self.controls.field

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for a strip."""
        return QSize(900, 176)

    def set_large(self, *, large: bool) -> None:
        """Take the whole window, the answer above and as broad as it, or be a strip below the list."""
        for widget in (self.controls, self.panel, self.history):
            self._grid.removeWidget(widget)
        if large:
            self._grid.addWidget(self.panel, 0, 0, 1, 2)
            self._grid.addWidget(self.controls, 1, 0)
            self._grid.addWidget(self.history, 1, 1)
        else:
            self._grid.addWidget(self.controls, 0, 0)
            self._grid.addWidget(self.panel, 0, 1)
            self._grid.addWidget(self.history, 0, 2)
        self._grid.setRowStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.history.setMinimumWidth(_HISTORY_WIDTH)
        self.history.setMaximumWidth(_WHOLE if large else _HISTORY_WIDTH)
        self.history.setMaximumHeight(_LARGE_HISTORY_HEIGHT if large else _WHOLE)
        self.controls.set_large(large=large)

    def set_station(self, station: Station) -> None:
        """Scan at a station from now on."""
        self._desk = station.desk
        self.controls.set_warehouses(station.own_warehouses)
        self._say_ready()

    @Slot(str)
    def scan(self, code: str) -> None:
        """Send one reading on its way."""
        self._send(code.strip(), (), None)

    def scan_doubtful(self, codes: tuple[str, ...], unsettled: Message) -> None:
        """Send a reading that can be read in several ways; it counts when exactly one of them is an order."""
        self._send(codes[0], codes, unsettled)

    def refuse(self, word: str, code: str, sentence: str) -> None:
        """Say that something was read that cannot be acted on."""
        self._show(Verdict("refused", word, code, sentence, now_utc()))

    def _send(self, text: str, codes: tuple[str, ...], unsettled: Message | None) -> None:
        desk = self._desk
        if not text or desk is None:
            return
        mode = self.controls.mode
        given = self.controls.given()
        if given is None:
            self._show(Verdict("refused", str(mode.refused), text, tr("Choose the warehouse first, then scan again.")))
            return
        self._waiting += 1
        self._pending.start()
        reading = _Reading(self, desk, _Code(text, codes, unsettled), mode, given)
        self._tasks.run(reading.send, owner=self, done=reading.answer, failed=reading.fail, lane=Lane.WRITE)

    def show_answer(self, mode: ScanMode, result: ActionResult) -> None:
        """Show what became of a reading."""
        self._settle()
        self._show(verdict_of(mode, result, now_utc()))

    def show_failure(self, code: str, error: Exception) -> None:
        """Say that a reading was not stored."""
        self._settle()
        sentence = str(error) if isinstance(error, DeskError) else tr("The program failed; the log says why.")
        self._show(Verdict("refused", tr("NOT SAVED"), code, f"{sentence} {msg('Scan it again.')}", now_utc()))
        if not isinstance(error, DeskError):
            raise error

    def _settle(self) -> None:
        self._waiting = max(0, self._waiting - 1)
        if not self._waiting:
            self._pending.stop()

    def _show(self, verdict: Verdict) -> None:
        self.panel.show_verdict(verdict)
        self.history.add(verdict)
        self.answered.emit(verdict)

    @Slot()
    def _on_slow(self) -> None:
        count = tr("{count} readings wait for their answer.", count=self._waiting)
        self.panel.show_verdict(Verdict("pending", tr("ONE MOMENT"), "", count))

    @Slot()
    def _say_ready(self) -> None:
        mode = self.controls.mode
        if self._desk is None:
            ready = Verdict("info", tr("NOT CONNECTED"), "", tr("Scanning begins when the station is connected."))
        else:
            ready = Verdict("info", tr("READY"), "", tr("Mode “{mode}”. Scan a label.", mode=mode.button))
        self.panel.show_verdict(ready)

    @Slot(object)
    def _on_undo_wanted(self, verdict: Verdict) -> None:
        desk = self._desk
        order_id = verdict.order_id
        if desk is None or order_id is None:
            return
        self._tasks.run(lambda: desk.act(Action.UNDO, [order_id]), owner=self, done=self._on_undone, lane=Lane.WRITE)

    def _on_undone(self, result: BulkResult) -> None:
        for answer in result.results:
            if answer.outcome is Outcome.DONE and answer.order_id is not None:
                self.history.mark_undone(answer.order_id)
                self.panel.show_verdict(Verdict("info", tr("UNDONE"), answer.reference, str(answer.message)))
            else:
                self._show(Verdict("refused", tr("NOT UNDONE"), answer.reference, str(answer.message), now_utc()))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


@dataclass(frozen=True, slots=True)
class _Code:
    """What was read; with ``unsettled``, one of ``candidates`` and the sentence for when none can be chosen."""

    text: str
    candidates: tuple[str, ...]
    unsettled: Message | None


class _Reading:
    """One reading on its way, with an identity of its own: sent twice, it is applied once."""

    def __init__(self, pane: ScanPane, desk: "Desk", code: _Code, mode: ScanMode, given: Given) -> None:
        self._pane = pane
        self._desk = desk
        self._mode = mode
        self._code = code
        self._given = given
        self._id = new_id()

    def send(self) -> ActionResult:
        """Run in a worker."""
        return self._desk.scan(self._mode.name, self._settled(), self._given, self._id)

    def answer(self, result: ActionResult) -> None:
        """Run on the GUI thread."""
        self._pane.show_answer(self._mode, result)

    def fail(self, error: Exception) -> None:
        """Run on the GUI thread."""
        self._pane.show_failure(self._code.text, error)

    def _settled(self) -> str:
        """Return the one way to read the code that is an order."""
        if self._code.unsettled is None:
            return self._code.text
        known = [text for text in self._code.candidates if self._exists(text)]
        if len(known) != 1:
            raise NotFound(self._code.unsettled)
        return known[0]

    def _exists(self, text: str) -> bool:
        try:
            self._desk.show(text)
        except NotFound:
            return False
        return True
