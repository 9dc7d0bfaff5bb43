"""No parcel leaves with a label, or with a count, that is older than its order.

What a label said is remembered when it is made, and compared with the order itself: the program's own marks are what is
looked at here.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.builders import Row
from tests.walks.world import World
from warehouse_desk.data.tables import order_event, order_line, orders
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Status

_SAID = ("full_name", "phone", "second_phone", "city", "area", "address", "notes", "total")
_LEAVING = frozenset(action.value for action in (Action.PUSH, Action.ASSIGN, Action.SHIP, Action.HAND_OVER))


@dataclass(frozen=True, slots=True)
class LabelText:
    """What a label says of its order, and on which attempt it was made."""

    attempt: int
    texts: tuple[Any, ...]
    lines: tuple[tuple[int, int], ...]


def label_texts(world: World) -> dict[str, LabelText]:
    """Return what a label of each order would say now."""
    lines: dict[int, list[tuple[int, int]]] = {}
    for line in sorted(world.books[order_line], key=lambda line: line["position"]):
        lines.setdefault(line["order_id"], []).append((line["product_id"], line["quantity"]))
    return {
        row["reference"]: LabelText(row["attempt"], tuple(row[name] for name in _SAID), tuple(lines[row["id"]]))
        for row in world.books[orders]
    }


def note_labels(world: World, results: Sequence[ActionResult]) -> None:
    """Remember what stands on the labels that were just made."""
    world.look()
    now = label_texts(world)
    for result in results:
        if result.outcome is Outcome.DONE:
            world.memory.labels[result.reference] = now[result.reference]


def remember(world: World) -> None:
    """Remember what has to stay now, before a deed."""
    must_count = world.desk.settings.read().verify_before_pack
    counted = dict.fromkeys(uncounted(world), "its pieces were not counted again") if must_count else {}
    world.had_to_stay = {**counted, **dict.fromkeys(outdated(world), "its label is outdated")}
    world.events_before, world.lets_go = len(world.books[order_event]), False


def note_allowed(world: World) -> None:
    """Remember which parcels a deed let go as they are: nobody asks again for the same."""
    now = label_texts(world)
    for reference, _ in _left(world):
        if world.lets_go:
            world.memory.allowed[reference] = now[reference]


def _left(world: World) -> Iterator[tuple[str, str]]:
    """Return the orders that the deed took a step out of the house, with the step."""
    names = {facts.id: reference for reference, facts in world.books.facts.items()}
    for event in world.events_of_deed():
        if event["kind"] in _LEAVING:
            yield names[event["order_id"]], event["kind"]


def outdated(world: World) -> set[str]:
    """Return the orders here whose label says something else than they do, and which nobody let go so."""
    now = label_texts(world)
    return {
        reference
        for reference in _here(world, now)
        if world.facts(reference).label_count and _is_older(world.memory.labels.get(reference), now[reference])
    }


def _here(world: World, now: Mapping[str, LabelText]) -> Iterator[str]:
    """Return the orders that no carrier signed for, and of which nobody said that they may go as they are."""
    for reference, facts in world.books.facts.items():
        if facts.hand_over_id is None and world.memory.allowed.get(reference) != now[reference]:
            yield reference


def _is_older(label: LabelText | None, now: LabelText) -> bool:
    return label is not None and label.attempt == now.attempt and label != now


def uncounted(world: World) -> set[str]:
    """Return the orders here with other pieces than were packed, and which nobody counted since or let go so."""
    found: dict[int, bool] = {}
    for event in world.books[order_event]:
        found[event["order_id"]] = _is_dirty_after(event, was=found.get(event["order_id"], False))
    return {reference for reference in _here(world, label_texts(world)) if found[world.facts(reference).id]}


_PACKED = frozenset({Status.PACKED.value, Status.WAITING.value, Status.ROLLBACK.value})


def _is_dirty_after(event: Row, *, was: bool) -> bool:
    if event["status_after"] == Status.NEW or event["kind"] in {Action.COUNT.value, Action.PACK.value}:
        return False
    if event["kind"] == Action.UPDATE.value and event["status_after"] in _PACKED:
        return was or _pieces(json.loads(event["before"])) != _pieces(json.loads(event["after"]))
    return was


def _pieces(noted: Mapping[str, Any]) -> Counter[str]:
    pieces: Counter[str] = Counter()
    for sku, quantity, _total in noted.get("products", ()):
        pieces[sku] += quantity
    return pieces


def an_outdated_label_is_marked(world: World) -> Iterator[str]:
    """No label that is older than its order claims to be current."""
    for reference in outdated(world):
        facts = world.facts(reference)
        if not facts.label_outdated and not facts.deleted:
            yield f"{reference} says {label_texts(world)[reference]}, its label {world.memory.labels[reference]}"


def nothing_that_must_stay_left(world: World) -> Iterator[str]:
    """A deed took along no parcel that had to stay, unless it let it go as it is."""
    for reference, step in _left(world):
        if reference in world.had_to_stay and not world.lets_go:
            yield f"{reference}: {step}, though {world.had_to_stay[reference]}"


AFTER_EACH = (an_outdated_label_is_marked, nothing_that_must_stay_left)
