"""Every table of the schema, one module for each kind of fact."""

from warehouse_desk.data.tables.base import metadata
from warehouse_desk.data.tables.goods import (
    city,
    delivery_person,
    product,
    product_barcode,
    shipping_company,
    stock,
    stock_movement,
    warehouse,
)
from warehouse_desk.data.tables.journal import change_log, order_event, outbox, scan
from warehouse_desk.data.tables.orders import order_line, orders
from warehouse_desk.data.tables.people import app_user, counter, job, role, role_ability, saved_view, setting, station

__all__ = [
    "app_user",
    "change_log",
    "city",
    "counter",
    "delivery_person",
    "job",
    "metadata",
    "order_event",
    "order_line",
    "orders",
    "outbox",
    "product",
    "product_barcode",
    "role",
    "role_ability",
    "saved_view",
    "scan",
    "setting",
    "shipping_company",
    "station",
    "stock",
    "stock_movement",
    "warehouse",
]
