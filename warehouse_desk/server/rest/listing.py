"""Orders as they are read over the REST API: a page of the list, and one order whole."""

from warehouse_desk.domain.orders import wire
from warehouse_desk.server.exchange import Answer, Ask
from warehouse_desk.server.pages import page_body, page_wanted
from warehouse_desk.server.versions import versioned


def list_orders(ask: Ask) -> Answer:
    """Answer a page of orders."""
    wanted = page_wanted(ask)
    page = ask.desk.orders.find(wanted.filter, per_page=wanted.per_page, page=wanted.page, after=wanted.after)
    return Answer(page_body(ask, wanted, page, [wire.list_body(row) for row in page.rows]))


def show_order(ask: Ask) -> Answer:
    """Answer a whole order, or that it is still the version that the client has."""
    order = ask.desk.orders.show(ask.path["reference"])
    return versioned(ask, order, {"data": wire.show_body(order)})
