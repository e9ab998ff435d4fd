"""Burden"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "burden",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area_id", SERIAL, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_burden_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burden")),
        sa.UniqueConstraint("day", "area_id", "kind", "many", name=op.f("uq_burden_day_area_id_kind_many")),
    )
    op.create_table(
        "burden_person",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", SERIAL, nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("taps", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_burden_person_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burden_person")),
        sa.UniqueConstraint("day", "person_id", name=op.f("uq_burden_person_day_person_id")),
    )
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_card_sent", ["sent_at"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_index("ix_card_sent")
        batch_op.drop_column("sent_at")

    op.drop_table("burden_person")
    op.drop_table("burden")
