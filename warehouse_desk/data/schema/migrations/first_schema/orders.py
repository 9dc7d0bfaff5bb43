"""The first schema: orders, their lines, how far each is counted, and the files they came from."""

import sqlalchemy as sa
from alembic import op

from warehouse_desk.data.schema.migrations.first_schema.elements import BIG, MOMENT, partial_index

LIVE = "deleted_at IS NULL"


def create_tables() -> None:
    op.create_table(
        "orders",
        sa.Column("id", BIG, nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("remote_reference", sa.String(64)),
        sa.Column("base_status", sa.String(32)),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("previous_status", sa.String(32)),
        sa.Column("resume_status", sa.String(32)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="1", nullable=False),
        sa.Column("stock_cycle", sa.Integer(), server_default="1", nullable=False),
        sa.Column("full_name", sa.String(100), nullable=False),
        sa.Column("phone", sa.String(100), nullable=False),
        sa.Column("second_phone", sa.String(100)),
        sa.Column("email", sa.String(254)),
        sa.Column("city", sa.String(100), nullable=False),
        sa.Column("city_id", BIG),
        sa.Column("area", sa.String(255)),
        sa.Column("address", sa.String(1000), nullable=False),
        sa.Column("shipment_way", sa.Integer()),
        sa.Column("is_fees_paid_by_customer", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("total", BIG, nullable=False),
        sa.Column("notes", sa.Text()),
        sa.Column("name_folded", sa.String(200), nullable=False),
        sa.Column("city_folded", sa.String(200), nullable=False),
        sa.Column("phone_keys", sa.String(250), nullable=False),
        sa.Column("shipping_company_id", BIG),
        sa.Column("from_stock", sa.Boolean()),
        sa.Column("tracking_number", sa.String(100)),
        sa.Column("delivery_person_id", BIG),
        sa.Column("warehouse_id", BIG),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hold_reason", sa.Text()),
        sa.Column("cancel_reason", sa.Text()),
        sa.Column("short_skus", sa.Text()),
        sa.Column("label_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("packed_on", sa.Date()),
        sa.Column("shipped_on", sa.Date()),
        sa.Column("delivered_on", sa.Date()),
        sa.Column("returned_on", sa.Date()),
        sa.Column("canceled_on", sa.Date()),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("conflict_id", BIG),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("deleted_at", MOMENT),
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
    _order_indexes()
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
        "verification_count",
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("line_id", BIG, nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_verification_count_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", "attempt", "line_id", name=op.f("pk_verification_count")),
    )
    op.create_table(
        "station_work",
        sa.Column("station_id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_station_work_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_station_work_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_station_work")),
    )
    op.create_table(
        "import_file",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("rows_stored", sa.Integer(), nullable=False),
        sa.Column("rows_left_out", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_id", BIG),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_import_file_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_import_file_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    op.create_index("ix_import_file_sha256_id", "import_file", ["sha256", "id"])


def _order_indexes() -> None:
    op.create_index("ix_orders_content_hash", "orders", ["content_hash", "created_at"])
    _live_index("live_status", ["status", "id"])
    _live_index("live_name", ["name_folded", "id"])
    _live_index("live_city", ["city_folded", "id"])
    _live_index("live_total", ["total", "id"])
    _live_index("live_created", ["created_at", "id"])
    _live_index("live_city_id", ["city_id", "id"])
    _live_index("live_labels", ["label_count", "id"])
    partial_index(
        "ix_orders_live_company", "orders", ["shipping_company_id", "id"], f"{LIVE} AND shipping_company_id IS NOT NULL"
    )
    partial_index(
        "ix_orders_waiting_company",
        "orders",
        ["shipping_company_id", "id"],
        f"{LIVE} AND status = 'WAITING_FOR_SHIPPING_COMPANY'",
    )
    partial_index(
        "ix_orders_person_day",
        "orders",
        ["delivery_person_id", "shipped_on"],
        f"{LIVE} AND delivery_person_id IS NOT NULL",
    )
    partial_index(
        "ix_orders_lying",
        "orders",
        ["status", "updated_at"],
        f"status IN ('PACKED', 'WAITING_FOR_SHIPPING_COMPANY') AND {LIVE}",
    )
    for status in ("delivered", "returned"):
        partial_index(
            f"ix_orders_{status}",
            "orders",
            ["status", f"{status}_on", "city_id", "city_folded", "shipping_company_id"],
            f"status = '{status.upper()}' AND {LIVE}",
        )
    op.create_index(
        "ix_orders_held",
        "orders",
        ["held", "id"],
        sqlite_where=sa.text(f"{LIVE} AND held IS 1"),
        postgresql_where=sa.text(f"{LIVE} AND held IS true"),
    )


def _live_index(name: str, columns: list[str]) -> None:
    partial_index(f"ix_orders_{name}", "orders", columns, LIVE)
