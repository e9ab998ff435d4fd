"""Photos in a spreadsheet of hazards

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Go to this layout."""
    with op.batch_alter_table("export_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("with_photos", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("export_request", schema=None) as batch_op:
        batch_op.alter_column("with_photos", server_default=None)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("export_request", schema=None) as batch_op:
        batch_op.drop_column("with_photos")
