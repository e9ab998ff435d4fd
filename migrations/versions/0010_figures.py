"""Figures"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FIGURES = (
    "planned", "present", "late", "people", "checkins", "minutes", "on_site", "off_site", "unsure",
    "not_graded", "no_shift", "forgotten", "corrected", "patrols", "patrols_incomplete", "checkpoints",
    "checkpoints_reached", "hazards_found", "hazards_closed", "hazards_in_time", "households",
    "households_reached",
)  # fmt: skip


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "rollup",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in FIGURES),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_rollup_area_id_area")),
        sa.PrimaryKeyConstraint("day", "area_id", name=op.f("pk_rollup")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "touched",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touched")),
    )
    op.create_table(
        "bound_group",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("bound_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_bound_group_area_id_area")),
        sa.ForeignKeyConstraint(["bound_by"], ["person.id"], name=op.f("fk_bound_group_bound_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bound_group")),
        sa.UniqueConstraint("bot", "chat_id", name=op.f("uq_bound_group_bot_chat_id")),
    )
    with op.batch_alter_table("bound_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bound_group_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bound_group_bound_by"), ["bound_by"], unique=False)
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shift_area_id"))
        batch_op.create_index("ix_shift_area_starts", ["area_id", "starts_at"], unique=False)

    # What happened before is counted by and by.
    op.execute("INSERT INTO touched (day, area_id) SELECT DISTINCT work_day, area_id FROM checkin")
    op.execute(
        "INSERT INTO touched (moment, area_id) SELECT DISTINCT starts_at, area_id FROM shift"
        " WHERE removed_at IS NULL"
    )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index("ix_shift_area_starts")
        batch_op.create_index(batch_op.f("ix_shift_area_id"), ["area_id"], unique=False)

    with op.batch_alter_table("bound_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bound_group_bound_by"))
        batch_op.drop_index(batch_op.f("ix_bound_group_area_id"))

    op.drop_table("bound_group")
    op.drop_table("touched")
    op.drop_table("rollup")
