"""What a hand-over says: of a draft what its orders say now, once it is closed what they said then."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, update

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.types import Among
from warehouse_desk.data.tables import hand_over, hand_over_row, order_line, orders
from warehouse_desk.domain.paper.printing import HandOverParcel, HandOverSummary, Strike
from warehouse_desk.domain.paper.sender import SenderDetails
from warehouse_desk.domain.signature import Signature

_PIECES: ColumnElement[Any] = (
    select(func.coalesce(func.sum(order_line.c.quantity), 0))
    .where(order_line.c.order_id == orders.c.id)
    .scalar_subquery()
)
_SAID: Mapping[str, ColumnElement[Any]] = {
    "reference": orders.c.reference,
    "full_name": orders.c.full_name,
    "phone": orders.c.phone,
    "city": orders.c.city,
    "address": orders.c.address,
    "pieces": _PIECES,
    "tracking_number": orders.c.tracking_number,
    "cod": orders.c.total,
}
"""For each column of a row what is written into it at the closing."""


def close(uow: UnitOfWork, draft: HandOverSummary, sender: SenderDetails, signature: Signature) -> None:
    """Close a draft: what its orders, its carrier and the sender are called becomes what the sheet says for good."""
    of_order = orders.c.id == hand_over_row.c.order_id
    said = {name: select(value).where(of_order).scalar_subquery() for name, value in _SAID.items()}
    uow.execute(update(hand_over_row).where(hand_over_row.c.hand_over_id == draft.id).values(**said))
    uow.execute(
        update(hand_over)
        .where(hand_over.c.id == draft.id)
        .values(
            closed_at=signature.moment.at,
            closed_by=signature.caller.user_name,
            carrier_name=draft.carrier,
            sender_name=sender.name,
            sender_phone=sender.phone,
            sender_city=sender.city,
        )
    )


def sender_of(uow: UnitOfWork, number: int) -> SenderDetails | None:
    """Return the sender that a closed hand-over names; None of a draft."""
    h = hand_over.c
    found = uow.table(select(h.sender_name, h.sender_phone, h.sender_city).where(h.id == number))
    return SenderDetails(*found[0]) if found and found[0][0] is not None else None


def parcels(uow: UnitOfWork, sheet: HandOverSummary) -> list[HandOverParcel]:
    """Return the parcels of a hand-over, oldest order first."""
    query = _closed() if sheet.is_closed else _live()
    r = hand_over_row.c
    return [_parcel(row) for row in uow.table(query.where(r.hand_over_id == sheet.id).order_by(r.order_id))]


_STRUCK = (hand_over_row.c.struck_at, hand_over_row.c.struck_by, hand_over_row.c.strike_reason)


def _closed() -> Select[Any]:
    r = hand_over_row.c
    return select(r.order_id, *(r[name] for name in _SAID), *_STRUCK)


def _live() -> Select[Any]:
    r = hand_over_row.c
    return select(r.order_id, *_SAID.values(), *_STRUCK).join(orders, orders.c.id == r.order_id)


def _parcel(row: Sequence[Any]) -> HandOverParcel:
    number, said = row[0], row[1:-3]
    at, who, why = row[-3:]
    facts = dict(zip(_SAID, said, strict=True))
    facts["pieces"] = int(facts["pieces"])  # PostgreSQL sums whole numbers into decimals
    return HandOverParcel(number, **facts, strike=None if at is None else Strike(at, who, why))


def strikes_of(uow: UnitOfWork, number: int, ids: Sequence[int]) -> dict[int, Strike | None]:
    """Return those of some orders that stand on a hand-over, each with how it was struck off, if it was."""
    query = select(hand_over_row.c.order_id, *_STRUCK).where(
        hand_over_row.c.hand_over_id == number, Among(hand_over_row.c.order_id, "ids")
    )
    rows = [tuple(row) for row in uow.execute(query, {"ids": list(ids)})]
    return {order: None if at is None else Strike(at, who, why) for order, at, who, why in rows}


def strike(uow: UnitOfWork, sheets: Mapping[int, int], signature: Signature) -> None:
    """Strike orders off the closed hand-overs that bind them: ``sheets`` holds each order's. The rows stay."""
    r = hand_over_row.c
    uow.execute(
        update(hand_over_row)
        .where(r.order_id == bindparam("of_order"), r.hand_over_id == bindparam("of_sheet"), r.struck_at.is_(None))
        .values(
            struck_at=signature.moment.at, struck_by=signature.caller.user_name, strike_reason=signature.reason or "-"
        ),
        [{"of_order": order, "of_sheet": sheet} for order, sheet in sheets.items()],
    )
