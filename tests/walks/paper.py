"""What must hold of labels and hand-over sheets after every deed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.walks.world import World
from warehouse_desk.data.tables import hand_over, hand_over_row
from warehouse_desk.domain.results import ActionResult, Outcome


@dataclass(frozen=True, slots=True)
class Printed:
    """What stood on a label."""

    attempt: int
    name: str
    phone: str
    city: str
    address: str
    total: int
    lines: tuple[tuple[str, int], ...]


def printed_now(world: World, reference: str) -> Printed:
    """Return what a label of the order would say now."""
    order = world.desk.orders.show(reference)
    lines = tuple((line.sku, line.quantity) for line in order.lines)
    return Printed(order.facts.attempt, order.full_name, order.phone, order.city, order.address, order.total, lines)


def note_labels(world: World, results: Sequence[ActionResult]) -> None:
    """Remember what stands on the labels that were just made."""
    for result in results:
        if result.outcome is Outcome.DONE:
            world.memory.labels[result.reference] = printed_now(world, result.reference)


def note_sheet(world: World, number: int) -> None:
    """Remember what stands on a sheet that was just closed."""
    world.memory.sheets[number] = list(world.desk.paper.hand_overs.sheet(number).parcels)


def a_parcel_stands_on_one_closed_sheet(world: World) -> Iterator[str]:
    """On each attempt an order was handed over once."""
    closed = {row["id"] for row in world.books[hand_over] if row["closed_at"] is not None}
    found = Counter(
        (row["order_id"], row["attempt"]) for row in world.books[hand_over_row] if row["hand_over_id"] in closed
    )
    for (order, attempt), times in found.items():
        if times > 1:
            yield f"order {order}, attempt {attempt}, stands on {times} closed sheets"


AFTER_EACH = ()
