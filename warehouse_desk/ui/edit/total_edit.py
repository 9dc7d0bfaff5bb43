"""The amount to collect: it follows the products and keeps what it is more or less than they are."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.details import total_after
from warehouse_desk.ui.edit.lines import LinesEditor
from warehouse_desk.ui.edit.money_edit import MoneyEdit
from warehouse_desk.ui.edit.wording import beyond_words
from warehouse_desk.ui.widgets.make import text_label


class TotalEdit(QWidget):
    """Shows before it is saved what will be collected; typed by hand, it is what was typed."""

    def __init__(self, lines: LinesEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._beyond = 0
        """Fees, or less than nothing for a discount (centimes)."""
        self.amount = MoneyEdit()
        self.amount.setFixedWidth(150)
        self._beyond_text = text_label(role="muted")
        self.setFocusProxy(self.amount)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.amount)
        row.addWidget(self._beyond_text, 1)
        lines.changed.connect(self._follow)
        self.amount.textEdited.connect(self._on_typed)

    @property
    def beyond(self) -> int:
        """What is collected beyond the products, in centimes."""
        return self._beyond

    def keep_beyond(self, beyond: int) -> None:
        """Take over what is collected beyond the products."""
        self._beyond = beyond
        self._follow()

    def on_wire(self) -> int | float | str:
        """Return the amount as the API writes it; a text that is none as it is, to be named."""
        return self.amount.on_wire()

    @Slot()
    def _follow(self) -> None:
        products = self._lines.total()
        self.amount.set_amount(total_after(self._beyond, 0, products) if products else 0)
        self._say()

    @Slot()
    def _on_typed(self) -> None:
        typed, products = self.amount.amount(), self._lines.total()
        # Typed before any product has a price, it is no fee: the products will make it up.
        if typed is not None and products:
            self._beyond = typed - products
        self._say()

    def _say(self) -> None:
        typed, products = self.amount.amount(), self._lines.total()
        beyond = 0 if typed is None or not products else typed - products
        self._beyond_text.setText(tr("Fees or discount: {amount}", amount=beyond_words(beyond)) if beyond else "")
