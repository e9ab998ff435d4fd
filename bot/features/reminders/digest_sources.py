"""What may wait for a person, kind by kind: living messages that still ask somebody for something.

To add a kind: a line in SOURCES and its text `digest-item-KIND`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import String, case, cast, exists, literal, or_, select
from sqlmodel import Session, col

from bot.access import labels
from bot.base.facts import Facts, Struct, read_as
from bot.features.cases.case import AnyCase
from bot.features.handover.notices import HandoverCard
from bot.features.hazards.repository import HAZARD
from bot.features.reminders.notices import DigestItem
from bot.features.requests.repository import REQUEST
from bot.features.shifts.crews import coming
from bot.outbox.notices import MayAnswer
from bot.storage.rows import Expression, Query
from bot.views import messages
from models import (
    Appeal,
    Area,
    Card,
    Correction,
    Dispute,
    Handover,
    HandoverState,
    Hazard,
    HouseholdDay,
    HouseholdMark,
    HouseholdMarkKind,
    Person,
    Post,
    RequestState,
    ResidentRequest,
    ResidentRequestAssignee,
    SecondAccountRequest,
    Shift,
    ShiftMember,
    Swap,
    SwapState,
)

_CHUNK = 500


class DigestSource(Struct):
    """A kind: what is open (subject, who, what, at, whom it is about, and label and number where it has
    them), and which living messages ask for it."""

    open: Callable[[], Query]
    card: str


def _corrections() -> Query:
    return (
        select(
            _subject("correction:", Correction.id), col(Person.name).label("who"),
            col(Area.name).label("what"), col(Correction.happened_at).label("at"),
            col(Correction.person_id).label("about"),
        )
        .join(Person, col(Person.id) == col(Correction.person_id))
        .join(Area, col(Area.id) == col(Correction.area_id))
        .where(col(Correction.state) == RequestState.ASKED)
        .order_by(col(Correction.id))
    )  # fmt: skip


def _accounts() -> Query:
    return (
        select(
            _subject("second_account:", SecondAccountRequest.id), col(Person.name).label("who"),
            col(Area.name).label("what"), col(SecondAccountRequest.asked_at).label("at"),
            col(SecondAccountRequest.person_id).label("about"),
        )
        .join(Person, col(Person.id) == col(SecondAccountRequest.person_id))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(col(SecondAccountRequest.state) == RequestState.ASKED)
        .order_by(col(SecondAccountRequest.id))
    )  # fmt: skip


def _swaps() -> Query:
    return (
        select(
            _subject("swap:", Swap.id, ":decide"), col(Person.name).label("who"),
            col(Area.name).label("what"), col(Shift.starts_at).label("at"),
            col(Swap.asked_by).label("about"),
        )
        .join(Person, col(Person.id) == col(Swap.asked_by))
        .join(Shift, col(Shift.id) == col(Swap.shift_id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .where(col(Swap.state) == SwapState.ACCEPTED)
        .order_by(col(Shift.starts_at), col(Swap.id))
    )  # fmt: skip


def _handovers() -> Query:
    """What is late, and what nobody comes to take."""
    comes = select(col(ShiftMember.id)).where(
        col(ShiftMember.shift_id) == col(Handover.incoming_id), coming()
    )
    return (
        select(
            _subject("handover:", Handover.id), col(Post.name).label("who"), col(Area.name).label("what"),
            col(Handover.due_at).label("at"), literal(0).label("about"),
        )
        .join(Post, col(Post.id) == col(Handover.post_id))
        .join(Area, col(Area.id) == col(Handover.area_id))
        .where(
            col(Handover.state).in_((HandoverState.OPEN, HandoverState.GIVEN)),
            or_(col(Handover.late_at).is_not(None), ~exists(comes)),
        )
        .order_by(col(Handover.due_at), col(Handover.id))
    )  # fmt: skip


def _hazards() -> Query:
    return _of_cases(HAZARD, col(Hazard.place), col(Hazard.reported_by), HAZARD.life.open)


def _requests() -> Query:
    """What is to be done; nothing for who registered it, unless that one is named."""
    assignee = ResidentRequestAssignee
    own = exists(
        select(col(assignee.id)).where(
            col(assignee.request_id) == col(ResidentRequest.id), col(assignee.released_at).is_(None),
            col(assignee.person_id) == col(ResidentRequest.registered_by),
        )
    )  # fmt: skip
    about = case((own, 0), else_=col(ResidentRequest.registered_by))
    return _of_cases(REQUEST, literal(""), about, REQUEST.life.to_do)


def _asking() -> Query:
    """What is done, and the resident is to be asked."""
    return _of_cases(REQUEST, literal(""), literal(0), (REQUEST.life.done,))


def _of_cases(kind: AnyCase, who: Expression, about: Expression, states: Sequence[str]) -> Query:
    cases = kind.tables.cases.c
    return (
        select(
            _subject(f"{kind.family.name}:", cases.id), who.label("who"), col(Area.name).label("what"),
            cases.due_at.label("at"), about.label("about"), cases.label, cases.number,
            (cases.state == kind.life.new).label("unnamed"),
        )
        .join(Area, col(Area.id) == cases.area_id)
        .where(cases.closed_at.is_(None), cases.state.in_(states))
        .order_by(cases.due_at, cases.id)
    )  # fmt: skip


def _disputes() -> Query:
    return (
        select(
            _subject("dispute:", Dispute.id), col(Person.name).label("who"), col(Area.name).label("what"),
            col(Dispute.at).label("at"), col(Dispute.person_id).label("about"),
        )
        .join(Person, col(Person.id) == col(Dispute.person_id))
        .join(Area, col(Area.id) == col(Dispute.area_id))
        .where(col(Dispute.answered_at).is_(None))
        .order_by(col(Dispute.id))
    )  # fmt: skip


def _appeals() -> Query:
    return (
        select(
            _subject("appeal:", Appeal.id), col(Person.name).label("who"), col(Area.name).label("what"),
            col(Appeal.made_at).label("at"), col(Appeal.person_id).label("about"),
        )
        .join(Person, col(Person.id) == col(Appeal.person_id))
        .join(Area, col(Area.id) == col(Appeal.area_id))
        .where(col(Appeal.taken_by).is_(None))
        .order_by(col(Appeal.id))
    )  # fmt: skip


def _households() -> Query:
    return (
        select(
            _subject("household:", HouseholdMark.id), col(Person.name).label("who"),
            cast(col(HouseholdMark.number), String).label("what"), col(HouseholdMark.marked_at).label("at"),
            col(HouseholdDay.head_id).label("about"), col(HouseholdMark.taken_by).label("taken_by"),
        )
        .join(HouseholdDay, col(HouseholdDay.id) == col(HouseholdMark.day_id))
        .join(Person, col(Person.id) == col(HouseholdDay.head_id))
        .where(
            col(HouseholdMark.outcome) == "",
            col(HouseholdMark.request) == "",
            col(HouseholdMark.kind) != HouseholdMarkKind.NOT_REACHED,
        )
        .order_by(col(HouseholdMark.id))
    )  # fmt: skip


def _subject(before: str, number: object, behind: str = "") -> Expression:
    return (literal(before) + cast(number, String) + literal(behind)).label("subject")


SOURCES: Mapping[str, DigestSource] = {
    "appeal": DigestSource(_appeals, "appeal.card"),
    "hazard": DigestSource(_hazards, "hazard.card"),
    "request": DigestSource(_requests, "request.card"),
    "asking": DigestSource(_asking, "request.card"),
    "household": DigestSource(_households, "household.help"),
    "handover": DigestSource(_handovers, "handover.card"),
    "correction": DigestSource(_corrections, "correction.asked"),
    "swap": DigestSource(_swaps, "swap.to_decide"),
    "dispute": DigestSource(_disputes, "dispute.said"),
    "account": DigestSource(_accounts, "join.second_account_asked"),
}


# Whose `who` is the person that it is about.
_OF_PEOPLE = ("appeal", "dispute", "household", "correction", "swap", "account")


def open_items(session: Session) -> dict[str, DigestItem]:
    """Everything that is open, by subject, in the order it is told."""
    items = [item for kind, source in SOURCES.items() for item in _items(session, kind, source.open())]
    return _told_apart(session, items)


def still_open(session: Session, subjects: Iterable[str]) -> dict[str, DigestItem]:
    """Of these, what is open, by subject."""
    items: list[DigestItem] = []
    asked = sorted(subjects)
    for kind, source in SOURCES.items():
        rows = source.open().order_by(None).subquery()
        for first in range(0, len(asked), _CHUNK):
            these = rows.c.subject.in_(asked[first : first + _CHUNK])
            items += _items(session, kind, select(rows).where(these))
    return _told_apart(session, items)


def _told_apart(session: Session, items: Iterable[DigestItem]) -> dict[str, DigestItem]:
    """By subject, with people of one name told apart."""
    known = {item.subject: item for item in items}
    told = labels.among(session, {item.about: item.who for item in known.values() if item.kind in _OF_PEOPLE})
    return {
        subject: replace(item, who=told[item.about]) if item.kind in _OF_PEOPLE else item
        for subject, item in known.items()
    }


def _items(session: Session, kind: str, query: Query) -> list[DigestItem]:
    return [read_as(DigestItem, {"kind": kind, **row}) for row in session.execute(query).mappings()]


def waits_for(item: DigestItem, person_id: int | None) -> bool:
    """Whether something open is this person's to do: nobody is asked about what is their own, and what
    somebody has taken waits for that one."""
    return item.about != person_id and item.taken_by in (None, person_id)


def holders_of(session: Session, subjects: list[str]) -> list[tuple[int, str]]:
    """Whose living messages ask for these: person and subject."""
    cards = {source.card for source in SOURCES.values()}
    kinds = [name for name, kind in messages.KINDS.items() if kind.notice.kind in cards]
    found: set[tuple[int, str]] = set()
    for first in range(0, len(subjects), _CHUNK):
        chunk = subjects[first : first + _CHUNK]
        rows = session.execute(
            select(col(Card.person_id), col(Card.subject), col(Card.kind), col(Card.facts)).where(
                col(Card.subject).in_(chunk), col(Card.kind).in_(kinds), col(Card.person_id).is_not(None)
            )
        )
        found |= {(row.person_id, row.subject) for row in rows if _asks(row.kind, row.facts)}
    return sorted(found)


def _asks(kind: str, facts: Facts) -> bool:
    """Whether a living message asks its reader for something: not one that the reader asked for, and not that
    of a handover of the own crew."""
    notice = messages.read_if(kind, facts)
    if isinstance(notice, HandoverCard):
        return notice.above
    return not (isinstance(notice, MayAnswer) and notice.answers)
