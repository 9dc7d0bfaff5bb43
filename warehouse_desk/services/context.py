"""What every service needs: the database, who asks, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.data.engine.database import Database
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.domain.signature import Moment, Signature


@dataclass(slots=True)
class ForeignKeys:
    """The request ids that a program chooses itself, such as a client over HTTP, kept apart from all others."""

    principal: str
    """Whose they are, at most 64 characters."""
    key: str = ""
    """The id as the program wrote it, for sentences."""
    replayed: bool = False
    """Whether something was answered from what was done before, and nothing was done."""


@dataclass(frozen=True, slots=True)
class Context:
    """A worker at a station with a database."""

    database: Database
    caller: Caller
    now: Callable[[], datetime] = now_utc
    journal: Path | None = None
    """The file on this station's disk that keeps readings until a shared database has answered them."""
    foreign_keys: ForeignKeys | None = None
    """Whose the ids of requests are, where they are not the station's own."""

    def today(self) -> date:
        """Return today's day in the station's time zone."""
        return local_day(self.now())

    def signature(self, reason: str | None = None) -> Signature:
        """Return who writes at this moment, and why."""
        return Signature(self.caller, Moment.of(self.now()), reason or None)
