"""Choose the first and the last day of creation."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QDialog, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.bidi import use_day_first
from warehouse_desk.ui.widgets.make import leave_or_go, named, text_label


class DaysDialog(QDialog):
    """Answers with two days, both included."""

    chosen = Signal(object, object)

    def __init__(self, first: date, last: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Created between two days"))
        self.setMinimumWidth(380)
        self.first, self.last = self._edit(first), self._edit(last)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        form.setVerticalSpacing(10)
        form.addRow(tr("&First day"), self.first)
        form.addRow(tr("&Last day"), self.last)
        self._fault = text_label("", "fault", wrap=True)
        self._fault.hide()
        self.go = named(QPushButton(tr("Show these days")), "primary")
        self.go.clicked.connect(self._on_go)
        foot = leave_or_go(self, tr("Close"), self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(named(QLabel(self.windowTitle()), "title"))
        box.addLayout(form)
        box.addWidget(self._fault)
        box.addLayout(foot)

    @staticmethod
    def _edit(day: date) -> QDateEdit:
        edit = QDateEdit(QDate(day.year, day.month, day.day))
        edit.setCalendarPopup(True)
        use_day_first(edit)
        return edit

    @Slot()
    def _on_go(self) -> None:
        first, last = _day(self.first.date()), _day(self.last.date())
        if first > last:
            self._fault.setText(tr("The first day is after the last. Swap the two days."))
            self._fault.show()
            self.first.setFocus()
            return
        self.chosen.emit(first, last)
        self.accept()


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
