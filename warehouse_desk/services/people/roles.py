"""Roles: editable sets of abilities."""

import logging
from collections.abc import Iterable

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.people import users
from warehouse_desk.domain.errors import RuleViolation, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.users import RoleInfo
from warehouse_desk.services.people.management import MAX_NAME, clean_name, keep_a_manager, require_manager, role_named
from warehouse_desk.services.subject import Subject

_log = logging.getLogger(__name__)


class Roles(Subject):
    """The roles that users hold."""

    def roles(self) -> list[RoleInfo]:
        """Return every role with its abilities and how many users hold it."""
        self.context.caller.require(Ability.MANAGE_USERS)
        with self.context.database.read() as uow:
            return users.role_infos(uow)

    def role(self, name: str) -> RoleInfo:
        """Return one role by its name, in any case.

        Raises:
            NotFound: there is none.
        """
        self.context.caller.require(Ability.MANAGE_USERS)
        with self.context.database.read() as uow:
            number = role_named(uow, name)
            known = {number: name for name, number in users.roles(uow).items()}
            return next(info for info in users.role_infos(uow) if info.name == known[number])

    def set_role(self, name: str, abilities: Iterable[Ability]) -> None:
        """Give a role exactly these abilities, making the role where there is none of that name.

        They count at the next sign-in, in an open window within half a minute.

        Raises:
            WrongUsage: the name is empty or too long.
            RuleViolation: nobody could manage users any more.
            NotAllowed: the role of the caller lacks ``manageUsers``.
        """
        self.context.caller.require(Ability.MANAGE_USERS)
        wanted, given = clean_name(name), frozenset(abilities)
        if not 1 <= len(wanted) <= MAX_NAME:
            raise WrongUsage(msg("A role needs a name of 1 to {limit} characters.", limit=MAX_NAME))

        def work(uow: UnitOfWork) -> None:
            require_manager(uow, self.context)
            same = (known for known in users.roles(uow) if known.casefold() == wanted.casefold())
            users.set_role(uow, next(same, wanted), given)
            keep_a_manager(uow)

        self.context.database.transact(work)
        _log.info("role %s has %d abilities now", wanted, len(given))

    def delete_role(self, name: str) -> None:
        """Take a role out that nobody holds.

        Raises:
            NotFound: there is none of that name.
            RuleViolation: somebody holds it.
            NotAllowed: the role of the caller lacks ``manageUsers``.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> None:
            require_manager(uow, self.context)
            number = role_named(uow, name)
            holders = [user.name for user in users.users(uow) if user.role == _name_of(uow, number)]
            if holders:
                raise RuleViolation(
                    msg(
                        "Users with the role “{role}”: {users}. Choose another role for them first.",
                        role=name,
                        users=holders[:5],
                    )
                )
            users.delete_role(uow, number)

        self.context.database.transact(work)
        _log.info("role %s deleted", name)


def _name_of(uow: UnitOfWork, number: int) -> str:
    return next(name for name, known in users.roles(uow).items() if known == number)


def abilities_named(names: Iterable[str]) -> frozenset[Ability]:
    """Return abilities by their names as the API and :class:`Ability` write them, in any case.

    Raises:
        WrongUsage: one is none; the sentence names those there are.
    """
    known = {ability.value.casefold(): ability for ability in Ability}
    found = set()
    for name in names:
        ability = known.get(" ".join(name.split()).casefold())
        if ability is None:
            raise WrongUsage(
                msg("“{name}” is not a right. Known: {known}.", name=name[:40], known=[each.value for each in Ability])
            )
        found.add(ability)
    return frozenset(found)
