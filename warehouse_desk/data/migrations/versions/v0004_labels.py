"""Labels that were printed, with their files, and hand-overs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("label_run", "label_print", "label_fetch")
DRAFT = sa.text("closed_at IS NULL")


def upgrade() -> None:
    _label_tables()
    _hand_over_tables()
    _guard()


def _label_tables() -> None:
    op.create_table(
        "label_run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("user_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.Column("stock", sa.String(length=64), nullable=False),
        sa.Column("dpi", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_label_run_station_id_station")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_label_run_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_run")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "label_file",
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["label_run.id"], name=op.f("fk_label_file_run_id_label_run")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_label_file")),
    )
    op.create_table(
        "label_print",
        sa.Column("id", BIG, nullable=False),
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_label_print_order_id_orders")),
        sa.ForeignKeyConstraint(["run_id"], ["label_run.id"], name=op.f("fk_label_print_run_id_label_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_print")),
        sa.UniqueConstraint("order_id", "attempt", "copy", name=op.f("uq_label_print_order_id_attempt_copy")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_label_print_run_id_position")),
    )
    op.create_table(
        "label_fetch",
        sa.Column("id", BIG, nullable=False),
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["label_run.id"], name=op.f("fk_label_fetch_run_id_label_run")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_label_fetch_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_fetch")),
    )
    op.create_index(op.f("ix_label_fetch_run_id"), "label_fetch", ["run_id"], unique=False)


def _hand_over_tables() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=100), server_default="", nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["shipping_company.id"], name=op.f("fk_hand_over_company_id_shipping_company")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["delivery_person.id"], name=op.f("fk_hand_over_person_id_delivery_person")
        ),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_hand_over_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sqlite_autoincrement=True,
    )
    for carrier in ("company", "person"):
        op.create_index(
            f"uq_hand_over_draft_{carrier}",
            "hand_over",
            [f"{carrier}_id"],
            unique=True,
            sqlite_where=DRAFT,
            postgresql_where=DRAFT,
        )
    op.create_table(
        "hand_over_row",
        sa.Column("hand_over_id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("cod", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_over.id"], name=op.f("fk_hand_over_row_hand_over_id_hand_over")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_hand_over_row_order_id_orders")),
        sa.PrimaryKeyConstraint("hand_over_id", "order_id", name=op.f("pk_hand_over_row")),
    )
    op.create_index(op.f("ix_hand_over_row_order_id_attempt"), "hand_over_row", ["order_id", "attempt"], unique=False)


def _guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
