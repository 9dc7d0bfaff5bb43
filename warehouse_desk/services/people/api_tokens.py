"""Tokens: with one a program asks over the REST API. Only their hashes are stored (docs/rules.md#tokens)."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network

from warehouse_desk.common.messages import msg
from warehouse_desk.data.directories.lookup import warehouses
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.people import tokens as data
from warehouse_desk.domain.errors import NotAllowed, NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.access import (
    MAX_NETWORKS,
    MAX_TOKEN_NAME,
    MOST_TOKEN_DAYS,
    NEVER_FOR_TOKENS,
    REST_ABILITIES,
    ROTATION,
    TOKEN_DAYS,
    NewToken,
    TokenInfo,
    new_token,
)
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.people.management import clean_name, require_manager, user_named
from warehouse_desk.services.people.roles import abilities_named
from warehouse_desk.services.subject import Subject

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenWish:
    """What a new token shall be."""

    name: str
    abilities: frozenset[Ability]
    user: str | None = None
    """The user whose role bounds it."""
    warehouse_id: int | None = None
    """The warehouse that it takes where a request names none."""
    networks: tuple[str, ...] = ()
    """The networks that it is good in, such as ``10.0.0.0/8`` or one address; none: everywhere."""
    days: int = TOKEN_DAYS


class ApiTokens(Subject):
    """The tokens of programs."""

    def tokens(self) -> list[TokenInfo]:
        """Return all tokens, newest first, those that open nothing any more too."""
        self._require()
        with self.context.database.read() as uow:
            return data.tokens(uow)

    def add_token(self, wish: TokenWish) -> NewToken:
        """Make a token; its text is shown once and stored nowhere.

        Raises:
            WrongUsage: no name, one in use, nothing that it may do, a network or a time that is none.
            NotFound: no such user or warehouse.
            NotAllowed: the caller may not manage users, or the token would be allowed to.
        """
        self._require()
        wished = replace(wish, name=clean_name(wish.name), networks=_networks(wish.networks))
        _judge(wished)
        text, public_id = new_token()

        def work(uow: UnitOfWork) -> TokenInfo:
            require_manager(uow, self.context)
            if _live(uow, wished.name, self.context.now()):
                raise WrongUsage(
                    msg("The token “{name}” already exists. Choose another name, or renew it.", name=wished.name)
                )
            self._keep(uow, public_id, text, self._facts(uow, wished))
            return data.token(uow, public_id)

        info = self.context.database.transact(work)
        _log.info("token %s was made for %s", info.public_id, ", ".join(sorted(info.abilities)))
        return NewToken(text, info)

    def rotate_token(self, name: str) -> NewToken:
        """Make another token in a token's place, good for as long as that one was made for; the old one lives a day.

        Raises:
            NotFound: no valid token has that name or id.
        """
        self._require()
        text, public_id = new_token()

        def work(uow: UnitOfWork) -> TokenInfo:
            require_manager(uow, self.context)
            now = self.context.now()
            old = _the_live(uow, name, now)[0]
            facts = replace(data.facts_of(uow, old.public_id), expires_at=now + (old.expires_at - old.created_at))
            for each in _live(uow, old.name, now):
                data.expire(uow, each.public_id, now + ROTATION)
            self._keep(uow, public_id, text, facts)
            return data.token(uow, public_id)

        info = self.context.database.transact(work)
        _log.info("token %s takes the place of those named like it", info.public_id)
        return NewToken(text, info)

    def revoke_token(self, name: str) -> int:
        """Make every token of a name, or the one of an id, worthless from now on; return how many there were.

        Raises:
            NotFound: no valid token has that name or id.
        """
        self._require()

        def work(uow: UnitOfWork) -> int:
            require_manager(uow, self.context)
            found = _the_live(uow, name, self.context.now())
            ids = [info.public_id for info in found]
            return data.revoke(uow, ids, self.context.now(), self.context.caller.user_name)

        count = self.context.database.transact(work)
        _log.info("%d tokens were revoked", count)
        return count

    def _require(self) -> None:
        if self.context.caller.source is Source.REST:
            raise NotAllowed(msg("A token cannot make, show or revoke tokens. Do it in the program."))
        self.context.caller.require(Ability.MANAGE_USERS)

    def _facts(self, uow: UnitOfWork, wish: TokenWish) -> data.TokenFacts:
        user = None if wish.user is None else user_named(uow, wish.user)
        if user is not None and not user.active:
            raise RuleViolation(
                msg("{user} is inactive. Reactivate the user first, then make a token.", user=user.name)
            )
        if wish.warehouse_id is not None and not any(
            each.id == wish.warehouse_id and each.active for each in warehouses(uow)
        ):
            raise NotFound(msg("There is no such active warehouse. Choose another one."))
        return data.TokenFacts(
            wish.name,
            wish.abilities,
            None if user is None else user.id,
            wish.warehouse_id,
            wish.networks,
            self.context.now() + timedelta(days=wish.days),
        )

    def _keep(self, uow: UnitOfWork, public_id: str, text: str, facts: data.TokenFacts) -> None:
        data.add(uow, public_id, token_hash(text), facts, self.context.now(), self.context.caller.user_name)


def rest_abilities_named(names: Iterable[str]) -> frozenset[Ability]:
    """Return abilities of the REST API by their names, in any case.

    Raises:
        WrongUsage: one is none of them.
    """
    found = abilities_named(names)
    if not found <= set(REST_ABILITIES):
        raise WrongUsage(
            msg(
                "“{name}” is not a right of the REST API: add it with --also.",
                name=min(found - set(REST_ABILITIES)).value,
            )
        )
    return found


def token_hash(text: str) -> str:
    """Return what is kept of a token: there is nothing to guess, so the hash need not be slow."""
    return sha256(text.encode()).hexdigest()


def _live(uow: UnitOfWork, name: str, now: datetime) -> list[TokenInfo]:
    wanted = name.casefold()
    return [each for each in data.tokens(uow) if each.name.casefold() == wanted and each.is_valid(now)]


def _the_live(uow: UnitOfWork, name: str, now: datetime) -> list[TokenInfo]:
    wanted = clean_name(name)
    by_id = [each for each in data.tokens(uow) if each.public_id == wanted and each.is_valid(now)]
    found = by_id or _live(uow, wanted, now)
    if not found:
        raise NotFound(msg("There is no valid token “{name}”. “tokens list” shows them.", name=wanted[:MAX_TOKEN_NAME]))
    return found


def _judge(wish: TokenWish) -> None:
    if not 1 <= len(wish.name) <= MAX_TOKEN_NAME:
        raise WrongUsage(msg("A token needs a name of 1 to {limit} characters.", limit=MAX_TOKEN_NAME))
    if not wish.abilities:
        raise WrongUsage(
            msg("Choose what the token may do. Known: {known}.", known=[each.value for each in REST_ABILITIES])
        )
    forbidden = sorted(wish.abilities & NEVER_FOR_TOKENS)
    if forbidden:
        raise NotAllowed(msg("No token may have the right “{ability}”.", ability=forbidden[0].value))
    if not 1 <= wish.days <= MOST_TOKEN_DAYS:
        raise WrongUsage(msg("A token is valid for 1 to {limit} days.", limit=MOST_TOKEN_DAYS))


def _networks(texts: Iterable[str]) -> tuple[str, ...]:
    found = []
    for text in texts:
        try:
            found.append(str(ip_network(text.strip())))
        except ValueError:
            raise WrongUsage(
                msg(
                    "“{text}” is not a network. Write it like {network} or {address}.",
                    text=text.strip()[:60],
                    network="192.168.1.0/24",
                    address="203.0.113.7",
                )
            ) from None
    if len(found) > MAX_NETWORKS:
        raise WrongUsage(msg("A token has at most {limit} networks.", limit=MAX_NETWORKS))
    return tuple(dict.fromkeys(found))
