"""Polling stations, and the ballot papers each is supplied with."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "polling_station",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("electors", sa.String(length=300), nullable=False),
        sa.Column("is_postal", sa.Boolean(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("business_papers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_polling_station_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polling_station")),
        sa.UniqueConstraint(
            "referendum_id", "council", "name", name=op.f("uq_polling_station_referendum_id_council_name")
        ),
    )
