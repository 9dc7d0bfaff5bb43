"""What a label says of an order, as one short text: two orders' labels with the same content read the same.

What is printed besides, as the carrier or the day, is not the order's own and makes no label outdated.
"""

import hashlib
import json
from collections.abc import Iterable

from warehouse_desk.domain.orders.order import OrderDetail
from warehouse_desk.domain.paper.printing import Parcel
from warehouse_desk.domain.phone import readable_phone


def content_of_parcel(parcel: Parcel) -> str:
    """Return the content of a parcel's label."""
    lines = ((line.sku, line.quantity) for line in parcel.lines)
    texts = (parcel.full_name, parcel.city, parcel.area, parcel.address, parcel.notes)
    return _content(texts, (parcel.phone, parcel.second_phone), parcel.total, lines)


def content_of_detail(order: OrderDetail) -> str:
    """Return the content of an order's label."""
    lines = ((line.sku, line.quantity) for line in order.lines)
    texts = (order.full_name, order.city, order.area, order.address, order.notes)
    return _content(texts, (order.phone, order.second_phone), order.total, lines)


def _content(
    texts: Iterable[str | None], phones: Iterable[str | None], total: int, lines: Iterable[tuple[str, int]]
) -> str:
    said = [
        [" ".join((text or "").split()) for text in texts],
        [readable_phone(phone) if phone else "" for phone in phones],
        total,
        list(lines),
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
