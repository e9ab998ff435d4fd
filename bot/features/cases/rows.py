"""Cases and what belongs to them, as they are read."""

from abc import ABC, abstractmethod
from datetime import datetime

from bot.base.facts import Struct
from bot.features.cases.notices import CaseEvent, Label


class CaseRow(Struct, ABC, kw_only=True):
    """A case as it stands: every column, with the names of its area and people."""

    id: int
    year: int
    number: int
    area_id: int
    category: str
    label: Label
    words: str
    voice: str
    state: str
    due_at: datetime
    told_due_at: datetime | None
    wished_due_at: datetime | None
    wished_by: int | None
    closed_at: datetime | None
    version: int
    path: str
    area: str
    wisher: str | None

    @property
    @abstractmethod
    def begun_by(self) -> int:
        """Who made it known."""

    @property
    @abstractmethod
    def begun_at(self) -> datetime:
        """When that was."""

    @property
    def urgent(self) -> bool:
        """Whether it reaches people at once, through quiet hours."""
        return False


class Assignee(Struct):
    """A unit, or a person, that is named now; `responsible`: answers for it."""

    id: int
    area_id: int
    path: str
    area: str
    person_id: int | None
    person: str | None
    responsible: bool

    @property
    def name(self) -> str:
        """Of the person, else of the unit."""
        return self.person or self.area


class LeftAssignee(Struct):
    """Somebody named who left; `number` is that of the case."""

    id: int
    number: int
    person_id: int | None
    responsible: bool


class Voice(Struct):
    """A voice note (Telegram's file id), and who spoke (None: the clock told of it)."""

    voice: str
    name: str | None


class Spoken(Struct):
    """What was said with a step."""

    id: int
    step: str
    words: str
    voice: str


class Event(Struct):
    """A step as it was written down."""

    at: datetime
    step: str
    words: str
    voice: str
    facts: dict[str, str]
    name: str | None

    def told(self) -> CaseEvent:
        """The same for a message."""
        until = self.facts.get("until")
        return CaseEvent(
            at=self.at, name=self.name or "", step=self.step, words=self.words, voice=bool(self.voice),
            to=self.facts.get("to", ""), until=datetime.fromisoformat(until) if until else None,
        )  # fmt: skip


class LadderSubject(Struct):
    """What a ladder is about: `hazard_due:12:2612021000`. `as_of` is the version, or the due time, that it
    was set up for; where the case has another by now, it is not needed any more."""

    kind: str
    number: int
    as_of: str = ""

    def __str__(self) -> str:
        return ":".join(filter(None, (self.kind, str(self.number), self.as_of)))

    @classmethod
    def parse(cls, subject: str) -> "LadderSubject":
        """The same read back."""
        kind, number, *rest = subject.split(":")
        return cls(kind, int(number), rest[0] if rest else "")
