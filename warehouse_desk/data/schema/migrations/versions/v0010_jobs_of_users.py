"""Jobs belong to who asked for them, and keep what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("job", sa.Column("user_id", BIG))
    op.add_column("job", sa.Column("answer", sa.Text()))
