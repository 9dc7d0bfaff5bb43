"""The first schema.

Written out and never edited: ``data/tables`` says what the tables are now, the next numbers how they came to it.
"""

from warehouse_desk.data.schema.migrations.first_schema import (
    append_only,
    goods,
    journal,
    orders,
    paper,
    people,
    search,
    seeds,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for subject in (people, goods, orders, journal, paper):  # each names tables of those before it
        subject.create_tables()
    append_only.refuse_changes()
    search.index_parts_of_words()
    seeds.insert_roles()
    seeds.insert_cities()
    seeds.insert_counter()
