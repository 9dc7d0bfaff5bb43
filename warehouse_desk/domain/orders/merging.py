"""Two people changed the details of one order from the same beginning: what only one of them changed merges by itself.

Texts, the city, and each product by itself are parts that two people may change apart. What both changed to different
values is a conflict, which only a person may decide.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from warehouse_desk.common.messages import current_language
from warehouse_desk.common.text import fold
from warehouse_desk.domain.orders.details import total_after
from warehouse_desk.domain.orders.order import OrderDetail, OrderEvent, OrderLine
from warehouse_desk.domain.orders.transitions import Action


class DetailField(StrEnum):
    """The fields of an update of details, by their wire names; in the order in which they are shown."""

    FULL_NAME = "full_name"
    PHONE = "phone"
    SECOND_PHONE = "second_phone"
    EMAIL = "email"
    CITY = "city_to_id"
    AREA = "area_text"
    ADDRESS = "address"
    NOTES = "notes"
    SHIPMENT_WAY = "shipment_way"
    FEES_PAID = "is_fees_paid_by_customer"
    PRODUCTS = "products"
    TOTAL = "total"


TEXT_FIELDS = (
    DetailField.FULL_NAME,
    DetailField.PHONE,
    DetailField.SECOND_PHONE,
    DetailField.EMAIL,
    DetailField.AREA,
    DetailField.ADDRESS,
    DetailField.NOTES,
)

_STORED = {
    "full_name": DetailField.FULL_NAME,
    "phone": DetailField.PHONE,
    "second_phone": DetailField.SECOND_PHONE,
    "email": DetailField.EMAIL,
    "shipment_way": DetailField.SHIPMENT_WAY,
    "is_fees_paid_by_customer": DetailField.FEES_PAID,
    "total": DetailField.TOTAL,
    "city": DetailField.CITY,
    "city_id": DetailField.CITY,
    "area": DetailField.AREA,
    "address": DetailField.ADDRESS,
    "notes": DetailField.NOTES,
    "products": DetailField.PRODUCTS,
}
"""What the audit calls the fields."""


@dataclass(frozen=True, slots=True)
class CityValue:
    """A destination: one of the table, or (None) only the name that came with the order."""

    id: int | None
    name: str

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same place, however it is spelled."""
        return isinstance(other, CityValue) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> int | str:
        return fold(self.name) if self.id is None else self.id


@dataclass(frozen=True, slots=True)
class LineValue:
    """A product of an order. The total in centimes."""

    product_id: int
    quantity: int
    total: int
    label: str = field(default="", compare=False)
    """SKU and name, to be shown."""


@dataclass(frozen=True, slots=True)
class WayValue:
    """A shipment way by its number; None where the order names none."""

    number: int | None
    label: str = field(default="", compare=False)
    """Its name, to be shown."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is collected beyond the lines, in centimes: fees, or less than nothing for a discount.

    Two people who change different products leave it alone: the amount to collect then follows both.
    """

    centimes: int


Value = str | bool | CityValue | WayValue | Beyond | LineValue | tuple[LineValue, ...] | None
"""What a part holds; None for a product that is not among the lines."""


@dataclass(frozen=True, slots=True)
class Details:
    """All that an editor changes of an order."""

    texts: Mapping[DetailField, str]
    city: CityValue
    lines: tuple[LineValue, ...]
    way: WayValue = WayValue(None)
    fees_paid: bool = False
    beyond: Beyond = Beyond(0)

    @property
    def total(self) -> int:
        """The amount to collect, in centimes: never below 1 MAD."""
        return total_after(self.beyond.centimes, 0, sum(line.total for line in self.lines))

    def __getitem__(self, part: "DetailPart") -> Value:
        """Return what a part holds."""
        match part.field:
            case DetailField.CITY:
                return self.city
            case DetailField.SHIPMENT_WAY:
                return self.way
            case DetailField.FEES_PAID:
                return self.fees_paid
            case DetailField.TOTAL:
                return self.beyond
        if part.field is not DetailField.PRODUCTS:
            return self.texts[part.field]
        if part.product_id is None:
            return self.lines
        return next((line for line in self.lines if line.product_id == part.product_id), None)


@dataclass(frozen=True, slots=True)
class DetailPart:
    """What two people may change apart: a field, or one product of the lines (of ``PRODUCTS`` None: all of them)."""

    field: DetailField
    product_id: int | None = None


class Side(StrEnum):
    """Whose value a part gets."""

    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that at least one of the two changed."""

    part: DetailPart
    before: Value
    theirs: Value
    mine: Value

    @property
    def side(self) -> Side | None:
        """Whose value it gets by itself: of whoever changed it, also where both did the same; None in a conflict."""
        if self.mine in (self.before, self.theirs):
            return Side.THEIRS
        return Side.MINE if self.theirs == self.before else None


def details_of(order: OrderDetail) -> Details:
    """Return what may be edited of an order, as an editor that changes nothing would hand it back."""
    texts = (order.full_name, order.phone, order.second_phone, order.email, order.area, order.address, order.notes)
    return Details(
        {name: plain_text(text or "") for name, text in zip(TEXT_FIELDS, texts, strict=True)},
        CityValue(order.city_id, order.city),
        tuple(map(_line_value, order.lines)),
        WayValue(order.shipment_way, order.way_name(current_language().code)),
        order.is_fees_paid_by_customer,
        Beyond(order.total - sum(line.total for line in order.lines)),
    )


def _line_value(line: OrderLine) -> LineValue:
    return LineValue(line.product_id, line.quantity, line.total, f"{line.sku} — {line.product_name}")


def plain_text(text: str) -> str:
    """Return a text without what no reader sees: the kind of its line ends, blanks around it."""
    return "\n".join(text.splitlines()).strip()


def differences(before: Details, theirs: Details, mine: Details) -> tuple[Difference, ...]:
    """Return the parts that at least one side changed, in the order of the fields; at most one for each part.

    A product that stands twice in one of the three has no name to be followed by: all lines are one part then.
    """
    parts = [DetailPart(each) for each in DetailField if each is not DetailField.PRODUCTS]
    parts += _line_parts(before, theirs, mine)
    found = [Difference(part, before[part], theirs[part], mine[part]) for part in parts]
    return tuple(each for each in found if not each.before == each.theirs == each.mine)


def _line_parts(*all_details: Details) -> list[DetailPart]:
    ids = [[line.product_id for line in details.lines] for details in all_details]
    if any(len(set(each)) < len(each) for each in ids):
        return [DetailPart(DetailField.PRODUCTS)]
    return [
        DetailPart(DetailField.PRODUCTS, number) for number in dict.fromkeys(number for each in ids for number in each)
    ]


def merged(
    theirs: Details, mine: Details, differences: Sequence[Difference], chosen: Mapping[DetailPart, Side]
) -> Details:
    """Return the details with every difference decided: by itself, or (a conflict) as it was chosen.

    Products keep the order of ``mine``; what only ``theirs`` has follows.

    Raises:
        KeyError: a conflict was not decided.
    """
    sides = {each.part: each.side or chosen[each.part] for each in differences}
    of = {Side.THEIRS: theirs, Side.MINE: mine}
    texts = {name: of[sides.get(DetailPart(name), Side.MINE)].texts[name] for name in TEXT_FIELDS}

    def side_of(each: DetailField) -> Details:
        return of[sides.get(DetailPart(each), Side.MINE)]

    rest = (
        side_of(DetailField.SHIPMENT_WAY).way,
        side_of(DetailField.FEES_PAID).fees_paid,
        side_of(DetailField.TOTAL).beyond,
    )
    city = side_of(DetailField.CITY).city
    if all(part.product_id is None for part in sides):
        return Details(texts, city, side_of(DetailField.PRODUCTS).lines, *rest)
    lines = []
    for number in dict.fromkeys(line.product_id for line in (*mine.lines, *theirs.lines)):
        part = DetailPart(DetailField.PRODUCTS, number)
        value = of[sides.get(part, Side.MINE)][part]
        if isinstance(value, LineValue):
            lines.append(value)
    return Details(texts, city, tuple(lines), *rest)


def events_between(before: OrderDetail, now: OrderDetail) -> tuple[OrderEvent, ...]:
    """Return what happened to an order since an earlier reading, oldest first."""
    last = before.events[-1].id if before.events else 0
    return tuple(event for event in now.events if event.id > last)


def who_changed(events: Sequence[OrderEvent]) -> dict[DetailField, OrderEvent]:
    """Return the last of some events that changed each field."""
    found: dict[DetailField, OrderEvent] = {}
    for event in events:
        if event.kind == Action.UPDATE.value:
            found |= {_STORED[name]: event for name in json.loads(event.after) if name in _STORED}
    return found
