"""What a plan's case keeps: documents, confirmations, policies, the examination, the frozen information pack."""

import sqlalchemy as sa
from alembic import op

from app.models.base import BngGeometry, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "case_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_document")),
        sa.UniqueConstraint("subject", "kind", "version", name=op.f("uq_case_document_subject_kind_version")),
    )
    op.create_index(op.f("ix_case_document_sha256"), "case_document", ["sha256"], unique=False)
    op.create_index(op.f("ix_case_document_subject"), "case_document", ["subject"], unique=False)

    op.create_geospatial_table(
        "examination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("examiner", sa.String(length=200), nullable=False),
        sa.Column("qualifications", sa.Text(), nullable=False),
        sa.Column("is_independent", sa.Boolean(), nullable=False),
        sa.Column("has_no_interest", sa.Boolean(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_by", sa.String(length=200), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("appointed_by", sa.String(length=30), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("nature", sa.String(length=20), nullable=False),
        sa.Column("nature_reasons", sa.Text(), nullable=False),
        sa.Column("report_on", sa.Date(), nullable=True),
        sa.Column("recommendation", sa.String(length=40), nullable=False),
        sa.Column("extends_area", sa.Boolean(), nullable=True),
        sa.Column("area_advice", sa.Text(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("decide_by_evidence", sa.Text(), nullable=False),
        sa.Column("area_choice", sa.String(length=30), nullable=False),
        sa.Column("area_reasons", sa.Text(), nullable=False),
        sa.Column("statement_on", sa.Date(), nullable=True),
        sa.Column("geometry", BngGeometry(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_examination_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examination")),
    )
    op.create_index(op.f("ix_examination_plan_id"), "examination", ["plan_id"], unique=False)

    op.create_table(
        "plan_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_check_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_check")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_plan_check_plan_id_code")),
    )
    op.create_index(op.f("ix_plan_check_plan_id"), "plan_check", ["plan_id"], unique=False)

    op.create_geospatial_table(
        "plan_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("geometry", BngGeometry("GEOMETRY"), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_policy_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_policy")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_plan_policy_plan_id_code")),
    )
    op.create_index(op.f("ix_plan_policy_plan_id"), "plan_policy", ["plan_id"], unique=False)

    op.create_table(
        "examiner_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("examination_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_of", sa.String(length=30), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examination.id"], name=op.f("fk_examiner_question_examination_id_examination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examiner_question")),
        sa.UniqueConstraint("examination_id", "number", name=op.f("uq_examiner_question_examination_id_number")),
    )
    op.create_table(
        "information_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_information_pack_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_pack")),
        sa.UniqueConstraint("referendum_id", name=op.f("uq_information_pack_referendum_id")),
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("examination_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examination.id"], name=op.f("fk_recommendation_examination_id_examination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("examination_id", "number", name=op.f("uq_recommendation_examination_id_number")),
    )
    # Added in place: copying the table would drop what others refer to.
    op.add_column("plan", sa.Column("course", sa.String(length=30), nullable=False, server_default="new"))
    op.execute(
        "ALTER TABLE plan ADD COLUMN modifies_id INTEGER CONSTRAINT fk_plan_modifies_id_plan REFERENCES plan (id)"
    )
