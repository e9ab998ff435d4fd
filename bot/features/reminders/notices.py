"""What reminders and the mornings say, as facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from bot.base.facts import Facts
from bot.outbox.notices import DeliveryPolicy, Lane, Notice, Quiet


@dataclass(frozen=True, slots=True)
class TimesEntry:
    """Something whose time can be chosen, and how it stands in an area: `by` whom above, or `own`; `usual` is
    empty for what follows shifts and due dates; a rule is called by its words."""

    code: str
    time: str
    usual: str
    is_on: bool
    own: bool
    by: str
    zh_CN: str
    en: str


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area that a button leads to."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class TimesOverview(Notice):
    """Everything that can be chosen in an area; other areas."""

    kind: ClassVar[str] = "times.overview"
    area_id: int
    area: str
    entries: tuple[TimesEntry, ...]
    others: tuple[NamedArea, ...]


@dataclass(frozen=True, slots=True)
class TimesOne(TimesEntry, Notice):
    """One of them, and what may be chosen; `today`: what becomes of today's: `now`, `tomorrow`, `out`, or
    nothing to be told."""

    kind: ClassVar[str] = "times.one"
    area_id: int
    area: str
    offers: tuple[str, ...]
    earliest: str
    latest: str
    leeways: tuple[int, ...]
    today: str = ""


@dataclass(frozen=True, slots=True)
class Reminder(Notice):
    """A rule's own words, and what they are about, read anew when they are sent; `through` quiet hours."""

    kind: ClassVar[str] = "reminder.reminder_held"
    zh_CN: str
    en: str
    # A shift, a hazard or a role, by its number; of a shift, which of its people, and of which moment.
    about: str = ""
    who: str = ""
    id: int = 0
    moment: datetime | None = None
    at_end: bool = False
    through: bool = False
    place: str = ""
    what: str = ""
    start: datetime | None = None
    end: datetime | None = None
    due: datetime | None = None

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Held, unless the rule says otherwise."""
        return replace(usual, quiet=Quiet.THROUGH) if self.through else usual


@dataclass(frozen=True, slots=True)
class UrgentReminder(Reminder):
    """One that rings."""

    kind: ClassVar[str] = "reminder.urgent_held"


@dataclass(frozen=True, slots=True)
class DigestItem:
    """Something that waits for somebody: `who` and `what` it is about, or for a hazard or request where it
    is; those two have a `label` and a `number`, and may be nobody's (`unnamed`)."""

    subject: str
    kind: str
    who: str
    what: str
    at: datetime
    about: int
    taken_by: int | None = None
    label: Mapping[str, str] | None = None
    number: int = 0
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Digest(Notice):
    """What waits: some in full, `more` by their subjects; in the morning it was so many (`of`)."""

    kind: ClassVar[str] = "digest"
    items: tuple[DigestItem, ...]
    of: int
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftBehind(Notice):
    """What people who left (`gone`) had in hand, and is somebody else's now."""

    kind: ClassVar[str] = "left.behind"
    subjects: tuple[str, ...] = ()
    gone: tuple[int, ...] = ()
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Through quiet hours where something in it is urgent."""
        return replace(usual, lane=Lane.URGENT, quiet=Quiet.THROUGH) if self.urgent else usual


@dataclass(frozen=True, slots=True)
class LeftBehindShown:
    """What of it still waits for the reader, and who had it."""

    items: tuple[DigestItem, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldNotice:
    """One of several in one message, as it lay in the outbox; `unsure`: it may have arrived before."""

    kind: str
    facts: Facts
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Folded(Notice):
    """What came in the night, in one message; and what may not have come."""

    kind: ClassVar[str] = "folded"
    notices: tuple[HeldNotice, ...]
