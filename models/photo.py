"""Photos people sent: what Telegram calls them, where our own copy is, what they were sent for."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from models.columns import BIG, MOMENT, SERIAL, Numbered, Table, partial_index


class PhotoState(StrEnum):
    """What became of our copy."""

    WAITING = "waiting"
    STORED = "stored"
    # It is no picture we can keep; `problem` says why. Telegram may still show it.
    REFUSED = "refused"
    # Telegram has it no more.
    LOST = "lost"
    # Past its date: the row stays for the counts, its content goes.
    ERASED = "erased"


# As the index says it: only then does the index serve.
DUE = "state = 'waiting' AND next_try_at IS NOT NULL"
KEPT = "file_id IS NOT NULL"
LEFT_OVER = "state = 'erased' AND content IS NOT NULL"


class Photo(Numbered, table=True):
    """One photo in one message. The same picture sent again is a row of its own with the same content."""

    __table_args__ = (
        partial_index("ix_photo_due", "bot", "next_try_at", where=DUE),
        partial_index("ix_photo_kept", "sent_at", where=KEPT),
        partial_index("ix_photo_left", "content", where=LEFT_OVER),
    )

    bot: int = Field(sa_type=BIG)
    # Telegram's id to send it by, and the one that is the same for every bot and every sending.
    file_id: str | None = None
    unique_id: str | None = Field(default=None, index=True)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    chat_id: int = Field(sa_type=BIG)
    message_id: int | None = Field(default=None, sa_type=BIG)
    # Telegram's mark of the album it came in.
    album: str | None = None
    sent_at: datetime = Field(sa_type=MOMENT)
    forwarded: bool = False
    # Sent as a file: Telegram does not show it as a photo by its file id.
    as_document: bool = False
    # Pixels, and bytes as Telegram told them.
    width: int = 0
    height: int = 0
    size: int = 0
    # What it belongs to, for example `hazard:12`; None until a form is finished.
    used_for: str | None = Field(default=None, index=True)
    state: str = PhotoState.WAITING
    # The key of our copy in the store: the hash of its bytes.
    content: str | None = Field(default=None, index=True)
    # 64 bits that are much the same for much the same picture; None where it shows too little to compare.
    dhash: int | None = Field(default=None, sa_type=BIG)
    # The number of an earlier photo, used for something else, that it equals or resembles.
    near_of: int | None = Field(default=None, foreign_key="photo.id", sa_type=SERIAL)
    tries: int = 0
    # None: nobody needs the copy yet.
    next_try_at: datetime | None = Field(default=None, sa_type=MOMENT)
    problem: str | None = None


class PhotoBand(Table, table=True):
    """A quarter of a photo's `dhash` (its number × 65,536 + its 16 bits): who differs in 3 bits at most
    shares one."""

    band: int = Field(primary_key=True)
    photo_id: int = Field(primary_key=True, foreign_key="photo.id", sa_type=SERIAL)
