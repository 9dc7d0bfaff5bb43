"""Requests that may be sent twice, each with what was answered to it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("principal", sa.String(64), server_default="", nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("station_id", BIG),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_request_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("principal", "key", name=op.f("uq_request_principal_key")),
    )
    op.create_index(op.f("ix_request_at"), "request", ["at"])
