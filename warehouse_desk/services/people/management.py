"""What every change of users, roles and badges has in common: who may, whom it is about, what must stay true."""

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.people import users
from warehouse_desk.domain.errors import NotAllowed, NotFound, RuleViolation, SignInRequired, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import missing_ability
from warehouse_desk.services.context import Context

MAX_NAME = 100


def clean_name(text: str) -> str:
    """Return a name without blanks around it and with single ones in it.

    Raises:
        WrongUsage: no database could keep it.
    """
    if not is_storable(text):
        raise WrongUsage(msg("The name {name} has characters that cannot be used in a name.", name=ascii(text[:40])))
    return " ".join(text.split())


def require_manager(uow: UnitOfWork, ctx: Context) -> None:
    """Let nobody else change people until the end, and refuse a caller whose right was taken away meanwhile.

    Raises:
        SignInRequired: the caller is no longer active.
        NotAllowed: the caller's role lacks ``manageUsers`` now.
    """
    users.lock_people(uow)
    ctx.caller.require(Ability.MANAGE_USERS)
    if ctx.caller.user_id is None:
        return
    user = users.user_by_id(uow, ctx.caller.user_id)
    if user is None or not user.active:
        raise SignInRequired(no_longer_active(ctx.caller.user_name))
    if Ability.MANAGE_USERS not in user.abilities:
        raise NotAllowed(missing_ability(ctx.caller, Ability.MANAGE_USERS))


def no_longer_active(user: str) -> Message:
    """Return the sentence for somebody whose account was disabled."""
    return msg("{user} can no longer work here. Sign in as somebody else, or ask a supervisor.", user=user)


def keep_a_manager(uow: UnitOfWork) -> None:
    """Refuse a change after which nobody could manage users; the change is made already and goes with the rest.

    Raises:
        RuleViolation: nobody could.
    """
    if users.has_users(uow) and not users.active_managers(uow):
        raise RuleViolation(
            msg("Nobody could manage users any more. First choose a role with this right for another active user.")
        )


def user_named(uow: UnitOfWork, name: str) -> users.UserRow:
    """Return a user by name, in any case.

    Raises:
        NotFound: there is none.
    """
    user = users.user_by_name(uow, " ".join(name.split()))
    if user is None:
        raise NotFound(msg("There is no user “{name}”.", name=name.strip()[:MAX_NAME]))
    return user


def role_named(uow: UnitOfWork, name: str) -> int:
    """Return the id of a role by its name, in any case.

    Raises:
        NotFound: there is none; the sentence names those there are.
    """
    roles = users.roles(uow)
    wanted = " ".join(name.split()).casefold()
    for known, number in roles.items():
        if known.casefold() == wanted:
            return number
    raise NotFound(msg("There is no role “{role}”. Known: {known}.", role=name.strip()[:MAX_NAME], known=list(roles)))
