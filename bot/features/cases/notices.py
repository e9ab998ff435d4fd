"""What is said about cases, whatever their kind, as facts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from bot.base.facts import Struct
from bot.features.escalation.notices import LadderNotice
from bot.outbox.notices import Notice, once_called

# What a category is called in each language, and its icon: `zh_CN`, `en`, `icon`.
Label = Mapping[str, str]
# Where nobody stops counting.
EVERY = 1_000_000


class Family(Struct):
    """A kind of case as people read it. `letter` begins its references, `name` its texts and its actions,
    `keys` and `pages` what the buttons of a case and of its lists say, and `list_words` open these, which
    are narrowed to categories where it `narrows`. `done` is the state of what is said to be done; `look` is
    what is to be done about that."""

    letter: str
    name: str
    keys: str
    pages: str
    done: str
    look: str
    list_words: tuple[str, ...] = ()
    narrows: bool = False

    def reference(self, year: int, number: int) -> str:
        """What one is called: H-2026-000123."""
        return f"{self.letter}-{year}-{number:06d}"


class CaseRef(Struct, ABC, kw_only=True):
    """A case: what it is called, and of what category it is."""

    family: ClassVar[Family]

    year: int
    number: int
    label: Label = field(default_factory=dict)

    @property
    def called(self) -> str:
        """H-2026-000123."""
        return self.family.reference(self.year, self.number)

    @property
    @abstractmethod
    def case_id(self) -> int:
        """Its number in its table."""


class CaseMoved(CaseRef, Notice, kw_only=True):
    """What stands where a living message was. A photo stays: a message cannot lose it without being sent
    anew."""

    photo: int | None = None


class CaseUndone(Notice):
    """It was taken back."""

    reference: str


class CaseReceipt(CaseRef, Notice, kw_only=True):
    """What whoever acted is answered: when it is due, before whom it lies, and from when on at night."""

    due_at: datetime
    told: tuple[str, ...]
    held_until: datetime | None = None


class CaseAssigned(CaseReceipt, kw_only=True):
    """Who has it now, or who is on it besides (`joint`)."""

    to: str = ""
    joint: bool = False


class CaseVoice(CaseRef, Notice, kw_only=True):
    """A voice note (Telegram's file id), and who spoke."""

    voice: str
    name: str | None


class CaseEvent(Struct, kw_only=True):
    """One thing that happened; `to`: who was named, `until`: which time was asked for, granted or not."""

    at: datetime
    name: str
    step: str
    words: str = ""
    voice: bool = False
    to: str = ""
    until: Annotated[datetime | None, BeforeValidator(lambda told: told or None)] = None


class CaseHistory(CaseRef, Notice, kw_only=True):
    """What happened so far."""

    events: tuple[CaseEvent, ...]


class CaseLine(CaseRef, kw_only=True):
    """A case as a list tells it."""

    id: int
    state: str
    due_at: datetime
    area: str

    @property
    def case_id(self) -> int:
        """Its number in its table."""
        return self.id

    @property
    def where(self) -> tuple[str | None, ...]:
        """Where it is, from the area down."""
        return (self.area,)


class CaseWaiting(Notice):
    """What is the reader's to see to, the soonest due first."""

    family: ClassVar[Family]

    rows: tuple[CaseLine, ...]


class LateCase(CaseRef, kw_only=True):
    """A case that nobody sees to; `why` is the kind of the ladder, `open` whether it still stands so."""

    why: str
    open: bool
    area: str
    due_at: datetime
    named: tuple[str, ...]

    @property
    def where(self) -> tuple[str | None, ...]:
        """Where it is, from the area down."""
        return (self.area,)

    @property
    @abstractmethod
    def unseen(self) -> tuple[str, str]:
        """For what is done and was not looked at: the key of its text, and who is named there."""


class CasesSoon(LadderNotice, kw_only=True):
    """What the reader has and what is due soon, by the ladders' subjects."""

    family: ClassVar[Family]

    # Read anew when it is sent.
    rows: tuple[LateCase, ...] = ()


class CasesLate(CasesSoon, kw_only=True):
    """What nobody has seen to, for who has it (level 0) and those above."""


class CaseShown(CaseRef, kw_only=True):
    """A case as its living message shows it to one reader; `acts`: what this reader may do."""

    state: str
    area: str
    words: str
    due_at: datetime
    closed_at: datetime | None = None
    wished_due_at: datetime | None = None
    wisher: str | None = None
    version: int
    voice: bool
    named: tuple[str, ...]
    # What was said last that whoever looks at it now should read.
    said: str
    said_voice: bool
    said_step: str
    acts: tuple[str, ...]


class CaseBoard(Notice, kw_only=True):
    """A page of a list. `most`: how far it was counted."""

    family: ClassVar[Family]

    board: str
    boards: tuple[str, ...]
    area_id: int
    area: str
    category: str = ""
    # What the category is called that it is narrowed to.
    narrowed: Annotated[Label, once_called("kind", now="narrowed")] = field(default_factory=dict)
    offset: int
    size: int
    more: bool | None = None
    total: int
    most: int = EVERY
    below: bool
    rows: tuple[CaseLine, ...]


class CountedArea(Struct):
    """An area, and how many cases are open there."""

    area_id: int
    name: str
    count: int


class CaseBoardAreas(Notice, kw_only=True):
    """A list area by area."""

    family: ClassVar[Family]

    board: str
    category: str = ""
    area: str
    areas: tuple[CountedArea, ...]
    most: int = EVERY
