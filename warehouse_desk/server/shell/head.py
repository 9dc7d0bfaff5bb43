"""The head of a request, judged before h11 reads it: whatever two readers could understand differently is refused.

h11 takes lines that end in a bare LF, folded headers, two equal lengths, and a length beside chunks. A proxy in front
that reads one of them otherwise would let one request hide in another.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import h11

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.server.shell.limits import Limits

_END: Final = b"\r\n\r\n"
_LOOSE_LINE_END = re.compile(rb"(?<!\r)\n|\r(?!\n|\Z)")
_FOLD = re.compile(rb"\n[ \t]")
_VERSION = re.compile(rb"HTTP/[0-9]\.[0-9]")
_LINE_REST: Final = 64
"""Bytes of a request line beside its target: the verb and the version."""
_PARTS_OF_LINE: Final = 3

_BROKEN = msg("This is not a readable HTTP request.")


@dataclass(frozen=True, slots=True)
class RequestFault:
    """Why a request goes no further."""

    status: int
    message: Message


def fault_of_head(received: bytes, limits: Limits) -> RequestFault | None:
    """Judge what was received of a request so far, whether or not its head is complete; None where it may go on."""
    end = received.find(_END)
    head = received if end < 0 else received[: end + 2]
    return _fault_of_size(head, limits) or _fault_of_lines(head) or (None if end < 0 else _fault_of_whole(head))


def _fault_of_size(head: bytes, limits: Limits) -> RequestFault | None:
    line = head.partition(b"\n")[0]
    if len(line) > limits.target + _LINE_REST or len(_target(line)) > limits.target:
        return RequestFault(414, msg("The address is longer than {limit} bytes.", limit=limits.target))
    if len(head) > limits.head:
        return RequestFault(431, msg("The headers are longer than {limit} bytes.", limit=limits.head))
    if head.count(b"\n") - 1 > limits.headers:
        return RequestFault(431, msg("There are more than {limit} headers.", limit=limits.headers))
    return None


def _target(line: bytes) -> bytes:
    words = line.split(b" ")
    return words[1] if len(words) > 1 else b""


def _fault_of_lines(head: bytes) -> RequestFault | None:
    if _LOOSE_LINE_END.search(head):
        return RequestFault(400, msg("Lines of a request end in CR LF."))
    if _FOLD.search(head):
        return RequestFault(400, msg("A header must be on one line."))
    return None


def _fault_of_whole(head: bytes) -> RequestFault | None:
    line, *headers = head.rstrip(b"\r\n").split(b"\r\n")
    words = line.split(b" ")
    if len(words) != _PARTS_OF_LINE or not _VERSION.fullmatch(words[2]):
        return RequestFault(400, _BROKEN)
    if words[2] not in {b"HTTP/1.1", b"HTTP/1.0"}:
        return RequestFault(505, msg("This server speaks HTTP/1.1."))
    if not words[1].startswith(b"/"):
        return RequestFault(400, msg("Ask for a path that begins with /, without the name of a server before it."))
    names = [header.partition(b":")[0].lower() for header in headers]
    return _fault_of_framing(names, is_old=words[2] == b"HTTP/1.0")


def _fault_of_framing(names: list[bytes], *, is_old: bool) -> RequestFault | None:
    if names.count(b"host") != 1:
        return RequestFault(400, msg("A request names its server once, in the header Host."))
    lengths, is_chunked = names.count(b"content-length"), b"transfer-encoding" in names
    if lengths > 1:
        return RequestFault(400, msg("A request says its length once."))
    if is_chunked and (lengths or is_old):
        return RequestFault(400, msg("A request has a length or comes in chunks, not both."))
    return None


class StrictConnection(h11.Connection):
    """The h11 state of one connection, whose faults are refused instead of raised."""

    def __init__(self, limits: Limits, refuse: Callable[[RequestFault], None]) -> None:
        super().__init__(h11.SERVER, limits.head)
        self._limits = limits
        self._refuse = refuse
        self.is_refused = False
        """Whether nothing more is read of it."""
        self.body_bytes = 0
        """Read of the body of the present request."""

    @property
    def is_between(self) -> bool:
        """Whether it waits for a request of which nothing has come yet."""
        return self.their_state is h11.IDLE and not self.trailing_data[0]

    @property
    def has_body_left(self) -> bool:
        """Whether more of the present request is to come."""
        return self.their_state is h11.SEND_BODY

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Return what has come; h11.NEED_DATA also where it was refused."""
        if self.is_refused:
            return h11.NEED_DATA
        fault = self._fault()
        if fault is None:
            try:
                return self._counted(super().next_event())
            except h11.RemoteProtocolError as error:
                fault = RequestFault(error.error_status_hint, _BROKEN)
        self.is_refused = True
        self._refuse(fault)
        return h11.NEED_DATA

    def _fault(self) -> RequestFault | None:
        if self.their_state is not h11.IDLE:
            return None
        received = self.trailing_data[0]
        return fault_of_head(received, self._limits) if received else None

    def _counted(
        self, event: h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]
    ) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        if isinstance(event, h11.Request):
            self.body_bytes = 0
        elif isinstance(event, h11.Data):
            self.body_bytes += len(event.data)
        return event
