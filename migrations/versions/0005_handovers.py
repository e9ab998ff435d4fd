"""Handovers; swaps that give a shift in return"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "post_thing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_thing_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_thing")),
        sa.UniqueConstraint("post_id", "name", name=op.f("uq_post_thing_post_id_name")),
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outgoing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("incoming_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_handover_area_id_area")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_handover_given_by_person")),
        sa.ForeignKeyConstraint(["incoming_id"], ["shift.id"], name=op.f("fk_handover_incoming_id_shift")),
        sa.ForeignKeyConstraint(["outgoing_id"], ["shift.id"], name=op.f("fk_handover_outgoing_id_shift")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_handover_post_id_post")),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_handover_taken_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("outgoing_id", name=op.f("uq_handover_outgoing_id")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_area_due", ["area_id", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_given_by"), ["given_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_incoming_id"), ["incoming_id"], unique=False)
        batch_op.create_index(
            "ix_handover_open",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('open', 'given')"),
            postgresql_where=sa.text("state IN ('open', 'given')"),
        )
        batch_op.create_index(batch_op.f("ix_handover_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_taken_by"), ["taken_by"], unique=False)

    op.create_table(
        "handover_matter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handover_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=True),
        sa.Column("told_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["person.id"], name=op.f("fk_handover_matter_closed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_matter_handover_id_handover")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_handover_matter_post_id_post")),
        sa.ForeignKeyConstraint(["told_by"], ["person.id"], name=op.f("fk_handover_matter_told_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_matter")),
        sa.UniqueConstraint("kind", "source_id", name=op.f("uq_handover_matter_kind_source_id")),
    )
    with op.batch_alter_table("handover_matter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_matter_closed_by"), ["closed_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_matter_handover_id"), ["handover_id"], unique=False)
        batch_op.create_index(
            "ix_handover_matter_open",
            ["post_id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_handover_matter_told_by"), ["told_by"], unique=False)

    op.create_table(
        "handover_thing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handover_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("zh_CN", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("found", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_thing_handover_id_handover")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_thing")),
        sa.UniqueConstraint("handover_id", "code", name=op.f("uq_handover_thing_handover_id_code")),
    )
    with op.batch_alter_table("swap", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("return_shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_swap_return_shift_id"), ["return_shift_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_swap_return_shift_id_shift"), "shift", ["return_shift_id"], ["id"]
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("swap", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_swap_return_shift_id_shift"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_swap_return_shift_id"))
        batch_op.drop_column("return_shift_id")

    op.drop_table("handover_thing")
    with op.batch_alter_table("handover_matter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_matter_told_by"))
        batch_op.drop_index(
            "ix_handover_matter_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_handover_matter_handover_id"))
        batch_op.drop_index(batch_op.f("ix_handover_matter_closed_by"))

    op.drop_table("handover_matter")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_taken_by"))
        batch_op.drop_index(batch_op.f("ix_handover_post_id"))
        batch_op.drop_index(
            "ix_handover_open",
            sqlite_where=sa.text("state IN ('open', 'given')"),
            postgresql_where=sa.text("state IN ('open', 'given')"),
        )
        batch_op.drop_index(batch_op.f("ix_handover_incoming_id"))
        batch_op.drop_index(batch_op.f("ix_handover_given_by"))
        batch_op.drop_index("ix_handover_area_due")

    op.drop_table("handover")
    op.drop_table("post_thing")
