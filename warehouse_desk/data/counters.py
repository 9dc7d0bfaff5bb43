"""Allot order references: one run of numbers for all stations, without gaps, never the same one twice."""

from sqlalchemy import bindparam, select, update

from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.prepared import Prepared
from warehouse_desk.data.tables import counter

_ADVANCE = Prepared(
    update(counter).where(counter.c.name == "reference").values(value=counter.c.value + bindparam("more"))
)
_VALUE = Prepared(select(counter.c.value).where(counter.c.name == "reference"))


def next_references(uow: UnitOfWork, how_many: int) -> list[str]:
    """Return the next references ``ORD-00001``...

    The counter's row is locked by the update until the unit of work ends; given up, it leaves no gap.
    """
    uow.run(_ADVANCE, {"more": how_many})
    last = int(uow.rows(_VALUE, {})[0][0])
    return [f"ORD-{number:05d}" for number in range(last - how_many + 1, last + 1)]
