"""Rotations, and who of a crew is away"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "rotation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("duty_type", sa.String(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("cycle", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_rotation_area_id_area")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_rotation_made_by_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_rotation_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation")),
        sa.UniqueConstraint("code", name=op.f("uq_rotation_code")),
    )
    with op.batch_alter_table("rotation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rotation_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rotation_post_id"), ["post_id"], unique=False)

    op.create_table(
        "rotation_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rotation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("crew", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_rotation_member_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["rotation_id"], ["rotation.id"], name=op.f("fk_rotation_member_rotation_id_rotation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_member")),
        sa.UniqueConstraint(
            "rotation_id", "person_id", name=op.f("uq_rotation_member_rotation_id_person_id")
        ),
    )
    with op.batch_alter_table("rotation_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rotation_member_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rotation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("changed_by_hand", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.create_index(batch_op.f("ix_shift_rotation_id"), ["rotation_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_shift_rotation_id_rotation"), "rotation", ["rotation_id"], ["id"]
        )

    with op.batch_alter_table("shift_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(), nullable=False, server_default="planned"))
        batch_op.add_column(sa.Column("away_kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("away_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("stands_for", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_shift_member_stands_for_person"), "person", ["stands_for"], ["id"]
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("shift_member", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_shift_member_stands_for_person"), type_="foreignkey")
        batch_op.drop_column("stands_for")
        batch_op.drop_column("away_at")
        batch_op.drop_column("away_kind")
        batch_op.drop_column("state")

    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_shift_rotation_id_rotation"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_shift_rotation_id"))
        batch_op.drop_column("changed_by_hand")
        batch_op.drop_column("rotation_id")

    with op.batch_alter_table("rotation_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rotation_member_person_id"))

    op.drop_table("rotation_member")
    with op.batch_alter_table("rotation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rotation_post_id"))
        batch_op.drop_index(batch_op.f("ix_rotation_area_id"))

    op.drop_table("rotation")
