"""What is said about people and their accounts, as facts."""

from datetime import datetime

from bot.outbox.notices import Notice
from bot.views.keyboards import MainKeys


class FeedbackReceived(Notice, kind="feedback.received"):
    """For admins: who says what; `voice`: Telegram's file id."""

    name: str
    words: str
    voice: str


class GroupBound(Notice, kind="group.bound"):
    """An area's summaries come to this group, or to this topic of it."""

    area: str
    topic: bool = False


class GroupUnbound(Notice, kind="group.unbound"):
    """An area's summaries come here no more."""

    area: str


class GroupHow(Notice, kind="group.how"):
    """It is done in the group itself."""


class GroupAnonymous(Notice, kind="group.anonymous"):
    """Nobody can tell who asks."""


class GroupTaken(Notice, kind="group.taken"):
    """Somebody lets another area's summaries go to the group: `now` instead of `area`."""

    title: str
    area: str
    by: str
    now: str


class GroupTopicGone(Notice, kind="group.topic_gone"):
    """The topic is no more: summaries go to the group as a whole."""

    title: str


class JoinContactAsked(Notice, kind="join.contact_asked"):
    """The own contact is asked for."""

    name: str


class JoinContactNotOwn(Notice, kind="join.contact_not_own"):
    """It was somebody else's contact, or a forwarded one."""


class JoinWait(Notice, kind="join.wait"):
    """Too many wrong codes."""

    until: datetime


class Greeted(MainKeys):
    """Who somebody is here, with the own keys; `days`: for how long places are kept."""

    name: str
    area: str
    roles: tuple[str, ...]
    days: int


class JoinWelcome(Greeted, Notice, kind="join.welcome"):
    """Somebody has joined."""


class JoinGreeting(Greeted, Notice, kind="join.greeting"):
    """The bot opened once more."""


class JoinAlready(Greeted, Notice, kind="join.already"):
    """The own link opened once more."""


class JoinOtherPerson(Notice, kind="join.other_person"):
    """Somebody else's link, opened by one who has joined."""

    name: str


class JoinSecondAccountWaiting(Notice, kind="join.second_account_waiting"):
    """The person uses another account already; somebody has been asked, or will be in the morning."""

    name: str
    held_until: datetime | None = None


class JoinSecondAccountAsked(Notice, kind="join.second_account_asked"):
    """For those who decide: the question, or what was answered and by whom; `account`: masked."""

    request_id: int
    name: str
    area: str
    account: str
    asked_at: datetime
    state: str
    by: str = ""


class JoinSecondAccountDecided(Greeted, Notice, kind="join.second_account_decided"):
    """For the one who waited: let in, and greeted; or not."""

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


class JoinSecondAccountAdded(Notice, kind="join.second_account_added"):
    """For the account that was there first."""

    by: str
