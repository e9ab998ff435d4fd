"""Backups: the database, and the photos where asked, in one compressed archive, made while running.

A restored database goes on from now: what was waiting to be sent may have been sent since the backup
was made, so it counts as unknown, and occasions of jobs that have passed are not made up for.
"""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import orjson
import zstandard
from sqlalchemy import make_url, text, update
from sqlmodel import Session, col

from bot import markers, migrating, slots, stores
from bot.database import Database
from bot.errors import OperatorError
from bot.logs import scrub
from bot.stores import Store
from bot.tenure import only_run
from jobs import ALL
from models import Card, OutboxRow, OutboxState, Slot, SlotState

VERSION = 1
MANIFEST, SQLITE, POSTGRESQL, PHOTOS = "manifest.json", "database.sqlite3", "database.dump", "photos"
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds."""

    kind: str
    revision: str
    photos: int = 0


# Making one


def make(db: Database, file: Path, photos: Store | None, now: datetime, told: Told) -> Contents:
    """Write an archive; `told` hears bytes read and bytes in all. The bot may go on running.

    The photos are those there are once the database is copied: none that it speaks of is missing.
    """
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        copy = _copied(db, Path(folder))
        sizes = dict(photos.sizes()) if photos else {}
        contents = Contents(copy.name, migrating.newest() or "", len(sizes))
        about = {"version": VERSION, "made_at": now, "database": copy.name, "revision": contents.revision}
        _write(file, orjson.dumps(about | {"photos": len(sizes)}), copy, photos, sizes, told)
    return contents


def _copied(db: Database, folder: Path) -> Path:
    """A consistent copy of the database as it is now."""
    if db.is_sqlite:
        copy = folder / SQLITE
        source = sqlite3.connect(db.file)
        try:
            source.execute("VACUUM INTO ?", (str(copy),))
        finally:
            source.close()
        return copy
    copy = folder / POSTGRESQL
    _run_tool(db, "pg_dump", "--format=custom", "--compress=0", "--no-owner", f"--file={copy}")
    return copy


def _write(
    file: Path, manifest: bytes, copy: Path, photos: Store | None, sizes: dict[str, int], told: Told
) -> None:
    done = copy.stat().st_size
    total = done + sum(sizes.values())
    compressor = zstandard.ZstdCompressor(level=6, threads=-1)
    with (
        file.open("wb") as raw,
        compressor.stream_writer(raw) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        _add(tar, MANIFEST, BytesIO(manifest), len(manifest))
        with copy.open("rb") as content:
            _add(tar, copy.name, content, done)
        told(done, total)
        for key, size in sizes.items():
            picture = photos.get(key) if photos else b""
            _add(tar, f"{PHOTOS}/{key}", BytesIO(picture), len(picture))
            done += size
            told(done, total)


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, content)


# Taking one back


def restore(db: Database, file: Path, photos: Store | None, now: datetime, told: Told) -> Contents:
    """Put an archive's database in the place of this one, and its photos beside those there are.

    Raises OperatorError while the bot runs, and for an archive that is not whole or not ours. On
    SQLite the database that was there is kept beside the new one.
    """
    with only_run(db), _staging(db) as folder:
        _refuse_others(db)
        contents = _unpacked(file, folder, photos, told)
        wanted = SQLITE if db.is_sqlite else POSTGRESQL
        if contents.kind != wanted:
            raise OperatorError(f"{file}: holds {contents.kind}, which this database.url cannot take")
        _put_in_place(db, folder / contents.kind, now)
        migrating.migrate(db)
        with db.write_now() as session:
            go_on_from(session, now)
    return contents


def go_on_from(session: Session, now: datetime) -> None:
    """Let nothing be sent or done again that may have happened after the backup was made."""
    waiting = col(OutboxRow.state).in_([OutboxState.PENDING, OutboxState.SENDING, OutboxState.HELD])
    told = "was waiting when the backup was made"
    session.execute(update(OutboxRow).where(waiting).values(state=OutboxState.UNKNOWN, error=told))
    session.execute(update(Card).where(col(Card.wanted) > Card.shown).values(shown=Card.wanted))
    unfinished = update(Slot).where(col(Slot.state) == SlotState.RUNNING)
    session.execute(unfinished.values(state=SlotState.FAILED, error="was running when the backup was made"))
    for job in ALL:
        slots.skip_past(session, job, now)
    markers.raise_roster_version(session)


@contextmanager
def _staging(db: Database) -> Iterator[Path]:
    """A folder for what is unpacked; beside a SQLite database, so that putting it in place is one step."""
    with tempfile.TemporaryDirectory(dir=db.file.parent if db.is_sqlite else None) as folder:
        yield Path(folder)


def _refuse_others(db: Database) -> None:
    if db.is_sqlite:
        return
    with db.read() as session:
        others = session.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        ).scalar_one()
    if others:
        raise OperatorError(f"{others} connections to the database are open: stop the bot first")


def _unpacked(file: Path, folder: Path, photos: Store | None, told: Told) -> Contents:
    """Unpack the database into the folder and the photos into their store, after a look at what it is."""
    contents: Contents | None = None
    try:
        for name, content in _members(file, told):
            if contents is None:
                contents = _read_manifest(file, name, content)
            elif name == contents.kind and name in (SQLITE, POSTGRESQL):
                _keep(content, folder / name)
            else:
                _keep_photo(file, name, content, photos)
    except (OSError, tarfile.TarError, zstandard.ZstdError) as error:
        raise OperatorError(f"{file}: cannot be read: {error}") from error
    if contents is None or not (folder / contents.kind).exists():
        raise OperatorError(f"{file}: is not a whole backup")
    return contents


def _members(file: Path, told: Told) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of every file in the archive, in order."""
    size = file.stat().st_size
    with (
        file.open("rb") as raw,
        zstandard.ZstdDecompressor().stream_reader(raw) as packed,
        tarfile.open(fileobj=packed, mode="r|") as tar,
    ):
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is None:
                raise OperatorError(f"{file}: {member.name}: only plain files are taken")
            yield member.name, content
            told(raw.tell(), size)


def _read_manifest(file: Path, name: str, content: IO[bytes]) -> Contents:
    """Look at the archive before anything of it is unpacked."""
    try:
        about: dict[str, Any] = orjson.loads(content.read(1 << 16)) if name == MANIFEST else {}
    except orjson.JSONDecodeError:
        about = {}
    if about.get("version") != VERSION:
        raise OperatorError(f"{file}: is no backup that this version can read")
    contents = Contents(str(about["database"]), str(about["revision"]), int(about["photos"]))
    if contents.revision not in migrating.known():
        raise OperatorError(f"{file}: was made by a newer version ({contents.revision}): update first")
    return contents


def _keep_photo(file: Path, name: str, content: IO[bytes], photos: Store | None) -> None:
    """Into the store, under its own name or not at all: nothing may leave its place."""
    key = name.removeprefix(f"{PHOTOS}/")
    if key == name or not stores.KEY.fullmatch(key):
        raise OperatorError(f"{file}: {name}: does not belong into a backup")
    if photos and photos.put(content.read(), key.rpartition(".")[2]) != key:
        raise OperatorError(f"{file}: {name}: is damaged")


def _keep(content: IO[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    with partial.open("wb") as out:
        shutil.copyfileobj(content, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(target)


def _put_in_place(db: Database, copy: Path, now: datetime) -> None:
    db.close()
    if not db.is_sqlite:
        words = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        _run_tool(db, "pg_restore", *words, f"--dbname={make_url(db.url).database}", str(copy))
        return
    _refuse_damaged(copy)
    if db.file.exists():
        _checkpoint(db.file)
        db.file.replace(db.file.with_name(f"{db.file.name}.before-{now:%Y%m%dT%H%M%S}"))
    for rest in ("-wal", "-shm"):
        db.file.with_name(db.file.name + rest).unlink(missing_ok=True)
    copy.replace(db.file)


def _refuse_damaged(file: Path) -> None:
    opened = sqlite3.connect(file)
    try:
        found = opened.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    finally:
        opened.close()
    if found != "ok":
        raise OperatorError(f"the database in the backup is damaged: {found}")


def _checkpoint(file: Path) -> None:
    """Bring what stands in the log into the file, so that the file alone is whole."""
    opened = sqlite3.connect(file)
    try:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        opened.close()


def _run_tool(db: Database, program: str, *words: str) -> None:
    """A tool of PostgreSQL's; the password goes by environment, where `ps` does not show it."""
    url = make_url(db.url)
    host = url.query.get("host") or url.host
    named = {"PGHOST": host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
    named["PGDATABASE"] = url.database
    environment = os.environ | {name: str(value) for name, value in named.items() if value}
    try:
        done = subprocess.run([program, *words], env=environment, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise OperatorError(f"{program}: is not installed; it comes with PostgreSQL's client") from error
    if done.returncode:
        raise OperatorError(f"{program}: {scrub(done.stderr.strip()).splitlines()[-1]}")
