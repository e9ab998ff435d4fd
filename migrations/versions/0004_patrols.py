"""Patrols"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "patrol_section",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("path", sa.JSON(), nullable=False),
        sa.Column("checklist", sa.String(), nullable=False),
        sa.Column("times", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_patrol_section_area_id_area")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_patrol_section_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_section")),
        sa.UniqueConstraint("code", name=op.f("uq_patrol_section_code")),
    )
    with op.batch_alter_table("patrol_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patrol_section_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_patrol_section_post_id"), ["post_id"], unique=False)

    op.create_table(
        "checkpoint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("radius", sa.Integer(), nullable=True),
        sa.Column("qr_code", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["section_id"], ["patrol_section.id"], name=op.f("fk_checkpoint_section_id_patrol_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("code", name=op.f("uq_checkpoint_code")),
        sa.UniqueConstraint("qr_code", name=op.f("uq_checkpoint_qr_code")),
    )
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkpoint_section_id"), ["section_id"], unique=False)

    op.create_table(
        "patrol",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checklist", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("close_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=True),
        sa.Column("metres", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("coverage", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("missed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_patrol_area_id_area")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_patrol_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_patrol_post_id_post")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["patrol_section.id"], name=op.f("fk_patrol_section_id_patrol_section")
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_patrol_shift_id_shift")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
    )
    with op.batch_alter_table("patrol", schema=None) as batch_op:
        batch_op.create_index("ix_patrol_area_started", ["area_id", "started_at"], unique=False)
        batch_op.create_index(
            "ix_patrol_close",
            ["close_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index("ix_patrol_person_started", ["person_id", "started_at"], unique=False)
        batch_op.create_index("ix_patrol_section_started", ["section_id", "started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_patrol_shift_id"), ["shift_id"], unique=False)
        batch_op.create_index("ix_patrol_started", ["started_at"], unique=False)
        batch_op.create_index(
            "ux_patrol_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "patrol_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patrol_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=True),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("checkpoint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hazard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["checkpoint.id"], name=op.f("fk_patrol_answer_checkpoint_id_checkpoint")
        ),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_answer_patrol_id_patrol")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_answer")),
        sa.UniqueConstraint("patrol_id", "item", name=op.f("uq_patrol_answer_patrol_id_item")),
    )
    with op.batch_alter_table("patrol_answer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_patrol_answer_places",
            ["found_at"],
            unique=False,
            sqlite_where=sa.text("latitude IS NOT NULL"),
            postgresql_where=sa.text("latitude IS NOT NULL"),
        )

    op.create_table(
        "patrol_mark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patrol_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("checkpoint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("photo_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("distance", sa.Integer(), nullable=True),
        sa.Column("forwarded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["checkpoint.id"], name=op.f("fk_patrol_mark_checkpoint_id_checkpoint")
        ),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_mark_patrol_id_patrol")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_mark")),
        sa.UniqueConstraint(
            "patrol_id", "checkpoint_id", name=op.f("uq_patrol_mark_patrol_id_checkpoint_id")
        ),
    )
    with op.batch_alter_table("patrol_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patrol_mark_checkpoint_id"), ["checkpoint_id"], unique=False)

    op.create_table(
        "patrol_point",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patrol_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("accuracy", sa.Float(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_point_patrol_id_patrol")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_point")),
    )
    with op.batch_alter_table("patrol_point", schema=None) as batch_op:
        batch_op.create_index("ix_patrol_point_at", ["at"], unique=False)
        batch_op.create_index("ix_patrol_point_patrol_at", ["patrol_id", "at"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("patrol_point", schema=None) as batch_op:
        batch_op.drop_index("ix_patrol_point_patrol_at")
        batch_op.drop_index("ix_patrol_point_at")

    op.drop_table("patrol_point")
    with op.batch_alter_table("patrol_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patrol_mark_checkpoint_id"))

    op.drop_table("patrol_mark")
    with op.batch_alter_table("patrol_answer", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_patrol_answer_places",
            sqlite_where=sa.text("latitude IS NOT NULL"),
            postgresql_where=sa.text("latitude IS NOT NULL"),
        )

    op.drop_table("patrol_answer")
    with op.batch_alter_table("patrol", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_patrol_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_patrol_started")
        batch_op.drop_index(batch_op.f("ix_patrol_shift_id"))
        batch_op.drop_index("ix_patrol_section_started")
        batch_op.drop_index("ix_patrol_person_started")
        batch_op.drop_index(
            "ix_patrol_close",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_patrol_area_started")

    op.drop_table("patrol")
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkpoint_section_id"))

    op.drop_table("checkpoint")
    with op.batch_alter_table("patrol_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patrol_section_post_id"))
        batch_op.drop_index(batch_op.f("ix_patrol_section_area_id"))

    op.drop_table("patrol_section")
