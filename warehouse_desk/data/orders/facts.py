"""Find orders by id or code and read what the rules must know of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from warehouse_desk.common.codes import plain_code
from warehouse_desk.common.text import is_storable
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among, IdList, TextList, is_row_number
from warehouse_desk.data.orders.tracking import past_carriers
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.status import Status

_STATUS: Mapping[str | None, Status | None] = {None: None, **{status.value: status for status in Status}}
FACT_COLUMNS = OrderFacts._fields[:-1]
"""Columns of ``orders`` that are facts; everything that a step may change is among them. Only ``deleted`` is none."""

_STATUS_PLACES = tuple(FACT_COLUMNS.index(name) for name in ("status", "previous_status", "resume_status"))


def _facts(condition: ColumnElement[bool]) -> Select[Any]:
    columns = [orders.c[name] for name in FACT_COLUMNS]
    return select(*columns, orders.c.deleted_at).where(condition).order_by(orders.c.id)


def _prepared_pair(condition: ColumnElement[bool]) -> dict[bool, Prepared]:
    """Return the query for reading, and the one that locks the rows for writing."""
    query = _facts(condition)
    return {False: Prepared(query), True: Prepared(query.with_for_update())}


_CODE: Any = bindparam("code")
_AS_READ: Any = bindparam("as_read")
_BY_ID = _prepared_pair(orders.c.id == bindparam("id"))
_BY_REFERENCE = _prepared_pair(orders.c.reference == _CODE)
_BY_OTHER_CODE = _prepared_pair(
    or_(
        *(
            column == code
            for column in (orders.c.remote_reference, orders.c.tracking_number)
            for code in (_CODE, _AS_READ)
        )
    )
)
_BY_REMOTE = _prepared_pair(or_(orders.c.remote_reference == _CODE, orders.c.remote_reference == _AS_READ))
_AMONG_IDS = _prepared_pair(Among(orders.c.id, "ids", IdList))
_AMONG_REFERENCES = _prepared_pair(Among(orders.c.reference, "codes", TextList))


def read_facts(row: Sequence[Any]) -> OrderFacts:
    """Make facts of a row of ``FACT_COLUMNS`` followed by ``deleted_at``."""
    facts = list(row)
    for place in _STATUS_PLACES:
        facts[place] = _STATUS[facts[place]]
    facts[-1] = facts[-1] is not None
    return OrderFacts(*facts)


def normal_reference(code: str) -> str:
    """Return a reference as it is stored: in plain characters, upper case; empty for what no database can hold."""
    return plain_code(code).upper() if is_storable(code) else ""


def facts_by_code(uow: UnitOfWork, code: str, *, lock: bool) -> OrderFacts | None:
    """Find an order by its reference, its reference on the server, or the courier's tracking number.

    A number of a journey that is over is found too. A code that may mean several orders means none:
    :func:`several_by_code` names them.

    With ``lock`` the row stays ours until the unit of work ends; another station waits, it is never told "unknown".
    """
    found = _carrying(uow, code, lock=lock)
    return found[0] if len(found) == 1 else None


def facts_by_own_code(uow: UnitOfWork, code: str, *, lock: bool) -> OrderFacts | None:
    """Find an order by its reference or its reference on the server: what its own label carries."""
    reference = normal_reference(code)
    found = uow.rows(_BY_REFERENCE[lock], {"code": reference})
    found = found or uow.rows(_BY_REMOTE[lock], {"code": reference, "as_read": plain_code(code) if reference else ""})
    return read_facts(found[0]) if found else None


def several_by_code(uow: UnitOfWork, code: str) -> list[str]:
    """Return the references of the orders that a code may mean, where they are several; else none."""
    found = _carrying(uow, code, lock=False)
    return [facts.reference for facts in found] if len(found) > 1 else []


def _carrying(uow: UnitOfWork, code: str, *, lock: bool) -> list[OrderFacts]:
    """Return the orders that a code may mean: by reference, by the other codes of today, by those of journeys over."""
    reference = normal_reference(code)
    found = uow.rows(_BY_REFERENCE[lock], {"code": reference})
    if not found and reference:
        # Servers and couriers write codes of their own, in either case.
        codes = (reference, plain_code(code))
        found = uow.rows(_BY_OTHER_CODE[lock], {"code": codes[0], "as_read": codes[1]})
        ids = [] if found else past_carriers(uow, codes)
        found = uow.rows(_AMONG_IDS[lock], {"ids": ids}) if ids else found
    facts = [read_facts(row) for row in found]
    return [each for each in facts if not each.deleted] or facts


def facts_by_id(uow: UnitOfWork, order_id: int, *, lock: bool) -> OrderFacts | None:
    """Find an order by its row number."""
    found = uow.rows(_BY_ID[lock], {"id": order_id}) if is_row_number(order_id) else []
    return read_facts(found[0]) if found else None


def facts_of(uow: UnitOfWork, keys: Sequence[int | str], *, lock: bool) -> dict[int | str, OrderFacts]:
    """Find many orders by ids or codes in a few statements; absent keys are missing from the answer."""
    ids = [key for key in keys if isinstance(key, int) and is_row_number(key)]
    codes = {key: normal_reference(key) for key in keys if isinstance(key, str)}
    found: dict[int | str, OrderFacts] = {}
    if ids:
        found |= {f.id: f for f in map(read_facts, uow.rows(_AMONG_IDS[lock], {"ids": ids}))}
    if codes:
        wanted = list(dict.fromkeys(codes.values()))
        by_code = {f.reference: f for f in map(read_facts, uow.rows(_AMONG_REFERENCES[lock], {"codes": wanted}))}
        for key, code in codes.items():
            facts = by_code.get(code) or facts_by_code(uow, code, lock=lock)
            if facts is not None:
                found[key] = facts
    return found


_PARCEL = Prepared(
    select(orders.c.full_name, orders.c.city, orders.c.total).where(orders.c.id == bindparam("order_id"))
)


def parcel_of(uow: UnitOfWork, order_id: int) -> tuple[str, str, int] | None:
    """Return customer, city and amount to collect (centimes) of an order."""
    found = uow.rows(_PARCEL, {"order_id": order_id})
    if not found:
        return None
    customer, city, total = found[0]
    return customer, city, total
