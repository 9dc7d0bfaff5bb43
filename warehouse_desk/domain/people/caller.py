"""Who asks for a step, at which station, through which entrance."""

from dataclasses import dataclass
from enum import StrEnum

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import NotAllowed
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability


class Source(StrEnum):
    """The entrance through which a step came; part of the audit. REST is a program's token, WEB a session."""

    DESK = "desk"
    SCANNER = "scanner"
    CLI = "cli"
    FILE = "file"
    REST = "rest"
    WEB = "web"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Caller:
    """A worker at a station. Without users in the database everybody is the owner and may do everything."""

    user_id: int | None = None
    user_name: str = ""
    abilities: frozenset[Ability] = ALL_ABILITIES
    station_id: int | None = None
    station_name: str = ""
    source: Source = Source.DESK

    def may(self, ability: Ability) -> bool:
        """Tell whether the worker's role holds the ability."""
        return ability in self.abilities

    def require(self, ability: Ability) -> None:
        """Refuse unless the worker's role holds the ability.

        Raises:
            NotAllowed: it does not.
        """
        if ability not in self.abilities:
            raise NotAllowed(missing_ability(self, ability))

    def require_view(self) -> None:
        """Refuse unless the worker's role may read: ``view``, over HTTP ``VIEW ORDERS``.

        Raises:
            NotAllowed: it may not.
        """
        self.require(viewing(self.source))


def viewing(source: Source) -> Ability:
    """Return the ability that reading wants at an entrance."""
    return Ability.REST_VIEW if source is Source.REST else Ability.VIEW


def missing_ability(caller: Caller, ability: Ability) -> Message:
    """Return the sentence for a worker who lacks an ability."""
    return msg(
        "{user} may not do this: the right “{ability}” is missing. Ask a supervisor.",
        user=caller.user_name or msg("This worker"),
        ability=ability.value,
    )
