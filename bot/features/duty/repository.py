"""A person's newest check-ins, and the ending of a forgotten one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, text, update
from sqlmodel import Session, col

from models import CheckIn, ClosedBy, Shift

# How many of a person's check-ins are looked at to see which shifts are attended.
RECENT = 4
_CHECKINS = CheckIn.__table__  # type: ignore[attr-defined]
_COLUMNS = (
    "id", "shift_id", "post_id", "in_at", "out_at", "close_at", "closed_by", "duty_type", "last_at",
    "last_latitude", "last_longitude", "place_grade", "distance", "in_punctuality", "late_minutes",
    "evidence", "work_day", "too_fast", "photo_id", "out_evidence", "area_id", "person_id",
    "corrected_in_at", "corrected_out_at", "latitude", "longitude", "accuracy",
)  # fmt: skip
# Made once: building a statement costs more than running it.
_RECENT = (
    select(*(_CHECKINS.c[name] for name in _COLUMNS))
    .where(_CHECKINS.c.person_id == bindparam("person_id"))
    .order_by(_CHECKINS.c.in_at.desc(), _CHECKINS.c.id.desc())
    .limit(RECENT)
)
_OPEN = select(*(_CHECKINS.c[name] for name in _COLUMNS)).where(
    _CHECKINS.c.person_id == bindparam("person_id"), text("out_at IS NULL")
)
_CLOSE_LATER = (
    update(_CHECKINS).where(_CHECKINS.c.id == bindparam("row_id")).values(close_at=bindparam("row_close"))
)

# What `preload` looks back: longer than any check-in stays open.
LOOK_BACK = timedelta(days=4)
_AHEAD = "recent_checkins"
_SINCE = (
    select(*(_CHECKINS.c[name] for name in _COLUMNS))
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
    ahead: dict[int, list[Row[Any]]] = {person_id: [] for person_id in person_ids}
    if person_ids:
        for row in session.connection().execute(_SINCE, asked):
            ahead[row.person_id].append(row)
        for person_id in session.connection().execute(_OLD_AND_OPEN, asked).scalars():
            ahead.pop(person_id, None)
    session.info[_AHEAD] = ahead


def forget(session: Session) -> None:
    """Drop what was read ahead: check-ins of others than the actor are changed."""
    session.info.pop(_AHEAD, None)


def recent_of(session: Session, person_id: int, at: datetime | None = None) -> list[Row[Any]]:
    """The newest check-ins of a person, newest first; behind them the open one, where it is an older one.
    Where all of them are later than `at`, also what there was then: something came late."""
    recent = _newest_of(session, person_id)
    if at is None or len(recent) < RECENT or recent[RECENT - 1].in_at <= at:
        return recent
    rows = list(session.connection().execute(_SINCE, {"ids": [person_id], "since": at - LOOK_BACK}))
    return rows + [row for row in recent if row.in_at <= at - LOOK_BACK]


def _newest_of(session: Session, person_id: int) -> list[Row[Any]]:
    ahead: list[Row[Any]] | None = session.info.get(_AHEAD, {}).pop(person_id, None)
    asked = {"person_id": person_id}
    rows = list(session.connection().execute(_RECENT, asked)) if ahead is None else ahead
    newest, rest = rows[:RECENT], rows[RECENT:]
    if any(row.out_at is None for row in newest) or len(newest) < RECENT:
        return newest
    if ahead is None:
        rest = list(session.connection().execute(_OPEN, asked))
    return newest + [row for row in rest if row.out_at is None]


def began(row: Row[Any]) -> datetime:
    """When a check-in counts from."""
    start: datetime = row.corrected_in_at or row.in_at
    return start


def ended(row: Row[Any]) -> datetime | None:
    """When a check-in counts to; None while it is open."""
    end: datetime | None = row.corrected_out_at or row.out_at
    return end


def open_at(recent: Sequence[Row[Any]], at: datetime) -> Row[Any] | None:
    """Of a person's check-ins, newest first, the one that was open at a moment, whoever has closed it since:
    what was sent in time may come late. What the system closed counts until then, for only a tap tells more,
    unless another one had begun."""
    begun = [row for row in recent if began(row) <= at]
    if begun and begun[0].closed_by == ClosedBy.SYSTEM and at < begun[0].close_at:
        return begun[0]
    return next((row for row in begun if row.out_at is None or at < (ended(row) or at)), None)


def next_after(recent: Sequence[Row[Any]], at: datetime) -> Row[Any] | None:
    """The check-in that began next after a moment; None where whatever happened then came in time."""
    return min((row for row in recent if began(row) > at), key=began, default=None)


def overdue(session: Session, now: datetime, limit: int) -> list[Row[Any]]:
    """The next open check-ins whose time is over, the longest over first."""
    over = select(*(_CHECKINS.c[name] for name in _COLUMNS)).where(
        text("out_at IS NULL"), _CHECKINS.c.close_at <= now
    )
    return list(session.connection().execute(over.order_by(_CHECKINS.c.close_at).limit(limit)))


def attended_of(session: Session, person_ids: Sequence[int], now: datetime) -> dict[int, set[int]]:
    """The shifts that these people have checked in to lately."""
    asked = {"ids": sorted(set(person_ids)), "since": now - LOOK_BACK}
    found: dict[int, set[int]] = {}
    for row in session.connection().execute(_SINCE, asked) if person_ids else ():
        if row.shift_id:
            found.setdefault(row.person_id, set()).add(row.shift_id)
    return found


def close_forgotten(session: Session, row: Row[Any], latest: datetime | None = None) -> datetime | None:
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


def end_of_forgotten(session: Session, row: Row[Any]) -> datetime:
    """Where its shift ended, or when its time was over; never before it began."""
    began: datetime = row.in_at
    return max(began, end_of_shift(session, row.shift_id) or row.close_at)


def follow_shifts(session: Session, changed: Select[Any], close_after: timedelta) -> None:
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
