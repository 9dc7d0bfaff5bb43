"""The first schema: what happened and what must still be told: audit, ledger, scans, change log, outbox."""

import sqlalchemy as sa
from alembic import op

from warehouse_desk.data.schema.migrations.first_schema.elements import BIG, MOMENT, partial_index


def create_tables() -> None:
    op.create_table(
        "order_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("status_before", sa.String(32)),
        sa.Column("status_after", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_id", BIG),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_event_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_order_event_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_order_event_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_event")),
    )
    op.create_index("ix_order_event_at", "order_event", ["at"])
    op.create_index("ix_order_event_order_id_id", "order_event", ["order_id", "id"])
    op.create_table(
        "stock_movement",
        sa.Column("id", BIG, nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("warehouse_id", BIG),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("quantity", BIG, nullable=False),
        sa.Column("order_id", BIG),
        sa.Column("line_id", BIG),
        sa.Column("attempt", sa.Integer()),
        sa.Column("cycle", sa.Integer()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_stock_movement_order_id_orders")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_movement_product_id_product")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_stock_movement_station_id_station")),
        sa.ForeignKeyConstraint(
            ["warehouse_id"], ["warehouse.id"], name=op.f("fk_stock_movement_warehouse_id_warehouse")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
        sa.UniqueConstraint("line_id", "cycle", "kind", name=op.f("uq_stock_movement_line_id_cycle_kind")),
    )
    op.create_index("ix_stock_movement_order_id", "stock_movement", ["order_id"])
    op.create_index("ix_stock_movement_product_id_id", "stock_movement", ["product_id", "id"])
    op.create_table(
        "scan",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("code", sa.String(128), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_id", BIG),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.Column("order_id", BIG),
        sa.Column("outcome", sa.String(16)),
        sa.Column("status_before", sa.String(32)),
        sa.Column("status_after", sa.String(32)),
        sa.Column("message", sa.Text()),
        sa.Column("answered_at", MOMENT),
        sa.Column("detail", sa.Text()),
        sa.Column("undone_at", MOMENT),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_scan_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_scan_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_scan_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
    )
    partial_index("ix_scan_not_done", "scan", ["at"], "outcome IN ('refused', 'unknown', 'failed')")
    op.create_index("ix_scan_order_id", "scan", ["order_id"])
    op.create_index("ix_scan_station_id_at", "scan", ["station_id", "at"])
    partial_index("ix_scan_unanswered", "scan", ["station_id", "at"], "outcome IS NULL")
    op.create_table(
        "change_log",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("station_id", BIG),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change_log")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("op_uuid", sa.String(32), nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("seq_in_order", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("payload_json", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("content_hash", sa.String(64)),
        sa.Column("from_status", sa.String(32)),
        sa.Column("to_status", sa.String(32)),
        sa.Column("action_at_utc", MOMENT, nullable=False),
        sa.Column("action_local", sa.String(32), nullable=False),
        sa.Column("tz", sa.String(64), nullable=False),
        sa.Column("station_id", BIG),
        sa.Column("user_id", BIG),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempt_id", BIG),
        sa.Column("batch_cap", sa.Integer()),
        sa.Column("batch_group", sa.String(32)),
        sa.Column("not_before", MOMENT),
        sa.Column("verdicts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("net_fails", sa.Integer(), server_default="0", nullable=False),
        sa.Column("settle_until", MOMENT),
        sa.Column("flag", sa.Text()),
        sa.Column("ack_how", sa.String(20)),
        sa.Column("acked_at", MOMENT),
        sa.Column("last_error", sa.Text()),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_outbox_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_outbox_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_outbox_user_id_app_user")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("op_uuid", name=op.f("uq_outbox_op_uuid")),
        sa.UniqueConstraint("order_id", "seq_in_order", name=op.f("uq_outbox_order_id_seq_in_order")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "seq"])
    partial_index("uq_outbox_inflight_order", "outbox", ["order_id"], "state = 'INFLIGHT'", unique=True)
