"""Bulk update from a file: each entry gives an order a status, or changes its details, never both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError, InvalidInput, NotFound
from warehouse_desk.domain.fields import FieldReader, raise_faults, unread_fields
from warehouse_desk.domain.orders.details import DETAIL_FIELDS, read_details, unread_of_details
from warehouse_desk.domain.orders.drafts import orders_of
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome
from warehouse_desk.services.orders.edit import Editing
from warehouse_desk.services.orders.status_requests import (
    MAX_REFERENCE,
    STATUS_FIELDS,
    StatusRequest,
    read_status_request,
)
from warehouse_desk.services.orders.status_run import StatusRun
from warehouse_desk.services.orders.status_update import StatusUpdates


@dataclass(frozen=True, slots=True)
class _Details:
    reference: str
    body: Mapping[str, object]
    path: str


class FileUpdates(Editing, StatusUpdates):
    """Statuses and details of many orders, as a file holds them."""

    def update_entries(self, body: object) -> BulkResult:
        """Update orders by the entries of ``{"orders": [...]}``, of a bare list, or by one entry alone.

        An entry is ``{"reference", "status", ...}`` as in the API's bulk update, or ``{"reference", ...}``
        with the fields of its PATCH. All entries are read before any is done; then each order is judged alone.

        Raises:
            InvalidInput: a fault in any entry, an entry with both a status and details among them; nothing is changed.
            DatabaseUnavailable: the database cannot be reached or written, and nothing was done.
        """
        if isinstance(body, Mapping) and "orders" not in body:
            body = [body]
        faults: dict[str, Message] = {}
        entries = [_read(item, path, faults) for path, item in orders_of(body, faults)]
        raise_faults(faults)
        read = [entry for entry in entries if entry is not None]
        run = StatusRun(self.context, self.act)
        for places in run.rounds(read):
            now = {place: read[place] for place in places}
            run.fulfil({place: entry for place, entry in now.items() if isinstance(entry, StatusRequest)})
            for place, entry in now.items():
                if isinstance(entry, _Details):
                    self._change(run, place, entry)
        return replace(run.result(), notices=_unread(read, orders_of(body, {})))

    def _change(self, run: StatusRun, place: int, entry: _Details) -> None:
        """Change the details of one order."""
        error = run.lost()
        if error is not None:
            run.fail({place: entry.reference}, error)
            return
        try:
            run.answer(place, self.update(entry.reference, entry.body, path=entry.path))
        except DatabaseUnavailable as unavailable:
            run.fail({place: entry.reference}, unavailable)
        except NotFound as absent:
            run.answer(place, ActionResult(entry.reference, Outcome.UNKNOWN, None, None, absent.message))
        except DeskError as refusal:
            run.answer(place, ActionResult(entry.reference, Outcome.REFUSED, None, None, refusal.message))


def _unread(
    read: Sequence[StatusRequest | _Details], items: Sequence[tuple[str, Mapping[str, object]]]
) -> tuple[Message, ...]:
    """Name what nobody reads in entries that were read."""
    pairs = list(zip(read, items, strict=True))
    return (
        *unread_fields((item for entry, item in pairs if isinstance(entry, StatusRequest)), STATUS_FIELDS),
        *unread_of_details([item for entry, item in pairs if isinstance(entry, _Details)], frozenset({"reference"})),
    )


def _read(item: Mapping[str, object], path: str, faults: dict[str, Message]) -> StatusRequest | _Details | None:
    details = sorted(set(item) & DETAIL_FIELDS)
    if "status" in item and details:
        faults[path] = msg(
            "{path} has a status and details ({fields}). Write two entries: one for the status, one for the details.",
            path=path,
            fields=details,
        )
        return None
    if not details:
        return read_status_request(item, path, faults)
    reference = FieldReader(item, path, faults).text("reference", MAX_REFERENCE)
    try:
        read_details(item, path)
    except InvalidInput as invalid:
        faults.update(invalid.fields)
    return _Details(reference, item, path)
