"""Patrols as rows of plain values, a row a patrol."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlmodel import col

from bot import access
from bot.access import Work
from bot.access.scope import CHUNK, Scope, moments
from bot.settings.work_day import patrols_between
from bot.storage.rows import Expression, Query
from models import Area, Patrol, PatrolAnswer, PatrolSection, Person, Post, Shift

_FOUND = (
    select(func.count())
    .select_from(PatrolAnswer)
    .where(col(PatrolAnswer.patrol_id) == col(Patrol.id))
    .correlate(Patrol)
    .scalar_subquery()
)
_COLUMNS: dict[str, Expression] = {
    "area_code": col(Area.code),
    "area_name": col(Area.name),
    "post_name": col(Post.name),
    "section_name": col(PatrolSection.name),
    "person_code": col(Person.code),
    "person_name": col(Person.name),
    "shift_code": col(Shift.code),
    "started_at": col(Patrol.started_at),
    "ended_at": col(Patrol.ended_at),
    "patrol_state": col(Patrol.state),
    "minutes": col(Patrol.minutes),
    "metres": col(Patrol.metres),
    "coverage": col(Patrol.coverage),
    "stops_reached": col(Patrol.reached),
    "stops_total": col(Patrol.total),
    "problems": _FOUND.label("problems"),
    "remark": col(Patrol.words),
    "stops_missed": col(Patrol.missed),
}
PATROL_COLUMNS = tuple(_COLUMNS)


def count_patrols(work: Work, scope: Scope) -> int:
    """How many rows there will be."""
    return int(work.session.execute(_within(work, scope, func.count())).scalar_one())


def patrols(work: Work, scope: Scope) -> Iterator[tuple[object, ...]]:
    """The patrols that count for the work days of the scope, by area and start, in the order of
    PATROL_COLUMNS. Tracks are not among them."""
    statement = (
        _within(work, scope, *_COLUMNS.values())
        .order_by(col(Area.path), col(Patrol.started_at), col(Patrol.id))
        .execution_options(yield_per=CHUNK)
    )
    for *values, missed in work.session.execute(statement):
        yield (*values, "、".join(missed))


def _within(work: Work, scope: Scope, *columns: Expression) -> Query:
    return (
        select(*columns)
        .select_from(Patrol)
        .join(Area, col(Area.id) == col(Patrol.area_id))
        .join(Person, col(Person.id) == col(Patrol.person_id))
        .outerjoin(Post, col(Post.id) == col(Patrol.post_id))
        .outerjoin(Shift, col(Shift.id) == col(Patrol.shift_id))
        .outerjoin(PatrolSection, col(PatrolSection.id) == col(Patrol.section_id))
        .where(
            access.visible(work.actor, "patrol.export", Area.path, Patrol.person_id),
            access.within(Area.path, scope.path),
            patrols_between(*moments(scope, work.settings)),
        )
    )  # fmt: skip
