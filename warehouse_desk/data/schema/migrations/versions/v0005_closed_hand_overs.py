"""Closed hand-overs say for good what was signed, and bind their orders until those are struck off."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SHEET_COLUMNS = ("carrier_name", "sender_name", "sender_phone", "sender_city")
SAID = ("reference", "full_name", "phone", "city", "address", "pieces", "tracking_number", "cod")
CLOSED = "SELECT id FROM hand_over WHERE closed_at IS NOT NULL"


def upgrade() -> None:
    for name in SHEET_COLUMNS:
        op.add_column("hand_over", sa.Column(name, sa.String(100)))
    for column in (
        sa.Column("reference", sa.String(64)),
        sa.Column("full_name", sa.String(100)),
        sa.Column("phone", sa.String(100)),
        sa.Column("city", sa.String(100)),
        sa.Column("address", sa.String(1000)),
        sa.Column("pieces", BIG),
        sa.Column("tracking_number", sa.String(100)),
        sa.Column("struck_at", MOMENT),
        sa.Column("struck_by", sa.String(100)),
        sa.Column("strike_reason", sa.Text()),
    ):
        op.add_column("hand_over_row", column)
    op.add_column("orders", sa.Column("hand_over_id", BIG))
    _write_down_closed_sheets()
    _bind_orders()
    _refuse_changes()


def _write_down_closed_sheets() -> None:
    """Take what closed sheets said from the orders as they are now: nothing older was kept."""
    of_order = "FROM orders o WHERE o.id = hand_over_row.order_id"
    for name in ("reference", "full_name", "phone", "city", "address"):
        op.execute(f"UPDATE hand_over_row SET {name} = (SELECT o.{name} {of_order}) WHERE hand_over_id IN ({CLOSED})")
    op.execute(
        f"UPDATE hand_over_row SET tracking_number = (SELECT o.tracking_number {of_order} "
        f"AND o.attempt = hand_over_row.attempt), pieces = (SELECT coalesce(sum(l.quantity), 0) FROM order_line l "
        f"WHERE l.order_id = hand_over_row.order_id) WHERE hand_over_id IN ({CLOSED})"
    )
    op.execute(
        "UPDATE hand_over SET carrier_name = coalesce("
        "(SELECT c.name FROM shipping_company c WHERE c.id = hand_over.company_id), "
        "(SELECT p.name FROM delivery_person p WHERE p.id = hand_over.person_id)) WHERE closed_at IS NOT NULL"
    )


def _bind_orders() -> None:
    """Bind the orders that still are with the carrier of their closed sheet; others were taken back before."""
    with_carrier = "('WAITING_FOR_SHIPPING_COMPANY', 'SHIPPED', 'DELIVERED', 'RETURNED')"
    op.execute(
        "UPDATE orders SET hand_over_id = (SELECT max(h.id) FROM hand_over_row r JOIN hand_over h "
        "ON h.id = r.hand_over_id WHERE r.order_id = orders.id AND r.attempt = orders.attempt "
        "AND h.closed_at IS NOT NULL "
        "AND (h.company_id = orders.shipping_company_id OR h.person_id = orders.delivery_person_id)) "
        "WHERE deleted_at IS NULL AND id IN (SELECT order_id FROM hand_over_row) "
        f"AND (status IN {with_carrier} OR (status = 'ROLLBACK' AND resume_status IN {with_carrier}))"
    )


def _refuse_changes() -> None:
    """What a closed sheet says stays; only a strike is added."""
    rows = ", ".join(("hand_over_id", "order_id", "attempt", *SAID))
    sheets = ", ".join(("company_id", "person_id", "day", "closed_at", "closed_by", *SHEET_COLUMNS))
    signed = {"hand_over_row": ("OLD.full_name IS NOT NULL", rows), "hand_over": ("OLD.closed_at IS NOT NULL", sheets)}
    for table, (condition, columns) in signed.items():
        for name, change in (("no_update", f"UPDATE OF {columns}"), ("no_delete", "DELETE")):
            trigger = f"CREATE TRIGGER {table}_signed_{name} BEFORE {change} ON {table}"
            if op.get_bind().dialect.name == "postgresql":
                op.execute(f"{trigger} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_change()")
            else:
                refusal = f"SELECT RAISE(ABORT, 'a closed {table} is append-only')"
                op.execute(f"{trigger} WHEN {condition} BEGIN {refusal}; END")
