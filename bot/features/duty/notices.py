"""What is said about duty, as facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from bot.outbox.notices import MayAnswer, Notice, once_called
from models import CorrectionKind, Evidence, PlaceGrade


class AboutCheckIn(Notice):
    """A check-in: when, to which shift, where, and what is worth a look."""

    checkin_id: int
    in_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    post: str
    # What kind of duty it is, by language.
    duty: Mapping[str, str]
    late_minutes: int
    grade: PlaceGrade
    distance: int | None
    spot: str
    evidence: Evidence
    # The post whose QR code was scanned.
    scanned: str
    too_fast: bool
    new_place: bool
    place_wanted: bool
    photo_wanted: bool
    # There is something to be patrolled.
    patrol: bool
    # When the check-in before was ended by this one.
    ended_at: datetime | None
    # When this one had ended before the tap reached us.
    out_at: datetime | None = None


class CheckInDone(AboutCheckIn, kind="checkin.done"):
    """Checked in."""


class CheckInAgain(AboutCheckIn, kind="checkin.again"):
    """It belongs to a check-in that there is."""


class CheckInLeft(AboutCheckIn, kind="checkin.left"):
    """The place of a check-out has arrived."""


class CheckInNeedsPlace(Notice, kind="checkin.needs_place"):
    """The duty needs the place."""


class CheckInPhotoKept(Notice, kind="checkin.photo_kept"):
    """The photo that the duty asks for has arrived, with the words below it."""

    in_at: datetime
    words: str = ""


class CheckInClosedBySystem(Notice, kind="checkin.closed_by_system"):
    """The check-out was forgotten."""

    out_at: datetime


class CheckInWentOn(Notice, kind="checkin.went_on"):
    """No check-out came, and it went on with the shifts that followed, as from one time to another."""

    out_at: datetime
    starts_at: datetime
    ends_at: datetime
    is_open: bool


class BehalfDone(Notice, kind="behalf.done"):
    """For who acted for another: the other is on duty, or has left."""

    name: str
    leaves: bool
    at: datetime


class BehalfTold(Notice, kind="behalf.told"):
    """For whom it was done."""

    by: str
    leaves: bool
    at: datetime


class CheckOutDone(Notice, kind="checkout.done"):
    """Checked out."""

    checkin_id: int
    in_at: datetime
    out_at: datetime
    early_minutes: int
    needs_place: bool


class CheckOutUndone(Notice, kind="checkout.undone"):
    """Still on duty."""

    in_at: datetime


class CorrectionSent(Notice, kind="correction.sent"):
    """A request is on its way. `deciders`: names; none: nobody can be reached. `held_until`: quiet hours."""

    side: Annotated[CorrectionKind, once_called("kind", now="side")]
    happened_at: datetime
    recorded_at: datetime | None
    deciders: Sequence[str]
    held_until: datetime | None
    correction_id: int = 0


class CorrectionWaitingCount(Notice, kind="correction.waiting_count"):
    """For a supervisor: how many requests wait."""

    count: int


class CorrectionAsked(MayAnswer, kind="correction.asked"):
    """The card of a request, for who may decide, or asked what waits."""

    correction_id: int


class CorrectionDecided(Notice, kind="correction.decided"):
    """For who asked: how it was decided."""

    side: Annotated[CorrectionKind, once_called("kind", now="side")]
    happened_at: datetime
    recorded_at: datetime | None
    state: str
    by: str
    decided_at: datetime
    on_duty: bool


class CorrectionDecidedBefore(Notice, kind="correction.decided_before"):
    """For a supervisor who came second."""

    state: str
    by: str
    decided_at: datetime
