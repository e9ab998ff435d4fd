"""Shifts as rows of plain values: a row for each person of a crew, and one for a shift without any."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot import access
from bot.access import Work
from bot.access.scope import CHUNK, Scope, moments
from bot.settings.work_day import shifts_between
from bot.storage.rows import Expression, Query
from models import Area, Person, Post, Rotation, Shift, ShiftMember

_STANDS_FOR = aliased(Person)
_COLUMNS: dict[str, Expression] = {
    "area_code": col(Area.code),
    "area_name": col(Area.name),
    "post_name": col(Post.name),
    "duty_type": col(Shift.duty_type),
    "shift_code": col(Shift.code),
    "shift_starts_at": col(Shift.starts_at),
    "shift_ends_at": col(Shift.ends_at),
    "person_code": col(Person.code),
    "person_name": col(Person.name),
    "titles": col(Person.titles),
    "is_lead": col(ShiftMember.is_lead),
    "member_state": col(ShiftMember.state),
    "away_kind": col(ShiftMember.away_kind),
    "away_at": col(ShiftMember.away_at),
    "stands_for": col(_STANDS_FOR.name),
    "rotation_code": col(Rotation.code),
    "changed_by_hand": col(Shift.changed_by_hand),
}
SHIFT_COLUMNS = tuple(_COLUMNS)


def count_shifts(work: Work, scope: Scope) -> int:
    """How many rows there will be."""
    return int(work.session.execute(_within(work, scope, func.count())).scalar_one())


def shifts(work: Work, scope: Scope) -> Iterator[tuple[object, ...]]:
    """The shifts that count for the work days of the scope, by area and start, in the order of
    SHIFT_COLUMNS. Those taken off the plan are left out."""
    statement = (
        _within(work, scope, *_COLUMNS.values())
        .order_by(
            col(Area.path), col(Shift.starts_at), col(Shift.id), col(ShiftMember.is_lead).desc(),
            col(ShiftMember.id),
        )
        .execution_options(yield_per=CHUNK)
    )  # fmt: skip
    for row in work.session.execute(statement):
        yield tuple(row)


def _within(work: Work, scope: Scope, *columns: Expression) -> Query:
    return (
        select(*columns)
        .select_from(Shift)
        .join(Area, col(Area.id) == Shift.area_id)
        .outerjoin(Post, col(Post.id) == Shift.post_id)
        .outerjoin(Rotation, col(Rotation.id) == Shift.rotation_id)
        .outerjoin(ShiftMember, col(ShiftMember.shift_id) == Shift.id)
        .outerjoin(Person, col(Person.id) == ShiftMember.person_id)
        .outerjoin(_STANDS_FOR, col(_STANDS_FOR.id) == ShiftMember.stands_for)
        .where(
            access.visible(work.actor, "shift.export", Area.path), access.within(Area.path, scope.path),
            shifts_between(*moments(scope, work.settings)), col(Shift.removed_at).is_(None),
        )
    )  # fmt: skip
