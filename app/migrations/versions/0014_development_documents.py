"""Local plans and the other documents of authorities' development plans."""

import sqlalchemy as sa
from alembic import op

from app.models.base import BngGeometry, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_geospatial_table(
        "development_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("external_reference", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("adopted_by", sa.String(length=200), nullable=False),
        sa.Column("part_from", sa.Date(), nullable=False),
        sa.Column("part_until", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("geometry", BngGeometry(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_document")),
        sa.UniqueConstraint("reference", name=op.f("uq_development_document_reference")),
        sa.UniqueConstraint(
            "authority_code",
            "external_reference",
            name=op.f("uq_development_document_authority_code_external_reference"),
        ),
    )
    op.create_index(
        op.f("ix_development_document_authority_code"), "development_document", ["authority_code"], unique=False
    )
