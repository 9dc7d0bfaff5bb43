"""What can be done in a history: each deed draws its numbers from the seed, and does it again from the same numbers.

Numbers are drawn without a look at the warehouse; what they mean is found when the deed is done. So deeds can be left
out of a history, and the others still mean something.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.walks.world import World
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.results import ActionResult

Numbers = dict[str, Any]
Draw = Callable[[Random], Numbers]
Do = Callable[..., Sequence[ActionResult]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of deed; those of more weight are drawn more often."""

    name: str
    weight: int
    draw: Draw
    do: Do


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed of a history: its kind and what was drawn for it."""

    kind: str
    numbers: Numbers

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(f'{name}={value!r}' for name, value in self.numbers.items())})"


def any_number(rng: Random) -> int:
    """Draw a number that chooses among whatever there is."""
    return rng.randrange(1_000)


def chance(rng: Random, percent: int) -> bool:
    """Draw whether something happens that does so in some of a hundred cases."""
    return rng.randrange(100) < percent


def draw(rng: Random, kinds: Mapping[str, Kind]) -> Deed:
    """Draw the next deed of a history."""
    (kind,) = rng.choices(list(kinds.values()), [each.weight for each in kinds.values()])
    return Deed(kind.name, {"wait": rng.choice((0, 0, 1, 3)), **kind.draw(rng)})


def do(world: World, deed: Deed, kinds: Mapping[str, Kind]) -> None:
    """Do a deed; what the rules object to is an answer like any other."""
    numbers = dict(deed.numbers)
    world.wait(numbers.pop("wait"))
    try:
        world.note(deed.kind, kinds[deed.kind].do(world, **numbers))
    except DeskError:
        world.answers[deed.kind, "objected"] += 1
