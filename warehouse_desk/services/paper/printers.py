"""Give labels to the printer that is there: a queue of the computer, or a Zebra printer in the network."""

from collections.abc import Callable
from itertools import islice

from warehouse_desk.documents.raster import page_sizes
from warehouse_desk.documents.stock import Nudge, shipped_stocks
from warehouse_desk.documents.table import A4
from warehouse_desk.printers import cups
from warehouse_desk.printers.raw import RawAddress, check_raw, send_raw
from warehouse_desk.services.paper.label_runs import LabelRuns
from warehouse_desk.services.subject import Subject

_LARGEST_DOT = 0.2
"""Millimetres; a dot of the coarsest printer is 0.125."""


class Printers(Subject):
    """The printers of this computer and of the network."""

    @staticmethod
    def queues() -> list[str]:
        """Return the printers of this computer that take a PDF as it is, the default one first."""
        return cups.queues()

    @staticmethod
    def check_queue(queue: str) -> None:
        """Refuse a queue that would take no job now: asked before orders move for what it is to print.

        Raises:
            PrinterUnavailable: there is no such queue, or it takes no jobs.
        """
        cups.check_queue(queue)

    @staticmethod
    def check_zebra(address: str) -> None:
        """Refuse a ZPL printer that takes no connection now: asked before orders move for what it is to print.

        Raises:
            WrongUsage: the address is none.
            PrinterUnavailable: it cannot be reached.
        """
        check_raw(RawAddress.read(address))

    @staticmethod
    def print_on_queue(queue: str, pdf: bytes, title: str, *, copies: int = 1) -> str:
        """Give a PDF to a queue at 100 % on its own paper and return the job's name.

        Raises:
            PrinterUnavailable: the queue did not take it.
        """
        return cups.print_pdf(queue, pdf, title=title, paper=_paper_of(pdf), copies=copies)

    @staticmethod
    def send_label(address: str, zpl: bytes) -> None:
        """Send one label that belongs to no run, such as a test page, to a ZPL printer.

        Raises:
            WrongUsage: the address is none.
            PrinterUnavailable: it cannot be reached, or stopped.
        """
        send_raw(RawAddress.read(address), [zpl])

    def send_to_zebra(
        self,
        run_id: int,
        address: str,
        *,
        nudge: Nudge | None = None,
        first: int = 1,
        sent: Callable[[int], None] = lambda _count: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Send the labels of a run, from the ``first`` on, to a ZPL printer at ``host[:port]``; return how many went.

        Raises:
            NotAllowed: the role lacks ``generateLabels``.
            NotFound: there is no such run.
            WrongUsage: the address is none.
            PrinterUnavailable: it cannot be reached, or stopped.
        """
        to = RawAddress.read(address)
        labels = islice(LabelRuns(self.context).zpl_labels(run_id, nudge=nudge), max(0, first - 1), None)
        return send_raw(to, labels, sent=sent, cancelled=cancelled)


def _paper_of(pdf: bytes) -> tuple[float, float]:
    """Return the paper that a file is meant for, in millimetres: its pages are up to a dot smaller than that."""
    size = page_sizes(pdf)[0]
    for known in (A4, *(stock.page for stock in shipped_stocks().values())):
        if max(abs(known.width - size.width), abs(known.height - size.height)) < _LARGEST_DOT:
            return known.width, known.height
    return round(size.width, 1), round(size.height, 1)
