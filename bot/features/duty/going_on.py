"""From one shift to the next without a check-out: what was begun is ended, and the next one is gone on with.

Why, and when: docs/decisions/0021.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import delete, func, select, update
from sqlmodel import col

from bot.access import Work
from bot.base.facts import Struct
from bot.features.duty.grading import TimeVerdict, grade_arrival
from bot.features.duty.repository import RecentCheckIn, close_forgotten
from bot.features.duty.shift_match import PlannedShift
from bot.settings import Settings
from bot.settings.work_day import day_of_duty
from bot.storage.database import insert_one
from models import CheckIn, ClosedBy, Evidence, PlaceGrade, PresencePoint, Punctuality

_THERE = (PlaceGrade.ON_SITE, PlaceGrade.UNSURE)


class Ended(Struct):
    """A check-in that was ended, when, and the shifts at the same place that were gone on with."""

    out_at: datetime
    shifts: tuple[PlannedShift, ...] = ()
    # The last check-in there is now, and whether it is open.
    checkin_id: int = 0
    is_open: bool = False


def end(
    work: Work, row: RecentCheckIn, shifts: Sequence[PlannedShift], attended: set[int], until: datetime,
    *, leaves: bool = False,
) -> Ended | None:  # fmt: skip
    """End a forgotten check-in. Whoever is planned for the next shift at the same place goes on with it,
    as far as it has begun by `until`; the last one stays open for who only now leaves (`leaves`). None where
    somebody else has ended it meanwhile."""
    following = _follow(row, shifts, attended, until, work.settings)
    following = _kept(row, following, until, work.settings) if leaves else following
    latest = following[0].starts_at if following and row.shift_id is None else None
    out_at = close_forgotten(work.session, row, latest)
    if out_at is None:
        return None
    number, is_open, ended_at = row.id, False, out_at
    for shift in following:
        begin = max(shift.starts_at, ended_at)
        is_last = shift == following[-1]
        is_open = is_last and (leaves or _close_at(shift, work.settings) > until)
        number = _carry(work, row.person_id, shift, begin, None if is_open else shift.ends_at)
        ended_at = shift.ends_at
    return Ended(out_at, tuple(following), number, is_open)


def goes_on(
    row: RecentCheckIn, shifts: Sequence[PlannedShift], attended: set[int], at: datetime, settings: Settings
) -> bool:
    """Whether somebody who checks out now has kept the next shift too: the whole of it, or so long after the
    end of the first that it would have been closed; where the first was planned for no shift, any of it."""
    return bool(_kept(row, _follow(row, shifts, attended, at, settings), at, settings))


def take_back(
    work: Work, recent: Sequence[RecentCheckIn], shifts: Sequence[PlannedShift], at: datetime
) -> bool:
    """A check-out came late, and the system has gone on meanwhile: shifts that would not have been gone on
    with had it come in time are as if they never were. Whether there are any."""
    row, chain = _gone_on_since(recent, at)
    if row is None or not chain:
        return False
    attended = {each.shift_id for each in recent if each.shift_id and each not in chain}
    following = _follow(row, shifts, attended, at, work.settings)
    kept = _kept(row, following, at, work.settings)
    undone = [each for each in chain if each.shift_id not in {shift.id for shift in kept}]
    stays = next((each.id for each in reversed(chain) if each not in undone), row.id)
    for each in undone:
        _undo(work, each, stays, shifts, at)
    return bool(undone)


def _gone_on_since(
    recent: Sequence[RecentCheckIn], at: datetime
) -> tuple[RecentCheckIn | None, list[RecentCheckIn]]:
    """The check-in that somebody leaves at this moment, where only the clock has ended it, and those that it
    was gone on with, oldest first. None of them where somebody has said otherwise since."""
    own = [row for row in recent if row.evidence != Evidence.WENT_ON and row.in_at <= at]
    if not own or own[0].closed_by != ClosedBy.SYSTEM or at >= own[0].close_at:
        return None, []
    since = [row for row in reversed(recent) if row.in_at > own[0].in_at]
    chain = list(takewhile(lambda row: row.evidence == Evidence.WENT_ON, since))
    said = any(row.closed_by not in (None, ClosedBy.SYSTEM) or row.corrected_in_at for row in chain)
    return (None, []) if said else (own[0], chain)


def _undo(work: Work, row: RecentCheckIn, stays: int, shifts: Sequence[PlannedShift], at: datetime) -> None:
    """A check-in that was gone on with is none: its points are of the one before. Where there was a sign of
    the person later on, it begins with that."""
    mine = col(PresencePoint.checkin_id) == row.id
    points = select(func.min(col(PresencePoint.at))).where(mine, col(PresencePoint.at) > at)
    later = row.last_at if row.last_at is not None and row.last_at > at else None
    seen = work.session.execute(points).scalar() or later or (at if row.photo_id else None)
    before = (mine,) if seen is None else (mine, col(PresencePoint.at) <= at)
    work.session.execute(update(PresencePoint).where(*before).values(checkin_id=stays))
    if seen is None:
        work.session.execute(delete(CheckIn).where(col(CheckIn.id) == row.id))
        return
    shift = next((each for each in shifts if each.id == row.shift_id), None)
    grace = work.settings.checkin.grace_minutes
    late = grade_arrival(shift.starts_at, seen, grace) if shift else TimeVerdict()
    values = {"in_at": seen, "in_punctuality": late.punctuality, "late_minutes": late.minutes}
    changed = update(CheckIn).where(col(CheckIn.id) == row.id)
    work.session.execute(changed.values(evidence=Evidence.NONE, **values))


def _kept(
    row: RecentCheckIn, following: Sequence[PlannedShift], at: datetime, settings: Settings
) -> list[PlannedShift]:
    """Of the shifts that follow, those that somebody has kept who leaves now: see `goes_on`."""
    grace = timedelta(minutes=settings.checkin.grace_minutes)
    over = row.shift_id is None or row.close_at <= at
    kept: list[PlannedShift] = []
    for shift in following:
        if not over and at < shift.ends_at - grace:
            break
        kept.append(shift)
        over = _close_at(shift, settings) <= at
    return kept


def _follow(
    row: RecentCheckIn,
    shifts: Sequence[PlannedShift],
    attended: set[int],
    until: datetime,
    settings: Settings,
) -> list[PlannedShift]:
    """The shifts that follow one another at the place of the check-in, none attended: each can be checked in
    to while the one before still runs, and has begun by `until`."""
    if row.shift_id is None and row.place_grade not in _THERE and row.evidence != Evidence.NONE:
        return []
    early = timedelta(minutes=settings.checkin.early_minutes)
    current = next((shift for shift in shifts if shift.id == row.shift_id), None)
    if row.shift_id is not None and current is None:
        # It was given to somebody else, or is no more.
        return []
    reach = current.ends_at if current else row.close_at
    last = current.ends_at if current else row.in_at
    found: list[PlannedShift] = []
    for shift in sorted(shifts, key=lambda each: (each.starts_at, each.id)):
        fits = shift.id not in attended and _is_same_place(row, shift) and shift.ends_at > last
        if fits and row.in_at <= shift.starts_at <= until and shift.starts_at - early <= reach:
            found.append(shift)
            reach = last = shift.ends_at
    return found


def _is_same_place(row: RecentCheckIn, shift: PlannedShift) -> bool:
    if shift.post_id is None:
        return row.post_id is None and row.area_id == shift.area_id
    return row.post_id == shift.post_id


def _carry(work: Work, person_id: int, shift: PlannedShift, begin: datetime, out_at: datetime | None) -> int:
    """The check-in to a shift that was gone on with; its number."""
    values: dict[str, object] = {
        "person_id": person_id, "area_id": shift.area_id, "shift_id": shift.id, "post_id": shift.post_id,
        "duty_type": shift.duty_type, "work_day": day_of_duty(shift, begin, work.settings.work),
        "in_at": begin, "close_at": _close_at(shift, work.settings),
        "in_punctuality": Punctuality.ON_TIME, "late_minutes": 0,
        "early_minutes": 0, "evidence": Evidence.WENT_ON, "place_grade": PlaceGrade.NOT_GRADED,
        "too_fast": False, "out_at": out_at, "closed_by": ClosedBy.SYSTEM if out_at else None,
    }  # fmt: skip
    return insert_one(work.session, CheckIn, values)


def _close_at(shift: PlannedShift, settings: Settings) -> datetime:
    return shift.ends_at + timedelta(minutes=settings.checkin.close_after_minutes)
