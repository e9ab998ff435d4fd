"""The own duty ledger (一本账): this month in numbers, and the days one by one."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import col

from bot import access
from bot.access import Work
from bot.base.facts import Struct
from bot.features.ledger.notices import My, MyOlder, OwnCheckIn
from bot.settings.work_day import bounds, work_day
from bot.storage.rows import all_of
from models import CheckIn, ClosedBy, Correction, Post, Punctuality, RequestState

# So many days, with what is told above them, are what a small phone shows at once.
PAGE = 6

_ENTRIES = (
    select(
        col(CheckIn.id), col(CheckIn.in_at), col(CheckIn.out_at),
        col(CheckIn.corrected_in_at), col(CheckIn.corrected_out_at), col(CheckIn.late_minutes),
        col(CheckIn.early_minutes), col(CheckIn.place_grade), col(CheckIn.distance), col(CheckIn.evidence),
        col(CheckIn.closed_by), col(CheckIn.too_fast), col(CheckIn.made_by), col(CheckIn.remark),
        col(Post.name).label("post"),
    )
    .join(Post, col(Post.id) == col(CheckIn.post_id), isouter=True)
    .order_by(col(CheckIn.in_at).desc(), col(CheckIn.id).desc())
    .limit(PAGE + 1)
)  # fmt: skip


def my(work: Work) -> My:
    """The month of today's work day, added up, and the newest check-ins."""
    access.require(work.actor, "checkin.read", access.self_of(work.actor))
    today = work_day(work.now, work.settings.work)
    rows = work.session.execute(
        select(
            func.coalesce(col(CheckIn.corrected_in_at), col(CheckIn.in_at)),
            func.coalesce(col(CheckIn.corrected_out_at), col(CheckIn.out_at)),
            col(CheckIn.in_punctuality),
        ).where(
            col(CheckIn.person_id) == work.actor.person_id, col(CheckIn.work_day) >= today.replace(day=1),
            col(CheckIn.in_at) <= work.now,
        )
    ).all()  # fmt: skip
    asked = _corrections(work, today)
    entries, older = _page(work, ())
    return My(
        entries=entries,
        older=older,
        month=today.month,
        checkins=len(rows),
        minutes=sum(_minutes(began, ended or work.now) for began, ended, _ in rows),
        late=sum(punctuality == Punctuality.LATE for *_, punctuality in rows),
        corrections=asked.get(RequestState.APPROVED, 0),
        corrections_open=asked.get(RequestState.ASKED, 0),
    )


def older(work: Work, before: int) -> MyOlder | None:
    """A page of the own check-ins from those before the given one; None where that is not the actor's."""
    access.require(work.actor, "checkin.read", access.self_of(work.actor))
    mine = (col(CheckIn.id) == before, col(CheckIn.person_id) == work.actor.person_id)
    at = work.session.execute(select(col(CheckIn.in_at)).where(*mine)).scalar()
    if at is None:
        return None
    earlier = and_(col(CheckIn.in_at) == at, col(CheckIn.id) < before)
    return MyOlder(*_page(work, (or_(col(CheckIn.in_at) < at, earlier),)))


def _page(work: Work, where: Sequence[ColumnElement[bool]]) -> tuple[tuple[OwnCheckIn, ...], int]:
    """The newest of these, and the number to go on with (0: these were all)."""
    query = _ENTRIES.where(col(CheckIn.person_id) == work.actor.person_id, *where)
    rows = all_of(work.session, _Row, query)
    return tuple(_entry(row) for row in rows[:PAGE]), rows[PAGE - 1].id if len(rows) > PAGE else 0


class _Row(Struct):
    """A check-in, with the name of its post."""

    id: int
    in_at: datetime
    out_at: datetime | None
    corrected_in_at: datetime | None
    corrected_out_at: datetime | None
    late_minutes: int
    early_minutes: int
    place_grade: str
    distance: int | None
    evidence: str
    closed_by: str | None
    too_fast: bool
    made_by: int | None
    remark: str
    post: str | None


def _entry(row: _Row) -> OwnCheckIn:
    return OwnCheckIn(
        in_at=row.corrected_in_at or row.in_at,
        out_at=row.corrected_out_at or row.out_at,
        post=row.post or "",
        late_minutes=row.late_minutes,
        early_minutes=row.early_minutes,
        grade=row.place_grade,
        distance=row.distance,
        evidence=row.evidence,
        too_fast=row.too_fast,
        made_by_other=row.made_by is not None,
        remark=row.remark,
        corrected=bool(row.corrected_in_at or row.corrected_out_at),
        closed_by_system=row.closed_by == ClosedBy.SYSTEM and row.corrected_out_at is None,
    )


def _corrections(work: Work, today: date) -> dict[str, int]:
    """How many of the month's corrections stand where."""
    first, _ = bounds(today.replace(day=1), today, work.settings.work)
    found = work.session.execute(
        select(col(Correction.state), func.count())
        .where(col(Correction.person_id) == work.actor.person_id, col(Correction.happened_at) >= first)
        .group_by(col(Correction.state))
    )
    return {row.state: row[1] for row in found}


def _minutes(began: datetime, ended: datetime) -> int:
    return max(0, int((ended - began).total_seconds() // 60))
