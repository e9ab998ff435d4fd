"""What is said about attendance, as facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from bot.features.attendance.repository import AreaCount, Silence
from bot.features.escalation.notices import LadderNotice
from bot.features.shifts.notices import AwayName, CrewName
from bot.outbox.notices import Notice, once_called
from models import ReportKind


@dataclass(frozen=True, slots=True)
class PresentName:
    """Somebody on duty, since when; `went_on`: from the shift before, without a tap."""

    name: str
    since: datetime
    by_other: bool = False
    went_on: bool = False


@dataclass(frozen=True, slots=True)
class CrewStanding:
    """A shift, who comes to it, who is away and not stood in for, and what the crew lacks; `needed`: how many
    it should be, where it is fewer."""

    shift_id: int
    starts_at: datetime
    ends_at: datetime
    crew: Sequence[CrewName]
    away: Sequence[AwayName]
    needed: int
    lacks: Sequence[str]


@dataclass(frozen=True, slots=True)
class RunningShift(CrewStanding):
    """One that runs, and who should be there."""

    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class MannedPlace:
    """A post, or an area for what has no post."""

    area: str
    place: str
    is_post: bool
    present: Sequence[PresentName]
    shifts: Sequence[RunningShift]


@dataclass(frozen=True, slots=True)
class Gap(CrewStanding):
    """A shift with too few people; number 0: hours without any."""

    area: str
    place: str


@dataclass(frozen=True, slots=True)
class OnDutyBoard(Notice):
    """A page of who is on duty: `size` entries at most of all there are, from the offset on. `days`: so many
    are looked through for gaps."""

    kind: ClassVar[str] = "onduty.board"
    entries: Sequence[MannedPlace]
    total: int
    offset: int
    size: int
    days: int


@dataclass(frozen=True, slots=True)
class OnDutyGaps(Notice):
    """A page of what lacks people in the coming days."""

    kind: ClassVar[str] = "onduty.gaps"
    entries: Sequence[Gap]
    total: int
    offset: int
    size: int
    days: int


@dataclass(frozen=True, slots=True)
class MissingName:
    """Somebody whose report is missing, and the last one there is; `dated`: it has a time, not only a day."""

    name: str
    silence: Silence
    last: Annotated[datetime | date | None, BeforeValidator(lambda told: told or None)]
    dated: bool


@dataclass(frozen=True, slots=True)
class SilentBoard(Notice):
    """Whose report of a day is missing: a page of names, of how many, and counts of the areas below.

    `area_id` 0: of several areas in one, `areas`.
    """

    kind: ClassVar[str] = "silent.board"
    report: Annotated[ReportKind, once_called("kind", now="report")]
    area_id: int
    area: str | Sequence[str]
    day: date
    at: datetime
    due: int
    reported: int
    people: Sequence[MissingName]
    offset: int
    missing: int
    # Where the pages around this one begin.
    before: int | None
    after: int | None
    silent: int
    below: Sequence[AreaCount]
    away: Sequence[str] = ()
    areas: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class SilentList(SilentBoard):
    """The same for who asked for it."""

    kind: ClassVar[str] = "silent.list"


@dataclass(frozen=True, slots=True)
class ShownBoard(SilentBoard):
    """As it is shown: with the area above, where the reader sees that, and whether they may act for those
    missing."""

    above: int | None = None
    acts: bool = False


@dataclass(frozen=True, slots=True)
class SilentNudged(Notice):
    """Who was reminded, and until when quiet hours hold it; nobody is reminded twice in so many minutes."""

    kind: ClassVar[str] = "silent.nudged"
    names: Sequence[str]
    held_until: datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Nudging(Notice):
    """A reminder of a report that has not come, by whom; `since`: when they asked."""

    report: ClassVar[ReportKind]
    by: str
    day: date
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class NudgeDuty(Nudging):
    """Are you on duty?"""

    kind: ClassVar[str] = "nudge.duty"
    report: ClassVar[ReportKind] = ReportKind.DUTY


@dataclass(frozen=True, slots=True)
class NudgeHouseholds(Nudging):
    """Are the households well?"""

    kind: ClassVar[str] = "nudge.households"
    report: ClassVar[ReportKind] = ReportKind.HOUSEHOLDS


@dataclass(frozen=True, slots=True)
class NudgeOff(Notice):
    """A day off, noted."""

    kind: ClassVar[str] = "nudge.off"


@dataclass(frozen=True, slots=True)
class LateOwn(LadderNotice):
    """To the person who has not come."""

    kind: ClassVar[str] = "late.own"


@dataclass(frozen=True, slots=True)
class LateOwnPost(LateOwn):
    """The same, where a post stands empty."""

    kind: ClassVar[str] = "late.own_post"


@dataclass(frozen=True, slots=True)
class LateCrew(LadderNotice):
    """To the lead: who of the own shift has not come."""

    kind: ClassVar[str] = "late.crew"


@dataclass(frozen=True, slots=True)
class LateNames(LadderNotice):
    """To the supervisors: who has not come."""

    kind: ClassVar[str] = "late.names"


@dataclass(frozen=True, slots=True)
class LateName:
    """Somebody who has not come; `why`: whether they can be reached."""

    shift_id: int
    name: str
    place: str
    area: str
    starts_at: datetime
    why: str
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Late:
    """Who has not come of how many, as far as the reader may know, and who sees to it."""

    level: int
    missing: Sequence[LateName]
    of: int
    taken_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class LateTaken(Notice):
    """To who sees to so many."""

    kind: ClassVar[str] = "late.taken"
    count: int
