"""Barcode labels of products: which, and how many of each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QSpinBox, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.ui.widgets.make import text_label

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
        box.addWidget(text_label(", ".join(self.skus), "big", wrap=True))
        box.addWidget(text_label(about, "muted", wrap=True))
        box.addLayout(form)
        box.addStretch(1)


def product_pdf(desk: "Desk", skus: Sequence[str], copies: int) -> bytes:
    """Return the sheets; for a worker thread.

    Raises:
        DeskError: a label cannot be printed; the sentence says why.
    """
    paper = desk.paper.product_labels.make(skus, copies=copies)
    if paper.left_out:
        raise WrongUsage(paper.left_out[0])
    return paper.pdf
