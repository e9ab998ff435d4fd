"""Carries out a plan: rows go to staging tables in short writes, then one swap takes them over.

The swap is a handful of statements, so that a running bot waits for well under a second.
"""

import secrets
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.schema import SchemaItem
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Resource, Work, audit
from bot.base.errors import OperatorError
from bot.base.i18n import translator
from bot.features.duty.repository import follow_shifts
from bot.features.roster import affected_roles, rotation_sheet
from bot.features.roster.affected_shifts import people_of
from bot.features.roster.planning import Plan, PlanStep, TablePlan
from bot.features.roster.problems import Tick, no_tick
from bot.features.roster.tables import BY_NAME, TARGETS, RosterTable
from bot.features.shifts.change_notices import NextShift, next_shifts, tell
from bot.settings import Settings
from bot.settings.work_day import redate
from bot.storage.database import Database, chunks, insert_new
from bot.storage.rows import Expression
from models import Invite, Marker
from models.columns import SERIAL

_BATCH = 1_000
ROSTER_VERSION = "roster_version"
_PREFIX = "staging_"
_LEFT_BEHIND_SECONDS = 86_400
_ADD, _SET, _DROP = "add", "set", "drop"


def apply(
    database: Database,
    actor: Actor,
    plan: Plan,
    *,
    now: datetime,
    settings: Settings,
    tick: Tick = no_tick,
) -> float:
    """Write the plan, and tell whose own next shift is another one; returns the seconds for which other
    writers had to wait at most.

    Raises OperatorError where the plan has problems, removes suspiciously much without allowing it, or was
    made of a roster that has changed since. Then nothing is changed.
    """
    access.require(actor, "roster.import", Resource())
    _refuse_bad(plan, settings)
    if not plan.size:
        return 0.0
    locked = (
        _take(database, actor, plan, now, settings, tick)
        if any(table.size for table in plan.tables.values())
        else 0.0
    )
    rotation_sheet.set_all(database, actor, plan.rotations, now=now, settings=settings, tick=tick)
    return locked


def _take(
    database: Database, actor: Actor, plan: Plan, now: datetime, settings: Settings, tick: Tick
) -> float:
    staged = _staging_tables(plan)
    metadata = next(iter(staged.values())).metadata
    with database.write_now() as session:
        _drop_left_behind(session)
        metadata.create_all(session.connection())
    try:
        _fill(database, plan, staged, tick)
        with database.read() as session:
            concerned = people_of(session, plan)
            before = next_shifts(session, concerned, now)
            held = affected_roles.touched(session, actor, plan)
        started = time.perf_counter()
        with database.write_now() as session:
            swap(Work(session, actor, now, settings), plan, staged)
        locked = time.perf_counter() - started
        _tell_all(database, concerned, before, now, settings)
        _give_keys(database, actor, held, now, settings)
        return locked
    finally:
        with database.write_now() as session:
            metadata.drop_all(session.connection())


def _tell_all(
    database: Database, person_ids: set[int], before: dict[int, NextShift], now: datetime, settings: Settings
) -> None:
    """In short writes: there may be thousands of them."""
    for chunk in chunks(person_ids):
        with database.write_now() as session:
            tell(Work(session, SYSTEM, now, settings), chunk, before)


def _give_keys(
    database: Database, actor: Actor, held: affected_roles.Roles, now: datetime, settings: Settings
) -> None:
    """Also in short writes."""
    for chunk in chunks(set(held)):
        with database.write_now() as session:
            mine = {person_id: held[person_id] for person_id in chunk}
            affected_roles.tell(Work(session, actor, now, settings), mine)


def swap(work: Work, plan: Plan, staged: dict[str, Table]) -> None:
    """Take the staged rows over. Raises OperatorError where the roster has changed since the plan."""
    access.require(work.actor, "roster.import", Resource())
    if not _raise_version(work.session, plan.version):
        raise OperatorError(translator(work.settings.work.language).plain("roster-changed-meanwhile"))
    for target in TARGETS:
        if target.name in staged:
            _take_over(work.session, target, staged[target.name], work.now)
    if "person" in staged:
        _revoke_invites(work.session, staged["person"], work.now)
    if "shift" in staged:
        changed = select(staged["shift"].c.id).where(staged["shift"].c.act == _SET)
        follow_shifts(work.session, changed, timedelta(minutes=work.settings.checkin.close_after_minutes))
        redate(work.session, changed, work.settings.work)
    counts = {
        name: [len(table.adds), len(table.changes), len(table.removals)]
        for name, table in plan.tables.items()
        if table.size
    }
    audit.record(work, "roster.import", "roster", None, version=plan.version + 1, **counts)


def _refuse_bad(plan: Plan, settings: Settings) -> None:
    tr = translator(settings.work.language)
    if plan.problems:
        raise OperatorError(tr.plain("roster-refused-problems", total=plan.problems.total))
    if plan.guarded and not plan.allow_removals:
        table = plan.guarded[0]
        facts = {"table": tr.plain(f"roster-table-{table.target.name}"), "gone": len(table.removals)}
        raise OperatorError(tr.plain("roster-refused-removals", held=table.held, **facts))


def _staging_tables(plan: Plan) -> dict[str, Table]:
    """A staging table for each table that is touched: its fields, with codes instead of ids."""
    metadata = MetaData()
    run = f"{_PREFIX}{int(time.time())}_{secrets.token_hex(3)}"
    return {
        name: Table(f"{run}_{name}", metadata, *_staging_columns(table.target))
        for name, table in plan.tables.items()
        if table.size
    }


def _staging_columns(target: RosterTable) -> Iterator[SchemaItem]:
    yield Column("seq", Integer, primary_key=True, autoincrement=False)
    yield Column("act", String, nullable=False, index=True)
    yield Column("id", SERIAL)
    for name in target.fields:
        yield Column(name, String if name in target.references else target.table.c[name].type)
    for name in target.made_once:
        yield Column(name, target.table.c[name].type)


def _drop_left_behind(session: Session) -> None:
    """Drop staging tables of imports that were killed long ago."""
    connection = session.connection()
    for name in inspect(connection).get_table_names():
        born = name.removeprefix(_PREFIX).partition("_")[0]
        if name.startswith(_PREFIX) and born.isdigit() and int(born) < time.time() - _LEFT_BEHIND_SECONDS:
            Table(name, MetaData()).drop(connection)


def _fill(database: Database, plan: Plan, staged: dict[str, Table], tick: Tick) -> None:
    done = 0
    for name, table in staged.items():
        rows = _staged_rows(plan.tables[name])
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            with database.write_now() as session:
                session.connection().execute(insert(table), batch)
            done += len(batch)
            tick("write", done, plan.size)


def _staged_rows(plan: TablePlan) -> list[dict[str, object]]:
    steps = [(_ADD, s) for s in plan.adds] + [(_SET, s) for s in plan.changes]
    steps += [(_DROP, s) for s in plan.removals]
    return [_staged_row(plan.target, seq, act, step) for seq, (act, step) in enumerate(steps)]


def _staged_row(target: RosterTable, seq: int, act: str, step: PlanStep) -> dict[str, object]:
    row = {"seq": seq, "act": act, "id": step.id}
    row |= zip(target.fields, step.key + step.values, strict=True)
    return row | {name: make() if act == _ADD else None for name, make in target.made_once.items()}


def _take_over(session: Session, target: RosterTable, staged: Table, now: datetime) -> None:
    connection = session.connection()
    table = target.table
    dropped = table.c.id.in_(select(staged.c.id).where(staged.c.act == _DROP))
    if target.keeps_past:
        connection.execute(update(table).where(dropped).values(removed_at=now))
    else:
        connection.execute(delete(table).where(dropped))
    columns, values = _assignments(target, staged, target.fields)
    columns += list(target.made_once)
    values += [staged.c[name] for name in target.made_once]
    rows = select(*values).where(staged.c.act == _ADD).order_by(staged.c.seq)
    connection.execute(insert(table).from_select(columns, rows))
    if target.name == "area":
        _hang_in(session, target, staged)
    columns, values = _assignments(target, staged, target.values)
    changed = dict(zip(columns, values, strict=True)) | ({"removed_at": None} if target.keeps_past else {})
    if changed:
        where = and_(table.c.id == staged.c.id, staged.c.act == _SET)
        connection.execute(update(table).where(where).values(changed))


def _hang_in(session: Session, target: RosterTable, staged: Table) -> None:
    """Give new areas their parents, which may have been new themselves."""
    (column,), (parent,) = _assignments(target, staged, ("parent",))
    where = and_(target.table.c.code == staged.c.code, staged.c.act == _ADD)
    session.connection().execute(update(target.table).where(where).values({column: parent}))


def _assignments(
    target: RosterTable, staged: Table, fields: tuple[str, ...]
) -> tuple[list[str], list[Expression]]:
    """The table's columns and what goes into them: the staged value, or the id behind the staged code."""
    columns: list[str] = []
    values: list[Expression] = []
    for name in fields:
        reference = target.references.get(name)
        columns.append(reference.column if reference else name)
        if reference is None:
            values.append(staged.c[name])
            continue
        other = BY_NAME[reference.target].table.alias(f"ref_{name}")
        found = select(other.c.id).where(other.c.code == staged.c[name])
        values.append(found.correlate(staged).scalar_subquery())
    return columns, values


def _revoke_invites(session: Session, staged: Table, now: datetime) -> None:
    gone = select(staged.c.id).where(staged.c.act == _DROP)
    live = and_(col(Invite.used_at).is_(None), col(Invite.revoked_at).is_(None))
    statement = update(Invite).where(live, col(Invite.person_id).in_(gone)).values(revoked_at=now)
    session.connection().execute(statement)


def _raise_version(session: Session, before: int) -> bool:
    """Count the roster's version up from this one; False where it is another one by now.

    The row's lock makes a second import wait here, and then find another version.
    """
    insert_new(session, Marker, [{"name": ROSTER_VERSION, "value": "0"}])
    known = and_(col(Marker.name) == ROSTER_VERSION, col(Marker.value) == str(before))
    raised = session.connection().execute(update(Marker).where(known).values(value=str(before + 1)))
    return raised.rowcount == 1
