"""The sockets of a server: bound before anything else is done, on IPv4 and IPv6 with one port."""

import errno
import os
import socket
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.server.shell.errors import CannotListen
from warehouse_desk.server.shell.who import LOOPBACK_NAMES

_BACKLOG: Final = 512
_TRIES: Final = 50
"""Ports that are looked at for a free one."""
_LAST_PORT: Final = 65_535
_LOOPBACK: Final = ("127.0.0.1", "::1")


def listen(host: str, port: int) -> list[socket.socket]:
    """Return sockets that listen at a host and a port; 0 is any port that is free. Loopback is both of its addresses.

    Raises:
        CannotListen: the port is taken, which the sentence answers with the next free one; or the host is not ours.
    """
    addresses = _LOOPBACK if host in LOOPBACK_NAMES else (host,)
    try:
        return _listen_together(addresses, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotListen(_taken(addresses, port)) from error
        sentence = msg("{host} cannot be listened at: {reason}.", host=host, reason=system_reason(error))
        raise CannotListen(sentence) from error


def _listen_together(addresses: Sequence[str], port: int) -> list[socket.socket]:
    """Bind all addresses to one port; the second one of loopback is left out where the machine does not have it."""
    for last in reversed(range(_TRIES if port == 0 else 1)):
        try:
            return _bound(addresses, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or last == 0:
                raise
    raise AssertionError("the last try returns or raises")


def _bound(addresses: Sequence[str], port: int) -> list[socket.socket]:
    with ExitStack() as unfinished:
        sockets: list[socket.socket] = []
        for number, address in enumerate(addresses):
            try:
                sockets.append(_listening(address, sockets[0].getsockname()[1] if sockets else port))
            except OSError as error:
                if number == 0 or error.errno == errno.EADDRINUSE:
                    raise
                continue
            unfinished.enter_context(sockets[-1])
        unfinished.pop_all()
        return sockets


def _listening(address: str, port: int) -> socket.socket:
    family, kind, protocol, _, place = socket.getaddrinfo(
        address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        else:  # Windows means by it that a second server may take the port too
            made.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR), 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(place)
        made.listen(_BACKLOG)
        made.setblocking(False)
    except BaseException:
        made.close()
        raise
    return made


def _taken(addresses: Sequence[str], port: int) -> Message:
    free = next((each for each in range(port + 1, min(port + _TRIES, _LAST_PORT)) if _is_free(addresses, each)), 0)
    return msg("The port {port} is taken by another program. {free} is free: --port {free}", port=port, free=free)


def _is_free(addresses: Sequence[str], port: int) -> bool:
    try:
        sockets = _bound(addresses, port)
    except OSError:
        return False
    for each in sockets:
        each.close()
    return True
