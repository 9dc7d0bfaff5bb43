"""The lists whose ids the other endpoints want; they are changed in the window."""

from collections.abc import Sequence
from typing import Final

from warehouse_desk.domain.directories.entries import Listed, Warehouse
from warehouse_desk.server.exchange import Answer, Ask, Handler
from warehouse_desk.server.pages import MAX_KEYWORD
from warehouse_desk.server.reading import reading
from warehouse_desk.services.orders.listing import MAX_PER_PAGE

MAX_PAGE: Final = 10**9
_FIELDS: Final = ("id", "code", "name", "name_ar", "phone", "active")


def directory(what: Listed) -> Handler:
    """Return the handler that lists one directory."""

    def handler(ask: Ask) -> Answer:
        with reading(dict(ask.query)) as read:
            active = read.optional_flag("active")
        entries = [each for each in ask.desk.directories.entries(what) if active is None or each.active is active]
        return Answer({"data": [_entry(each) for each in entries], "meta": {"total": len(entries)}})

    return handler


def list_products(ask: Ask) -> Answer:
    """Answer a page of products, by SKU, with what lies of each in our own warehouses."""
    with reading(dict(ask.query)) as read:
        active = read.optional_flag("active")
        text = read.text("keyWord", MAX_KEYWORD, required=False)
        per_page = read.optional_whole("per_page", MAX_PER_PAGE) or MAX_PER_PAGE
        page = read.optional_whole("page", MAX_PAGE) or 1
    ids = ask.desk.goods.product_ids(text, active=active)
    first = (page - 1) * per_page
    shown: Sequence[int] = ids[first : first + per_page]
    products = [
        {
            "id": product.id,
            "sku": product.sku,
            "name": product.name,
            "active": product.active,
            "on_hand": product.on_hand,
            "committed": product.committed,
            "available": product.available,
            "barcodes": list(product.barcodes),
        }
        for product in ask.desk.goods.product_rows(shown)
    ]
    return Answer({"data": products, "meta": {"current_page": page, "per_page": per_page, "total": len(ids)}})


def _entry(entry: object) -> dict[str, object]:
    body = {name: getattr(entry, name) for name in _FIELDS if hasattr(entry, name)}
    if isinstance(entry, Warehouse):
        body["shippent_company_id"] = entry.shipping_company_id
    return body
