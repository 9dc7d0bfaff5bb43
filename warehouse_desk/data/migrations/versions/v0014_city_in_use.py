"""Cities can be taken out of use."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("city", sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False))
