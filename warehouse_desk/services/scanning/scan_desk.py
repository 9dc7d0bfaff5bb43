"""What the scanner's screens ask for, as a part of the desk."""

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO, Self

from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.domain.people.users import Approval
from warehouse_desk.domain.results import ActionResult
from warehouse_desk.domain.scanning.scans import HandOverCount, PastScan, Resolved, Verification
from warehouse_desk.services.context import Context
from warehouse_desk.services.people import badges
from warehouse_desk.services.scanning import codes, hand_over_mode, history, verification
from warehouse_desk.services.scanning.queue import QueueEvents, ScanQueue


class ScanDesk:
    """One method for each thing; sheets of barcodes load the PDF library only when one is asked for."""

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

    def by_badge(self, code: str) -> Self:
        """Return the desk of the worker whose badge was scanned here; see :func:`badges.sign_in_by_badge`."""
        caller = badges.sign_in_by_badge(self.context.database, self.caller.station_name, code, self.caller.source)
        return type(self)(replace(self.context, caller=caller))

    def at_station(self, word: str) -> Self:
        """Return this worker's desk at the station whose sign was scanned; see :func:`card_sheets.caller_at`."""
        from warehouse_desk.services.people import card_sheets

        return type(self)(replace(self.context, caller=card_sheets.caller_at(self.context, word)))

    def approve(self, badge: str, pin: str) -> Approval:
        """See :func:`badges.approve`."""
        return badges.approve(self.context, badge, pin)

    def set_pin(self, user: str, pin: str) -> None:
        """See :func:`badges.set_pin`."""
        badges.set_pin(self.context, user, pin)

    def issue_badge(self, user: str) -> str:
        """See :func:`badges.issue_badge`."""
        return badges.issue_badge(self.context, user)

    def revoke_badge(self, badge_id: int) -> None:
        """See :func:`badges.revoke_badge`."""
        badges.revoke_badge(self.context, badge_id)

    def command_sheet(self, to: BinaryIO) -> int:
        """See :func:`card_sheets.command_sheet`."""
        from warehouse_desk.services.people import card_sheets

        return card_sheets.command_sheet(to)

    def badge_sheet(self, users_named: Sequence[str], to: BinaryIO) -> int:
        """See :func:`card_sheets.badge_sheet`."""
        from warehouse_desk.services.people import card_sheets

        return card_sheets.badge_sheet(self.context, users_named, to)

    def station_sheet(self, to: BinaryIO) -> int:
        """See :func:`card_sheets.station_sheet`."""
        from warehouse_desk.services.people import card_sheets

        return card_sheets.station_sheet(self.context, to)
