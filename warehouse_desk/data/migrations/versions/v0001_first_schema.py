"""The first schema: orders, goods, people and journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
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
    op.create_table(
        "city",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_ar", sa.String(length=100), server_default="", nullable=False),
        sa.Column("folded", sa.String(length=100), nullable=False),
        sa.Column("folded_ar", sa.String(length=100), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city")),
        sa.UniqueConstraint("folded", name=op.f("uq_city_folded")),
        sa.UniqueConstraint("name", name=op.f("uq_city_name")),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("value", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "delivery_person",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=100), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_person")),
        sa.UniqueConstraint("code", name=op.f("uq_delivery_person_code")),
    )
    op.create_table(
        "product",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sku", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("committed", BIG, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("sku", name=op.f("uq_product_sku")),
    )
    op.create_table(
        "role",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "shipping_company",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_company")),
        sa.UniqueConstraint("code", name=op.f("uq_shipping_company_code")),
    )
    op.create_table(
        "station",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("name", name=op.f("uq_station_name")),
    )
    op.create_table(
        "app_user",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("role_id", BIG, nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_app_user_role_id_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("name", name=op.f("uq_app_user_name")),
    )
    op.create_table(
        "job",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("progress", sa.Integer(), server_default="0", nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("station_id", BIG, nullable=True),
        sa.Column("user_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_job_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_table(
        "product_barcode",
        sa.Column("barcode", sa.String(length=64), nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("quantity", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_product_barcode_product_id_product")),
        sa.PrimaryKeyConstraint("barcode", name=op.f("pk_product_barcode")),
    )
    op.create_index(op.f("ix_product_barcode_product_id"), "product_barcode", ["product_id"], unique=False)
    op.create_table(
        "role_ability",
        sa.Column("role_id", BIG, nullable=False),
        sa.Column("ability", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_role_ability_role_id_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("role_id", "ability", name=op.f("pk_role_ability")),
    )
    op.create_table(
        "warehouse",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("shipping_company_id", BIG, nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shipping_company_id"],
            ["shipping_company.id"],
            name=op.f("fk_warehouse_shipping_company_id_shipping_company"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouse")),
        sa.UniqueConstraint("code", name=op.f("uq_warehouse_code")),
        sa.UniqueConstraint("shipping_company_id", name=op.f("uq_warehouse_shipping_company_id")),
    )
    op.create_table(
        "orders",
        sa.Column("id", BIG, nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("remote_reference", sa.String(length=64), nullable=True),
        sa.Column("base_status", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("previous_status", sa.String(length=32), nullable=True),
        sa.Column("resume_status", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="1", nullable=False),
        sa.Column("stock_cycle", sa.Integer(), server_default="1", nullable=False),
        sa.Column("full_name", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=100), nullable=False),
        sa.Column("second_phone", sa.String(length=100), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("city_id", BIG, nullable=True),
        sa.Column("area", sa.String(length=255), nullable=True),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("shipment_way", sa.Integer(), nullable=True),
        sa.Column("is_fees_paid_by_customer", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("total", BIG, nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("name_folded", sa.String(length=200), nullable=False),
        sa.Column("city_folded", sa.String(length=200), nullable=False),
        sa.Column("phone_key", sa.String(length=20), nullable=False),
        sa.Column("second_phone_key", sa.String(length=20), server_default="", nullable=False),
        sa.Column("shipping_company_id", BIG, nullable=True),
        sa.Column("from_stock", sa.Boolean(), nullable=True),
        sa.Column("tracking_number", sa.String(length=100), nullable=True),
        sa.Column("delivery_person_id", BIG, nullable=True),
        sa.Column("warehouse_id", BIG, nullable=True),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hold_reason", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("short_skus", sa.Text(), nullable=True),
        sa.Column("label_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("packed_on", sa.Date(), nullable=True),
        sa.Column("shipped_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("canceled_on", sa.Date(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("conflict_id", BIG, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_orders_city_id_city")),
        sa.ForeignKeyConstraint(
            ["delivery_person_id"], ["delivery_person.id"], name=op.f("fk_orders_delivery_person_id_delivery_person")
        ),
        sa.ForeignKeyConstraint(
            ["shipping_company_id"],
            ["shipping_company.id"],
            name=op.f("fk_orders_shipping_company_id_shipping_company"),
        ),
        sa.ForeignKeyConstraint(["warehouse_id"], ["warehouse.id"], name=op.f("fk_orders_warehouse_id_warehouse")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("reference", name=op.f("uq_orders_reference")),
        sa.UniqueConstraint("remote_reference", name=op.f("uq_orders_remote_reference")),
        sa.UniqueConstraint("tracking_number", name=op.f("uq_orders_tracking_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_orders_city_folded", "orders", ["city_folded", "id"], unique=False)
    op.create_index(
        "ix_orders_live_status",
        "orders",
        ["status", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index("ix_orders_phone_key", "orders", ["phone_key", "id"], unique=False)
    op.create_table(
        "stock",
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("warehouse_id", BIG, nullable=False),
        sa.Column("on_hand", BIG, server_default="0", nullable=False),
        sa.Column("inspection", BIG, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_product_id_product")),
        sa.ForeignKeyConstraint(["warehouse_id"], ["warehouse.id"], name=op.f("fk_stock_warehouse_id_warehouse")),
        sa.PrimaryKeyConstraint("product_id", "warehouse_id", name=op.f("pk_stock")),
    )
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
    op.create_table(
        "order_line",
        sa.Column("id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", BIG, nullable=False),
        sa.Column("total", BIG, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_line_order_id_orders")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_order_line_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", "position", name=op.f("uq_order_line_order_id_position")),
        sqlite_autoincrement=True,
    )
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
    op.create_table(
        "stock_movement",
        sa.Column("id", BIG, nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("warehouse_id", BIG, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("quantity", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=True),
        sa.Column("line_id", BIG, nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.Column("cycle", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_stock_movement_order_id_orders")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_movement_product_id_product")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_stock_movement_station_id_station")),
        sa.ForeignKeyConstraint(
            ["warehouse_id"], ["warehouse.id"], name=op.f("fk_stock_movement_warehouse_id_warehouse")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
        sa.UniqueConstraint("line_id", "cycle", "kind", name=op.f("uq_stock_movement_line_id_cycle_kind")),
    )
    op.create_index(op.f("ix_stock_movement_order_id"), "stock_movement", ["order_id"], unique=False)
    op.create_index(op.f("ix_stock_movement_product_id_id"), "stock_movement", ["product_id", "id"], unique=False)
