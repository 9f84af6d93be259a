"""What is done about a comment, and the messages to those who asked to be told."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("representation", sa.Column("answer", sa.Text(), nullable=False, server_default=""))
    op.add_column("representation", sa.Column("answered_by", sa.String(length=120), nullable=True))
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("representation_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["representation_id"], ["representation.id"], name=op.f("fk_message_representation_id_representation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("representation_id", "about", name=op.f("uq_message_representation_id_about")),
    )
