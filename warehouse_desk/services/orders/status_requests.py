"""Read the entries of a bulk update: an order, the status it shall have, and what the step there needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.fields import MAX_ID, FieldReader, raise_faults
from warehouse_desk.domain.orders.drafts import orders_of
from warehouse_desk.domain.orders.status_field import read_status
from warehouse_desk.domain.orders.step_options import MAX_REASON
from warehouse_desk.domain.status import Status, status_name

MAX_REFERENCE = 64


_BELONGS: Mapping[str, Status] = {
    "warehouseId": Status.SHIPPED,
    "delivery_boy_id": Status.SHIPPED,
    "shippent_company_id": Status.WAITING,
    "from_stock": Status.WAITING,
}
"""Fields that only the step to one status asks for, spelled as the API spells them."""

STATUS_FIELDS = frozenset({"reference", "status", "action_date", "description", *_BELONGS})
"""Everything that an entry for a status may hold."""


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """One entry of the bulk update; what was not given is None."""

    reference: str
    status: Status
    day: date | None = None
    description: str | None = None
    warehouse_id: int | None = None
    company_id: int | None = None
    from_stock: bool | None = None
    person_id: int | None = None


def read_status_requests(body: object) -> list[StatusRequest]:
    """Read the body of a bulk update.

    Raises:
        InvalidInput: any fault in any entry.
    """
    faults: dict[str, Message] = {}
    requests = [read_status_request(item, path, faults) for path, item in orders_of(body, faults)]
    raise_faults(faults)
    return [request for request in requests if request is not None]


def read_status_request(item: Mapping[str, object], path: str, faults: dict[str, Message]) -> StatusRequest | None:
    """Read one entry of a bulk update; None where its status is none, which is then among the faults."""
    read = FieldReader(item, path, faults)
    reference = read.text("reference", MAX_REFERENCE)
    status = read_status(read)
    day = read.day("action_date")
    if status is None:
        return None
    given = {name for name in _BELONGS if item.get(name) is not None}
    for name in sorted(given):
        if _BELONGS[name] is not status:
            read.fault(name, _out_of_place(read, name))
    return StatusRequest(
        reference,
        status,
        day,
        read.optional_text("description", MAX_REASON),
        warehouse_id=read.whole("warehouseId", MAX_ID) if "warehouseId" in given else None,
        company_id=read.whole("shippent_company_id", MAX_ID) if "shippent_company_id" in given else None,
        from_stock=read.flag("from_stock") if "from_stock" in given else None,
        person_id=read.whole("delivery_boy_id", MAX_ID) if "delivery_boy_id" in given else None,
    )


def _out_of_place(read: FieldReader, name: str) -> Message:
    return msg(
        "{path} is only used with the status {status}. Remove it.",
        path=read.at(name),
        status=status_name(_BELONGS[name]),
    )
