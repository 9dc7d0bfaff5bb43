"""Who rolls back or changes settings may change the catalogue, which has an ability of its own now."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        sa.text(
            "INSERT INTO role_ability (role_id, ability) SELECT DISTINCT role_id, 'manageCatalogue' FROM role_ability "
            "WHERE ability IN ('rollback', 'manageSettings')"
        )
    )
