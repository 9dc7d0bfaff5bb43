"""Hand-over sheets: collected for a carrier, closed when they are signed, printed or saved."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import listed, nmsg, tr
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.hand_over import Carrier
from warehouse_desk.domain.paper.printing import HandOverSheet, HandOverSummary
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.ui.printing.paper_controller import PaperController
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.paper.hand_over_sheets import Allow


_OFFERED = 50
"""Sheets of a carrier to choose from; the command line knows the older ones."""


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
        self.earlier = QComboBox()
        self.earlier.setAccessibleName(tr("Which sheet"))
        self.earlier.hide()
        self.facts = text_label(wrap=True)
        self.expected = text_label(role="muted", wrap=True)
        self.held_back = text_label(role="fault", wrap=True)
        self.held_back.hide()
        self.let_go = QCheckBox(tr("Let them go as they are"))
        self.let_go.hide()
        self._may_let_go = station.caller.may(Ability.OVERRIDE_VERIFICATION)
        self.fill = QPushButton(autoDefault=False)
        self.fill.hide()
        self.close_sheet = QPushButton(tr("Close the signed pickup sheet"), autoDefault=False)
        self.close_sheet.setEnabled(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for part in self._parts():
            box.addWidget(part)
        box.addStretch(1)

    def _parts(self) -> tuple[QWidget, ...]:
        asked = (self.held_back, self.let_go, self.fill, self.close_sheet)
        return (self.carrier, self.earlier, self.facts, self.expected, *asked)

    @property
    def allow(self) -> tuple[bool, bool]:
        """Whether outdated labels and changed products are let go."""
        is_wanted = self.let_go.isVisibleTo(self) and self.let_go.isChecked()
        return is_wanted, is_wanted

    def choose(self, carrier: tuple[int | None, int | None]) -> None:
        """Choose whose hand-over it is."""
        for row in range(self.carrier.count()):
            if tuple(self.carrier.itemData(row)) == carrier:
                self.carrier.setCurrentIndex(row)

    def offer(self, sheets: Sequence[HandOverSummary]) -> None:
        """Offer the sheets of the carrier, the newest first, without choosing another than is shown."""
        self.earlier.blockSignals(True)
        self.earlier.clear()
        for known in sheets:
            self.earlier.addItem(_named(known), known.id)
        self.earlier.setCurrentIndex(-1 if self.sheet is None else self.earlier.findData(self.sheet.summary.id))
        self.earlier.setVisible(len(sheets) > 1)
        self.earlier.blockSignals(False)

    def show_sheet(self, sheet: HandOverSheet) -> None:
        """Say what a hand-over holds; a draft with parcels may be closed."""
        self.sheet, known = sheet, sheet.summary
        self.facts.setText(
            tr(
                "Pickup sheet {number} ({state}). Parcels: {count}. To collect: {total}.",
                number=known.id,
                state=tr("closed") if known.is_closed else tr("draft"),
                count=known.parcels,
                total=money_text(known.cod_total),
            )
        )
        if known.struck:
            struck = nmsg("{n} parcel was struck off.", "{n} parcels were struck off.", known.struck)
            self.facts.setText(f"{self.facts.text()} {struck}")
        names = listed(sheet.missing) + (" …" if sheet.left > len(sheet.missing) else "")
        more = nmsg(
            "Still expected: {n} parcel ({names})", "Still expected: {n} parcels ({names})", sheet.left, names=names
        )
        self.expected.setText(str(more) if sheet.left else "")
        self.held_back.setText(
            tr(
                "These must stay here until their labels are printed again or their products counted: {references}",
                references=list(sheet.held_back),
            )
        )
        self.held_back.setVisible(bool(sheet.held_back))
        self.let_go.setVisible(bool(sheet.held_back) and self._may_let_go)
        self.fill.setText(tr("Put all {n} on the sheet without scanning", n=sheet.left))
        self.fill.setVisible(sheet.left > 0)
        self.close_sheet.setEnabled(known.parcels > 0 and not known.is_closed)


def _named(summary: HandOverSummary) -> str:
    if not summary.is_closed:
        return tr("Draft: pickup sheet {number}", number=summary.id)
    return tr("Closed: pickup sheet {number} of {day}", number=summary.id, day=day_text(summary.day))


class HandOverController(PaperController):
    """One carrier's sheet at a time."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._carrier: tuple[int | None, int | None] | None = None
        self.side: HandOverSide | None = None

    @Slot(object)
    def show_of(self, carrier: tuple[int | None, int | None]) -> None:
        """Open the hand-over of the company, or of the delivery person, with this id."""
        self._carrier = carrier
        self.show()

    @Slot()
    def show(self) -> None:
        """Open the hand-over of a company or a delivery person."""
        self._begin(lambda _desk: None, self._show_side)

    def _show_side(self, _nothing: None) -> None:
        station = self._station.current
        if station is None:
            return
        self.side = HandOverSide(station)
        self._open(tr("Pickup sheet"), self.side)
        self.side.carrier.currentIndexChanged.connect(self._on_carrier)
        self.side.earlier.currentIndexChanged.connect(self._on_earlier)
        self.side.close_sheet.clicked.connect(self._on_close_sheet)
        self.side.fill.clicked.connect(self._on_fill)
        self.side.carrier.setFocus()
        if self._carrier is not None:
            self.side.choose(self._carrier)

    @Slot()
    def _on_carrier(self) -> None:
        if self.side is not None:
            company, person = self.side.carrier.currentData()
            self._write(lambda desk: desk.paper.hand_overs.begin(company_id=company, person_id=person))

    @Slot()
    def _on_earlier(self) -> None:
        """Show another sheet of the carrier, to print it again."""
        number = None if self.side is None else self.side.earlier.currentData()
        if number is not None and self.dialog is not None:
            self._at_desk(
                lambda desk: desk.paper.hand_overs.sheet(number),
                owner=self.dialog,
                done=self._on_sheet,
                failed=self._on_unread,
                key="paper.sheet",
            )

    @Slot()
    def _on_fill(self) -> None:
        if self.side is not None and self.side.sheet is not None:
            known = self.side.sheet.summary
            company, person = known.company_id, known.person_id
            allow = self._allowed(self.side)

            def work(desk: "Desk") -> HandOverSheet:
                return desk.paper.hand_overs.collect(company_id=company, person_id=person, allow=allow).sheet

            self._write(work)

    def _allowed(self, side: HandOverSide) -> "Allow":
        from warehouse_desk.services.paper.hand_over_sheets import Allow

        return Allow(*side.allow)

    @Slot()
    def _on_close_sheet(self) -> None:
        if self.side is not None and self.side.sheet is not None:
            number = self.side.sheet.summary.id
            self.side.close_sheet.setEnabled(False)
            allow = self._allowed(self.side)
            self._write(lambda desk: desk.paper.hand_overs.close(number, allow=allow))

    def _write(self, work: "Callable[[Desk], HandOverSheet]") -> None:
        if self.dialog is not None:
            self._at_desk(work, owner=self.dialog, done=self._on_sheet, failed=self._on_unread, lane=Lane.WRITE)

    def _on_sheet(self, sheet: HandOverSheet) -> None:
        if self.side is not None:
            number = sheet.summary.id
            self.side.show_sheet(sheet)
            self._title = tr("Pickup sheet {number}", number=number)
            self._read(lambda desk: desk.paper.hand_overs.pdf(number))
            self._read_list(sheet.summary)

    def _read_list(self, summary: HandOverSummary) -> None:
        carrier = Carrier(summary.company_id, summary.person_id)
        if self.dialog is not None and self.side is not None:
            self._at_desk(
                lambda desk: desk.paper.hand_overs.newest(limit=_OFFERED, carrier=carrier),
                owner=self.dialog,
                done=self.side.offer,
                key="paper.sheets",
            )

    @Slot()
    def _on_closed(self) -> None:
        self.side = self._carrier = None
        super()._on_closed()
