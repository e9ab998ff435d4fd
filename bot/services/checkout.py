"""Check-out: one tap, taken back within a minute; what was forgotten is closed and marked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access, outbox
from bot.access import Actor, Thing
from bot.checkins import close_forgotten, end_of_forgotten, end_of_shift, is_open_at, recent_of
from bot.errors import Refused
from bot.grading import TimeVerdict, grade_leaving
from bot.notices import Notice
from bot.services.accounts import own
from bot.settings import Settings
from models import CheckIn, ClosedBy


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is said about a check-out."""

    checkin_id: int
    in_at: datetime
    out_at: datetime
    time: TimeVerdict
    needs_place: bool = False


def check_out(session: Session, actor: Actor, at: datetime, *, now: datetime, settings: Settings) -> Leaving:
    """End the open check-in. Raises Refused where none is open.

    One that the system closed before this check-out reached us is ended by the person after all.
    """
    access.require(actor, "checkin.make", own(actor))
    recent = recent_of(session, actor.person_id)
    row = next((row for row in recent if is_open_at(row, at)), None)
    if row is None:
        last = recent[0] if recent else None
        if last and last.out_at and last.closed_by == ClosedBy.SELF and at - last.out_at < timedelta(hours=1):
            raise Refused("checkout-already", time=_clock(last.out_at, settings))
        raise Refused("checkout-none-open")
    if row.out_at is None and row.close_at <= at:
        # Refusing undoes whatever is done here; the clock closes it.
        raise Refused("checkout-closed-before", time=_clock(end_of_forgotten(session, row), settings))
    ends_at = end_of_shift(session, row.shift_id)
    time = grade_leaving(ends_at, at, settings.checkin.grace_minutes) if ends_at else TimeVerdict()
    values = {
        "out_at": at, "closed_by": ClosedBy.SELF, "out_punctuality": time.punctuality,
        "early_minutes": time.minutes,
    }  # fmt: skip
    session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**values))
    needed = settings.duty_type(row.duty_type)
    return Leaving(row.id, row.in_at, at, time, needed.location_at_check_out)


def undo_check_out(
    session: Session, actor: Actor, checkin_id: int, at: datetime, *, now: datetime, settings: Settings
) -> datetime:
    """Take back a check-out made shortly before `at`; returns since when the person is on duty.

    Raises Refused when it is too late.
    """
    access.require(actor, "checkin.make", own(actor))
    recent = recent_of(session, actor.person_id)
    row = recent[0] if recent else None
    if row is None or row.id != checkin_id or row.out_at is None or row.closed_by != ClosedBy.SELF:
        raise Refused("button-stale")
    if any(other.out_at is None for other in recent):
        # Two accounts of one person: the other one has checked in meanwhile, for an earlier moment.
        raise Refused("button-stale")
    if at - row.out_at > timedelta(seconds=settings.checkin.undo_seconds):
        raise Refused("checkout-undo-late")
    values = {"out_at": None, "closed_by": None, "out_punctuality": None, "early_minutes": 0}
    session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**values))
    in_at: datetime = row.in_at
    return in_at


def close_overdue(
    session: Session, actor: Actor, *, now: datetime, settings: Settings, limit: int = 500
) -> int:
    """Close check-ins whose check-out was forgotten, mark them so and tell the people.

    Returns how many were overdue, `limit` at most.
    """
    access.require(actor, "checkin.close", Thing())
    rows = session.execute(
        select(
            col(CheckIn.id), col(CheckIn.person_id), col(CheckIn.shift_id), col(CheckIn.in_at),
            col(CheckIn.close_at),
        )
        .where(col(CheckIn.out_at).is_(None), col(CheckIn.close_at) <= now)
        .order_by(col(CheckIn.close_at))
        .limit(limit)
    ).all()  # fmt: skip
    closed = [(row, close_forgotten(session, row)) for row in rows]
    ended = {row.person_id: (row.id, out_at) for row, out_at in closed if out_at}
    for to in outbox.recipients_of(session, sorted(ended)):
        checkin_id, out_at = ended[to.person_id or 0]
        notice = Notice("checkin.closed_by_system", {"checkin_id": checkin_id, "out_at": out_at})
        outbox.enqueue(session, notice, to, f"closed:{checkin_id}:{to.bot}:{to.chat_id}", now, settings)
    return len(rows)


def _clock(moment: datetime, settings: Settings) -> str:
    return moment.astimezone(settings.work.zone).strftime("%H:%M")
