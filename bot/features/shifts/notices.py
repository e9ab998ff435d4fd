"""What is said about shifts, as facts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, ClassVar

from bot.outbox.notices import URGENT, DeliveryPolicy, Notice, once_called


@dataclass(frozen=True, slots=True)
class CrewName:
    """Somebody of a crew who comes."""

    name: str
    lead: bool


@dataclass(frozen=True, slots=True)
class AwayName:
    """Somebody of a crew who does not; `kind`: on leave, or sick."""

    person_id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class FreeName:
    """Somebody who could come."""

    id: int
    name: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A crew that does not have everything it should. `crew` counts from 1; `few`: too few people."""

    crew: int
    titles: Sequence[str]
    few: bool


@dataclass(frozen=True, slots=True)
class RotationSet(Notice):
    """A rotation that was set: shifts written so far, up to which day, and what its crews lack of the people
    `needed`. `replaced` counts planned shifts of the one before that are no more."""

    kind: ClassVar[str] = "rotation.set"
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


@dataclass(frozen=True, slots=True)
class RotationStopped(Notice):
    """A rotation that ended, and how many planned shifts are no more."""

    kind: ClassVar[str] = "rotation.stopped"
    post: str
    shifts: int


@dataclass(frozen=True, slots=True)
class ShiftTime:
    """A shift: from when to when, and where."""

    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class OwnShift(ShiftTime):
    """One of the own, with whom; where one is `away` from it, who comes instead."""

    shift_id: int
    lead: bool
    away: str
    crew: Sequence[CrewName]
    substitute: str


@dataclass(frozen=True, slots=True)
class ShiftsList(Notice):
    """A page of the own shifts; `before` and `after`: where those beside it begin."""

    kind: ClassVar[str] = "shifts.list"
    entries: Sequence[OwnShift]
    offset: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class ShiftsChanged(Notice):
    """The own next shift is another one now; `soon`: one of them begins soon."""

    kind: ClassVar[str] = "shifts.changed"
    what: str
    was: ShiftTime | None
    now: ShiftTime | None
    shift_id: int
    soon: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What begins soon rings through quiet hours."""
        return URGENT if self.soon else usual


@dataclass(frozen=True, slots=True)
class ShiftsLeft(ShiftTime, Notice):
    """Leave that has been recorded; `told` are names; `held_until`: when they see it, where quiet hours hold
    it. One tap takes it back for so many minutes."""

    kind: ClassVar[str] = "shifts.left"
    shift_id: int
    away: Annotated[str, once_called("kind", now="away")]
    told: Sequence[str]
    held_until: datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class ShiftsBack(ShiftTime, Notice):
    """Leave was taken back."""

    kind: ClassVar[str] = "shifts.back"


@dataclass(frozen=True, slots=True)
class ShiftGap(ShiftTime, Notice):
    """A shift as it stands, and who is away from it (number 0: it has too few people)."""

    shift_id: int
    person_id: int
    name: str
    away: Annotated[str, once_called("kind", now="away")]
    crew: Sequence[CrewName]
    needed: int


@dataclass(frozen=True, slots=True)
class ShiftsAway(ShiftGap):
    """The card of a gap: who could come, and whether there are more; or who comes, and who saw to it."""

    kind: ClassVar[str] = "shifts.away"
    state: str
    free: Sequence[FreeName] = ()
    more: bool = False
    decided_at: datetime | None = None
    substitute: str = ""
    by: str = ""
    soon: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What begins soon rings through quiet hours."""
        return URGENT if self.soon else usual


@dataclass(frozen=True, slots=True)
class ShiftsChoice(ShiftGap):
    """A page of who could come."""

    kind: ClassVar[str] = "shifts.choice"
    before: int | None
    after: int | None
    free: Sequence[FreeName]


@dataclass(frozen=True, slots=True)
class StandIn(ShiftGap):
    """Who comes instead, by whom that was said; `held_until`: when they hear of it."""

    substitute: str
    by: str
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class ShiftsNamed(StandIn):
    """For who named the substitute."""

    kind: ClassVar[str] = "shifts.named"


@dataclass(frozen=True, slots=True)
class ShiftsSubstitute(StandIn):
    """For who is to come."""

    kind: ClassVar[str] = "shifts.substitute"
    soon: bool = field(default=False, kw_only=True)

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What begins soon rings through quiet hours."""
        return URGENT if self.soon else usual


@dataclass(frozen=True, slots=True)
class ShiftsStoodIn(StandIn):
    """For who is away."""

    kind: ClassVar[str] = "shifts.stood_in"
