"""What is said about hazards, as facts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

from bot.features.cases import notices as cases
from bot.features.cases.notices import Family, Label
from bot.outbox.notices import URGENT, DeliveryPolicy, Notice, once_called
from bot.photos.notices import PhotoLook

HAZARDS = Family("H", "hazard", "hz", "hb", done="fixed", look="check", list_words=("隐患清单", "隐患台账"))


class OfHazard:
    """It is about hazards."""

    __slots__ = ()
    family = HAZARDS


class ByHazardId(OfHazard):
    """It names one by `hazard_id`."""

    __slots__ = ()
    hazard_id: int

    @property
    def case_id(self) -> int:
        """Its number in its table."""
        return self.hazard_id


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardMoved(ByHazardId, cases.CaseMoved):
    """What stands where a hazard's living message was."""

    kind = "hazard.moved"
    hazard_id: int


@dataclass(frozen=True, slots=True)
class HazardUndone(cases.CaseUndone):
    """It was taken back."""

    kind = "hazard.undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardReceipt(ByHazardId, cases.CaseReceipt):
    """What whoever acted is answered; `undo`: it can be taken back for a minute."""

    hazard_id: int
    undo: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardSent(HazardReceipt):
    """It has a number, and these know of it."""

    kind = "hazard.sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardJoined(HazardReceipt):
    """It went to the one that was there."""

    kind = "hazard.joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardToldFixed(HazardReceipt):
    """It is put right; these are asked to look."""

    kind = "hazard.told_fixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardToldPartly(HazardReceipt):
    """It is not right yet, or cannot be; `more`: time was asked for."""

    kind = "hazard.told_partly"
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardSentBack(HazardReceipt):
    """Back to who is to put it right."""

    kind = "hazard.sent_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardAssigned(HazardReceipt):
    """Who has it now, or who is on it besides (`joint`)."""

    kind = "hazard.assigned"
    to: str = ""
    joint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardRemarked(ByHazardId, cases.CaseRef, Notice):
    """What was said, or shown (`photo`), stands with it; these hear of it."""

    kind = "hazard.remarked"
    hazard_id: int
    told: tuple[str, ...]
    photo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardWorkAdded(ByHazardId, cases.CaseRef, Notice):
    """One more photo of the work, of so many; `photo` (0: none) can be said to be of something else."""

    kind = "hazard.work_added"
    hazard_id: int
    count: int
    photo: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardPhotoShown(ByHazardId, cases.CaseRef, Notice):
    """One of its photos, and what it shows."""

    kind = "hazard.photo"
    hazard_id: int
    photo: int
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardVoice(ByHazardId, cases.CaseVoice):
    """A voice note."""

    kind = "hazard.voice"
    hazard_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardHistory(ByHazardId, cases.CaseHistory):
    """What happened so far."""

    kind = "hazard.history"
    hazard_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardLine(OfHazard, cases.CaseLine):
    """A hazard as a list tells it."""

    severity: str
    place: str
    post: str | None

    @property
    def where(self) -> tuple[str | None, ...]:
        """Area, post, and the reporter's words."""
        return self.area, self.post, self.place


@dataclass(frozen=True, slots=True)
class HazardWaiting(OfHazard, cases.CaseWaiting):
    """What is the reader's to see to."""

    kind = "hazard.waiting"
    rows: tuple[HazardLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateHazard(ByHazardId, cases.LateCase):
    """A hazard that nobody sees to."""

    hazard_id: int
    post: str | None
    checkpoint: str | None
    place: str
    fixer: str
    state: str

    @property
    def where(self) -> tuple[str | None, ...]:
        """Area, post or checkpoint, and the reporter's words."""
        return self.area, self.post, self.checkpoint, self.place

    @property
    def unseen(self) -> tuple[str, str]:
        """It is put right, and nobody has looked."""
        return "hazard-late-unseen", self.fixer


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardSoon(OfHazard, cases.CasesSoon):
    """What is due soon."""

    kind = "hazard.soon"
    rows: tuple[LateHazard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardLate(OfHazard, cases.CasesLate):
    """What nobody has seen to."""

    kind = "hazard.late_own"
    rows: tuple[LateHazard, ...] = ()


@dataclass(frozen=True, slots=True)
class HazardCard(Notice):
    """A hazard's living message; how it stands is read when it is sent."""

    kind = "hazard.card"
    hazard_id: int
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What is urgent goes through quiet hours."""
        return URGENT if self.urgent else usual


@dataclass(frozen=True, slots=True)
class OwnHazardCard(HazardCard):
    """The same for who acts just now."""

    kind = "hazard.card_own"

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """It is an answer."""
        return usual


@dataclass(frozen=True, slots=True)
class HazardSaid:
    """What somebody said in between."""

    at: datetime
    words: str
    voice: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardShown(ByHazardId, cases.CaseShown):
    """A hazard as its living message shows it; photos by number, the one of `after_at` came from
    `after_by`."""

    hazard_id: int
    severity: str
    post: str | None = None
    checkpoint: str | None = None
    place: str
    latitude: float | None = None
    longitude: float | None = None
    reporter: str
    reported_at: datetime
    fixer: str | None = None
    fixed_at: datetime | None = None
    verifier: str | None = None
    before: tuple[int, ...]
    after: tuple[int, ...]
    after_at: datetime | None = None
    after_by: str = ""
    remark: Annotated[HazardSaid | None, BeforeValidator(lambda told: told or None)]
    look: tuple[PhotoLook, ...]

    @property
    def where(self) -> tuple[str | None, ...]:
        """Area, post or checkpoint, and the reporter's words."""
        return self.area, self.post, self.checkpoint, self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardBoard(OfHazard, cases.CaseBoard):
    """A page of a list."""

    kind = "hazard.board"
    rows: tuple[HazardLine, ...]


@dataclass(frozen=True, slots=True)
class HazardCategory:
    """A category by its code, and what it is called."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class HazardBoardKinds(OfHazard, Notice):
    """The categories that a list can be narrowed to."""

    kind = "hazard.board_kinds"
    board: str
    area_id: int
    kinds: tuple[HazardCategory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardBoardAreas(OfHazard, cases.CaseBoardAreas):
    """A list area by area."""

    kind = "hazard.board_areas"


@dataclass(frozen=True, slots=True)
class MappedHazard:
    """A hazard on the map."""

    number: int
    severity: str
    state: str
    due_at: datetime
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class MappedPlace:
    """A post, or an area, on the map."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardMap(OfHazard, Notice):
    """The map of a list."""

    kind = "hazard.map"
    board: str
    area: str
    narrowed: Annotated[Label, once_called("kind", now="narrowed")] = field(default_factory=dict)
    rows: tuple[MappedHazard, ...]
    posts: tuple[MappedPlace, ...]
    places: tuple[MappedPlace, ...] = ()
    total: int
    most: int
