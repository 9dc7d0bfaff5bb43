"""Orders as they are written over the REST API: created, brought to a status, deleted."""

from collections.abc import Mapping

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import NotFound, RuleViolation
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.orders.wire import CREATED
from warehouse_desk.domain.results import Outcome
from warehouse_desk.server.bulk import UPDATED, bulk_answer
from warehouse_desk.server.exchange import Answer, Ask

DELETED = msg("Order deleted successfully.")


def create_orders(ask: Ask) -> Answer:
    """Create all the orders of a body, or none."""
    created = ask.desk.orders.create(_object(ask), request_id=ask.request_id_of_key)
    return Answer(
        {
            "message": ask.say(CREATED),
            "data": [{"reference": reference} for reference in created.references],
            "notices": [ask.say(notice) for notice in created.notices],
        }
    )


def update_orders(ask: Ask) -> Answer:
    """Bring orders to the statuses that a body names, each judged alone or all together."""
    return bulk_answer(
        ask,
        lambda: ask.desk.orders.update_statuses(
            _object(ask),
            warehouse_id=ask.known.warehouse_id,
            all_or_nothing=ask.is_strict,
            request_id=ask.request_id_of_key,
        ),
        UPDATED,
        "orders.{n}.status",
    )


def delete_order(ask: Ask) -> Answer:
    """Delete an order."""
    (result,) = ask.desk.orders.act(Action.DELETE, [ask.path["reference"]]).results
    if result.outcome is Outcome.UNKNOWN:
        raise NotFound(result.message)
    if result.outcome is not Outcome.DONE:
        raise RuleViolation(result.message)
    return Answer({"message": ask.say(DELETED)})


def _object(ask: Ask) -> Mapping[str, object]:
    """Return the body where it is an object; anything else holds no orders."""
    return ask.body if isinstance(ask.body, Mapping) else {}
