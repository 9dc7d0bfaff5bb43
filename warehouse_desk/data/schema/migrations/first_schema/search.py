"""Trigram indexes: any part of a reference, phone, name or city is found without reading every order."""

import sqlalchemy as sa
from alembic import op

SEARCHED = ("reference", "name_folded", "city_folded", "phone_keys")


def index_parts_of_words() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _postgresql() -> None:
    offered = op.get_bind().execute(sa.text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"))
    if not offered.scalar():
        # A server without its contrib package searches by reading: right, but slower.
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name in SEARCHED:
        op.execute(f"CREATE INDEX ix_orders_{name}_trgm ON orders USING gin ({name} gin_trgm_ops)")


def _sqlite() -> None:
    columns = ", ".join(SEARCHED)
    new = ", ".join(f"new.{name}" for name in SEARCHED)
    old = ", ".join(f"old.{name}" for name in SEARCHED)
    add = f"INSERT INTO order_search (rowid, {columns}) VALUES (new.id, {new});"
    remove = f"INSERT INTO order_search (order_search, rowid, {columns}) VALUES ('delete', old.id, {old});"
    op.execute(
        f"CREATE VIRTUAL TABLE order_search USING fts5({columns}, content='orders', content_rowid='id', "
        "tokenize='trigram', detail='full')"
    )
    op.execute(f"CREATE TRIGGER order_search_insert AFTER INSERT ON orders BEGIN {add} END")
    op.execute(f"CREATE TRIGGER order_search_delete AFTER DELETE ON orders BEGIN {remove} END")
    op.execute(f"CREATE TRIGGER order_search_update AFTER UPDATE OF {columns} ON orders BEGIN {remove} {add} END")
