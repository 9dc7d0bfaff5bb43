"""The words of an order's details where they are compared, and of what happened to the order."""

from warehouse_desk.common.formats import moment_text, time_text
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.merging import Beyond, CityValue, DetailField, LineValue, Value, WayValue
from warehouse_desk.domain.orders.order import OrderEvent
from warehouse_desk.domain.orders.transitions import Action, action_name
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.status import status_name
from warehouse_desk.ui.bidi import in_order

FIELD_NAMES: dict[DetailField, Message] = {
    DetailField.FULL_NAME: msg("Full name"),
    DetailField.PHONE: msg("Phone"),
    DetailField.SECOND_PHONE: msg("Second phone"),
    DetailField.EMAIL: msg("Email"),
    DetailField.CITY: msg("City"),
    DetailField.AREA: msg("Area"),
    DetailField.ADDRESS: msg("Address"),
    DetailField.NOTES: msg("Notes"),
    DetailField.SHIPMENT_WAY: msg("Shipment way"),
    DetailField.FEES_PAID: msg("Delivery fees"),
    DetailField.PRODUCTS: msg("Products"),
    DetailField.TOTAL: msg("Fees or discount"),
}


def fees_words(*, paid_by_customer: bool) -> str:
    """Say who pays the delivery fees."""
    return tr("paid by the customer") if paid_by_customer else tr("not paid by the customer")


def beyond_words(centimes: int) -> str:
    """Return what is collected beyond the products: with a plus where it is more."""
    return in_order(money_text(centimes, plus=True))


def value_words(field: DetailField, value: Value) -> str:
    """Return what a part of an order's details holds, as it is read; nothing is said to be nothing."""
    if value is None:
        return tr("(not in the order)")
    if isinstance(value, bool):
        return fees_words(paid_by_customer=value)
    if isinstance(value, Beyond):
        return beyond_words(value.centimes)
    if isinstance(value, CityValue):
        return value.name
    if isinstance(value, WayValue):
        return value.label or ("" if value.number is None else str(value.number)) or tr("(empty)")
    if isinstance(value, LineValue):
        return _line_words(value)
    if isinstance(value, tuple):
        return "\n".join(map(_line_words, value))
    if not value:
        return tr("(empty)")
    phones = {DetailField.PHONE, DetailField.SECOND_PHONE}
    return in_order(readable_phone(value)) if field in phones else value


def _line_words(line: LineValue) -> str:
    return f"{line.quantity} × {line.label}\n{in_order(money_text(line.total))}"


def event_words(event: OrderEvent) -> str:
    """Return who did what to an order, and when, in one line."""
    known = {action.value: action for action in Action}
    what = str(action_name(known[event.kind])) if event.kind in known else event.kind
    if event.status_before is not event.status_after:
        what = f"{what} → {status_name(event.status_after)}"
    parts = (in_order(moment_text(event.at)), who(event), what, event.reason)
    return " · ".join(part for part in parts if part)


def who(event: OrderEvent) -> str:
    """Return the worker of an event, or else the station."""
    return event.user_name or event.station_name or "-"


def who_and_when(event: OrderEvent) -> str:
    """Return who saved something, and at what time."""
    return f"{who(event)}, {in_order(time_text(event.at))}"
