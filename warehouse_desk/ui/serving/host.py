"""What the window knows of a server: the program hands one over, and the window never loads what it is made of."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Visitor:
    """A request that was answered: who asked for what, and when."""

    moment: datetime
    principal: str
    """A token's or a user's name; a dash where nobody knows."""
    address: str
    what: str
    """Verb and route, such as ``GET /orders``."""
    status: int
    request_id: str


@dataclass(frozen=True, slots=True)
class ServerView:
    """How the server stands at this moment."""

    url: str = ""
    """Where it answers; empty while it does not."""
    since: datetime | None = None
    in_flight: int = 0
    """Requests that are being answered."""
    visitors: tuple[Visitor, ...] = ()
    """The last ones, newest first."""
    last_fault: Visitor | None = None
    """The last request that the program failed to answer."""
    ended_by: str = ""
    """What ended it, where nobody stopped it."""

    @property
    def is_serving(self) -> bool:
        """Whether it answers."""
        return bool(self.url)


class ServerHost(Protocol):
    """Serves the desk's database beside the window; :meth:`start` and :meth:`stop` are called in a worker thread."""

    @property
    def port(self) -> int:
        """The port that it takes where nobody names another."""
        ...

    def start(self, desk: "Desk", port: int) -> None:
        """Begin, for programs on this machine.

        Raises:
            DeskError: it is served already, the port is taken, or packages are missing; the sentence says what to do.
        """
        ...

    def stop(self) -> None:
        """End; what is being answered has a moment for it."""
        ...

    def view(self) -> ServerView:
        """Return how it stands; at once, from any thread."""
        ...
