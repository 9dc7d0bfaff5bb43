"""Everything on paper that a worker can ask for, as window and command line call it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

from warehouse_desk.documents.stock import Nudge, Stock, shipped_stocks
from warehouse_desk.domain.paper.printing import HandOverSheet, HandOverSummary, LabelPrint, LabelRun
from warehouse_desk.services.context import Context
from warehouse_desk.services.paper import hand_over_sheets, label_runs, spool
from warehouse_desk.services.paper import slips as paper
from warehouse_desk.services.paper.card_sheets import CardSheets
from warehouse_desk.services.paper.hand_over_sheets import Collected
from warehouse_desk.services.paper.labels import LabelsMade, LabelWish, Progress, generate_labels, preview_labels
from warehouse_desk.services.paper.slips import Paper


def _unheard(_done: int, _total: int) -> None:
    return None


def _never() -> bool:
    return False


class PrintDesk:
    """One method for each thing on paper; each is safe in any thread."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def cards(self) -> CardSheets:
        """Sheets of barcodes that work the program."""
        return CardSheets(self.context)

    def stocks(self) -> list[Stock]:
        """Return the label stocks, in the order of their names' keys."""
        return [shipped_stocks()[key] for key in sorted(shipped_stocks())]

    def labels(
        self,
        keys: Sequence[int | str],
        wish: LabelWish,
        *,
        progress: Progress = _unheard,
        cancelled: Callable[[], bool] = _never,
    ) -> LabelsMade:
        """See :func:`labels.generate_labels`."""
        return generate_labels(self.context, keys, wish, progress=progress, cancelled=cancelled)

    def preview(self, keys: Sequence[int | str], wish: LabelWish) -> bytes | None:
        """See :func:`labels.preview_labels`."""
        return preview_labels(self.context, keys, wish)

    def runs(self, *, limit: int = 50, key: int | str | None = None) -> list[LabelRun]:
        """See :func:`label_runs.label_runs`."""
        return label_runs.label_runs(self.context, limit=limit, key=key)

    def run_pdf(self, run_id: int) -> bytes:
        """See :func:`label_runs.label_pdf`."""
        return label_runs.label_pdf(self.context, run_id)

    def look_at_run(self, run_id: int) -> bytes:
        """See :func:`label_runs.look_at_run`."""
        return label_runs.look_at_run(self.context, run_id)

    def run_zpl(self, run_id: int, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
        """Return the labels of a run as one ZPL file; see :func:`label_runs.label_zpl_of`."""
        return b"".join(label_runs.label_zpl_of(self.context, run_id, nudge=nudge, dpi=dpi))

    def prints(self, key: int | str) -> list[LabelPrint]:
        """See :func:`label_runs.label_prints`."""
        return label_runs.label_prints(self.context, key)

    def queues(self) -> list[str]:
        """See :func:`spool.queues`."""
        return spool.queues()

    def print_on_queue(self, queue: str, pdf: bytes, title: str, *, copies: int = 1) -> str:
        """See :func:`spool.print_on_queue`."""
        return spool.print_on_queue(queue, pdf, title, copies=copies)

    def send_to_zebra(
        self,
        run_id: int,
        address: str,
        *,
        nudge: Nudge | None = None,
        first: int = 1,
        sent: Callable[[int], None] = lambda _count: None,
        cancelled: Callable[[], bool] = _never,
    ) -> int:
        """See :func:`spool.send_to_zebra`."""
        return spool.send_to_zebra(
            self.context, run_id, address, nudge=nudge, first=first, sent=sent, cancelled=cancelled
        )

    def slips(self, keys: Sequence[int | str], *, cancelled: Callable[[], bool] = _never) -> Paper:
        """See :func:`paper.packing_slips`."""
        return paper.packing_slips(self.context, keys, cancelled=cancelled)

    def product_labels(self, skus: Sequence[str], *, copies: int = 1) -> Paper:
        """See :func:`paper.product_labels`."""
        return paper.product_labels(self.context, skus, copies=copies)

    def ruler_page(self, stock: str, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
        """See :func:`paper.ruler_page`."""
        return paper.ruler_page(self.context, stock, nudge=nudge, dpi=dpi)

    def ruler_label(self, stock: str, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
        """See :func:`paper.ruler_label`."""
        return paper.ruler_label(self.context, stock, nudge=nudge, dpi=dpi)

    def send_label(self, address: str, zpl: bytes) -> None:
        """See :func:`spool.send_label`."""
        spool.send_label(address, zpl)

    def collect(
        self,
        *,
        company_id: int | None = None,
        person_id: int | None = None,
        day: date | None = None,
        keys: Sequence[int | str] = (),
    ) -> Collected:
        """See :func:`hand_overs.collect`."""
        return hand_over_sheets.collect(self.context, company_id=company_id, person_id=person_id, day=day, keys=keys)

    def begin_hand_over(self, *, company_id: int | None = None, person_id: int | None = None) -> HandOverSheet:
        """See :func:`hand_overs.begin`."""
        return hand_over_sheets.begin(self.context, company_id=company_id, person_id=person_id)

    def take_out(self, number: int, keys: Sequence[int | str]) -> HandOverSheet:
        """See :func:`hand_overs.take_out`."""
        return hand_over_sheets.take_out(self.context, number, keys)

    def close_hand_over(self, number: int) -> HandOverSheet:
        """See :func:`hand_overs.close`."""
        return hand_over_sheets.close(self.context, number)

    def hand_overs(self, *, limit: int = 50) -> list[HandOverSummary]:
        """See :func:`hand_overs.hand_overs`."""
        return hand_over_sheets.hand_overs(self.context, limit=limit)

    def hand_over_sheet(self, number: int) -> HandOverSheet:
        """See :func:`hand_overs.hand_over_sheet`."""
        return hand_over_sheets.hand_over_sheet(self.context, number)

    def hand_over_pdf(self, number: int) -> bytes:
        """See :func:`hand_overs.hand_over_pdf`."""
        return hand_over_sheets.hand_over_pdf(self.context, number)
