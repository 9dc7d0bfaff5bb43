"""Packing slips of the orders that are chosen, or of a whole list."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.ui.printing.order_rows import rows_to_print
from warehouse_desk.ui.printing.paper_controller import PaperController
from warehouse_desk.ui.widgets.make import text_label

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.paper.paper_file import PaperFile


class SlipController(PaperController):
    """Draws them before they are shown."""

    def show(self, ids: Sequence[int], listed: OrderFilter | None = None) -> None:
        """Open the packing slips of some orders, or of a whole list."""
        numbers = tuple(ids)

        def read(desk: "Desk") -> "PaperFile":
            from warehouse_desk.services.paper.slips import MAX_SLIPS

            rows = islice(rows_to_print(desk, (), listed), MAX_SLIPS + 1) if listed is not None else ()
            return desk.paper.slips.make(numbers or [row.id for row in rows])

        self._begin(read, self._show_slips)

    def _show_slips(self, paper: "PaperFile") -> None:
        count = str(nmsg("{n} packing slip", "{n} packing slips", paper.count))
        told = text_label("\n".join([count, *map(str, paper.left_out)]), wrap=True)
        told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._open(tr("Packing slips"), told)
        self._show(paper.pdf)
