"""What receiving, correcting and settling goods share: the warehouse in question, and how much is read at once."""

from warehouse_desk.common.messages import msg
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.domain.directories.entries import Listed, Warehouse, no_such, not_in_use
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage

MOST_ROWS = 1_000
"""Rows that one reading of the ledger or of the waiting returns holds."""


def warehouse_of(uow: UnitOfWork, number: int, *, in_use: bool) -> Warehouse:
    """Return the warehouse of a number; ``in_use``: one that goods may come to, kept in use until all is written.

    Raises:
        NotFound: there is none.
        RuleViolation: it is no longer in use.
    """
    found = lookup.warehouse_by_id(uow, number, lock=in_use)
    if found is None:
        raise NotFound(no_such(Listed.WAREHOUSE, number))
    if in_use and not found.active:
        raise RuleViolation(not_in_use(Listed.WAREHOUSE, found.code))
    return found


def check_limit(limit: int) -> None:
    """Refuse a number of rows that one reading does not hold.

    Raises:
        WrongUsage: other than 1 to 1,000.
    """
    if not 1 <= limit <= MOST_ROWS:
        raise WrongUsage(msg("Rows: enter a number from 1 to {limit}, not {number}.", number=limit, limit=MOST_ROWS))
