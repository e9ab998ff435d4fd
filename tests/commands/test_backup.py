"""`gridduty backup`, `restore` and `purge`."""

import fcntl
import io
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from pydantic import SecretStr
from sqlalchemy import select, text
from sqlmodel import col

from bot.base.errors import OperatorError
from bot.runtime import backup, layouts, leadership
from bot.settings.core import DatabaseSettings, PhotoSettings
from bot.storage import migrations
from bot.storage import values as storage_values
from bot.storage.blobs import FolderStore, key_of, store_of
from bot.storage.database import Database
from models import Card, InboxRow, OutboxRow, OutboxState, Slot, SlotState
from tests.commands.gridduty import Gridduty

NOW = datetime(2026, 11, 23, 1, 2, tzinfo=UTC)
PHOTO = b"\xff\xd8\xffpicture"


def _fill(db: Database) -> None:
    base: dict[str, Any] = {
        "bot": 1,
        "chat_id": 5,
        "locale": "en",
        "kind": "refused",
        "lane": 1,
        "due_at": NOW,
    }
    with db.write_now() as session:
        for state in OutboxState:
            session.add(OutboxRow(**base, key=str(state), created_at=NOW, state=state))
        session.add(Card(**base, subject="x", wanted=3, shown=1))
        session.add(Slot(rule="x", occasion="y", due_at=NOW))
        session.add(InboxRow(bot=1, update_id=1, received_at=NOW, payload=b"{}"))
        storage_values.put(session, "word", "before")


def _say(db: Database, word: str) -> None:
    with db.write_now() as session:
        storage_values.put(session, "word", word)


def _archive(file: Path, *members: tuple[tarfile.TarInfo, bytes]) -> None:
    with zstandard.open(file, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def _manifest(**values: Any) -> tuple[tarfile.TarInfo, bytes]:
    about = {"version": 1, "database": "database.sqlite3", "revision": migrations.newest(), "photos": 0}
    return tarfile.TarInfo("manifest.json"), orjson.dumps(about | values)


def _database(db: Database, folder: Path) -> tuple[tarfile.TarInfo, bytes]:
    copy = folder / "copy.sqlite3"
    with closing(sqlite3.connect(db.file)) as opened:
        opened.execute("VACUUM INTO ?", (str(copy),))
    return tarfile.TarInfo(backup.SQLITE), copy.read_bytes()


def test_brings_the_data_back_and_sends_nothing_twice(
    gridduty: Gridduty, db: Database, tmp_path: Path
) -> None:
    _fill(db)
    photo = tmp_path / "photos" / FolderStore(tmp_path / "photos").put(PHOTO)
    (tmp_path / "photos" / "none of ours.txt").write_bytes(b"words")
    told = gridduty("backup", "all.tar.zst", "--photos").stdout
    assert told.endswith("1 photos\n")
    assert (tmp_path / "all.tar.zst").stat().st_mode & 0o077 == 0
    _say(db, "after")
    db.close()
    photo.unlink()
    gridduty("restore", "all.tar.zst")
    assert photo.read_bytes() == PHOTO
    with db.read() as session:
        assert storage_values.get(session, "word") == "before"
        states = {r.key: r.state for r in session.execute(select(OutboxRow)).scalars()}
        assert {key for key, state in states.items() if state == "unknown"} == {
            "held", "pending", "sending", "unknown",
        }  # fmt: skip
        assert states["sent"] == "sent"
        card = session.execute(select(Card)).scalar_one()
        assert card.shown == card.wanted == 3
        assert session.execute(select(col(Slot.state))).scalars().all() == [SlotState.FAILED]
        assert session.execute(select(col(InboxRow.state))).scalars().all() == ["pending"]
        assert storage_values.get(session, "job:retention") is not None


def test_photos_go_from_a_bucket_into_a_folder(
    gridduty: Gridduty, bucket: PhotoSettings, tmp_path: Path
) -> None:
    store, folder = store_of(bucket), gridduty.environment["GRIDDUTY_PHOTOS__URL"]
    key = store.put(PHOTO)
    for name in ("url", "endpoint", "region"):
        gridduty.environment[f"GRIDDUTY_PHOTOS__{name.upper()}"] = getattr(bucket, name)
    assert f"{bucket.url} can be written" in gridduty("check", code=1).stdout
    assert gridduty("backup", "all.tar.zst", "--photos").stdout.endswith("1 photos\n")
    store.delete(key)
    gridduty.environment["GRIDDUTY_PHOTOS__URL"] = folder
    gridduty("restore", "all.tar.zst")
    assert FolderStore(tmp_path / "photos").get(key) == PHOTO
    assert list(store.sizes()) == []


def test_what_was_there_is_kept_beside(gridduty: Gridduty, db: Database) -> None:
    gridduty("backup", "all.tar.zst")
    _say(db, "after")
    db.close()
    gridduty("restore", "all.tar.zst")
    kept = list(db.file.parent.glob(f"{db.file.name}.before-*"))
    assert len(kept) == 1
    assert b"after" in kept[0].read_bytes()


def test_restore_refuses_while_the_bot_runs(gridduty: Gridduty, db: Database) -> None:
    gridduty("backup", "all.tar.zst")
    with leadership.lock_file(db).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        failed = gridduty("restore", "all.tar.zst", code=1)
    assert "stop it first" in failed.stderr
    assert len(failed.stderr.splitlines()) == 1


def test_a_torn_archive_changes_nothing(gridduty: Gridduty, db: Database, tmp_path: Path) -> None:
    _say(db, "before")
    gridduty("backup", "all.tar.zst")
    whole = (tmp_path / "all.tar.zst").read_bytes()
    (tmp_path / "torn.tar.zst").write_bytes(whole[: len(whole) // 2])
    failed = gridduty("restore", "torn.tar.zst", code=1)
    assert len(failed.stderr.splitlines()) == 1
    with db.read() as session:
        assert storage_values.get(session, "word") == "before"


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "photos/../../evil", "photos", "photos/a.jpg", "database.dump", "other.sqlite3"],
)
def test_nothing_leaves_its_folder(db: Database, tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.tar.zst"
    _archive(file, _manifest(), (tarfile.TarInfo(name), b"x"))
    with pytest.raises(OperatorError, match="does not belong"):
        backup.restore(db, file, FolderStore(tmp_path / "photos"), NOW, lambda *_: None)
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize(
    ("key", "content", "told"),
    [
        (key_of(PHOTO, "jpg"), b"other", "is damaged"),
        (key_of(b"<html>", "html"), b"<html>", "neither a photo"),
        (key_of(b"<html>", "jpg"), b"<html>", "neither a photo"),
        (key_of(PHOTO, "svg"), PHOTO, "neither a photo"),
        (key_of(PHOTO, "xlsx"), PHOTO, "neither a photo"),
    ],
)
def test_only_what_the_store_would_hold_is_taken(
    db: Database, tmp_path: Path, key: str, content: bytes, told: str
) -> None:
    file = tmp_path / "other.tar.zst"
    _archive(file, _manifest(), _database(db, tmp_path), (tarfile.TarInfo(f"photos/{key}"), content))
    store = FolderStore(tmp_path / "photos")
    with pytest.raises(OperatorError, match=told):
        backup.restore(db, file, store, NOW, lambda *_: None)
    assert not list(store.sizes())


@pytest.mark.parametrize(
    "manifest",
    [
        b"[]", b"null", b"{}", b"7", b'"x"', b"\xff", b"",
        b'{"version": 1}',
        b'{"version": 1, "database": "database.sqlite3", "revision": "0001", "photos": "many"}',
        b'{"version": 1, "database": "database.sqlite3", "revision": "0001", "photos": -1}',
        b'{"version": 1, "database": "database.sqlite3", "revision": 1, "photos": 0}',
        b'{"version": 1, "database": "../../x", "revision": "0001", "photos": 0}',
        b'{"version": 1, "database": null, "revision": "0001", "photos": 0}',
        b'{"version": "1", "database": "database.sqlite3", "revision": "0001", "photos": 0}',
        b"[" * 60_000,
    ],
)  # fmt: skip
def test_a_manifest_that_is_none_is_told_in_one_line(db: Database, tmp_path: Path, manifest: bytes) -> None:
    file = tmp_path / "odd.tar.zst"
    _archive(file, (tarfile.TarInfo("manifest.json"), manifest))
    with pytest.raises(OperatorError, match="is no backup that this version can read"):
        backup.restore(db, file, None, NOW, lambda *_: None)


def _bomb(file: Path, name: str, size: int, **values: Any) -> None:
    """An archive of a few kilobytes with a member that unpacks to as many zeros as it says."""
    with zstandard.open(file, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        about, content = _manifest(**values)
        about.size = len(content)
        tar.addfile(about, io.BytesIO(content))
        info = tarfile.TarInfo(name)
        info.size = size
        with Path("/dev/zero").open("rb") as zeros:
            tar.addfile(info, zeros)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("database.sqlite3", {"database_bytes": 4096}),
        ("database.sqlite3", {"database_bytes": 0}),
    ],
)
def test_what_is_larger_than_it_says_is_not_unpacked(
    db: Database, tmp_path: Path, name: str, values: dict[str, Any]
) -> None:
    file = tmp_path / "bomb.tar.zst"
    _bomb(file, name, 200_000_000, **values)
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(OperatorError, match="is larger than it may be"):
        backup.restore(db, file, None, NOW, lambda *_: None)
    assert shutil.disk_usage(tmp_path).free > free - 100_000_000


def test_a_photo_is_not_read_where_it_is_larger_than_any(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "bomb.tar.zst"
    photo = tarfile.TarInfo(f"photos/{key_of(PHOTO, 'jpg')}")
    _archive(file, _manifest(), _database(db, tmp_path), (photo, bytes(60_000_000)))
    with pytest.raises(OperatorError, match="is larger than it may be"):
        backup.restore(db, file, FolderStore(tmp_path / "photos"), NOW, lambda *_: None)


def test_more_photos_than_it_says_are_not_taken(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "more.tar.zst"
    photos = [PHOTO + bytes([n]) for n in range(3)]
    members = [(tarfile.TarInfo(f"photos/{key_of(photo, 'jpg')}"), photo) for photo in photos]
    _archive(file, _manifest(photo_bytes=2 * len(photos[0])), _database(db, tmp_path), *members)
    with pytest.raises(OperatorError, match="more photos than it says"):
        backup.restore(db, file, FolderStore(tmp_path / "photos"), NOW, lambda *_: None)


def test_fewer_photos_than_it_says_are_no_whole_backup(db: Database, tmp_path: Path) -> None:
    """An archive that was cut between two of its files ends like any other."""
    file, photo = tmp_path / "fewer.tar.zst", tarfile.TarInfo(f"photos/{key_of(PHOTO, 'jpg')}")
    copy = _database(db, tmp_path)
    for members in ([], [(photo, PHOTO)], [(photo, PHOTO), (photo, PHOTO)]):
        _archive(file, _manifest(photos=2), copy, *members)
        with pytest.raises(OperatorError, match="not a whole backup"):
            backup.restore(db, file, FolderStore(tmp_path / "photos"), NOW, lambda *_: None)


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_SPARSE, tarfile.CONTTYPE, tarfile.FIFOTYPE, b"?"])
def test_only_plain_members_are_taken(db: Database, tmp_path: Path, kind: bytes) -> None:
    """A file with holes may have any number of headers, and unpacks to any size."""
    info, content = _database(db, tmp_path)
    info.type = kind
    _archive(tmp_path / "odd.tar.zst", _manifest(), (info, content))
    with pytest.raises(OperatorError, match="plain files"):
        backup.restore(db, tmp_path / "odd.tar.zst", None, NOW, lambda *_: None)


@pytest.mark.parametrize("name", ["photos/ab\ncd.jpg", "\x1b[31mred", "[/bold]", "photos/\udcff", "\u202ex"])
def test_a_name_is_told_in_one_line(gridduty: Gridduty, db: Database, tmp_path: Path, name: str) -> None:
    _archive(tmp_path / "odd.tar.zst", _manifest(), (tarfile.TarInfo(name), b"x"))
    failed = gridduty("restore", "odd.tar.zst", code=1)
    assert len(failed.stderr.splitlines()) == 1
    assert failed.stderr.strip("\n").isprintable()


def test_a_header_without_end_is_not_read(db: Database, tmp_path: Path) -> None:
    """An extended header is read whole into memory by whoever takes it."""
    header = tarfile.TarInfo("x")
    header.type = tarfile.XHDTYPE
    file = tmp_path / "header.tar.zst"
    _archive(file, _manifest(), (header, bytes(1_000_000)))
    with pytest.raises(OperatorError, match="plain files"):
        backup.restore(db, file, None, NOW, lambda *_: None)


_FOREIGN = {
    "empty": "",
    "another program's": "CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT);",
    "foreign trigger": "CREATE TRIGGER evil AFTER INSERT ON checkin BEGIN DELETE FROM person; END;",
    "view": "CREATE VIEW people AS SELECT * FROM person;",
    "table gone": "DROP TABLE feedback;",
    "column gone": "ALTER TABLE feedback DROP COLUMN voice;",
    "column more": "ALTER TABLE feedback ADD COLUMN evil TEXT;",
    "table more": "CREATE TABLE evil (id INTEGER);",
    "an index that would refuse": "CREATE UNIQUE INDEX evil ON checkin (person_id);",
    "other revision": "UPDATE alembic_version SET version_num = '0001';",
    "no revision": "DELETE FROM alembic_version;",
    "virtual table": "CREATE VIRTUAL TABLE evil USING fts5(words);",
}


@pytest.mark.parametrize("what", _FOREIGN)
def test_a_database_of_another_layout_is_refused(
    gridduty: Gridduty, db: Database, tmp_path: Path, what: str
) -> None:
    _say(db, "before")
    member, content = _database(db, tmp_path)
    other = tmp_path / "other.sqlite3"
    if what not in ("empty", "another program's"):
        other.write_bytes(content)
    with closing(sqlite3.connect(other)) as opened:
        opened.executescript(_FOREIGN[what])
    _archive(tmp_path / "other.tar.zst", _manifest(), (member, other.read_bytes()))
    failed = gridduty("restore", "other.tar.zst", code=1)
    assert "the database in the backup is" in failed.stderr
    assert len(failed.stderr.splitlines()) == 1
    with db.read() as session:
        assert storage_values.get(session, "word") == "before"


def test_a_trigger_under_one_of_our_names_does_not_come_in(db: Database, tmp_path: Path) -> None:
    member, content = _database(db, tmp_path)
    other = tmp_path / "other.sqlite3"
    other.write_bytes(content)
    with closing(sqlite3.connect(other)) as opened:
        opened.executescript(
            "DROP TRIGGER touch_checkin_insert; CREATE TRIGGER touch_checkin_insert AFTER INSERT ON checkin"
            " BEGIN DELETE FROM person; END;"
        )
    file = tmp_path / "other.tar.zst"
    _archive(file, _manifest(), (member, other.read_bytes()))
    backup.restore(db, file, None, NOW, lambda *_: None)
    with db.read() as session:
        named = text("SELECT sql FROM sqlite_master WHERE name = 'touch_checkin_insert'")
        assert "DELETE" not in session.execute(named).scalar_one()


def test_a_backup_of_an_older_layout_is_taken(tmp_path: Path) -> None:
    layouts_known = sorted(migrations.known())
    assert len(layouts_known) > 10
    for revision in layouts_known[:: len(layouts_known) // 3]:
        file = tmp_path / f"{revision}.sqlite3"
        old = Database(DatabaseSettings(url=SecretStr(f"sqlite:///{file}")))
        migrations.migrate(old, revision)
        old.close()
        layouts.refuse_other_file(file, revision)


def test_a_backup_does_not_take_another_files_place(gridduty: Gridduty, tmp_path: Path) -> None:
    (tmp_path / "all.tar.zst").write_bytes(b"last week's")
    assert "--replace" in gridduty("backup", "all.tar.zst", code=1).stderr
    assert (tmp_path / "all.tar.zst").read_bytes() == b"last week's"
    gridduty("backup", "all.tar.zst", "--replace")
    assert "is kept as" in gridduty("restore", "all.tar.zst").stdout


def test_links_are_not_taken(db: Database, tmp_path: Path) -> None:
    link = tarfile.TarInfo("photos/a")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    file = tmp_path / "link.tar.zst"
    _archive(file, _manifest(), (link, b""))
    with pytest.raises(OperatorError, match="plain files"):
        backup.restore(db, file, FolderStore(tmp_path / "photos"), NOW, lambda *_: None)


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ({"version": 9}, "can read"),
        ({"revision": "9999"}, "newer version"),
        ({"database": "database.dump"}, "cannot take"),
    ],
)
def test_an_archive_of_another_kind_is_refused(
    db: Database, tmp_path: Path, manifest: dict[str, Any], told: str
) -> None:
    file = tmp_path / "other.tar.zst"
    _archive(file, _manifest(**manifest))
    with pytest.raises(OperatorError, match=told):
        backup.restore(db, file, None, NOW, lambda *_: None)


def test_purge_counts_before_it_erases(gridduty: Gridduty, db: Database) -> None:
    old = datetime(2020, 1, 1, tzinfo=UTC)
    with db.write_now() as session:
        session.add(InboxRow(bot=1, update_id=1, received_at=old, done_at=old, state="done", payload=b"{}"))
    assert json.loads(gridduty("purge", "--dry-run", "--json").stdout)["updates"] == 1
    assert json.loads(gridduty("purge", "--json").stdout)["updates"] == 1
    assert json.loads(gridduty("purge", "--json").stdout)["updates"] == 0
