"""Patrols: the sections walked, their checkpoints, and what was reached and found."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import FACTS, MOMENT, SERIAL, Numbered, partial_index

_OPEN = "ended_at IS NULL"
_PLACED = "latitude IS NOT NULL"


class PatrolSection(Numbered, table=True):
    """A stretch to be patrolled, of an area and perhaps of one post. `path` is [latitude, longitude] in
    WGS-84 from one end to the other; empty where only the checkpoints are known."""

    code: str = Field(unique=True)
    name: str
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True, sa_type=SERIAL)
    path: list[list[float]] = Field(default_factory=list, sa_type=FACTS)
    # The code of a checklist of the settings; empty: the one that fits the post.
    checklist: str = ""
    # Local times at which a patrol is to start, as `22:00 02:30`; empty: as the settings plan it.
    times: str = ""
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class Checkpoint(Numbered, table=True):
    """A place of a section that every patrol has to reach. `radius` in metres, None: the default one.
    Without coordinates it is reached by code or photo alone."""

    code: str = Field(unique=True)
    section_id: int = Field(foreign_key="patrol_section.id", index=True, sa_type=SERIAL)
    name: str
    position: int = 0
    latitude: float | None = None
    longitude: float | None = None
    radius: int | None = None
    # What the QR code on the spot says after `c_`; random, renewed when it leaks.
    qr_code: str = Field(unique=True)
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class PatrolState(StrEnum):
    """How a patrol stands."""

    OPEN = "open"
    DONE = "done"
    # Left open until its time was over, and ended by the clock.
    INCOMPLETE = "incomplete"


class PatrolPage(StrEnum):
    """What the card of an open patrol asks for."""

    WALK = "walk"
    # Which item of the checklist is not in order.
    ITEMS = "items"
    # The walk is over: is everything in order?
    CHECK = "check"


def voices_of(voice: str | None) -> list[str]:
    """Every voice note of a patrol or of an item on it, in the order they came."""
    return (voice or "").split()


class Patrol(Numbered, table=True):
    """One walk of one person. At most one is open for a person: the partial unique index says so."""

    __table_args__ = (
        partial_index("ux_patrol_open", "person_id", where=_OPEN, unique=True),
        partial_index("ix_patrol_close", "close_at", where=_OPEN),
        Index("ix_patrol_person_started", "person_id", "started_at"),
        Index("ix_patrol_area_started", "area_id", "started_at"),
        Index("ix_patrol_section_started", "section_id", "started_at"),
        Index("ix_patrol_started", "started_at"),
    )

    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    shift_id: int | None = Field(default=None, foreign_key="shift.id", index=True, sa_type=SERIAL)
    post_id: int | None = Field(default=None, foreign_key="post.id", sa_type=SERIAL)
    # None: a walk where no section is laid down.
    section_id: int | None = Field(default=None, foreign_key="patrol_section.id", sa_type=SERIAL)
    checklist: str
    started_at: datetime = Field(sa_type=MOMENT)
    ended_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # When an open one is ended by the clock.
    close_at: datetime = Field(sa_type=MOMENT)
    state: str = PatrolState.OPEN
    page: str = PatrolPage.WALK
    # The item of the checklist that the next words, voice or photo are about; empty: the note.
    about: str = ""
    words: str = ""
    # Telegram's file ids of voice notes, one a line.
    voice: str | None = None
    # Counted at the end and kept when points are erased and the roster changes.
    metres: int | None = None
    minutes: int | None = None
    # Percent of the section's path that was walked; None where nobody can tell.
    coverage: int | None = None
    reached: int = 0
    total: int = 0
    missed: list[str] = Field(default_factory=list, sa_type=FACTS)


class MarkHow(StrEnum):
    """What shows that a checkpoint was reached."""

    LIVE = "live"
    PIN = "pin"
    QR = "qr"
    PHOTO = "photo"


class CheckpointVisit(Numbered, table=True):
    """A checkpoint was reached: the first time counts."""

    __tablename__ = "patrol_mark"
    __table_args__ = (UniqueConstraint("patrol_id", "checkpoint_id"),)

    patrol_id: int = Field(foreign_key="patrol.id", sa_type=SERIAL)
    checkpoint_id: int = Field(foreign_key="checkpoint.id", index=True, sa_type=SERIAL)
    at: datetime = Field(sa_type=MOMENT)
    how: str
    # The number of a photo.
    photo_id: int | None = Field(default=None, sa_type=SERIAL)
    # Metres to the checkpoint, where a place was sent.
    distance: int | None = None
    # The place was passed on from another chat: somebody was there.
    forwarded: bool = False


class PatrolPoint(Numbered, table=True):
    """A point of the track. Seen by its maker and the shift's lead alone, and erased after some weeks."""

    __table_args__ = (
        Index("ix_patrol_point_patrol_at", "patrol_id", "at"),
        Index("ix_patrol_point_at", "at"),
    )

    patrol_id: int = Field(foreign_key="patrol.id", sa_type=SERIAL)
    at: datetime = Field(sa_type=MOMENT)
    latitude: float
    longitude: float
    # Radius of uncertainty in metres, where the phone told it.
    accuracy: float | None = None
    live: bool = False


class PatrolAnswer(Numbered, table=True):
    """An item of the checklist that was not in order; each becomes a hazard."""

    __table_args__ = (
        UniqueConstraint("patrol_id", "item"),
        # What the erasing of places looks through.
        partial_index("ix_patrol_answer_places", "found_at", where=_PLACED),
    )

    patrol_id: int = Field(foreign_key="patrol.id", sa_type=SERIAL)
    item: str
    found_at: datetime = Field(sa_type=MOMENT)
    words: str = ""
    voice: str | None = None
    # Numbers of photos.
    photos: list[int] = Field(default_factory=list, sa_type=FACTS)
    # Where the person last was when it was told; erased like points.
    latitude: float | None = None
    longitude: float | None = None
    checkpoint_id: int | None = Field(default=None, foreign_key="checkpoint.id", sa_type=SERIAL)
    # The number of the hazard it became.
    hazard_id: int | None = Field(default=None, sa_type=SERIAL)
