"""Read the fields by which an order's details are changed (the API's PATCH of an order)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.fields import MAX_AMOUNT, FieldReader, raise_faults, unread_fields
from warehouse_desk.domain.money import CENTIMES, money_text, unit_price
from warehouse_desk.domain.orders.drafts import (
    MAX_ADDRESS,
    MAX_AREA,
    MAX_LINES,
    MAX_NAME,
    MAX_NOTES,
    MAX_PHONE,
    LineDraft,
)

MAX_ID = 2**53
DETAIL_FIELDS = frozenset(
    {"full_name", "phone", "second_phone", "city_to_id", "area_text", "address", "notes", "products"}
)
DETAIL_LINE_FIELDS = frozenset({"id", "quantity", "total"})
"""Everything that an update of details, and a product of it, may hold."""


@dataclass(frozen=True, slots=True)
class DetailsDraft:
    """The fields of the API's PATCH of an order. Absent optional fields are left as they are."""

    full_name: str
    phone: str
    city_to_id: int
    address: str
    lines: tuple[LineDraft, ...]
    optional: Mapping[str, str | None]
    """``second_phone``, ``area`` (wire: ``area_text``) and ``notes``, where given."""


def read_details(body: Mapping[str, object], path: str = "") -> DetailsDraft:
    """Read the fields of an update of an order's details.

    Raises:
        InvalidInput: any fault in any field.
    """
    faults: dict[str, Message] = {}
    read = FieldReader(body, path, faults)
    optional: dict[str, str | None] = {}
    for wire, name, limit in (
        ("second_phone", "second_phone", MAX_PHONE),
        ("area_text", "area", MAX_AREA),
        ("notes", "notes", MAX_NOTES),
    ):
        if wire in body:
            optional[name] = read.optional_text(wire, limit)
    draft = DetailsDraft(
        full_name=read.text("full_name", MAX_NAME),
        phone=read.text("phone", MAX_PHONE),
        city_to_id=read.whole("city_to_id", MAX_ID),
        address=read.text("address", MAX_ADDRESS),
        lines=tuple(_changed_line(item, at, faults) for at, item in read.objects("products", MAX_LINES)),
        optional=optional,
    )
    raise_faults(faults)
    return draft


def _changed_line(body: Mapping[str, object], path: str, faults: dict[str, Message]) -> LineDraft:
    read = FieldReader(body, path, faults)
    quantity = read.whole("quantity", MAX_AMOUNT)
    total = read.money("total", maximum=MAX_AMOUNT * MAX_AMOUNT)
    price = unit_price(total, quantity) if quantity else 0
    if total and quantity and not CENTIMES <= price <= MAX_AMOUNT * CENTIMES:
        read.fault(
            "total",
            msg(
                "{path} makes a unit price of {price}: it must be from 1 to {maximum} MAD. Correct total or quantity.",
                path=read.at("total"),
                price=money_text(price),
                maximum=MAX_AMOUNT,
            ),
        )
    return LineDraft(path, quantity, price, total, product_id=read.whole("id", MAX_ID))


def unread_of_details(
    bodies: Sequence[tuple[str, Mapping[str, object]]], more: frozenset[str] = frozenset()
) -> tuple[Message, ...]:
    """Name what nobody reads in updates of details without faults; ``more``: fields that are read besides."""
    lines = [pair for path, body in bodies for pair in FieldReader(body, path, {}).objects("products", MAX_LINES)]
    return (*unread_fields(bodies, DETAIL_FIELDS | more), *unread_fields(lines, DETAIL_LINE_FIELDS))
