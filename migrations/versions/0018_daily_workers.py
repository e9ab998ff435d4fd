"""Grid workers without planned shifts"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "daily_worker",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("person_id", SERIAL, nullable=False),
        sa.Column("area_id", SERIAL, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_daily_worker_area_id_area")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_daily_worker_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_worker")),
        sa.UniqueConstraint("person_id", "since", name=op.f("uq_daily_worker_person_id_since")),
    )
    with op.batch_alter_table("daily_worker", schema=None) as batch_op:
        batch_op.create_index("ix_daily_worker_area_since", ["area_id", "since"], unique=False)
        batch_op.create_index(
            "ux_daily_worker_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    with op.batch_alter_table("rollup", schema=None) as batch_op:
        batch_op.add_column(sa.Column("workers", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("workers_came", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("rollup", schema=None) as batch_op:
        batch_op.drop_column("workers_came")
        batch_op.drop_column("workers")

    with op.batch_alter_table("daily_worker", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_daily_worker_open",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )
        batch_op.drop_index("ix_daily_worker_area_since")

    op.drop_table("daily_worker")
