"""Triggers that note which day of which area has to be counted anew.

They stand in the database because whatever writes a check-in, a shift or a hazard would otherwise have to
remember to say so, and figures would be wrong where one forgets. Nothing else is done by triggers.
"""

import re
from typing import Any

from sqlalchemy import Connection, event, inspect, text
from sqlmodel import SQLModel

from bot.base.facts import Struct

PREFIX = "touch_"
# `MIDDLE(a, b)`, whose parts may be calls themselves.
_PART = r"((?:[^(),]|\([^()]*\))+)"
_MIDDLE = re.compile(rf"MIDDLE\({_PART}, {_PART}\)")


class Watch(Struct):
    """A table, its columns that figures hang on, and what a change of a row touches: selects of (day,
    moment, area) in which `{row}` is the row. `only_if`: only updates for which this is true."""

    table: str
    columns: str
    touches: tuple[str, ...]
    only_if: str = ""

    @property
    def events(self) -> dict[str, str]:
        """What happens to a row, and the select of what it touches, each once."""
        events = {"INSERT": ("NEW",), f"UPDATE OF {self.columns}": ("OLD", "NEW"), "DELETE": ("OLD",)}
        return {
            when: " UNION ".join(select.format(row=row) for row in rows for select in self.touches)
            for when, rows in events.items()
            if not self.only_if or when.startswith("UPDATE")
        }


_NO_DAY, _NO_MOMENT = "CAST(NULL AS date)", "CAST(NULL AS timestamp)"
# Nothing in these statements comes from outside.
# A shift counts for the work day that its middle lies in.
_OF_SHIFT = f"SELECT {_NO_DAY}, MIDDLE(starts_at, ends_at), area_id FROM shift WHERE id = {{row}}.shift_id"  # noqa: S608
# A check-in anywhere counts where the person is a worker without shifts: for the day it began on, and for
# the one it mostly lies in.
_OF_WORKER = (
    f"SELECT {{row}}.work_day, {_NO_MOMENT}, area_id FROM daily_worker WHERE person_id = {{row}}.person_id"  # noqa: S608
    " AND since <= {row}.work_day AND (until IS NULL OR until > {row}.work_day)"
)
_STRETCH = (
    "MIDDLE(COALESCE({row}.corrected_in_at, {row}.in_at),"
    " COALESCE({row}.corrected_out_at, {row}.out_at, {row}.close_at))"
)
_OF_WORKER_LATER = (
    f"SELECT {_NO_DAY}, {_STRETCH}, area_id FROM daily_worker WHERE person_id = {{row}}.person_id"  # noqa: S608
    " AND {row}.shift_id IS NULL"
)
# Who is on duty from before is not missing in a shift that begins meanwhile.
_OF_NEXT_SHIFTS = (
    f"SELECT {_NO_DAY}, MIDDLE(shift.starts_at, shift.ends_at), shift.area_id FROM shift_member"  # noqa: S608
    " JOIN shift ON shift.id = shift_member.shift_id WHERE shift_member.person_id = {row}.person_id"
    " AND shift.starts_at < {row}.close_at AND shift.ends_at > {row}.in_at"
)
# Who joins later is not due before: in shifts until then, and on the days without shifts.
_SHIFTS_BEFORE = (
    f"SELECT {_NO_DAY}, MIDDLE(shift.starts_at, shift.ends_at), shift.area_id FROM shift_member"  # noqa: S608
    " JOIN shift ON shift.id = shift_member.shift_id WHERE shift_member.person_id = {row}.person_id"
    " AND shift.starts_at <= {row}.joined_at"
)
_DAYS_BEFORE = (
    f"SELECT {_NO_DAY}, {_NO_MOMENT}, area_id FROM daily_worker"  # noqa: S608
    " WHERE person_id = {row}.person_id"
)

_HOUSEHOLDS_BEFORE = (
    f"SELECT day, {_NO_MOMENT}, area_id FROM household_day"  # noqa: S608
    " WHERE head_id = {row}.person_id AND answered_at IS NULL"
)

WATCHED: tuple[Watch, ...] = (
    Watch(
        "checkin",
        "person_id, area_id, shift_id, work_day, in_at, out_at, corrected_in_at, corrected_out_at,"
        " in_punctuality, place_grade, closed_by, close_at",
        (
            f"SELECT {{row}}.work_day, {_NO_MOMENT}, {{row}}.area_id",
            _OF_SHIFT,
            _OF_NEXT_SHIFTS,
            _OF_WORKER,
            _OF_WORKER_LATER,
        ),
    ),
    Watch("account", "person_id, joined_at", (_SHIFTS_BEFORE, _DAYS_BEFORE, _HOUSEHOLDS_BEFORE)),
    # Changes are of the day they are noted on: the days between stay as they were.
    Watch(
        "daily_worker",
        "person_id, area_id, since, until",
        (
            f"SELECT {{row}}.since, {_NO_MOMENT}, {{row}}.area_id",
            f"SELECT {{row}}.until, {_NO_MOMENT}, {{row}}.area_id WHERE {{row}}.until IS NOT NULL",
        ),
    ),
    Watch(
        "shift",
        "area_id, starts_at, ends_at, removed_at",
        (
            f"SELECT {_NO_DAY}, MIDDLE({{row}}.starts_at, {{row}}.ends_at), {{row}}.area_id",
            f"SELECT {_NO_DAY}, MIDDLE({{row}}.starts_at, {{row}}.ends_at), area_id FROM patrol"  # noqa: S608
            " WHERE shift_id = {row}.id",
        ),
    ),
    Watch("shift_member", "shift_id, person_id, state", (_OF_SHIFT,)),
    Watch(
        "patrol",
        "area_id, shift_id, started_at, state, reached, total",
        (
            f"SELECT {_NO_DAY}, {{row}}.started_at, {{row}}.area_id WHERE {{row}}.shift_id IS NULL",
            f"SELECT {_NO_DAY}, MIDDLE(starts_at, ends_at), {{row}}.area_id FROM shift"  # noqa: S608
            " WHERE id = {row}.shift_id",
        ),
    ),
    Watch(
        "hazard",
        "area_id, state, reported_at, due_at, fixed_at, closed_at",
        (
            f"SELECT {_NO_DAY}, {{row}}.reported_at, {{row}}.area_id",
            f"SELECT {_NO_DAY}, {{row}}.closed_at, {{row}}.area_id WHERE {{row}}.closed_at IS NOT NULL",
        ),
    ),
    Watch(
        "resident_request",
        "area_id, state, registered_at, due_at, done_at, closed_at, repeats",
        (
            f"SELECT {_NO_DAY}, {{row}}.registered_at, {{row}}.area_id",
            f"SELECT {_NO_DAY}, {{row}}.closed_at, {{row}}.area_id WHERE {{row}}.closed_at IS NOT NULL",
        ),
    ),
    Watch(
        "household_day",
        "area_id, day, count, answered_at, not_reached",
        (f"SELECT {{row}}.day, {_NO_MOMENT}, {{row}}.area_id",),
    ),
    # An area moved under another one: all its past days count there from now on.
    Watch(
        "area",
        "parent_id",
        (f"SELECT {_NO_DAY}, {_NO_MOMENT}, {{row}}.parent_id WHERE {{row}}.parent_id IS NOT NULL",),
        only_if="OLD.parent_id IS DISTINCT FROM NEW.parent_id",
    ),
)


def create(connection: Connection) -> None:
    """Make every trigger whose table is there."""
    tables = inspect(connection).get_table_names()
    for watch in WATCHED:
        if watch.table in tables and "touched" in tables:
            for statement in _triggers(watch, connection.dialect.name):
                connection.exec_driver_sql(_MIDDLE.sub(_middle(connection.dialect.name), statement))


def drop(connection: Connection) -> None:
    """Remove every trigger: a layout is changed by copying tables, and triggers would be in the way."""
    if connection.dialect.name == "sqlite":
        named = "SELECT name, '' FROM sqlite_master WHERE type = 'trigger' AND name LIKE :name"
    else:
        named = (
            "SELECT tgname, ' ON ' || relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE tgname LIKE :name"
        )
    for name, place in connection.execute(text(named), {"name": f"{PREFIX}%"}).all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}{place}")


def _middle(dialect: str) -> str:
    """The moment halfway between two others, as a replacement for `MIDDLE(a, b)`."""
    if dialect == "sqlite":
        return r"datetime((strftime('%s', \1) + strftime('%s', \2)) / 2, 'unixepoch')"
    return r"to_timestamp((EXTRACT(EPOCH FROM \1) + EXTRACT(EPOCH FROM \2)) / 2)"


def _triggers(watch: Watch, dialect: str) -> list[str]:
    name, into = f"{PREFIX}{watch.table}", "INSERT INTO touched (day, moment, area_id)"
    only = f" WHEN ({watch.only_if})" if watch.only_if else ""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name}_{when.split()[0].lower()} AFTER {when} ON {watch.table}"
            f" FOR EACH ROW{only} BEGIN {into} {touched}; END"
            for when, touched in watch.events.items()
        ]
    branches = "".join(
        f"IF TG_OP = '{when.split()[0]}' THEN {into} {touched}; END IF; "
        for when, touched in watch.events.items()
    )
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {branches}RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {' OR '.join(watch.events)} ON {watch.table}"
        f" FOR EACH ROW{only} EXECUTE FUNCTION {name}()",
    ]


@event.listens_for(SQLModel.metadata, "after_create")
def _created(_: Any, connection: Connection, **__: Any) -> None:
    drop(connection)
    create(connection)
