"""Versions of an order over HTTP: which one an answer is, and whether a client has it already."""

from warehouse_desk.domain.orders.order import OrderDetail
from warehouse_desk.server.exchange import Answer, Ask


def etag_of(order: OrderDetail) -> str:
    """Return the version of an order as an ``ETag``: what is shown of it depends on nothing else that it owns."""
    return f'W/"{order.facts.id}-{order.facts.version}"'


def versioned(ask: Ask, order: OrderDetail, body: object) -> Answer:
    """Answer an order, or 304 where ``If-None-Match`` names the version that it still is."""
    tag = etag_of(order)
    known = {_plain(each) for header in ask.knock.every("if-none-match") for each in header.split(",")}
    if "*" in known or _plain(tag) in known:
        return Answer(status=304, headers=(("ETag", tag),))
    return Answer(body, headers=(("ETag", tag),))


def _plain(tag: str) -> str:
    return tag.strip().removeprefix("W/")
