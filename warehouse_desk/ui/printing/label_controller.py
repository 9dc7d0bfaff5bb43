"""The way of labels: choose, make them in the background, bring them to the printer, say what became of it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.transitions import Action, action_name
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.printers.errors import PrinterUnavailable
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.printing.memory import Destination, PrintMemory, Way
from warehouse_desk.ui.printing.order_rows import rows_to_print
from warehouse_desk.ui.printing.outlets import bring_pdf, bring_test_page, check_outlet, printers, write_file
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.documents.stock import LabelStock
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.paper.labels import LabelSettings, LabelsMade
    from warehouse_desk.ui.printing.dialog import PrintDialog

_TOLD_EVERY = 10
"""The window hears of every tenth label: more would only be work."""


@dataclass(frozen=True, slots=True)
class _Start:
    ids: tuple[int, ...]
    reprints: int
    stocks: "list[LabelStock]"
    queues: list[str]
    has_sender: bool


def _prepare(desk: "Desk", ids: Sequence[int], listed: OrderFilter | None) -> _Start:
    from warehouse_desk.services.paper.label_specs import MAX_LABELS

    # One more than the service takes in one run: its refusal says so.
    rows = list(islice(rows_to_print(desk, ids, listed), MAX_LABELS + 1))
    found = tuple(ids) if listed is None else tuple(row.id for row in rows)
    reprints = sum(row.label_count > 0 and not row.label_outdated for row in rows)
    has_sender = bool(desk.settings.read().sender_name)
    return _Start(found, reprints, desk.paper.labels.stocks(), desk.paper.printers.queues(), has_sender)


@dataclass(frozen=True, slots=True)
class _Feed:
    """How a printer that takes one label after the other is fed."""

    first: int
    """The label to go on with."""
    stopped: Callable[[], bool]
    progress: Callable[[int, int], None]
    """Hears how many labels of how many are with the printer."""


def bring(desk: "Desk", made: "LabelsMade", to: Destination, nudge: tuple[float, float], feed: _Feed) -> int:
    """Bring the labels of a run where they are wanted, and return the last one brought; for a worker thread.

    Raises:
        DeskError: the printer or the disk did not take them; the run stays stored.
    """
    from warehouse_desk.documents.stock import Nudge

    run = made.run_id or 0
    if to.way is Way.ZEBRA:
        before = feed.first - 1
        return before + desk.paper.printers.send_to_zebra(
            run,
            to.name,
            nudge=Nudge(*nudge),
            first=feed.first,
            sent=lambda count: feed.progress(before + count, made.labels),
            cancelled=feed.stopped,
        )
    if to.way is Way.FILE and to.name.lower().endswith(".zpl"):
        write_file(Path(to.name), desk.paper.label_runs.zpl(run, nudge=Nudge(*nudge)))
    else:
        bring_pdf(desk, made.pdf, to, tr("Labels {run}", run=run))
    return made.labels


class LabelController(Controller):
    """One run of labels at a time, on orders or on a whole list."""

    finished = Signal(str, object)
    """A title and the ``BulkResult``."""
    _drawn = Signal(int, int)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._memory = PrintMemory(self._settings)
        self._desk: Desk | None = None
        """Where the run under way was begun: it comes out of the printer also after its worker has left."""
        self._ids: tuple[int, ...] = ()
        self._request = ""
        """The request that this window's labels are: asked for again after a lost answer, they are made once."""
        self._stop = threading.Event()
        self._made: LabelsMade | None = None
        self.dialog: PrintDialog | None = None

    def ask(self, ids: Sequence[int], listed: OrderFilter | None = None) -> None:
        """Open the label window for orders, or for all orders of a list."""
        numbers = tuple(ids)
        if self.dialog is None:
            self._at_desk(lambda desk: _prepare(desk, numbers, listed), done=self._open, key="labels.open")

    def _open(self, start: _Start) -> None:
        # Late: Qt's printing is loaded when somebody prints, not when the window starts.
        from warehouse_desk.ui.printing.dialog import PrintDialog

        if not start.ids or self.dialog is not None or self._station.current is None:
            return
        self._ids, self._made, self._request = start.ids, None, new_id()
        self._stop = threading.Event()
        dialog = PrintDialog(
            self._tasks,
            self._memory,
            start.stocks,
            [*printers(start.queues), Destination(Way.ZEBRA), Destination(Way.FILE)],
            len(start.ids),
            self._window,
        )
        dialog.options.ask_reason(start.reprints)
        dialog.options.miss_sender(not start.has_sender)
        dialog.go_requested.connect(self._on_go)
        dialog.preview_requested.connect(self._preview)
        dialog.test_requested.connect(self._on_test)
        dialog.stop_requested.connect(self.stop)
        dialog.finished.connect(self._on_closed)
        self._drawn.connect(dialog.show_progress)
        self.dialog = dialog
        dialog.open()
        self._preview()

    def _label_settings(self, dialog: "PrintDialog") -> "LabelSettings":
        from warehouse_desk.services.paper.labels import LabelSettings

        x, y = dialog.options.nudge
        return LabelSettings(
            stock=dialog.options.chosen_stock.key,
            dpi=dialog.options.resolution,
            start=dialog.options.start.start,
            nudge_x=x,
            nudge_y=y,
            reprint_reason=dialog.options.reason.text(),
        )

    @Slot()
    def _preview(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        ids, settings = self._ids, self._label_settings(dialog)
        self._at_desk(
            lambda desk: desk.paper.labels.preview(ids, settings),
            owner=dialog,
            done=self._on_preview,
            failed=self._on_preview_failed,
            key="labels.preview",
        )

    def _on_preview(self, pdf: bytes | None) -> None:
        if self.dialog is None:
            return
        if pdf is None:
            self.dialog.preview.show_words(
                tr("None of the first orders can have a label now. The result will say why.")
            )
        else:
            self.dialog.preview.show_pdf(pdf)

    def _on_preview_failed(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.preview.show_words(str(error))
        else:
            self._messages.show_failure(error)

    @Slot()
    def _on_test(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        settings, to = self._label_settings(dialog), dialog.options.destination
        self._at_desk(
            lambda desk: bring_test_page(desk, settings, to),
            owner=dialog,
            done=lambda _nothing: dialog.show_test_done(
                tr("The test page is printed: measure the ruler, then set the shift.")
            ),
            failed=self._on_not_tested,
        )

    def _on_not_tested(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_test_done("", str(error))
        else:
            self._messages.show_failure(error)

    @Slot()
    def stop(self) -> None:
        """Make no further label of the run that is under way; nothing of it is kept."""
        self._stop.set()

    @Slot()
    def _on_closed(self) -> None:
        if self.dialog is not None:
            self._drawn.disconnect(self.dialog.show_progress)
        self.dialog = None

    @Slot()
    def _on_go(self) -> None:
        dialog, desk = self.dialog, self._station.desk
        if dialog is None or desk is None:
            return
        self._desk = desk
        if self._made is not None:
            self._bring()
            return
        self._stop.clear()
        ids, settings, stopped, request = self._ids, self._label_settings(dialog), self._stop, self._request
        to = dialog.options.destination

        def work() -> "LabelsMade":
            check_outlet(desk, to)
            return desk.paper.labels.make(
                ids, settings, request_id=request, progress=self._on_label, cancelled=stopped.is_set
            )

        # Not in the lane of writing: a scan must not wait until a thousand labels are drawn.
        self._tasks.run(work, owner=dialog, done=self._on_made, failed=self._on_failed)

    def _on_label(self, done: int, total: int) -> None:
        """Hear of a label in the worker thread; the signal takes it to the window's."""
        if done % _TOLD_EVERY == 0 or done == total:
            self._drawn.emit(done, total)

    def _on_made(self, made: "LabelsMade") -> None:
        if self.dialog is None:
            return
        if made.cancelled:
            self.dialog.show_fault(tr("Stopped: nothing was printed and no order has moved."))
        elif made.run_id is None:
            self.dialog.done_with()
            self._finish(made.answer)
        else:
            self._made = made
            self._finish(made.answer)
            self._bring()

    def _bring(self) -> None:
        dialog, desk, made = self.dialog, self._desk, self._made
        if dialog is None or desk is None or made is None:
            return
        to, nudge = dialog.options.destination, dialog.options.nudge
        self._stop.clear()
        feed = _Feed(dialog.options.resume.value(), self._stop.is_set, self._on_label)
        self._tasks.run(
            lambda: bring(desk, made, to, nudge, feed),
            owner=dialog,
            done=self._on_brought,
            failed=self._on_not_brought,
        )

    def _on_brought(self, last: int) -> None:
        dialog, made = self.dialog, self._made
        if dialog is None or made is None:
            return
        if last < made.labels:
            self._on_stopped(dialog, last, made)
            return
        dialog.options.remember(made.labels)
        dialog.done_with()
        text = nmsg("{n} label (print job {run}).", "{n} labels (print job {run}).", made.labels, run=made.run_id)
        self._messages.tell(str(text), Level.DONE)

    def _on_stopped(self, dialog: "PrintDialog", last: int, made: "LabelsMade") -> None:
        dialog.options.ask_resume(last + 1, made.labels)
        dialog.show_fault(
            tr(
                "Stopped. Labels sent to the printer: {count} of {total}. The orders stay as they "
                "are; the labels are saved as print job {run}.",
                count=last,
                total=made.labels,
                run=made.run_id,
            ),
            tr("Continue"),
        )

    def _on_not_brought(self, error: Exception) -> None:
        if self.dialog is None or self._made is None or not isinstance(error, DeskError):
            self._on_failed(error)
            return
        if isinstance(error, PrinterUnavailable) and error.sent:
            # Not all over again: what came out lies on the table already.
            options = self.dialog.options
            options.ask_resume(min(options.resume.value() + error.sent, self._made.labels), self._made.labels)
        stored = tr(
            "The labels are ready and saved as print job {run}. Try again here, or later under "
            "“Earlier print jobs”: no reason is needed.",
            run=self._made.run_id,
        )
        self.dialog.show_fault(f"{error} {stored}", tr("Try again"))

    def _on_failed(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_fault(str(error))
            return
        if self.dialog is not None:
            self.dialog.done_with()
        self._messages.show_failure(error)

    def _finish(self, answer: BulkResult) -> None:
        done = [result for result in answer.results if result.outcome is Outcome.DONE]
        if done:
            packed = [result.order_id for result in done if result.status_before is not result.status_after]
            ids = [number for number in packed if number is not None] if len(packed) == len(done) else []
            self._workplace.last_deed.note(action_name(Action.LABELS), [result.reference for result in done], ids)
        self.finished.emit(str(action_name(Action.LABELS)), answer)
