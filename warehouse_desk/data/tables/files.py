"""Files that were imported: the same one twice is noticed."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata

import_file = Table(
    "import_file",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("name", String(255), nullable=False),
    Column("rows_stored", Integer, nullable=False),
    Column("rows_left_out", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", BigId, ForeignKey("app_user.id")),
    Column("user_name", String(100), nullable=False, server_default=""),
    Column("station_id", BigId, ForeignKey("station.id")),
    Index(None, "sha256", "id"),
)
"""One row for each import; a file may be imported again after its warning, so its hash is not unique."""
