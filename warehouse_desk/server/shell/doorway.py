"""A connection before it is encrypted: it takes a place as any other, and gives it up as any other.

asyncio's own TLS listener tells of a connection only once it is encrypted. Whoever opens hundreds and says nothing
would keep hundreds of places that nobody counts.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import Any, cast

from warehouse_desk.server.shell.limits import Limits
from warehouse_desk.server.shell.protocol import DeskProtocol, make_room


class Doorway(asyncio.Protocol):
    """Encrypts one connection and hands it to its protocol."""

    is_busy = False
    """Nothing is asked here, so it makes room where others wait."""

    def __init__(
        self, context: ssl.SSLContext, limits: Limits, connections: set[Any], protocol: Callable[[], DeskProtocol]
    ) -> None:
        """``connections`` are those of the server, ``protocol`` makes what speaks on this one once it is encrypted."""
        self._context = context
        self._limits = limits
        self._connections = connections
        self._protocol = protocol
        self._loop = asyncio.get_running_loop()
        self._early = bytearray()
        self._is_lost = False
        self.waiting_since = self._loop.time()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to encrypt, where there is room."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.pause_reading()  # what comes is the handshake's
        self._connections.add(self)
        if len(self._connections) > self._limits.connections and not make_room(self._connections, self):
            self.leave()
            return
        self._entering = self._loop.create_task(self._enter())

    async def _enter(self) -> None:
        with contextlib.suppress(OSError):  # no TLS, too slow, or gone: nobody is there who could be told
            encrypted = await self._loop.start_tls(
                self._transport,
                self,
                self._context,
                server_side=True,
                ssl_handshake_timeout=self._limits.handshake_seconds,
                ssl_shutdown_timeout=self._limits.linger_seconds,
            )
            if encrypted is not None and not self._is_lost:
                self._hand_over(encrypted)
        self._connections.discard(self)

    def _hand_over(self, encrypted: asyncio.Transport) -> None:
        self._connections.discard(self)
        protocol = self._protocol()
        encrypted.set_protocol(protocol)
        protocol.connection_made(encrypted)
        if self._early:
            protocol.data_received(bytes(self._early))

    def data_received(self, data: bytes) -> None:
        """Keep what came right behind the handshake."""
        self._early += data

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's own
        """Forget the connection."""
        self._is_lost = True
        self._connections.discard(self)

    def leave(self) -> None:
        """End it."""
        self._is_lost = True
        self._connections.discard(self)
        self._transport.abort()

    def shutdown(self) -> None:
        """End it: the server stops."""
        self.leave()
