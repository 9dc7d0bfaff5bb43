"""Where paper comes out of this computer: queues, the system's drivers, files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.printing.memory import Destination, Way

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.paper.labels import LabelWish


def printers(queues: Sequence[str]) -> list[Destination]:
    """Return this computer's printers: Qt's own only where no queue takes the PDF itself."""
    from warehouse_desk.ui.printing.qt_printer import system_printers

    found = [Destination(Way.QUEUE, name) for name in queues]
    return found or [Destination(Way.SYSTEM, name) for name in system_printers()]


def bring_pdf(desk: "Desk", pdf: bytes, to: Destination, title: str) -> None:
    """Print or save a PDF; for a worker thread.

    Raises:
        DeskError: the printer or the disk did not take it.
    """
    match to.way:
        case Way.QUEUE:
            desk.paper.printers.print_on_queue(to.name, pdf, title)
        case Way.SYSTEM:
            _print(to.name, pdf, title)
        case _:
            write_file(Path(to.name), pdf)


def bring_test_page(desk: "Desk", wish: "LabelWish", to: Destination) -> None:
    """Print or save the rulers of a stock; for a worker thread.

    Raises:
        DeskError: the printer or the disk did not take them.
    """
    if to.way is Way.ZEBRA or (to.way is Way.FILE and to.name.lower().endswith(".zpl")):
        zpl = desk.paper.ruler_pages.zpl(wish.stock, nudge=wish.nudge, dpi=wish.dpi)
        if to.way is Way.ZEBRA:
            desk.paper.printers.send_label(to.name, zpl)
        else:
            write_file(Path(to.name), zpl)
        return
    bring_pdf(desk, desk.paper.ruler_pages.pdf(wish.stock, nudge=wish.nudge, dpi=wish.dpi), to, tr("Test page"))


def write_file(path: Path, content: bytes) -> None:
    """Write a file.

    Raises:
        DeskError: the disk did not take it.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DeskError(
            msg("{file} cannot be written: {reason}. Choose another file.", file=str(path), reason=error.strerror or "")
        ) from error


def _print(name: str, pdf: bytes, title: str) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from warehouse_desk.ui.printing.qt_printer import print_pages

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName(title)
    print_pages(printer, pdf)
