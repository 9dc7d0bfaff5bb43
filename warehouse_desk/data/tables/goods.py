"""Products, where they lie, who carries them, and the ledger of every movement."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text, true

from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.tables.base import metadata

city = Table(
    "city",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("name_ar", String(100), nullable=False, server_default=""),
    Column("folded", String(100), nullable=False, unique=True),
    Column("folded_ar", String(100), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default=true()),
)

shipping_company = Table(
    "shipping_company",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
)

delivery_person = Table(
    "delivery_person",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("phone", String(100), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default=true()),
)

warehouse = Table(
    "warehouse",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("shipping_company_id", BigId, ForeignKey("shipping_company.id"), unique=True),
    Column("active", Boolean, nullable=False, server_default=true()),
)
"""A warehouse with a company is virtual: the stock which that company keeps for us."""

shipment_way = Table(
    "shipment_way",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("name_ar", String(100), nullable=False, server_default=""),
    Column("name_en", String(100), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default=true()),
)
"""What the numbers mean that orders carry; an order may carry one that nobody has named."""

product = Table(
    "product",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("sku", String(100), nullable=False, unique=True),
    Column("name", String(255), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("committed", BigId, nullable=False, server_default="0"),
)

product_barcode = Table(
    "product_barcode",
    metadata,
    Column("barcode", String(64), primary_key=True),
    Column("product_id", BigId, ForeignKey("product.id"), nullable=False, index=True),
    Column("quantity", Integer, nullable=False, server_default="1"),
)
"""A product may carry several barcodes; one on a carton stands for several units."""

stock = Table(
    "stock",
    metadata,
    Column("product_id", BigId, ForeignKey("product.id"), primary_key=True),
    Column("warehouse_id", BigId, ForeignKey("warehouse.id"), primary_key=True),
    Column("on_hand", BigId, nullable=False, server_default="0"),
    Column("inspection", BigId, nullable=False, server_default="0"),
)
"""Totals of the ledger, kept to be fast and checked to be true."""

stock_movement = Table(
    "stock_movement",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("product_id", BigId, ForeignKey("product.id"), nullable=False),
    Column("warehouse_id", BigId, ForeignKey("warehouse.id")),
    Column("kind", String(12), nullable=False),
    Column("quantity", BigId, nullable=False),
    Column("order_id", BigId, ForeignKey("orders.id")),
    Column("line_id", BigId),
    Column("attempt", Integer),
    Column("cycle", Integer),
    Column("part", Integer, nullable=False, server_default="0"),
    Column("at", UtcDateTime, nullable=False),
    Column("user_name", String(100), nullable=False, server_default=""),
    Column("station_id", BigId, ForeignKey("station.id")),
    Column("reason", Text),
    UniqueConstraint("line_id", "cycle", "kind", "part"),
    Index(None, "order_id"),
    Index(None, "product_id", "id"),
    Index(
        "ix_stock_movement_returned",
        "order_id",
        sqlite_where=text("kind = 'RETURN_IN'"),
        postgresql_where=text("kind = 'RETURN_IN'"),
    ),
)
"""Append-only. The unique key lets a purge or its reversal happen once a cycle, whoever retries; ``part`` is 0 but for
decisions on returned goods, which may be made piece by piece."""
