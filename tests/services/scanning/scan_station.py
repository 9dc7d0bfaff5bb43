"""A station whose queue is read in tests: what was answered, in which order."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.builders import Shop
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.scanning.scans import ScanAnswer
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.scanning.queue import QueueEvents, ScanQueue
from warehouse_desk.services.scanning.request import ScanRequest

PATIENCE_SECONDS = 180


@dataclass
class Listener:
    """Notes what the queue tells."""

    answers: list[ScanAnswer] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    delays: list[str] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def events(self) -> QueueEvents:
        return QueueEvents(self._answered, self._lost, self._delayed, self._repeated)

    def _note(self, where: list[str], what: str) -> None:
        with self.changed:
            where.append(what)
            self.changed.notify_all()

    def _answered(self, answer: ScanAnswer) -> None:
        with self.changed:
            self.answers.append(answer)
            self.changed.notify_all()

    def _lost(self, request: ScanRequest, error: Exception) -> None:
        self._note(self.lost, f"{request.code}: {error}")

    def _delayed(self, waiting: int, error: Exception) -> None:
        self._note(self.delays, f"{waiting}: {error}")

    def _repeated(self, request: ScanRequest) -> None:
        self._note(self.repeats, request.code)

    def wait_for(self, answers: int) -> list[ScanAnswer]:
        self.wait_until(lambda: len(self.answers) >= answers)
        return list(self.answers)

    def wait_until(self, told: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(told, PATIENCE_SECONDS), self


@contextmanager
def scanning_at(desk: Desk, listener: Listener) -> Iterator[ScanQueue]:
    queue = desk.scanning.queue(listener.events())
    try:
        yield queue
    finally:
        assert queue.close()


def reading(shop: Shop, mode: str, code: str, **facts: object) -> ScanRequest:
    own = {name: facts.pop(name) for name in ("whole_lines", "write_off", "candidates", "approval") if name in facts}
    if mode == "hand-over" and not facts:
        facts = {"company_id": shop.company, "person_id": None}
    return ScanRequest(mode=ModeName(mode), code=code, options=shop.options(**facts), **own)  # type: ignore[arg-type]
