"""Every table of the schema, one module for each kind of fact."""

from warehouse_desk.data.tables.access import api_token, http_session, login_attempt
from warehouse_desk.data.tables.base import metadata
from warehouse_desk.data.tables.files import import_file
from warehouse_desk.data.tables.goods import (
    city,
    delivery_person,
    product,
    product_barcode,
    shipment_way,
    shipping_company,
    stock,
    stock_movement,
    warehouse,
)
from warehouse_desk.data.tables.journal import change_log, order_event, outbox, scan
from warehouse_desk.data.tables.labels import hand_over, hand_over_row, label_fetch, label_file, label_print, label_run
from warehouse_desk.data.tables.orders import order_line, orders, past_tracking
from warehouse_desk.data.tables.people import (
    app_user,
    counter,
    job,
    reference_block,
    role,
    role_ability,
    saved_view,
    setting,
    station,
)
from warehouse_desk.data.tables.requests import request
from warehouse_desk.data.tables.scanning import badge, parcel_at_hand, station_work, user_pin, verification_count

__all__ = [
    "api_token",
    "app_user",
    "badge",
    "change_log",
    "city",
    "counter",
    "delivery_person",
    "hand_over",
    "hand_over_row",
    "http_session",
    "import_file",
    "job",
    "label_fetch",
    "label_file",
    "label_print",
    "label_run",
    "login_attempt",
    "metadata",
    "order_event",
    "order_line",
    "orders",
    "outbox",
    "parcel_at_hand",
    "past_tracking",
    "product",
    "product_barcode",
    "reference_block",
    "request",
    "role",
    "role_ability",
    "saved_view",
    "scan",
    "setting",
    "shipment_way",
    "shipping_company",
    "station",
    "station_work",
    "stock",
    "stock_movement",
    "user_pin",
    "verification_count",
    "warehouse",
]
