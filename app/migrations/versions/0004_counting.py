"""The night of the count: portions, blind entries, variances, statements, rounds, signatures, the board, observers."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "count_observer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("badge", sa.String(length=40), nullable=False),
        sa.Column("appointed_by", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_count_observer_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_observer")),
        sa.UniqueConstraint(
            "referendum_id", "council", "badge", name=op.f("uq_count_observer_referendum_id_council_badge")
        ),
    )
    op.create_table(
        "count_portion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("poll", sa.String(length=20), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("stations", sa.JSON(), nullable=False),
        sa.Column("postal_sessions", sa.Integer(), nullable=False),
        sa.Column("electorate", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_count_portion_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_portion")),
        sa.UniqueConstraint(
            "referendum_id", "poll", "council", name=op.f("uq_count_portion_referendum_id_poll_council")
        ),
    )
    op.create_table(
        "count_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_count_release_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_release")),
        sa.UniqueConstraint("referendum_id", "number", name=op.f("uq_count_release_referendum_id_number")),
    )
    op.create_table(
        "count_sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_count_sign_off_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_sign_off")),
        sa.UniqueConstraint(
            "referendum_id", "round_number", "name", name=op.f("uq_count_sign_off_referendum_id_round_number_name")
        ),
    )
    op.create_table(
        "count_box_cause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("agreed_by", sa.String(length=120), nullable=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["count_portion.id"], name=op.f("fk_count_box_cause_portion_id_count_portion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_box_cause")),
    )
    with op.batch_alter_table("count_box_cause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_box_cause_portion_id"), ["portion_id"], unique=False)

    op.create_table(
        "count_box_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=30), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["count_portion.id"], name=op.f("fk_count_box_step_portion_id_count_portion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_box_step")),
    )
    with op.batch_alter_table("count_box_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_box_step_portion_id"), ["portion_id"], unique=False)

    op.create_table(
        "count_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=30), nullable=False),
        sa.Column("keyer", sa.String(length=120), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["count_portion.id"], name=op.f("fk_count_entry_portion_id_count_portion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_entry")),
    )
    with op.batch_alter_table("count_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_entry_portion_id"), ["portion_id"], unique=False)

    op.create_table(
        "count_portion_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["count_portion.id"], name=op.f("fk_count_portion_round_portion_id_count_portion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_portion_round")),
        sa.UniqueConstraint("portion_id", "number", name=op.f("uq_count_portion_round_portion_id_number")),
    )
    op.create_table(
        "count_recount_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["count_portion.id"], name=op.f("fk_count_recount_request_portion_id_count_portion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_recount_request")),
    )
    with op.batch_alter_table("count_recount_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_recount_request_portion_id"), ["portion_id"], unique=False)

    op.create_table(
        "count_verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["count_portion.id"], name=op.f("fk_count_verification_portion_id_count_portion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_verification")),
        sa.UniqueConstraint("portion_id", name=op.f("uq_count_verification_portion_id")),
    )
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(length=500), nullable=True))
