"""The database: one writer at a time, readers that only read, and the only commit there is.

SQLite: one writer connection with our own BEGIN IMMEDIATE (with the driver's own transactions,
releasing a savepoint commits, and a read that turns into a write fails at once). PostgreSQL: the
same code; waits for locks end after two seconds.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from copy import copy
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Engine, Integer, String, create_engine, event, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, SQLModel

from bot.base.errors import DatabaseBusy, OperatorError
from bot.settings import DatabaseSettings

CHUNK = 500
K = TypeVar("K", int, str)

BUSY_MILLISECONDS = 10_000
_SQLITE_TROUBLE = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB,
    }
)  # fmt: skip
Row = Mapping[str, Any]


class Database:
    """Sessions to read with and to write with."""

    def __init__(self, settings: DatabaseSettings) -> None:
        self.url = settings.url.get_secret_value()
        self.is_sqlite = self.url.startswith("sqlite")
        if self.is_sqlite:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.writer = _sqlite_engine(self.url, settings.synchronous, writes=True)
            self.reader = _sqlite_engine(self.url, settings.synchronous, writes=False)
        else:
            self.writer = self.reader = _postgresql_engine(self.url)
        self._turns = asyncio.Lock()
        self._guard: Callable[[Session], None] | None = None

    def guarded(self, guard: Callable[[Session], None]) -> "Database":
        """The same database, whose writes first ask the guard, in their own transaction."""
        twin = copy(self)
        twin._guard = guard
        return twin

    @property
    def file(self) -> Path:
        """The SQLite file. Raises OperatorError on PostgreSQL."""
        if not self.is_sqlite:
            raise OperatorError("database.url: only SQLite is kept in a file")
        return Path(self.url.removeprefix("sqlite:///"))

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """A write transaction: committed on leaving, rolled back on an error.

        Everything in this event loop takes turns, so await nothing slow inside.
        """
        async with self._turns:
            with self.write_now() as session:
                yield session

    @contextmanager
    def write_now(self) -> Iterator[Session]:
        """The same for code without an event loop: the command line."""
        with Session(self.writer, expire_on_commit=False) as session:
            try:
                if self._guard:
                    self._guard(session)
                yield session
                session.commit()
            except OperationalError as error:
                session.rollback()
                raise _busy_or(error) from error
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read transaction; on SQLite an attempt to write in it fails."""
        with Session(self.reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.writer.dispose()
        if self.reader is not self.writer:
            self.reader.dispose()


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """Undo what was done inside if an error leaves it; the error goes on.

    Raises DatabaseBusy where the whole transaction is undone already: SQLite does so at some errors of the
    disk, and what followed would be outside of any.
    """
    connection = session.connection()
    connection.exec_driver_sql("SAVEPOINT turn")
    try:
        yield
        session.flush()
    except BaseException:
        if not connection.invalidated:
            _undo(connection)
        # Objects of the undone part must not be written or read again.
        session.expunge_all()
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT turn")


def _undo(connection: Connection) -> None:
    try:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT turn")
        connection.exec_driver_sql("RELEASE SAVEPOINT turn")
    except DBAPIError as gone:
        raise DatabaseBusy("the transaction is gone") from gone


def unreadable(session: Session, model: type[SQLModel], numbers: Sequence[int]) -> dict[int, str]:
    """Of the rows with these primary keys, those that hold what is not of their columns' types, each with
    the error that reading it raises. One such row makes reading all of them fail."""
    table = _table(model)
    key = next(iter(table.primary_key.columns))
    try:
        for row in session.connection().execute(select(table).where(key.in_(numbers))):
            _require_types(table, row)
    except Exception as error:
        if is_trouble(error):
            raise
        if len(numbers) == 1:
            return {numbers[0]: f"{type(error).__name__}: {error}"}
        half = len(numbers) // 2
        return unreadable(session, model, numbers[:half]) | unreadable(session, model, numbers[half:])
    return {}


def _require_types(table: Any, row: Any) -> None:
    """SQLite keeps words in a column of numbers too. Raises TypeError."""
    for column, value in zip(table.columns, row, strict=True):
        wanted = {Integer: int, String: str}
        for kind, python in wanted.items():
            if isinstance(column.type, kind) and not isinstance(value, python | None):
                raise TypeError(f"{column.name}: {value!r}")


@cache
def _numbered(model: type[SQLModel]) -> Any:
    # Made once: building a statement costs more than running it.
    table = _table(model)
    return insert(table).returning(table.c.id)


def insert_one(session: Session, model: type[SQLModel], values: Row) -> int:
    """Insert a row; its number."""
    number: int = session.connection().execute(_numbered(model), dict(values)).scalar_one()
    return number


def insert_new(session: Session, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows, leaving out those whose unique keys are there already."""
    if rows:
        session.connection().execute(_insert_ignore(session.get_bind().dialect.name, model), list(rows))


def upsert(
    session: Session, model: type[SQLModel], rows: Sequence[Row], keys: Sequence[str], set_: Mapping[str, Any]
) -> None:
    """Insert rows; where one with these keys is there already, set these columns instead."""
    if not rows:
        return
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(_table(model)).on_conflict_do_update(
        index_elements=list(keys), set_=dict(set_)
    )
    session.connection().execute(statement, list(rows))


@cache
def _insert_ignore(dialect_name: str, model: type[SQLModel]) -> Any:
    dialect: Any = sqlite if dialect_name == "sqlite" else postgresql
    return dialect.insert(_table(model)).on_conflict_do_nothing()


def _table(model: type[SQLModel]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


def is_trouble(error: BaseException) -> bool:
    """Whether the database is in trouble (locked, full, unreachable), whatever it was asked to do.

    SQLite calls a statement that makes no sense an operational error too; that is a bug.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, DatabaseBusy)
    code = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(error.orig, sqlite3.Error):
        return code is not None and code & 0xFF in _SQLITE_TROUBLE
    return error.connection_invalidated or isinstance(error, OperationalError)


def _busy_or(error: OperationalError) -> Exception:
    words = str(error.orig).lower()
    if "locked" in words or "lock timeout" in words or "deadlock" in words:
        return DatabaseBusy(words)
    return error


def _sqlite_engine(url: str, synchronous: str, *, writes: bool) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1 if writes else 4,
        max_overflow=0 if writes else 8,
        json_serializer=_json,
        json_deserializer=orjson.loads,
        connect_args={"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        pragmas = ["journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"]
        # Millions of past rows: each new one touches index pages of its own, so keep and gather more of them.
        pragmas += ["cache_size=-262144", "wal_autocheckpoint=8000"] if writes else ["cache_size=-65536"]
        for pragma in [*pragmas, f"busy_timeout={BUSY_MILLISECONDS}", f"query_only={int(not writes)}"]:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: str) -> Engine:
    options = "-c timezone=UTC -c lock_timeout=2000"
    try:
        return create_engine(
            url,
            pool_size=8,
            max_overflow=8,
            pool_pre_ping=True,
            json_serializer=_json,
            json_deserializer=orjson.loads,
            connect_args={"options": options},
        )
    except ImportError as error:
        raise OperatorError("database.url: PostgreSQL needs psycopg: make install WITH=postgres") from error


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def chunks(keys: Iterable[K]) -> Iterator[list[K]]:
    """Numbers, or codes, in portions that a statement can name one by one."""
    left = iter(sorted(keys))
    while chunk := list(islice(left, CHUNK)):
        yield chunk
