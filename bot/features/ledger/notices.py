"""What is said of the ledger, as facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AliasChoices, Field

from bot.outbox.notices import Notice
from bot.views.keyboards import MainKeys
from models import EntryKind

# How many entries, how many of them carry a mark, and the sum of what is added up.
Counted = tuple[int, int, int]


class LedgerPeriod(StrEnum):
    """How long a ledger's period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class _Ledger(Notice):
    """A person's ledger of a period; `own`: the reader's."""

    person_id: int
    name: str
    own: bool
    period: LedgerPeriod
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class LedgerBoard(_Ledger):
    """The numbers of a period, kind by kind. It begins and ends at two moments; who joined within it is due
    from a third."""

    kind: ClassVar[str] = "ledger.board"
    area: str
    counts: Mapping[str, Counted]
    before: date
    after: date | None
    starts_at: datetime
    ends_at: datetime
    due_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An entry; `label` and `reference` of a hazard or a request."""

    id: int
    at: datetime
    until: datetime | None
    place: str
    words: str
    mark: str
    amount: int
    label: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""
    # What stands against it: `open`, `agreed` or `kept`.
    dispute: str = ""


@dataclass(frozen=True, slots=True)
class LedgerEntries(_Ledger):
    """A page of what stands behind a number; `before`, `after`: where the pages beside it begin."""

    kind: ClassVar[str] = "ledger.entries"
    what: EntryKind
    offset: int
    entries: tuple[LedgerEntry, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class LedgerPaper(LedgerBoard):
    """A period's ledger, to be printed or as a spreadsheet; its entries are read when it is made."""

    kind: ClassVar[str] = "ledger.certificate"
    at: datetime = field(kw_only=True)
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class FullPaper(LedgerPaper):
    """A paper, with every entry by its kind."""

    listed: Mapping[str, tuple[LedgerEntry, ...]] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class LedgerPerson:
    """Somebody who may be meant by a name; `sure`: it is theirs."""

    id: int
    name: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class LedgerPeople(Notice):
    """Several of the same name, or nobody."""

    kind: ClassVar[str] = "ledger.people"
    name: str
    people: tuple[LedgerPerson, ...]
    day: date


@dataclass(frozen=True, slots=True)
class DisputeSaid(Notice):
    """Something is said against an entry; read anew when it is sent."""

    kind: ClassVar[str] = "dispute.said"
    number: int


@dataclass(frozen=True, slots=True)
class DisputeAnswered(DisputeSaid):
    """What came of it."""

    kind: ClassVar[str] = "dispute.answered"


@dataclass(frozen=True, slots=True)
class Disputed:
    """What is said against an entry, and what came of it (nothing yet: empty)."""

    number: int
    name: str
    what: EntryKind
    words: str
    voice: str
    entry_at: datetime
    place: str
    outcome: str
    by: str


@dataclass(frozen=True, slots=True)
class DisputeVoice(Notice):
    """The voice note of it."""

    kind: ClassVar[str] = "dispute.voice"
    name: str
    voice: str


@dataclass(frozen=True, slots=True)
class MeritWritten(Notice):
    """An activity or a commendation stands in the reader's ledger."""

    kind: ClassVar[str] = "merit.written"
    # As it was called before, so that what waits is read.
    what: Annotated[EntryKind, Field(validation_alias=AliasChoices("what", "kind"))]
    words: str
    voice: str
    by: str


@dataclass(frozen=True, slots=True)
class LanguageChoice(Notice):
    """Which language to speak."""

    kind: ClassVar[str] = "language.choice"


@dataclass(frozen=True, slots=True)
class LanguageChanged(MainKeys, Notice):
    """From now on in this language."""

    kind: ClassVar[str] = "language.changed"


@dataclass(frozen=True, slots=True)
class AccountRoleChanged(MainKeys, Notice):
    """The roster says something else of the person now."""

    kind: ClassVar[str] = "account.role_changed"
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnCheckIn:
    """A check-in as its person sees it, with its times as they were corrected."""

    in_at: datetime
    out_at: datetime | None
    post: str
    late_minutes: int
    early_minutes: int
    grade: str
    distance: int | None
    evidence: str
    too_fast: bool
    made_by_other: bool
    corrected: bool
    closed_by_system: bool
    remark: str


@dataclass(frozen=True, slots=True)
class MyOlder(Notice):
    """A page of the own check-ins, newest first; `older`: the one to go on from (0: these were all)."""

    kind: ClassVar[str] = "my.older"
    entries: tuple[OwnCheckIn, ...]
    older: int


@dataclass(frozen=True, slots=True)
class My(MyOlder):
    """The own month so far, and the newest page. `minutes`: as they count after corrections, of an open
    stretch until now."""

    kind: ClassVar[str] = "my"
    month: int
    checkins: int
    minutes: int
    late: int
    corrections: int
    corrections_open: int
