"""What is said of spreadsheets, as facts."""

from datetime import date

from bot.base.facts import Struct
from bot.features.exports.sources import What
from bot.outbox.notices import Notice


class ExportAsk(Notice, kind="export.ask"):
    """Which records there are to choose from."""

    whats: tuple[What, ...]


class NamedArea(Struct):
    """An area that records can be taken out of."""

    id: int
    name: str


class ExportWhen(Notice, kind="export.when"):
    """Of which time; and of which other area."""

    what: What
    area_id: int
    area: str
    others: tuple[NamedArea, ...]


class ExportCard(Notice, kind="export.card"):
    """How far it is; read when it is shown."""

    number: int


class Progress(Struct):
    """How far a spreadsheet is: so many rows of so many, and in how many files."""

    what: str
    area: str
    since: date
    until: date
    state: str
    done: int
    total: int
    files: int


class ExportFile(Notice, kind="export.file"):
    """A part of it, by its key in the store, under the name it is sent with."""

    key: str
    name: str
    number: int
    part: int
    parts: int
    rows: int
