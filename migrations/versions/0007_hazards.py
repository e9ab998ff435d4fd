"""Hazards"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "hazard_count",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_hazard_count")),
    )
    op.create_table(
        "hazard",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checkpoint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("patrol_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wished_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wished_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("fixed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_hazard_area_id_area")),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["checkpoint.id"], name=op.f("fk_hazard_checkpoint_id_checkpoint")
        ),
        sa.ForeignKeyConstraint(["fixed_by"], ["person.id"], name=op.f("fk_hazard_fixed_by_person")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_hazard_patrol_id_patrol")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_hazard_post_id_post")),
        sa.ForeignKeyConstraint(["reported_by"], ["person.id"], name=op.f("fk_hazard_reported_by_person")),
        sa.ForeignKeyConstraint(["verified_by"], ["person.id"], name=op.f("fk_hazard_verified_by_person")),
        sa.ForeignKeyConstraint(["wished_by"], ["person.id"], name=op.f("fk_hazard_wished_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard")),
        sa.UniqueConstraint("number", "year", name=op.f("uq_hazard_number_year")),
    )
    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.create_index("ix_hazard_area_reported", ["area_id", "reported_at"], unique=False)
        batch_op.create_index("ix_hazard_near", ["category", "latitude"], unique=False)
        batch_op.create_index(
            "ix_hazard_open_area",
            ["area_id", "due_at"],
            unique=False,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
        batch_op.create_index(
            "ix_hazard_open_due", ["due_at", "id"], unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN
        )
        batch_op.create_index(
            "ix_hazard_open_kind",
            ["category", "due_at", "id"],
            unique=False,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
        batch_op.create_index(batch_op.f("ix_hazard_patrol_id"), ["patrol_id"], unique=False)
        batch_op.create_index(
            "ix_hazard_placed",
            ["closed_at"],
            unique=False,
            sqlite_where=sa.text("latitude IS NOT NULL"),
            postgresql_where=sa.text("latitude IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_hazard_post_id"), ["post_id"], unique=False)
        batch_op.create_index("ix_hazard_reporter", ["reported_by", "reported_at"], unique=False)
        batch_op.create_index("ix_hazard_state_due", ["state", "due_at"], unique=False)

    op.create_table(
        "hazard_assignee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hazard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("responsible", sa.Boolean(), nullable=False),
        sa.Column("named_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_hazard_assignee_area_id_area")),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazard.id"], name=op.f("fk_hazard_assignee_hazard_id_hazard")
        ),
        sa.ForeignKeyConstraint(["named_by"], ["person.id"], name=op.f("fk_hazard_assignee_named_by_person")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hazard_assignee_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_assignee")),
    )
    with op.batch_alter_table("hazard_assignee", schema=None) as batch_op:
        batch_op.create_index("ix_hazard_assignee_area", ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hazard_assignee_hazard_id"), ["hazard_id"], unique=False)
        batch_op.create_index("ix_hazard_assignee_person", ["person_id"], unique=False)

    op.create_table(
        "hazard_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hazard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_hazard_event_area_id_area")),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_hazard_event_hazard_id_hazard")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hazard_event_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_event")),
    )
    with op.batch_alter_table("hazard_event", schema=None) as batch_op:
        batch_op.create_index("ix_hazard_event_hazard_at", ["hazard_id", "at"], unique=False)
        batch_op.create_index("ix_hazard_event_person", ["person_id"], unique=False)

    op.create_table(
        "hazard_photo",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hazard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("photo_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shows", sa.String(), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["hazard_event.id"], name=op.f("fk_hazard_photo_event_id_hazard_event")
        ),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_hazard_photo_hazard_id_hazard")),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_hazard_photo_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_photo")),
        sa.UniqueConstraint("hazard_id", "photo_id", name=op.f("uq_hazard_photo_hazard_id_photo_id")),
    )
    with op.batch_alter_table("hazard_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hazard_photo_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hazard_photo_photo_id"), ["photo_id"], unique=False)


def downgrade() -> None:
    """Go back to the layout before."""
    with op.batch_alter_table("hazard_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hazard_photo_photo_id"))
        batch_op.drop_index(batch_op.f("ix_hazard_photo_event_id"))

    op.drop_table("hazard_photo")
    with op.batch_alter_table("hazard_event", schema=None) as batch_op:
        batch_op.drop_index("ix_hazard_event_person")
        batch_op.drop_index("ix_hazard_event_hazard_at")

    op.drop_table("hazard_event")
    with op.batch_alter_table("hazard_assignee", schema=None) as batch_op:
        batch_op.drop_index("ix_hazard_assignee_person")
        batch_op.drop_index(batch_op.f("ix_hazard_assignee_hazard_id"))
        batch_op.drop_index("ix_hazard_assignee_area")

    op.drop_table("hazard_assignee")
    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.drop_index("ix_hazard_state_due")
        batch_op.drop_index("ix_hazard_reporter")
        batch_op.drop_index(batch_op.f("ix_hazard_post_id"))
        batch_op.drop_index(
            "ix_hazard_placed",
            sqlite_where=sa.text("latitude IS NOT NULL"),
            postgresql_where=sa.text("latitude IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hazard_patrol_id"))
        batch_op.drop_index("ix_hazard_open_area", sqlite_where=_OPEN, postgresql_where=_OPEN)
        batch_op.drop_index("ix_hazard_open_due", sqlite_where=_OPEN, postgresql_where=_OPEN)
        batch_op.drop_index("ix_hazard_open_kind", sqlite_where=_OPEN, postgresql_where=_OPEN)
        batch_op.drop_index("ix_hazard_near")
        batch_op.drop_index("ix_hazard_area_reported")

    op.drop_table("hazard")
    op.drop_table("hazard_count")
