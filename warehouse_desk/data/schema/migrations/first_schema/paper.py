"""The first schema: labels that were printed, with their files, and hand-overs."""

import sqlalchemy as sa
from alembic import op

from warehouse_desk.data.schema.migrations.first_schema.elements import BIG, MOMENT, partial_index


def create_tables() -> None:
    op.create_table(
        "label_run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_id", BIG),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.Column("stock", sa.String(64), nullable=False),
        sa.Column("dpi", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
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
        sa.Column("reason", sa.Text()),
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
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.ForeignKeyConstraint(["run_id"], ["label_run.id"], name=op.f("fk_label_fetch_run_id_label_run")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_label_fetch_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_fetch")),
    )
    op.create_index("ix_label_fetch_run_id", "label_fetch", ["run_id"])
    op.create_table(
        "hand_over",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG),
        sa.Column("person_id", BIG),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.String(100)),
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
    partial_index("uq_hand_over_draft_company", "hand_over", ["company_id"], "closed_at IS NULL", unique=True)
    partial_index("uq_hand_over_draft_person", "hand_over", ["person_id"], "closed_at IS NULL", unique=True)
    op.create_table(
        "hand_over_row",
        sa.Column("hand_over_id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("cod", BIG, nullable=False),
        sa.Column("at", MOMENT),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_over.id"], name=op.f("fk_hand_over_row_hand_over_id_hand_over")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_hand_over_row_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_hand_over_row_station_id_station")),
        sa.PrimaryKeyConstraint("hand_over_id", "order_id", name=op.f("pk_hand_over_row")),
    )
    op.create_index("ix_hand_over_row_order_id_attempt", "hand_over_row", ["order_id", "attempt"])
