"""Orders and their lines."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    false,
    text,
)

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata

orders = Table(
    "orders",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("reference", String(64), nullable=False, unique=True),
    Column("remote_reference", String(64), unique=True),
    Column("base_status", String(32)),
    Column("status", String(32), nullable=False),
    Column("previous_status", String(32)),
    Column("resume_status", String(32)),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("attempt", Integer, nullable=False, server_default="1"),
    Column("stock_cycle", Integer, nullable=False, server_default="1"),
    Column("full_name", String(100), nullable=False),
    Column("phone", String(100), nullable=False),
    Column("second_phone", String(100)),
    Column("email", String(254)),
    Column("city", String(100), nullable=False),
    Column("city_id", BigId, ForeignKey("city.id")),
    Column("area", String(255)),
    Column("address", String(1000), nullable=False),
    Column("shipment_way", Integer),
    Column("is_fees_paid_by_customer", Boolean, nullable=False, server_default=false()),
    Column("total", BigId, nullable=False),
    Column("notes", Text),
    Column("name_folded", String(200), nullable=False),
    Column("city_folded", String(200), nullable=False),
    Column("phone_keys", String(250), nullable=False),
    Column("shipping_company_id", BigId, ForeignKey("shipping_company.id")),
    Column("from_stock", Boolean),
    Column("tracking_number", String(100)),
    Column("delivery_person_id", BigId, ForeignKey("delivery_person.id")),
    Column("warehouse_id", BigId, ForeignKey("warehouse.id")),
    Column("hand_over_id", BigId),
    Column("held", Boolean, nullable=False, server_default=false()),
    Column("hold_reason", Text),
    Column("cancel_reason", Text),
    Column("short_skus", Text),
    Column("label_count", Integer, nullable=False, server_default="0"),
    Column("label_outdated", Boolean, nullable=False, server_default=false()),
    Column("recount", Boolean, nullable=False, server_default=false()),
    Column("packed_on", Date),
    Column("shipped_on", Date),
    Column("delivered_on", Date),
    Column("returned_on", Date),
    Column("canceled_on", Date),
    Column("content_hash", String(64), nullable=False),
    Column("twin_key", String(64)),
    Column("twin_of", String(20)),
    Column("origin", String(16), nullable=False),
    Column("conflict_id", BigId),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("deleted_at", UtcDateTime),
    sqlite_autoincrement=True,
)
"""Money in centimes. A deleted order keeps its row: its reference is never given again.

``hand_over_id`` is the closed sheet that binds the order in its present attempt. It stands here besides the sheet's row
so that whoever waited for the order's lock sees it, and one order is never on two.

``phone_keys`` holds what each number of both phone fields is found by, blanks between them: one column, so that one
trigram index finds them all.
"""

LIVE = text("deleted_at IS NULL")

Index(
    "ix_orders_live_status",
    orders.c.status,
    orders.c.id,
    sqlite_where=LIVE,
    postgresql_where=LIVE,
)
WAITS_FOR_COMPANY = text("deleted_at IS NULL AND status = 'WAITING_FOR_SHIPPING_COMPANY'")
WITH_PERSON = text("deleted_at IS NULL AND delivery_person_id IS NOT NULL")

Index(
    "ix_orders_waiting_company",
    orders.c.shipping_company_id,
    orders.c.id,
    sqlite_where=WAITS_FOR_COMPANY,
    postgresql_where=WAITS_FOR_COMPANY,
)
Index(
    "ix_orders_person_day",
    orders.c.delivery_person_id,
    orders.c.shipped_on,
    sqlite_where=WITH_PERSON,
    postgresql_where=WITH_PERSON,
)
LYING = text("status IN ('PACKED', 'WAITING_FOR_SHIPPING_COMPANY')")
DELIVERED = text("status = 'DELIVERED'")
RETURNED = text("status = 'RETURNED'")
"""Conditions of partial indexes; a query must repeat them in these very words for SQLite to use the index."""


def _when(condition: TextClause) -> dict[str, Any]:
    whole = text(f"{condition} AND {LIVE}")
    return {"sqlite_where": whole, "postgresql_where": whole}


Index("ix_orders_lying", orders.c.status, orders.c.updated_at, **_when(LYING))
for _name, _day, _condition in (
    ("ix_orders_delivered", orders.c.delivered_on, DELIVERED),
    ("ix_orders_returned", orders.c.returned_on, RETURNED),
):
    _place = (orders.c.city_id, orders.c.city_folded, orders.c.shipping_company_id)
    Index(_name, orders.c.status, _day, *_place, **_when(_condition))
Index("ix_orders_twin_key", orders.c.twin_key, orders.c.created_at)
TWINS = text("deleted_at IS NULL AND twin_of IS NOT NULL")
Index("ix_orders_twins", orders.c.id, sqlite_where=TWINS, postgresql_where=TWINS)
Index("ix_orders_content_hash", orders.c.content_hash, orders.c.created_at)
for _name, _column in (
    ("name", orders.c.name_folded),
    ("city", orders.c.city_folded),
    ("total", orders.c.total),
    ("created", orders.c.created_at),
):
    # The sorts of the order table: no scan changes these columns.
    Index(f"ix_orders_live_{_name}", _column, orders.c.id, sqlite_where=LIVE, postgresql_where=LIVE)

# What the order table is filtered by.
Index("ix_orders_live_city_id", orders.c.city_id, orders.c.id, sqlite_where=LIVE, postgresql_where=LIVE)
Index("ix_orders_live_labels", orders.c.label_count, orders.c.id, sqlite_where=LIVE, postgresql_where=LIVE)
WITH_COMPANY = text("deleted_at IS NULL AND shipping_company_id IS NOT NULL")
Index(
    "ix_orders_live_company",
    orders.c.shipping_company_id,
    orders.c.id,
    sqlite_where=WITH_COMPANY,
    postgresql_where=WITH_COMPANY,
)
Index(
    "ix_orders_held",
    orders.c.held,
    orders.c.id,
    sqlite_where=text("deleted_at IS NULL AND held IS 1"),
    postgresql_where=text("deleted_at IS NULL AND held IS true"),
)

Index(
    "ix_orders_label_outdated",
    orders.c.label_outdated,
    orders.c.id,
    sqlite_where=text("deleted_at IS NULL AND label_outdated IS 1"),
    postgresql_where=text("deleted_at IS NULL AND label_outdated IS true"),
)

NUMBERED = "tracking_number IS NOT NULL"
for _name, _columns, _condition in (
    ("ix_orders_tracking", (orders.c.tracking_number, orders.c.shipping_company_id), text(NUMBERED)),
    (
        "ix_orders_tracking_alone",
        (orders.c.tracking_number,),
        text(f"{NUMBERED} AND shipping_company_id IS NULL"),
    ),
):
    # A company gives a number once; of a parcel without company nobody knows whose number it is.
    Index(_name, *_columns, unique=True, sqlite_where=_condition, postgresql_where=_condition)

past_tracking = Table(
    "past_tracking",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("order_id", BigId, ForeignKey("orders.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("shipping_company_id", BigId, ForeignKey("shipping_company.id")),
    Column("number", String(100), nullable=False, index=True),
)
"""Tracking numbers of journeys that ended with a renewal: their parcels may still come back."""

order_line = Table(
    "order_line",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("order_id", BigId, ForeignKey("orders.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("product_id", BigId, ForeignKey("product.id"), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("price", BigId, nullable=False),
    Column("total", BigId, nullable=False),
    UniqueConstraint("order_id", "position"),
    sqlite_autoincrement=True,
)
"""A line's id is never reused: the ledger's unique key rests on it."""
