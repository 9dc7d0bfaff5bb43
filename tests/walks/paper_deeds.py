"""Deeds on paper: labels and reprints, couriers' numbers, hand-over sheets; and copies of the database, put back."""

from collections.abc import Sequence
from random import Random

from tests.walks.deeds import Kind, Numbers, any_number, chance
from tests.walks.leaving import note_labels
from tests.walks.order_deeds import create, draw_order
from tests.walks.paper import note_sheet
from tests.walks.world import World
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.tracking import WITH_A_PARCEL
from warehouse_desk.domain.results import ActionResult
from warehouse_desk.domain.status import Status
from warehouse_desk.services.paper.hand_over_sheets import Collection
from warehouse_desk.services.paper.labels import LabelSettings

NUMBERS = ("LX100001", "LX100002")
"""Couriers' numbers: fewer than parcels, so that they meet."""
_LABELLED = (Status.NEW, Status.PACKED, Status.WAITING)


def _draw_labels(rng: Random) -> Numbers:
    return {"orders": [any_number(rng) for _ in range(rng.choice((1, 2)))], "again": chance(rng, 50)}


def _labels(world: World, orders: list[int], *, again: bool) -> Sequence[ActionResult]:
    keys = [world.in_status(number, _LABELLED) for number in orders]
    wish = LabelSettings(reprint_reason="Étiquette abîmée" if again else "")
    results = world.desk.paper.labels.make(keys, wish).answer.results
    note_labels(world, results)
    return results


def _draw_carrier(rng: Random) -> Numbers:
    return {"carrier": any_number(rng)}


Carrier = tuple[int | None, int | None]
"""A company or a person."""


def _carrier(world: World, carrier: int) -> Carrier:
    """Return a carrier, one that some order stands with if there is any."""
    living = [facts for facts in world.books.facts.values() if facts.status in _UNDER_WAY and not facts.deleted]
    taken = {carrier for carrier in map(_carrier_of, living) if carrier != (None, None)}
    everyone = [*((each, None) for each in world.companies), *((None, each) for each in world.persons)]
    choice = [each for each in everyone if each in taken] or everyone
    return choice[carrier % len(choice)]


def _carrier_of(facts: OrderFacts) -> Carrier:
    company = facts.shipping_company_id
    return company, facts.delivery_person_id if company is None else None


_UNDER_WAY = frozenset({Status.WAITING, Status.SHIPPED})


def _collect(world: World, carrier: int) -> Sequence[ActionResult]:
    company, person = _carrier(world, carrier)
    world.desk.paper.hand_overs.collect(company_id=company, person_id=person)
    return ()


def _draw_hand_over_scan(rng: Random) -> Numbers:
    return {"order": any_number(rng), "carrier": any_number(rng), "own": chance(rng, 75)}


def _hand_over_scan(world: World, order: int, carrier: int, *, own: bool) -> Sequence[ActionResult]:
    reference = world.in_status(order, _UNDER_WAY)
    own_carrier = _carrier_of(world.facts(reference)) if reference in world.books.facts else (None, None)
    company, person = own_carrier if own and own_carrier != (None, None) else _carrier(world, carrier)
    given = StepOptions(date=world.today, company_id=company, person_id=person)
    return (world.desk.scanning.scan("hand-over", reference, given),)


def _draw_close(rng: Random) -> Numbers:
    return {"carrier": any_number(rng), "collect": chance(rng, 80)}


def _close(world: World, carrier: int, *, collect: bool) -> Sequence[ActionResult]:
    """Sign for what a carrier takes, mostly after all that waits was collected."""
    company, person = _carrier(world, carrier)
    sheets = world.desk.paper.hand_overs
    taken = sheets.collect if collect else sheets.begin
    sheet = taken(company_id=company, person_id=person)
    number = (sheet.sheet if isinstance(sheet, Collection) else sheet).summary.id
    sheets.close(number)
    note_sheet(world, number)
    world.answers["close sheet", "done"] += 1
    return ()


def _draw_strike(rng: Random) -> Numbers:
    return {"sheet": any_number(rng), "parcel": any_number(rng)}


def _strike(world: World, sheet: int, parcel: int) -> Sequence[ActionResult]:
    if not world.memory.sheets:
        return ()
    number = sorted(world.memory.sheets)[sheet % len(world.memory.sheets)]
    parcels = world.memory.sheets[number]
    key = parcels[parcel % len(parcels)].reference
    return world.desk.paper.hand_overs.strike(number, [key], "Resté au dépôt").answer.results


def _draw_number(rng: Random) -> Numbers:
    return {"order": any_number(rng), "number": rng.choice(("", *NUMBERS, *NUMBERS)), "scanned": chance(rng, 40)}


def _track(world: World, order: int, number: str, *, scanned: bool) -> Sequence[ActionResult]:
    """Note the courier's number of a parcel, or take it away."""
    key = world.in_status(order, WITH_A_PARCEL)
    if not scanned or not number:
        return (world.desk.orders.track(key, number),)
    given = StepOptions(date=world.today)
    return [world.desk.scanning.scan("tracking", code, given) for code in (key, number)]


def _draw_exchange(rng: Random) -> Numbers:
    return {"orders": [any_number(rng), any_number(rng)], "number": rng.choice(NUMBERS)}


def _exchange(world: World, orders: list[int], number: str) -> Sequence[ActionResult]:
    """Stick a label on the wrong parcel, take it off, stick it on another one; then take the taking off back."""
    wrong, right = (world.in_status(order, WITH_A_PARCEL) for order in orders)
    track = world.desk.orders.track
    done = [track(wrong, number), track(wrong, ""), track(right, number)]
    return [*done, *world.desk.orders.undo([wrong]).results]


def _draw_nothing(_rng: Random) -> Numbers:
    return {}


def _back_up(world: World) -> Sequence[ActionResult]:
    if world.has_copies:
        world.back_up()
    return ()


def _draw_copy(rng: Random) -> Numbers:
    return {"copy": any_number(rng), "then": draw_order(rng)}


def _restore(world: World, copy: int, then: Numbers) -> Sequence[ActionResult]:
    """Put a copy in place of the database; the next order comes in at once."""
    if not world.copies:
        return ()
    world.restore(copy)
    return create(world, **then)


KINDS = (
    Kind("labels", 5, _draw_labels, _labels),
    Kind("collect", 5, _draw_carrier, _collect),
    Kind("hand over", 4, _draw_hand_over_scan, _hand_over_scan),
    Kind("close sheet", 8, _draw_close, _close),
    Kind("strike", 2, _draw_strike, _strike),
    Kind("track", 6, _draw_number, _track),
    Kind("exchange", 2, _draw_exchange, _exchange),
    Kind("back up", 3, _draw_nothing, _back_up),
    Kind("restore", 2, _draw_copy, _restore),
)
