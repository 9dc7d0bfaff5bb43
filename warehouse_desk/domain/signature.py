"""Who did something, when, and why: what every row of the journal carries."""

from dataclasses import dataclass
from datetime import datetime

from warehouse_desk.domain.people.caller import Caller


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step happened: in UTC, and as the station's own clock and zone showed it."""

    at: datetime
    action_local: str
    tz: str

    @classmethod
    def of(cls, at: datetime) -> "Moment":
        """Take the moment in the station's own time zone."""
        local = at.astimezone()
        return cls(at, local.isoformat(timespec="seconds"), str(local.tzinfo))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did something at which moment, and why."""

    caller: Caller
    moment: Moment
    reason: str | None = None
