"""Orders as they are read: pages of all of them or of one status, and one order whole."""

from dataclasses import replace

from warehouse_desk.domain.fields import MAX_ID, FieldReader
from warehouse_desk.domain.orders import wire
from warehouse_desk.server.exchange import Answer, Ask
from warehouse_desk.server.pages import PageWanted, page_body, page_wanted
from warehouse_desk.server.reading import order_named, status_named
from warehouse_desk.server.versions import versioned

IDS = {
    "city_id": "city_id",
    "shippent_company_id": "shipping_company_id",
    "delivery_boy_id": "delivery_person_id",
    "warehouseId": "warehouse_id",
}
"""Filters by an id: their names on the wire, and in the filter."""
FLAGS = ("held", "printed", "label_outdated", "twins", "unsynced")
DAYS = ("created_from", "created_to")


def more_filters(read: FieldReader) -> dict[str, object]:
    """Read the filters that the Dashboard's lists and exports have besides those of every list."""
    return {
        **{column: read.optional_whole(name, MAX_ID) for name, column in IDS.items()},
        **{name: read.optional_flag(name) for name in FLAGS},
        **{name: read.day(name) for name in DAYS},
    }


def list_orders(ask: Ask) -> Answer:
    """Answer a page of the orders of all statuses."""
    return _page(ask, page_wanted(ask, more_filters))


def list_by_status(ask: Ask) -> Answer:
    """Answer a page of the orders of one status."""
    status = status_named(ask)
    wanted = page_wanted(ask, more_filters)
    return _page(ask, replace(wanted, filter=replace(wanted.filter, status=status)))


def show_order(ask: Ask) -> Answer:
    """Answer a whole order, found by its id, reference or tracking number."""
    order = ask.desk.orders.show(order_named(ask, "order"))
    return versioned(ask, order, {"data": wire.show_body(order)})


def _page(ask: Ask, wanted: PageWanted) -> Answer:
    page = ask.desk.orders.find(wanted.filter, per_page=wanted.per_page, page=wanted.page, after=wanted.after)
    return Answer(page_body(ask, wanted, page, [{"id": row.id, **wire.list_body(row)} for row in page.rows]))
