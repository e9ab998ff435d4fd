"""A further account for someone who has joined: a supervisor decides."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.people import accounts
from bot.features.people.notices import (
    JoinSecondAccountAdded,
    JoinSecondAccountAsked,
    JoinSecondAccountDecided,
)
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.outbox.outbox import Recipient
from bot.storage.database import insert_one
from bot.storage.rows import columns, first_of
from models import Area, Person, RequestState, SecondAccountRequest

DECIDE = "account.decide_second"
# How its message calls what lapsed as the person left.
LEFT = "left"


def ask(work: Work, person_id: int) -> None:
    """Ask those responsible for the person. Raises Refused where none of them can be reached."""
    newcomer = work.actor
    access.require(newcomer, "account.join", Resource())
    area = select(col(Area.path)).join(Person, col(Area.id) == Person.area_id)
    path = work.session.execute(area.where(col(Person.id) == person_id)).scalar_one()
    deciders = access.nearest_with(work.session, DECIDE, path, but=[person_id])
    if not deciders:
        raise Refused("join-second-nobody")
    values = {
        "bot": newcomer.bot, "user_id": newcomer.user_id, "person_id": person_id,
        "language": newcomer.locale, "asked_at": work.now, "state": RequestState.ASKED,
    }  # fmt: skip
    request_id = insert_one(work.session, SecondAccountRequest, values)
    request = _request(work.session, request_id)
    assert request
    outbox.show_to(work, deciders, _subject(request_id), _notice(request))
    audit.record(work, "account.ask_second", f"person:{person_id}", person_id)


def is_waiting(work: Work, person_id: int) -> bool:
    """Whether the actor's account has asked for this person and was not answered yet."""
    access.require(work.actor, "account.join", Resource())
    table, newcomer = SecondAccountRequest, work.actor
    asked = (col(table.bot) == newcomer.bot, col(table.user_id) == newcomer.user_id)
    open_ = (col(table.person_id) == person_id, col(table.state) == RequestState.ASKED)
    return work.session.execute(select(col(table.id)).where(*asked, *open_)).first() is not None


def decide(work: Work, request_id: int, approved: bool) -> bool:
    """Let the account in or not, and tell everyone concerned; False where it was decided before."""
    request = _request(work.session, request_id)
    if request is None:
        return False
    access.require(work.actor, DECIDE, _thing(request))
    state = RequestState.APPROVED if approved else RequestState.REFUSED
    if not _settle(work.session, request_id, state, work.actor.person_id, work.now):
        return False
    if approved:
        _let_in(work, request)
    else:
        _tell_newcomer(work, request, JoinSecondAccountDecided(by=work.actor.name))
    notice = _notice(request, state, work.actor.name)
    outbox.show_again(work.session, _subject(request_id), notice, work.now)
    audit.record(work, DECIDE, f"request:{request_id}", request.person_id, state=state)
    return True


def lapse(work: Work, request_id: int) -> None:
    """Whose account it was to be left the roster: nobody need decide any more."""
    access.require(work.actor, "roster.pass_on", Resource())
    request = _request(work.session, request_id)
    if request is None or not _settle(work.session, request_id, RequestState.REFUSED, None, work.now):
        return
    outbox.show_again(work.session, _subject(request_id), _notice(request, LEFT), work.now)
    outbox.drop_held(work.session, _subject(request_id), work.now)


def load(session: Session, reader: Actor, asked: JoinSecondAccountAsked) -> JoinSecondAccountAsked | None:
    """What a card shows; None for a reader who has lost the role since."""
    request = _request(session, asked.request_id)
    return asked if request is not None and access.allows(reader, DECIDE, _thing(request)) else None


class _Request(Struct):
    """What an account waits for, and of whom."""

    id: int
    bot: int
    user_id: int
    person_id: int
    language: str
    asked_at: datetime
    name: str
    area: str
    path: str


def _thing(request: _Request) -> Resource:
    return Resource(request.path, {Relation.SELF: (request.person_id,)})


def _request(session: Session, request_id: int) -> _Request | None:
    table = SecondAccountRequest
    found = (
        select(*columns(_Request, table, Person, Area, area=col(Area.name)))
        .join(Person, col(Person.id) == table.person_id)
        .join(Area, col(Area.id) == Person.area_id)
        .where(col(table.id) == request_id)
    )
    return first_of(session, _Request, found)


def _settle(session: Session, request_id: int, state: RequestState, by: int | None, now: datetime) -> bool:
    """Write the decision down; False where somebody else was faster."""
    table = SecondAccountRequest
    settled = session.connection().execute(
        update(table)
        .where(col(table.id) == request_id, col(table.state) == RequestState.ASKED)
        .values(state=state, decided_by=by, decided_at=now)
    )
    return settled.rowcount == 1


def _let_in(work: Work, request: _Request) -> None:
    others = outbox.recipients_of(work.session, [request.person_id])
    newcomer = access.stranger(request.bot, request.user_id, request.user_id, request.language)
    joined = accounts.bind(work.session, newcomer, request.person_id, work.now)
    welcome = accounts.greeting(work.by(joined))
    decided = JoinSecondAccountDecided(**asdict(welcome), approved=True, by=work.actor.name)
    _tell_newcomer(work, request, decided)
    notice = JoinSecondAccountAdded(work.actor.name)
    for to in others:
        outbox.enqueue(work, notice, to, f"second_account:{request.id}:{to.bot}:{to.chat_id}")


def _tell_newcomer(work: Work, request: _Request, notice: Notice) -> None:
    to = Recipient(request.bot, request.user_id, request.language)
    outbox.enqueue(work, notice, to, f"second_account:{request.id}:decided")


def _subject(request_id: int) -> str:
    return f"second_account:{request_id}"


def _notice(request: _Request, state: str = RequestState.ASKED, by: str = "") -> Notice:
    account = accounts.masked(request.user_id)
    return JoinSecondAccountAsked(
        request.id, request.name, request.area, account, request.asked_at, state, by
    )
