"""The chosen product: where it lies, its barcodes, and everything that can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import msg, nmsg, tr
from warehouse_desk.domain.goods.product_sheet import Place, ProductSheet
from warehouse_desk.ui.bidi import in_order, leading_edge
from warehouse_desk.ui.goods.product_model import figure
from warehouse_desk.ui.goods.tables import RowsModel, RowsView, TableColumn
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.theme import ROW_HEIGHT, tokens
from warehouse_desk.ui.widgets.make import named, text_label

_PLACES: tuple[TableColumn[Place], ...] = (
    TableColumn(msg("Warehouse"), lambda place: in_order(place.code), 120, grows=True),
    TableColumn(msg("In stock"), lambda place: figure(place.on_hand), 84, number=True),
    TableColumn(msg("In inspection"), lambda place: figure(place.inspection), 104, number=True),
)
_CODE = Qt.ItemDataRole.UserRole


_OF_STOCK = frozenset({"receive", "adjust"})
"""Buttons that move goods; the others change the product."""


class ProductSide(QFrame):
    """A panel beside the table; it asks, the tab does."""

    action_requested = Signal(str)
    """What is wanted with the product: receive, adjust, movements, labels, edit, active, barcode."""
    barcode_removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.sheet: ProductSheet | None = None
        self._title = named(QLabel(), "big")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._title.setAlignment(leading_edge())
        self._name = text_label("", "muted", wrap=True)
        self._name.setAlignment(leading_edge())
        self._state = text_label("", "fault", wrap=True)
        self.places = RowsModel(_PLACES, parent=self)
        self._places_view = RowsView(self.places, _PLACES, tr("Where it is"))
        self._places_view.setSelectionMode(RowsView.SelectionMode.NoSelection)
        self._places_view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar = QWidget()
        """What can be done with the product, in a row: for below the table."""
        self.barcodes = named(QListWidget(), "plain")
        self.barcodes.setAccessibleName(tr("Barcodes"))
        self.buttons = {
            name: QPushButton(str(words), autoDefault=False)
            for name, words in (
                ("receive", msg("Receive…")),
                ("adjust", msg("Correct…")),
                ("movements", msg("Movements…")),
                ("labels", msg("Labels…")),
                ("edit", msg("Edit…")),
                ("active", msg("Deactivate")),
                ("barcode", msg("Add barcode…")),
                ("remove", msg("Remove")),
            )
        }
        named(self.buttons["receive"], "primary")
        self._body = QWidget()
        self._empty = text_label(tr("Choose a product to see where it is and to work with it."), "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.retint()
        for name, button in self.buttons.items():
            if name != "remove":
                button.clicked.connect(self._asker(name))
        self.buttons["remove"].clicked.connect(self._on_remove)
        self.barcodes.currentItemChanged.connect(self._on_barcode)
        self.show_nothing()

    def _asker(self, name: str) -> Callable[[], None]:
        return lambda: self.action_requested.emit(name)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for name in ("receive", "adjust", "movements", "labels", "edit"):
            row.addWidget(self.buttons[name])
        # At the trailing end messages pass over the buttons: what is used most stands at the other.
        row.addStretch(1)
        row.addWidget(self.buttons["active"])
        codes = QHBoxLayout()
        codes.setSpacing(6)
        codes.addWidget(self.buttons["barcode"])
        codes.addWidget(self.buttons["remove"])
        codes.addStretch(1)
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for part in (self._title, self._name, self._state):
            inside.addWidget(part)
        inside.addWidget(text_label(tr("Where it is"), "section"))
        inside.addWidget(self._places_view, 1)
        inside.addWidget(text_label(tr("Barcodes"), "section"))
        inside.addWidget(self.barcodes, 1)
        inside.addLayout(codes)
        self.barcodes.setMinimumHeight(2 * ROW_HEIGHT)
        self._places_view.setMinimumHeight(2 * ROW_HEIGHT)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.addWidget(self._empty, 1)
        box.addWidget(self._body, 1)

    def retint(self) -> None:
        """Draw the icons anew for another scheme."""
        for name, drawing in (("labels", "labels"), ("movements", "clock"), ("edit", "update")):
            self.buttons[name].setIcon(icon(drawing))
        self.buttons["receive"].setIcon(icon("plus", tokens().accent_text))

    def set_allowed(self, no_change: str, no_stock: str) -> None:
        """Enable what the worker may do; the sentences say why the product, or its stock, may not be changed."""
        for name, button in self.buttons.items():
            if name not in {"movements", "labels"}:
                why_not = no_stock if name in _OF_STOCK else no_change
                button.setEnabled(not why_not)
                button.setToolTip(why_not)
        self._on_barcode()

    def show_nothing(self) -> None:
        """Say that no product is chosen."""
        self.sheet = None
        self.bar.hide()
        self._body.hide()
        self._empty.show()

    def show_sheet(self, sheet: ProductSheet) -> None:
        """Show a product."""
        self.sheet, product = sheet, sheet.product
        self._title.setText(in_order(product.sku))
        self._name.setText(product.name)
        self._state.setText(tr("Inactive: it cannot be added to new orders."))
        self._state.setHidden(product.active)
        self.buttons["active"].setText(tr("Deactivate") if product.active else tr("Reactivate"))
        self.places.show_rows(sheet.places)
        self.barcodes.clear()
        for barcode in sheet.barcodes:
            pieces = nmsg("{n} piece", "{n} pieces", barcode.pieces)
            code = in_order(barcode.code)
            item = QListWidgetItem(code if barcode.pieces == 1 else f"{code} · {pieces}", self.barcodes)
            item.setData(_CODE, barcode.code)
        self._on_barcode()
        self._empty.hide()
        self._body.show()
        self.bar.show()

    @Slot()
    def _on_barcode(self) -> None:
        may = self.buttons["barcode"].isEnabled()
        self.buttons["remove"].setEnabled(may and self.barcodes.currentItem() is not None)

    @Slot()
    def _on_remove(self) -> None:
        item = self.barcodes.currentItem()
        if item is not None:
            self.barcode_removed.emit(str(item.data(_CODE)))
