"""Barcodes that work the program: modes, commands, badges, signs of stations."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.scanning.commands import MODE_WORDS, Command, command_text
from warehouse_desk.domain.scanning.scans import Verification
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.scanner.override import OverrideDialog
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.scanner.sticky import today
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace
from warehouse_desk.wedge.grammar import Kind, desk_word

if TYPE_CHECKING:
    from warehouse_desk.domain.people.users import Approval
    from warehouse_desk.services.desk import Desk


class DeskCodeController(Controller):
    """Does what a command barcode asks for, at the one scanner pane of the window."""

    badge_scanned = Signal(str)
    """A badge while nobody is signed in."""
    sign_out_requested = Signal()
    print_requested = Signal(int)
    """The order whose label is to be printed."""

    def __init__(self, workplace: Workplace, pane: ScanPane) -> None:
        super().__init__(workplace, pane)
        self._pane = pane
        self.dialog: OverrideDialog | None = None
        self._allowing = ""
        self._commands: dict[Command, Callable[[], None]] = {
            Command.OK: self._ok,
            Command.NO: self._no,
            Command.UNDO: self._undo,
            Command.HOLD: lambda: self._act(Action.HOLD, msg("Held at the scanner")),
            Command.OUT_OF_STOCK: lambda: self._act(Action.OUT_OF_STOCK, msg("Short at the packing station")),
            Command.PRINT: self._print,
            Command.NEXT: self._next,
            Command.OVERRIDE: self._override,
            Command.SIGN_OUT: self._sign_out,
        }

    def take(self, kind: Kind, code: str) -> None:
        """Do what a barcode of the desk asks for."""
        text = code.upper()
        if kind is Kind.BADGE:
            self._take_badge(text)
        elif kind is Kind.STATION:
            self._take_station(desk_word(text))
        else:
            self._take_command(desk_word(text))

    def _take_command(self, word: str) -> None:
        if word in MODE_WORDS:
            if not self._pane.controls.set_mode(MODE_WORDS[word]):
                self._pane.refuse(tr("NOT ALLOWED"), "", tr("Your role may not use this mode. Ask a supervisor."))
            return
        if command_text(word) is None:
            self._pane.refuse(
                tr("UNKNOWN"), word, tr("This action code does not exist. Print the sheet of action codes again.")
            )
            return
        self._commands[Command(word)]()

    def _ok(self) -> None:
        self._pane.acknowledge()

    def _no(self) -> None:
        """Say no to what asks: a menu, a question, the supervisor's window. Forms with typed text are left alone."""
        popup, asking = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(asking, QMessageBox | OverrideDialog):
            asking.reject()

    def _is_free(self) -> bool:
        """Tell whether no other window is at work, and say so where one is.

        Unlike a parcel, which is judged at once under any dialog, these would change who stands behind a form that is
        half filled in, or open a second form over it.
        """
        if QApplication.activeModalWidget() is None:
            return True
        sentence = tr("A window is open. Finish or close it, then scan again.")
        self._pane.refuse(tr("CLOSE THE WINDOW FIRST"), "", sentence)
        return False

    def _sign_out(self) -> None:
        if self._is_free():
            self.sign_out_requested.emit()

    def _undo(self) -> None:
        last = self._pane.history.last_undoable()
        if last is None:
            self._pane.refuse(tr("NOT UNDONE"), "", tr("The last scan changed nothing that can be undone."))
        elif (deed := self._workplace.last_deed.current) is not None and deed.subject != last.reference:
            self._pane.refuse(tr("NOT UNDONE"), last.reference, str(deed.no_way_back()))
        else:
            self._pane.undo(last)

    def _print(self) -> None:
        if self._is_free():
            self._with_last_order(self.print_requested.emit)

    def _act(self, action: Action, reason: Message) -> None:
        def run(order_id: int) -> None:
            options = StepOptions(date=today(), reason=str(reason))
            self._at_desk(
                lambda desk: desk.orders.act(action, [order_id], options),
                done=self._on_acted,
                failed=self._on_refused,
                lane=Lane.WRITE,
            )

        self._with_last_order(run)

    def _with_last_order(self, work: Callable[[int], None]) -> None:
        order_id = self._pane.history.last_order
        if self._station.current is None or order_id is None:
            self._pane.refuse(tr("WHICH ORDER?"), "", tr("Scan the order's label first, then the action code."))
            return
        work(order_id)

    def _on_acted(self, result: BulkResult) -> None:
        for answer in result.results:
            if answer.outcome in {Outcome.DONE, Outcome.ALREADY}:
                self._pane.inform(tr("DONE"), str(answer.message))
                self._pane.sounds.sound("done")
            else:
                self._pane.refuse(tr("NOT DONE"), answer.reference, str(answer.message))

    def _next(self) -> None:
        self._at_desk(lambda desk: desk.scanning.set_aside(), done=self._on_set_aside, lane=Lane.WRITE)

    def _on_set_aside(self, unfinished: Verification | None) -> None:
        self._pane.tally.show_verification(None)
        if unfinished is None:
            self._pane.inform(tr("NEXT"), tr("No order was open. Scan a label."))
        else:
            sentence = tr(
                "Its count is kept: {counted} of {wanted}.", counted=unfinished.counted, wanted=unfinished.ordered
            )
            self._pane.inform(tr("SET ASIDE"), f"{unfinished.reference}. {sentence}")

    def _override(self) -> None:
        if self.dialog is not None:
            return
        last = self._pane.panel.verdict
        if last.level != "refused" or not last.scan_id:
            self._pane.refuse(tr("NOTHING TO ALLOW"), "", tr("A supervisor can only allow a refused scan."))
            return
        if not self._pane.intake.can_repeat(last.scan_id):
            self._pane.refuse(tr("SCAN AGAIN"), last.reference, tr("That scan is too old. Scan it again."))
            return
        # What is scanned while the supervisor is fetched must not be what is allowed.
        self._allowing = last.scan_id
        owner: QWidget = QApplication.activeModalWidget() or self._window
        self.dialog = OverrideDialog(f"{last.word} {last.reference}\n{last.sentence}", owner)
        self.dialog.entered.connect(self._on_entered)
        self.dialog.finished.connect(self._on_dialog_closed)
        self.dialog.open()

    @Slot()
    def _on_dialog_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @Slot(str, str)
    def _on_entered(self, badge: str, pin: str) -> None:
        self._at_desk(
            lambda desk: desk.people.approve(badge, pin), done=self._on_approved, failed=self._on_not_approved
        )

    def _on_approved(self, approval: "Approval") -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._pane.acknowledge()
        if not self._pane.intake.submit_allowed(self._allowing, approval):
            self._pane.refuse(tr("NOT DONE"), "", tr("This scan is too old to be allowed. Scan the label again."))

    def _on_not_approved(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_fault(str(error))
        else:
            self._on_refused(error)

    def _take_badge(self, code: str) -> None:
        if self.dialog is not None:
            self.dialog.take_badge(code)
        elif self._station.current is None:
            self.badge_scanned.emit(code)
        elif self._is_free():
            self._change_desk(lambda desk: desk.by_badge(code))

    def _take_station(self, word: str) -> None:
        if self._station.current is not None and self._is_free():
            self._change_desk(lambda desk: desk.at_station(word))

    def _change_desk(self, work: "Callable[[Desk], Desk]") -> None:
        """Go on as another worker, or the same worker at another station."""
        self._at_desk(work, done=self._on_desk, failed=self._on_refused, lane=Lane.WRITE)

    def _on_desk(self, desk: "Desk") -> None:
        station = self._station.current
        if station is not None:
            self._station.open(replace(station, desk=desk, caller=desk.caller))

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._pane.refuse(tr("NOT DONE"), "", str(error))
