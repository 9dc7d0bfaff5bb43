"""The log of requests: one JSON object a line, nothing in it that names a customer or opens a door."""

import json
from functools import lru_cache
from pathlib import Path

from warehouse_desk.common.log import DailyFile
from warehouse_desk.common.redaction import redacted
from warehouse_desk.server.shell.metrics import Served

_FILES = "access"
_VERB = 20
"""Letters of a verb that are written; all that mean anything are shorter."""


@lru_cache(maxsize=1_000)
def _named(name: str) -> str:
    """Return a name without what must not be written; the same few come again and again."""
    return redacted(name)


class AccessLog:
    """Appends a line a request to the day's file beside the program's log."""

    def __init__(self, folder: Path) -> None:
        self._file = DailyFile(folder, _FILES)

    def write(self, served: Served) -> None:
        """Write a request down: its route, never its path or query, which hold references and phones."""
        line = json.dumps(
            {
                "time": served.moment.isoformat(timespec="milliseconds"),
                "id": redacted(served.visit.request_id),
                "address": served.address,
                "principal": _named(served.principal),
                "verb": _named(served.verb[:_VERB]),
                "route": served.route,
                "status": served.status,
                "ms": round(served.milliseconds, 1),
                "bytes": served.size,
            },
            ensure_ascii=False,
        )
        self._file.append(line)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
