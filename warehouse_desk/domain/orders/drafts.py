"""Read what a new or changed order must hold, with every fault named by its path such as ``orders.3.total``.

The limits are those of docs/rules.md#limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.domain.errors import InvalidInput
from warehouse_desk.domain.money import CENTIMES, centimes, money_text, unit_price

MAX_ORDERS = 1_000
MAX_LINES = 10
MAX_AMOUNT = 999_999
MAX_NAME = 100
MAX_PHONE = 100
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


class FieldReader:
    """Reads the fields of one JSON object and collects what is wrong with them."""

    def __init__(self, body: Mapping[str, object], path: str, faults: dict[str, Message]) -> None:
        self.body = body
        self.path = path
        self.faults = faults

    def fault(self, name: str, message: Message) -> None:
        """Note a fault of a field; the first one found stays."""
        self.faults.setdefault(self.at(name), message)

    def at(self, name: str) -> str:
        """Return the full path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str, limit: int, *, required: bool = True) -> str:
        """Return a text of 1 to ``limit`` characters; an absent optional one is empty."""
        value = self.body.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self.fault(
                    name, msg("{path} is missing: give 1 to {limit} characters.", path=self.at(name), limit=limit)
                )
            return ""
        if not isinstance(value, str):
            self.fault(name, msg("{path} must be a text.", path=self.at(name)))
            return ""
        text = value.strip()
        if not is_storable(text):
            self.fault(name, msg("{path} holds a character that cannot be stored. Retype it.", path=self.at(name)))
        if len(text) > limit:
            self.fault(
                name,
                msg(
                    "{path} has {length} characters; at most {limit} are allowed. Shorten it.",
                    path=self.at(name),
                    length=len(text),
                    limit=limit,
                ),
            )
        return text

    def optional_text(self, name: str, limit: int) -> str | None:
        """Return an optional text, None where it is absent or blank."""
        return self.text(name, limit, required=False) or None

    def money(self, name: str, *, maximum: int = MAX_AMOUNT) -> int:
        """Return an amount from 1 to ``maximum`` MAD in centimes."""
        amount = centimes(self.body.get(name))
        if amount is None or not CENTIMES <= amount <= maximum * CENTIMES:
            self.fault(
                name,
                msg(
                    "{path} is {value}: give an amount from 1 to {maximum} MAD, with at most 2 decimals.",
                    path=self.at(name),
                    value=self.shown(name),
                    maximum=maximum,
                ),
            )
            return 0
        return amount

    def whole(self, name: str, maximum: int, *, minimum: int = 1) -> int:
        """Return a whole number from ``minimum`` to ``maximum``; a numeric text counts."""
        value = self.body.get(name)
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
            value = int(value) if len(value.strip()) < 16 else None  # noqa: PLR2004 - longer than any id or amount
        if not isinstance(value, int) or isinstance(value, bool) or not minimum <= value <= maximum:
            self.fault(
                name,
                msg(
                    "{path} is {value}: give a whole number from {minimum} to {maximum}.",
                    path=self.at(name),
                    value=self.shown(name),
                    minimum=minimum,
                    maximum=maximum,
                ),
            )
            return 0
        return value

    def flag(self, name: str) -> bool:
        """Return a required true or false."""
        value = self.body.get(name)
        if value in (0, 1) and not isinstance(value, bool):
            return bool(value)
        if not isinstance(value, bool):
            self.fault(name, msg("{path} must be true or false.", path=self.at(name)))
            return False
        return value

    def objects(self, name: str, limit: int) -> list[tuple[str, Mapping[str, object]]]:
        """Return the 1 to ``limit`` objects of a list, each with its path."""
        value = self.body.get(name)
        if not isinstance(value, list) or not value:
            self.fault(name, msg("{path} is missing: give a list of 1 to {limit}.", path=self.at(name), limit=limit))
            return []
        if len(value) > limit:
            self.fault(
                name,
                msg(
                    "{path} has {count} entries; at most {limit} are allowed. Split it.",
                    path=self.at(name),
                    count=len(value),
                    limit=limit,
                ),
            )
            return []
        found: list[tuple[str, Mapping[str, object]]] = []
        for index, item in enumerate(value):
            if isinstance(item, Mapping):
                found.append((f"{self.at(name)}.{index}", item))
            else:
                self.fault(f"{name}.{index}", msg("{path} must be an object.", path=f"{self.at(name)}.{index}"))
        return found

    def shown(self, name: str) -> object:
        """Return a field's value for a sentence, shortened."""
        value = self.body.get(name)
        if value is None:
            return msg("missing")
        return str(value) if isinstance(value, Decimal) else repr(value)[:40]


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


def orders_of(body: object, faults: dict[str, Message]) -> list[tuple[str, Mapping[str, object]]]:
    """Return the objects under ``orders`` with their paths."""
    if isinstance(body, list):
        body = {"orders": body}
    if not isinstance(body, Mapping):
        raise InvalidInput(msg("The file must hold an object with a list “orders”."), {})
    return FieldReader(body, "", faults).objects("orders", MAX_ORDERS)


def raise_faults(faults: Mapping[str, Message]) -> None:
    """Raise where faults were found, saying the first and how many there are.

    Raises:
        InvalidInput: there is at least one.
    """
    if not faults:
        return
    first = next(iter(faults.values()))
    if len(faults) == 1:
        raise InvalidInput(msg("Nothing was changed: {first}", first=first), faults)
    raise InvalidInput(
        msg("Nothing was changed; {count} fields are wrong. The first: {first}", count=len(faults), first=first), faults
    )


def _new_order(body: Mapping[str, object], path: str, faults: dict[str, Message]) -> OrderDraft:
    read = FieldReader(body, path, faults)
    way = body.get("shipment_way")
    return OrderDraft(
        path=path,
        full_name=read.text("full_name", MAX_NAME),
        phone=read.text("phone", MAX_PHONE),
        email=read.optional_text("email", MAX_EMAIL),
        second_phone=read.optional_text("second_phone", MAX_PHONE),
        city=read.text("city", MAX_CITY),
        area=read.optional_text("area", MAX_AREA),
        address=read.text("address", MAX_ADDRESS),
        shipment_way=None if way is None else read.whole("shipment_way", MAX_AMOUNT, minimum=0),
        is_fees_paid_by_customer=read.flag("is_fees_paid_by_customer"),
        total=read.money("total"),
        notes=read.optional_text("notes", MAX_NOTES),
        lines=tuple(_new_line(item, at, faults) for at, item in read.objects("products", MAX_LINES)),
    )


def _new_line(body: Mapping[str, object], path: str, faults: dict[str, Message]) -> LineDraft:
    read = FieldReader(body, path, faults)
    quantity = read.whole("quantity", MAX_AMOUNT)
    price = read.money("price")
    return LineDraft(path, quantity, price, quantity * price, sku=read.text("sku", MAX_NAME))


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
        city_to_id=read.whole("city_to_id", 2**53),
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
    return LineDraft(path, quantity, price, total, product_id=read.whole("id", 2**53))
