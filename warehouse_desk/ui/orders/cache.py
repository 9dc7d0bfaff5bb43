"""Which pages of a long list are at hand: at most twenty, the least used leaves first."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.ui.orders.columns import ShownRow, shown_rows

MAX_PAGES = 20


class PageCache:
    """Pages of rows by number, and where each order stands among them."""

    def __init__(self, step: int) -> None:
        self.step = step
        self._pages: OrderedDict[int, list[ShownRow]] = OrderedDict()
        self._places: dict[int, int] = {}
        self._doubted: set[int] = set()

    def put(self, page: int, rows: Sequence[ShownRow]) -> None:
        """Keep a page; the one unused for longest makes room."""
        self._drop(page)
        self._pages[page] = list(rows[: self.step])
        for offset, row in enumerate(self._pages[page]):
            self._places[row.order.id] = page * self.step + offset
        while len(self._pages) > MAX_PAGES:
            self._drop(next(iter(self._pages)))

    def _drop(self, page: int) -> None:
        self._doubted.discard(page)
        for offset, row in enumerate(self._pages.pop(page, [])):
            if self._places.get(row.order.id) == page * self.step + offset:
                del self._places[row.order.id]

    def row(self, index: int) -> ShownRow | None:
        """Return a row, or None where it is not at hand."""
        page = self._pages.get(index // self.step)
        offset = index % self.step
        return page[offset] if page is not None and offset < len(page) else None

    def has_page(self, page: int) -> bool:
        """Tell whether a page is at hand and in no doubt, and note its use."""
        if page not in self._pages:
            return False
        self._pages.move_to_end(page)
        return page not in self._doubted

    def doubt(self) -> None:
        """Ask for every page again when it is looked at; until then its rows are shown as they were."""
        self._doubted = set(self._pages)

    def place_of(self, order_id: int) -> int | None:
        """Return the row in which an order stands, or None where it is not at hand."""
        return self._places.get(order_id)

    def known(self, ids: Iterable[int]) -> list[int]:
        """Return those of some orders that are at hand."""
        return [number for number in ids if number in self._places]

    def replace(self, order: OrderRow) -> int | None:
        """Show an order as it is now; return its row, or None where it is not at hand."""
        place = self._places.get(order.id)
        if place is not None:
            self._pages[place // self.step][place % self.step] = shown_rows([order])[0]
        return place
