"""Check-ins: a stretch of duty really kept, with the evidence for it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from models.columns import MOMENT, SERIAL, Numbered, partial_index


class Evidence(StrEnum):
    """What shows where a person was, as graded."""

    LIVE = "live"
    PIN = "pin"
    QR = "qr"
    FORWARDED = "forwarded"
    # No tap: on duty already when the shift began, and planned for it at the same place.
    WENT_ON = "went_on"
    NONE = "none"


class PlaceGrade(StrEnum):
    """How a place stands to the post or grid it was measured from."""

    ON_SITE = "on_site"
    OFF_SITE = "off_site"
    UNSURE = "unsure"
    NOT_GRADED = "not_graded"


class Punctuality(StrEnum):
    """How a check-in or check-out stands to its shift."""

    ON_TIME = "on_time"
    LATE = "late"
    LEFT_EARLY = "left_early"
    NO_SHIFT = "no_shift"


class ClosedBy(StrEnum):
    """Who ended a check-in."""

    SELF = "self"
    SYSTEM = "system"
    SUPERVISOR = "supervisor"


class CheckIn(Numbered, table=True):
    """One check-in and its check-out. Times are Telegram's; corrected ones stand beside them.

    At most one is open for a person: the partial unique index says so.
    """

    __tablename__ = "checkin"
    __table_args__ = (
        partial_index("ux_checkin_open", "person_id", where="out_at IS NULL", unique=True),
        partial_index("ix_checkin_close", "close_at", where="out_at IS NULL"),
        Index("ix_checkin_person_in", "person_id", "in_at"),
        Index("ix_checkin_day_area", "work_day", "area_id"),
        Index("ix_checkin_shift", "shift_id"),
        # What the erasing of raw points looks through.
        partial_index(
            "ix_checkin_points", "in_at", where="latitude IS NOT NULL OR last_latitude IS NOT NULL"
        ),
    )

    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    shift_id: int | None = Field(default=None, foreign_key="shift.id", sa_type=SERIAL)
    post_id: int | None = Field(default=None, foreign_key="post.id", sa_type=SERIAL)
    duty_type: str
    work_day: date
    in_at: datetime = Field(sa_type=MOMENT)
    out_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # When an open one is closed by the system.
    close_at: datetime = Field(sa_type=MOMENT)
    corrected_in_at: datetime | None = Field(default=None, sa_type=MOMENT)
    corrected_out_at: datetime | None = Field(default=None, sa_type=MOMENT)
    in_punctuality: str = Punctuality.NO_SHIFT
    out_punctuality: str | None = None
    # Minutes after the shift's start, minutes before its end; 0 within grace.
    late_minutes: int = 0
    early_minutes: int = 0
    evidence: str = Evidence.NONE
    place_grade: str = PlaceGrade.NOT_GRADED
    # Metres to the post or the grid's centre.
    distance: int | None = None
    out_evidence: str | None = None
    out_place_grade: str | None = None
    # Faster than anyone travels since the point before.
    too_fast: bool = False
    # The point of the check-in and the newest one since; erased after some weeks.
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    last_at: datetime | None = Field(default=None, sa_type=MOMENT)
    last_latitude: float | None = None
    last_longitude: float | None = None
    # Where the kind of duty asks for one.
    photo_id: int | None = Field(default=None, foreign_key="photo.id", sa_type=SERIAL)
    # What was written below that photo.
    remark: str = ""
    closed_by: str | None = None
    # The person who acted for another one without a phone.
    made_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)


class PresencePoint(Numbered, table=True):
    """A further place sent during a check-in. Raw points are erased after some weeks."""

    __table_args__ = (Index("ix_presence_point_at", "at"),)

    checkin_id: int = Field(foreign_key="checkin.id", index=True, sa_type=SERIAL)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    at: datetime = Field(sa_type=MOMENT)
    latitude: float
    longitude: float
    # Radius of uncertainty in metres, where the phone told it.
    accuracy: float | None = None
    evidence: str
    place_grade: str
    distance: int | None = None
    too_fast: bool = False


class CorrectionKind(StrEnum):
    """What a correction puts right."""

    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"


class Correction(Numbered, table=True):
    """A request to count another time than the recorded one."""

    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    # None where the check-in itself was missed; then `shift_id` may tell for which shift.
    checkin_id: int | None = Field(default=None, foreign_key="checkin.id", index=True, sa_type=SERIAL)
    shift_id: int | None = Field(default=None, foreign_key="shift.id", sa_type=SERIAL)
    kind: str
    happened_at: datetime = Field(sa_type=MOMENT)
    recorded_at: datetime | None = Field(default=None, sa_type=MOMENT)
    reason: str = ""
    reason_voice: str | None = None
    asked_at: datetime = Field(sa_type=MOMENT)
    state: str = "asked"
    decided_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    decided_at: datetime | None = Field(default=None, sa_type=MOMENT)
