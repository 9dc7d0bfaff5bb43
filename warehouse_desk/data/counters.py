"""Allot order references: one run of numbers for all stations, without gaps, never the same one twice."""

from functools import partial

from sqlalchemy import bindparam, delete, func, insert, select, update

from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among
from warehouse_desk.data.tables import counter, orders, reference_block

_PREFIX = "ORD-"
_VALUE = Prepared(select(counter.c.value).where(counter.c.name == "reference").with_for_update())
_ADVANCE = Prepared(
    update(counter).where(counter.c.name == "reference").values(value=counter.c.value + bindparam("more"))
)
_block = reference_block.c
_LEFT_OVER = Prepared(
    select(_block.first, _block.last).order_by(_block.first).with_for_update(skip_locked=True).limit(bindparam("most"))
)
_SET_ASIDE = Prepared(insert(reference_block).values(first=bindparam("first"), last=bindparam("last")))
_TAKE_BACK = Prepared(delete(reference_block).where(Among(_block.first, "starts")).returning(_block.first, _block.last))

Blocks = list[tuple[int, int]]
"""First and last number of each."""


def next_references(uow: UnitOfWork, how_many: int) -> list[str]:
    """Return the next references ``ORD-00001``...

    The counter's row is locked until the unit of work ends; given up, it leaves no gap.
    """
    return _names(_take(uow, how_many))


def set_aside(database: Database, uow: UnitOfWork, how_many: int) -> list[str]:
    """Return references for a long unit of work, without keeping the other stations from theirs meanwhile.

    In PostgreSQL the numbers are first set aside in a short transaction of their own, as rows that the long one
    deletes. However it ends without being kept, even by a crash, these rows are there again and no longer locked,
    and whoever creates an order next uses them up. SQLite has one writer at a time, who may as well count.
    """
    if not uow.is_postgresql:
        return next_references(uow, how_many)
    blocks: Blocks = []
    missing = how_many
    while missing:
        ready = database.transact(partial(_set_aside, how_many=missing))
        # Another station may have used some of them up in the instant between both transactions.
        mine = uow.rows(_TAKE_BACK, {"starts": [first for first, _ in ready]})
        missing -= sum(last - first + 1 for first, last in mine)
        blocks += [(first, last) for first, last in mine]
    return _names(blocks)


def _set_aside(uow: UnitOfWork, how_many: int) -> Blocks:
    blocks = _take(uow, how_many)
    uow.run_many(_SET_ASIDE, [{"first": first, "last": last} for first, last in blocks])
    return blocks


def _take(uow: UnitOfWork, how_many: int) -> Blocks:
    """Take what was left over first, then go on counting."""
    value = int(uow.rows(_VALUE, {})[0][0])  # locks the counter, and with it the blocks, among those who take
    blocks: Blocks = []
    missing = how_many
    for first, last in uow.rows(_LEFT_OVER, {"most": how_many}):
        if not missing:
            break
        uow.rows(_TAKE_BACK, {"starts": [first]})
        end = min(last, first + missing - 1)
        blocks.append((first, end))
        missing -= end - first + 1
        if end < last:
            uow.run(_SET_ASIDE, {"first": end + 1, "last": last})
    if missing:
        uow.run(_ADVANCE, {"more": missing})
        blocks.append((value + 1, value + missing))
    return blocks


def _names(blocks: Blocks) -> list[str]:
    return [reference_of(number) for first, last in blocks for number in range(first, last + 1)]


def reference_of(number: int) -> str:
    """Return the reference of an order's number."""
    return f"{_PREFIX}{number:05d}"


def number_of(reference: str) -> int | None:
    """Return the number of a reference that this counter may have given; None for any other."""
    digits = reference.removeprefix(_PREFIX)
    return int(digits) if digits != reference and digits.isascii() and digits.isdigit() else None


def newest(uow: UnitOfWork) -> int:
    """Return the number of the newest reference that was given out."""
    return int(uow.table(select(counter.c.value).where(counter.c.name == "reference"))[0][0])


def newest_in_use(uow: UnitOfWork) -> int:
    """Return the greatest number that an order's reference holds, deleted orders included; 0 where there is none."""
    longest_first = (func.length(orders.c.reference).desc(), orders.c.reference.desc())
    query = select(orders.c.reference).where(orders.c.reference.like(f"{_PREFIX}%")).order_by(*longest_first)
    for (reference,) in uow.table(query.limit(1)):
        return number_of(reference) or 0
    return 0


def raise_to(uow: UnitOfWork, number: int) -> None:
    """Let the references go on behind a number; the counter is never lowered."""
    uow.execute(update(counter).where(counter.c.name == "reference", counter.c.value < number).values(value=number))
