"""Label printers that are fed directly: ZPL over a TCP socket, as print servers and Zebra printers listen."""

import contextlib
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.printers.errors import PrinterUnavailable

RAW_PORT = 9100
"""The port on which printers take raw jobs; Zebra's and JetDirect's default."""

CONNECT_SECONDS = 3.0
SEND_SECONDS = 20.0
"""A printer that is out of paper stops reading; after this long it is called stuck."""

CLOSE_SECONDS = 3.0
"""How long a printer may take to close its end once it was sent everything; many never do."""

_LAST_PORT = 65_535
_ADDRESS = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/]+)(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class RawAddress:
    """Where a label printer listens."""

    host: str
    port: int = RAW_PORT

    @classmethod
    def read(cls, text: str) -> "RawAddress":
        """Read ``host`` or ``host:port``, an IPv6 address in brackets.

        Raises:
            WrongUsage: it is neither.
        """
        match = _ADDRESS.fullmatch(text.strip())
        port = int(match["port"] or RAW_PORT) if match else 0
        if match is None or not 1 <= port <= _LAST_PORT:
            raise WrongUsage(
                msg(
                    "“{text}” is not a printer address. Write a name or number such as 192.168.1.50:9100.",
                    text=text[:80],
                )
            )
        return cls(match["host"].strip("[]"), port)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def check_raw(address: RawAddress) -> None:
    """Find out whether a printer takes a connection now, without sending it anything.

    Raises:
        PrinterUnavailable: it cannot be reached.
    """
    try:
        socket.create_connection((address.host, address.port), timeout=CONNECT_SECONDS).close()
    except OSError as error:
        raise PrinterUnavailable(_why(address, error, 0)) from error


def send_raw(
    address: RawAddress,
    parts: Iterable[bytes],
    *,
    sent: Callable[[int], None] = lambda _count: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Send parts, each a whole label, to a printer and return how many were sent.

    ``sent`` hears the count after each part; ``cancelled`` is asked before each. At the end the printer may close
    first: one that was switched off meanwhile breaks the connection, and that is noticed.

    Raises:
        PrinterUnavailable: it cannot be reached, or stopped reading; it knows how many labels were sent, of which the
            last may lie in the cables.
    """
    count = 0
    try:
        with socket.create_connection((address.host, address.port), timeout=CONNECT_SECONDS) as connection:
            connection.settimeout(SEND_SECONDS)
            for part in parts:
                if cancelled():
                    break
                connection.sendall(part)
                count += 1
                sent(count)
            connection.shutdown(socket.SHUT_WR)
            _wait_for_the_end(connection)
    except OSError as error:
        raise PrinterUnavailable(_why(address, error, count), count) from error
    return count


def _wait_for_the_end(connection: socket.socket) -> None:
    connection.settimeout(CLOSE_SECONDS)
    with contextlib.suppress(TimeoutError):
        while connection.recv(1024):  # what it says of its state is not for us
            pass


def _why(address: RawAddress, error: OSError, count: int) -> Message:
    if count:
        return msg(
            "The printer {address} stopped: {reason}. Labels printed: {count} at most. Check the paper, the cover and "
            "the last label, then print the rest.",
            address=str(address),
            count=count,
            reason=system_reason(error),
        )
    return msg(
        "The printer {address} cannot be reached: {reason}. Check that it is on and the address is right.",
        address=str(address),
        reason=system_reason(error),
    )
