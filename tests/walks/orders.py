"""What must hold of the orders, their histories and what a server will be told, after every deed."""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from tests.builders import Row
from tests.walks.world import World, note_of
from warehouse_desk.data.tables import order_event, orders, outbox
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, Target, transition_for
from warehouse_desk.domain.status import Status

_STEPS = frozenset(action.value for action in STATUS_ACTIONS)


def a_reference_is_given_once(world: World) -> Iterator[str]:
    """Every order of the database carries the reference that it got when it was made."""
    for row in world.books[orders]:
        if row["notes"] != note_of(world.options[row["reference"]]):
            yield f"{row['reference']} is another order than the one that got this reference"


def _events(world: World) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for event in world.books[order_event]:
        found[event["order_id"]].append(event)
    return found


def statuses_go_where_the_table_says(world: World) -> Iterator[str]:
    """Each step has a row in the table, and led where that says."""
    for events in _events(world).values():
        for event in events:
            before, after = event["status_before"], event["status_after"]
            if event["kind"] not in _STEPS:
                continue
            row = transition_for(Action(event["kind"]), Status(before))
            if row is None:
                yield f"{event['kind']} from {before}: no such row"
            elif isinstance(row.target, Status) and after != row.target:
                yield f"{event['kind']} from {before} led to {after}"
            elif row.target in {Target.UNCHANGED, Target.GONE} and after != before:
                yield f"{event['kind']} changed {before} to {after}"


def the_history_is_a_chain(world: World) -> Iterator[str]:
    """Every version has its row, each begins where the one before ended, the last says what the order says."""
    events = _events(world)
    for order in world.books[orders]:
        own = events[order["id"]]
        statuses = [None] + [event["status_after"] for event in own]
        if [event["version"] for event in own] != list(range(1, order["version"] + 1)):
            yield f"{order['reference']}: versions {[event['version'] for event in own]} of {order['version']}"
        if [event["status_before"] for event in own] != statuses[:-1] or statuses[-1] != order["status"]:
            yield f"{order['reference']}: statuses {statuses}"
        for event in own:
            noted = json.loads(event["after"]).get("status", event["status_after"])
            if noted != event["status_after"]:
                yield f"{order['reference']}: {event['kind']} noted {noted}"


def an_order_goes_back_the_way_it_came(world: World) -> Iterator[str]:
    """Undo, roll back and resume follow the order's own road; the company stays as long as the push does."""
    events = _events(world)
    for order in world.books[orders]:
        road = _road(events[order["id"]])
        if isinstance(road, str):
            yield f"{order['reference']}: {road}"
        elif order["resume_status"] != (road[-2] if road[-1] == Status.ROLLBACK else None):
            yield f"{order['reference']} would resume to {order['resume_status']}, its road is {road}"
        elif (order["shipping_company_id"] is not None) is not (Status.WAITING.value in road):
            yield f"{order['reference']} has company {order['shipping_company_id']}, its road is {road}"


def _road(events: list[Row]) -> list[str] | str:
    """Return the statuses through which an order came to the present one, or what is wrong with its history."""
    road: list[str] = []
    former: list[str] = []
    for event in events:
        before, after, kind = event["status_before"], event["status_after"], event["kind"]
        if before == after:
            continue
        undone, former = former, road
        if kind == Action.UNDO:
            road = undone
        elif kind == Action.ROLLBACK:
            road = [*road[:-1], Status.ROLLBACK.value]
        elif kind == Action.RESUME and after != Status.NEW:
            road = road[:-1]
        else:
            road = [after] if after == Status.NEW else [*road, after]
        if road[-1:] != [after]:
            return f"{kind} led to {after}, its road is {road}"
    return road


def what_the_server_will_be_told_is_a_chain(world: World) -> Iterator[str]:
    """The operations still to be sent begin with the creation, follow one another and end where the order stands."""
    by_order: defaultdict[int, list[Row]] = defaultdict(list)
    for operation in world.books[outbox]:
        if operation["state"] == "PENDING":
            by_order[operation["order_id"]].append(operation)
    for order in world.books[orders]:
        told = by_order[order["id"]]
        steps = [operation for operation in told if operation["kind"] != "delete"]
        places = [operation["seq_in_order"] for operation in told]
        if places != sorted(set(places)):
            yield f"{order['reference']}: told in the order {places}"
        if any(later["from_status"] != former["to_status"] for former, later in pairwise(steps)):
            yield f"{order['reference']}: told {[(each['from_status'], each['to_status']) for each in steps]}"
        if order["deleted_at"] is not None and told:
            yield f"{order['reference']} is deleted and still told"
        if order["deleted_at"] is None and (steps[0]["kind"], steps[-1]["to_status"]) != ("create", order["status"]):
            yield f"{order['reference']}: {steps[0]['kind']}, ends at {steps[-1]['to_status']}"


AFTER_EACH = (
    a_reference_is_given_once,
    statuses_go_where_the_table_says,
    the_history_is_a_chain,
    an_order_goes_back_the_way_it_came,
    what_the_server_will_be_told_is_a_chain,
)
