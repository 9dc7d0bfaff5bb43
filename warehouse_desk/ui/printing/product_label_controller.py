"""Barcode labels of products: which, and how many of each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFormLayout, QSpinBox, QVBoxLayout, QWidget

from warehouse_desk.common.messages import listed, tr
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.ui.printing.paper_controller import PaperController
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

_MOST = 1_000
_ON_A_SHEET = 24


class ProductLabelSide(QWidget):
    """Stands beside the preview."""

    def __init__(self, skus: Sequence[str]) -> None:
        super().__init__()
        self.skus = tuple(skus)
        self.copies = QSpinBox(minimum=1, maximum=_MOST, value=_ON_A_SHEET)
        self.copies.setKeyboardTracking(False)
        about = tr("A4 sheets of {count} labels, to cut or peel: name, SKU and barcode.", count=_ON_A_SHEET)
        form = QFormLayout()
        form.addRow(tr("&Labels of each"), self.copies)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(text_label(listed(self.skus), "big", wrap=True))
        box.addWidget(text_label(about, "muted", wrap=True))
        box.addLayout(form)
        box.addStretch(1)


class ProductLabelController(PaperController):
    """Draws the sheets anew for another number of copies."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.side: ProductLabelSide | None = None

    @Slot(object)
    def show(self, skus: Sequence[str]) -> None:
        """Open the barcode labels of some products."""
        self._begin(lambda _desk: tuple(skus), self._show_labels)

    def _show_labels(self, skus: tuple[str, ...]) -> None:
        self.side = ProductLabelSide(skus)
        self._open(tr("Product labels"), self.side)
        self.side.copies.valueChanged.connect(self._on_copies)
        self.side.copies.setFocus()
        self.side.copies.selectAll()
        self._on_copies()

    @Slot()
    def _on_copies(self) -> None:
        if self.side is not None:
            skus, copies = self.side.skus, self.side.copies.value()
            self._read(lambda desk: _drawn(desk, skus, copies))

    @Slot()
    def _on_closed(self) -> None:
        self.side = None
        super()._on_closed()


def _drawn(desk: "Desk", skus: Sequence[str], copies: int) -> bytes:
    """Return the sheets; for a worker thread.

    Raises:
        DeskError: a label cannot be printed; the sentence says why.
    """
    paper = desk.paper.product_labels.make(skus, copies=copies)
    if paper.left_out:
        raise WrongUsage(paper.left_out[0])
    return paper.pdf
