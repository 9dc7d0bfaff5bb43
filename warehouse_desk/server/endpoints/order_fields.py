"""The fields of an order in requests, with the limits of the drafts that read them, and of an order as it is shown."""

from warehouse_desk.domain.fields import MAX_AMOUNT, MAX_ID
from warehouse_desk.domain.orders import drafts
from warehouse_desk.domain.orders.status_field import STATUSES
from warehouse_desk.domain.orders.step_options import MAX_REASON
from warehouse_desk.server.endpoints.endpoint import ApiField, FieldKind
from warehouse_desk.services.orders.status_requests import MAX_REFERENCE

REFERENCE = ApiField(
    "reference", FieldKind.TEXT, "The reference of the order.", required=True, least=1, most=MAX_REFERENCE
)

NEW_LINE = (
    ApiField("sku", FieldKind.TEXT, "SKU of an active product.", required=True, least=1, most=drafts.MAX_SKU),
    ApiField("quantity", FieldKind.WHOLE, "Pieces.", required=True, least=1, most=MAX_AMOUNT),
    ApiField("price", FieldKind.MONEY, "Price of one piece.", required=True, least=1, most=MAX_AMOUNT),
)

NEW_ORDER = (
    ApiField("full_name", FieldKind.TEXT, "The customer's name.", required=True, least=1, most=drafts.MAX_NAME),
    ApiField("phone", FieldKind.TEXT, "The customer's phone.", required=True, least=1, most=drafts.MAX_PHONE),
    ApiField("second_phone", FieldKind.TEXT, "Another phone (ours).", most=drafts.MAX_PHONE),
    ApiField("email", FieldKind.TEXT, "The customer's e-mail address.", most=drafts.MAX_EMAIL),
    ApiField("city", FieldKind.TEXT, "The city of destination.", required=True, least=1, most=drafts.MAX_CITY),
    ApiField("area", FieldKind.TEXT, "The area or district.", most=drafts.MAX_AREA),
    ApiField("address", FieldKind.TEXT, "The address.", required=True, least=1, most=drafts.MAX_ADDRESS),
    ApiField("shipment_way", FieldKind.WHOLE, "A number of the shipment ways.", least=0, most=MAX_AMOUNT),
    ApiField("is_fees_paid_by_customer", FieldKind.FLAG, "Whether the customer pays the shipping fees.", required=True),
    ApiField("total", FieldKind.MONEY, "The amount to collect.", required=True, least=1, most=MAX_AMOUNT),
    ApiField("notes", FieldKind.TEXT, "Notes for the warehouse (ours).", most=drafts.MAX_NOTES),
    ApiField(
        "products",
        FieldKind.LIST,
        "The products.",
        required=True,
        least=1,
        most=drafts.MAX_LINES,
        fields=NEW_LINE,
    ),
)

STATUS_REQUEST = (
    REFERENCE,
    ApiField("status", FieldKind.CHOICE, "The new status, in either case.", required=True, choices=STATUSES),
    ApiField("action_date", FieldKind.DAY, "The day of the step; today without it."),
    ApiField("description", FieldKind.TEXT, "Why (ours).", most=MAX_REASON),
    ApiField("warehouseId", FieldKind.WHOLE, "With SHIPPED: the warehouse (ours).", least=1, most=MAX_ID),
    ApiField("delivery_boy_id", FieldKind.WHOLE, "With SHIPPED: the person (ours).", least=1, most=MAX_ID),
    ApiField(
        "shippent_company_id",
        FieldKind.WHOLE,
        "With WAITING_FOR_SHIPPING_COMPANY: the company (ours).",
        least=1,
        most=MAX_ID,
    ),
    ApiField(
        "from_stock",
        FieldKind.FLAG,
        "With WAITING_FOR_SHIPPING_COMPANY: whether the company ships what it keeps for us (ours).",
    ),
)

LIST_ROW = (
    ApiField("reference", FieldKind.TEXT, required=True, example="ORD-00001"),
    ApiField("full_name", FieldKind.TEXT, required=True),
    ApiField("phone", FieldKind.TEXT, required=True),
    ApiField("city", FieldKind.TEXT, required=True),
    ApiField("status", FieldKind.CHOICE, required=True, choices=STATUSES),
    ApiField("total", FieldKind.MONEY, required=True),
    ApiField("created_at", FieldKind.MOMENT, required=True),
)


def _shown(kind: FieldKind, *names: str, nullable: bool = False) -> tuple[ApiField, ...]:
    choices = STATUSES if kind is FieldKind.CHOICE else ()
    return tuple(ApiField(name, kind, required=True, nullable=nullable, choices=choices) for name in names)


SHOWN_LINE = (
    *_shown(FieldKind.WHOLE, "id", "quantity"),
    *_shown(FieldKind.TEXT, "sku", "name"),
    *_shown(FieldKind.MONEY, "price", "total"),
)

SHOWN_EVENT = (
    *_shown(FieldKind.TEXT, "action", "user", "station", "source"),
    *_shown(FieldKind.CHOICE, "status_before", nullable=True),
    *_shown(FieldKind.CHOICE, "status_after"),
    *_shown(FieldKind.MOMENT, "at"),
    *_shown(FieldKind.TEXT, "reason", nullable=True),
)

SHOWN_ORDER = (
    *_shown(FieldKind.WHOLE, "id"),
    *LIST_ROW,
    *_shown(FieldKind.TEXT, "second_phone", "email", "area", "notes", "hold_reason", "tracking_number", nullable=True),
    *_shown(FieldKind.TEXT, "address"),
    *_shown(FieldKind.TEXT, "shipping_company", "delivery_boy", "warehouse", "description", nullable=True),
    *_shown(FieldKind.WHOLE, "city_to_id", "shipment_way", "shippent_company_id", nullable=True),
    *_shown(FieldKind.WHOLE, "delivery_boy_id", "hand_over", "warehouseId", nullable=True),
    *_shown(FieldKind.WHOLE, "attempt", "label_count"),
    *_shown(FieldKind.FLAG, "is_fees_paid_by_customer", "held", "label_outdated", "recount"),
    *_shown(FieldKind.FLAG, "from_stock", nullable=True),
    *_shown(FieldKind.CHOICE, "resume_status", nullable=True),
    *_shown(FieldKind.MOMENT, "updated_at"),
    *_shown(FieldKind.DAY, "packed_on", "shipped_on", "delivered_on", "returned_on", "canceled_on", nullable=True),
    ApiField("products", FieldKind.LIST, required=True, fields=SHOWN_LINE),
    ApiField("history", FieldKind.LIST, required=True, fields=SHOWN_EVENT),
)
