"""Orders remember that their label, or what was counted of them, is older than they are."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PRINTED = ("full_name", "phone", "second_phone", "city", "area", "address", "total", "notes", "products")
"""What an edit may have changed that a label says, as the history names it."""


def upgrade() -> None:
    for name in ("label_outdated", "recount"):
        op.add_column("orders", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("label_print", sa.Column("content", sa.String(64)))
    _mark_edited_after_printing()
    op.create_index(
        "ix_orders_label_outdated",
        "orders",
        ["label_outdated", "id"],
        sqlite_where=sa.text("deleted_at IS NULL AND label_outdated IS 1"),
        postgresql_where=sa.text("deleted_at IS NULL AND label_outdated IS true"),
    )


def _mark_edited_after_printing() -> None:
    """Mark labels that are older than an edit: what exactly they said was not kept, so each such edit counts."""
    changed = " OR ".join(f"e.after LIKE '%\"{name}\"%'" for name in PRINTED)
    printed = (
        "SELECT max(r.at) FROM label_print p JOIN label_run r ON r.id = p.run_id "
        "WHERE p.order_id = orders.id AND p.attempt = orders.attempt"
    )
    statement = (
        "UPDATE orders SET label_outdated = {yes} WHERE deleted_at IS NULL AND label_count > 0 AND EXISTS "
        "(SELECT 1 FROM order_event e WHERE e.order_id = orders.id AND e.kind = 'update' "
        f"AND e.at > ({printed}) AND ({changed}))"
    )
    yes = "true" if op.get_bind().dialect.name == "postgresql" else "1"
    op.execute(sa.text(statement.format(yes=yes).replace(":", "\\:")))
