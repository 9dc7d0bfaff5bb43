"""The products: found by a few letters, with what lies of each, and everything that can be done with one."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.goods.product_sheet import ProductSheet
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.ui.goods.goods_dialog_controller import GoodsDialogController
from warehouse_desk.ui.goods.movements import MovementsDialog
from warehouse_desk.ui.goods.product_form_controller import ProductFormController
from warehouse_desk.ui.goods.product_import_controller import ProductImportController
from warehouse_desk.ui.goods.product_model import COLUMNS, ProductModel, ProductSearch
from warehouse_desk.ui.goods.product_side import ProductSide
from warehouse_desk.ui.goods.tables import RowsView, framed
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named, text_label
from warehouse_desk.ui.widgets.notice import Notice
from warehouse_desk.ui.workplace import Workplace

_TYPING_MS = 200
_SIDE = 320


class ProductsTab(QWidget):
    """Search above, table and chosen product side by side."""

    labels_requested = Signal(object)
    """The SKUs whose barcode labels are to be printed."""

    def __init__(self, workplace: Workplace, dialogs: GoodsDialogController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._dialogs = dialogs
        self.model = ProductModel(workplace, self)
        self.view = RowsView(self.model, COLUMNS, tr("Products"))
        self.side = ProductSide()
        self.side.setFixedWidth(_SIDE)
        self.forms = ProductFormController(workplace, dialogs)
        self.importing = ProductImportController(workplace, dialogs)
        self.search = QLineEdit(placeholderText=tr("SKU, name or barcode"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Find a product"))
        self.which = QComboBox()
        for words, active in ((tr("Active", "filter"), True), (tr("Inactive", "filter"), False), (tr("All"), None)):
            self.which.addItem(words, active)
        self.which.setAccessibleName(tr("Which products"))
        self.add = named(QPushButton(tr("Add product…")), "primary")
        self.bring = QPushButton(tr("Import…"))
        self.count = text_label("", "muted")
        self.notice = Notice()
        self.stack = QStackedWidget()
        self._chosen: int | None = None
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out()
        self._connect()
        self.retint()
        self._show_allowed()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        for part in (self.which, self.count, self.bring, self.add):
            head.addWidget(part)
        table = QWidget()
        row = QHBoxLayout(table)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(framed(self.view), 1)
        row.addWidget(self.side)
        self.stack.addWidget(table)
        self.stack.addWidget(self.notice)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(self.stack, 1)
        box.addWidget(self.side.bar)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.which.currentIndexChanged.connect(self._find)
        self._typing.timeout.connect(self._find)
        self.model.search_finished.connect(self._on_found)
        self.model.failed.connect(self._on_failed)
        self.model.rows_read.connect(self._on_rows_read)
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.view.opened.connect(lambda: self._on_asked("edit"))
        self.side.action_requested.connect(self._on_asked)
        self.side.barcode_removed.connect(self._on_barcode_removed)
        self.add.clicked.connect(self.forms.add)
        self.bring.clicked.connect(self.importing.choose_file)
        self.notice.acted.connect(self._on_notice)
        self._workplace.station.changed.connect(self._show_allowed)

    def retint(self) -> None:
        """Draw the icons anew for another scheme."""
        self.add.setIcon(icon("plus", tokens().accent_text))
        self.bring.setIcon(icon("import"))
        self.side.retint()

    @Slot()
    def _show_allowed(self) -> None:
        """Enable what the worker may do."""
        why_not = self._workplace.station.why_not(Ability.MANAGE_CATALOGUE)
        for button in (self.add, self.bring):
            button.setEnabled(not why_not)
            button.setToolTip(why_not)
        self.side.set_allowed(why_not, self._workplace.station.why_not(Ability.MANAGE_STOCK))

    def refresh(self) -> None:
        """Read anew what is shown."""
        self._find()
        self._read_sheet()

    @Slot()
    def _on_typed(self) -> None:
        self._typing.start()

    @Slot()
    def _find(self) -> None:
        self._typing.stop()
        self.model.find(ProductSearch(self.search.text(), self.which.currentData()))

    @Slot(int, int)
    def _on_found(self, count: int, total: int) -> None:
        self.count.setText(str(nmsg("{n} product", "{n} products", count)))
        if count:
            self.stack.setCurrentIndex(0)
            row = None if self._chosen is None else self.model.row_of(self._chosen)
            if row is not None and row != self.view.currentIndex().row():
                self.view.selectRow(row)
            elif row is None:
                self.view.selectRow(0)
            return
        self._chosen = None
        self.side.show_nothing()
        self._show_empty(total)
        self.stack.setCurrentIndex(1)

    def _show_empty(self, total: int) -> None:
        may_add = not self._workplace.station.why_not(Ability.MANAGE_CATALOGUE)
        if total:
            button = tr("Show all products") if self.model.search != ProductSearch("", None) else ""
            text = tr("Try a part of its SKU, its name or its barcode, or look among the inactive ones.")
            self.notice.show_text("search", tr("No product found"), text, button)
        elif may_add:
            text = tr(
                "Add the first one here, or import a list (.xlsx or .csv with the columns sku and "
                "name, and barcodes and stock if you like). To try the program first, start it with "
                "--demo."
            )
            self.notice.show_text("goods", tr("No products yet"), text, tr("Add product…"))
        else:
            self.notice.show_text("goods", tr("No products yet"), tr("Ask a supervisor to add the products."), "")

    @Slot()
    def _on_notice(self) -> None:
        if self.notice.button_text == tr("Add product…"):
            self.forms.add()
        else:
            self.search.clear()
            self.which.setCurrentIndex(self.which.findData(None))
            self._find()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.count.clear()
        self.notice.show_text("verdict-refused", tr("The products cannot be read now"), sentence, tr("Try again"))
        self.stack.setCurrentIndex(1)

    @Slot()
    def _on_row(self) -> None:
        row = self.view.currentIndex().row()
        if row < 0:
            return
        self._chosen = self.model.ids[row]
        self._read_sheet()

    @Slot()
    def _on_rows_read(self) -> None:
        if self.view.currentIndex().row() < 0 and self.model.ids:
            self.view.selectRow(0)

    def _read_sheet(self) -> None:
        number = self._chosen
        if number is not None:
            self._workplace.at_desk(
                lambda desk: desk.goods.sheet(number),
                owner=self,
                done=self._on_sheet,
                failed=self._on_no_sheet,
                key="goods.sheet",
            )

    def _on_sheet(self, sheet: ProductSheet) -> None:
        if sheet.product.id == self._chosen:
            self.side.show_sheet(sheet)

    def _on_no_sheet(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.side.show_nothing()

    @Slot(str)
    def _on_asked(self, what: str) -> None:
        sheet = self.side.sheet
        if sheet is None:
            return
        if what == "labels":
            self.labels_requested.emit((sheet.product.sku,))
        elif what == "movements":
            self._dialogs.open(MovementsDialog(self._workplace, sheet.product.sku))
        elif self.side.buttons[what].isEnabled():
            {
                "receive": self.forms.receive,
                "adjust": self.forms.adjust,
                "edit": self.forms.edit,
                "active": self.forms.set_active,
                "barcode": self.forms.add_barcode,
            }[what](sheet)

    @Slot(str)
    def _on_barcode_removed(self, code: str) -> None:
        if self.side.sheet is not None:
            self.forms.remove_barcode(self.side.sheet, code)

    def choose(self, product_id: int) -> None:
        """Select a product once it is found: it has just been added."""
        self._chosen = product_id
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
