"""One history: drawn, done, looked at after every deed, and made as short as it can be where it found a fault."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from random import Random

from tests.walks import goods_deeds, leaving, order_deeds, orders, paper, paper_deeds, stock
from tests.walks.deeds import Deed, do, draw
from tests.walks.world import World

KINDS = {kind.name: kind for kind in (*order_deeds.KINDS, *goods_deeds.KINDS, *paper_deeds.KINDS)}
AFTER_EACH = (*stock.AFTER_EACH, *orders.AFTER_EACH, *paper.AFTER_EACH, *leaving.AFTER_EACH)
NOW_AND_THEN = 5
"""After how many deeds the slow invariants are looked at."""

FIRST_ORDERS = 3
MOST_REPLAYS = 400
"""How often a history is replayed to make it shorter."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a history broke."""

    deeds: Sequence[Deed]
    """The deeds up to the one after which it was seen."""
    invariant: str
    said: str
    events: Sequence[str]
    """What each deed changed of orders."""


def deeds_of(seed: int, length: int) -> list[Deed]:
    """Draw the deeds of a history; the first make some orders, so that the others have something to work on."""
    rng = Random(seed)  # noqa: S311 - a history, no secret
    first = [Deed("create", {"wait": 0, **KINDS["create"].draw(rng)}) for _ in range(FIRST_ORDERS)]
    return first + [draw(rng, KINDS) for _ in range(length)]


def happen(world: World, deeds: Sequence[Deed]) -> Fault | None:
    """Do the deeds of a history and return the first fault; whatever is no refusal is one."""
    events: list[str] = []
    for place, deed in enumerate(deeds, start=1):
        at = deed.kind
        try:
            leaving.remember(world)
            do(world, deed, KINDS)
            world.look()
            leaving.note_allowed(world)
            events.append(_told_events(world))
            for invariant in _looked_at(place, len(deeds)):
                at = invariant.__name__
                for said in invariant(world):
                    return Fault(deeds[:place], at, said, events)
        except Exception as error:  # noqa: BLE001 - it is told with the way that led to it
            return Fault(deeds[:place], at, f"{type(error).__name__}: {error}", events)
    return None


def _told_events(world: World) -> str:
    names = {facts.id: reference for reference, facts in world.books.facts.items()}
    return ", ".join(
        f"{names[event['order_id']]} {event['kind']} {event['status_before'] or ''}→{event['status_after']}"
        for event in world.events_of_deed()
    )


def _looked_at(place: int, of: int) -> Sequence[Callable[[World], Iterator[str]]]:
    if place == of:
        return (*AFTER_EACH, *stock.NOW_AND_THEN, *stock.AT_THE_END)
    return (*AFTER_EACH, *stock.NOW_AND_THEN) if place % NOW_AND_THEN == 0 else AFTER_EACH


def shortest(open_world: Callable[[], Iterator[World]], fault: Fault) -> Fault:
    """Return the fault of a history from which no deed can be left out, or of a much shorter one."""
    replays = 0
    size = max(1, len(fault.deeds) // 2)
    while size and replays < MOST_REPLAYS:
        start, shorter = 0, False
        while start < len(fault.deeds) and replays < MOST_REPLAYS:
            fewer = [*fault.deeds[:start], *fault.deeds[start + size :]]
            replays += 1
            again = _replay(open_world, fewer)
            if again is not None and again.invariant == fault.invariant:
                fault, shorter = again, True
            else:
                start += size
        size = size if shorter and size == 1 else size // 2
    return fault


def _replay(open_world: Callable[[], Iterator[World]], deeds: Sequence[Deed]) -> Fault | None:
    with contextmanager(open_world)() as world:
        return happen(world, deeds)


def told(fault: Fault, seed: int) -> str:
    """Return a fault as a person can follow it."""
    happened = zip_longest(fault.deeds, fault.events, fillvalue="")
    deeds = [f"  {number:2}. {deed}\n      {events or '-'}" for number, (deed, events) in enumerate(happened, start=1)]
    return "\n".join((f"history {seed} breaks: {fault.invariant}: {fault.said}", "the shortest way there:", *deeds))


def told_counts(answers: Counter[tuple[str, str]]) -> str:
    """Return how often each deed was answered in each way."""
    return "\n".join(f"{name:24} {outcome:10} {count}" for (name, outcome), count in sorted(answers.items()))
