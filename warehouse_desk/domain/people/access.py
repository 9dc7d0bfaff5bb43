"""What programs and browsers show to be let in: tokens and sessions, as the services hand them out, never as hashes.

docs/rules.md#tokens and docs/rules.md#sessions say what each may do.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.domain.people.abilities import Ability

Network = IPv4Network | IPv6Network

REST_ABILITIES: Final = (Ability.REST_CREATE, Ability.REST_VIEW, Ability.REST_UPDATE, Ability.REST_DELETE)
"""What a token is for."""
NEVER_FOR_TOKENS: Final = frozenset({Ability.MANAGE_USERS, Ability.MANAGE_SETTINGS})
"""A token makes no tokens, and opens no way to do so."""

IDLE: Final = timedelta(minutes=120)
LONGEST: Final = timedelta(hours=12)
"""A session ends after so long without a request, and at last after so long altogether."""

TOKEN_DAYS: Final = 365
MOST_TOKEN_DAYS: Final = 3_650
ROTATION: Final = timedelta(hours=24)
"""How long a token is good for after another was made in its place."""
MAX_TOKEN_NAME: Final = 60
MAX_NETWORKS: Final = 20
KEEP_IT_NOW = msg("Keep this token now, where nobody reads it: it is shown this once and stored nowhere.")

PREFIX: Final = "wdesk_"
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PUBLIC, _SECRET, _CHECK = 8, 32, 6
_LENGTH = len(PREFIX) + _PUBLIC + 1 + _SECRET + _CHECK


def new_token() -> tuple[str, str]:
    """Return a random token and its public id: ``wdesk_`` + id + ``_`` + 32 letters (190 bits) + 6 of their CRC32."""
    public = _random(_PUBLIC)
    body = f"{PREFIX}{public}_{_random(_SECRET)}"
    return body + _check(body), public


def public_id_of(token: str) -> str | None:
    """Return the public id of what has the form of a token, None of anything else: no database need be asked."""
    if len(token) != _LENGTH or not token.startswith(PREFIX) or not token.isascii():
        return None
    body, check = token[:-_CHECK], token[-_CHECK:]
    # The check is no secret: whoever has the body can reckon it.
    return token[len(PREFIX) :][:_PUBLIC] if _check(body) == check else None


def _random(length: int) -> str:
    import secrets  # its hashes take time, which no start of the window shall wait for

    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def _check(body: str) -> str:
    rest, letters = zlib.crc32(body.encode()), ""
    for _ in range(_CHECK):
        rest, digit = divmod(rest, len(_LETTERS))
        letters = _LETTERS[digit] + letters
    return letters


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Tell whether an address belongs to one of some networks; without any, every address does."""
    if not networks:
        return True
    try:
        found = plain_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


def plain_address(text: str) -> IPv4Address | IPv6Address:
    """Return an address; the IPv4 one that is written as IPv6, and without its zone.

    Raises:
        ValueError: it is none.
    """
    address = ip_address(text.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def neighbourhood(address: str) -> str:
    """Return for what an address is counted: itself, or the /64 of an IPv6 one, all of which one computer may use."""
    try:
        found = plain_address(address)
    except ValueError:
        return address.strip()
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))  # noqa: PLR2004 - IPv4


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A token as lists show it."""

    public_id: str
    name: str
    abilities: frozenset[Ability]
    user_name: str | None
    """Whose role bounds it; None where nobody's does."""
    warehouse: str | None
    """The code of the warehouse that it takes where a request names none."""
    networks: tuple[str, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime
    last_used_at: datetime | None
    """To the minute; None before the first time."""
    revoked_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Tell whether it opens anything."""
        return self.revoked_at is None and now < self.expires_at


def abilities_in_order(abilities: frozenset[Ability]) -> list[str]:
    """Return the names of a token's abilities, those of the REST API first."""
    return [each.value for each in Ability if each in abilities]


def revoked(count: int) -> Message:
    """Return what is said of tokens that were revoked."""
    return nmsg("{n} token no longer works.", "{n} tokens no longer work.", count)


_GOOD, _OLD, _REVOKED = msg("valid"), msg("expired"), msg("revoked")


def token_state(info: TokenInfo, now: datetime) -> Message:
    """Return in a word whether a token opens anything."""
    if info.revoked_at is not None:
        return _REVOKED
    return _GOOD if now < info.expires_at else _OLD


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was made a moment ago; its text is stored nowhere."""

    text: str
    info: TokenInfo


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A browser's session that has not ended."""

    id: int
    user_name: str
    address: str
    agent: str
    created_at: datetime
    seen_at: datetime
    """To the minute."""
