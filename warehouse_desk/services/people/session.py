"""Whether who sits at a station may still work there: asked now and then by an open window."""

from dataclasses import replace

from warehouse_desk.common.messages import msg
from warehouse_desk.data.people import users
from warehouse_desk.domain.errors import SignInRequired
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.services.context import Context
from warehouse_desk.services.people.management import no_longer_active


def renewed(ctx: Context) -> Caller:
    """Return the caller with the abilities that the role has now.

    Raises:
        SignInRequired: the user was disabled, or nobody signed in and the database has users by now.
    """
    with ctx.database.read() as uow:
        if ctx.caller.user_id is None:
            if users.has_users(uow):
                raise SignInRequired(msg("From now on everybody signs in here: with name and password, or a badge."))
            return ctx.caller
        user = users.user_by_id(uow, ctx.caller.user_id)
    if user is None or not user.active:
        raise SignInRequired(no_longer_active(ctx.caller.user_name))
    return replace(ctx.caller, user_name=user.name, abilities=user.abilities)


def leave(ctx: Context) -> None:
    """Note that the user was at the station until now."""
    number = ctx.caller.user_id
    if number is not None:
        ctx.database.transact(lambda uow: users.note_seen(uow, number, ctx.now()))
