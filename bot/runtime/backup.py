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
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Literal, Self

import orjson
import zstandard
from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError
from sqlalchemy import make_url, text, update
from sqlmodel import Session, col

from bot.base.errors import OperatorError
from bot.base.logs import scrub
from bot.runtime import layouts
from bot.runtime.leadership import only_run
from bot.schedule import slots
from bot.storage import blobs, migrations, values
from bot.storage.blobs import BlobStore
from bot.storage.database import Database
from jobs import ALL
from models import Card, OutboxRow, OutboxState, Slot, SlotState

Kind = Literal["database.sqlite3", "database.dump"]
MANIFEST, PHOTOS = "manifest.json", "photos"
SQLITE: Kind = "database.sqlite3"
POSTGRESQL: Kind = "database.dump"
# A manifest is some two hundred bytes.
_MOST_MANIFEST = 1 << 16
# What the store holds comes from Telegram or is a spreadsheet made for it: nothing is larger than this.
_MOST_PHOTO = 50 * 1024 * 1024
Told = Callable[[int, int], None]


class Contents(BaseModel):
    """What an archive holds, as its manifest says. Bytes bound what is unpacked; archives made before they
    were noted have none."""

    model_config = ConfigDict(strict=True, frozen=True)

    version: Literal[1] = 1
    database: Kind
    revision: str
    photos: NonNegativeInt = 0
    database_bytes: NonNegativeInt | None = None
    photo_bytes: NonNegativeInt | None = None


# Making one


def make(db: Database, file: Path, photos: BlobStore | None, now: datetime, told: Told) -> Contents:
    """Write an archive; `told` hears bytes read and bytes in all. The bot may go on running.

    The photos are those there are once the database is copied: none that it speaks of is missing.
    """
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        copy = _copied(db, Path(folder))
        sizes = dict(photos.sizes()) if photos else {}
        contents = Contents(
            database=SQLITE if db.is_sqlite else POSTGRESQL,
            revision=migrations.newest() or "",
            photos=len(sizes),
            database_bytes=copy.stat().st_size,
            photo_bytes=sum(sizes.values()),
        )
        manifest = orjson.dumps({"made_at": now, **contents.model_dump()})
        _write(file, manifest, copy, photos, sizes, told)
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
    file: Path, manifest: bytes, copy: Path, photos: BlobStore | None, sizes: dict[str, int], told: Told
) -> None:
    done = copy.stat().st_size
    total = done + sum(sizes.values())
    compressor = zstandard.ZstdCompressor(level=6, threads=-1)
    with (
        file.open("wb") as raw,
        compressor.stream_writer(raw) as packed,
        # No extended headers: what is read back may be plain files only.
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.GNU_FORMAT) as tar,
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


def restore(
    db: Database, file: Path, photos: BlobStore | None, now: datetime, told: Told
) -> tuple[Contents, Path | None]:
    """Put an archive's database in the place of this one, and its photos beside those there are.

    Returns what the archive held, and on SQLite where the database that was there is kept. Raises
    OperatorError while the bot runs, and for an archive that is not whole or not ours: the database is
    as it was then.
    """
    with only_run(db), _staging(db) as folder:
        _refuse_others(db)
        contents = _unpacked(file, folder, db, photos, told)
        before = _put_in_place(db, folder / contents.database, now)
        migrations.migrate(db)
        with db.write_now() as session:
            go_on_from(session, now)
    return contents, before


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
    values.raise_roster_version(session)


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


def _unpacked(file: Path, folder: Path, db: Database, photos: BlobStore | None, told: Told) -> Contents:
    """Unpack the database into the folder and the photos into their store, after a look at what it is."""
    contents: Contents | None = None
    photo_bytes, kept = 0, set[str]()
    try:
        for member, content in _members(file, told):
            if contents is None:
                contents = _read_manifest(file, member, content)
                _refuse_other_kind(file, contents, db)
            elif member.name == contents.database:
                _refuse_larger(file, member, contents.database_bytes, folder)
                _keep(content, folder / member.name)
                _refuse_other_layout(db, folder / member.name, contents.revision)
            else:
                _refuse_no_photo(file, member.name, (folder / contents.database).exists())
                photo_bytes += member.size
                _refuse_larger(file, member, _MOST_PHOTO, folder)
                if contents.photo_bytes is not None and photo_bytes > contents.photo_bytes:
                    raise OperatorError(f"{file}: holds more photos than it says")
                _keep_photo(file, member.name, content, photos)
                kept.add(member.name)
    except (OSError, tarfile.TarError, zstandard.ZstdError) as error:
        raise OperatorError(f"{file}: cannot be read: {error}") from error
    # An archive that was cut between two of its files ends like any other.
    if contents is None or not (folder / contents.database).exists() or len(kept) < contents.photos:
        raise OperatorError(f"{file}: is not a whole backup")
    return contents


class _PlainFile(tarfile.TarInfo):
    """A member that is a file and nothing else: links lead away, and a header that goes on is read whole
    into memory, however long it is."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header. Raises ReadError for anything but a plain file."""
        member = super().frombuf(buf, encoding, errors)
        if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
            raise tarfile.ReadError(f"{member.name[:100]!r}: only plain files are taken")
        return member


def _members(file: Path, told: Told) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Every file in the archive with its content, in order; each is read before the next or not at all."""
    size = file.stat().st_size
    with (
        file.open("rb") as raw,
        zstandard.ZstdDecompressor().stream_reader(raw) as packed,
        tarfile.open(fileobj=packed, mode="r|", tarinfo=_PlainFile) as tar,
    ):
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            yield member, content
            told(raw.tell(), size)


def _read_manifest(file: Path, member: tarfile.TarInfo, content: IO[bytes]) -> Contents:
    """Look at the archive before anything of it is unpacked."""
    try:
        if member.name != MANIFEST or member.size > _MOST_MANIFEST:
            raise ValueError("no manifest")
        contents = Contents.model_validate_json(content.read())
    except (ValidationError, ValueError) as error:
        raise OperatorError(f"{file}: is no backup that this version can read") from error
    if contents.revision not in migrations.known():
        raise OperatorError(f"{file}: was made by a newer version ({contents.revision[:40]}): update first")
    return contents


def _refuse_other_kind(file: Path, contents: Contents, db: Database) -> None:
    if contents.database != (SQLITE if db.is_sqlite else POSTGRESQL):
        raise OperatorError(f"{file}: holds {contents.database}, which this database.url cannot take")


def _refuse_larger(file: Path, member: tarfile.TarInfo, most: int | None, folder: Path) -> None:
    """Before a byte of it is unpacked."""
    if most is not None and member.size > most:
        raise OperatorError(f"{file}: {member.name[:100]}: is larger than it may be ({member.size:,} bytes)")
    if member.size > (free := shutil.disk_usage(folder).free):
        raise OperatorError(
            f"{file}: needs {member.size:,} bytes of disk in {folder.parent}, where {free:,} are free"
        )


def _refuse_no_photo(file: Path, name: str, has_database: bool) -> None:
    """Nothing may leave its place; and what the photos belong to comes first."""
    key = name.removeprefix(f"{PHOTOS}/")
    if key == name or not blobs.KEY.fullmatch(key):
        raise OperatorError(f"{file}: {name[:100]}: does not belong into a backup")
    if not has_database:
        raise OperatorError(f"{file}: is not a whole backup")


def _keep_photo(file: Path, name: str, content: IO[bytes], photos: BlobStore | None) -> None:
    """Into the store, under its own name, and only what the store itself would hold."""
    key, data = name.removeprefix(f"{PHOTOS}/"), content.read()
    ending = key.rpartition(".")[2]
    if blobs.key_of(data, ending) != key:
        raise OperatorError(f"{file}: {name}: is damaged")
    if not blobs.may_hold(key, data):
        raise OperatorError(f"{file}: {name}: is neither a photo nor a spreadsheet")
    if photos:
        photos.put(data, ending)


def _keep(content: IO[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    with partial.open("wb") as out:
        shutil.copyfileobj(content, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(target)


def _refuse_other_layout(db: Database, copy: Path, revision: str) -> None:
    if db.is_sqlite:
        layouts.refuse_other_file(copy, revision)
    else:
        schema = _run_tool(db, "pg_restore", "--schema-only", "--file=-", str(copy))
        layouts.refuse_other_dump(schema, revision)


def _put_in_place(db: Database, copy: Path, now: datetime) -> Path | None:
    db.close()
    if not db.is_sqlite:
        words = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        _run_tool(db, "pg_restore", *words, f"--dbname={make_url(db.url).database}", str(copy))
        return None
    before = None
    if db.file.exists():
        _checkpoint(db.file)
        before = db.file.with_name(f"{db.file.name}.before-{now:%Y%m%dT%H%M%S}")
        db.file.replace(before)
    for rest in ("-wal", "-shm"):
        db.file.with_name(db.file.name + rest).unlink(missing_ok=True)
    copy.replace(db.file)
    return before


def _checkpoint(file: Path) -> None:
    """Bring what stands in the log into the file, so that the file alone is whole."""
    opened = sqlite3.connect(file)
    try:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        opened.close()


def _run_tool(db: Database, program: str, *words: str) -> str:
    """What a tool of PostgreSQL's writes; the password goes by environment, where `ps` does not show it."""
    url = make_url(db.url)
    host = url.query.get("host") or url.host
    named = {"PGHOST": host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
    named["PGDATABASE"] = url.database
    environment = os.environ | {name: str(value) for name, value in named.items() if value}
    try:
        done = subprocess.run([program, *words], check=False, env=environment, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise OperatorError(f"{program}: is not installed; it comes with PostgreSQL's client") from error
    if done.returncode:
        told = scrub(done.stderr.strip()).splitlines() or ["failed"]
        raise OperatorError(f"{program}: {told[-1]}")
    return done.stdout
