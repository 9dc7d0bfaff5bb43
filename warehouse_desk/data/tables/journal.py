"""What happened and what must still be told: audit, scans, change log, outbox."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata
from warehouse_desk.domain.scanning.scans import CODE_LENGTH

order_event = Table(
    "order_event",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("order_id", BigId, ForeignKey("orders.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("status_before", String(32)),
    Column("status_after", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", BigId, ForeignKey("app_user.id")),
    Column("user_name", String(100), nullable=False, server_default=""),
    Column("station_id", BigId, ForeignKey("station.id")),
    Column("source", String(16), nullable=False),
    Column("reason", Text),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Index(None, "order_id", "id"),
    Index(None, "at"),
)
"""Append-only audit; triggers refuse changes. ``before`` and ``after`` hold the changed columns as JSON."""

scan = Table(
    "scan",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("mode", String(20), nullable=False),
    Column("code", String(CODE_LENGTH), nullable=False),
    Column("options", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", BigId, ForeignKey("app_user.id")),
    Column("user_name", String(100), nullable=False, server_default=""),
    Column("station_id", BigId, ForeignKey("station.id")),
    Column("order_id", BigId, ForeignKey("orders.id")),
    Column("outcome", String(16)),
    Column("status_before", String(32)),
    Column("status_after", String(32)),
    Column("message", Text),
    Column("answered_at", UtcDateTime),
    Column("detail", Text),
    Column("undone_at", UtcDateTime),
    Index(None, "station_id", "at"),
    Index(None, "order_id"),
)
"""Every reading of the scanner by an id of its own: the same reading is never applied twice.

Without an outcome it was received and not answered. ``options`` holds as JSON what was set at the station,
``detail`` what undoing it must know.
"""

UNANSWERED = text("outcome IS NULL")
NOT_DONE = text("outcome IN ('refused', 'unknown', 'failed')")
"""Written out and not with parameters: only so do both databases see that the index serves a query."""

Index("ix_scan_unanswered", scan.c.station_id, scan.c.at, sqlite_where=UNANSWERED, postgresql_where=UNANSWERED)
Index("ix_scan_not_done", scan.c.at, sqlite_where=NOT_DONE, postgresql_where=NOT_DONE)

change_log = Table(
    "change_log",
    metadata,
    Column("seq", BigId, primary_key=True),
    Column("order_id", BigId, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("station_id", BigId),
    sqlite_autoincrement=True,
)

IN_FLIGHT = text("state = 'INFLIGHT'")

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigId, primary_key=True),
    Column("op_uuid", String(32), nullable=False, unique=True),
    Column("order_id", BigId, ForeignKey("orders.id"), nullable=False),
    Column("seq_in_order", Integer, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("payload_json", Text, nullable=False),
    Column("fingerprint", String(64)),
    Column("content_hash", String(64)),
    Column("from_status", String(32)),
    Column("to_status", String(32)),
    Column("action_at_utc", UtcDateTime, nullable=False),
    Column("action_local", String(32), nullable=False),
    Column("tz", String(64), nullable=False),
    Column("station_id", BigId, ForeignKey("station.id")),
    Column("user_id", BigId, ForeignKey("app_user.id")),
    Column("state", String(12), nullable=False),
    Column("attempt_id", BigId),
    Column("batch_cap", Integer),
    Column("batch_group", String(32)),
    Column("not_before", UtcDateTime),
    Column("verdicts", Integer, nullable=False, server_default="0"),
    Column("net_fails", Integer, nullable=False, server_default="0"),
    Column("settle_until", UtcDateTime),
    Column("flag", Text),
    Column("ack_how", String(20)),
    Column("acked_at", UtcDateTime),
    Column("last_error", Text),
    UniqueConstraint("order_id", "seq_in_order"),
    sqlite_autoincrement=True,
)
"""What the server must still be told, in the order of ``seq``, never of a clock."""

Index("uq_outbox_inflight_order", outbox.c.order_id, unique=True, sqlite_where=IN_FLIGHT, postgresql_where=IN_FLIGHT)
Index("ix_outbox_state", outbox.c.state, outbox.c.seq)
