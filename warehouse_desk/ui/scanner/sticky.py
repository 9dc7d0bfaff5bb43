"""The sticky facts of the scanner, always in sight: date, warehouse, company or person, reason, and how to count."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.orders.step_options import MAX_REASON, StepOptions
from warehouse_desk.domain.orders.transitions import Need
from warehouse_desk.domain.scanning.modes import SCAN_MODES, Choice, ScanMode
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.widgets.day_edit import DayEdit
from warehouse_desk.ui.workplace import Workplace

_WAREHOUSE_KEY, _RECEIVER_KEY, _CHECK_KEY = "last/scan-warehouse", "last/scan-receiver", "last/scan-check"


def today() -> date:
    """Return the day at the station."""
    return local_day(now_utc())


@dataclass(frozen=True, slots=True)
class StickyFacts:
    """What goes with every reading."""

    options: StepOptions
    whole_lines: bool
    write_off: bool


class _Named(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def active(self) -> bool: ...


_REASONS = (
    msg("The customer canceled"),
    msg("The customer does not answer"),
    msg("Wrong address"),
    msg("Ordered twice"),
)


class StickyBar(QWidget):
    """Only what the mode needs is shown; a wrong sticky value is the costliest mistake, so each stands in words."""

    changed = Signal()

    warehouse: QComboBox
    receiver: QComboBox
    reason: QComboBox
    counting: QComboBox
    decision: QComboBox

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = workplace.settings
        self._own_day: date | None = None
        """A day chosen by hand; without one it is always today, past midnight too."""
        self.date = DayEdit()
        self.date.setAccessibleName(tr("Date of the scans"))
        self.date.dateChanged.connect(self._on_date)
        self.warehouse = _choice(_leaving_warehouse(), tr("Warehouse…"))
        self._is_spare = False
        """Whether the mode takes the warehouse only where it must: then none need be chosen."""
        self.receiver = _choice(tr("Who takes the parcels"), tr("Company or person…"))
        self.reason = _choice(tr("Reason"), "")
        self.reason.setEditable(True)
        self.reason.addItems([str(reason) for reason in _REASONS])
        self.reason.setCurrentIndex(-1)
        self.reason.editTextChanged.connect(self._mark_missing)
        line = self.reason.lineEdit()
        if line is not None:
            line.setMaxLength(MAX_REASON)
            line.setPlaceholderText(tr("Reason…"))
        self.counting = _choice(tr("How pieces are scanned"), "")
        self.counting.addItem(tr("Count every piece"), False)
        self.counting.addItem(tr("One scan per line"), True)
        self.counting.setCurrentIndex(1 if self._settings.value(_CHECK_KEY, 0, int) else 0)
        self.decision = _choice(tr("What to do with the goods"), "")
        self.decision.addItem(tr("Restock"), False)
        self.decision.addItem(tr("Write off"), True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in self.parts():
            row.addWidget(part, 1)
        for box in (self.warehouse, self.receiver, self.counting, self.decision):
            box.activated.connect(self._on_chosen)
        self._show_today()
        workplace.station.opened.connect(self._offer)
        workplace.station.renewed.connect(self._offer)

    @Slot(object)
    def _offer(self, station: Station) -> None:
        """Offer the warehouses, companies and persons that the station knows."""
        _fill(self.warehouse, ((w.name, w.id) for w in station.own_warehouses))
        receivers = [(name, ("company", number)) for name, number in _active(station.companies)]
        receivers += [(name, ("person", number)) for name, number in _active(station.persons)]
        _fill(self.receiver, receivers)
        _choose(self.warehouse, self._settings.value(_WAREHOUSE_KEY, -1, int))
        self.receiver.setCurrentIndex(self.receiver.findText(str(self._settings.value(_RECEIVER_KEY, ""))))
        if self.receiver.count() == 1:
            self.receiver.setCurrentIndex(0)
        self._mark_missing()

    def show_for(self, mode: ScanMode) -> None:
        """Show what a mode needs."""
        asked = self._parts_for(mode)
        for part in self.parts():
            part.setVisible(part in asked)
        self._is_spare = Need.WAREHOUSE not in mode.needs
        self.warehouse.setAccessibleName(_spare_warehouse() if self._is_spare else _leaving_warehouse())
        self.warehouse.setToolTip(_spare_warehouse() if self._is_spare else "")
        self._mark_missing()

    def _parts_for(self, mode: ScanMode) -> set[QWidget]:
        """Return what a mode needs or leaves to be chosen."""
        return {_PART_OF[what](self) for what in _needs_and_choices(mode)}

    def facts(self, mode: ScanMode) -> StickyFacts:
        """Return what goes with a reading now."""
        if self._own_day is None:
            self._show_today()
        company, person = self.taker() if Need.COMPANY in mode.needs else (None, None)
        options = StepOptions(
            # A day chosen for another mode is not in sight here, and must not count.
            date=(self._own_day if Need.DATE in mode.needs else None) or today(),
            warehouse_id=self.warehouse.currentData() if self.warehouse in self._parts_for(mode) else None,
            reason=self.reason.currentText() if Need.REASON in mode.needs else "",
            company_id=company,
            person_id=person,
        )
        whole_lines = Choice.WHOLE_LINES in mode.choices and bool(self.counting.currentData())
        write_off = Choice.WRITE_OFF in mode.choices and bool(self.decision.currentData())
        return StickyFacts(options, whole_lines, write_off)

    def missing(self, mode: ScanMode) -> Message | None:
        """Say what must be chosen before a mode can begin, and go there."""
        for need, part, sentence in (
            (Need.WAREHOUSE, self.warehouse, msg("Choose the warehouse first, then scan again.")),
            (Need.COMPANY, self.receiver, msg("Choose who takes the parcels first, then scan again.")),
        ):
            if need in mode.needs and part.currentIndex() < 0:
                part.setFocus()
                return sentence
        if Need.REASON in mode.needs and not self.reason.currentText().strip():
            self.reason.setFocus()
            return msg("Enter the reason first, then scan again.")
        return None

    def taker(self) -> tuple[int | None, int | None]:
        """Return the company or the person who takes the parcels."""
        data = self.receiver.currentData()
        if data is None:
            return None, None
        kind, number = data
        return (int(number), None) if kind == "company" else (None, int(number))

    def _show_today(self) -> None:
        self.date.show_day(today())

    @Slot(QDate)
    def _on_date(self, chosen: QDate) -> None:
        day = date(chosen.year(), chosen.month(), chosen.day())
        self._own_day = None if day == today() else day
        _frame(self.date, wrong=self._own_day is not None)
        self.date.setToolTip(tr("Scans will carry this date, not today's.") if self._own_day else "")

    @Slot()
    def _mark_missing(self) -> None:
        """Frame what must still be chosen, before a scan is refused for it."""
        _frame(self.warehouse, wrong=self.warehouse.currentIndex() < 0 and not self._is_spare)
        _frame(self.receiver, wrong=self.receiver.currentIndex() < 0)
        _frame(self.reason, wrong=not self.reason.currentText().strip())

    def parts(self) -> tuple[QWidget, ...]:
        """Return everything that can be chosen."""
        return self.date, self.warehouse, self.receiver, self.reason, self.counting, self.decision

    @Slot()
    def _on_chosen(self) -> None:
        self._mark_missing()
        self._settings.setValue(_WAREHOUSE_KEY, self.warehouse.currentData())
        self._settings.setValue(_RECEIVER_KEY, self.receiver.currentText())
        self._settings.setValue(_CHECK_KEY, self.counting.currentIndex())
        self.changed.emit()


_PART_OF: Mapping[Need | Choice, Callable[[StickyBar], QWidget]] = {
    Need.DATE: lambda bar: bar.date,
    Need.WAREHOUSE: lambda bar: bar.warehouse,
    Need.COMPANY: lambda bar: bar.receiver,
    Need.PERSON: lambda bar: bar.receiver,
    Need.REASON: lambda bar: bar.reason,
    Choice.WHOLE_LINES: lambda bar: bar.counting,
    Choice.WRITE_OFF: lambda bar: bar.decision,
    Choice.SPARE_WAREHOUSE: lambda bar: bar.warehouse,
}
"""Where what a mode needs or leaves to be chosen is set."""


def _needs_and_choices(mode: ScanMode) -> tuple[Need | Choice, ...]:
    return *mode.needs, *mode.choices


if _not_set := {what for mode in SCAN_MODES.values() for what in _needs_and_choices(mode)} - _PART_OF.keys():
    raise RuntimeError(f"scan modes need what cannot be set at the scanner: {', '.join(sorted(_not_set))}")


def _leaving_warehouse() -> str:
    return tr("Warehouse that the parcels leave")


def _spare_warehouse() -> str:
    return tr("Warehouse for returned goods whose own warehouse is inactive")


def _frame(part: QWidget, *, wrong: bool) -> None:
    """Frame a part in the colour of errors, or no longer."""
    if part.property("wrong") != wrong:
        part.setProperty("wrong", wrong)
        part.style().unpolish(part)
        part.style().polish(part)


def _choice(name: str, placeholder: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setPlaceholderText(placeholder)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _active(entries: Iterable[_Named]) -> list[tuple[str, int]]:
    return [(entry.name, entry.id) for entry in entries if entry.active]


def _fill(box: QComboBox, entries: Iterable[tuple[str, object]]) -> None:
    box.clear()
    for name, data in entries:
        box.addItem(name, data)


def _choose(box: QComboBox, value: object) -> None:
    last = box.findData(value)
    box.setCurrentIndex(last if last >= 0 else (0 if box.count() == 1 else -1))
