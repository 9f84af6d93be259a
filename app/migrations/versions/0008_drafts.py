"""Boundaries being drawn: drafts, their versions, and who has one open."""

import sqlalchemy as sa
from alembic import op

from app.models.base import BngGeometry, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "boundary_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("started_by", sa.String(length=120), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("start_facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary_draft")),
        sa.UniqueConstraint("reference", name=op.f("uq_boundary_draft_reference")),
    )
    op.create_index(op.f("ix_boundary_draft_organisation"), "boundary_draft", ["organisation"], unique=False)
    op.create_geospatial_table(
        "draft_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("saved_by", sa.String(length=120), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("geometry", BngGeometry(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["boundary_draft.id"], name=op.f("fk_draft_version_draft_id_boundary_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_version")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_version_draft_id_number")),
    )
    op.create_table(
        "draft_editor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("window_name", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["boundary_draft.id"], name=op.f("fk_draft_editor_draft_id_boundary_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_editor")),
        sa.UniqueConstraint("draft_id", "window_name", name=op.f("uq_draft_editor_draft_id_window_name")),
    )
