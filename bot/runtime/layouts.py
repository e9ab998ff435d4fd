"""What a database out of an archive holds: compared with the layout of its revision before it is taken."""

import re
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from bot.base.errors import OperatorError
from bot.base.facts import Struct
from bot.settings import DatabaseSettings
from bot.storage import migrations
from bot.storage.database import Database
from models import triggers

# Left by a roster import under way while the backup was made; SQLite's own.
_BESIDE = re.compile(r"staging_\w+|sqlite_\w+")
_TABLE = re.compile(r'^CREATE TABLE (?:public\.)?"?(\w+)"? \(\n(.*?)^\)', re.MULTILINE | re.DOTALL)
_COLUMN = re.compile(r'^    "?(\w+)"? ', re.MULTILINE)
_STATEMENT = re.compile(r"^(?:CREATE|ALTER|DROP|GRANT|DO|CALL|SECURITY|IMPORT|\\\S+)[^\n]*", re.MULTILINE)
# All that a dump of our layout says besides tables; triggers and their functions are made anew after it.
_OUR_STATEMENT = re.compile(
    r"CREATE (?:TABLE|SEQUENCE|(?:UNIQUE )?INDEX) .*"
    rf"|CREATE TRIGGER {triggers.PREFIX}\w+ .*"
    rf"|CREATE FUNCTION (?:public\.)?{triggers.PREFIX}\w+\(\) RETURNS trigger"
    r"|ALTER (?:TABLE|SEQUENCE|FUNCTION) .*"
    r"|CREATE SCHEMA public;|ALTER SCHEMA public .*|\\(?:un)?restrict \w+"
)


class Layout(Struct):
    """Tables with their columns, indexes where they can be told, and whatever acts by itself or stands for
    something else."""

    tables: dict[str, frozenset[str]]
    others: frozenset[str]
    indexes: frozenset[str] = frozenset()


def refuse_other_file(file: Path, revision: str) -> None:
    """Raise OperatorError unless a SQLite file is whole and holds just what this revision made."""
    opened = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    try:
        found = opened.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise OperatorError(f"the database in the backup is damaged: {str(found).splitlines()[0][:200]}")
        _refuse_difference(_layout(opened), revision)
        noted = opened.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.DatabaseError as error:
        raise OperatorError(f"the database in the backup is damaged: {error}") from error
    finally:
        opened.close()
    if noted != [(revision,)]:
        raise OperatorError("the database in the backup is not of the revision that its manifest names")


def refuse_other_dump(schema: str, revision: str) -> None:
    """Raise OperatorError unless the statements of a PostgreSQL dump make just what this revision made."""
    tables = {name: frozenset(_columns(body)) for name, body in _TABLE.findall(schema)}
    strange = {line for line in _STATEMENT.findall(schema) if not _OUR_STATEMENT.fullmatch(line)}
    _refuse_difference(Layout(tables, frozenset(strange)), revision)


def _columns(body: str) -> list[str]:
    return [name for name in _COLUMN.findall(body) if name != "CONSTRAINT"]


def _refuse_difference(found: Layout, revision: str) -> None:
    made = _of_revision(revision)
    expected = made.tables
    tables = {name: columns for name, columns in found.tables.items() if not _BESIDE.fullmatch(name)}
    for name in sorted(expected.keys() | tables.keys()):
        if expected.get(name) != tables.get(name):
            raise OperatorError(
                f"the database in the backup is not GridDuty's: its table {name[:60]!r} differs"
            )
    if strange := found.others | (found.indexes - made.indexes):
        raise OperatorError(f"the database in the backup is not GridDuty's: it holds {min(strange)[:100]!r}")


def _of_revision(revision: str) -> Layout:
    """The layout that a revision makes, read off an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(DatabaseSettings(url=SecretStr(f"sqlite:///{folder}/layout.sqlite3")))
        try:
            migrations.migrate(db, revision)
        finally:
            db.close()
        opened = sqlite3.connect(db.file)
        try:
            return _layout(opened)
        finally:
            opened.close()


def _layout(opened: sqlite3.Connection) -> Layout:
    found = opened.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    is_ours: dict[str, Callable[[str, str], bool]] = {
        "table": lambda _, sql: sql.upper().startswith("CREATE TABLE"),
        "index": lambda *_: True,
        "trigger": lambda name, _: name.startswith(triggers.PREFIX),
    }
    tables = [name for kind, name, _ in found if kind == "table"]
    columns = {
        name: frozenset(row[0] for row in opened.execute("SELECT name FROM pragma_table_xinfo(?)", (name,)))
        for name in tables
    }
    others = {
        f"{kind} {name}"
        for kind, name, sql in found
        if kind not in is_ours or not is_ours[kind](str(name), str(sql or ""))
    }
    indexes = {
        f"index {name} of {table}"
        for name, table in opened.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'")
        if not _BESIDE.fullmatch(name) and not _BESIDE.fullmatch(table)
    }
    return Layout(columns, frozenset(others), frozenset(indexes))
