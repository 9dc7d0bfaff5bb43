"""Read what a new order must hold, with every fault named by its path such as ``orders.3.total``.

The limits are those of docs/rules.md#limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import InvalidInput
from warehouse_desk.domain.fields import MAX_AMOUNT, FieldReader, raise_faults, unread_fields

MAX_ORDERS = 1_000
MAX_LINES = 10
MAX_NAME = 100
MAX_PHONE = 100
MAX_SKU = 100
MAX_EMAIL = 254
MAX_CITY = 100
MAX_AREA = 255
MAX_ADDRESS = 1_000
MAX_NOTES = 5_000


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A product of a draft: by SKU (REST, files) or by id (the desk). Money in centimes."""

    path: str
    quantity: int
    price: int
    total: int
    sku: str = ""
    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """A new order, its fields within their limits; whether its SKUs exist is for the service to see."""

    path: str
    full_name: str
    phone: str
    city: str
    address: str
    is_fees_paid_by_customer: bool
    total: int
    lines: tuple[LineDraft, ...]
    email: str | None = None
    second_phone: str | None = None
    area: str | None = None
    shipment_way: int | None = None
    notes: str | None = None


def read_new_orders(body: object) -> list[OrderDraft]:
    """Read the body of a bulk create: ``{"orders": [...]}``, or the bare list.

    Raises:
        InvalidInput: any fault in any order; nothing may be created then.
    """
    faults: dict[str, Message] = {}
    items = orders_of(body, faults)
    drafts = [_new_order(item, path, faults) for path, item in items]
    raise_faults(faults)
    return drafts


ORDER_FIELDS = frozenset(
    {
        "full_name", "phone", "email", "second_phone", "city", "area", "address", "shipment_way",
        "is_fees_paid_by_customer", "total", "notes", "products",
    }
)  # fmt: skip
LINE_FIELDS = frozenset({"sku", "quantity", "price"})
"""Everything that an order of a create, and a product of it, may hold."""


def unread_of_new_orders(body: object) -> tuple[Message, ...]:
    """Name what nobody reads in a bulk create body that has no faults."""
    items = orders_of(body, {})
    around = {"orders": None, **body} if isinstance(body, Mapping) else {}
    lines = [pair for path, item in items for pair in FieldReader(item, path, {}).objects("products", MAX_LINES)]
    return (
        *unread_fields([("", around)], {"orders"}),
        *unread_fields(items, ORDER_FIELDS),
        *unread_fields(lines, LINE_FIELDS),
    )


def orders_of(body: object, faults: dict[str, Message]) -> list[tuple[str, Mapping[str, object]]]:
    """Return the objects under ``orders`` with their paths."""
    if isinstance(body, list):
        body = {"orders": body}
    if not isinstance(body, Mapping):
        raise InvalidInput(msg("The file must contain an object with a list “orders”."), {})
    return FieldReader(body, "", faults).objects("orders", MAX_ORDERS)


def _new_order(body: Mapping[str, object], path: str, faults: dict[str, Message]) -> OrderDraft:
    read = FieldReader(body, path, faults)
    return OrderDraft(
        path=path,
        full_name=read.text("full_name", MAX_NAME),
        phone=read.text("phone", MAX_PHONE),
        email=read.optional_text("email", MAX_EMAIL),
        second_phone=read.optional_text("second_phone", MAX_PHONE),
        city=read.text("city", MAX_CITY),
        area=read.optional_text("area", MAX_AREA),
        address=read.text("address", MAX_ADDRESS),
        shipment_way=read.optional_whole("shipment_way", MAX_AMOUNT, minimum=0),
        is_fees_paid_by_customer=read.flag("is_fees_paid_by_customer"),
        total=read.money("total"),
        notes=read.optional_text("notes", MAX_NOTES),
        lines=tuple(_new_line(item, at, faults) for at, item in read.objects("products", MAX_LINES)),
    )


def _new_line(body: Mapping[str, object], path: str, faults: dict[str, Message]) -> LineDraft:
    read = FieldReader(body, path, faults)
    quantity = read.whole("quantity", MAX_AMOUNT)
    price = read.money("price")
    return LineDraft(path, quantity, price, quantity * price, sku=read.text("sku", MAX_SKU))
