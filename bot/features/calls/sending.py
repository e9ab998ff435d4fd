"""A call on its way: written down, agreed to, taken to its people in batches, paused, corrected, ended."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import String, cast, delete, exists, func, literal, or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Relation, Resource, Work, audit
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.calls import audience, repository
from bot.features.calls.audience import Audience
from bot.features.calls.notices import (
    CallMessage,
    CallOverview,
    CallPreview,
    CallReminder,
    CallSheet,
    CallToAgree,
)
from bot.features.calls.repository import CallRow, Choice, Content, subject_of
from bot.outbox import outbox
from bot.settings.calls import CallKind
from bot.storage.database import insert_new
from models import Asked, Call, CallContent, CallRecipient, CallState, Card, Person

# So many people are taken on, shown a call or reminded of it in one transaction.
BATCH = 250
MOST_WORDS = 3500
ON_ITS_WAY = (CallState.OPEN, CallState.PAUSED)
STANDING = (*ON_ITS_WAY, CallState.PLANNED, CallState.WAITING, CallState.DRAFT)


class NewCall(Struct):
    """A call as it is written down: its kind's code, what it says in each language, whom it is for, and what
    may be chosen."""

    kind: str
    contents: dict[str, Content]
    audience: Audience
    choices: tuple[Choice, ...]


def thing(call: CallRow) -> Resource:
    """A call to `access`: its sender's."""
    return Resource(call.path, {Relation.SELF: (call.made_by,)})


def held(work: Work, call_id: int, action: str) -> CallRow:
    """The call, kept from others until the commit. Raises as `seen` does."""
    return seen(work, call_id, action, lock=True)


def seen(work: Work, call_id: int, action: str, *, lock: bool = False) -> CallRow:
    """The call. Raises NotAllowed for who may not do this to it, and Refused where there is none."""
    call = repository.read(work.session, call_id, lock=lock)
    if call is None:
        raise Refused("call-unknown")
    access.require(work.actor, action, thing(call))
    return call


def require_area(work: Work, area_id: int) -> None:
    """Raise NotAllowed where the actor may not call the people of this area."""
    path = audience.path_of(work.session, Audience(area_id))
    access.require(work.actor, "call.make", Resource(path))


def draft(work: Work, new: NewCall) -> int:
    """Write a call down, and show its sender how it will arrive and whom it reaches. Nothing is sent yet.

    Raises NotAllowed for an area that is not the actor's, Refused for an audience of nobody.
    """
    require_area(work, new.audience.area_id)
    kind = work.settings.calls.kind(new.kind)
    to_whom = replace(new.audience, but=work.actor.person_id)
    meant = audience.preview(work.session, to_whom, kind.code, work.now)
    if not meant.total:
        raise Refused("call-nobody")
    values = {
        "kind": kind.code, "label": kind.label, "asked": kind.asked,
        "state": CallState.DRAFT, "area_id": new.audience.area_id,
        "made_by": work.actor.person_id, "made_at": work.now, "audience": asdict(to_whom),
        "choices": [asdict(each) for each in new.choices], "version": 1, "taken_on": 0, "size": 0,
    }  # fmt: skip
    number = repository.add(work.session, values, new.contents)
    to = outbox.recipient_of(work.actor)
    outbox.enqueue(work, CallPreview(number), to, f"call:{number}:preview:{to.bot}:{to.chat_id}")
    agreed = meant.total > work.settings.calls.agree_above
    told = (meant.total, meant.reached, meant.names, meant.calls_this_week, meant.repeated, agreed)
    outbox.show(work, card_of(number), CallOverview(number, *told), to)
    return number


def card_of(call_id: int) -> str:
    """What the sender's card is filed under."""
    return f"call_card:{call_id}"


def release(work: Work, call_id: int, at: datetime | None = None) -> CallRow:
    """Let a call go, now or at a time; above a size somebody else agrees first.

    Raises Refused where it has gone already, or nobody else may agree.
    """
    call = held(work, call_id, "call.lead")
    if call.state != CallState.DRAFT:
        raise Refused("call-gone-already")
    if at is not None and at <= work.now:
        at = None
    repository.change(work.session, call_id, send_at=at)
    meant = audience.preview(work.session, call.for_whom, call.kind, work.now)
    if meant.total > work.settings.calls.agree_above:
        _ask_to_agree(work, call)
    else:
        _plan(work, call, at)
    audit.record(work, "call.make", f"call:{call_id}", size=meant.total)
    return call


def agree(work: Work, call_id: int, yes: bool) -> None:
    """Somebody else agrees to a call that goes to many, or not: then its sender may change it.

    Raises Refused where it does not wait for that any more.
    """
    call = held(work, call_id, "call.agree")
    if call.state != CallState.WAITING:
        raise Refused("call-decided")
    audit.record(work, "call.agree", f"call:{call_id}", call.made_by, yes=yes)
    if yes:
        repository.change(work.session, call_id, agreed_by=work.actor.person_id)
        _plan(work, call, call.send_at)
    else:
        repository.change(work.session, call_id, state=CallState.DRAFT)
    refresh(work, call_id)
    outbox.refresh(work.session, _agreement(call_id), work.now)


def pause(work: Work, call_id: int) -> None:
    """Stop: what has not arrived stays here. Who has it can answer."""
    _turn(work, call_id, CallState.OPEN, CallState.PAUSED)


def resume(work: Work, call_id: int) -> None:
    """Go on where it stopped."""
    call = _turn(work, call_id, CallState.PAUSED, CallState.OPEN)
    repository.change(work.session, call_id, version=call.version + 1)
    advance(work.by(access.SYSTEM), call_id)


def cancel(work: Work, call_id: int) -> None:
    """Take it back: nothing more is sent, and where it arrived it says so."""
    call = held(work, call_id, "call.lead")
    if call.state not in STANDING:
        raise Refused("call-over")
    values = {"state": CallState.CANCELLED, "closed_at": work.now, "version": call.version + 1}
    repository.change(work.session, call_id, **values, remind_at=None)
    audit.record(work, "call.lead", f"call:{call_id}", to="cancelled")
    refresh(work, call_id)
    outbox.refresh(work.session, _agreement(call_id), work.now)
    advance(work.by(access.SYSTEM), call_id)


def correct(work: Work, call_id: int, locale: str, said: Content) -> None:
    """Let a call say this from now on, also where it has arrived: there it is edited, and does not ring."""
    call = held(work, call_id, "call.lead")
    if call.state not in STANDING:
        raise Refused("call-over")
    repository.say(work.session, call_id, {locale: said})
    repository.change(work.session, call_id, version=call.version + 1)
    audit.record(work, "call.lead", f"call:{call_id}", to="corrected")
    refresh(work, call_id)
    if call.state in ON_ITS_WAY:
        advance(work.by(access.SYSTEM), call_id)


def nudge(work: Work, call_id: int) -> int:
    """Ask those who have not answered once more; how many these are.

    Raises Refused where that was done a moment ago, or nobody is silent.
    """
    call = held(work, call_id, "call.lead")
    if not call.takes_answers(work.now):
        raise Refused("call-over")
    last = select(func.max(col(CallRecipient.reminded_at))).where(col(CallRecipient.call_id) == call_id)
    before = work.session.execute(last).scalar()
    pause_ = timedelta(minutes=work.settings.calls.nudge_minutes)
    if before and work.now - before < pause_:
        raise Refused("call-nudged-lately", minutes=work.settings.calls.nudge_minutes)
    silent = repository.counts(work.session, call)["silent"]
    if not silent:
        raise Refused("call-nobody-silent")
    repository.change(work.session, call_id, remind_at=work.now)
    advance(work.by(access.SYSTEM), call_id)
    return silent


def again(work: Work, call_id: int) -> int:
    """Write the same call down once more, for those alone who have not answered; its number.

    Raises Refused where everybody has, or it asks nothing.
    """
    call = held(work, call_id, "call.lead")
    if call.asked == Asked.NOTHING:
        raise Refused("call-asks-nothing")
    meant = replace(call.for_whom, silent_on=call_id)
    locale = work.actor.locale
    contents = {locale: repository.content(work.session, call_id, locale)}
    return draft(work, NewCall(call.kind, contents, meant, call.offered))


def sheet(work: Work, call_id: int) -> CallSheet:
    """Everybody whom it is for, as a spreadsheet, which is written down. Raises NotAllowed."""
    seen(work, call_id, "call.read")
    audit.record(work, "call.read", f"call:{call_id}")
    return CallSheet(call_id)


def refresh(work: Work, call_id: int) -> None:
    """Let the sender's card say how it stands."""
    outbox.refresh(work.session, card_of(call_id), work.now)


def catch_up(session: Session, person_id: int) -> None:
    """Somebody can be reached from now on: what is open and has not arrived comes next."""
    of_open = select(col(Call.id)).where(col(Call.state).in_(ON_ITS_WAY)).scalar_subquery()
    arrived = select(col(Card.id)).where(
        col(Card.subject) == literal("call:") + cast(col(CallRecipient.call_id), String),
        col(Card.person_id) == person_id, col(Card.message_id).is_not(None),
    )  # fmt: skip
    mine = (col(CallRecipient.person_id) == person_id, col(CallRecipient.call_id).in_(of_open))
    session.execute(update(CallRecipient).where(*mine, ~exists(arrived)).values(queued=0))


def due(work: Work, after: int, limit: int) -> list[int]:
    """The next calls that something is to be done for now, by their numbers."""
    access.require(work.actor, "call.send", Resource())
    old = work.now - timedelta(hours=work.settings.calls.draft_hours)
    planned = (col(Call.state) == CallState.PLANNED) & (col(Call.send_at) <= work.now)
    # Where it arrived it is to say that it is over.
    over = col(Call.closed_at) > work.now - timedelta(days=1)
    forgotten = (col(Call.state) == CallState.DRAFT) & (col(Call.made_at) < old)
    found = (
        select(col(Call.id))
        .where(col(Call.id) > after, or_(col(Call.state).in_(ON_ITS_WAY), planned, forgotten, over))
        .order_by(col(Call.id))
        .limit(limit)
    )
    return [number or 0 for number in work.session.execute(found).scalars()]


def tend(work: Work, call_id: int) -> bool:
    """Do one batch of what is due for a call; whether there is more to do now."""
    access.require(work.actor, "call.send", Resource())
    call = repository.read(work.session, call_id, lock=True)
    if call is None:
        return False
    if call.state == CallState.DRAFT:
        _forget(work.session, call_id)
        return False
    if call.state == CallState.PLANNED:
        repository.change(work.session, call_id, state=CallState.OPEN)
    more = advance(work, call_id)
    if not more:
        refresh(work, call_id)
    return more


def advance(work: Work, call_id: int) -> bool:
    """Take a call one batch further: people taken on, shown it, reminded; closed when it is over. Whether
    there is more to do now."""
    access.require(work.actor, "call.send", Resource())
    call = repository.read(work.session, call_id)
    assert call
    if call.state == CallState.OPEN and call.deadline and work.now > call.deadline:
        _close(work, call)
        call = repository.read(work.session, call_id) or call
    taking = call.state == CallState.OPEN and call.taken_on is not None
    if taking:
        _take_on(work, call, call.taken_on or 0)
    shown = _show(work, call)
    reminded = _remind(work, call) if call.state == CallState.OPEN and not taking and not shown else 0
    return taking or shown == BATCH or reminded == BATCH


def _plan(work: Work, call: CallRow, at: datetime | None) -> None:
    """It goes at its time, or at once; from then on it takes answers as long as its kind says."""
    kind = work.settings.calls.kind(call.kind)
    start = at or work.now
    deadline = start + timedelta(hours=kind.hours)
    remind = kind.remind_hours and kind.asked is not Asked.NOTHING
    repository.change(
        work.session, call.id, state=CallState.PLANNED if at else CallState.OPEN, send_at=start,
        deadline=deadline, remind_at=deadline - timedelta(hours=kind.remind_hours) if remind else None,
    )  # fmt: skip
    refresh(work, call.id)
    if not at:
        advance(work.by(access.SYSTEM), call.id)


def _ask_to_agree(work: Work, call: CallRow) -> None:
    asked = access.nearest_with(work.session, "call.agree", call.path, but=[call.made_by])
    if not asked:
        raise Refused("call-nobody-agrees", most=work.settings.calls.agree_above)
    repository.change(work.session, call.id, state=CallState.WAITING)
    refresh(work, call.id)
    to = outbox.recipients_of(work.session, asked)
    outbox.show(work, _agreement(call.id), CallToAgree(call.id), *to)


def _agreement(call_id: int) -> str:
    return f"call_agree:{call_id}"


def _turn(work: Work, call_id: int, before: CallState, after: CallState) -> CallRow:
    call = held(work, call_id, "call.lead")
    if call.state != before:
        raise Refused("call-over" if call.state not in STANDING else "call-changed")
    repository.change(work.session, call_id, state=after)
    audit.record(work, "call.lead", f"call:{call_id}", to=after)
    refresh(work, call_id)
    return call


def _take_on(work: Work, call: CallRow, after: int) -> None:
    """The next people of the audience become recipients."""
    found = audience.people(work.session, call.for_whom, work.now)
    found = found.where(col(Person.id) > after).order_by(col(Person.id)).limit(BATCH)
    rows = work.session.execute(found).all()
    taken = [{"call_id": call.id, "person_id": number, "area_id": area} for number, area in rows]
    values = {"queued": 0, "words": ""}
    insert_new(work.session, CallRecipient, [each | values for each in taken])
    last = rows[-1][0] if len(rows) == BATCH else None
    repository.change(work.session, call.id, taken_on=last, size=col(Call.size) + len(rows))


def _show(work: Work, call: CallRow) -> int:
    """Put the call, as it is now, on its way to the next recipients who have not got this version; how many.
    What is over goes only to those who may have got it.

    While a call is paused its loader lets nothing out.
    """
    if call.state == CallState.PAUSED:
        return 0
    session, least = work.session, 0 if call.state == CallState.OPEN else 1
    stale = (col(CallRecipient.queued) >= least, col(CallRecipient.queued) < call.version)
    waiting = (
        select(col(CallRecipient.id), col(CallRecipient.person_id))
        .where(col(CallRecipient.call_id) == call.id, *stale)
        .order_by(col(CallRecipient.queued), col(CallRecipient.id))
        .limit(BATCH)
    )
    rows = session.execute(waiting).all()
    people = [person for _, person in rows]
    urgent = work.settings.calls.kind(call.kind).urgent
    to = outbox.recipients_of(session, people)
    outbox.show(work, subject_of(call.id), CallMessage(call.id, urgent), *to)
    these = update(CallRecipient).where(col(CallRecipient.id).in_([number for number, _ in rows]))
    session.execute(these.values(queued=call.version))
    return len(rows)


def _remind(work: Work, call: CallRow) -> int:
    """Ask the next of those who are silent once more; how many."""
    if call.remind_at is None or call.remind_at > work.now or call.asked == Asked.NOTHING:
        return 0
    not_yet = or_(col(CallRecipient.reminded_at).is_(None), col(CallRecipient.reminded_at) < call.remind_at)
    silent = (repository.state_of(call) == "silent") & not_yet
    people = [each.person_id for each in repository.named(work.session, call, silent, BATCH)]
    mark = f"{call.remind_at:%y%m%d%H%M}"
    for to in outbox.recipients_of(work.session, people):
        key = f"call:{call.id}:remind:{mark}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, CallReminder(call.id), to, key, deadline=call.deadline)
    mine = (col(CallRecipient.call_id) == call.id, col(CallRecipient.person_id).in_(people))
    work.session.execute(update(CallRecipient).where(*mine).values(reminded_at=work.now))
    if len(people) < BATCH:
        repository.change(work.session, call.id, remind_at=None)
    return len(people)


def _close(work: Work, call: CallRow) -> None:
    """Its time is over: it takes no answers any more, and its keys go."""
    version = call.version + (call.asked != Asked.NOTHING)
    values = {"state": CallState.CLOSED, "closed_at": work.now, "version": version, "remind_at": None}
    repository.change(work.session, call.id, **values)
    refresh(work, call.id)


def _forget(session: Session, call_id: int) -> None:
    """A draft that nobody let go."""
    session.execute(delete(CallContent).where(col(CallContent.call_id) == call_id))
    session.execute(delete(Call).where(col(Call.id) == call_id))


def kind_of(work: Work, call: CallRow) -> CallKind:
    """A call's kind."""
    return work.settings.calls.kind(call.kind)
