"""Check-out: one tap, taken back within a minute; what was forgotten is closed and marked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from bot import access
from bot.access import Resource, Work, self_of
from bot.base.errors import Refused
from bot.features.duty import going_on, repository
from bot.features.duty.going_on import Ended
from bot.features.duty.grading import TimeVerdict, grade_leaving
from bot.features.duty.known_duty import duty_of, shifts_of
from bot.features.duty.notices import CheckInClosedBySystem, CheckInWentOn, CheckOutDone
from bot.features.duty.repository import RecentCheckIn, open_at, recent_of
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.settings import Settings
from models import CheckIn, ClosedBy, Evidence


def check_out(work: Work, at: datetime) -> CheckOutDone:
    """End the open check-in. Raises Refused where none is open.

    One that the system closed before this check-out reached us is ended by the person after all.
    """
    access.require(work.actor, "checkin.make", self_of(work.actor))
    row = _gone_on(work, _recent(work, at), at)
    ends_at = repository.end_of_shift(work.session, row.shift_id)
    time = grade_leaving(ends_at, at, work.settings.checkin.grace_minutes) if ends_at else TimeVerdict()
    values = {
        "out_at": at, "closed_by": ClosedBy.SELF, "out_punctuality": time.punctuality,
        "early_minutes": time.minutes,
    }  # fmt: skip
    work.session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**values))
    needs_place = work.settings.duty_type(row.duty_type).location_at_check_out
    return CheckOutDone(row.id, row.in_at, at, time.minutes, needs_place)


def undo_check_out(work: Work, checkin_id: int, at: datetime) -> datetime:
    """Take back a check-out made shortly before `at`; returns since when the person is on duty.

    Raises Refused when it is too late.
    """
    access.require(work.actor, "checkin.make", self_of(work.actor))
    recent = recent_of(work.session, work.actor.person_id)
    row = recent[0] if recent else None
    if row is None or row.id != checkin_id or row.out_at is None or row.closed_by != ClosedBy.SELF:
        raise Refused("button-stale")
    if any(other.out_at is None for other in recent):
        # Two accounts of one person: the other one has checked in meanwhile, for an earlier moment.
        raise Refused("button-stale")
    if at - row.out_at > timedelta(seconds=work.settings.checkin.undo_seconds):
        raise Refused("checkout-undo-late")
    values = {"out_at": None, "closed_by": None, "out_punctuality": None, "early_minutes": 0}
    work.session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**values))
    return row.in_at


def close_overdue(work: Work, *, limit: int = 500) -> int:
    """Close check-ins whose check-out was forgotten, mark them so and tell the people.

    Returns how many were overdue, `limit` at most.
    """
    access.require(work.actor, "checkin.close", Resource())
    rows = repository.overdue(work.session, work.now, limit)
    planned = shifts_of(work.session, [row.person_id for row in rows], work.now, work.settings.checkin)
    attended = repository.attended_of(work.session, [row.person_id for row in rows], work.now)
    for row in rows:
        shifts, kept = planned[row.person_id], attended.get(row.person_id, set())
        ended = going_on.end(work, row, shifts, kept, work.now)
        if ended is not None:
            _tell_ended(work, row, ended)
    return len(rows)


def _recent(work: Work, at: datetime) -> Sequence[RecentCheckIn]:
    """The newest check-ins, as they would be had this check-out come in time."""
    recent = recent_of(work.session, work.actor.person_id, at)
    if not any(row.evidence == Evidence.WENT_ON for row in recent):
        return recent
    shifts = duty_of(work, at).shifts
    if not going_on.take_back(work, recent, shifts, at):
        return recent
    return recent_of(work.session, work.actor.person_id, at)


def _gone_on(work: Work, recent: Sequence[RecentCheckIn], at: datetime) -> RecentCheckIn:
    """The check-in that was open; where the next shift was kept too, without a tap, the one to that. Raises
    Refused where none was open, or its time was over."""
    row = open_at(recent, at)
    if row is None:
        raise _none_open(recent, at, work.settings)
    if row.out_at is not None:
        if row.closed_by != ClosedBy.SYSTEM:
            raise Refused("checkout-already", time=_clock(row.ended or at, work.settings))
        return row
    shifts = duty_of(work, at).shifts
    attended = {each.shift_id for each in recent if each.shift_id}
    if not going_on.goes_on(row, shifts, attended, at, work.settings):
        if row.close_at <= at:
            # Refusing undoes whatever is done here; the clock closes it.
            raise Refused(
                "checkout-closed-before",
                time=_clock(repository.end_of_forgotten(work.session, row), work.settings),
            )
        return row
    going_on.end(work, row, shifts, attended, at, leaves=True)
    return open_at(recent_of(work.session, work.actor.person_id), at) or row


def _none_open(recent: Sequence[RecentCheckIn], at: datetime, settings: Settings) -> Refused:
    """Why there is nothing to check out of."""
    open_ = next((row for row in recent if row.out_at is None), None)
    if open_:
        # It came late: they have checked in anew since.
        return Refused("checkout-came-late", time=_clock(open_.began, settings))
    last = recent[0] if recent else None
    if last and last.out_at and last.closed_by == ClosedBy.SELF and at - last.out_at < timedelta(hours=1):
        return Refused("checkout-already", time=_clock(last.out_at, settings))
    return Refused("checkout-none-open")


def _tell_ended(work: Work, row: RecentCheckIn, ended: Ended) -> None:
    notice: Notice = CheckInClosedBySystem(ended.out_at)
    if ended.shifts:
        first, last = ended.shifts[0], ended.shifts[-1]
        notice = CheckInWentOn(ended.out_at, first.starts_at, last.ends_at, ended.is_open)
    outbox.tell(work, [row.person_id], notice, f"closed:{row.id}")


def _clock(moment: datetime, settings: Settings) -> str:
    return moment.astimezone(settings.work.zone).strftime("%H:%M")
