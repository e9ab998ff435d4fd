"""Households"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "household_day",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cluster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("head_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marked", sa.Integer(), nullable=False),
        sa.Column("not_reached", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_household_day_area_id_area")),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["household_cluster.id"],
            name=op.f("fk_household_day_cluster_id_household_cluster"),
        ),
        sa.ForeignKeyConstraint(["head_id"], ["person.id"], name=op.f("fk_household_day_head_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_day")),
        sa.UniqueConstraint("cluster_id", "day", name=op.f("uq_household_day_cluster_id_day")),
    )
    with op.batch_alter_table("household_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_day_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_household_day_head_id"), ["head_id"], unique=False)

    op.create_table(
        "household_mark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["day_id"], ["household_day.id"], name=op.f("fk_household_mark_day_id_household_day")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_household_mark_taken_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_mark")),
        sa.UniqueConstraint("day_id", "number", name=op.f("uq_household_mark_day_id_number")),
    )
    with op.batch_alter_table("household_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_mark_marked_at"), ["marked_at"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("household_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_mark_marked_at"))

    op.drop_table("household_mark")
    with op.batch_alter_table("household_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_day_head_id"))
        batch_op.drop_index(batch_op.f("ix_household_day_day"))

    op.drop_table("household_day")
