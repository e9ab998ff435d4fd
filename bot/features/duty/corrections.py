"""Corrections (补卡): asked for with a reason, decided by a supervisor, the original kept beside."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, labels, self_of
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.duty import repository
from bot.features.duty.correctable import CorrectableTime, Wish, require_right, require_room, target_of
from bot.features.duty.grading import grade_arrival, grade_leaving
from bot.features.duty.notices import CorrectionAsked, CorrectionDecided, CorrectionSent
from bot.outbox import outbox
from bot.settings.work_day import day_of_duty
from bot.storage.database import insert_one
from bot.storage.rows import Expression, columns, first_of
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


class CorrectionCard(Struct):
    """What a decider is to know. `missed`: it is of no check-in."""

    correction_id: int
    name: str
    area: str
    kind: CorrectionKind
    happened_at: datetime
    recorded_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    missed: bool
    reason: str
    voice: str
    state: str
    by: str
    decided_at: datetime | None


class CorrectionRequest(CorrectionCard):
    """A request, as it is decided on."""

    person_id: int
    area_id: int
    path: str
    checkin_id: int | None
    shift_id: int | None


class Decided(Struct):
    """How a request stands; `won`: it was this decision that counted."""

    won: bool
    state: str
    by: str
    at: datetime


def ask(work: Work, wish: Wish, words: str, voice: str, at: datetime) -> CorrectionSent:
    """Ask for another time to count. Raises Refused where it cannot be right or is asked already."""
    access.require(work.actor, "correction.ask", self_of(work.actor))
    target, happened_at = require_right(work.at(at), wish)
    record, shift = target.record, target.shift
    recorded_at = None
    if record:
        recorded_at = record.began if wish.kind == CorrectionKind.CHECK_IN else record.ended
    values = {
        "person_id": work.actor.person_id, "area_id": work.actor.area_id, "kind": wish.kind,
        "checkin_id": record.id if record else None, "shift_id": shift.id if shift else None,
        "happened_at": happened_at, "recorded_at": recorded_at, "reason": words.strip()[:MOST_CHARACTERS],
        "reason_voice": voice or None, "asked_at": at, "state": RequestState.ASKED,
    }  # fmt: skip
    number = insert_one(work.session, Correction, values)
    audit.record(
        work,
        "correction.ask",
        _subject(number),
        work.actor.person_id,
        kind=wish.kind,
        happened_at=happened_at.isoformat(),
    )
    said.file(work.session, work.actor, f"correction:{number}")
    names = _show_to_deciders(work, number)
    held_until = outbox.quiet_until(work.settings, work.now) if names else None
    return CorrectionSent(wish.kind, happened_at, recorded_at, names, held_until, number)


def decide(work: Work, correction_id: int, approve: bool) -> Decided | None:
    """Approve or refuse; of two deciding at once the first one counts. None where there is no such request.

    Raises Refused where the time no longer fits into what was recorded since.
    """
    row = _request(work.session, correction_id)
    if row is None:
        return None
    access.require(work.actor, DECIDE, _thing(row))
    state = RequestState.APPROVED if approve else RequestState.REFUSED
    if not _settle(work, correction_id, state):
        settled = _request(work.session, correction_id) or row
        return Decided(False, settled.state, settled.by, settled.decided_at or work.now)
    open_now = _apply(work, row) if approve else False
    audit.record(work, DECIDE, _subject(correction_id), row.person_id, state=state)
    outbox.show_again(work.session, _subject(correction_id), CorrectionAsked(correction_id), work.now)
    times = (row.kind, row.happened_at, row.recorded_at)
    notice = CorrectionDecided(*times, state, work.actor.name, work.now, open_now)
    outbox.tell(work, [row.person_id], notice, _subject(correction_id))
    return Decided(True, state, work.actor.name, work.now)


def reworded(work: Work, correction_id: int, change: Change) -> list[int] | None:
    """The reason given says something else now; who is to decide. None once that is done."""
    access.require(work.actor, "correction.ask", self_of(work.actor))
    open_ = (col(Correction.id) == correction_id, col(Correction.state) == RequestState.ASKED)
    if not edits.put(work.session, Correction.reason, change, *open_):
        return None
    row = _request(work.session, correction_id)
    assert row
    outbox.show_again(work.session, _subject(correction_id), CorrectionAsked(correction_id), work.now)
    return access.nearest_with(work.session, DECIDE, row.path, but=[work.actor.person_id])


def show_waiting(work: Work) -> int:
    """Lay before the actor whatever waits for somebody like them, oldest first; how many there are.

    So that nothing is lost which was asked while nobody could be reached.
    """
    mine = access.visible(work.actor, DECIDE, col(Area.path), col(Correction.person_id))
    found = work.session.execute(
        select(col(Correction.id))
        .join(Area, col(Area.id) == col(Correction.area_id))
        .where(col(Correction.state) == RequestState.ASKED, mine)
        .order_by(col(Correction.asked_at))
    )
    waiting = list(found.scalars())
    for number in waiting[:MOST_SHOWN]:
        row = _request(work.session, number or 0)
        if row is not None:
            subject, notice = _subject(row.correction_id), CorrectionAsked(row.correction_id, answers=True)
            outbox.show(work, subject, notice, outbox.recipient_of(work.actor))
            audit.record(work, "correction.read", subject, row.person_id)
    return len(waiting)


def load(session: Session, reader: Actor, notice: CorrectionAsked) -> CorrectionCard | None:
    """What a card shows; None for a reader who has lost the role since."""
    row = _request(session, notice.correction_id)
    return row if row is not None and access.allows(reader, DECIDE, _thing(row)) else None


def _thing(row: CorrectionRequest) -> Resource:
    return Resource(row.path, {Relation.SELF: (row.person_id,)})


def _settle(work: Work, correction_id: int, state: RequestState) -> bool:
    """Write the decision down; False where somebody else was faster."""
    settled = work.session.connection().execute(
        update(Correction)
        .where(col(Correction.id) == correction_id, col(Correction.state) == RequestState.ASKED)
        .values(state=state, decided_by=work.actor.person_id, decided_at=work.now)
    )
    return settled.rowcount == 1


def _apply(work: Work, row: CorrectionRequest) -> bool:
    """Let the time count; True where the person is on duty by it."""
    repository.forget(work.session)
    wish = Wish(row.kind, row.happened_at, row.checkin_id, row.shift_id)
    try:
        target = target_of(work, row.person_id, wish, row.happened_at)
        require_room(work, row.person_id, row.kind, target, row.happened_at)
    except Refused as problem:
        raise Refused("correction-no-longer-fits", name=row.name) from problem
    if target.record is None:
        return _make_up(work, row, target)
    grace, shift, at = work.settings.checkin.grace_minutes, target.shift, row.happened_at
    values: dict[str, object]
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
    work.session.execute(update(CheckIn).where(col(CheckIn.id) == target.record.id).values(**values))
    return False


def _make_up(work: Work, row: CorrectionRequest, target: CorrectableTime) -> bool:
    """A check-in that was missed. Open while its shift runs, else ended with its shift.

    Its times are corrected ones throughout, and it has no evidence: that marks it.
    """
    shift, at = target.shift, row.happened_at
    time = grade_arrival(shift.starts_at, at, work.settings.checkin.grace_minutes) if shift else None
    ends_at = shift.ends_at if shift else at
    values: dict[str, object] = {
        "person_id": row.person_id, "area_id": shift.area_id if shift else row.area_id,
        "shift_id": shift.id if shift else None, "post_id": shift.post_id if shift else None,
        "duty_type": shift.duty_type if shift else work.settings.work.duty_type,
        "work_day": day_of_duty(shift, at, work.settings.work), "in_at": at,
        "corrected_in_at": at,
        "close_at": ends_at + timedelta(minutes=work.settings.checkin.close_after_minutes),
        "in_punctuality": time.punctuality if time else Punctuality.NO_SHIFT,
        "late_minutes": time.minutes if time else 0,
    }  # fmt: skip
    is_open = ends_at > work.now
    if is_open:
        _end_before(work.session, row.person_id, at)
    else:
        values |= {
            "out_at": ends_at, "corrected_out_at": ends_at, "closed_by": ClosedBy.SUPERVISOR,
            "out_punctuality": Punctuality.ON_TIME if shift else Punctuality.NO_SHIFT,
        }  # fmt: skip
    made = insert_one(work.session, CheckIn, values)
    work.session.execute(
        update(Correction).where(col(Correction.id) == row.correction_id).values(checkin_id=made)
    )
    return is_open


def _end_before(session: Session, person_id: int, at: datetime) -> None:
    """End the check-in that is still open, as a check-in at that moment would have: one is open at most."""
    for record in repository.recent_of(session, person_id):
        if record.out_at is None:
            repository.close_forgotten(session, record, at)


def _show_to_deciders(work: Work, number: int) -> tuple[str, ...]:
    """Lay the request before the nearest ones who may decide it; their names."""
    deciders = access.nearest_with(work.session, DECIDE, work.actor.path, but=[work.actor.person_id])
    if not deciders:
        return ()
    outbox.show_to(work, deciders, _subject(number), CorrectionAsked(number))
    return tuple(labels.named(work.session, deciders))


def _request(session: Session, correction_id: int) -> CorrectionRequest | None:
    decider = aliased(Person)
    told: dict[str, Expression] = {
        "correction_id": col(Correction.id), "missed": col(Correction.checkin_id).is_(None),
        "voice": func.coalesce(col(Correction.reason_voice), ""), "area": col(Area.name),
        "by": func.coalesce(col(decider.name), ""),
    }  # fmt: skip
    found = (
        select(*columns(CorrectionRequest, Correction, Person, Area, Shift, **told))
        .join(Person, col(Person.id) == col(Correction.person_id))
        .join(Area, col(Area.id) == col(Correction.area_id))
        .join(Shift, col(Shift.id) == col(Correction.shift_id), isouter=True)
        .join(decider, col(decider.id) == col(Correction.decided_by), isouter=True)
        .where(col(Correction.id) == correction_id)
    )
    return first_of(session, CorrectionRequest, found)


def _subject(correction_id: int) -> str:
    return f"correction:{correction_id}"
