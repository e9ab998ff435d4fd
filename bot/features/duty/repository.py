"""A person's newest check-ins, and the ending of a forgotten one."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select, text, update
from sqlmodel import Session, col

from bot.base.facts import Struct
from bot.storage.rows import Query
from models import CheckIn, ClosedBy, Shift

# How many of a person's check-ins are looked at to see which shifts are attended.
RECENT = 4
_CHECKINS = CheckIn.__table__  # type: ignore[attr-defined]


class CheckInTimes(Struct):
    """A check-in, and its times: recorded, and corrected."""

    id: int
    shift_id: int | None
    in_at: datetime
    out_at: datetime | None
    corrected_in_at: datetime | None
    corrected_out_at: datetime | None
    closed_by: str | None
    in_punctuality: str
    work_day: date

    @property
    def began(self) -> datetime:
        """When it counts from."""
        return self.corrected_in_at or self.in_at

    @property
    def ended(self) -> datetime | None:
        """When it counts to; None while it is open."""
        return self.corrected_out_at or self.out_at


class RecentCheckIn(CheckInTimes):
    """One of a person's newest check-ins."""

    person_id: int
    area_id: int
    post_id: int | None
    duty_type: str
    close_at: datetime
    late_minutes: int
    evidence: str
    place_grade: str
    distance: int | None
    too_fast: bool
    out_evidence: str | None
    latitude: float | None
    longitude: float | None
    accuracy: float | None
    last_at: datetime | None
    last_latitude: float | None
    last_longitude: float | None
    photo_id: int | None


_COLUMNS = [_CHECKINS.c[field.name] for field in fields(RecentCheckIn)]
# Made once: building a statement costs more than running it.
_RECENT = (
    select(*_COLUMNS)
    .where(_CHECKINS.c.person_id == bindparam("person_id"))
    .order_by(_CHECKINS.c.in_at.desc(), _CHECKINS.c.id.desc())
    .limit(RECENT)
)
_OPEN = select(*_COLUMNS).where(_CHECKINS.c.person_id == bindparam("person_id"), text("out_at IS NULL"))
_CLOSE_LATER = (
    update(_CHECKINS).where(_CHECKINS.c.id == bindparam("row_id")).values(close_at=bindparam("row_close"))
)

# What `preload` looks back: longer than any check-in stays open.
LOOK_BACK = timedelta(days=4)
_AHEAD = "recent_checkins"
_SINCE = (
    select(*_COLUMNS)
    .where(
        _CHECKINS.c.person_id.in_(bindparam("ids", expanding=True)), _CHECKINS.c.in_at > bindparam("since")
    )
    .order_by(_CHECKINS.c.in_at.desc(), _CHECKINS.c.id.desc())
)
_OLD_AND_OPEN = select(_CHECKINS.c.person_id).where(
    _CHECKINS.c.person_id.in_(bindparam("ids", expanding=True)),
    text("out_at IS NULL"),
    _CHECKINS.c.in_at <= bindparam("since"),
)


def preload(session: Session, person_ids: Sequence[int], now: datetime) -> None:
    """Read the newest check-ins of many people at once; each is used for one `recent_of`."""
    asked = {"ids": person_ids, "since": now - LOOK_BACK}
    ahead: dict[int, list[RecentCheckIn]] = {person_id: [] for person_id in person_ids}
    if person_ids:
        for row in _found(session, _SINCE, asked):
            ahead[row.person_id].append(row)
        for person_id in session.connection().execute(_OLD_AND_OPEN, asked).scalars():
            ahead.pop(person_id, None)
    session.info[_AHEAD] = ahead


def forget(session: Session) -> None:
    """Drop what was read ahead: check-ins of others than the actor are changed."""
    session.info.pop(_AHEAD, None)


def recent_of(session: Session, person_id: int, at: datetime | None = None) -> list[RecentCheckIn]:
    """The newest check-ins of a person, newest first; behind them the open one, where it is an older one.
    Where all of them are later than `at`, also what there was then: something came late."""
    recent = _newest_of(session, person_id)
    if at is None or len(recent) < RECENT or recent[RECENT - 1].in_at <= at:
        return recent
    rows = _found(session, _SINCE, {"ids": [person_id], "since": at - LOOK_BACK})
    return rows + [row for row in recent if row.in_at <= at - LOOK_BACK]


def _newest_of(session: Session, person_id: int) -> list[RecentCheckIn]:
    ahead: list[RecentCheckIn] | None = session.info.get(_AHEAD, {}).pop(person_id, None)
    asked = {"person_id": person_id}
    rows = _found(session, _RECENT, asked) if ahead is None else ahead
    newest, rest = rows[:RECENT], rows[RECENT:]
    if any(row.out_at is None for row in newest) or len(newest) < RECENT:
        return newest
    if ahead is None:
        rest = _found(session, _OPEN, asked)
    return newest + [row for row in rest if row.out_at is None]


def _found(session: Session, query: Query, asked: Mapping[str, object]) -> list[RecentCheckIn]:
    return [RecentCheckIn(*row) for row in session.connection().execute(query, asked)]


def open_at(recent: Sequence[RecentCheckIn], at: datetime) -> RecentCheckIn | None:
    """Of a person's check-ins, newest first, the one that was open at a moment, whoever has closed it since:
    what was sent in time may come late. What the system closed counts until then, for only a tap tells more,
    unless another one had begun."""
    begun = [row for row in recent if row.began <= at]
    if begun and begun[0].closed_by == ClosedBy.SYSTEM and at < begun[0].close_at:
        return begun[0]
    return next((row for row in begun if row.out_at is None or at < (row.ended or at)), None)


def next_after(recent: Sequence[RecentCheckIn], at: datetime) -> RecentCheckIn | None:
    """The check-in that began next after a moment; None where whatever happened then came in time."""
    return min((row for row in recent if row.began > at), key=lambda row: row.began, default=None)


def overdue(session: Session, now: datetime, limit: int) -> list[RecentCheckIn]:
    """The next open check-ins whose time is over, the longest over first."""
    over = select(*_COLUMNS).where(text("out_at IS NULL"), _CHECKINS.c.close_at <= now)
    return _found(session, over.order_by(_CHECKINS.c.close_at).limit(limit), {})


def attended_of(session: Session, person_ids: Sequence[int], now: datetime) -> dict[int, set[int]]:
    """The shifts that these people have checked in to lately."""
    asked = {"ids": sorted(set(person_ids)), "since": now - LOOK_BACK}
    found: dict[int, set[int]] = {}
    for row in _found(session, _SINCE, asked) if person_ids else ():
        if row.shift_id:
            found.setdefault(row.person_id, set()).add(row.shift_id)
    return found


def close_forgotten(session: Session, row: RecentCheckIn, latest: datetime | None = None) -> datetime | None:
    """End it; returns the moment it ended, `latest` at the most. None where somebody else has ended it
    meanwhile."""
    out_at = end_of_forgotten(session, row)
    if latest is not None:
        out_at = max(row.in_at, min(out_at, latest))
    closed = session.connection().execute(
        update(CheckIn)
        .where(col(CheckIn.id) == row.id, col(CheckIn.out_at).is_(None))
        .values(out_at=out_at, closed_by=ClosedBy.SYSTEM)
    )
    return out_at if closed.rowcount else None


def end_of_forgotten(session: Session, row: RecentCheckIn) -> datetime:
    """Where its shift ended, or when its time was over; never before it began."""
    return max(row.in_at, end_of_shift(session, row.shift_id) or row.close_at)


def follow_shifts(session: Session, changed: Query, close_after: timedelta) -> None:
    """Let open check-ins of these shifts be closed that long after what is now the shift's end."""
    rows = session.execute(
        select(col(CheckIn.id), col(Shift.ends_at))
        .join(Shift, col(Shift.id) == col(CheckIn.shift_id))
        .where(col(CheckIn.out_at).is_(None), col(CheckIn.shift_id).in_(changed))
    )
    moved = [{"row_id": row.id, "row_close": row.ends_at + close_after} for row in rows]
    if moved:
        session.connection().execute(_CLOSE_LATER, moved)


def end_of_shift(session: Session, shift_id: int | None) -> datetime | None:
    """When a shift ends; None without a shift."""
    if shift_id is None:
        return None
    return session.execute(select(col(Shift.ends_at)).where(col(Shift.id) == shift_id)).scalar()
