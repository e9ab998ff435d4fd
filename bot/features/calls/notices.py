"""What is said of calls, as facts."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime

from bot.base.facts import Struct
from bot.outbox.notices import DeliveryPolicy, Lane, Notice, Quiet

# What a kind is called in each language, and its icon.
Label = Mapping[str, str]


class CallMessage(Notice, kind="call.message"):
    """The call itself, read anew for each who gets it; `urgent`: it rings at any hour."""

    call_id: int
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Urgent ones go before reminders and through quiet hours."""
        return replace(usual, lane=Lane.URGENT, quiet=Quiet.THROUGH) if self.urgent else usual


class CallReminder(Notice, kind="call.reminder"):
    """It was not answered yet."""

    call_id: int


class CallMovedUp(Notice, kind="call.moved_up"):
    """A place became free for who was next in line."""

    call_id: int


class CallNoted(Notice, kind="call.noted"):
    """What was answered in words is kept."""

    call_id: int


class CallPreview(Notice, kind="call.preview"):
    """A call as it will arrive, for its sender alone."""

    call_id: int


class CallOverview(Notice, kind="call.overview"):
    """The living card of who sends a call.

    Until it is sent: how many it is for, how many of them can be reached now, some names, how often these
    people were called within a week before, `repeated` by calls of this kind; `agreed`: whether somebody else
    has to agree.
    """

    call_id: int
    total: int = 0
    reachable: int = 0
    names: tuple[str, ...] = ()
    calls: int = 0
    repeated: int = 0
    agreed: bool = False


class CallToAgree(Notice, kind="call.to_agree"):
    """It goes to so many that somebody else is to agree."""

    call_id: int


class CallMore(Notice, kind="call.more"):
    """What else its sender may do."""

    call_id: int


class CallPeople(Notice, kind="call.people"):
    """The names behind a number on the card."""

    call_id: int
    group: str
    offset: int = 0


class CallText(Notice, kind="call.text"):
    """How it stands, as text to be pasted elsewhere."""

    call_id: int


class CallSheet(Notice, kind="call.sheet"):
    """Everybody whom a call is for, as a spreadsheet: to be called by telephone, say."""

    call_id: int


class CallLine(Struct):
    """A call in a list."""

    id: int
    label: Label
    state: str
    words: str
    sent_at: datetime | None
    size: int
    answered: int
    asked: str


class CallStart(Struct):
    """A kind of call that can be begun."""

    code: str
    label: Label


class CallList(Notice, kind="call.list"):
    """Calls of the reader's area, and the kinds that can be begun."""

    rows: tuple[CallLine, ...]
    starts: tuple[CallStart, ...]
    offset: int
    more: bool


class ChoiceShown(Struct):
    """One of the answers: how many chose it, of how many that may."""

    code: str
    zh_CN: str
    en: str
    most: int | None
    count: int = 0


class CallShown(Struct):
    """A call as who gets it sees it; `mine` is the choice, `place` the one on the waiting list."""

    call_id: int
    label: Label
    area: str
    sender: str
    asked: str
    state: str
    words: str
    photo: int | None
    media: str
    file_id: str
    choices: tuple[ChoiceShown, ...]
    deadline: datetime | None
    answered: bool = False
    mine: str = ""
    number: int | None = None
    remark: str = ""
    place: int = 0


class OverviewShown(CallOverview):
    """The same, with how it stands: how many recipients are in each state, and what they chose. `waiting`: on
    the waiting list; `sum`: of the numbers they gave; `led`: whether the reader may lead it."""

    label: Label = field(default_factory=dict)
    asked: str = ""
    state: str = ""
    words: str = ""
    area: str = ""
    sender: str = ""
    choices: tuple[ChoiceShown, ...] = ()
    send_at: datetime | None = None
    deadline: datetime | None = None
    states: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    sum: int = 0
    led: bool = False


class PersonShown(Struct):
    """Somebody in a list of names, and what is to be told of them."""

    name: str
    area: str
    state: str
    choice: str
    number: int | None
    words: str
    place: int
    phone: str = ""


class PeopleShown(Struct):
    """A page of names."""

    call_id: int
    group: str
    offset: int
    total: int
    rows: tuple[PersonShown, ...]
    choices: tuple[ChoiceShown, ...]


class SheetShown(Struct):
    """Everybody whom a call is for, with the telephone numbers of those who have not answered."""

    overview: OverviewShown
    rows: tuple[PersonShown, ...]


class TextShown(Struct):
    """How a call stands, with the names of those who have not answered or were not reached."""

    overview: OverviewShown
    silent: tuple[str, ...]
    unreached: tuple[str, ...]
    left_out: int
