"""Corrections (补卡): asked for with a reason, decided by a supervisor, the original kept beside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Thing, audit, labels
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.duty import repository
from bot.features.duty.correctable import Target, Wish, own, require_right, require_room, target_of
from bot.features.duty.grading import grade_arrival, grade_leaving
from bot.features.duty.repository import began, ended
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.settings import Settings
from bot.settings.work_day import day_of_duty
from bot.words import edits, said
from bot.words.edits import Change
from models import (
    Area,
    CheckIn,
    ClosedBy,
    Correction,
    CorrectionKind,
    Person,
    Punctuality,
    RequestState,
    Shift,
)

DECIDE = "correction.decide"
MOST_CHARACTERS = 500
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on its way. `deciders` are names; none: nobody can be reached. `held_until`: quiet hours."""

    correction_id: int
    kind: str
    happened_at: datetime
    recorded_at: datetime | None
    deciders: tuple[str, ...]
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class Decided:
    """How a request stands; `won`: it was this decision that counted."""

    won: bool
    state: str
    by: str
    at: datetime


def ask(
    session: Session, actor: Actor, wish: Wish, words: str, voice: str, at: datetime, *, now: datetime,
    settings: Settings,
) -> Asked:  # fmt: skip
    """Ask for another time to count. Raises Refused where it cannot be right or is asked already."""
    access.require(actor, "correction.ask", own(actor))
    target, happened_at = require_right(session, actor, wish, now=at, settings=settings)
    record, shift = target.record, target.shift
    recorded_at = (
        (began(record) if wish.kind == CorrectionKind.CHECK_IN else ended(record)) if record else None
    )
    values = {
        "person_id": actor.person_id, "area_id": actor.area_id, "kind": wish.kind,
        "checkin_id": record.id if record else None, "shift_id": shift.id if shift else None,
        "happened_at": happened_at, "recorded_at": recorded_at, "reason": words.strip()[:MOST_CHARACTERS],
        "reason_voice": voice or None, "asked_at": at, "state": RequestState.ASKED,
    }  # fmt: skip
    number = (
        session.execute(insert(Correction).values(**values).returning(col(Correction.id))).scalar_one() or 0
    )
    audit.record(
        session, actor, "correction.ask", _subject(number), now, actor.person_id,
        kind=wish.kind, happened_at=happened_at.isoformat(),
    )  # fmt: skip
    said.file(session, actor, f"correction:{number}")
    names = _show_to_deciders(session, actor, number, now, settings)
    held_until = outbox.quiet_until(settings, now) if names else None
    return Asked(number, wish.kind, happened_at, recorded_at, names, held_until)


def decide(
    session: Session, actor: Actor, correction_id: int, approve: bool, *, now: datetime, settings: Settings
) -> Decided | None:
    """Approve or refuse; of two deciding at once the first one counts. None where there is no such request.

    Raises Refused where the time no longer fits into what was recorded since.
    """
    row = _request(session, correction_id)
    if row is None:
        return None
    access.require(actor, DECIDE, _thing(row))
    state = RequestState.APPROVED if approve else RequestState.REFUSED
    if not _settle(session, correction_id, state, actor, now):
        settled = _request(session, correction_id) or row
        return Decided(False, settled.state, settled.by or "", settled.decided_at or now)
    open_now = _apply(session, row, now, settings) if approve else False
    audit.record(session, actor, DECIDE, _subject(correction_id), now, row.person_id, state=state)
    shown = {**_facts(row), "state": state, "by": actor.name, "decided_at": now}
    outbox.show_again(session, _subject(correction_id), Notice("correction.asked", shown), now)
    notice = Notice("correction.decided", {**shown, "on_duty": open_now})
    for to in outbox.recipients_of(session, [row.person_id]):
        outbox.enqueue(session, notice, to, f"{_subject(correction_id)}:{to.bot}:{to.chat_id}", now, settings)
    return Decided(True, state, actor.name, now)


def reworded(
    session: Session, actor: Actor, correction_id: int, change: Change, *, now: datetime, settings: Settings
) -> list[int] | None:
    """The reason given says something else now; who is to decide. None once that is done."""
    access.require(actor, "correction.ask", own(actor))
    open_ = (col(Correction.id) == correction_id, col(Correction.state) == RequestState.ASKED)
    if not edits.put(session, Correction.reason, change, *open_):
        return None
    row = _request(session, correction_id)
    assert row
    outbox.show_again(session, _subject(correction_id), Notice("correction.asked", _facts(row)), now)
    return access.nearest(session, DECIDE, row.path, but=[actor.person_id])


def show_waiting(session: Session, actor: Actor, *, now: datetime, settings: Settings) -> int:
    """Lay before the actor whatever waits for somebody like them, oldest first; how many there are.

    So that nothing is lost which was asked while nobody could be reached.
    """
    mine = access.visible(actor, DECIDE, col(Area.path), col(Correction.person_id))
    found = session.execute(
        select(col(Correction.id))
        .join(Area, col(Area.id) == col(Correction.area_id))
        .where(col(Correction.state) == RequestState.ASKED, mine)
        .order_by(col(Correction.asked_at))
    )
    waiting = list(found.scalars())
    for number in waiting[:MOST_SHOWN]:
        row = _request(session, number or 0)
        if row is not None:
            notice = Notice("correction.waiting", _facts(row))
            outbox.show(session, _subject(row.id), notice, outbox.recipient_of(actor), now, settings)
            audit.record(session, actor, "correction.read", _subject(row.id), now, row.person_id)
    return len(waiting)


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """What a card shows; None for a reader who has lost the role since."""
    row = _request(session, facts["correction_id"])
    return facts if row is not None and access.allows(reader, DECIDE, _thing(row)) else None


def _thing(row: Row[Any]) -> Thing:
    return Thing(row.path, {Relation.SELF: (row.person_id,)})


def _settle(session: Session, correction_id: int, state: RequestState, actor: Actor, now: datetime) -> bool:
    """Write the decision down; False where somebody else was faster."""
    settled = session.connection().execute(
        update(Correction)
        .where(col(Correction.id) == correction_id, col(Correction.state) == RequestState.ASKED)
        .values(state=state, decided_by=actor.person_id, decided_at=now)
    )
    return settled.rowcount == 1


def _apply(session: Session, row: Row[Any], now: datetime, settings: Settings) -> bool:
    """Let the time count; True where the person is on duty by it."""
    repository.forget(session)
    wish = Wish(CorrectionKind(row.kind), row.happened_at, row.checkin_id, row.shift_id)
    try:
        target = target_of(session, row.person_id, wish, row.happened_at, settings)
        require_room(session, row.person_id, row.kind, target, row.happened_at, now)
    except Refused as problem:
        raise Refused("correction-no-longer-fits", name=row.name) from problem
    if target.record is None:
        return _make_up(session, row, target, now, settings)
    grace, shift, at = settings.checkin.grace_minutes, target.shift, row.happened_at
    values: dict[str, Any]
    if row.kind == CorrectionKind.CHECK_IN:
        values = {"corrected_in_at": at}
        if shift:
            time = grade_arrival(shift.starts_at, at, grace)
            values |= {"in_punctuality": time.punctuality, "late_minutes": time.minutes}
    else:
        values = {"corrected_out_at": at, "closed_by": ClosedBy.SUPERVISOR}
        if shift:
            time = grade_leaving(shift.ends_at, at, grace)
            values |= {"out_punctuality": time.punctuality, "early_minutes": time.minutes}
    session.execute(update(CheckIn).where(col(CheckIn.id) == target.record.id).values(**values))
    return False


def _make_up(session: Session, row: Row[Any], target: Target, now: datetime, settings: Settings) -> bool:
    """A check-in that was missed. Open while its shift runs, else ended with its shift.

    Its times are corrected ones throughout, and it has no evidence: that marks it.
    """
    shift, at = target.shift, row.happened_at
    time = grade_arrival(shift.starts_at, at, settings.checkin.grace_minutes) if shift else None
    ends_at = shift.ends_at if shift else at
    values: dict[str, Any] = {
        "person_id": row.person_id, "area_id": shift.area_id if shift else row.area_id,
        "shift_id": shift.id if shift else None, "post_id": shift.post_id if shift else None,
        "duty_type": shift.duty_type if shift else settings.work.duty_type,
        "work_day": day_of_duty(shift, at, settings.work), "in_at": at,
        "corrected_in_at": at, "close_at": ends_at + timedelta(minutes=settings.checkin.close_after_minutes),
        "in_punctuality": time.punctuality if time else Punctuality.NO_SHIFT,
        "late_minutes": time.minutes if time else 0,
    }  # fmt: skip
    is_open: bool = ends_at > now
    if is_open:
        _end_before(session, row.person_id, at)
    else:
        values |= {
            "out_at": ends_at, "corrected_out_at": ends_at, "closed_by": ClosedBy.SUPERVISOR,
            "out_punctuality": Punctuality.ON_TIME if shift else Punctuality.NO_SHIFT,
        }  # fmt: skip
    made = session.execute(insert(CheckIn).values(**values).returning(col(CheckIn.id))).scalar_one()
    session.execute(update(Correction).where(col(Correction.id) == row.id).values(checkin_id=made))
    return is_open


def _end_before(session: Session, person_id: int, at: datetime) -> None:
    """End the check-in that is still open, as a check-in at that moment would have: one is open at most."""
    for record in repository.recent_of(session, person_id):
        if record.out_at is None:
            repository.close_forgotten(session, record, at)


def _show_to_deciders(
    session: Session, actor: Actor, number: int, now: datetime, settings: Settings
) -> tuple[str, ...]:
    """Lay the request before the nearest ones who may decide it; their names."""
    deciders = access.nearest(session, DECIDE, actor.path, but=[actor.person_id])
    if not deciders:
        return ()
    row = _request(session, number)
    assert row
    notice = Notice("correction.asked", _facts(row))
    for to in outbox.recipients_of(session, deciders):
        outbox.show(session, _subject(number), notice, to, now, settings)
    return tuple(labels.named(session, deciders))


def _request(session: Session, correction_id: int) -> Row[Any] | None:
    decider = aliased(Person)
    return session.execute(
        select(
            col(Correction.id), col(Correction.person_id), col(Correction.area_id),
            col(Correction.checkin_id), col(Correction.shift_id), col(Correction.kind),
            col(Correction.happened_at), col(Correction.recorded_at), col(Correction.reason),
            col(Correction.reason_voice), col(Correction.state), col(Correction.decided_at),
            col(Person.name), col(Area.name).label("area"), col(Area.path), col(Shift.starts_at),
            col(Shift.ends_at), col(decider.name).label("by"),
        )
        .join(Person, col(Person.id) == col(Correction.person_id))
        .join(Area, col(Area.id) == col(Correction.area_id))
        .join(Shift, col(Shift.id) == col(Correction.shift_id), isouter=True)
        .join(decider, col(decider.id) == col(Correction.decided_by), isouter=True)
        .where(col(Correction.id) == correction_id)
    ).first()  # fmt: skip


def _facts(row: Row[Any]) -> Facts:
    """What a decider is to know."""
    return {
        "correction_id": row.id, "name": row.name, "area": row.area, "kind": row.kind,
        "happened_at": row.happened_at, "recorded_at": row.recorded_at, "starts_at": row.starts_at,
        "ends_at": row.ends_at, "missed": row.checkin_id is None, "reason": row.reason,
        "voice": row.reason_voice or "", "state": row.state, "by": row.by or "", "decided_at": row.decided_at,
    }  # fmt: skip


def _subject(correction_id: int) -> str:
    return f"correction:{correction_id}"
