"""Look after a database: is it whole, is it ours, do its totals agree with its ledger."""

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import schema
from warehouse_desk.data.database import Database
from warehouse_desk.data.integrity import damages
from warehouse_desk.services.context import Context
from warehouse_desk.services.stock_desk import ledger_faults


def revision(database: Database) -> str:
    """Return the schema revision of a database that is up to date.

    Raises:
        DatabaseUnavailable: it is older, or cannot be reached.
        SchemaTooNew: it is newer than this program.
    """
    return schema.check(database)


def faults(ctx: Context) -> list[Message]:
    """Return a sentence for each fault: pages or keys that the database itself finds damaged, totals that differ.

    Raises:
        DatabaseUnavailable: it cannot be reached.
    """
    with ctx.database.read() as uow:
        found = damages(uow)
    place = ctx.database.place
    damaged = [
        msg("{place} is damaged: {damage}. Restore it from a backup.", place=place, damage=damage) for damage in found
    ]
    return damaged or ledger_faults(ctx)
