"""Large bodies: no more than a few are read at once, and none is larger than what the largest endpoint takes."""

import asyncio

from warehouse_desk.server.shell.limits import Limits


class LargeBodies:
    """The places for large bodies; a request holds its place until it is answered."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._places = asyncio.Semaphore(limits.large_bodies)

    async def enter(self) -> bool:
        """Wait for a place and tell whether there was one."""
        try:
            async with asyncio.timeout(self._limits.large_body_wait):
                await self._places.acquire()
        except TimeoutError:
            return False
        return True

    def leave(self) -> None:
        """Give the place back."""
        self._places.release()
