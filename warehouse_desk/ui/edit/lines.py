"""The products of an order: which, how many, for how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import Message, tr
from warehouse_desk.domain.directories.entries import Product
from warehouse_desk.domain.fields import MAX_AMOUNT
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.drafts import MAX_LINES
from warehouse_desk.domain.orders.merging import LineValue
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.edit.choosing import SuggestingBox
from warehouse_desk.ui.edit.money_edit import MoneyEdit
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.widgets.field import Field
from warehouse_desk.ui.widgets.make import named


@dataclass(frozen=True, slots=True)
class LineValues:
    """What a row of the editor holds. Money in centimes."""

    product_id: int | None
    sku: str
    quantity: int
    amount: int
    amount_on_wire: int | float | str
    label: str
    """The product as it is shown."""


class _LineRow(QWidget):
    """One product."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, products: Sequence[Product], amount_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.product = SuggestingBox(
            [(f"{product.sku} — {product.name}", (product.sku, product.name)) for product in products]
        )
        for place, product in enumerate(products):
            self.product.setItemData(place, (product.id, product.sku))
        self.product.setAccessibleName(tr("Product"))
        self.product.setMinimumContentsLength(18)
        self.quantity = QSpinBox(minimum=1, maximum=MAX_AMOUNT)
        self.quantity.setAccessibleName(tr("Quantity"))
        self.amount = MoneyEdit()
        self.quantity.setFixedWidth(84)
        self.amount.setAccessibleName(amount_name)
        self.amount.setFixedWidth(130)
        remove = named(QToolButton(), "flat")
        remove.setIcon(icon("close"))
        remove.setToolTip(tr("Remove this product"))
        remove.setAccessibleName(tr("Remove this product"))
        remove.clicked.connect(self._on_remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.product, 1)
        row.addWidget(self.quantity)
        row.addWidget(self.amount)
        row.addWidget(remove)
        self.product.currentIndexChanged.connect(self.changed)
        self.quantity.valueChanged.connect(self.changed)
        self.amount.textChanged.connect(self.changed)

    def fill(self, product_id: int, label: str, quantity: int, amount: int) -> None:
        """Show a line of an order; a product no longer in the table by its label."""
        row = next((r for r in range(self.product.count()) if self.product.itemData(r)[0] == product_id), -1)
        if row < 0:
            self.product.addItem(label, (product_id, label))
            row = self.product.count() - 1
        self.product.setCurrentIndex(row)
        self.quantity.setValue(quantity)
        self.amount.set_amount(amount)

    def values(self) -> LineValues:
        """Return what stands in the row."""
        text = self.product.currentText().strip()
        row = self.product.findText(text)
        number, sku = self.product.itemData(row) if row >= 0 else (None, text)
        amount, on_wire = self.amount.amount() or 0, self.amount.on_wire()
        return LineValues(number, str(sku), self.quantity.value(), amount, on_wire, text)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)


class LinesEditor(QWidget):
    """One to ten products. With ``by_price`` the amounts are unit prices, else line totals."""

    changed = Signal()

    def __init__(self, products: Sequence[Product], *, by_price: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._products = [product for product in products if product.active]
        self._by_price = by_price
        self._fields: list[Field] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(6)
        self._sum = named(QLabel(), "muted")
        self._add = QPushButton(icon("plus"), tr("Add a product"))
        self._add.clicked.connect(self.add_line)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        foot.addWidget(self._sum)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._box)
        box.addLayout(foot)

    def show_lines(self, lines: Sequence[LineValue]) -> None:
        """Show the lines of an order in place of those that stand here."""
        for field in self._fields:
            self._drop(field)
        self._fields.clear()
        for line in lines:
            self.add_line().fill(line.product_id, line.label, line.quantity, line.total)

    @Slot()
    def add_line(self) -> _LineRow:
        """Add an empty row and return it."""
        name = tr("Unit price") if self._by_price else tr("Line total")
        row = _LineRow(self._products, name)
        field = Field(row)
        row.changed.connect(self._on_changed)
        row.removed.connect(self._on_removed)
        self._fields.append(field)
        self._box.addWidget(field)
        row.product.setFocus()
        self._on_changed()
        return row

    def lines(self) -> list[LineValues]:
        """Return all rows."""
        return [field.editor.values() for field in self._fields if isinstance(field.editor, _LineRow)]

    def total(self) -> int:
        """Return the sum of all lines, in centimes."""
        return sum(line.amount * (line.quantity if self._by_price else 1) for line in self.lines())

    def show_faults(self, faults: Mapping[str, Message], prefix: str) -> bool:
        """Show the faults of ``products.N.field`` beside their rows; tell whether there were any."""
        found = False
        for index, field in enumerate(self._fields):
            start = f"{prefix}products.{index}."
            said = [str(message) for path, message in faults.items() if path.startswith(start)]
            field.show_fault("\n".join(said))
            found = found or bool(said)
        return found

    @Slot(object)
    def _on_removed(self, row: _LineRow) -> None:
        for field in self._fields:
            if field.editor is row:
                self._fields.remove(field)
                self._drop(field)
                break
        self._on_changed()

    def _drop(self, field: Field) -> None:
        self._box.removeWidget(field)
        field.hide()
        field.deleteLater()

    @Slot()
    def _on_changed(self) -> None:
        self._add.setEnabled(len(self._fields) < MAX_LINES)
        self._sum.setText(tr("Total of products: {total}", total=in_order(money_text(self.total()))))
        self.changed.emit()
