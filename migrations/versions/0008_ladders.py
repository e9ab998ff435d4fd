"""Ladders"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PATH = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_GOING = sa.text("state IN ('climbing', 'taken')")


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "ladder",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("path", _PATH, nullable=False),
        sa.Column("person_ids", sa.JSON(), nullable=False),
        sa.Column("lead_ids", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached", _PATH, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken_by", _NUMBER, nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_ladder_taken_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder")),
        sa.UniqueConstraint("subject", name=op.f("uq_ladder_subject")),
    )
    with op.batch_alter_table("ladder", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ladder_next", ["next_at"], unique=False, sqlite_where=_GOING, postgresql_where=_GOING
        )
        batch_op.create_index(batch_op.f("ix_ladder_path"), ["path"], unique=False)
        batch_op.create_index("ix_ladder_started", ["started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ladder_taken_by"), ["taken_by"], unique=False)

    op.create_table(
        "ladder_step",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("ladder_id", _NUMBER, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", _NUMBER, nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ladder_id"], ["ladder.id"], name=op.f("fk_ladder_step_ladder_id_ladder")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ladder_step_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_step")),
    )
    with op.batch_alter_table("ladder_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ladder_step_ladder_id"), ["ladder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ladder_step_person_id"), ["person_id"], unique=False)

    op.create_table(
        "timetable",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("area_id", _NUMBER, nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("earliest", sa.String(), nullable=True),
        sa.Column("latest", sa.String(), nullable=True),
        sa.Column("set_by", _NUMBER, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_timetable_area_id_area")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_timetable_set_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable")),
        sa.UniqueConstraint("rule", "area_id", name=op.f("uq_timetable_rule_area_id")),
    )
    with op.batch_alter_table("timetable", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timetable_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_timetable_set_by"), ["set_by"], unique=False)

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_unasked",
            ["person_id", "created_at"],
            unique=False,
            sqlite_where=sa.text("lane >= 3"),
            postgresql_where=sa.text("lane >= 3"),
        )


def downgrade() -> None:
    """Go back to the layout before."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unasked",
            sqlite_where=sa.text("lane >= 3"),
            postgresql_where=sa.text("lane >= 3"),
        )

    with op.batch_alter_table("timetable", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_timetable_set_by"))
        batch_op.drop_index(batch_op.f("ix_timetable_area_id"))

    op.drop_table("timetable")
    with op.batch_alter_table("ladder_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ladder_step_person_id"))
        batch_op.drop_index(batch_op.f("ix_ladder_step_ladder_id"))

    op.drop_table("ladder_step")
    with op.batch_alter_table("ladder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ladder_taken_by"))
        batch_op.drop_index("ix_ladder_started")
        batch_op.drop_index(batch_op.f("ix_ladder_path"))
        batch_op.drop_index("ix_ladder_next", sqlite_where=_GOING, postgresql_where=_GOING)

    op.drop_table("ladder")
