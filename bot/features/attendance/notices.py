"""What is said about attendance, as facts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from bot.base.facts import Struct
from bot.features.attendance.repository import AreaCount, Silence
from bot.features.escalation.notices import LadderNotice
from bot.features.shifts.notices import AwayName, CrewName
from bot.outbox.notices import MayAnswer, Notice, once_called
from models import ReportKind


class PresentName(Struct):
    """Somebody on duty, since when; `went_on`: from the shift before, without a tap."""

    name: str
    since: datetime
    by_other: bool = False
    went_on: bool = False


class CrewStanding(Struct):
    """A shift, who comes to it, who is away and not stood in for, and what the crew lacks; `needed`: how many
    it should be, where it is fewer."""

    shift_id: int
    starts_at: datetime
    ends_at: datetime
    crew: Sequence[CrewName]
    away: Sequence[AwayName]
    needed: int
    lacks: Sequence[str]


class RunningShift(CrewStanding):
    """One that runs, and who should be there."""

    missing: Sequence[str]


class MannedPlace(Struct):
    """A post, or an area for what has no post."""

    area: str
    place: str
    is_post: bool
    present: Sequence[PresentName]
    shifts: Sequence[RunningShift]


class Gap(CrewStanding):
    """A shift with too few people; number 0: hours without any."""

    area: str
    place: str


class OnDutyPage(Notice):
    """A page: `size` entries at most of all there are, from the offset on. `days`: so many are looked through
    for gaps."""

    entries: Sequence[MannedPlace | Gap]
    total: int
    offset: int
    size: int
    days: int


class OnDutyBoard(OnDutyPage, kind="onduty.board"):
    """Who is on duty."""

    entries: Sequence[MannedPlace]


class OnDutyGaps(OnDutyPage, kind="onduty.gaps"):
    """What lacks people in the coming days."""

    entries: Sequence[Gap]


class MissingName(Struct):
    """Somebody whose report is missing, and the last one there is; `dated`: it has a time, not only a day."""

    name: str
    silence: Silence
    last: Annotated[datetime | date | None, BeforeValidator(lambda told: told or None)]
    dated: bool


class SilentBoard(MayAnswer, kind="silent.board"):
    """Whose report of a day is missing: a page of names, of how many, and counts of the areas below.

    `area_id` 0: of several areas in one, `areas`.
    """

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


class ShownBoard(SilentBoard):
    """As it is shown: with the area above, where the reader sees that, and whether they may act for those
    missing."""

    above: int | None = None
    acts: bool = False


class SilentNudged(Notice, kind="silent.nudged"):
    """Who was reminded, and until when quiet hours hold it; nobody is reminded twice in so many minutes."""

    names: Sequence[str]
    held_until: datetime | None
    minutes: int


class Nudging(Notice):
    """A reminder of a report that has not come, by whom; `since`: when they asked."""

    report: ClassVar[ReportKind]
    by: str
    day: date
    since: datetime | None = None


class NudgeDuty(Nudging, kind="nudge.duty"):
    """Are you on duty?"""

    report: ClassVar[ReportKind] = ReportKind.DUTY


class NudgeHouseholds(Nudging, kind="nudge.households"):
    """Are the households well?"""

    report: ClassVar[ReportKind] = ReportKind.HOUSEHOLDS


class NudgeOff(Notice, kind="nudge.off"):
    """A day off, noted."""


class LateOwn(LadderNotice, kind="late.own"):
    """To the person who has not come."""


class LateCrew(LadderNotice, kind="late.crew"):
    """To the lead: who of the own shift has not come."""


class LateNames(LadderNotice, kind="late.names"):
    """To the supervisors: who has not come."""


class LateName(Struct):
    """Somebody who has not come; `why`: whether they can be reached."""

    shift_id: int
    name: str
    place: str
    area: str
    starts_at: datetime
    why: str
    last_at: datetime | None


class Late(Struct):
    """Who has not come of how many, as far as the reader may know, and who sees to it."""

    level: int
    missing: Sequence[LateName]
    of: int
    taken_by: Sequence[str]


class LateTaken(Notice, kind="late.taken"):
    """To who sees to so many."""

    count: int
