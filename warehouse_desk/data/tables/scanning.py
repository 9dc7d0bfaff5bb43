"""What the scanner's screens keep: pieces counted, badges and PINs, the order at a station."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata

verification_count = Table(
    "verification_count",
    metadata,
    Column("order_id", BigId, ForeignKey("orders.id"), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("line_id", BigId, primary_key=True),
    Column("counted", Integer, nullable=False),
)
"""How many pieces of a line were scanned in one attempt; kept piece by piece, so that a crash loses none."""

station_work = Table(
    "station_work",
    metadata,
    Column("station_id", BigId, ForeignKey("station.id"), primary_key=True),
    Column("order_id", BigId, ForeignKey("orders.id"), nullable=False),
)
"""The order whose pieces are being scanned at a station."""

parcel_at_hand = Table(
    "parcel_at_hand",
    metadata,
    Column("station_id", BigId, ForeignKey("station.id"), primary_key=True),
    Column("order_id", BigId, ForeignKey("orders.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
"""The parcel at a station whose courier's label is scanned next, and since when."""

badge = Table(
    "badge",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("user_id", BigId, ForeignKey("app_user.id"), nullable=False, index=True),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("issued_by", String(100), nullable=False, server_default=""),
    Column("revoked_at", UtcDateTime),
)
"""SHA-256 of a random token of 76 bits: who reads the database cannot print a badge from it."""

user_pin = Table(
    "user_pin",
    metadata,
    Column("user_id", BigId, ForeignKey("app_user.id"), primary_key=True),
    Column("pin_hash", String(255), nullable=False),
)
