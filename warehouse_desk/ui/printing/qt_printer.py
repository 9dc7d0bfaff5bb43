"""Print through the system's own driver: each page as a picture in the printer's dots, one dot for one dot."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPoint, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from warehouse_desk.documents.raster import Picture
    from warehouse_desk.documents.stock import Size

_LARGEST_DPI = 600
"""Beyond this a page of A4 is more than 35 MB of dots and no bar becomes sharper."""


class PrintingFailed(DeskError):
    """The driver did not take the pages."""


def system_printers() -> list[str]:
    """Return the printers of the system, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name.lower()))


def picture_image(picture: "Picture") -> QImage:
    """Return a page's picture as Qt's, with bytes of its own."""
    image = QImage(picture.dots, picture.width, picture.height, picture.stride, QImage.Format.Format_Grayscale8)
    return image.copy()


def print_pages(printer: QPrinter, pdf: bytes, *, cancelled: Callable[[], bool] = lambda: False) -> int:
    """Print a PDF at 100 % on a printer and return its pages; for a worker thread.

    The page is the PDF's own, without margins, and the picture has the resolution of the printer: nothing is scaled.

    Raises:
        PrintingFailed: the driver took no page.
    """
    from warehouse_desk.documents.raster import page_picture, page_sizes

    sizes = page_sizes(pdf)
    dpi = min(printer.resolution(), _LARGEST_DPI)
    printer.setResolution(dpi)
    printer.setFullPage(True)
    _set_paper(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintingFailed(
            msg("The printer {name} accepted no page. Check that it is on, or save a file.", name=printer.printerName())
        )
    done = 0
    try:
        for number in range(len(sizes)):
            if cancelled():
                break
            if number and not printer.newPage():
                raise PrintingFailed(
                    msg("The printer {name} stopped. Pages printed: {count}.", name=printer.printerName(), count=done)
                )
            image = picture_image(page_picture(pdf, number, dpi))
            painter.drawImage(_place(printer, image), image)
            done += 1
    finally:
        painter.end()
    return done


def _set_paper(printer: QPrinter, size: "Size") -> None:
    portrait = QSizeF(min(size.width, size.height), max(size.width, size.height))
    turned = size.width > size.height
    orientation = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    page = QPageSize(portrait, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(page, orientation, QMarginsF(), QPageLayout.Unit.Millimeter, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def _place(printer: QPrinter, image: QImage) -> QRect:
    """Return where the picture lies: its own size in dots, from the corner of the paper."""
    corner = printer.pageLayout().paintRectPixels(printer.resolution()).topLeft()
    return QRect(QPoint(-corner.x(), -corner.y()), image.size())
