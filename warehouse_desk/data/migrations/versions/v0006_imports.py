"""Imported files by their hash, orders by their content: what comes twice is noticed. Jobs by station."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "import_file",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("rows_stored", sa.Integer(), nullable=False),
        sa.Column("rows_left_out", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("user_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_import_file_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_import_file_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    op.create_index(op.f("ix_import_file_sha256_id"), "import_file", ["sha256", "id"])
    op.create_index("ix_orders_content_hash", "orders", ["content_hash", "created_at"])
    op.create_index("ix_job_station_id_state", "job", ["station_id", "state"])
