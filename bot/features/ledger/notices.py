"""What is said of the ledger, as facts."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AliasChoices, Field

from bot.base.facts import Struct
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


class _Ledger(Notice):
    """A person's ledger of a period; `own`: the reader's."""

    person_id: int
    name: str
    own: bool
    period: LedgerPeriod
    first: date
    last: date


class LedgerBoard(_Ledger, kind="ledger.board"):
    """The numbers of a period, kind by kind. It begins and ends at two moments; who joined within it is due
    from a third."""

    area: str
    counts: Mapping[str, Counted]
    before: date
    after: date | None
    starts_at: datetime
    ends_at: datetime
    due_from: datetime | None = None


class LedgerEntry(Struct):
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


class LedgerEntries(_Ledger, kind="ledger.entries"):
    """A page of what stands behind a number; `before`, `after`: where the pages beside it begin."""

    what: EntryKind
    offset: int
    entries: tuple[LedgerEntry, ...]
    before: int | None
    after: int | None


class LedgerPaper(LedgerBoard, kind="ledger.certificate"):
    """A period's ledger, to be printed or as a spreadsheet; its entries are read when it is made."""

    at: datetime = field(kw_only=True)
    sheet: bool = False


class FullPaper(LedgerPaper):
    """A paper, with every entry by its kind."""

    listed: Mapping[str, tuple[LedgerEntry, ...]] = field(kw_only=True)


class LedgerPerson(Struct):
    """Somebody who may be meant by a name; `sure`: it is theirs."""

    id: int
    name: str
    sure: bool = True


class LedgerPeople(Notice, kind="ledger.people"):
    """Several of the same name, or nobody."""

    name: str
    people: tuple[LedgerPerson, ...]
    day: date


class DisputeSaid(Notice, kind="dispute.said"):
    """Something is said against an entry; read anew when it is sent."""

    number: int


class DisputeAnswered(DisputeSaid, kind="dispute.answered"):
    """What came of it."""


class Disputed(Struct):
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


class DisputeVoice(Notice, kind="dispute.voice"):
    """The voice note of it."""

    name: str
    voice: str


class MeritWritten(Notice, kind="merit.written"):
    """An activity or a commendation stands in the reader's ledger."""

    # As it was called before, so that what waits is read.
    what: Annotated[EntryKind, Field(validation_alias=AliasChoices("what", "kind"))]
    words: str
    voice: str
    by: str


class LanguageChoice(Notice, kind="language.choice"):
    """Which language to speak."""


class LanguageChanged(MainKeys, Notice, kind="language.changed"):
    """From now on in this language."""


class AccountRoleChanged(MainKeys, Notice, kind="account.role_changed"):
    """The roster says something else of the person now."""

    roles: tuple[str, ...]


class OwnCheckIn(Struct):
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


class MyOlder(Notice, kind="my.older"):
    """A page of the own check-ins, newest first; `older`: the one to go on from (0: these were all)."""

    entries: tuple[OwnCheckIn, ...]
    older: int


class My(MyOlder, kind="my"):
    """The own month so far, and the newest page. `minutes`: as they count after corrections, of an open
    stretch until now."""

    month: int
    checkins: int
    minutes: int
    late: int
    corrections: int
    corrections_open: int
