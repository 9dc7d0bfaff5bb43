"""What people may enter as code or name."""

from collections.abc import Callable
from typing import TypeVar

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.failures import driver_errors, is_unique_violation
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.services.context import Context

T = TypeVar("T")

NOTHING_GIVEN = msg("There is nothing to change. Enter at least one change.")
CODE, NAME, PHONE = msg("Code"), msg("Name"), msg("Phone")
ARABIC_NAME, ENGLISH_NAME = msg("Arabic name"), msg("English name")


def entered(label: Message, text: str, limit: int) -> str:
    """Return a text without the blanks around it.

    Raises:
        WrongUsage: it is empty, longer than ``limit`` or not printable.
    """
    clean = text.strip()
    if not 1 <= len(clean) <= limit or not clean.isprintable():
        raise WrongUsage(
            msg("{what}: “{text}” cannot be used. Characters: 1 to {limit}.", what=label, text=clean[:40], limit=limit)
        )
    return clean


def in_use(key: str) -> Message:
    """Return the sentence for a code or name that is taken."""
    return msg("“{key}” already exists. Choose another one.", key=key)


def written(ctx: Context, refusal: Message, work: Callable[[UnitOfWork], T]) -> T:
    """Do a change in one transaction.

    Raises:
        WrongUsage: ``refusal``: a name is taken, by another station at the same moment perhaps.
    """
    try:
        return ctx.database.transact(work)
    except driver_errors() as error:
        if is_unique_violation(error):
            raise WrongUsage(refusal) from error
        raise


def already(name: str, *, active: bool) -> Message:
    """Return the calm answer where a thing is in or out of use already."""
    return msg("{name} is already active.", name=name) if active else msg("{name} is already inactive.", name=name)
