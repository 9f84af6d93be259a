"""What turns a draft into an application, who it is shown to, and what they say of it."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "draft_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.String(length=120), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["boundary_draft.id"], name=op.f("fk_draft_answer_draft_id_boundary_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_answer")),
        sa.UniqueConstraint("draft_id", "part", name=op.f("uq_draft_answer_draft_id_part")),
    )
    op.create_table(
        "draft_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.String(length=120), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["boundary_draft.id"], name=op.f("fk_draft_submission_draft_id_boundary_draft")
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["neighbourhood_area.id"], name=op.f("fk_draft_submission_area_id_neighbourhood_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_submission")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_draft_submission_draft_id")),
        sa.UniqueConstraint("area_id", name=op.f("uq_draft_submission_area_id")),
    )
    op.create_table(
        "draft_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["boundary_draft.id"], name=op.f("fk_draft_share_draft_id_boundary_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_share")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_share_draft_id_number")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_draft_share_token_hash")),
    )
    op.create_table(
        "draft_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("easting", sa.Double(), nullable=True),
        sa.Column("northing", sa.Double(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=True),
        sa.Column("written_as", sa.String(length=120), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("settled_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["boundary_draft.id"], name=op.f("fk_draft_comment_draft_id_boundary_draft")
        ),
        sa.ForeignKeyConstraint(["share_id"], ["draft_share.id"], name=op.f("fk_draft_comment_share_id_draft_share")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comment")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_comment_draft_id_number")),
    )
