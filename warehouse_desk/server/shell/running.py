"""A server that runs: uvicorn's, with our connections, our signals, and TLS files that can be read again."""

import asyncio
import logging
import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Final

import uvicorn

from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.server.shell.doorway import Doorway
from warehouse_desk.server.shell.health import Health
from warehouse_desk.server.shell.limits import Limits
from warehouse_desk.server.shell.protocol import DeskProtocol
from warehouse_desk.server.shell.shell import Shell
from warehouse_desk.server.shell.tls import TlsFiles

_STOP_SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)
)
_KILLED: Final = 128
"""As a shell says it of a program ended by a signal: this and the signal's number."""

_log = logging.getLogger(__name__)


class DeskServer(uvicorn.Server):
    """Serves a shell at sockets until it is told to stop."""

    def __init__(self, shell: Shell, health: Health, limits: Limits, tls: TlsFiles | None = None) -> None:
        """Read the TLS files, so that a wrong one is told before anything begins.

        Raises:
            WrongUsage: they cannot be used.
        """
        super().__init__(
            uvicorn.Config(
                shell,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=limits.keep_alive_seconds,  # type: ignore[arg-type]  # call_later takes any number
                timeout_graceful_shutdown=limits.stop_seconds,  # type: ignore[arg-type]  # and so does wait_for
            )
        )
        self._shell = shell
        self._health = health
        self._limits = limits
        self._tls = tls
        self._context: ssl.SSLContext | None = None if tls is None else tls.context()
        self._reads_again = False
        self._has_terminal = False
        """Whether it was started from a terminal, which ends it when it is closed."""
        self.on_started: Callable[[], None] = lambda: None
        """Called in the server's thread once it answers."""

    def stop(self) -> None:
        """Take no more connections, give those in flight their time, then return from ``run``; from any thread."""
        self._health.is_stopping = True
        self.should_exit = True

    def read_tls_again(self) -> None:
        """Use what the TLS files hold by now for the connections that come from now on; from any thread."""
        self._reads_again = True

    async def startup(self, sockets: Sequence[socket.socket] | None = None) -> None:
        """Listen at the sockets."""
        await self.lifespan.startup()
        loop = asyncio.get_running_loop()
        made = partial(self._protocol, loop)
        context = self._context
        entrance: Callable[[], asyncio.Protocol] = made
        if context is not None:
            entrance = partial(Doorway, context, self._limits, self.server_state.connections, made)
        self.servers = [await loop.create_server(entrance, sock=each) for each in sockets or ()]
        self.started = True
        self.on_started()

    def _protocol(self, loop: asyncio.AbstractEventLoop) -> DeskProtocol:
        return DeskProtocol(
            self.config,
            self.server_state,
            self.lifespan.state,
            loop,
            limits=self._limits,
            on_refusal=self._shell.note_refusal,
        )

    async def on_tick(self, counter: int) -> bool:
        """Look, ten times a second, for what signals and other threads asked for."""
        if self._reads_again and self._tls is not None and self._context is not None:
            self._reads_again = False
            try:
                self._tls.load_into(self._context)
                _log.info("the certificate was read again")
            except WrongUsage as error:
                _log.error("the certificate was not read again, the one before stays in use: %s", error)
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Stop at the first signal, end at the second; elsewhere than in the main thread signals are not ours."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        self._has_terminal = sys.stdin is not None and sys.stdin.isatty()
        before = {each: signal.signal(each, self._on_signal) for each in _STOP_SIGNALS}
        if hasattr(signal, "SIGHUP"):
            before[signal.SIGHUP] = signal.signal(signal.SIGHUP, self._on_hang_up)
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.should_exit:
            # What is not committed is rolled back by the database, as after any other end.
            os._exit(_KILLED + number)
        self.stop()

    def _on_hang_up(self, number: int, frame: FrameType | None) -> None:
        """Read the TLS files again; where there are none, it can only mean that the terminal was closed."""
        if self._tls is not None:
            self.read_tls_again()
        elif self._has_terminal:
            self._on_signal(number, frame)


class ServerThread:
    """Runs a server beside something else, a window or a test."""

    def __init__(self, server: DeskServer, sockets: Sequence[socket.socket]) -> None:
        self._server = server
        self._sockets = sockets
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)
        self.error: BaseException | None = None
        """What ended it, where that was not :meth:`stop`."""
        server.on_started = self._started.set

    def start(self) -> None:
        """Begin, and return once it answers."""
        self._thread.start()
        self._started.wait()

    @property
    def is_running(self) -> bool:
        """Whether it still serves."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """End it and wait until it has ended."""
        self._server.stop()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._server.run(list(self._sockets))
        except BaseException as error:  # noqa: BLE001 - told to whoever looks at it
            _log.exception("the server ended")
            self.error = error
        finally:
            self._started.set()
