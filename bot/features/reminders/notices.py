"""What reminders and the mornings say, as facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.base.facts import Facts, Struct
from bot.outbox.notices import URGENT_HELD, DeliveryPolicy, Lane, Notice, Quiet


class TimesEntry(Struct):
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


class NamedArea(Struct):
    """An area that a button leads to."""

    id: int
    name: str


class TimesOverview(Notice, kind="times.overview"):
    """Everything that can be chosen in an area; other areas."""

    area_id: int
    area: str
    entries: tuple[TimesEntry, ...]
    others: tuple[NamedArea, ...]


class TimesOne(TimesEntry, Notice, kind="times.one"):
    """One of them, and what may be chosen; `today`: what becomes of today's: `now`, `tomorrow`, `out`, or
    nothing to be told."""

    area_id: int
    area: str
    offers: tuple[str, ...]
    earliest: str
    latest: str
    leeways: tuple[int, ...]
    today: str = ""


class Reminder(Notice, kind="reminder.reminder_held"):
    """A rule's own words, and what they are about, read anew when they are sent; `through` quiet hours,
    `urgent`: it rings."""

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
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Held, and not twice, unless the rule says otherwise."""
        travels = URGENT_HELD if self.urgent else usual
        return replace(travels, quiet=Quiet.THROUGH) if self.through else travels


class DigestItem(Struct):
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


class Digest(Notice, kind="digest"):
    """What waits: some in full, `more` by their subjects; in the morning it was so many (`of`)."""

    items: tuple[DigestItem, ...]
    of: int
    more: tuple[str, ...] = ()


class LeftBehind(Notice, kind="left.behind"):
    """What people who left (`gone`) had in hand, and is somebody else's now."""

    subjects: tuple[str, ...] = ()
    gone: tuple[int, ...] = ()
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Through quiet hours where something in it is urgent."""
        return replace(usual, lane=Lane.URGENT, quiet=Quiet.THROUGH) if self.urgent else usual


class LeftBehindShown(Struct):
    """What of it still waits for the reader, and who had it."""

    items: tuple[DigestItem, ...]
    names: tuple[str, ...]


class HeldNotice(Struct):
    """One of several in one message, as it lay in the outbox; `unsure`: it may have arrived before."""

    kind: str
    facts: Facts
    unsure: bool = False


class Folded(Notice, kind="folded"):
    """What came in the night, in one message; and what may not have come."""

    notices: tuple[HeldNotice, ...]
