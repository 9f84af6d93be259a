"""Consents, decided lines and changes of areas; forums from application to the end of their designation."""

import sqlalchemy as sa
from alembic import op

from app.models.base import BngGeometry, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    # Columns are added in place, never by copying a table whose geometry SpatiaLite keeps in its own registers.
    for column in (
        sa.Column("body_statement", sa.Text(), nullable=False, server_default=""),
        sa.Column("map_scale", sa.Integer(), nullable=True),
        sa.Column("map_sha256", sa.String(length=64), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("area_application", column)
    op.add_column("area_decision", sa.Column("ground", sa.String(length=30), nullable=True))
    _consents_and_changes()
    _forums()


def _consents_and_changes() -> None:
    op.create_table(
        "area_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("body_code", sa.String(length=80), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("minute", sa.String(length=200), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["neighbourhood_area.id"], name=op.f("fk_area_consent_area_id_neighbourhood_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_consent")),
    )
    op.create_index(op.f("ix_area_consent_area_id"), "area_consent", ["area_id"], unique=False)
    op.create_geospatial_table(
        "decided_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("geometry", BngGeometry(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["area_decision.id"], name=op.f("fk_decided_line_decision_id_area_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decided_line")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decided_line_decision_id")),
    )
    op.create_geospatial_table(
        "area_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("applied_by", sa.String(length=200), nullable=False),
        sa.Column("applied_parish_code", sa.String(length=80), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("geometry", BngGeometry(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_change")),
    )
    op.create_table(
        "area_change_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["neighbourhood_area.id"], name=op.f("fk_area_change_part_area_id_neighbourhood_area")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["area_change.id"], name=op.f("fk_area_change_part_change_id_area_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_change_part")),
    )
    op.create_index(op.f("ix_area_change_part_area_id"), "area_change_part", ["area_id"], unique=False)
    op.create_index(op.f("ix_area_change_part_change_id"), "area_change_part", ["change_id"], unique=False)


def _forums() -> None:
    op.create_table(
        "forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("constitution", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_way", sa.String(length=200), nullable=False),
        sa.Column("contact_agreed_on", sa.Date(), nullable=True),
        sa.Column("is_open_to_all", sa.Boolean(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("living", sa.Integer(), nullable=False),
        sa.Column("working", sa.Integer(), nullable=False),
        sa.Column("elected", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("publicised_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("designated_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("ending", sa.String(length=30), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id"], ["neighbourhood_area.id"], name=op.f("fk_forum_area_id_neighbourhood_area")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_forum_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum")),
        sa.UniqueConstraint("reference", name=op.f("uq_forum_reference")),
    )
    op.create_index(op.f("ix_forum_area_id"), "forum", ["area_id"], unique=False)
    op.create_index(op.f("ix_forum_organisation_id"), "forum", ["organisation_id"], unique=False)
    op.create_table(
        "forum_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_decision_forum_id_forum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_decision")),
        sa.UniqueConstraint("forum_id", "authority_code", name=op.f("uq_forum_decision_forum_id_authority_code")),
    )
