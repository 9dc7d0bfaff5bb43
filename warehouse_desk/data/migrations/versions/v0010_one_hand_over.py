"""Parcels scanned for a carrier are the rows of its hand-over sheet: what was kept twice becomes one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

_KEY = "fk_hand_over_row_station_id_station"
_WITH_CARRIER = ("WAITING_FOR_SHIPPING_COMPANY", "SHIPPED")

_hand_over = sa.table(
    "hand_over",
    *(sa.column(name) for name in ("id", "company_id", "person_id", "opened_by", "station_id", "closed_by")),
    sa.column("day", sa.Date()),
    sa.column("opened_at", MOMENT),
    sa.column("closed_at", MOMENT),
)
_row = sa.table(
    "hand_over_row",
    *(sa.column(name) for name in ("hand_over_id", "order_id", "attempt", "cod", "user_name", "station_id")),
    sa.column("at", MOMENT),
)
_handed = sa.table(
    "handed_parcel",
    *(sa.column(name) for name in ("order_id", "attempt", "company_id", "person_id", "user_name", "station_id")),
    sa.column("at", MOMENT),
)
_orders = sa.table(
    "orders",
    *(sa.column(name) for name in ("id", "attempt", "status", "total", "held", "deleted_at")),
    *(sa.column(name) for name in ("shipping_company_id", "delivery_person_id")),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _add_columns()
    else:
        _make_anew()
    op.execute(
        "UPDATE hand_over_row SET at = h.opened_at, user_name = h.opened_by, station_id = h.station_id "
        "FROM hand_over h WHERE h.id = hand_over_row.hand_over_id"
    )
    _move(op.get_bind())
    op.drop_table("handed_parcel")


def _scanned() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
    )


def _add_columns() -> None:
    for column in _scanned():
        op.add_column("hand_over_row", column)
    op.create_foreign_key(_KEY, "hand_over_row", "station", ["station_id"], ["id"])


def _make_anew() -> None:
    """SQLite gives a key no name when its column is added to a table that is there."""
    op.create_table(
        "hand_over_row_0010",
        sa.Column("hand_over_id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("cod", BIG, nullable=False),
        *_scanned(),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_over.id"], name=op.f("fk_hand_over_row_hand_over_id_hand_over")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_hand_over_row_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=_KEY),
        sa.PrimaryKeyConstraint("hand_over_id", "order_id", name=op.f("pk_hand_over_row")),
    )
    kept = "hand_over_id, order_id, attempt, cod"
    op.execute(f"INSERT INTO hand_over_row_0010 ({kept}) SELECT {kept} FROM hand_over_row")
    op.drop_table("hand_over_row")
    op.rename_table("hand_over_row_0010", "hand_over_row")
    op.create_index(op.f("ix_hand_over_row_order_id_attempt"), "hand_over_row", ["order_id", "attempt"], unique=False)


def _move(connection: sa.Connection) -> None:
    """Bring scanned parcels to their sheets: today's to the draft, earlier ones to closed sheets, one for each day."""
    known = {(order, attempt) for order, attempt in connection.execute(sa.select(_row.c.order_id, _row.c.attempt))}
    h, o = _handed.c, _orders.c
    query = (
        sa.select(h.order_id, h.attempt, h.company_id, h.person_id, h.at, h.user_name, h.station_id)
        .add_columns(o.total, _stands())
        .join(_orders, o.id == h.order_id)
        .order_by(h.at, h.order_id)
    )
    today = datetime.now(UTC).astimezone().date()
    sheets: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for parcel in connection.execute(query).all():
        if (parcel.order_id, parcel.attempt) in known:
            _tell(connection, parcel)
            continue
        day = _aware(parcel.at).astimezone().date()
        still_here = day == today and bool(parcel.stands)
        _put(sheets, (parcel.company_id, parcel.person_id, day, still_here), parcel)
    for (company, person, day, still_here, _), parcels in sheets.items():
        number = _draft(connection, company, person) if still_here else None
        if number is None:
            number = _sheet(connection, (company, person, day), parcels, closed=not still_here)
        _fill(connection, number, parcels)


def _stands() -> sa.ColumnElement[bool]:
    h, o = _handed.c, _orders.c
    carrier = sa.or_(h.company_id == o.shipping_company_id, h.person_id == o.delivery_person_id)
    alive = sa.and_(o.status.in_(_WITH_CARRIER), o.deleted_at.is_(None), sa.not_(sa.cast(o.held, sa.Boolean())))
    return sa.and_(alive, o.attempt == h.attempt, carrier).label("stands")


def _put(sheets: dict[tuple[Any, ...], list[Any]], key: tuple[Any, ...], parcel: Any) -> None:
    """Put a parcel on the first sheet of its carrier and day that does not hold another attempt of the order."""
    number = 0
    while any(other.order_id == parcel.order_id for other in sheets[*key, number]):
        number += 1
    sheets[*key, number].append(parcel)


def _tell(connection: sa.Connection, parcel: Any) -> None:
    r = _row.c
    mine = sa.and_(r.order_id == parcel.order_id, r.attempt == parcel.attempt)
    who = {"at": _aware(parcel.at), "user_name": parcel.user_name, "station_id": parcel.station_id}
    connection.execute(sa.update(_row).where(mine).values(who))


def _draft(connection: sa.Connection, company: int | None, person: int | None) -> int | None:
    c = _hand_over.c
    mine = c.company_id == company if company is not None else c.person_id == person
    found = connection.execute(sa.select(c.id).where(mine, c.closed_at.is_(None))).first()
    return None if found is None else int(found[0])


def _sheet(
    connection: sa.Connection, whose: tuple[int | None, int | None, date], parcels: list[Any], *, closed: bool
) -> int:
    first, last = parcels[0], parcels[-1]
    values = {
        "company_id": whose[0],
        "person_id": whose[1],
        "day": whose[2],
        "opened_at": _aware(first.at),
        "opened_by": first.user_name,
        "station_id": first.station_id,
        "closed_at": _aware(last.at) if closed else None,
        "closed_by": last.user_name if closed else None,
    }
    return int(connection.execute(sa.insert(_hand_over).values(values).returning(_hand_over.c.id)).scalar_one())


def _fill(connection: sa.Connection, number: int, parcels: Iterable[Any]) -> None:
    rows = [
        {
            "hand_over_id": number,
            "order_id": parcel.order_id,
            "attempt": parcel.attempt,
            "cod": parcel.total,
            "at": _aware(parcel.at),
            "user_name": parcel.user_name,
            "station_id": parcel.station_id,
        }
        for parcel in parcels
    ]
    connection.execute(sa.insert(_row), rows)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
