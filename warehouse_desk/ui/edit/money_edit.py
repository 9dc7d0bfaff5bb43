"""A field for an amount of money, written as people write it: with a comma or a point."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from warehouse_desk.common.text import western_digits
from warehouse_desk.domain.money import CENTIMES, amount_on_wire, centimes, money_text

_LENGTH = 20
_BLANKS = str.maketrans("", "", " \u00a0\u202f\u200e\u200f")
_DIRHAM = ("MAD", "DHS", "DH", "درهم")
"""As people write it behind an amount."""


class MoneyEdit(QLineEdit):
    """Amounts in dirhams, right-aligned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LENGTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText(money_text(0))

    def set_amount(self, amount: int) -> None:
        """Show an amount given in centimes."""
        self.setText(f"{amount // CENTIMES},{amount % CENTIMES:02d}")

    def amount(self) -> int | None:
        """Return the amount in centimes, None where the text is none."""
        written = western_digits(self.text()).upper().translate(_BLANKS)
        for name in _DIRHAM:
            written = written.removesuffix(name)
        return centimes(written.replace(",", "."))

    def on_wire(self) -> int | float | str:
        """Return the amount as the API writes it; a text that is none goes along as it is, to be named."""
        amount = self.amount()
        return self.text().strip() if amount is None else amount_on_wire(amount)
