"""The entrances by which a step is asked for, each with what can be asked there and how it answers."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.builders import Shop
from tests.cli.conftest import Cli
from tests.matrix.expected import Expected, all_at_once, by_the_rules, towards
from tests.matrix.stands import DAYS, NOW, TOMORROW, Stand, day_of
from warehouse_desk.cli.commands import _DATED, DO_ACTIONS
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.days import DAY_OF
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, main_target
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import STATUS_MODES
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.scanning.request import ScanRequest

REASON = "Le client a changé d'avis"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, a step or a status, and on which day."""

    what: Action | Status
    day: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered for one order."""

    outcome: Outcome
    said: str


@dataclass(frozen=True)
class House:
    """A warehouse with the doors by which steps come in."""

    shop: Shop
    rest: Desk
    cli: Cli
    folder: Path

    def options(self, day: int) -> StepOptions:
        """Return everything that any step may need."""
        return self.shop.options(date=day_of(day), reason=REASON)


@dataclass(frozen=True, slots=True)
class Road:
    """One entrance."""

    name: str
    asked: tuple[Asked, ...]
    ask: Callable[[House, Asked, Sequence[str]], list[Answer]]
    expected: Callable[..., Expected]


def _answers(results: Sequence[ActionResult]) -> list[Answer]:
    return [Answer(result.outcome, str(result.message)) for result in results]


def _refused(error: WrongUsage, orders: Sequence[str]) -> list[Answer]:
    return [Answer(Outcome.REFUSED, str(error)) for _ in orders]


# --- steps by their names ----------------------------------------------------------------------------------------


def _in_bulk(house: House, asked: Asked, orders: Sequence[str]) -> list[Answer]:
    """As the window does it with the orders that are selected."""
    ids = [house.shop.facts(order).id for order in orders]
    try:
        return _answers(house.shop.desk.orders.act(Action(asked.what), ids, house.options(asked.day)).results)
    except WrongUsage as error:
        return _refused(error, orders)


_MODES = {action: mode for mode, action in STATUS_MODES.items()}


def _scanned(house: House, asked: Asked, orders: Sequence[str]) -> list[Answer]:
    """As the scanner's queue does it: each reading is stored, then answered."""
    mode, options, scanning = _MODES[Action(asked.what)], house.options(asked.day), house.shop.desk.scanning
    numbers = [scanning.receive(ScanRequest(mode=mode, code=order, options=options)) for order in orders]
    return _answers([scanning.process(number).result for number in numbers])


def _by_file(house: House, asked: Asked, orders: Sequence[str]) -> list[Answer]:
    file = house.folder / "references.csv"
    day = day_of(asked.day).isoformat()
    file.write_text("\n".join(["reference,date", *(f"{order},{day}" for order in orders)]), "utf-8")
    return _answers(house.shop.desk.files.by_file.mark(Action(asked.what), file).answer.results)


_OPTIONS: Mapping[Action, tuple[str, ...]] = {
    Action.SHIP: ("--warehouse", "CASA"),
    Action.ASSIGN: ("--warehouse", "CASA", "--person", "HAMID"),
    Action.PUSH: ("--company", "AMANA"),
}


def _commanded(house: House, asked: Asked, orders: Sequence[str]) -> list[Answer]:
    action = Action(asked.what)
    if action is Action.DELETE:
        said = house.cli("--json", "orders", "delete", *orders)
    else:
        date = ("--date", day_of(asked.day).isoformat()) if action in _DATED else ()
        said = house.cli("--json", "do", action, *_OPTIONS.get(action, ()), *date, "--reason", REASON, *orders)
    if said.status == 2:
        return [Answer(Outcome.REFUSED, said.err) for _ in orders]
    answers = [Answer(Outcome(each["outcome"]), each["message"]) for each in said.body["results"]]
    calm = all(each.outcome in {Outcome.DONE, Outcome.ALREADY} for each in answers)
    assert said.status == (0 if calm else 1)
    return answers


# --- statuses ----------------------------------------------------------------------------------------------------


def _entries(house: House, asked: Asked, orders: Sequence[str]) -> dict[str, Any]:
    status = Status(asked.what)
    more: dict[str, Any] = {}
    if status is Status.SHIPPED:
        more = {"warehouseId": house.shop.warehouse}
    elif status is Status.WAITING:
        more = {"shippent_company_id": house.shop.company, "from_stock": False}
    entry = {"status": status.value, "action_date": day_of(asked.day).isoformat(), **more}
    return {"orders": [{"reference": order, **entry} for order in orders]}


def _over_rest(house: House, asked: Asked, orders: Sequence[str]) -> list[Answer]:
    return _answers(house.rest.orders.update_statuses(_entries(house, asked, orders)).results)


def _by_update_file(house: House, asked: Asked, orders: Sequence[str]) -> list[Answer]:
    body = json.loads(json.dumps(_entries(house, asked, orders)))
    return _answers(house.shop.desk.orders.update_entries(body).results)


# --- what can be asked where -------------------------------------------------------------------------------------


def _steps(actions: Sequence[Action]) -> tuple[Asked, ...]:
    """Return the steps on each day; one that keeps none is asked for today, and for a day that has not come."""
    return tuple(Asked(a, day) for a in actions for day in (DAYS if main_target(a) in DAY_OF else (NOW, TOMORROW)))


def _commands(actions: Sequence[Action]) -> tuple[Asked, ...]:
    return tuple(Asked(action, day) for action in actions for day in (DAYS if action in _DATED else (NOW,)))


_STATUSES = tuple(Asked(status, day) for status in Status for day in DAYS)

ROADS = (
    Road("in bulk", _steps(STATUS_ACTIONS), _in_bulk, all_at_once),
    Road("scanned", _steps(tuple(_MODES)), _scanned, all_at_once),
    Road("by file", _steps((Action.RETURN, Action.DELIVER)), _by_file, by_the_rules),
    Road("by update file", _STATUSES, _by_update_file, towards),
    Road("over rest", _STATUSES, _over_rest, towards),
    Road(
        "commanded",
        _commands((*(action for action in DO_ACTIONS if action is not Action.UNDO), Action.DELETE)),
        _commanded,
        all_at_once,
    ),
)


def expected_of(road: Road, asked: Asked, stand: Stand, *, held: bool) -> Expected:
    """Return what a road has to answer for one order."""
    return road.expected(asked.what, stand, asked.day, held=held)
