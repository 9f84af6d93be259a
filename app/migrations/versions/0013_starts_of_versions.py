"""What a version of a drawn boundary started from, where it was begun anew inside its draft."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("draft_version", sa.Column("start", sa.String(length=10), nullable=True))
    op.add_column("draft_version", sa.Column("start_facts", sa.JSON(), nullable=True))
