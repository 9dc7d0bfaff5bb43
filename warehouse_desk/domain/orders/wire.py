"""Orders in the words of the REST API, exactly as on the wire: docs/api.md#orders-on-the-wire."""

from datetime import date, datetime
from typing import Any

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.money import amount_on_wire
from warehouse_desk.domain.orders.drafts import OrderDraft
from warehouse_desk.domain.orders.order import OrderDetail, OrderRow
from warehouse_desk.domain.status import Status

CREATED = msg("Orders created successfully.")
"""What the API says to a bulk create."""


def create_body(draft: OrderDraft) -> dict[str, Any]:
    """Return one order of the body of a bulk create."""
    optional = {"email": draft.email, "area": draft.area, "shipment_way": draft.shipment_way}
    return {
        "full_name": draft.full_name,
        "phone": draft.phone,
        "city": draft.city,
        "address": draft.address,
        "is_fees_paid_by_customer": draft.is_fees_paid_by_customer,
        "total": amount_on_wire(draft.total),
        **{name: value for name, value in optional.items() if value is not None},
        "products": [
            {"sku": line.sku, "quantity": line.quantity, "price": amount_on_wire(line.price)} for line in draft.lines
        ],
    }


def list_body(row: OrderRow) -> dict[str, Any]:
    """Return one row of the API's list."""
    return {
        "reference": row.reference,
        "full_name": row.full_name,
        "phone": row.phone,
        "city": row.city,
        "status": row.status.value,
        "total": amount_on_wire(row.total),
        "created_at": moment(row.created_at),
    }


def show_body(order: OrderDetail) -> dict[str, Any]:
    """Return a whole order, the list's fields first, every other field that the desk knows after them."""
    facts = order.facts
    return {
        "id": facts.id,
        "reference": facts.reference,
        "full_name": order.full_name,
        "phone": order.phone,
        "second_phone": order.second_phone,
        "email": order.email,
        "city": order.city,
        "city_to_id": order.city_id,
        "area": order.area,
        "address": order.address,
        "shipment_way": order.shipment_way,
        "is_fees_paid_by_customer": order.is_fees_paid_by_customer,
        "status": facts.status.value,
        "total": amount_on_wire(order.total),
        "notes": order.notes,
        "created_at": moment(order.created_at),
        "updated_at": moment(order.updated_at),
        **_journey(order),
        "products": [
            {
                "id": line.product_id,
                "sku": line.sku,
                "name": line.product_name,
                "quantity": line.quantity,
                "price": amount_on_wire(line.price),
                "total": amount_on_wire(line.total),
            }
            for line in order.lines
        ],
        "history": [
            {
                "action": event.kind,
                "status_before": _value(event.status_before),
                "status_after": event.status_after.value,
                "at": moment(event.at),
                "user": event.user_name,
                "station": event.station_name,
                "source": event.source,
                "reason": event.reason,
            }
            for event in order.events
        ],
    }


def _journey(order: OrderDetail) -> dict[str, Any]:
    facts = order.facts
    days = ("packed_on", "shipped_on", "delivered_on", "returned_on", "canceled_on")
    return {
        "attempt": facts.attempt,
        "held": facts.held,
        "hold_reason": facts.hold_reason,
        "tracking_number": facts.tracking_number,
        "shippent_company_id": facts.shipping_company_id,
        "shipping_company": order.shipping_company,
        "from_stock": facts.from_stock,
        "delivery_boy_id": facts.delivery_person_id,
        "delivery_boy": order.delivery_person,
        "hand_over": facts.hand_over_id,
        "warehouseId": facts.warehouse_id,
        "warehouse": order.warehouse,
        "description": facts.cancel_reason,
        "resume_status": _value(facts.resume_status),
        "label_count": facts.label_count,
        "label_outdated": facts.label_outdated,
        "recount": facts.recount,
        **{day: _day(getattr(facts, day)) for day in days},
    }


def moment(at: datetime) -> str:
    """Return a moment as the API writes it: ``2025-01-15T10:30:00Z``."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _value(status: Status | None) -> str | None:
    return None if status is None else status.value
