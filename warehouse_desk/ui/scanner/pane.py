"""The scanner pane: what a reading does, what became of it, what to do now."""

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import msg, nmsg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.results import ActionResult, ChangeSet, Outcome
from warehouse_desk.domain.scanning.modes import Counted, mode_named
from warehouse_desk.domain.scanning.scans import PastScan, ScanAnswer
from warehouse_desk.ui.scanner.controls import ScanControls
from warehouse_desk.ui.scanner.history import ScanHistory
from warehouse_desk.ui.scanner.intake import Intake
from warehouse_desk.ui.scanner.overlay import VerdictOverlay
from warehouse_desk.ui.scanner.tally import TallyPanel
from warehouse_desk.ui.scanner.tally_controller import TallyController
from warehouse_desk.ui.scanner.verdict import VerdictPanel
from warehouse_desk.ui.scanner.wording import Verdict, verdict_of, verdict_of_past
from warehouse_desk.ui.sounds import Sounds
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace
from warehouse_desk.wedge.grammar import without_badges

_PENDING_MS = 150
"""After this long without an answer the panel says that one is coming (ms); most come sooner."""

_ACKNOWLEDGE_KEY, _MUTED_KEY = "scanner/acknowledge-errors", "scanner/muted"
_HISTORY_WIDTH = 270
_LARGE_SIDE_WIDTH = 230
"""Beside the large controls both find room on a screen of 1280."""

_LARGE_HISTORY_HEIGHT = 260
_WHOLE = 16_777_215
"""Qt's own word for a width or height without limit."""


class ScanPane(QFrame):
    """Readings are stored at once and answered in order; the next may come while one is being answered."""

    answered = Signal(object)
    """A ``Verdict``."""
    order_requested = Signal(int)
    large_requested = Signal()
    sheet_requested = Signal(object)
    """The hand-over sheet of a carrier: (company's id, person's id), one of them None."""
    silent = Signal()
    """The station has no sound; told once."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._workplace = workplace
        self._settings = workplace.settings
        self.controls = ScanControls(workplace, self)
        self.panel = VerdictPanel(self)
        self.overlay = VerdictOverlay(self.panel)
        self.history = ScanHistory(self)
        self.tally = TallyPanel(self)
        self._counting = TallyController(workplace, self.controls, self.tally, self)
        self.sounds = Sounds(self)
        self.sounds.muted = bool(self._settings.value(_MUTED_KEY, 0, int))
        self.sounds.silent.connect(self.silent)
        self.intake = Intake(self)
        self.intake.stop_at_errors(self.must_acknowledge)
        self._seen = QPushButton(tr("Seen — continue (Enter)"), self)
        self._seen.clicked.connect(self.acknowledge)
        self._seen.hide()
        self._lay_out()
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(_PENDING_MS)
        self._pending.timeout.connect(self._on_slow)
        self._connect()
        self._last_kept = ""
        self._say_ready()

    def _lay_out(self) -> None:
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.panel, 1)
        middle.addWidget(self._seen)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 8, 10, 8)
        self._grid.setSpacing(12)
        self.set_large(large=False)

    def _connect(self) -> None:
        self.controls.code_entered.connect(self.enter)
        self.controls.mode_changed.connect(self._on_mode)
        self.controls.sticky.changed.connect(self._on_mode)
        self.controls.large_requested.connect(self.large_requested)
        self._workplace.changes.orders_changed.connect(self._on_orders_changed)
        self._workplace.station.opened.connect(self._on_station_opened)
        self._workplace.station.renewed.connect(self._on_station_renewed)
        self._workplace.station.left.connect(self._on_station_left)
        self.history.undo_requested.connect(self.undo)
        self.history.order_requested.connect(self.order_requested)
        self.panel.clicked.connect(self.acknowledge)
        self.overlay.acknowledged.connect(self.acknowledge)
        self.tally.sheet_requested.connect(lambda: self.sheet_requested.emit(self.controls.sticky.taker()))
        self._counting.changed.connect(self._show_sides)
        self.intake.answered.connect(self._on_answer)
        self.intake.not_stored.connect(self._on_not_stored)
        self.intake.delayed.connect(self._on_delayed)
        self.intake.repeated.connect(self._on_repeated)

    @property
    def field(self) -> QLineEdit:
        """Where codes are typed."""
        return self.controls.field

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for a strip."""
        return QSize(900, 190)

    def set_large(self, *, large: bool) -> None:
        """Take the whole window, the answer above and as broad as it, or be a strip below the list."""
        for widget in (self.controls, self._middle, self.history, self.tally):
            self._grid.removeWidget(widget)
        if large:
            self._grid.addWidget(self._middle, 0, 0, 1, 3)
            self._grid.addWidget(self.controls, 1, 0)
            self._grid.addWidget(self.tally, 1, 1)
            self._grid.addWidget(self.history, 1, 2)
        else:
            self._grid.addWidget(self.controls, 0, 0)
            self._grid.addWidget(self._middle, 0, 1)
            self._grid.addWidget(self.tally, 0, 2)
            self._grid.addWidget(self.history, 0, 3)
        self._is_large = large
        self._show_sides()
        self._grid.setRowStretch(0, 1)
        for side in (self.history, self.tally):
            side.setMinimumWidth(_LARGE_SIDE_WIDTH if large else _HISTORY_WIDTH)
            side.set_large(large=large)
            side.setMaximumWidth(_WHOLE if large else _HISTORY_WIDTH)
            side.setMaximumHeight(_LARGE_HISTORY_HEIGHT if large else _WHOLE)
        self.controls.set_large(large=large)

    @Slot()
    def _show_sides(self) -> None:
        """Beside the answer a strip has room for one of the two: the count of the mode, or the last scans."""
        self.history.setVisible(self._is_large or self.tally.isHidden())
        # In the strip the answer takes what is left, on the large screen the last scans and the count beside them.
        self._grid.setColumnStretch(1, 0 if self._is_large and self.tally.isHidden() else 1)
        self._grid.setColumnStretch(2, 1 if self._is_large else 0)

    @Slot(object)
    def _on_station_opened(self, station: Station) -> None:
        """Scan at a station from now on; first what was received before and not answered."""
        self.intake.serve(station.desk)
        self._workplace.tasks.run(self.intake.recover, owner=self, failed=self._on_no_recovery, lane=Lane.WRITE)
        self._workplace.at_desk(
            lambda desk: desk.scanning.history(), owner=self, done=self._on_history, key="scan.history"
        )
        self._say_ready()
        self.count()

    @Slot(object)
    def _on_station_renewed(self, station: Station) -> None:
        """Go on with a worker who may do more or less; readings under way are answered first."""
        self.intake.serve(station.desk)

    @Slot()
    def _on_station_left(self) -> None:
        """Take no readings until somebody signs in again."""
        self.intake.sign_off()
        self._say_ready()

    @Slot()
    def shut(self) -> None:
        """End what runs behind the pane."""
        self.intake.close()

    @Slot(str)
    def scan(self, code: str) -> None:
        """Send one reading on its way."""
        self._send(code.strip(), ())

    def scan_doubtful(self, codes: tuple[str, ...]) -> None:
        """Send a reading that can be read in several ways; it counts when exactly one of them exists."""
        self._send(codes[0], codes)

    def refuse(self, word: str, code: str, sentence: str) -> None:
        """Say that something was read that cannot be acted on."""
        # Everybody around reads the answer: a badge that was not taken must not be read from it.
        shown = without_badges(code), without_badges(sentence)
        self.show_verdict(Verdict("refused", word, *shown, now_utc()))

    def inform(self, word: str, sentence: str) -> None:
        """Say something that is no answer to a reading."""
        self.panel.show_verdict(Verdict("info", word, "", sentence))

    def _send(self, text: str, candidates: tuple[str, ...]) -> None:
        if not text:
            return
        if self._workplace.station.current is None:
            sentence = tr("Nothing was done with this scan. Scan your badge or sign in first, then scan again.")
            self.refuse(tr("NOBODY SIGNED IN"), text, sentence)
            return
        from warehouse_desk.services.scanning.request import ScanRequest

        mode = self.controls.mode
        missing = self.controls.sticky.missing(mode)
        if missing is not None:
            self.refuse(str(mode.refused), text, str(missing))
            return
        facts = self.controls.facts()
        if self.intake.held:
            self.sounds.sound("refused")
        self._pending.start()
        self.intake.submit(
            ScanRequest(
                mode=mode.name,
                code=text,
                options=facts.options,
                whole_lines=facts.whole_lines,
                write_off=facts.write_off,
                candidates=candidates,
            )
        )
        self._last_kept = text
        if self.intake.away:
            # It is safe on this station's disk, and the worker must not wait for the server to hear so.
            self.sounds.sound("already")
            count = nmsg(
                "{n} scan is saved and waits for the database. Keep scanning.",
                "{n} scans are saved and wait for the database. Keep scanning.",
                self.intake.waiting,
            )
            self.panel.show_verdict(Verdict("pending", tr("SCAN SAVED"), text, str(count)))
        self._show_held()

    def show_verdict(self, verdict: Verdict) -> None:
        """Show an answer, sound it, keep it in the list."""
        self.panel.show_verdict(verdict)
        self.sounds.sound(verdict.level)
        self.history.add(verdict)
        self.answered.emit(verdict)

    @Slot(object)
    def _on_answer(self, answer: ScanAnswer) -> None:
        if not self.intake.waiting:
            self._pending.stop()
            self._last_kept = ""
        self.show_verdict(verdict_of(answer))
        result, mode = answer.result, mode_named(answer.mode)
        if result.outcome is Outcome.DONE and result.order_id is not None and mode is not None and mode.changes_order:
            changed = ChangeSet(frozenset({result.order_id}), products=mode.touches_stock)
            self._workplace.changes.publish(changed)
        self._show_held()
        if answer.mode == self.controls.mode.name:
            self.count()

    @Slot(str, object)
    def _on_not_stored(self, code: str, error: Exception) -> None:
        sentence = str(error) if isinstance(error, DeskError) else tr("Something went wrong. Tell a supervisor.")
        self.refuse(tr("NOT SAVED"), code, f"{sentence} {msg('Scan it again.')}")

    @Slot(int, object)
    def _on_delayed(self, waiting: int, error: Exception) -> None:
        kept = nmsg(
            "{n} scan is saved and waits. {reason}", "{n} scans are saved and wait. {reason}", waiting, reason=error
        )
        self.panel.show_verdict(Verdict("pending", tr("WAITING"), self._last_kept, str(kept)))

    @Slot(str)
    def _on_repeated(self, code: str) -> None:
        self.history.note_repeat(code)

    def _on_no_recovery(self, error: Exception) -> None:
        self.refuse(tr("NOT FINISHED"), "", tr("Earlier scans could not be read: {reason}", reason=error))

    def _on_history(self, past: list[PastScan]) -> None:
        self.history.fill([verdict_of_past(each) for each in past if each.outcome is not None])

    @Slot()
    def acknowledge(self) -> None:
        """Go on after an error that had to be seen."""
        self.overlay.hide()
        if self.intake.held:
            self.intake.acknowledge()
            self._show_held()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_acknowledge(self, required: bool) -> None:
        """Choose whether errors stay until they are acknowledged."""
        self._settings.setValue(_ACKNOWLEDGE_KEY, int(required))
        self.intake.stop_at_errors(required)
        self._show_held()

    def set_muted(self, muted: bool) -> None:
        """Choose whether answers sound."""
        self._settings.setValue(_MUTED_KEY, int(muted))
        self.sounds.muted = muted

    @property
    def is_muted(self) -> bool:
        """Whether answers are silent."""
        return self.sounds.muted

    @property
    def must_acknowledge(self) -> bool:
        """Whether errors stay until they are acknowledged."""
        return bool(self._settings.value(_ACKNOWLEDGE_KEY, 0, int))

    def _show_held(self) -> None:
        held = self.intake.held
        self.controls.lamp.set_blocked(held)
        self._seen.setVisible(held)
        if held:
            kept = nmsg("{n} scan is saved.", "{n} scans are saved.", self.intake.waiting)
            self._seen.setText(tr("Seen — continue (Enter). {kept}", kept=kept))
        self.overlay.set_held(self._seen.text() if held else "")

    @Slot(str)
    def enter(self, code: str) -> None:
        """Take a code that was typed; Enter alone acknowledges an error."""
        if not code.strip():
            self.acknowledge()
            return
        self.scan(code)

    @Slot()
    def _on_slow(self) -> None:
        if self.intake.waiting and not self.intake.held and not self.intake.away:
            count = tr("Scans waiting for their answer: {count}.", count=self.intake.waiting)
            self.panel.show_verdict(Verdict("pending", tr("ONE MOMENT"), "", count))

    @Slot()
    def _on_mode(self) -> None:
        self._say_ready()
        self.count()

    @Slot()
    def _say_ready(self) -> None:
        mode, station = self.controls.mode, self._workplace.station.current
        if station is None:
            self.inform(tr("NOT CONNECTED"), tr("Scanning begins when the station is connected."))
        else:
            worker = station.caller.user_name or "-"
            self.inform(tr("READY"), tr("Mode “{mode}”, {worker}. Scan a label.", mode=mode.label, worker=worker))

    @Slot()
    def _on_orders_changed(self) -> None:
        if self.controls.mode.counts is Counted.PARCELS:
            self.count()

    @Slot()
    def count(self) -> None:
        """Read the count that goes with the mode."""
        self._counting.read()

    @Slot(object)
    def undo(self, verdict: Verdict) -> None:
        """Take back what a reading did."""
        if verdict.scan_id:
            done = partial(self.show_undone, verdict)
            self._workplace.at_desk(
                lambda desk: desk.scanning.undo(verdict.scan_id), owner=self, done=done, lane=Lane.WRITE
            )

    def show_undone(self, verdict: Verdict, result: ActionResult) -> None:
        """Say what became of an undo."""
        if result.outcome is Outcome.DONE:
            self.history.mark_undone(verdict.scan_id)
            self.intake.forget(verdict.reference)
            self.panel.show_verdict(Verdict("info", tr("UNDONE"), result.reference, str(result.message)))
        else:
            self.refuse(tr("NOT UNDONE"), result.reference, str(result.message))
        self.count()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
