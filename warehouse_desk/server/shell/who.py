"""Which names the server answers to, and whom it believes that it speaks for somebody else."""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.server.shell.head import RequestFault
from warehouse_desk.server.shell.refusals import Headers

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]{2,45})\]|(?P<name>[A-Za-z0-9._-]{1,253}))(?::[0-9]{1,5})?")
_SHOWN: Final = 80
"""Characters of a foreign name that an answer repeats."""


def is_loopback(address: str) -> bool:
    """Tell whether an address is this machine's own, or a name that always means it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address.lower() == "localhost"
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def is_address(text: str) -> bool:
    """Tell whether a text is a network address."""
    return bool(_address(text))


def host_name(value: str) -> str | None:
    """Return the name in a Host header, small and without port and brackets; None where it is no name at all."""
    found = _HOST.fullmatch(value)
    if found is None:
        return None
    return (found["v6"] or found["name"]).lower().removesuffix(".")


@dataclass(frozen=True, slots=True)
class HostNames:
    """The names by which clients may call this server."""

    known: frozenset[str]
    """Small letters, no ports: bound addresses, the setting's, the public address's."""

    def fault(self, host: str, reached: str) -> RequestFault | None:
        """Judge a Host header of a request that came to the address ``reached`` of this machine.

        A page from elsewhere can make a browser ask here, but cannot choose what the browser calls us: whoever comes
        by a name that nobody gave this server is sent away.
        """
        name = host_name(host)
        if name is not None and (name in LOOPBACK_NAMES or name in self.known or name == reached):
            return None
        return RequestFault(400, not_this_server(host[:_SHOWN]))


def not_this_server(host: str) -> Message:
    """Return the sentence about a name that the server does not go by."""
    return msg(
        "This server is not known as {host}. If it should be, add the name to the setting {setting}.",
        host=host,
        setting="server_hosts",
    )


def known_names(addresses: Iterable[str], hosts: str, public_url: str) -> HostNames:
    """Return the names of a server: its addresses, what the setting lists (blanks or commas between), its own URL."""
    own = re.sub(r"^[a-z]+://|/.*$", "", public_url.strip().lower())
    names = [*addresses, *re.split(r"[\s,]+", hosts), own]
    return HostNames(frozenset(found for name in names if (found := host_name(name) or _bare_v6(name))))


def _bare_v6(name: str) -> str:
    return name.lower() if ":" in name else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """From where a request really comes."""

    address: str
    scheme: str
    """``http`` or ``https``."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """Whom the server believes about who asks, and whether it listens to anybody else."""

    address: str = ""
    """The address of the proxy in front; empty where there is none."""
    is_alone: bool = False
    """Whether nobody but the proxy, and this machine, may ask: what they send is not encrypted."""

    def fault(self, peer: str, headers: Sequence[tuple[bytes, bytes]]) -> RequestFault | None:
        """Refuse who speaks for others without being the proxy, and who goes round it."""
        if self._is_trusted(peer):
            return None
        if self.is_alone and not is_loopback(peer):
            sentence = msg("This server answers {address} through its proxy only.", address=peer)
            return RequestFault(403, sentence)
        name = next((name for name, _ in headers if name.startswith(b"x-forwarded-") or name == b"forwarded"), None)
        if name is None:
            return None
        return RequestFault(400, _stranger(peer, name.decode("ascii")))

    def origin(self, peer: str, scheme: str, headers: Headers) -> Origin:
        """Return from where a request comes: what the proxy says, or the connection itself."""
        if not self._is_trusted(peer):
            return Origin(peer, scheme)
        told = _last(headers, b"x-forwarded-for")
        told_scheme = _last(headers, b"x-forwarded-proto").lower()
        return Origin(_address(told) or peer, told_scheme if told_scheme in {"http", "https"} else scheme)

    def _is_trusted(self, peer: str) -> bool:
        return bool(self.address) and _address(peer) == _address(self.address)


def _stranger(peer: str, header: str) -> Message:
    return msg(
        "{address} sent {header}, which only the proxy in front may. If {address} is that proxy, start the server with "
        "{option}.",
        address=peer,
        header=header,
        option=f"--behind-proxy {peer}",
    )


def _last(headers: Headers, name: bytes) -> str:
    """Return what the nearest proxy wrote: the last entry of the last header."""
    values = [value for each, value in headers if each == name]
    return values[-1].decode("latin-1").rpartition(",")[2].strip() if values else ""


def _address(text: str) -> str:
    """Return an address in its one form, without a zone or a port; empty where it is none."""
    bare = text.partition("%")[0].strip("[]")
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return ""
    return str(getattr(found, "ipv4_mapped", None) or found)
