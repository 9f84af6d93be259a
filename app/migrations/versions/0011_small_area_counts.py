"""Adults by output area, and points by where they are."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "count_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_file")),
    )
    op.create_index(op.f("ix_count_file_authority_code"), "count_file", ["authority_code"], unique=False)
    op.create_table(
        "small_area_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["count_file.id"], name=op.f("fk_small_area_count_file_id_count_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_small_area_count")),
        sa.UniqueConstraint("file_id", "code", name=op.f("uq_small_area_count_file_id_code")),
    )
    op.create_index(op.f("ix_small_area_count_code"), "small_area_count", ["code"], unique=False)
    op.create_index(op.f("ix_location_point_file_id_easting"), "location_point", ["file_id", "easting"], unique=False)
