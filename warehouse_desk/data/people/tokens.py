"""Tokens of programs: only their hashes are kept."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from ipaddress import ip_network
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import api_token, app_user, warehouse
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.access import Network, TokenInfo

_t, _u, _w = api_token.c, app_user.c, warehouse.c
_FIND = Prepared(
    select(
        _t.id,
        _t.token_hash,
        _t.name,
        _t.abilities,
        _t.networks,
        _t.warehouse_id,
        _t.user_id,
        _u.role_id,
        _u.active,
        _t.expires_at,
        _t.last_used_at,
    )
    .outerjoin(app_user, _u.id == _t.user_id)
    .where(_t.public_id == bindparam("public"), _t.revoked_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token that was not revoked, as it is checked."""

    id: int
    token_hash: str
    name: str
    abilities: frozenset[Ability]
    networks: tuple[Network, ...]
    warehouse_id: int | None
    user_id: int | None
    role_id: int | None
    user_active: bool | None
    expires_at: datetime
    last_used_at: datetime | None

    def is_good(self, now: datetime) -> bool:
        """Tell whether it has not expired and its user, if any, may work."""
        return now < self.expires_at and (self.user_id is None or bool(self.user_active))


def find(uow: UnitOfWork, public_id: str) -> TokenRow | None:
    """Return a token by its public id, unless it was revoked."""
    found = uow.rows(_FIND, {"public": public_id})
    if not found:
        return None
    number, token_hash, name, abilities, networks, *rest = found[0]
    return TokenRow(number, token_hash, name, _abilities(abilities), _networks(networks), *rest)


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What a new token is."""

    name: str
    abilities: frozenset[Ability]
    user_id: int | None
    warehouse_id: int | None
    networks: tuple[str, ...]
    expires_at: datetime


def add(uow: UnitOfWork, public_id: str, token_hash: str, facts: TokenFacts, at: datetime, created_by: str) -> None:
    """Keep a new token."""
    uow.execute(
        insert(api_token).values(
            public_id=public_id,
            token_hash=token_hash,
            name=facts.name,
            abilities=json.dumps(sorted(facts.abilities)),
            user_id=facts.user_id,
            warehouse_id=facts.warehouse_id,
            networks=json.dumps(list(facts.networks)),
            created_at=at,
            created_by=created_by,
            expires_at=facts.expires_at,
        )
    )


def facts_of(uow: UnitOfWork, public_id: str) -> TokenFacts:
    """Return what a token is, to make another like it."""
    t = api_token.c
    query = select(t.name, t.abilities, t.user_id, t.warehouse_id, t.networks, t.expires_at)
    name, abilities, user_id, warehouse_id, networks, expires_at = uow.table(query.where(t.public_id == public_id))[0]
    return TokenFacts(name, _abilities(abilities), user_id, warehouse_id, tuple(json.loads(networks)), expires_at)


def tokens(uow: UnitOfWork) -> list[TokenInfo]:
    """Return all tokens, newest first."""
    return [_info(row) for row in uow.table(_infos().order_by(_t.id.desc()))]


def token(uow: UnitOfWork, public_id: str) -> TokenInfo:
    """Return one token that there is."""
    return _info(uow.table(_infos().where(_t.public_id == public_id))[0])


def expire(uow: UnitOfWork, public_id: str, at: datetime) -> None:
    """Let a token be good until a moment, not longer."""
    uow.execute(update(api_token).where(_t.public_id == public_id, _t.expires_at > at).values(expires_at=at))


def revoke(uow: UnitOfWork, public_ids: Iterable[str], at: datetime, by: str) -> int:
    """Make tokens worthless; return how many were not before."""
    change = update(api_token).where(_t.public_id.in_(list(public_ids)), _t.revoked_at.is_(None))
    return int(uow.execute(change.values(revoked_at=at, revoked_by=by)).rowcount)


def note_used(uow: UnitOfWork, token_id: int, at: datetime) -> None:
    """Note that a token was used."""
    uow.execute(update(api_token).where(_t.id == token_id).values(last_used_at=at))


def _infos() -> Select[Any]:
    return (
        select(
            _t.public_id,
            _t.name,
            _t.abilities,
            _u.name,
            _w.code,
            _t.networks,
            _t.created_at,
            _t.created_by,
            _t.expires_at,
            _t.last_used_at,
            _t.revoked_at,
        )
        .outerjoin(app_user, _u.id == _t.user_id)
        .outerjoin(warehouse, _w.id == _t.warehouse_id)
    )


def _info(row: tuple[Any, ...]) -> TokenInfo:
    public_id, name, abilities, user, place, networks, *rest = row
    return TokenInfo(public_id, name, _abilities(abilities), user, place, tuple(json.loads(networks)), *rest)


@lru_cache(maxsize=256)
def _abilities(stored: str) -> frozenset[Ability]:
    known = set(Ability)  # one that only a newer program knows is left out
    return frozenset(Ability(name) for name in json.loads(stored) if name in known)


@lru_cache(maxsize=256)
def _networks(stored: str) -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in json.loads(stored))
