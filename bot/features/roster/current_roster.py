"""The roster as it stands in the database, told by codes like a workbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, and_, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work
from bot.features.roster.tables import BY_NAME, TARGETS, Key, RosterTable, Values
from bot.storage.database import chunks
from bot.storage.rows import Expression, Query
from models import MemberState, Person, Shift, ShiftMember


@dataclass(slots=True)
class Current:
    """A row as it stands."""

    id: int
    values: Values
    removed: bool
    # Somebody else came for this person, or this one for somebody, or is away: not an import's to undo.
    by_hand: bool = False


State = dict[str, dict[Key, Current]]


def load(work: Work, *, shift_codes: Iterable[str]) -> State:
    """Every row of the roster by target and key.

    Shifts that have ended are left out unless named: what is past is no longer compared. Those that a
    rotation plans are not the workbook's.
    """
    access.require(work.actor, "roster.import", Resource())
    state: State = {target.name: {} for target in TARGETS}
    for target in TARGETS:
        if target.model not in (Shift, ShiftMember):
            _fill(work.session, state, target)
    current = and_(col(Shift.ends_at) > work.now, col(Shift.rotation_id).is_(None))
    _fill(work.session, state, BY_NAME["shift"], current)
    known = state["shift"]
    for codes in chunks(code for code in shift_codes if (code,) not in known):
        _fill(work.session, state, BY_NAME["shift"], col(Shift.code).in_(codes))
    for ids in chunks(row.id for row in known.values()):
        _fill(work.session, state, BY_NAME["member"], col(ShiftMember.shift_id).in_(ids))
    _mark_changed(work.session, state, work.now)
    return state


def _mark_changed(session: Session, state: State, now: datetime) -> None:
    by_hand = or_(col(ShiftMember.state) != MemberState.PLANNED, col(ShiftMember.stands_for).is_not(None))
    changed = (
        select(col(Shift.code), col(Person.code))
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .join(Person, col(Person.id) == col(ShiftMember.person_id))
        .where(col(Shift.ends_at) > now, col(Shift.rotation_id).is_(None), by_hand)
    )
    for shift, person in session.execute(changed):
        if (shift, person) in state["member"]:
            state["member"][shift, person].by_hand = True


def _fill(
    session: Session, state: State, target: RosterTable, where: ColumnElement[bool] | None = None
) -> None:
    rows = state[target.name]
    width = len(target.keys)
    query = _query(target)
    for row in session.execute(query if where is None else query.where(where)):
        key = tuple(row[1 : 1 + width])
        removed = target.keeps_past and row[-1] is not None
        rows[key] = Current(row[0], tuple(row[1 + width : 1 + len(target.fields)]), removed)


def _query(target: RosterTable) -> Query:
    """id, the fields with codes instead of ids, and `removed_at` where there is one."""
    table = target.table
    columns: list[Expression] = [table.c.id]
    source: FromClause = table
    for name in target.fields:
        reference = target.references.get(name)
        if reference is None:
            columns.append(table.c[name])
            continue
        other = BY_NAME[reference.target].table.alias(f"ref_{name}")
        source = source.outerjoin(other, other.c.id == table.c[reference.column])
        columns.append(other.c.code)
    if target.keeps_past:
        columns.append(table.c.removed_at)
    return select(*columns).select_from(source)
