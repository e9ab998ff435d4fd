"""What is said of spreadsheets, as facts."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.features.exports.sources import What
from bot.outbox.notices import Notice


@dataclass(frozen=True, slots=True)
class ExportAsk(Notice):
    """Which records there are to choose from."""

    kind: ClassVar[str] = "export.ask"
    whats: tuple[What, ...]


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area that records can be taken out of."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ExportWhen(Notice):
    """Of which time; and of which other area."""

    kind: ClassVar[str] = "export.when"
    what: What
    area_id: int
    area: str
    others: tuple[NamedArea, ...]


@dataclass(frozen=True, slots=True)
class ExportCard(Notice):
    """How far it is; read when it is shown."""

    kind: ClassVar[str] = "export.card"
    number: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a spreadsheet is: so many rows of so many, and in how many files."""

    what: str
    area: str
    since: date
    until: date
    state: str
    done: int
    total: int
    files: int


@dataclass(frozen=True, slots=True)
class ExportFile(Notice):
    """A part of it, by its key in the store, under the name it is sent with."""

    kind: ClassVar[str] = "export.file"
    key: str
    name: str
    number: int
    part: int
    parts: int
    rows: int
