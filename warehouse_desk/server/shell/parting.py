"""How a connection ends: not before the other side could read why."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

_LARGE = 32 * 1024
"""Bytes that are not kept back for company: whoever streams is to be told when the other side does not follow."""


class PartingTransport(asyncio.Transport):
    """A connection's transport whose end waits, for a moment, until the rest of what is being sent was thrown away.

    A socket that is closed while it holds bytes nobody read resets the connection, and the sender never sees the
    answer that stood before its end.
    """

    def __init__(self, transport: asyncio.Transport, seconds: float, is_sending: Callable[[], bool]) -> None:
        """``seconds`` is how long it waits at most; ``is_sending`` tells whether the other side has more to send."""
        super().__init__()
        self._transport = transport
        self._seconds = seconds
        self._is_sending = is_sending
        self._timer: asyncio.TimerHandle | None = None
        self._unsent: list[bytes | bytearray | memoryview] = []
        self.is_parting = False
        """Whether everything was said and what still comes is thrown away."""

    def close(self) -> None:
        """End it, at once where the other side sends nothing more."""
        if self.is_parting or self._transport.is_closing():
            return
        self._send()
        if not self._is_sending():
            self._transport.close()
            return
        self.is_parting = True
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._transport.resume_reading()
        self._timer = asyncio.get_running_loop().call_later(self._seconds, self._transport.close)

    def end(self) -> None:
        """End it at once; what was written is still sent."""
        self._send()
        self._transport.close()

    def forget(self) -> None:
        """Stop waiting: it has ended."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def abort(self) -> None:
        """End it and send nothing more."""
        self._unsent.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        """Tell whether it ends or has ended."""
        return self.is_parting or self._transport.is_closing()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send bytes; after its end they go nowhere.

        What is written in one turn of the loop goes out together: an answer's head and a short body are one packet.
        """
        if self.is_closing():
            return
        if not self._unsent:
            asyncio.get_running_loop().call_soon(self._send)
        self._unsent.append(data)
        if len(data) > _LARGE or not data:  # the end of an answer is often nothing
            self._send()

    def _send(self) -> None:
        """Give to the real transport what was written."""
        if self._unsent:
            self._transport.write(b"".join(self._unsent))
            self._unsent.clear()

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        """Send pieces of bytes."""
        for data in list_of_data:
            self.write(data)

    def pause_reading(self) -> None:
        """Take no more from the other side."""
        if not self.is_parting:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Take more from the other side."""
        self._transport.resume_reading()

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - asyncio's own
        """Return what the real transport knows."""
        return self._transport.get_extra_info(name, default)
