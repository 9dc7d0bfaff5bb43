"""Requests that may be sent twice, each with what was answered to it."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata

request = Table(
    "request",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("principal", String(64), nullable=False, server_default=""),
    Column("key", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("answer", Text, nullable=False, server_default=""),
    Column("at", UtcDateTime, nullable=False),
    Column("station_id", BigId, ForeignKey("station.id")),
    UniqueConstraint("principal", "key"),
    Index(None, "at"),
)
"""Written in the transaction of what was asked for: a row that can be read tells that it was done.

``principal`` is whose key it is, "" for the stations' own; ``fingerprint`` what was asked for, as SHA-256; ``answer``
is JSON.
"""
