"""What of a person's duty can be corrected, and whether a wished time can be right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Work, self_of
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.duty.repository import CheckInTimes
from bot.features.duty.shift_match import PlannedShift
from bot.features.shifts import crews
from bot.settings.work_day import work_day
from bot.storage.rows import all_of, columns, first_of
from models import (
    CheckIn,
    ClosedBy,
    Correction,
    CorrectionKind,
    Punctuality,
    RequestState,
    Shift,
    ShiftMember,
)

# A stretch of duty begins at most this long before a moment it holds.
LONGEST = timedelta(days=4)
MOST_OFFERED = 6


class CheckInRecord(CheckInTimes):
    """A check-in that may be corrected, and when its shift begins and ends."""

    out_punctuality: str | None
    starts_at: datetime | None
    ends_at: datetime | None


_RECORD = (
    select(*columns(CheckInRecord, CheckIn, Shift))
    .join(Shift, col(Shift.id) == col(CheckIn.shift_id), isouter=True)
    .order_by(col(CheckIn.in_at).desc(), col(CheckIn.id).desc())
)
_SHIFT = select(*columns(PlannedShift, Shift))


class Why(StrEnum):
    """What is wrong with a record, as far as it can be seen."""

    MISSED = "missed"
    NOT_CLOSED = "not-closed"
    LATE = "late"
    LEFT_EARLY = "left-early"
    LAST = "last"


class Wish(Struct):
    """What is to count: `at` for the check-in or check-out of a record, of a shift, or of neither."""

    kind: CorrectionKind
    at: datetime | None = None
    checkin_id: int | None = None
    shift_id: int | None = None


class Correctable(Struct):
    """A wish that suggests itself, without a time where nothing tells which; `recorded` counts now."""

    why: Why
    wish: Wish
    recorded: datetime | None = None


class CorrectableTime(Struct):
    """What a wish is about: a check-in, or none; and the shift it belongs to, where there is one."""

    record: CheckInRecord | None = None
    shift: PlannedShift | None = None


def correctable(work: Work) -> list[Correctable]:
    """What the actor may want to put right, newest first."""
    access.require(work.actor, "correction.ask", self_of(work.actor))
    since = work.now - timedelta(hours=work.settings.checkin.correction_hours)
    records = records_of(work.session, work.actor.person_id, since)
    shifts = _shifts(work.session, work.actor.person_id, since - LONGEST, work.now)
    found = [item for record in records for item in _of_record(record)]
    found += [item for shift in shifts if (item := _of_missed(shift, records, since))]
    if records and not any(i.wish.checkin_id == records[0].id and i.why is Why.LATE for i in found):
        wish = Wish(CorrectionKind.CHECK_IN, None, records[0].id)
        found.append(Correctable(Why.LAST, wish, records[0].began))
    waiting = _asked(work.session, work.actor.person_id)
    fresh = [
        i for i in found if since < _time(i) and not _ahead(i, work.now) and _about(i.wish) not in waiting
    ]
    return sorted(fresh, key=_time, reverse=True)[:MOST_OFFERED]


def wish_for(work: Work, checkin_id: int) -> Wish | None:
    """The wish for another check-in time of an own record; None where it is not the actor's."""
    access.require(work.actor, "correction.ask", self_of(work.actor))
    mine = (col(CheckIn.id) == checkin_id, col(CheckIn.person_id) == work.actor.person_id)
    found = work.session.execute(select(col(CheckIn.id)).where(*mine)).first()
    return Wish(CorrectionKind.CHECK_IN, None, checkin_id) if found else None


def likely_times(work: Work, wish: Wish) -> list[datetime]:
    """Times worth a button: the shift's start or end, and some before what is recorded, or before now."""
    access.require(work.actor, "correction.ask", self_of(work.actor))
    records = records_of(work.session, work.actor.person_id, work.now - LONGEST)
    record = next((each for each in records if each.id == wish.checkin_id), None)
    checks_in = wish.kind == CorrectionKind.CHECK_IN
    end = work.now if record is None else record.began if checks_in else (record.ended or work.now)
    steps = [end - timedelta(minutes=minutes) for minutes in (15, 30, 60)]
    likely = [moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0) for moment in steps]
    planned = (record.starts_at if checks_in else record.ends_at) if record else None
    if planned and planned != end and planned <= work.now and planned not in likely:
        likely.insert(0, planned)
    return likely


def require_right(work: Work, wish: Wish) -> tuple[CorrectableTime, datetime]:
    """What the wish is about, and its time. Raises Refused where it cannot be right or is asked already."""
    access.require(work.actor, "correction.ask", self_of(work.actor))
    hours = work.settings.checkin.correction_hours
    if wish.at is None or wish.at > work.now:
        raise Refused("correction-in-future")
    if wish.at < work.now - timedelta(hours=hours):
        raise Refused("correction-too-old", hours=hours)
    target = target_of(work, work.actor.person_id, wish, wish.at)
    record, shift = target.record, target.shift
    about = replace(wish, checkin_id=record.id if record else None, shift_id=shift.id if shift else None)
    if _about(about) in _asked(work.session, work.actor.person_id):
        raise Refused("correction-asked-already")
    require_room(work, work.actor.person_id, wish.kind, target, wish.at)
    return target, wish.at


def target_of(work: Work, person_id: int, wish: Wish, at: datetime) -> CorrectableTime:
    """What a wish is about. Raises Refused where there is nothing to correct."""
    records = records_of(work.session, person_id, at)
    if wish.checkin_id is not None:
        record = next((r for r in records if r.id == wish.checkin_id), None)
    elif wish.kind == CorrectionKind.CHECK_OUT:
        record = next((r for r in records if r.began < at), None)
    else:
        return _missed_target(work, person_id, wish, at, records)
    if record is None:
        raise Refused("correction-no-record")
    return CorrectableTime(record, _shift(work.session, record.shift_id))


def require_room(
    work: Work, person_id: int, kind: CorrectionKind, target: CorrectableTime, at: datetime
) -> None:
    """Raise Refused where the corrected stretch ends before it begins, or lies over another one."""
    record, shift, now = target.record, target.shift, work.now
    start, end = at, max(at, min(shift.ends_at, now)) if shift else at
    if record is not None:
        start, end = record.began, record.ended or now
        if kind == CorrectionKind.CHECK_IN:
            start = at
        elif record.out_at is None:
            raise Refused("correction-still-open")
        else:
            end = at
        if end <= start:
            raise Refused("correction-out-before-in")
    latest = max(end, start + timedelta(seconds=1))
    for other in records_of(work.session, person_id, start):
        another = record is None or other.id != record.id
        if another and other.began < latest and start < _reaches(other, start, now):
            raise Refused("correction-overlaps")


def records_of(session: Session, person_id: int, since: datetime) -> list[CheckInRecord]:
    """The person's check-ins that may reach beyond a moment, newest first."""
    mine = (col(CheckIn.person_id) == person_id, col(CheckIn.in_at) > since - LONGEST)
    return all_of(session, CheckInRecord, _RECORD.where(*mine))


def _reaches(other: CheckInRecord, start: datetime, now: datetime) -> datetime:
    """To when another check-in counts, beside a stretch that begins at `start`. An open one before it goes to
    its shift's end, or to that beginning where it has no shift: checking in then would have ended it."""
    if other.ended is not None or other.began >= start:
        return other.ended or now
    return min(other.ends_at or start, now)


def _ahead(item: Correctable, now: datetime) -> bool:
    """Whether the time it suggests has yet to come, as the end of a shift left early: it would be refused."""
    return item.wish.at is not None and item.wish.at > now


def _of_record(record: CheckInRecord) -> list[Correctable]:
    found = []
    if record.in_punctuality == Punctuality.LATE and record.corrected_in_at is None:
        wish = Wish(CorrectionKind.CHECK_IN, record.starts_at, record.id)
        found.append(Correctable(Why.LATE, wish, record.in_at))
    closed = record.closed_by == ClosedBy.SYSTEM
    early = record.out_punctuality == Punctuality.LEFT_EARLY
    if record.out_at and record.corrected_out_at is None and (closed or early):
        wish = Wish(CorrectionKind.CHECK_OUT, record.ends_at, record.id)
        found.append(Correctable(Why.NOT_CLOSED if closed else Why.LEFT_EARLY, wish, record.out_at))
    return found


def _of_missed(shift: PlannedShift, records: Sequence[CheckInRecord], since: datetime) -> Correctable | None:
    """A shift that nobody would guess was kept: no record is of it or holds its start."""
    held = any(
        r.shift_id == shift.id or r.began <= shift.starts_at < (r.ended or shift.ends_at) for r in records
    )
    if held or shift.starts_at <= since:
        return None
    return Correctable(Why.MISSED, Wish(CorrectionKind.CHECK_IN, shift.starts_at, None, shift.id))


def _missed_target(
    work: Work, person_id: int, wish: Wish, at: datetime, records: Sequence[CheckInRecord]
) -> CorrectableTime:
    """A check-in without a record: of the shift it falls into, of whose record it then is after all."""
    shift = _shift(work.session, wish.shift_id)
    if shift is None:
        early = timedelta(minutes=work.settings.checkin.early_minutes)
        around = _shifts(work.session, person_id, at - LONGEST, at + early)
        shift = next((s for s in around if s.starts_at - early <= at < s.ends_at), None)
    day = work_day(at, work.settings.work)
    later = [
        r for r in reversed(records)
        if (r.shift_id == shift.id if shift else r.shift_id is None and r.work_day == day and r.began > at)
    ]  # fmt: skip
    return CorrectableTime(later[0] if later else None, shift)


def _shift(session: Session, shift_id: int | None) -> PlannedShift | None:
    return first_of(session, PlannedShift, _SHIFT.where(col(Shift.id) == shift_id)) if shift_id else None


def _shifts(session: Session, person_id: int, since: datetime, until: datetime) -> list[PlannedShift]:
    """The person's shifts that start in this time, newest first."""
    found = (
        _SHIFT.join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .where(
            col(ShiftMember.person_id) == person_id, crews.coming(), col(Shift.removed_at).is_(None),
            col(Shift.starts_at) > since, col(Shift.starts_at) <= until,
        )
        .order_by(col(Shift.starts_at).desc())
    )  # fmt: skip
    return all_of(session, PlannedShift, found)


def _asked(session: Session, person_id: int) -> list[Wish]:
    """What the person waits for a decision on."""
    waiting = (col(Correction.person_id) == person_id, col(Correction.state) == RequestState.ASKED)
    rows = session.execute(
        select(
            col(Correction.kind), col(Correction.happened_at), col(Correction.checkin_id),
            col(Correction.shift_id),
        ).where(*waiting)
    )  # fmt: skip
    return [_about(Wish(CorrectionKind(kind), *about)) for kind, *about in rows]


def _about(wish: Wish) -> Wish:
    """What a wish is about, whatever its time: a record, else a shift; a time only where there is neither."""
    if wish.checkin_id:
        return Wish(wish.kind, None, wish.checkin_id)
    return Wish(wish.kind, None, None, wish.shift_id) if wish.shift_id else wish


def _time(item: Correctable) -> datetime:
    known = item.wish.at or item.recorded
    assert known
    return known
