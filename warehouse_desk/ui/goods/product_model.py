"""The products found, by their ids; only the rows that are looked at are read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal, Slot

from warehouse_desk.common.formats import count_text
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.directories.entries import Product
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.goods.tables import Index, TableColumn, cell_data, heading_data
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

PAGE = 100
"""Rows read in one go."""
MISS_MS = 30
"""How long scrolling must rest before rows are read (ms)."""
MISSING = "…"


def figure(number: int) -> str:
    """Return a number of pieces for a table."""
    return in_order(count_text(number))


def _named(product: Product) -> str:
    return product.name if product.active else f"{product.name} — {tr('inactive')}"


COLUMNS: tuple[TableColumn[Product], ...] = (
    TableColumn(msg("SKU"), lambda product: in_order(product.sku), 124),
    TableColumn(msg("Name"), _named, 160, grows=True),
    TableColumn(msg("In stock"), lambda product: figure(product.on_hand), 78, number=True),
    TableColumn(msg("Reserved"), lambda product: figure(product.committed), 78, number=True),
    TableColumn(msg("Available"), lambda product: figure(product.available), 86, number=True),
    TableColumn(msg("In inspection"), lambda product: figure(product.inspection), 96, number=True),
)


@dataclass(frozen=True, slots=True)
class ProductSearch:
    """Which products are looked for."""

    text: str = ""
    active: bool | None = True


@dataclass(frozen=True, slots=True)
class _Matches:
    search: ProductSearch
    ids: tuple[int, ...]
    total: int
    """All products of the database, found or not."""


class ProductModel(QAbstractTableModel):
    """Rows by number; one that is not at hand shows an ellipsis and is read shortly after."""

    search_finished = Signal(int, int)
    """How many products were found, of how many."""
    failed = Signal(str)
    rows_read = Signal()

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.search = ProductSearch()
        self.ids: tuple[int, ...] = ()
        self._places: dict[int, int] = {}
        self._known: dict[int, Product] = {}
        self._fresh: set[int] = set()
        self._requested: set[int] = set()
        self._timer = QTimer(self, singleShot=True, interval=MISS_MS)
        self._timer.timeout.connect(self._ask)
        self._missing: set[int] = set()

    def find(self, search: ProductSearch) -> None:
        """Look for products; the old ones stay on the screen until the answer is there."""
        self.search = search

        def work(desk: "Desk") -> _Matches:
            ids = desk.goods.product_ids(search.text, active=search.active)
            return _Matches(search, ids, len(ids) or len(desk.goods.product_ids()))

        self._workplace.at_desk(work, owner=self, done=self._on_found, failed=self._on_failed, key="goods.find")

    def _on_found(self, answer: _Matches) -> None:
        self._fresh.clear()
        self._requested.clear()
        if answer.ids == self.ids:
            if self.ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(COLUMNS) - 1))
        else:
            self.beginResetModel()
            self.ids = answer.ids
            self._places = {number: row for row, number in enumerate(self.ids)}
            self.endResetModel()
        self.search_finished.emit(len(self.ids), answer.total)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._requested.clear()
        self.failed.emit(str(error))

    def product_at(self, row: int) -> Product | None:
        """Return the product of a row, or None where it is not at hand."""
        return self._known.get(self.ids[row]) if 0 <= row < len(self.ids) else None

    def row_of(self, product_id: int) -> int | None:
        """Return the row of a product, or None where it was not found."""
        return self._places.get(product_id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own signature
        """Return how many products were found."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return what a cell shows."""
        page = index.row() // PAGE
        if page not in self._fresh and page not in self._requested:
            self._missing.add(page)
            self._timer.start()
        product = self._known.get(self.ids[index.row()])
        if product is None:
            return MISSING if role == Qt.ItemDataRole.DisplayRole else None
        return cell_data(COLUMNS[index.column()], product, role, faded=not product.active)

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a column's heading."""
        return heading_data(COLUMNS[section], role) if orientation is Qt.Orientation.Horizontal else None

    @Slot()
    def _ask(self) -> None:
        pages, self._missing = self._missing, set()
        for page in sorted(pages)[-3:]:  # those scrolled past are not read
            search = self.ids[page * PAGE : (page + 1) * PAGE]
            if search and self._read(search):
                self._requested.add(page)

    def _read(self, ids: tuple[int, ...]) -> bool:
        return self._workplace.at_desk(
            lambda desk: (ids, desk.goods.product_rows(ids)),
            owner=self,
            done=self._on_rows,
            failed=self._on_failed,
        )

    def _on_rows(self, answer: tuple[tuple[int, ...], list[Product]]) -> None:
        ids, products = answer
        self._known |= {product.id: product for product in products}
        first = self._places.get(ids[0])
        if first is None or self.ids[first : first + len(ids)] != ids:
            return
        self._fresh.add(first // PAGE)
        self._requested.discard(first // PAGE)
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(ids) - 1, len(COLUMNS) - 1))
        self.rows_read.emit()
