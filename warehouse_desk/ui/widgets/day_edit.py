"""The day of a step: today or earlier, as the rules want it."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QDateEdit, QWidget

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.ui.bidi import use_day_first


class DayEdit(QDateEdit):
    """A field for a day that is not after today, past midnight too; ``since``: nor before that day."""

    def __init__(self, day: date | None = None, since: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        use_day_first(self)
        today = local_day(now_utc())
        self.setMaximumDate(_qt(today))
        if since is not None and since <= today:
            self.setMinimumDate(_qt(since))
        self.setDate(_qt(day or today))

    def day(self) -> date:
        """Return the day chosen."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def show_day(self, day: date) -> None:
        """Show a day as if nobody had chosen it."""
        self.blockSignals(True)
        self.allow_today()
        self.setDate(_qt(day))
        self.blockSignals(False)

    def allow_today(self) -> None:
        """Offer the day that has begun meanwhile."""
        today = _qt(local_day(now_utc()))
        if self.maximumDate() != today:
            self.setMaximumDate(today)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """Know the present day before somebody types."""
        self.allow_today()
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """Know the present day before the calendar opens."""
        self.allow_today()
        super().mousePressEvent(event)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
