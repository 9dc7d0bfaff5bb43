"""The requests with a key that this process is working on: a twin is told to come again instead of waiting."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse_desk.domain.errors import RequestRunning
from warehouse_desk.services.requests import STILL_RUNNING


class RunningKeys:
    """Keys by whose they are; safe in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: set[tuple[str, str]] = set()

    @contextmanager
    def held(self, principal: str, key: str) -> Iterator[None]:
        """Hold a key while its request is worked on.

        Raises:
            RequestRunning: somebody holds it.
        """
        mine = (principal, key)
        with self._lock:
            if mine in self._held:
                raise RequestRunning(STILL_RUNNING)
            self._held.add(mine)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(mine)
