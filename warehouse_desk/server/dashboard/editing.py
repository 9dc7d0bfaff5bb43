"""Orders changed and deleted."""

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.orders import wire
from warehouse_desk.domain.orders.drafts import MAX_ORDERS
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.server.bulk import bulk_answer
from warehouse_desk.server.exchange import Answer, Ask
from warehouse_desk.server.reading import body_of, order_named, reading, status_named, version_meant
from warehouse_desk.server.versions import etag_of

DELETED = msg("Orders deleted successfully.")


def update_order(ask: Ask) -> Answer:
    """Change the details of an order as long as it stands in the status that the path names."""
    key = order_named(ask, "item")
    result = ask.desk.orders.update(key, body_of(ask), version=version_meant(ask), status=status_named(ask))
    said = {"message": ask.say(result.message)}
    if not ask.desk.caller.may(Ability.VIEW):
        return Answer(said)
    order = ask.desk.orders.show(key)
    return Answer({**said, "data": wire.show_body(order)}, headers=(("ETag", etag_of(order)),))


def delete_orders(ask: Ask) -> Answer:
    """Delete the orders whose ids stand in the body, or in the query where a proxy dropped the body."""
    fields = body_of(ask)
    if "ids" not in fields:
        fields = {**fields, "ids": [*ask.every("ids[]"), *ask.every("ids")] or None}
    with reading(fields) as read:
        ids = read.ids("ids", MAX_ORDERS)
    return bulk_answer(
        ask,
        lambda: ask.desk.orders.act(Action.DELETE, ids, request_id=ask.request_id_of_key, all_or_nothing=ask.is_strict),
        DELETED,
        "ids.{n}",
    )
