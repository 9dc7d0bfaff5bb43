"""Who may ask over HTTP: the tokens of programs, the sessions of browsers, and wrong tries to sign in."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata

api_token = Table(
    "api_token",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("public_id", String(8), nullable=False, unique=True),
    Column("token_hash", String(64), nullable=False),
    Column("name", String(60), nullable=False),
    Column("abilities", Text, nullable=False),
    Column("user_id", BigId, ForeignKey("app_user.id"), index=True),
    Column("warehouse_id", BigId, ForeignKey("warehouse.id")),
    Column("networks", Text, nullable=False, server_default="[]"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(100), nullable=False, server_default=""),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", String(100), nullable=False, server_default=""),
)
"""SHA-256 of a random token of 190 bits, found by its public id; ``abilities`` and ``networks`` are JSON lists."""

http_session = Table(
    "http_session",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("session_hash", String(64), nullable=False, unique=True),
    Column("user_id", BigId, ForeignKey("app_user.id"), nullable=False, index=True),
    Column("address", String(64), nullable=False, server_default=""),
    Column("agent", String(200), nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(None, "created_at"),
)
"""SHA-256 of a random cookie of 256 bits; ``agent`` is what the browser calls itself."""

login_attempt = Table(
    "login_attempt",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("subject", String(64), primary_key=True),
    Column("failed_at", Text, nullable=False),
    Column("locks", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "changed_at"),
)
"""What was tried in vain for a name, from an address, or for a PIN: the moments as a JSON list, by the database's time.

A name is kept as its SHA-256: it may be a password, typed into the wrong field.
"""
