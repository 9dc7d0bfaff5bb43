"""The scanner's screens: pieces counted, parcels handed over, badges and PINs, readings to finish or to look into."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("scan", sa.Column("detail", sa.Text(), nullable=True))
    op.add_column("scan", sa.Column("undone_at", MOMENT, nullable=True))
    _partial_index("scan", "unanswered", ["station_id", "at"], "outcome IS NULL")
    _partial_index("scan", "not_done", ["at"], "outcome IN ('refused', 'unknown', 'failed')")
    waiting = "deleted_at IS NULL AND status = 'WAITING_FOR_SHIPPING_COMPANY'"
    _partial_index("orders", "waiting_company", ["shipping_company_id", "id"], waiting)
    with_person = "deleted_at IS NULL AND delivery_person_id IS NOT NULL"
    _partial_index("orders", "person_day", ["delivery_person_id", "shipped_on"], with_person)
    _work_tables()
    _people_tables()


def _partial_index(table: str, name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(f"ix_{table}_{name}", table, columns, sqlite_where=where, postgresql_where=where)


def _work_tables() -> None:
    op.create_table(
        "verification_count",
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("line_id", BIG, nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_verification_count_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", "attempt", "line_id", name=op.f("pk_verification_count")),
    )
    op.create_table(
        "station_work",
        sa.Column("station_id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_station_work_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_station_work_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_station_work")),
    )
    op.create_table(
        "handed_parcel",
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("company_id", BIG, nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["shipping_company.id"], name=op.f("fk_handed_parcel_company_id_shipping_company")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_handed_parcel_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["delivery_person.id"], name=op.f("fk_handed_parcel_person_id_delivery_person")
        ),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_handed_parcel_station_id_station")),
        sa.PrimaryKeyConstraint("order_id", "attempt", name=op.f("pk_handed_parcel")),
    )
    op.create_index("ix_handed_parcel_company_id_at", "handed_parcel", ["company_id", "at"])
    op.create_index("ix_handed_parcel_person_id_at", "handed_parcel", ["person_id", "at"])


def _people_tables() -> None:
    op.create_table(
        "badge",
        sa.Column("id", BIG, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("issued_by", sa.String(length=100), server_default="", nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_badge_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_badge_token_hash")),
    )
    op.create_index(op.f("ix_badge_user_id"), "badge", ["user_id"])
    op.create_table(
        "user_pin",
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("pin_hash", sa.String(length=255), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_user_pin_user_id_app_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_user_pin")),
    )
