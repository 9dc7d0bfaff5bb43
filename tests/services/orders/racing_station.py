"""A station in a process of its own: ``python -m tests.services.orders.racing_station URL WHAT [SEED]``.

It says ``ready``, waits for a line on its standard input, works, and prints its results as JSON; see test_races.py.
"""

import json
import os
import random
import signal
import sys
from collections import Counter

from tests.builders import TODAY, a_desk, an_order_body
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.orders import steps
from warehouse_desk.domain.errors import RuleViolation
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.services.desk import Desk


def references(how_many: int) -> list[str]:
    return [f"ORD-{n:05d}" for n in range(1, how_many + 1)]


def options() -> StepOptions:
    return StepOptions(date=TODAY, warehouse_id=1)


def scan_all(desk: Desk, how_many: int, seed: int) -> dict[str, int]:
    """Scan every parcel for packing and shipping, in an order of the station's own."""
    codes = references(how_many)
    random.Random(seed).shuffle(codes)  # noqa: S311 - an order, no secret
    outcomes: Counter[str] = Counter()
    for code in codes:
        outcomes["pack " + desk.scanning.scan("pack", code, options()).outcome] += 1
        outcomes["ship " + desk.scanning.scan("ship", code, options()).outcome] += 1
    return outcomes


def act_on_all(desk: Desk, how_many: int, seed: int) -> dict[str, int]:
    """Pack and ship every parcel by bulk steps of 50, in an order of the station's own."""
    codes = references(how_many)
    random.Random(seed).shuffle(codes)  # noqa: S311 - an order, no secret
    outcomes: Counter[str] = Counter()
    for begin in range(0, how_many, 50):
        for action in (Action.PACK, Action.SHIP):
            for result in desk.orders.act(action, codes[begin : begin + 50], options()).results:
                outcomes[f"{action} {result.outcome}"] += 1
    return outcomes


def create_some(desk: Desk, how_many: int, seed: int) -> list[str]:
    """Create orders one by one and return their references."""
    return [desk.orders.create([an_order_body(notes=f"Poste {seed}")]).references[0] for _ in range(how_many)]


def close_sheets(desk: Desk, how_many: int, seed: int) -> dict[str, int]:
    """Close every hand-over, in an order of the station's own."""
    numbers = list(range(1, how_many + 1))
    random.Random(seed).shuffle(numbers)  # noqa: S311 - an order, no secret
    outcomes: Counter[str] = Counter()
    for number in numbers:
        try:
            desk.paper.hand_overs.close(number)
            outcomes["closed"] += 1
        except RuleViolation:
            outcomes["refused"] += 1
    return outcomes


def cancel_all(desk: Desk, how_many: int, seed: int) -> dict[str, int]:
    """Cancel every order by itself, in an order of the station's own."""
    codes = references(how_many)
    random.Random(seed).shuffle(codes)  # noqa: S311 - an order, no secret
    reason = StepOptions(date=TODAY, reason="Le client a changé d'avis")
    return Counter(desk.orders.act(Action.CANCEL, [code], reason).results[0].outcome for code in codes)


def close_or_cancel(desk: Desk, how_many: int, seed: int) -> dict[str, int]:
    """Close what the station of an even number closes; the other cancels what is on it."""
    return cancel_all(desk, how_many, seed) if seed % 2 else close_sheets(desk, how_many, seed)


def edit_or_ship(desk: Desk, how_many: int, seed: int) -> dict[str, int]:
    """Send every parcel to another address, or ship it: what the station of an even number does, and the other."""
    codes = references(how_many)
    random.Random(seed).shuffle(codes)  # noqa: S311 - an order, no secret
    outcomes: Counter[str] = Counter()
    for code in codes:
        if seed % 2:
            outcomes[desk.orders.act(Action.SHIP, [code], options()).results[0].outcome] += 1
        else:
            body = {"full_name": "Nadia", "phone": "0699999999", "address": "Rue 9", "city_to_id": 1}
            line = {"id": 1, "quantity": 1, "total": 399}
            outcomes["edited"] += desk.orders.update(code, {**body, "products": [line]}).outcome == "done"
    return outcomes


def note_numbers(desk: Desk, how_many: int, seed: int) -> dict[str, int]:
    """Note each number on a parcel of the station's own; the other station has the same labels."""
    outcomes: Counter[str] = Counter()
    for number, code in enumerate(references(2 * how_many)[seed % 2 :: 2]):
        try:
            outcomes[desk.orders.track(code, f"LX{number:06d}").outcome] += 1
        except RuleViolation:
            outcomes["refused"] += 1
    return outcomes


def die_shipping(desk: Desk, how_many: int, seed: int) -> None:
    """Be killed after everything of a shipment is written but its last row."""

    def kill(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(steps, "write_change", kill)  # noqa: B010 - of another type by intent
    desk.orders.act(Action.SHIP, references(how_many), options())


WORK = {
    "scan": scan_all,
    "act": act_on_all,
    "create": create_some,
    "die": die_shipping,
    "close": close_sheets,
    "close or cancel": close_or_cancel,
    "edit or ship": edit_or_ship,
    "note numbers": note_numbers,
}


def main(url: str, what: str, how_many: str, seed: str) -> None:
    database = Database(url)
    desk = a_desk(database, user=f"Worker {seed}", station=f"Poste {seed}")
    desk.paper.hand_overs.newest()  # what draws paper takes long to load: the others would be done before it begins
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    done = WORK[what](desk, int(how_many), int(seed))
    sys.stdout.write(json.dumps(done))
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
