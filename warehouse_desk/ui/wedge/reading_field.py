"""A text field that wants to be scanned into: in a dialog too, a reading is put into it and goes nowhere else."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from warehouse_desk.wedge.results import Scan

_SEPARATOR = ", "


class ReadingField(QLineEdit):
    """Takes what is scanned while it has the keyboard, decoded as everywhere whatever the keyboard's layout."""

    read = Signal(object)
    """A ``Scan``; the field holds its text already when others hear of it."""

    def __init__(self, parent: QWidget | None = None, *, several: bool = False) -> None:
        """Hold one code, or ``several`` behind each other."""
        super().__init__(parent)
        self._several = several
        self.read.connect(self._take)

    @Slot(object)
    def _take(self, scan: Scan) -> None:
        codes = self.codes() if self._several else []
        if scan.text not in codes:
            self.setText(_SEPARATOR.join([*codes, scan.text]))

    def codes(self) -> list[str]:
        """Return the codes in the field."""
        if not self._several:
            return [self.text().strip()] if self.text().strip() else []
        return [code.strip() for code in self.text().replace(";", ",").split(",") if code.strip()]
