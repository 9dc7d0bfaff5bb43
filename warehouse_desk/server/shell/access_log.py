"""The log of requests: one JSON object a line, nothing in it that names a customer or opens a door."""

import json
import logging
from pathlib import Path

from warehouse_desk.common.log import DailyFile
from warehouse_desk.common.redaction import redacted
from warehouse_desk.server.shell.metrics import Served

_FILES = "access"


class AccessLog:
    """Appends a line a request to the day's file beside the program's log."""

    def __init__(self, folder: Path) -> None:
        self._file = DailyFile(folder, _FILES)
        self._file.setFormatter(logging.Formatter("%(message)s"))

    def write(self, served: Served) -> None:
        """Write a request down: its route, never its path or query, which hold references and phones."""
        line = json.dumps(
            {
                "time": served.moment.isoformat(timespec="milliseconds"),
                "id": redacted(served.visit.request_id),
                "address": served.address,
                "principal": redacted(served.principal),
                "verb": redacted(served.verb[:20]),
                "route": served.route,
                "status": served.status,
                "ms": round(served.milliseconds, 1),
                "bytes": served.size,
            },
            ensure_ascii=False,
        )
        self._file.handle(logging.LogRecord("access", logging.INFO, "", 0, "%s", (line,), None))

    def close(self) -> None:
        """Close the file."""
        self._file.close()
