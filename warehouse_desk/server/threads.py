"""The bounded pools of threads in which handlers run: services are synchronous, and a database has few connections."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import anyio
from anyio import CapacityLimiter, to_thread

from warehouse_desk.server.endpoints.endpoint import Work
from warehouse_desk.server.errors import NO_PLACE, NO_PLACE_SECONDS, HttpError

T = TypeVar("T")

PLACES = {Work.SERVICES: 8, Work.FILES: 2, Work.HASHING: 2}
"""How many handlers of each kind run at once."""
WAIT_SECONDS = 5.0
"""How long a request waits for a place."""


class Threads:
    """Places for handlers, of each kind its number."""

    def __init__(self, places: Mapping[Work, int] = PLACES, wait_seconds: float = WAIT_SECONDS) -> None:
        self._places = {work: CapacityLimiter(number) for work, number in places.items()}
        self._threads = CapacityLimiter(sum(places.values()))
        self._wait_seconds = wait_seconds

    def waiting(self) -> dict[Work, int]:
        """Return how many requests wait for a place of each kind."""
        return {work: places.statistics().tasks_waiting for work, places in self._places.items()}

    async def run(self, work: Work, job: Callable[[], T]) -> T:
        """Do a job in a thread of its pool; it is always brought to its end, even where nobody waits any more.

        Raises:
            HttpError: 503, no place became free in time.
        """
        if work is Work.NONE:
            return job()
        places, mine = self._places[work], object()
        got = False
        with anyio.move_on_after(self._wait_seconds):
            await places.acquire_on_behalf_of(mine)
            got = True
        if not got:
            raise HttpError(503, NO_PLACE, [("Retry-After", str(NO_PLACE_SECONDS))])
        try:
            return await to_thread.run_sync(job, limiter=self._threads)
        finally:
            places.release_on_behalf_of(mine)
