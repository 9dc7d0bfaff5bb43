"""The first schema: audit, scans, change log, outbox."""

import sqlalchemy as sa
from alembic import op

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def change_log() -> None:
    op.create_table(
        "change_log",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change_log")),
        sqlite_autoincrement=True,
    )


def order_event() -> None:
    op.create_table(
        "order_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status_before", sa.String(length=32), nullable=True),
        sa.Column("status_after", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("user_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_event_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_order_event_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_order_event_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_event")),
    )
    op.create_index(op.f("ix_order_event_order_id_id"), "order_event", ["order_id", "id"], unique=False)


def outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("op_uuid", sa.String(length=32), nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("seq_in_order", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("payload_json", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("from_status", sa.String(length=32), nullable=True),
        sa.Column("to_status", sa.String(length=32), nullable=True),
        sa.Column("action_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action_local", sa.String(length=32), nullable=False),
        sa.Column("tz", sa.String(length=64), nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempt_id", BIG, nullable=True),
        sa.Column("batch_cap", sa.Integer(), nullable=True),
        sa.Column("batch_group", sa.String(length=32), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdicts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("net_fails", sa.Integer(), server_default="0", nullable=False),
        sa.Column("settle_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("flag", sa.Text(), nullable=True),
        sa.Column("ack_how", sa.String(length=20), nullable=True),
        sa.Column("acked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_outbox_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_outbox_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_outbox_user_id_app_user")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("op_uuid", name=op.f("uq_outbox_op_uuid")),
        sa.UniqueConstraint("order_id", "seq_in_order", name=op.f("uq_outbox_order_id_seq_in_order")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "seq"], unique=False)
    op.create_index(
        "uq_outbox_inflight_order",
        "outbox",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("state = 'INFLIGHT'"),
        postgresql_where=sa.text("state = 'INFLIGHT'"),
    )


def scan() -> None:
    op.create_table(
        "scan",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=128), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("user_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.Column("order_id", BIG, nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("status_before", sa.String(length=32), nullable=True),
        sa.Column("status_after", sa.String(length=32), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_scan_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_scan_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_scan_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
    )
    op.create_index(op.f("ix_scan_order_id"), "scan", ["order_id"], unique=False)
    op.create_index(op.f("ix_scan_station_id_at"), "scan", ["station_id", "at"], unique=False)
