"""Labels made before, taken out again; and hand-over sheets, collected, printed, closed."""

import logging
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.paper.printing import HandOverSheet, LabelRun
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.printing.memory import Destination, PrintMemory
from warehouse_desk.ui.printing.outlets import bring_pdf, printers
from warehouse_desk.ui.printing.product_side import ProductLabelSide, product_pdf
from warehouse_desk.ui.printing.wanted import wanted_rows
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.paper.slips import Paper
    from warehouse_desk.ui.printing.paper_dialog import PaperDialog

_LOG = logging.getLogger(__name__)
_RUNS = 200


class HandOverSide(QWidget):
    """Whose hand-over it is, what it holds, and the button that closes it."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.sheet: HandOverSheet | None = None
        self.carrier = QComboBox()
        for company in station.companies:
            if company.active:
                self.carrier.addItem(company.name, (company.id, None))
        for person in station.persons:
            if person.active:
                self.carrier.addItem(person.name, (None, person.id))
        self.carrier.setCurrentIndex(-1)
        self.carrier.setPlaceholderText(tr("Company or delivery person…"))
        self.facts = text_label(wrap=True)
        self.expected = text_label(role="muted", wrap=True)
        self.fill = QPushButton(autoDefault=False)
        self.fill.hide()
        self.close_sheet = QPushButton(tr("Close the hand-over: it is signed"), autoDefault=False)
        self.close_sheet.setEnabled(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for part in (self.carrier, self.facts, self.expected, self.fill, self.close_sheet):
            box.addWidget(part)
        box.addStretch(1)

    def choose(self, carrier: tuple[int | None, int | None]) -> None:
        """Choose whose hand-over it is."""
        for row in range(self.carrier.count()):
            if tuple(self.carrier.itemData(row)) == carrier:
                self.carrier.setCurrentIndex(row)

    def show_sheet(self, sheet: HandOverSheet) -> None:
        """Say what a hand-over holds; a draft with parcels may be closed."""
        self.sheet, known = sheet, sheet.summary
        self.facts.setText(
            tr(
                "Hand-over {number} ({state}): {count} parcels, {total} to collect.",
                number=known.id,
                state=tr("closed") if known.is_closed else tr("draft"),
                count=known.parcels,
                total=money_text(known.cod_total),
            )
        )
        names = ", ".join(sheet.missing) + (" …" if sheet.left > len(sheet.missing) else "")
        more = nmsg(
            "Still expected: {n} parcel ({names})", "Still expected: {n} parcels ({names})", sheet.left, names=names
        )
        self.expected.setText(str(more) if sheet.left else "")
        self.fill.setText(tr("Put all {n} on the sheet without scanning", n=sheet.left))
        self.fill.setVisible(sheet.left > 0)
        self.close_sheet.setEnabled(known.parcels > 0 and not known.is_closed)


class PaperFlow(Controller):
    """One window of paper at a time."""

    closed = Signal()
    """The window of paper was closed."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._memory = PrintMemory(self._settings)
        self._pdf = b""
        self._title = ""
        self._carrier: tuple[int | None, int | None] | None = None
        self.dialog: PaperDialog | None = None
        self.runs: QListWidget | None = None
        self.hand_over: HandOverSide | None = None
        self.handlers: dict[str, Callable[[], object]] = {
            "print.runs": self.show_runs,
            "print.handover": self.show_hand_over,
        }
        """What the actions of the catalogue about paper do that want no orders."""
        self.product_side: ProductLabelSide | None = None
        self._station.opened.connect(self._tidy)

    @Slot()
    def _tidy(self) -> None:
        """Remove label files that are old enough, in the background."""
        self._at_desk(_remove_old_files, failed=_note_left, key="paper.tidy")

    @Slot()
    def show_runs(self) -> None:
        """Open the list of the labels made before."""
        self._begin(lambda desk: (desk.printing.queues(), desk.printing.runs(limit=_RUNS)), self._open_runs)

    @Slot(object)
    def show_hand_over_of(self, carrier: tuple[int | None, int | None]) -> None:
        """Open the hand-over of the company, or of the delivery person, with this id."""
        self._carrier = carrier
        self.show_hand_over()

    @Slot()
    def show_hand_over(self) -> None:
        """Open the hand-over of a company or a delivery person."""
        self._begin(lambda desk: (desk.printing.queues(), None), self._open_hand_over)

    def show_slips(self, ids: Sequence[int], listed: OrderFilter | None = None) -> None:
        """Open the packing slips of some orders, or of a whole list."""
        numbers = tuple(ids)

        def work(desk: "Desk") -> "tuple[list[str], Paper]":
            from warehouse_desk.services.paper.slips import MAX_SLIPS

            rows = islice(wanted_rows(desk, (), listed), MAX_SLIPS + 1) if listed is not None else ()
            return desk.printing.queues(), desk.printing.slips(numbers or [row.id for row in rows])

        self._begin(work, self._open_slips)

    def _open_slips(self, found: tuple[list[str], object]) -> None:
        from warehouse_desk.services.paper.slips import Paper

        queues, paper = found
        if isinstance(paper, Paper):
            count = str(nmsg("{n} packing slip", "{n} packing slips", paper.count))
            self._title = tr("Packing slips")
            told = text_label("\n".join([count, *map(str, paper.left_out)]), wrap=True)
            told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            self._open(self._title, queues, told)
            self._on_pdf(paper.pdf)

    @Slot(object)
    def show_product_labels(self, skus: Sequence[str]) -> None:
        """Open the barcode labels of some products."""
        self._begin(lambda desk: (desk.printing.queues(), tuple(skus)), self._open_product_labels)

    def _open_product_labels(self, found: tuple[list[str], object]) -> None:
        queues, skus = found
        if isinstance(skus, tuple):
            self.product_side = ProductLabelSide(skus)
            self._title = tr("Product labels")
            self._open(tr("Product labels"), queues, self.product_side)
            self.product_side.copies.valueChanged.connect(self._on_copies)
            self.product_side.copies.setFocus()
            self.product_side.copies.selectAll()
            self._on_copies()

    @Slot()
    def _on_copies(self) -> None:
        if self.product_side is not None:
            skus, copies = self.product_side.skus, self.product_side.copies.value()
            self._read(lambda desk: product_pdf(desk, skus, copies))

    def _begin(
        self,
        work: "Callable[[Desk], tuple[list[str], object]]",
        done: Callable[[tuple[list[str], object]], None],
    ) -> None:
        if self.dialog is None:
            self._at_desk(work, done=done, key="paper.open")

    def _open(self, title: str, queues: list[str], side: QWidget) -> None:
        from warehouse_desk.ui.printing.paper_dialog import PaperDialog

        self._pdf = b""
        self.dialog = PaperDialog(title, self._tasks, self._memory, printers(queues), side, self._window)
        self.dialog.bring_wanted.connect(self._on_bring)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _open_runs(self, found: tuple[list[str], object]) -> None:
        queues, runs = found
        self.runs = QListWidget()
        self.runs.setWordWrap(True)
        for run in runs if isinstance(runs, list) else []:
            item = QListWidgetItem(_said(run), self.runs)
            item.setData(Qt.ItemDataRole.UserRole, run.id)
        self._open(tr("Labels made before"), queues, self.runs)
        self.runs.currentItemChanged.connect(self._on_run)
        self.runs.setCurrentRow(0)
        self.runs.setFocus()

    def _chosen_run(self) -> int | None:
        item = None if self.runs is None else self.runs.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_run(self) -> None:
        number = self._chosen_run()
        if number is not None:
            self._title = tr("Labels {run}", run=number)
            self._read(lambda desk: desk.printing.look_at_run(number))

    def _open_hand_over(self, found: tuple[list[str], object]) -> None:
        station = self._station.current
        if station is not None:
            self.hand_over = HandOverSide(station)
            self._open(tr("Hand-over sheet"), found[0], self.hand_over)
            self.hand_over.carrier.currentIndexChanged.connect(self._on_carrier)
            self.hand_over.close_sheet.clicked.connect(self._on_close_sheet)
            self.hand_over.fill.clicked.connect(self._on_fill)
            self.hand_over.carrier.setFocus()
            if self._carrier is not None:
                self.hand_over.choose(self._carrier)

    @Slot()
    def _on_carrier(self) -> None:
        if self.hand_over is not None:
            company, person = self.hand_over.carrier.currentData()
            self._work(lambda desk: desk.printing.begin_hand_over(company_id=company, person_id=person), self._on_sheet)

    @Slot()
    def _on_fill(self) -> None:
        if self.hand_over is not None and self.hand_over.sheet is not None:
            known = self.hand_over.sheet.summary
            company, person = known.company_id, known.person_id
            self._work(lambda desk: desk.printing.collect(company_id=company, person_id=person).sheet, self._on_sheet)

    @Slot()
    def _on_close_sheet(self) -> None:
        if self.hand_over is not None and self.hand_over.sheet is not None:
            number = self.hand_over.sheet.summary.id
            self.hand_over.close_sheet.setEnabled(False)
            self._work(lambda desk: desk.printing.close_hand_over(number), self._on_sheet)

    def _on_sheet(self, sheet: object) -> None:
        if self.dialog is not None and self.hand_over is not None and isinstance(sheet, HandOverSheet):
            number = sheet.summary.id
            self.hand_over.show_sheet(sheet)
            self._title = tr("Hand-over {number}", number=number)
            self._read(lambda desk: desk.printing.hand_over_pdf(number))

    def _work(self, work: "Callable[[Desk], object]", done: Callable[[object], None]) -> None:
        if self.dialog is not None:
            self._at_desk(work, owner=self.dialog, done=done, failed=self._on_failed, lane=Lane.WRITE)

    def _read(self, work: "Callable[[Desk], bytes]") -> None:
        if self.dialog is not None:
            self._at_desk(work, owner=self.dialog, done=self._on_pdf, failed=self._on_failed, key="paper.read")

    def _on_pdf(self, pdf: bytes) -> None:
        if self.dialog is not None:
            self._pdf = pdf
            self.dialog.show_pdf(pdf)

    def _on_failed(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_words(str(error))
        else:
            self._messages.show_failure(error)

    @Slot(object)
    def _on_bring(self, to: Destination) -> None:
        if self.dialog is None or not self._pdf:
            return
        pdf, title, number = self._pdf, self._title, self._chosen_run()

        def work(desk: "Desk") -> None:
            # A stored run is taken out now, not when it was looked at: that is what is noted.
            bring_pdf(desk, pdf if number is None else desk.printing.run_pdf(number), to, title)

        self._at_desk(work, owner=self.dialog, done=self._on_brought, failed=self._on_not_brought)

    def _on_brought(self, _nothing: object) -> None:
        self._messages.tell(tr("{title}: done.", title=self._title), Level.DONE)
        if self.dialog is not None:
            self.dialog.accept()

    def _on_not_brought(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.told.setText(str(error))
        else:
            self._messages.show_failure(error)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
        self.runs = None
        self.hand_over = self.product_side = None
        self._carrier = None
        self.closed.emit()


def _remove_old_files(desk: "Desk") -> int:
    # From the services' module itself: what draws paper is loaded when somebody prints.
    from warehouse_desk.services.paper.label_files import remove_old_label_files

    return remove_old_label_files(desk.context)


def _note_left(error: Exception) -> None:
    """Note that old files are still there; nobody waits for it, and the next start tries again."""
    _LOG.info("Old label files could not be removed: %s", error)


def _said(run: LabelRun) -> str:
    when = moment_text(run.at)
    who = " · ".join(filter(None, (when, run.user_name, run.station_name)))
    what = nmsg(
        "Run {run}: {n} label, {stock}", "Run {run}: {n} labels, {stock}", run.labels, run=run.id, stock=run.stock
    )
    return "\n".join(filter(None, (str(what), who, run.reason, "" if run.kept else tr("The file is no longer kept."))))
