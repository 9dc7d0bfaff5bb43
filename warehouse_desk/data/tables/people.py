"""Who works where: roles, users, stations; and the settings that all stations share."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, true

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata

role = Table(
    "role",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
)

role_ability = Table(
    "role_ability",
    metadata,
    Column("role_id", BigId, ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
    Column("ability", String(64), primary_key=True),
)

app_user = Table(
    "app_user",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("password_hash", String(255), nullable=False),
    Column("role_id", BigId, ForeignKey("role.id"), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime),
)
"""``last_seen_at``: the last sign-in or sign-out, at whichever station."""

station = Table(
    "station",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("last_seen_at", UtcDateTime, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", Text, nullable=False),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("owner", String(100), nullable=False),
    Column("name", String(60), nullable=False),
    Column("name_folded", String(120), nullable=False),
    Column("filters", Text, nullable=False),
    Column("sort", String(20), nullable=False),
    UniqueConstraint("owner", "name_folded"),
)
"""Filters that people keep by a name of their own; the owner is the user's name, empty where there are no users."""

counter = Table(
    "counter",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("value", BigId, nullable=False),
)

reference_block = Table(
    "reference_block",
    metadata,
    Column("first", BigId, primary_key=True),
    Column("last", BigId, nullable=False),
)
"""Numbers of the counter that were set aside and not used: empty but while an import runs or after one failed."""

job = Table(
    "job",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(50), nullable=False),
    Column("state", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("progress", Integer, nullable=False, server_default="0"),
    Column("result", Text),
    Column("station_id", BigId, ForeignKey("station.id")),
    Column("user_name", String(100), nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("user_id", BigId),
    Column("answer", Text),
    Index("ix_job_station_id_state", "station_id", "state"),
)
"""Work that outlives its window or its request: exports, label runs. Taken up again after a restart.

``answer`` is what came of it as JSON, for programs that ask."""
