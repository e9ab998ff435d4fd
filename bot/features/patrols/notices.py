"""What is said about patrols, as facts; and what a report shows."""

from collections.abc import Mapping
from datetime import datetime

from bot.base.facts import Struct
from bot.base.fixes import Rules
from bot.features.escalation.notices import LadderNotice
from bot.outbox.notices import REPLY, URGENT, DeliveryPolicy, Notice
from bot.views.keyboards import MainKeys


class Choice(Struct):
    """A section, or a checkpoint, on a button."""

    id: int
    name: str


class PatrolWhich(Notice, kind="patrol.which"):
    """Several sections may be walked: which one?"""

    sections: tuple[Choice, ...]


class PatrolStarted(Notice, kind="patrol.started"):
    """Set out, where there are so many checkpoints (`stops`)."""

    stops: int
    on_duty: bool


class CardStop(Struct):
    """A checkpoint, and when it was reached."""

    name: str
    at: datetime | None


class CardItem(Struct):
    """An item of the checklist: whether it was noted, and something was said about it."""

    code: str
    zh_CN: str
    en: str
    noted: bool
    told: bool


class PatrolCard(Notice, kind="patrol.card"):
    """Where a patrol has got to; `page` and `about` say what is asked next."""

    patrol_id: int
    section: str
    page: str
    started_at: datetime
    about: str
    stops: tuple[CardStop, ...]
    items: tuple[CardItem, ...]


class PatrolCardMoved(Notice, kind="patrol.card_moved"):
    """The card stands further down now."""

    section: str


class PatrolCardOver(Notice, kind="patrol.card_over"):
    """The patrol is over."""

    state: str
    started_at: datetime
    section: str


class PatrolCardDropped(Notice, kind="patrol.card_dropped"):
    """It was begun by mistake."""


class PatrolNone(MainKeys, Notice, kind="patrol.none"):
    """Nobody is on patrol here, or (`dropped`) no longer."""

    dropped: bool


class PatrolReached(Notice, kind="patrol.reached"):
    """One more checkpoint; those left."""

    name: str
    left: tuple[Choice, ...]


class PatrolAgain(PatrolReached, kind="patrol.again"):
    """It was reached before."""


class PatrolFar(Notice, kind="patrol.far"):
    """No checkpoint is near: the nearest one, and how many metres away."""

    name: str
    distance: int


class PatrolNotedPlace(Notice, kind="patrol.noted_place"):
    """A place on the way, where no checkpoint has one."""


class PatrolLive(Notice, kind="patrol.live"):
    """The way is followed from now on."""


class PatrolPhoto(Notice, kind="patrol.photo"):
    """A photo is of one of the checkpoints left, or of something that is not in order."""

    patrol_id: int
    photo_id: int
    left: tuple[Choice, ...]


class PatrolDetailKept(Notice, kind="patrol.detail_kept"):
    """Where words, a voice note or a photo went: the item (in its languages), or the remark (empty); `after`:
    the patrol was over."""

    item_zh: str = ""
    item_en: str = ""
    after: bool = False


class PatrolFinished(MainKeys, Notice, kind="patrol.finished"):
    """Handed in."""

    minutes: int


class PatrolReport(Notice, kind="patrol.report"):
    """A report, read when it is sent. `items`: names of what the checklist holds, by code and language;
    `rules`: how its track is read; `drawn`: with its map (None: for its maker); `at_once`: it was asked for,
    or is its maker's."""

    patrol_id: int
    items: Mapping[str, Mapping[str, str]]
    rules: Rules
    drawn: bool | None = None
    at_once: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What was asked for comes at once."""
        return REPLY if self.at_once else usual


class ReachedStop(Struct):
    """A checkpoint that was reached."""

    name: str
    at: datetime


class FoundItem(Struct):
    """What was not in order, with how many photos, and the hazard it became."""

    item: str
    words: str
    voice: bool
    photos: int
    hazard: str


class MapStop(Struct):
    """A checkpoint on the map."""

    name: str
    latitude: float
    longitude: float
    reached: bool
    at: datetime | None


class PatrolMap(Struct):
    """What the map shows: places are [latitude, longitude]."""

    line: list[list[float]]
    checkpoints: tuple[MapStop, ...]
    track: list[list[list[float]]]
    gaps: list[list[list[float]]]
    silent_minutes: int


class ShownReport(Struct):
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


class PatrolVoice(Notice, kind="patrol.voice"):
    """The remark as it was spoken."""

    name: str
    started_at: datetime
    voice: str


class PatrolClosed(Notice, kind="patrol.closed"):
    """Nobody handed it in before the shift was over; `place`: whether duty asks for the place."""

    patrol_id: int
    place: bool


class ShownClosed(MainKeys):
    """The same with what was missed, and the reader's keys."""

    section: str
    started_at: datetime
    ended_at: datetime
    total: int
    missed: tuple[str, ...]
    reached: tuple[ReachedStop, ...]


class PatrolDue(LadderNotice, kind="patrol.due_names"):
    """Planned, and nobody has set out: for the crew, and then for those above."""

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Those above are let sleep."""
        return usual if self.level > 1 else URGENT


class DuePatrol(Struct):
    """A patrol that was to start then."""

    section: str
    place: str
    at: datetime


class DuePatrols(Struct):
    """Those that a reader may know of."""

    level: int
    open: tuple[DuePatrol, ...]


class ListedPatrol(Struct):
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


class PatrolList(Notice, kind="patrol.list"):
    """A page of patrols, newest first; `after`: where the next one begins. `today`: how many count for
    today's work day, and how many of these reached every checkpoint."""

    entries: tuple[ListedPatrol, ...]
    after: int | None
    offset: int
    today: int
    complete: int
