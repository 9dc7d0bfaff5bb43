"""Indexes of the supervisor's board: the day's events, parcels that lie too long, parcels that came to an end."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _partial(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "orders", columns, unique=False, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    op.create_index(op.f("ix_order_event_at"), "order_event", ["at"], unique=False)
    _partial(
        "ix_orders_lying",
        ["status", "updated_at"],
        "status IN ('PACKED', 'WAITING_FOR_SHIPPING_COMPANY') AND deleted_at IS NULL",
    )
    for status in ("delivered", "returned"):
        _partial(
            f"ix_orders_{status}",
            ["status", f"{status}_on", "city_id", "city_folded", "shipping_company_id"],
            f"status = '{status.upper()}' AND deleted_at IS NULL",
        )
