"""What is said about hazards, as facts."""

from dataclasses import field
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

from bot.base.facts import Struct
from bot.features.cases import notices as cases
from bot.features.cases.notices import Family, Label
from bot.outbox.notices import URGENT, DeliveryPolicy, MayAnswer, Notice, once_called
from bot.photos.notices import PhotoLook

HAZARDS = Family(
    "H", "hazard", "hz", "hb", done="fixed", look="check", list_words=("隐患清单", "隐患台账"), narrows=True
)


class OfHazard:
    """It is about hazards."""

    __slots__ = ()
    family = HAZARDS


class ByHazardId(OfHazard, Struct, kw_only=True):
    """It names one by `hazard_id`."""

    hazard_id: int

    @property
    def case_id(self) -> int:
        """Its number in its table."""
        return self.hazard_id


class HazardMoved(ByHazardId, cases.CaseMoved, kind="hazard.moved", kw_only=True):
    """What stands where a hazard's living message was."""


class HazardUndone(cases.CaseUndone, kind="hazard.undone"):
    """It was taken back."""


class HazardReceipt(ByHazardId, cases.CaseReceipt, kw_only=True):
    """What whoever acted is answered; `undo`: it can be taken back for a minute."""

    undo: bool = False
    urgent: bool = False


class HazardSent(HazardReceipt, kind="hazard.sent", kw_only=True):
    """It has a number, and these know of it."""


class HazardJoined(HazardReceipt, kind="hazard.joined", kw_only=True):
    """It went to the one that was there."""


class HazardToldFixed(HazardReceipt, kind="hazard.told_fixed", kw_only=True):
    """It is put right; these are asked to look."""


class HazardToldPartly(HazardReceipt, kind="hazard.told_partly", kw_only=True):
    """It is not right yet, or cannot be; `more`: time was asked for."""

    more: bool = False


class HazardSentBack(HazardReceipt, kind="hazard.sent_back", kw_only=True):
    """Back to who is to put it right."""


class HazardAssigned(HazardReceipt, cases.CaseAssigned, kind="hazard.assigned", kw_only=True):
    """Somebody is to put it right."""


class HazardRemarked(ByHazardId, cases.CaseRef, Notice, kind="hazard.remarked", kw_only=True):
    """What was said, or shown (`photo`), stands with it; these hear of it."""

    told: tuple[str, ...]
    photo: bool = False


class HazardWorkAdded(ByHazardId, cases.CaseRef, Notice, kind="hazard.work_added", kw_only=True):
    """One more photo of the work, of so many; `photo` (0: none) can be said to be of something else."""

    count: int
    photo: int


class HazardPhotoShown(ByHazardId, cases.CaseRef, Notice, kind="hazard.photo", kw_only=True):
    """One of its photos, and what it shows."""

    photo: int
    shows: str


class HazardVoice(ByHazardId, cases.CaseVoice, kind="hazard.voice", kw_only=True):
    """A voice note."""


class HazardHistory(ByHazardId, cases.CaseHistory, kind="hazard.history", kw_only=True):
    """What happened so far."""


class HazardLine(OfHazard, cases.CaseLine, kw_only=True):
    """A hazard as a list tells it."""

    severity: str
    place: str
    post: str | None

    @property
    def where(self) -> tuple[str | None, ...]:
        """Area, post, and the reporter's words."""
        return self.area, self.post, self.place


class HazardWaiting(OfHazard, cases.CaseWaiting, kind="hazard.waiting"):
    """What is the reader's to see to."""

    rows: tuple[HazardLine, ...]


class LateHazard(ByHazardId, cases.LateCase, kw_only=True):
    """A hazard that nobody sees to."""

    post: str | None
    checkpoint: str | None
    place: str
    fixer: str | None
    state: str

    @property
    def where(self) -> tuple[str | None, ...]:
        """Area, post or checkpoint, and the reporter's words."""
        return self.area, self.post, self.checkpoint, self.place

    @property
    def unseen(self) -> tuple[str, str]:
        """It is put right, and nobody has looked."""
        return "hazard-late-unseen", self.fixer or ""


class HazardSoon(OfHazard, cases.CasesSoon, kind="hazard.soon", kw_only=True):
    """What is due soon."""

    rows: tuple[LateHazard, ...] = ()


class HazardLate(OfHazard, cases.CasesLate, kind="hazard.late_own", kw_only=True):
    """What nobody has seen to."""

    rows: tuple[LateHazard, ...] = ()


class HazardCard(MayAnswer, kind="hazard.card"):
    """A hazard's living message; how it stands is read when it is sent."""

    hazard_id: int
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What is urgent goes through quiet hours."""
        return super().travels(URGENT if self.urgent else usual)


class HazardSaid(Struct):
    """What somebody said in between."""

    at: datetime
    words: str
    voice: bool
    name: str


class HazardShown(ByHazardId, cases.CaseShown, kw_only=True):
    """A hazard as its living message shows it; photos by number, the one of `after_at` came from
    `after_by`."""

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


class HazardBoard(OfHazard, cases.CaseBoard, kind="hazard.board", kw_only=True):
    """A page of a list."""

    rows: tuple[HazardLine, ...]


class HazardCategory(Struct):
    """A category by its code, and what it is called."""

    code: str
    label: Label


class HazardBoardKinds(OfHazard, Notice, kind="hazard.board_kinds"):
    """The categories that a list can be narrowed to."""

    board: str
    area_id: int
    kinds: tuple[HazardCategory, ...]


class HazardBoardAreas(OfHazard, cases.CaseBoardAreas, kind="hazard.board_areas", kw_only=True):
    """A list area by area."""


class MappedHazard(Struct):
    """A hazard on the map."""

    number: int
    severity: str
    state: str
    due_at: datetime
    latitude: float
    longitude: float


class MappedPlace(Struct):
    """A post, or an area, on the map."""

    name: str
    latitude: float
    longitude: float


class HazardMap(OfHazard, Notice, kind="hazard.map", kw_only=True):
    """The map of a list."""

    board: str
    area: str
    narrowed: Annotated[Label, once_called("kind", now="narrowed")] = field(default_factory=dict)
    rows: tuple[MappedHazard, ...]
    posts: tuple[MappedPlace, ...]
    places: tuple[MappedPlace, ...] = ()
    total: int
    most: int
