"""Resident requests"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "resident_request_count",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_resident_request_count")),
    )
    op.create_table(
        "resident_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("household", sa.Integer(), nullable=True),
        sa.Column("registered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wished_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wished_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("done_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_resident_request_area_id_area")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_resident_request_asked_by_person")
        ),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_resident_request_done_by_person")),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["person.id"], name=op.f("fk_resident_request_registered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["wished_by"], ["person.id"], name=op.f("fk_resident_request_wished_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_request")),
        sa.UniqueConstraint("number", "year", name=op.f("uq_resident_request_number_year")),
    )
    with op.batch_alter_table("resident_request", schema=None) as batch_op:
        batch_op.create_index("ix_resident_request_area_closed", ["area_id", "closed_at"], unique=False)
        batch_op.create_index(
            "ix_resident_request_area_registered", ["area_id", "registered_at"], unique=False
        )
        batch_op.create_index("ix_resident_request_done_by", ["done_by", "done_at"], unique=False)
        batch_op.create_index(
            "ix_resident_request_due",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_resident_request_open",
            ["area_id", "due_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_resident_request_private",
            ["closed_at"],
            unique=False,
            sqlite_where=sa.text("contact IS NOT NULL OR household IS NOT NULL"),
            postgresql_where=sa.text("contact IS NOT NULL OR household IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_resident_request_registered_by", ["registered_by", "registered_at"], unique=False
        )

    op.create_table(
        "resident_request_assignee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("responsible", sa.Boolean(), nullable=False),
        sa.Column("named_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_resident_request_assignee_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["named_by"], ["person.id"], name=op.f("fk_resident_request_assignee_named_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_resident_request_assignee_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["resident_request.id"],
            name=op.f("fk_resident_request_assignee_request_id_resident_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_request_assignee")),
    )
    with op.batch_alter_table("resident_request_assignee", schema=None) as batch_op:
        batch_op.create_index("ix_resident_request_assignee_area", ["area_id"], unique=False)
        batch_op.create_index("ix_resident_request_assignee_person", ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_resident_request_assignee_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "resident_request_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_resident_request_event_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_resident_request_event_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["resident_request.id"],
            name=op.f("fk_resident_request_event_request_id_resident_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_request_event")),
    )
    with op.batch_alter_table("resident_request_event", schema=None) as batch_op:
        batch_op.create_index("ix_resident_request_event_person", ["person_id"], unique=False)
        batch_op.create_index("ix_resident_request_event_request_at", ["request_id", "at"], unique=False)

    with op.batch_alter_table("household_mark", schema=None) as batch_op:
        batch_op.add_column(sa.Column("request", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("rollup", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("requests_registered", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("requests_closed", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("requests_in_time", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("rollup", schema=None) as batch_op:
        batch_op.drop_column("requests_in_time")
        batch_op.drop_column("requests_closed")
        batch_op.drop_column("requests_registered")

    with op.batch_alter_table("household_mark", schema=None) as batch_op:
        batch_op.drop_column("request")

    with op.batch_alter_table("resident_request_event", schema=None) as batch_op:
        batch_op.drop_index("ix_resident_request_event_request_at")
        batch_op.drop_index("ix_resident_request_event_person")

    op.drop_table("resident_request_event")
    with op.batch_alter_table("resident_request_assignee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resident_request_assignee_request_id"))
        batch_op.drop_index("ix_resident_request_assignee_person")
        batch_op.drop_index("ix_resident_request_assignee_area")

    op.drop_table("resident_request_assignee")
    with op.batch_alter_table("resident_request", schema=None) as batch_op:
        batch_op.drop_index("ix_resident_request_registered_by")
        batch_op.drop_index(
            "ix_resident_request_private",
            sqlite_where=sa.text("contact IS NOT NULL OR household IS NOT NULL"),
            postgresql_where=sa.text("contact IS NOT NULL OR household IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_resident_request_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_resident_request_due",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_resident_request_done_by")
        batch_op.drop_index("ix_resident_request_area_registered")
        batch_op.drop_index("ix_resident_request_area_closed")

    op.drop_table("resident_request")
    op.drop_table("resident_request_count")
