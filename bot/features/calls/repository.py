"""Calls, what they say, and their recipients: rows, no rules."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, case, exists, func, insert, literal_column, select, update
from sqlmodel import Session, col

from bot.base.facts import Json, Struct, read_as
from bot.base.i18n import DEFAULT_LOCALE
from bot.features.calls.audience import Audience
from bot.storage.rows import Expression, Query, all_of, first_of
from models import Account, Area, Call, CallContent, CallRecipient, CallState, Card, Person, Reach

# In this order: of somebody with two accounts, the better one counts.
_REACH = (
    (Reach.OK,), (Reach.STOPPED,), (Reach.BLOCKED, Reach.KICKED), (Reach.NEVER_STARTED,),
    (Reach.DEACTIVATED,),
)  # fmt: skip
# What is said of whom a call has not reached, by that order.
_UNREACHED = ("on_the_way", "stopped", "blocked", "never_joined", "gone")
# Every state a recipient may be in; each is in one.
STATES = (
    "answered", "silent", "reached", "on_the_way", "never_joined", "blocked", "stopped", "gone", "failed",
)  # fmt: skip
NOT_REACHED = ("never_joined", "blocked", "stopped", "gone", "failed")


class Choice(Struct):
    """What may be chosen: its code, its words in each language, how many may choose it (None: any number),
    and whether a word is asked with it."""

    code: str
    zh_CN: str
    en: str
    most: int | None = None
    note: bool = False


class CallRow(Struct):
    """A call, the area it is of, and who sends it."""

    id: int
    kind: str
    label: dict[str, str]
    asked: str
    state: str
    area_id: int
    area: str
    path: str
    made_by: int
    sender: str
    made_at: datetime
    agreed_by: int | None
    send_at: datetime | None
    deadline: datetime | None
    remind_at: datetime | None
    audience: Json
    choices: Json
    version: int
    taken_on: int | None
    size: int

    @property
    def offered(self) -> tuple[Choice, ...]:
        """What may be chosen."""
        return read_as(tuple[Choice, ...], self.choices)

    @property
    def for_whom(self) -> Audience:
        """Whom it is for."""
        return read_as(Audience, self.audience)

    def takes_answers(self, now: datetime) -> bool:
        """Whether what is answered now still counts."""
        open_ = self.state in (CallState.OPEN, CallState.PAUSED)
        return open_ and (self.deadline is None or now <= self.deadline)


class Content(Struct):
    """What a call says in one language, and what goes along with it."""

    words: str = ""
    photos: tuple[int, ...] = ()
    media: str = ""
    file_id: str = ""


class RecipientRow(Struct):
    """Somebody whom a call is for, and what they answered."""

    id: int
    person_id: int
    choice: str | None
    number: int | None
    words: str
    answered_at: datetime | None
    waiting: int | None


class NamedRecipient(Struct):
    """A recipient with name, area, state and answer, for lists."""

    person_id: int
    name: str
    area: str
    phone: str | None
    state: str
    choice: str | None
    number: int | None
    words: str
    waiting: int | None


_SENDER = Person.__table__.alias("sender")  # type: ignore[attr-defined]


def read(session: Session, call_id: int, *, lock: bool = False) -> CallRow | None:
    """A call by its number; None where there is none. `lock`: nobody else changes it until the commit."""
    columns = (
        "id", "kind", "label", "asked", "state", "area_id", "made_by", "made_at", "agreed_by", "send_at",
        "deadline", "remind_at", "audience", "choices", "version", "taken_on", "size",
    )  # fmt: skip
    query: Query = (
        select(
            *(getattr(Call, name) for name in columns),
            col(Area.name).label("area"), col(Area.path), _SENDER.c.name.label("sender"),
        )
        .join(Area, col(Area.id) == col(Call.area_id))
        .join(_SENDER, _SENDER.c.id == col(Call.made_by))
        .where(col(Call.id) == call_id)
    )  # fmt: skip
    if lock:
        query = query.with_for_update(of=Call.__table__)  # type: ignore[attr-defined]
    return first_of(session, CallRow, query)


def add(session: Session, values: Mapping[str, object], contents: dict[str, Content]) -> int:
    """A new call, with what it says in each language; its number."""
    number: int = session.execute(insert(Call).values(**values).returning(col(Call.id))).scalar_one() or 0
    say(session, number, contents)
    return number


def say(session: Session, call_id: int, contents: dict[str, Content]) -> None:
    """What a call says from now on, in these languages."""
    these = (col(CallContent.call_id) == call_id, col(CallContent.locale).in_(contents))
    for row in session.execute(select(CallContent).where(*these)).scalars():
        session.delete(row)
    session.flush()
    for locale, said in contents.items():
        row = {"words": said.words, "photos": list(said.photos), "media": said.media, "file_id": said.file_id}
        session.execute(insert(CallContent).values(call_id=call_id, locale=locale, **row))


def content(session: Session, call_id: int, locale: str) -> Content:
    """What a call says to who reads this language: in it, else in Chinese, else in the first there is."""
    order = case(
        (col(CallContent.locale) == locale, 0), (col(CallContent.locale) == DEFAULT_LOCALE, 1), else_=2
    )
    query = (
        select(
            col(CallContent.words),
            col(CallContent.photos),
            col(CallContent.media),
            col(CallContent.file_id),
        )
        .where(col(CallContent.call_id) == call_id)
        .order_by(order, col(CallContent.id))
        .limit(1)
    )
    return first_of(session, Content, query) or Content()


def change(session: Session, call_id: int, **values: object) -> None:
    """Set these columns of a call."""
    session.execute(update(Call).where(col(Call.id) == call_id).values(**values))


def recipient(session: Session, call_id: int, person_id: int) -> RecipientRow | None:
    """Somebody as a call's recipient; None for whom it is not for."""
    names = ("id", "person_id", "choice", "number", "words", "answered_at", "waiting")
    query = select(*(getattr(CallRecipient, name) for name in names)).where(
        col(CallRecipient.call_id) == call_id, col(CallRecipient.person_id) == person_id
    )
    return first_of(session, RecipientRow, query)


def answer(session: Session, recipient_id: int, **values: object) -> None:
    """Set these columns of a recipient."""
    session.execute(update(CallRecipient).where(col(CallRecipient.id) == recipient_id).values(**values))


def chosen(session: Session, call_id: int, code: str) -> int:
    """How many have chosen this, those on its waiting list apart."""
    these = (col(CallRecipient.call_id) == call_id, col(CallRecipient.choice) == code)
    found = select(func.count()).where(*these, col(CallRecipient.waiting).is_(None))
    return int(session.execute(found).scalar_one())


def last_waiting(session: Session, call_id: int) -> int:
    """The last place on the waiting list; 0 where nobody waits."""
    found = select(func.max(col(CallRecipient.waiting))).where(col(CallRecipient.call_id) == call_id)
    return session.execute(found).scalar() or 0


def first_waiting(session: Session, call_id: int, code: str) -> RecipientRow | None:
    """Who is next on the waiting list of this choice."""
    names = ("id", "person_id", "choice", "number", "words", "answered_at", "waiting")
    waits = (col(CallRecipient.choice) == code, col(CallRecipient.waiting).is_not(None))
    query = select(*(getattr(CallRecipient, name) for name in names)).where(
        col(CallRecipient.call_id) == call_id, *waits
    )
    return first_of(session, RecipientRow, query.order_by(col(CallRecipient.waiting)).limit(1))


def has_arrived(session: Session, subject: str, person_id: int) -> bool:
    """Whether a chat of this person shows the message about the subject."""
    mine = (col(Card.subject) == subject, col(Card.person_id) == person_id, col(Card.message_id).is_not(None))
    return session.execute(select(col(Card.id)).where(*mine).limit(1)).first() is not None


def call_of_message(session: Session, bot: int, chat_id: int, message_id: int) -> int | None:
    """The call that this message of a chat shows; None for any other message."""
    here = (col(Card.bot) == bot, col(Card.chat_id) == chat_id, col(Card.message_id) == message_id)
    found = select(col(Card.subject)).where(*here, col(Card.subject).startswith("call:", autoescape=True))
    subject = session.execute(found.limit(1)).scalar()
    return int(subject.removeprefix("call:")) if subject else None


def subject_of(call_id: int) -> str:
    """What a call's message is filed under in each chat."""
    return f"call:{call_id}"


def state_of(call: CallRow) -> Expression:
    """The state of a recipient: one of `STATES`. Whoever left the roster is gone, unless they answered."""
    cards = (col(Card.subject) == subject_of(call.id), col(Card.person_id) == col(CallRecipient.person_id))
    arrived = exists(
        select(literal_column("1")).select_from(Card).where(*cards, col(Card.message_id).is_not(None))
    )
    refused = exists(
        select(literal_column("1"))
        .select_from(Card)
        .where(*cards, col(Card.error).is_not(None), col(Card.wanted) <= col(Card.shown))
    )
    ranks = case(*((col(Account.reach).in_(reach), at) for at, reach in enumerate(_REACH)), else_=len(_REACH))
    mine = col(Account.person_id) == col(CallRecipient.person_id)
    best = select(func.min(ranks)).where(mine).correlate(CallRecipient).scalar_subquery()
    return case(
        (col(CallRecipient.answered_at).is_not(None), "answered"),
        (col(Person.removed_at).is_not(None), "gone"),
        (arrived, "reached" if call.asked == "nothing" else "silent"),
        *((best == at, told) for at, told in enumerate(_UNREACHED) if at),
        (best.is_(None), "never_joined"),
        (and_(best == 0, refused), "failed"),
        else_="on_the_way",
    )


def counts(session: Session, call: CallRow) -> dict[str, int]:
    """How many recipients are in each state; they add up to all who were taken on."""
    state: Expression = state_of(call).label("state")
    query: Query = (
        select(state, func.count())
        .select_from(CallRecipient)
        .join(Person, col(Person.id) == col(CallRecipient.person_id))
        .where(col(CallRecipient.call_id) == call.id)
        .group_by(state)
    )
    found = _counted(session, query)
    return {name: found.get(name, 0) for name in STATES}


def choices(session: Session, call_id: int) -> dict[str, int]:
    """How many have chosen what; who waits for a choice that is full is counted under `waiting`."""
    counted = case((col(CallRecipient.waiting).is_not(None), "waiting"), else_=col(CallRecipient.choice))
    query: Query = select(counted, func.count()).where(
        col(CallRecipient.call_id) == call_id, col(CallRecipient.choice).is_not(None)
    )
    return _counted(session, query.group_by(counted))


def _counted(session: Session, query: Query) -> dict[str, int]:
    return {str(name): int(count) for name, count in session.execute(query)}


def numbers(session: Session, call_id: int) -> int:
    """The sum of the numbers that were answered."""
    found = select(func.sum(col(CallRecipient.number))).where(col(CallRecipient.call_id) == call_id)
    return int(session.execute(found).scalar() or 0)


def number_in(session: Session, call: CallRow, only: Expression) -> int:
    """How many recipients there are for whom `only` is true."""
    query = (
        select(func.count())
        .select_from(CallRecipient)
        .join(Person, col(Person.id) == col(CallRecipient.person_id))
        .where(col(CallRecipient.call_id) == call.id, only)
    )
    return int(session.execute(query).scalar_one())


def facts_of_card(session: Session, subject: str) -> Json:
    """What the living message about a subject was last given; None where there is none."""
    found: Json = session.execute(
        select(col(Card.facts)).where(col(Card.subject) == subject).limit(1)
    ).scalar()
    return found


def named(
    session: Session, call: CallRow, only: Expression, limit: int, offset: int = 0
) -> list[NamedRecipient]:  # fmt: skip
    """Recipients for whom `only` is true, in the order of the roster, with their state."""
    query: Query = (
        select(
            col(CallRecipient.person_id), col(Person.name), col(Area.name).label("area"), col(Person.phone),
            state_of(call).label("state"), col(CallRecipient.choice), col(CallRecipient.number),
            col(CallRecipient.words), col(CallRecipient.waiting),
        )
        .join(Person, col(Person.id) == col(CallRecipient.person_id))
        .join(Area, col(Area.id) == col(CallRecipient.area_id))
        .where(col(CallRecipient.call_id) == call.id, only)
        .order_by(col(Area.path), col(CallRecipient.person_id))
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return all_of(session, NamedRecipient, query)
