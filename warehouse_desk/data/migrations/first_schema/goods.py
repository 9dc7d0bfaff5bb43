"""The first schema: cities, carriers, products, stock and its ledger."""

import sqlalchemy as sa
from alembic import op

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def city() -> None:
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


def delivery_person() -> None:
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


def product() -> None:
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


def shipping_company() -> None:
    op.create_table(
        "shipping_company",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_company")),
        sa.UniqueConstraint("code", name=op.f("uq_shipping_company_code")),
    )


def product_barcode() -> None:
    op.create_table(
        "product_barcode",
        sa.Column("barcode", sa.String(length=64), nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("quantity", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_product_barcode_product_id_product")),
        sa.PrimaryKeyConstraint("barcode", name=op.f("pk_product_barcode")),
    )
    op.create_index(op.f("ix_product_barcode_product_id"), "product_barcode", ["product_id"], unique=False)


def warehouse() -> None:
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


def stock() -> None:
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


def stock_movement() -> None:
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
