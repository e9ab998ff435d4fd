"""What is said about duty, as facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from bot.outbox.notices import Notice, once_called
from models import CorrectionKind, Evidence, PlaceGrade


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class CheckInDone(AboutCheckIn):
    """Checked in."""

    kind: ClassVar[str] = "checkin.done"


@dataclass(frozen=True, slots=True)
class CheckInAgain(AboutCheckIn):
    """It belongs to a check-in that there is."""

    kind: ClassVar[str] = "checkin.again"


@dataclass(frozen=True, slots=True)
class CheckInLeft(AboutCheckIn):
    """The place of a check-out has arrived."""

    kind: ClassVar[str] = "checkin.left"


@dataclass(frozen=True, slots=True)
class CheckInNeedsPlace(Notice):
    """The duty needs the place."""

    kind: ClassVar[str] = "checkin.needs_place"


@dataclass(frozen=True, slots=True)
class CheckInPhotoKept(Notice):
    """The photo that the duty asks for has arrived, with the words below it."""

    kind: ClassVar[str] = "checkin.photo_kept"
    in_at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class CheckInClosedBySystem(Notice):
    """The check-out was forgotten."""

    kind: ClassVar[str] = "checkin.closed_by_system"
    out_at: datetime


@dataclass(frozen=True, slots=True)
class CheckInWentOn(Notice):
    """No check-out came, and it went on with the shifts that followed, as from one time to another."""

    kind: ClassVar[str] = "checkin.went_on"
    out_at: datetime
    starts_at: datetime
    ends_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class BehalfDone(Notice):
    """For who acted for another: the other is on duty, or has left."""

    kind: ClassVar[str] = "behalf.done"
    name: str
    leaves: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class BehalfTold(Notice):
    """For whom it was done."""

    kind: ClassVar[str] = "behalf.told"
    by: str
    leaves: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckOutDone(Notice):
    """Checked out."""

    kind: ClassVar[str] = "checkout.done"
    checkin_id: int
    in_at: datetime
    out_at: datetime
    early_minutes: int
    needs_place: bool


@dataclass(frozen=True, slots=True)
class CheckOutUndone(Notice):
    """Still on duty."""

    kind: ClassVar[str] = "checkout.undone"
    in_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionSent(Notice):
    """A request is on its way. `deciders`: names; none: nobody can be reached. `held_until`: quiet hours."""

    kind: ClassVar[str] = "correction.sent"
    side: Annotated[CorrectionKind, once_called("kind", now="side")]
    happened_at: datetime
    recorded_at: datetime | None
    deciders: Sequence[str]
    held_until: datetime | None
    correction_id: int = 0


@dataclass(frozen=True, slots=True)
class CorrectionWaitingCount(Notice):
    """For a supervisor: how many requests wait."""

    kind: ClassVar[str] = "correction.waiting_count"
    count: int


@dataclass(frozen=True, slots=True)
class CorrectionAsked(Notice):
    """The card of a request, for who may decide."""

    kind: ClassVar[str] = "correction.asked"
    correction_id: int


@dataclass(frozen=True, slots=True)
class CorrectionWaiting(CorrectionAsked):
    """The same for who asked what waits."""

    kind: ClassVar[str] = "correction.waiting"


@dataclass(frozen=True, slots=True)
class CorrectionDecided(Notice):
    """For who asked: how it was decided."""

    kind: ClassVar[str] = "correction.decided"
    side: Annotated[CorrectionKind, once_called("kind", now="side")]
    happened_at: datetime
    recorded_at: datetime | None
    state: str
    by: str
    decided_at: datetime
    on_duty: bool


@dataclass(frozen=True, slots=True)
class CorrectionDecidedBefore(Notice):
    """For a supervisor who came second."""

    kind: ClassVar[str] = "correction.decided_before"
    state: str
    by: str
    decided_at: datetime
