"""Bulk update from a file: each entry gives an order a status, or changes its details, never both."""

from collections.abc import Mapping
from dataclasses import dataclass

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError, InvalidInput, NotFound
from warehouse_desk.domain.orders.drafts import FieldReader, orders_of, raise_faults, read_details
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome, unknown
from warehouse_desk.services.orders.edit import Editing
from warehouse_desk.services.orders.status_update import StatusUpdates, StatusWish, read_wish

_MAX_REFERENCE = 64
_STATUS_FIELDS = frozenset({"reference", "status", "action_date"})


@dataclass(frozen=True, slots=True)
class _Details:
    reference: str
    body: Mapping[str, object]
    path: str


class FileUpdates(Editing, StatusUpdates):
    """Statuses and details of many orders, as a file holds them."""

    def update_entries(self, body: object) -> BulkResult:
        """Update orders by the entries of ``{"orders": [...]}``, of a bare list, or by one entry alone.

        An entry is ``{"reference", "status", "action_date"}`` as in the API's bulk update, or ``{"reference", ...}``
        with the fields of its PATCH. All entries are read before any is done; then each order is judged alone.

        Raises:
            InvalidInput: a fault in any entry, an entry with both a status and details among them; nothing is changed.
            DatabaseUnavailable: the database cannot be reached or written.
        """
        if isinstance(body, Mapping) and "orders" not in body:
            body = [body]
        faults: dict[str, Message] = {}
        wishes = [_read(item, path, faults) for path, item in orders_of(body, faults)]
        raise_faults(faults)
        results: list[ActionResult] = []
        touched: set[int] = set()
        for wish in wishes:
            if isinstance(wish, StatusWish):
                result, changes = self._fulfil(wish)
                touched |= changes.order_ids
            elif wish is not None:
                result = self._change(wish)
                if result.outcome is Outcome.DONE and result.order_id is not None:
                    touched.add(result.order_id)
            else:
                raise AssertionError("an entry without faults was read")
            results.append(result)
        return BulkResult(tuple(results), ChangeSet(frozenset(touched), products=bool(touched)))

    def _change(self, wish: _Details) -> ActionResult:
        try:
            return self.update(wish.reference, wish.body, path=wish.path)
        except DatabaseUnavailable:
            raise
        except NotFound:
            return unknown(wish.reference)
        except DeskError as refusal:
            return ActionResult(wish.reference, Outcome.REFUSED, None, None, refusal.message)


def _read(item: Mapping[str, object], path: str, faults: dict[str, Message]) -> StatusWish | _Details | None:
    details = sorted(set(item) - _STATUS_FIELDS)
    if "status" in item and details:
        faults[path] = msg(
            "{path} holds a status and details ({fields}). Write two entries: one for the status, one for the details.",
            path=path,
            fields=details,
        )
        return None
    if not details:
        return read_wish(item, path, faults)
    reference = FieldReader(item, path, faults).text("reference", _MAX_REFERENCE)
    try:
        read_details(item, path)
    except InvalidInput as invalid:
        faults.update(invalid.fields)
    return _Details(reference, item, path)
