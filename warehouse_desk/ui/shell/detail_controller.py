"""When the details stand beside the list: while there is something to show, unless somebody closed them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSplitter

from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.detail.pane import DetailPane
from warehouse_desk.ui.workplace import Workplace

_WANTED = "window/details-wanted"
_LEAST = 270
_SHARE = 5


class DetailController(Controller):
    """Gives the room of the details to the list as long as no order is chosen."""

    def __init__(self, workplace: Workplace, detail: DetailPane, columns: QSplitter) -> None:
        super().__init__(workplace)
        self._detail = detail
        self._columns = columns
        self.is_open = bool(self._settings.value(_WANTED, 1, int))
        self._away = False
        self._selected = 0
        detail.closed.connect(self.toggle)
        self.sync()

    def note_selected(self, count: int) -> None:
        """Take note of how many orders are selected."""
        self._selected = count
        self.sync()

    def set_away(self, *, away: bool) -> None:
        """Hide the details as long as something else than orders is looked at."""
        self._away = away
        self.sync()

    @Slot()
    def sync(self) -> None:
        """Show the details if there is something to show."""
        something = self._selected > 0 or self._detail.order_id is not None
        self._show(shown=self.is_open and something and not self._away)

    @Slot()
    def toggle(self) -> None:
        """Close the details until they are asked for again, or show them at once."""
        self.is_open = self._detail.isHidden()
        self._settings.setValue(_WANTED, int(self.is_open))
        self._show(shown=self.is_open)

    def open(self) -> None:
        """Show the details of what was just asked for, also after they were closed."""
        self.is_open = True
        self._show(shown=not self._away)

    def _show(self, *, shown: bool) -> None:
        if shown is not self._detail.isHidden():
            return
        self._detail.setVisible(shown)
        sizes = self._columns.sizes()
        if shown and 0 < sizes[-1] < _LEAST:
            side = max(_LEAST, sum(sizes) // _SHARE)
            self._columns.setSizes([sizes[0], sum(sizes) - sizes[0] - side, side])
