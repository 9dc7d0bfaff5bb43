"""What the server counted of itself, as text that Prometheus reads."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from warehouse_desk.server.exchange import Visit

_VERBS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SERVER_FAULT: Final = 500
KEPT_VISITS: Final = 50
"""Shown to whoever looks at the running server."""


@dataclass(frozen=True, slots=True)
class Served:
    """A request that was answered, as the log has it."""

    moment: datetime
    visit: Visit
    address: str
    verb: str
    status: int
    milliseconds: float
    size: int
    """Bytes of the answer's body."""

    @property
    def route(self) -> str:
        """The path as the table has it; a dash where it is in no table."""
        return self.visit.route or "-"

    @property
    def principal(self) -> str:
        """Who asked; a dash where nobody knows."""
        return self.visit.principal or "-"


@dataclass(slots=True)
class Metrics:
    """Requests and seconds by route since the server started, and the last requests."""

    requests: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    """By verb, route and status."""
    seconds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By verb and route."""
    in_flight: int = 0
    last_fault: Served | None = None
    """The last request that the program failed to answer."""
    last: deque[Served] = field(default_factory=lambda: deque(maxlen=KEPT_VISITS))

    def note(self, served: Served) -> None:
        """Count a request; a verb that nobody knows counts as OTHER, or a stranger could fill the memory."""
        verb = served.verb if served.verb in _VERBS else "OTHER"
        self.requests[verb, served.route, served.status] += 1
        self.seconds[verb, served.route] += served.milliseconds / 1000  # type: ignore[assignment]  # a sum of floats
        self.last.append(served)
        if served.status == SERVER_FAULT:
            self.last_fault = served

    def text(self, gauges: Mapping[str, float]) -> str:
        """Return everything in Prometheus' text form, with gauges of elsewhere by their names."""
        lines = ["# TYPE warehouse_desk_requests_total counter"]
        for (verb, route, status), count in sorted(self.requests.items()):
            labels = f'verb="{verb}",route="{route}",status="{status}"'
            lines.append(f"warehouse_desk_requests_total{{{labels}}} {count}")
        lines.append("# TYPE warehouse_desk_request_seconds_total counter")
        for (verb, route), spent in sorted(self.seconds.items()):
            lines.append(f'warehouse_desk_request_seconds_total{{verb="{verb}",route="{route}"}} {spent:.6f}')
        for name, value in {"requests_in_flight": self.in_flight, **gauges}.items():
            lines += [f"# TYPE warehouse_desk_{name} gauge", f"warehouse_desk_{name} {value:g}"]
        return "\n".join(lines) + "\n"
