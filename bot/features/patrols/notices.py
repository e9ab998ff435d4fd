"""What is said about patrols, as facts; and what a report shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.base.fixes import Rules
from bot.features.escalation.notices import LadderNotice
from bot.outbox.notices import REPLY, URGENT, DeliveryPolicy, Notice
from bot.views.keyboards import MainKeys


@dataclass(frozen=True, slots=True)
class Choice:
    """A section, or a checkpoint, on a button."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PatrolWhich(Notice):
    """Several sections may be walked: which one?"""

    kind: ClassVar[str] = "patrol.which"
    sections: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PatrolStarted(Notice):
    """Set out, where there are so many checkpoints (`stops`)."""

    kind: ClassVar[str] = "patrol.started"
    stops: int
    on_duty: bool


@dataclass(frozen=True, slots=True)
class CardStop:
    """A checkpoint, and when it was reached."""

    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CardItem:
    """An item of the checklist: whether it was noted, and something was said about it."""

    code: str
    zh_CN: str
    en: str
    noted: bool
    told: bool


@dataclass(frozen=True, slots=True)
class PatrolCard(Notice):
    """Where a patrol has got to; `page` and `about` say what is asked next."""

    kind: ClassVar[str] = "patrol.card"
    patrol_id: int
    section: str
    page: str
    started_at: datetime
    about: str
    stops: tuple[CardStop, ...]
    items: tuple[CardItem, ...]


@dataclass(frozen=True, slots=True)
class PatrolCardMoved(Notice):
    """The card stands further down now."""

    kind: ClassVar[str] = "patrol.card_moved"
    section: str


@dataclass(frozen=True, slots=True)
class PatrolCardOver(Notice):
    """The patrol is over."""

    kind: ClassVar[str] = "patrol.card_over"
    state: str
    started_at: datetime
    section: str


@dataclass(frozen=True, slots=True)
class PatrolCardDropped(Notice):
    """It was begun by mistake."""

    kind: ClassVar[str] = "patrol.card_dropped"


@dataclass(frozen=True, slots=True)
class PatrolNone(MainKeys, Notice):
    """Nobody is on patrol here, or (`dropped`) no longer."""

    kind: ClassVar[str] = "patrol.none"
    dropped: bool


@dataclass(frozen=True, slots=True)
class PatrolReached(Notice):
    """One more checkpoint; those left."""

    kind: ClassVar[str] = "patrol.reached"
    name: str
    left: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PatrolAgain(PatrolReached):
    """It was reached before."""

    kind: ClassVar[str] = "patrol.again"


@dataclass(frozen=True, slots=True)
class PatrolFar(Notice):
    """No checkpoint is near: the nearest one, and how many metres away."""

    kind: ClassVar[str] = "patrol.far"
    name: str
    distance: int


@dataclass(frozen=True, slots=True)
class PatrolNotedPlace(Notice):
    """A place on the way, where no checkpoint has one."""

    kind: ClassVar[str] = "patrol.noted_place"


@dataclass(frozen=True, slots=True)
class PatrolLive(Notice):
    """The way is followed from now on."""

    kind: ClassVar[str] = "patrol.live"


@dataclass(frozen=True, slots=True)
class PatrolPhoto(Notice):
    """A photo is of one of the checkpoints left, or of something that is not in order."""

    kind: ClassVar[str] = "patrol.photo"
    patrol_id: int
    photo_id: int
    left: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PatrolDetailKept(Notice):
    """Where words, a voice note or a photo went: the item (in its languages), or the remark (empty); `after`:
    the patrol was over."""

    kind: ClassVar[str] = "patrol.detail_kept"
    item_zh: str = ""
    item_en: str = ""
    after: bool = False


@dataclass(frozen=True, slots=True)
class PatrolFinished(MainKeys, Notice):
    """Handed in."""

    kind: ClassVar[str] = "patrol.finished"
    minutes: int


@dataclass(frozen=True, slots=True)
class PatrolReport(Notice):
    """A report, read when it is sent. `items`: names of what the checklist holds, by code and language;
    `rules`: how its track is read; `drawn`: with its map (None: for its maker); `at_once`: it was asked for,
    or is its maker's."""

    kind: ClassVar[str] = "patrol.report"
    patrol_id: int
    items: Mapping[str, Mapping[str, str]]
    rules: Rules
    drawn: bool | None = None
    at_once: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What was asked for comes at once."""
        return REPLY if self.at_once else usual


@dataclass(frozen=True, slots=True)
class ReachedStop:
    """A checkpoint that was reached."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundItem:
    """What was not in order, with how many photos, and the hazard it became."""

    item: str
    words: str
    voice: bool
    photos: int
    hazard: str


@dataclass(frozen=True, slots=True)
class MapStop:
    """A checkpoint on the map."""

    name: str
    latitude: float
    longitude: float
    reached: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PatrolMap:
    """What the map shows: places are [latitude, longitude]."""

    line: list[list[float]]
    checkpoints: tuple[MapStop, ...]
    track: list[list[list[float]]]
    gaps: list[list[list[float]]]
    silent_minutes: int


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What a report shows; `own`: to its maker."""

    patrol_id: int
    items: Mapping[str, Mapping[str, str]]
    name: str
    area: str
    section: str
    state: str
    started_at: datetime
    ended_at: datetime
    metres: int | None
    minutes: int | None
    coverage: int | None
    total: int
    missed: tuple[str, ...]
    words: str
    voice: bool
    reached: tuple[ReachedStop, ...]
    found: tuple[FoundItem, ...]
    own: bool
    drawing: PatrolMap | None


@dataclass(frozen=True, slots=True)
class PatrolVoice(Notice):
    """The remark as it was spoken."""

    kind: ClassVar[str] = "patrol.voice"
    name: str
    started_at: datetime
    voice: str


@dataclass(frozen=True, slots=True)
class PatrolClosed(Notice):
    """Nobody handed it in before the shift was over; `place`: whether duty asks for the place."""

    kind: ClassVar[str] = "patrol.closed"
    patrol_id: int
    place: bool


@dataclass(frozen=True, slots=True)
class ShownClosed(MainKeys):
    """The same with what was missed, and the reader's keys."""

    section: str
    started_at: datetime
    ended_at: datetime
    total: int
    missed: tuple[str, ...]
    reached: tuple[ReachedStop, ...]


@dataclass(frozen=True, slots=True)
class PatrolDue(LadderNotice):
    """Planned, and nobody has set out: for the crew, and then for those above."""

    kind: ClassVar[str] = "patrol.due_names"

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Those above are let sleep."""
        return usual if self.level > 1 else URGENT


@dataclass(frozen=True, slots=True)
class DuePatrol:
    """A patrol that was to start then."""

    section: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DuePatrols:
    """Those that a reader may know of."""

    level: int
    open: tuple[DuePatrol, ...]


@dataclass(frozen=True, slots=True)
class ListedPatrol:
    """A patrol in short."""

    patrol_id: int
    name: str
    section: str
    area: str
    started_at: datetime
    ended_at: datetime | None
    state: str
    reached: int
    total: int
    found: int


@dataclass(frozen=True, slots=True)
class PatrolList(Notice):
    """A page of patrols, newest first; `after`: where the next one begins. `today`: how many count for
    today's work day, and how many of these reached every checkpoint."""

    kind: ClassVar[str] = "patrol.list"
    entries: tuple[ListedPatrol, ...]
    after: int | None
    offset: int
    today: int
    complete: int
