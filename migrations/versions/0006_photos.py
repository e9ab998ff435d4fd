"""Photos"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DUE = sa.text("state = 'waiting' AND next_try_at IS NOT NULL")
KEPT = sa.text("file_id IS NOT NULL")
LEFT_OVER = sa.text("state = 'erased' AND content IS NOT NULL")


def upgrade() -> None:
    """Go to this layout."""
    op.create_table(
        "photo",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=True),
        sa.Column("unique_id", sa.String(), nullable=True),
        sa.Column("person_id", SERIAL, nullable=False),
        sa.Column("area_id", SERIAL, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("album", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forwarded", sa.Boolean(), nullable=False),
        sa.Column("as_document", sa.Boolean(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("used_for", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("dhash", sa.BigInteger(), nullable=True),
        sa.Column("near_of", SERIAL, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_photo_area_id_area")),
        sa.ForeignKeyConstraint(["near_of"], ["photo.id"], name=op.f("fk_photo_near_of_photo")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_photo_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    for column in ("content", "person_id", "unique_id", "used_for"):
        op.create_index(op.f(f"ix_photo_{column}"), "photo", [column], unique=False)
    op.create_index("ix_photo_due", "photo", ["bot", "next_try_at"], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index("ix_photo_kept", "photo", ["sent_at"], sqlite_where=KEPT, postgresql_where=KEPT)
    op.create_index("ix_photo_left", "photo", ["content"], sqlite_where=LEFT_OVER, postgresql_where=LEFT_OVER)
    op.create_table(
        "photo_band",
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("photo_id", SERIAL, nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_band_photo_id_photo")),
        sa.PrimaryKeyConstraint("band", "photo_id", name=op.f("pk_photo_band")),
    )
    _replace_photo("photo", "photo_id", "REFERENCES photo (id)")


def downgrade() -> None:
    """Go back to the layout before."""
    _replace_photo("photo_id", "photo", "")
    op.drop_table("photo_band")
    op.drop_table("photo")


def _replace_photo(old: str, new: str, reference: str) -> None:
    """A check-in's photo by number instead of by Telegram's id, or back. Said in SQL: the largest table is
    not copied for it."""
    kind = ("INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT") if reference else "VARCHAR"
    named = f"CONSTRAINT fk_checkin_{new}_photo {reference}" if reference else ""
    op.execute(f"ALTER TABLE checkin ADD COLUMN {new} {kind} {named}")
    if not reference and op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE checkin DROP CONSTRAINT fk_checkin_{old}_photo")
    op.execute(f"ALTER TABLE checkin DROP COLUMN {old}")
