"""The first schema: orders, goods, people and journal."""

from warehouse_desk.data.migrations.first_schema import goods, journal, orders, people

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    journal.change_log()
    goods.city()
    people.counter()
    goods.delivery_person()
    goods.product()
    people.role()
    people.setting()
    goods.shipping_company()
    people.station()
    people.app_user()
    people.job()
    goods.product_barcode()
    people.role_ability()
    goods.warehouse()
    orders.orders()
    goods.stock()
    journal.order_event()
    orders.order_line()
    journal.outbox()
    journal.scan()
    goods.stock_movement()
