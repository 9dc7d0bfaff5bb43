"""Large bodies: no more than a few are read at once, and none is larger than what the largest endpoint takes."""

import asyncio

from warehouse_desk.server.shell.limits import Limits


class BodyPlaces:
    """How large a body may be, and the places for large ones; a request holds its place until it is answered."""

    def __init__(self, limits: Limits, largest: int) -> None:
        self.largest = largest
        """Bytes of the largest body that anything here takes."""
        self._limits = limits
        self._places = asyncio.Semaphore(limits.large_bodies)

    def needs_place(self, size: int) -> bool:
        """Tell whether a body of so many bytes is a large one."""
        return size > self._limits.large_body

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
