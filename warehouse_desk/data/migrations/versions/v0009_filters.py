"""Indexes of what an order table is filtered by: city, shipping company, hold, printed labels.

None of these columns changes in a scan of an order that is packed, shipped, delivered or returned.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _index(name: str, columns: list[str], sqlite: str, postgresql: str) -> None:
    op.create_index(
        name, "orders", columns, unique=False, sqlite_where=sa.text(sqlite), postgresql_where=sa.text(postgresql)
    )


def upgrade() -> None:
    live = "deleted_at IS NULL"
    _index("ix_orders_live_city_id", ["city_id", "id"], live, live)
    _index("ix_orders_live_labels", ["label_count", "id"], live, live)
    given = f"{live} AND shipping_company_id IS NOT NULL"
    _index("ix_orders_live_company", ["shipping_company_id", "id"], given, given)
    _index("ix_orders_held", ["held", "id"], f"{live} AND held IS 1", f"{live} AND held IS true")
