"""What must hold of labels and hand-over sheets after every deed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from tests.builders import Row
from tests.walks.world import World
from warehouse_desk.data.tables import hand_over, hand_over_row, label_run, orders
from warehouse_desk.domain.paper.printing import HandOverParcel
from warehouse_desk.domain.status import Status


def note_sheet(world: World, number: int) -> None:
    """Remember what stands on a sheet that was just closed."""
    world.memory.sheets[number] = parcels_of(world, number)


def parcels_of(world: World, number: int) -> list[HandOverParcel]:
    """Return what a reprint of a sheet would say of its parcels, whether or not they were struck off since."""
    return [replace(parcel, strike=None) for parcel in world.desk.paper.hand_overs.sheet(number).parcels]


def a_signed_sheet_says_what_was_signed(world: World) -> Iterator[str]:
    """A reprint of a closed sheet names the parcels, customers and amounts of the day it was closed."""
    for number, signed in world.memory.sheets.items():
        now = parcels_of(world, number)
        if now != signed:
            yield f"hand-over {number} said {signed}, and says {now}"


def _signed_for(world: World) -> Iterator[tuple[Row, Row]]:
    """Return the rows of closed sheets that were not struck off, each with its sheet."""
    closed = {row["id"]: row for row in world.books[hand_over] if row["closed_at"] is not None}
    for row in world.books[hand_over_row]:
        if row["hand_over_id"] in closed and row["struck_at"] is None:
            yield row, closed[row["hand_over_id"]]


def a_number_is_given_once(world: World) -> Iterator[str]:
    """Label runs and hand-overs carry numbers that no other ever had, also after a copy was restored."""
    for table, moment in ((label_run, "at"), (hand_over, "opened_at")):
        for row in world.books[table]:
            given = world.numbered.setdefault((table.name, row["id"]), row[moment])
            if given != row[moment]:
                yield f"{table.name} {row['id']} of {given} and another of {row[moment]}"


def a_parcel_stands_on_one_closed_sheet(world: World) -> Iterator[str]:
    """On each attempt one carrier signed for an order, once."""
    found = Counter((row["order_id"], row["attempt"]) for row, _ in _signed_for(world))
    for (order, attempt), times in found.items():
        if times > 1:
            yield f"order {order}, attempt {attempt}, stands on {times} closed sheets"


def what_was_signed_for_is_with_its_carrier(world: World) -> Iterator[str]:
    """An order on a closed sheet of its present attempt is where the sheet says: with that company or person."""
    orders = {facts.id: facts for facts in world.books.facts.values()}
    for row, sheet in _signed_for(world):
        facts = orders[row["order_id"]]
        if row["attempt"] != facts.attempt:
            continue
        status = facts.resume_status if facts.status is Status.ROLLBACK else facts.status
        carrier = (sheet["company_id"], sheet["person_id"])
        now = (facts.shipping_company_id, facts.delivery_person_id)
        is_there = any(signed is not None and signed == has for signed, has in zip(carrier, now, strict=True))
        if facts.deleted or status not in _TAKEN or not is_there:
            yield f"{facts.reference} is {facts.status} with {now}; hand-over {sheet['id']} says with {carrier}"


_TAKEN = frozenset({Status.WAITING, Status.SHIPPED, Status.DELIVERED, Status.RETURNED})


def a_courier_s_number_means_one_parcel(world: World) -> Iterator[str]:
    """A company gives a number once, and while nobody knows whose number it is, no other order carries it."""
    carriers = [row for row in world.books[orders] if row["tracking_number"] and row["deleted_at"] is None]
    for one, other in combinations(carriers, 2):
        companies = {one["shipping_company_id"], other["shipping_company_id"]}
        if one["tracking_number"] == other["tracking_number"] and (len(companies) == 1 or None in companies):
            yield f"{one['reference']} and {other['reference']} carry {one['tracking_number']}, of {companies}"


AFTER_EACH = (
    a_courier_s_number_means_one_parcel,
    a_number_is_given_once,
    a_signed_sheet_says_what_was_signed,
    a_parcel_stands_on_one_closed_sheet,
    what_was_signed_for_is_with_its_carrier,
)
