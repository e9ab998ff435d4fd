"""What is said about people and their accounts, as facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.outbox.notices import Notice
from bot.views.keyboards import MainKeys


@dataclass(frozen=True, slots=True)
class FeedbackReceived(Notice):
    """For admins: who says what; `voice`: Telegram's file id."""

    kind: ClassVar[str] = "feedback.received"
    name: str
    words: str
    voice: str


@dataclass(frozen=True, slots=True)
class GroupBound(Notice):
    """An area's summaries come to this group, or to this topic of it."""

    kind: ClassVar[str] = "group.bound"
    area: str
    topic: bool = False


@dataclass(frozen=True, slots=True)
class GroupUnbound(Notice):
    """An area's summaries come here no more."""

    kind: ClassVar[str] = "group.unbound"
    area: str


@dataclass(frozen=True, slots=True)
class GroupHow(Notice):
    """It is done in the group itself."""

    kind: ClassVar[str] = "group.how"


@dataclass(frozen=True, slots=True)
class GroupAnonymous(Notice):
    """Nobody can tell who asks."""

    kind: ClassVar[str] = "group.anonymous"


@dataclass(frozen=True, slots=True)
class GroupTaken(Notice):
    """Somebody lets another area's summaries go to the group: `now` instead of `area`."""

    kind: ClassVar[str] = "group.taken"
    title: str
    area: str
    by: str
    now: str


@dataclass(frozen=True, slots=True)
class GroupTopicGone(Notice):
    """The topic is no more: summaries go to the group as a whole."""

    kind: ClassVar[str] = "group.topic_gone"
    title: str


@dataclass(frozen=True, slots=True)
class JoinContactAsked(Notice):
    """The own contact is asked for."""

    kind: ClassVar[str] = "join.contact_asked"
    name: str


@dataclass(frozen=True, slots=True)
class JoinContactNotOwn(Notice):
    """It was somebody else's contact, or a forwarded one."""

    kind: ClassVar[str] = "join.contact_not_own"


@dataclass(frozen=True, slots=True)
class JoinWait(Notice):
    """Too many wrong codes."""

    kind: ClassVar[str] = "join.wait"
    until: datetime


@dataclass(frozen=True, slots=True)
class Greeted(MainKeys):
    """Who somebody is here, with the own keys; `days`: for how long places are kept."""

    name: str
    area: str
    roles: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class JoinWelcome(Greeted, Notice):
    """Somebody has joined."""

    kind: ClassVar[str] = "join.welcome"


@dataclass(frozen=True, slots=True)
class JoinGreeting(Greeted, Notice):
    """The bot opened once more."""

    kind: ClassVar[str] = "join.greeting"


@dataclass(frozen=True, slots=True)
class JoinAlready(Greeted, Notice):
    """The own link opened once more."""

    kind: ClassVar[str] = "join.already"


@dataclass(frozen=True, slots=True)
class JoinOtherPerson(Notice):
    """Somebody else's link, opened by one who has joined."""

    kind: ClassVar[str] = "join.other_person"
    name: str


@dataclass(frozen=True, slots=True)
class JoinSecondAccountWaiting(Notice):
    """The person uses another account already; somebody has been asked, or will be in the morning."""

    kind: ClassVar[str] = "join.second_account_waiting"
    name: str
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class JoinSecondAccountAsked(Notice):
    """For those who decide: the question, or what was answered and by whom; `account`: masked."""

    kind: ClassVar[str] = "join.second_account_asked"
    request_id: int
    name: str
    area: str
    account: str
    asked_at: datetime
    state: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class JoinSecondAccountDecided(Greeted, Notice):
    """For the one who waited: let in, and greeted; or not."""

    kind: ClassVar[str] = "join.second_account_decided"
    on_duty: bool = False
    place: bool = False
    patrols: bool = False
    heads: bool = False
    name: str = ""
    area: str = ""
    roles: tuple[str, ...] = ()
    days: int = 0
    approved: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class JoinSecondAccountAdded(Notice):
    """For the account that was there first."""

    kind: ClassVar[str] = "join.second_account_added"
    by: str
