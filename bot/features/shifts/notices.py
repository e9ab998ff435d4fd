"""What is said about shifts, as facts."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import Annotated

from bot.base.facts import Struct
from bot.outbox.notices import URGENT, DeliveryPolicy, Notice, once_called


class Timely(Notice):
    """What quiet hours do not hold where the shift is `soon`."""

    soon: bool = field(default=False, kw_only=True)

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What begins soon rings through quiet hours."""
        return URGENT if self.soon else usual


class CrewName(Struct):
    """Somebody of a crew who comes."""

    name: str
    lead: bool


class AwayName(Struct):
    """Somebody of a crew who does not; `kind`: on leave, or sick."""

    person_id: int
    name: str
    kind: str


class FreeName(Struct):
    """Somebody who could come."""

    id: int
    name: str
    area: str = ""


class Lacking(Struct):
    """A crew that does not have everything it should. `crew` counts from 1; `few`: too few people."""

    crew: int
    titles: Sequence[str]
    few: bool


class RotationSet(Notice, kind="rotation.set"):
    """A rotation that was set: shifts written so far, up to which day, and what its crews lack of the people
    `needed`. `replaced` counts planned shifts of the one before that are no more."""

    rotation_id: int
    post: str
    shifts: int
    replaced: int
    first_day: datetime
    planned_until: datetime
    crews: Sequence[Sequence[str]]
    lacking: Sequence[Lacking]
    needed: int
    # The times of a day's turns, as they were told.
    spans: Sequence[str] = ()


class RotationStopped(Notice, kind="rotation.stopped"):
    """A rotation that ended, and how many planned shifts are no more."""

    post: str
    shifts: int


class ShiftTime(Struct):
    """A shift: from when to when, and where."""

    starts_at: datetime
    ends_at: datetime
    place: str


class OwnShift(ShiftTime):
    """One of the own, with whom; where one is `away` from it, who comes instead."""

    shift_id: int
    lead: bool
    away: str
    crew: Sequence[CrewName]
    substitute: str


class ShiftsList(Notice, kind="shifts.list"):
    """A page of the own shifts; `before` and `after`: where those beside it begin."""

    entries: Sequence[OwnShift]
    offset: int
    before: int | None
    after: int | None


class ShiftsChanged(Timely, kind="shifts.changed"):
    """The own next shift is another one now; `soon`: one of them begins soon."""

    what: str
    was: ShiftTime | None
    now: ShiftTime | None
    shift_id: int


class ShiftsLeft(ShiftTime, Notice, kind="shifts.left"):
    """Leave that has been recorded; `told` are names; `held_until`: when they see it, where quiet hours hold
    it. One tap takes it back for so many minutes."""

    shift_id: int
    away: Annotated[str, once_called("kind", now="away")]
    told: Sequence[str]
    held_until: datetime | None
    minutes: int


class ShiftsBack(ShiftTime, Notice, kind="shifts.back"):
    """Leave was taken back."""


class ShiftGap(ShiftTime, Notice):
    """A shift as it stands, and who is away from it (number 0: it has too few people)."""

    shift_id: int
    person_id: int
    name: str
    away: Annotated[str, once_called("kind", now="away")]
    crew: Sequence[CrewName]
    needed: int


class ShiftsAway(ShiftGap, Timely, kind="shifts.away"):
    """The card of a gap: who could come, and whether there are more; or who comes, and who saw to it."""

    state: str
    free: Sequence[FreeName] = ()
    more: bool = False
    decided_at: datetime | None = None
    substitute: str = ""
    by: str = ""


class ShiftsChoice(ShiftGap, kind="shifts.choice"):
    """A page of who could come."""

    before: int | None
    after: int | None
    free: Sequence[FreeName]


class StandIn(ShiftGap):
    """Who comes instead, by whom that was said; `held_until`: when they hear of it."""

    substitute: str
    by: str
    held_until: datetime | None


class ShiftsNamed(StandIn, kind="shifts.named"):
    """For who named the substitute."""


class ShiftsSubstitute(StandIn, Timely, kind="shifts.substitute"):
    """For who is to come."""


class ShiftsStoodIn(StandIn, kind="shifts.stood_in"):
    """For who is away."""
