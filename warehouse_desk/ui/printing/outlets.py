"""Where paper comes out of this computer: queues, the system's drivers, files."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.files import cannot_write
from warehouse_desk.printers.errors import no_queue
from warehouse_desk.ui.printing.memory import Destination, Way

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.paper.labels import LabelSettings


def printers(queues: Sequence[str]) -> list[Destination]:
    """Return this computer's printers: Qt's own only where no queue takes the PDF itself."""
    from warehouse_desk.ui.printing.qt_printer import system_printers

    found = [Destination(Way.QUEUE, name) for name in queues]
    return found or [Destination(Way.SYSTEM, name) for name in system_printers()]


def check_outlet(desk: "Desk", to: Destination) -> None:
    """Refuse a printer or a file that would take nothing now: asked before orders move for it; for a worker thread.

    Raises:
        DeskError: there is no such printer, it takes nothing, or the file cannot be written.
    """
    match to.way:
        case Way.QUEUE:
            desk.paper.printers.check_queue(to.name)
        case Way.ZEBRA:
            desk.paper.printers.check_zebra(to.name)
        case Way.SYSTEM:
            check_system_printer(to.name)
        case Way.FILE:
            check_file(Path(to.name))


def check_system_printer(name: str) -> None:
    """Refuse a printer that the system does not know any more.

    Raises:
        DeskError: there is none of that name.
    """
    from warehouse_desk.ui.printing.qt_printer import system_printers

    if name not in system_printers():
        raise no_queue(name)


def check_file(path: Path) -> None:
    """Refuse a file that cannot be written.

    Raises:
        DeskError: its folder is not there or may not be written.
    """
    folder = path.absolute().parent
    if path.is_dir() or not folder.is_dir():
        reason = msg("there is no such folder") if not folder.is_dir() else msg("it is a folder")
        raise _not_written(path, reason)
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise _not_written(path, msg("it is read-only"))


def _not_written(path: Path, reason: Message) -> DeskError:
    return DeskError(cannot_write(str(path), reason))


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


def bring_test_page(desk: "Desk", settings: "LabelSettings", to: Destination) -> None:
    """Print or save the rulers of a stock; for a worker thread.

    Raises:
        DeskError: the printer or the disk did not take them.
    """
    if to.way is Way.ZEBRA or (to.way is Way.FILE and to.name.lower().endswith(".zpl")):
        zpl = desk.paper.ruler_pages.zpl(settings.stock, nudge=settings.nudge, dpi=settings.dpi)
        if to.way is Way.ZEBRA:
            desk.paper.printers.send_label(to.name, zpl)
        else:
            write_file(Path(to.name), zpl)
        return
    bring_pdf(
        desk, desk.paper.ruler_pages.pdf(settings.stock, nudge=settings.nudge, dpi=settings.dpi), to, tr("Test page")
    )


def write_file(path: Path, content: bytes) -> None:
    """Write a file.

    Raises:
        DeskError: the disk did not take it.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _not_written(path, system_reason(error)) from error


def _print(name: str, pdf: bytes, title: str) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from warehouse_desk.ui.printing.qt_printer import print_pages

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName(title)
    print_pages(printer, pdf)
