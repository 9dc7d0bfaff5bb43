"""Fail a test that makes the program log a warning which the test did not announce."""

import logging
import re
from dataclasses import dataclass, field

PROGRAM = "warehouse_desk"


@dataclass
class _Announcement:
    pattern: str
    level: int
    required: bool
    met: bool = False

    def covers(self, record: logging.LogRecord) -> bool:
        return record.levelno == self.level and re.search(self.pattern, record.getMessage()) is not None


@dataclass
class LogGuard(logging.Handler):
    """Collects the program's records from WARNING up during one test."""

    records: list[logging.LogRecord] = field(default_factory=list)
    _announced: list[_Announcement] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    __hash__ = logging.Handler.__hash__

    def expect(self, pattern: str, level: int = logging.WARNING) -> None:
        """Announce a record: its message matches ``pattern`` (searched); the test fails if none comes."""
        self._announced.append(_Announcement(pattern, level, required=True))

    def allow(self, pattern: str, level: int = logging.WARNING) -> None:
        """Tolerate records whose message matches ``pattern``, whether or not they come."""
        self._announced.append(_Announcement(pattern, level, required=False))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record for the judgement at the test's end."""
        self.records.append(record)

    def complaints(self) -> list[str]:
        """Return one sentence per unannounced record and per announced one that did not come."""
        said = []
        for record in self.records:
            covering = [announced for announced in self._announced if announced.covers(record)]
            for announced in covering:
                announced.met = True
            if not covering:
                said.append(f"unexpected {record.levelname} from {record.name}: {record.getMessage()}")
        silent = [one for one in self._announced if one.required and not one.met]
        said += [f"expected a {logging.getLevelName(one.level)} matching {one.pattern!r}" for one in silent]
        return said


class WatchedLogger:
    """The program's logger for the length of one test: guarded, and put back as it was."""

    def __init__(self) -> None:
        self._logger = logging.getLogger(PROGRAM)

    def __enter__(self) -> LogGuard:
        logger = self._logger
        self._before = (logger.level, logger.propagate, logger.disabled, logger.handlers[:])
        self._guard = LogGuard()
        logger.addHandler(self._guard)
        return self._guard

    def __exit__(self, *_: object) -> None:
        logger = self._logger
        level, logger.propagate, logger.disabled, handlers = self._before
        logger.setLevel(level)
        logger.handlers[:] = handlers
