"""What the scanner's screens ask for, as a part of the desk."""

from dataclasses import replace

from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.domain.results import ActionResult
from warehouse_desk.domain.scanning.scans import HandOverCount, PastScan, Resolved, Verification
from warehouse_desk.services.context import Context
from warehouse_desk.services.scanning import codes, hand_over_mode, history, verification
from warehouse_desk.services.scanning.queue import QueueEvents, ScanQueue


class ScanDesk:
    """One method for each thing."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def caller(self) -> Caller:
        """Who works here."""
        return self.context.caller

    def scan_queue(self, events: QueueEvents) -> ScanQueue:
        """Return a queue that answers this worker's readings; see :class:`scan_queue.ScanQueue`."""
        return ScanQueue(replace(self.context, caller=replace(self.caller, source=Source.SCANNER)), events)

    def resolve(self, code: str) -> Resolved:
        """See :func:`resolving.resolve`."""
        return codes.resolve(self.context, code)

    def undo_scan(self, scan_id: str) -> ActionResult:
        """See :func:`scan_history.undo_scan`."""
        return history.undo_scan(self.context, scan_id)

    def last_scans(self, limit: int = 50) -> list[PastScan]:
        """See :func:`scan_history.last_scans`."""
        return history.last_scans(self.context, limit)

    def scan_exceptions(self) -> list[PastScan]:
        """See :func:`scan_history.exceptions_of_today`."""
        return history.exceptions_of_today(self.context)

    def verification(self) -> Verification | None:
        """See :func:`verification.state_of`."""
        return verification.state_of(self.context)

    def set_aside(self) -> Verification | None:
        """See :func:`verification.set_aside`."""
        return verification.set_aside(self.context)

    def hand_over_count(self, company_id: int | None, person_id: int | None) -> HandOverCount:
        """See :func:`handing_over.count`."""
        return hand_over_mode.count(self.context, company_id, person_id)
