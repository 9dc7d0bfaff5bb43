"""Read the fields by which an order's details are changed: those of the API's PATCH of an order, and ours besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.fields import MAX_AMOUNT, MAX_ID, FieldReader, raise_faults, unread_fields
from warehouse_desk.domain.money import CENTIMES, money_words, unit_price
from warehouse_desk.domain.orders.drafts import (
    MAX_ADDRESS,
    MAX_AREA,
    MAX_EMAIL,
    MAX_LINES,
    MAX_NAME,
    MAX_NOTES,
    MAX_PHONE,
    LineDraft,
)

DETAIL_FIELDS = frozenset(
    {
        "full_name", "phone", "second_phone", "email", "city_to_id", "area_text", "address", "notes", "shipment_way",
        "is_fees_paid_by_customer", "total", "products",
    }
)  # fmt: skip
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
    optional: Mapping[str, str | int | bool | None]
    """The order's columns ``second_phone``, ``area`` (wire: ``area_text``), ``notes``, ``email``, ``shipment_way`` and
    ``is_fees_paid_by_customer``, where given."""
    total: int | None = None
    """The amount to collect in centimes; without it, it follows the lines."""


_TEXTS = (
    ("second_phone", "second_phone", MAX_PHONE),
    ("email", "email", MAX_EMAIL),
    ("area_text", "area", MAX_AREA),
    ("notes", "notes", MAX_NOTES),
)
"""Texts that may be left out: their names on the wire, their columns, their limits."""


def read_details(body: Mapping[str, object], path: str = "") -> DetailsDraft:
    """Read the fields of an update of an order's details.

    Raises:
        InvalidInput: any fault in any field.
    """
    faults: dict[str, Message] = {}
    read = FieldReader(body, path, faults)
    optional: dict[str, str | int | bool | None] = {}
    for wire, name, limit in _TEXTS:
        if wire in body:
            optional[name] = read.optional_text(wire, limit)
    if "shipment_way" in body:
        optional["shipment_way"] = read.optional_whole("shipment_way", MAX_AMOUNT, minimum=0)
    if body.get("is_fees_paid_by_customer") is not None:
        optional["is_fees_paid_by_customer"] = read.flag("is_fees_paid_by_customer")
    draft = DetailsDraft(
        full_name=read.text("full_name", MAX_NAME),
        phone=read.text("phone", MAX_PHONE),
        city_to_id=read.whole("city_to_id", MAX_ID),
        address=read.text("address", MAX_ADDRESS),
        lines=tuple(_changed_line(item, at, faults) for at, item in read.objects("products", MAX_LINES)),
        optional=optional,
        total=None if read.is_absent("total") else read.money("total"),
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
                "{path} makes a unit price of {price}: it must be from 1 to {maximum} DH. Correct "
                "the total or the quantity.",
                path=read.at("total"),
                price=money_words(price),
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


def total_after(total: int, lines_before: int, lines_after: int) -> int:
    """Return the amount to collect once lines are changed, all in centimes.

    What it is more or less than the lines (fees, a discount) stays as it was; it never falls below 1 MAD.
    """
    return max(CENTIMES, lines_after + total - lines_before)
