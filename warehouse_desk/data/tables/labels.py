"""What was printed and handed over: label runs with their files, prints of single labels, hand-overs."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata

label_run = Table(
    "label_run",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", BigId, ForeignKey("app_user.id")),
    Column("user_name", String(100), nullable=False, server_default=""),
    Column("station_id", BigId, ForeignKey("station.id")),
    Column("stock", String(64), nullable=False),
    Column("dpi", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("labels", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("reason", Text),
    sqlite_autoincrement=True,
)
"""One PDF of labels. Append-only, like its labels, its file and its fetches."""

label_file = Table(
    "label_file",
    metadata,
    Column("run_id", BigId, ForeignKey("label_run.id"), primary_key=True),
    Column("pdf", LargeBinary, nullable=False),
)
"""The file of a run, apart from it so that lists of runs do not read megabytes."""

label_print = Table(
    "label_print",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("run_id", BigId, ForeignKey("label_run.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("order_id", BigId, ForeignKey("orders.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("reason", Text),
    Column("content", String(64)),
    UniqueConstraint("order_id", "attempt", "copy"),
    UniqueConstraint("run_id", "position"),
)
"""One label that was made. ``content`` stands for what it says of the order; labels of older programs have none.
``copy`` counts from 1 within an attempt: the unique key lets one station win the first."""

label_fetch = Table(
    "label_fetch",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("run_id", BigId, ForeignKey("label_run.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("user_name", String(100), nullable=False, server_default=""),
    Column("station_id", BigId, ForeignKey("station.id")),
)
"""Who took a stored file out again, when and where."""

hand_over = Table(
    "hand_over",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("company_id", BigId, ForeignKey("shipping_company.id")),
    Column("person_id", BigId, ForeignKey("delivery_person.id")),
    Column("day", Date, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", String(100), nullable=False, server_default=""),
    Column("station_id", BigId, ForeignKey("station.id")),
    Column("closed_at", UtcDateTime),
    Column("closed_by", String(100)),
    Column("carrier_name", String(100)),
    Column("sender_name", String(100)),
    Column("sender_phone", String(100)),
    Column("sender_city", String(100)),
    sqlite_autoincrement=True,
)
"""Parcels that a company or a delivery person takes along; a draft until it is closed.

Carrier and sender are written down at the closing: what was signed does not change with the directories.
"""

DRAFT = text("closed_at IS NULL")

Index("uq_hand_over_draft_company", hand_over.c.company_id, unique=True, sqlite_where=DRAFT, postgresql_where=DRAFT)
Index("uq_hand_over_draft_person", hand_over.c.person_id, unique=True, sqlite_where=DRAFT, postgresql_where=DRAFT)

hand_over_row = Table(
    "hand_over_row",
    metadata,
    Column("hand_over_id", BigId, ForeignKey("hand_over.id"), primary_key=True),
    Column("order_id", BigId, ForeignKey("orders.id"), primary_key=True),
    Column("attempt", Integer, nullable=False),
    Column("cod", BigId, nullable=False),
    Column("at", UtcDateTime),
    Column("user_name", String(100), nullable=False, server_default=""),
    Column("station_id", BigId, ForeignKey("station.id")),
    Column("reference", String(64)),
    Column("full_name", String(100)),
    Column("phone", String(100)),
    Column("city", String(100)),
    Column("address", String(1000)),
    Column("pieces", BigId),
    Column("tracking_number", String(100)),
    Column("struck_at", UtcDateTime),
    Column("struck_by", String(100)),
    Column("strike_reason", Text),
    Index(None, "order_id", "attempt"),
)
"""A parcel that a carrier takes along, and who scanned it or put it on the sheet, when and where.

``cod`` is the cash to collect in centimes. What the order says is written down at the closing and refused to change
afterwards by a trigger; a row that a supervisor strikes off stays.
"""
