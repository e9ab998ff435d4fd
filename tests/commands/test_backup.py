"""`gridduty backup`, `restore` and `purge`."""

import fcntl
import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from sqlalchemy import select
from sqlmodel import col

from bot import backup, markers, migrating, tenure
from bot.database import Database
from bot.errors import OperatorError
from bot.sections import PhotoSettings
from bot.stores import Folder, key_of, store_of
from models import Card, InboxRow, OutboxRow, OutboxState, Slot, SlotState
from tests.commands.gridduty import Gridduty

NOW = datetime(2026, 11, 23, 1, 2, tzinfo=UTC)


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
        markers.put(session, "word", "before")


def _say(db: Database, word: str) -> None:
    with db.write_now() as session:
        markers.put(session, "word", word)


def _archive(file: Path, *members: tuple[tarfile.TarInfo, bytes]) -> None:
    with zstandard.open(file, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def _manifest(**values: Any) -> tuple[tarfile.TarInfo, bytes]:
    about = {"version": 1, "database": "database.sqlite3", "revision": migrating.newest(), "photos": 0}
    return tarfile.TarInfo("manifest.json"), orjson.dumps(about | values)


def test_brings_the_data_back_and_sends_nothing_twice(
    gridduty: Gridduty, db: Database, tmp_path: Path
) -> None:
    _fill(db)
    photo = tmp_path / "photos" / Folder(tmp_path / "photos").put(b"picture")
    (tmp_path / "photos" / "none of ours.txt").write_bytes(b"words")
    told = gridduty("backup", "all.tar.zst", "--photos").stdout
    assert told.endswith("1 photos\n")
    assert (tmp_path / "all.tar.zst").stat().st_mode & 0o077 == 0
    _say(db, "after")
    db.close()
    photo.unlink()
    gridduty("restore", "all.tar.zst")
    assert photo.read_bytes() == b"picture"
    with db.read() as session:
        assert markers.get(session, "word") == "before"
        states = {r.key: r.state for r in session.execute(select(OutboxRow)).scalars()}
        assert {key for key, state in states.items() if state == "unknown"} == {
            "held", "pending", "sending", "unknown",
        }  # fmt: skip
        assert states["sent"] == "sent"
        card = session.execute(select(Card)).scalar_one()
        assert card.shown == card.wanted == 3
        assert session.execute(select(col(Slot.state))).scalars().all() == [SlotState.FAILED]
        assert session.execute(select(col(InboxRow.state))).scalars().all() == ["pending"]
        assert markers.get(session, "job:retention") is not None


def test_photos_go_from_a_bucket_into_a_folder(
    gridduty: Gridduty, bucket: PhotoSettings, tmp_path: Path
) -> None:
    store, folder = store_of(bucket), gridduty.environment["GRIDDUTY_PHOTOS__URL"]
    key = store.put(b"picture")
    for name in ("url", "endpoint", "region"):
        gridduty.environment[f"GRIDDUTY_PHOTOS__{name.upper()}"] = getattr(bucket, name)
    assert f"{bucket.url} can be written" in gridduty("check", code=1).stdout
    assert gridduty("backup", "all.tar.zst", "--photos").stdout.endswith("1 photos\n")
    store.delete(key)
    gridduty.environment["GRIDDUTY_PHOTOS__URL"] = folder
    gridduty("restore", "all.tar.zst")
    assert Folder(tmp_path / "photos").get(key) == b"picture"
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
    with tenure.lock_file(db).open("w") as file:
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
        assert markers.get(session, "word") == "before"


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "photos/../../evil", "photos", "photos/a.jpg", "database.dump", "other.sqlite3"],
)
def test_nothing_leaves_its_folder(db: Database, tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.tar.zst"
    _archive(file, _manifest(), (tarfile.TarInfo(name), b"x"))
    with pytest.raises(OperatorError, match="does not belong"):
        backup.restore(db, file, Folder(tmp_path / "photos"), NOW, lambda *_: None)
    assert not list(tmp_path.rglob("evil"))


def test_a_damaged_photo_is_not_taken(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "damaged.tar.zst"
    _archive(file, _manifest(), (tarfile.TarInfo(f"photos/{key_of(b'picture', 'jpg')}"), b"other"))
    with pytest.raises(OperatorError, match="is damaged"):
        backup.restore(db, file, Folder(tmp_path / "photos"), NOW, lambda *_: None)


def test_links_are_not_taken(db: Database, tmp_path: Path) -> None:
    link = tarfile.TarInfo("photos/a")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    file = tmp_path / "link.tar.zst"
    _archive(file, _manifest(), (link, b""))
    with pytest.raises(OperatorError, match="plain files"):
        backup.restore(db, file, Folder(tmp_path / "photos"), NOW, lambda *_: None)


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ({"version": 9}, "can read"),
        ({"revision": "9999"}, "newer version"),
        ({"database": "database.dump"}, "whole"),
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
