"""Declarations of past referendums as councils published them."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "published_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=500), nullable=False),
        sa.Column("poll_date", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_declaration")),
        sa.UniqueConstraint("sha256", name=op.f("uq_published_declaration_sha256")),
    )
    with op.batch_alter_table("published_declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_declaration_status"), ["status"], unique=False)
