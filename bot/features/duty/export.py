"""Records as rows of plain values, for a sheet or another program."""

from collections.abc import Iterator

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot import access
from bot.access import Actor, Resource, Work, audit
from bot.access.scope import CHUNK, Scope
from bot.storage.rows import Expression, Query
from models import Area, CheckIn, Person, Post, Shift

# Column → where it comes from. `…_at` are moments; codes such as `on_site` are what the models call them.
_MADE_BY = aliased(Person)
_COLUMNS: dict[str, Expression] = {
    "work_day": col(CheckIn.work_day),
    "area_code": col(Area.code),
    "area_name": col(Area.name),
    "person_code": col(Person.code),
    "person_name": col(Person.name),
    "duty_type": col(CheckIn.duty_type),
    "post_name": col(Post.name),
    "shift_code": col(Shift.code),
    "shift_starts_at": col(Shift.starts_at),
    "shift_ends_at": col(Shift.ends_at),
    "in_at": col(CheckIn.in_at),
    "corrected_in_at": col(CheckIn.corrected_in_at),
    "out_at": col(CheckIn.out_at),
    "corrected_out_at": col(CheckIn.corrected_out_at),
    "in_punctuality": col(CheckIn.in_punctuality),
    "late_minutes": col(CheckIn.late_minutes),
    "out_punctuality": col(CheckIn.out_punctuality),
    "early_minutes": col(CheckIn.early_minutes),
    "evidence": col(CheckIn.evidence),
    "place_grade": col(CheckIn.place_grade),
    "distance": col(CheckIn.distance),
    "out_evidence": col(CheckIn.out_evidence),
    "out_place_grade": col(CheckIn.out_place_grade),
    "too_fast": col(CheckIn.too_fast),
    "closed_by": col(CheckIn.closed_by),
    "made_by": col(_MADE_BY.name),
    "remark": col(CheckIn.remark),
    "latitude": col(CheckIn.latitude),
    "longitude": col(CheckIn.longitude),
    "accuracy": col(CheckIn.accuracy),
}
CHECKIN_COLUMNS = tuple(_COLUMNS)


def count_checkins(work: Work, scope: Scope) -> int:
    """How many rows there will be."""
    return int(work.session.execute(_within(work.actor, scope, func.count())).scalar_one())


def checkins(work: Work, scope: Scope) -> Iterator[tuple[object, ...]]:
    """The check-ins of the scope, by day and area; values in the order of CHECKIN_COLUMNS.

    Recorded times and corrected ones stand side by side; points only as long as they are kept.
    """
    statement = (
        _within(work.actor, scope, *_COLUMNS.values())
        .outerjoin(Post, col(Post.id) == CheckIn.post_id)
        .outerjoin(Shift, col(Shift.id) == CheckIn.shift_id)
        .outerjoin(_MADE_BY, col(_MADE_BY.id) == CheckIn.made_by)
        .order_by(col(CheckIn.work_day), col(Area.path), col(CheckIn.in_at), col(CheckIn.id))
        .execution_options(yield_per=CHUNK)
    )
    for row in work.session.execute(statement):
        yield tuple(row)


def record(work: Work, scope: Scope, what: str, rows: int) -> None:
    """Write down that these records were taken out."""
    access.require(work.actor, "checkin.export", Resource(scope.path))
    since, until = scope.since.isoformat(), scope.until.isoformat()
    audit.record(work, "checkin.export", scope.path, what=what, rows=rows, since=since, until=until)


def _within(actor: Actor, scope: Scope, *columns: Expression) -> Query:
    return (
        select(*columns)
        .select_from(CheckIn)
        .join(Area, col(Area.id) == CheckIn.area_id)
        .join(Person, col(Person.id) == CheckIn.person_id)
        .where(
            access.visible(actor, "checkin.export", Area.path, CheckIn.person_id),
            access.within(Area.path, scope.path),
            and_(col(CheckIn.work_day) >= scope.since, col(CheckIn.work_day) <= scope.until),
        )
    )
