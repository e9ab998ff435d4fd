"""Copies of photos: whatever Telegram, the store or the sender does, nothing is lost and nobody waits."""

import io
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select, text
from sqlmodel import col

from bot.access import actors_of
from bot.photos import fetch, photos
from bot.photos.photos import ReceivedPhoto
from bot.playground.files import DOWNLOAD_LIMIT
from bot.settings.core import PhotoSettings
from bot.storage import blobs
from bot.storage.blobs import store_of
from models import Photo, PhotoState
from tests.e2e.town import Town
from tests.robustness.stage import stage
from tests.waiting import until


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A town in which nobody rests long."""
    monkeypatch.setattr(fetch, "NAP_SECONDS", 0.05)
    monkeypatch.setattr(fetch, "REST_SECONDS", 0.05)
    with stage(tmp_path) as town:
        yield town


def picture(seed: int = 0, size: tuple[int, int] = (640, 480), **more: Any) -> bytes:
    """A photo of coloured fields, others for every seed."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for n in range(12):
        left, top = (n * 151 + seed * 89) % 560, (n * 97 + seed * 233) % 400
        draw.rectangle(
            (left, top, left + 130, top + 90), fill=((n * 67 + seed * 31) % 256, n * 20, seed * 50 % 256)
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=more.pop("quality", 87), **more)
    return out.getvalue()


def given(town: Town, data: bytes, subject: str = "hazard:1", *, as_file: bool = False) -> int:
    """Somebody sends it, and it is used for the subject; its number."""
    files = town.playground.world.files
    with town.playground.world.lock:
        if as_file:
            shown = files.add("document", data, None, "p.jpg", "image/jpeg").shown()
        else:
            shown = files.add_photo(data, None)[-1]
    phone = town.phones.get("岩罕") or town.bind("岩罕")
    with town.db.write_now() as session:
        actor = actors_of(session, town.settings.bot_id, [phone.id])[phone.id]
        sent = ReceivedPhoto(
            shown["file_id"],
            shown["file_unique_id"],
            shown.get("width", 0),
            shown.get("height", 0),
            document=as_file,
        )
        number = photos.keep(session, actor, sent, now=town.clock.now())
        photos.use(session, [number], subject)
    return number


def row(town: Town, number: int) -> Photo:
    with town.db.read() as session:
        return session.get_one(Photo, number)


def is_(town: Town, number: int, state: PhotoState) -> None:
    until(lambda: row(town, number).state == state)


def copies(town: Town) -> list[Path]:
    root = Path(town.settings.photos.url.removeprefix("file://"))
    return sorted(root.glob("??/??/*"))


def later(town: Town) -> None:
    """Whatever waits for its next try gets it now."""
    with town.db.write_now() as session:
        session.execute(text("UPDATE photo SET next_try_at = sent_at WHERE next_try_at IS NOT NULL"))


def test_a_copy_is_upright_and_tells_no_more_than_it_shows(town: Town) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    number = given(town, picture(exif=exif, comment=b"secret"), as_file=True)
    is_(town, number, PhotoState.STORED)
    (file,) = copies(town)
    assert file.stat().st_mode & 0o077 == 0
    assert row(town, number).content == file.relative_to(file.parents[2]).as_posix()
    with Image.open(file) as kept:
        assert (kept.size, dict(kept.getexif()), "comment" in kept.info) == ((480, 640), {}, False)
    assert (row(town, number).width, row(town, number).height) == (480, 640)


def test_one_content_is_kept_once_and_its_second_use_is_marked(town: Town) -> None:
    first = given(town, picture(1), "hazard:1")
    is_(town, first, PhotoState.STORED)
    second = given(town, picture(1), "hazard:2")
    is_(town, second, PhotoState.STORED)
    other = given(town, picture(5), "hazard:3")
    is_(town, other, PhotoState.STORED)
    assert len(copies(town)) == 2
    with town.db.read() as session:
        found = photos.marks(session, [first, second, other])
    assert list(found) == [second]
    assert (found[second].same, found[second].seen_for) == (True, "hazard:1")
    assert found[second].seen_area_id == town.area("DH-MS-1-1-01")


def test_much_the_same_picture_is_marked_whichever_is_copied_first(town: Town) -> None:
    with town.db.write_now() as session:
        session.execute(text("SELECT 1"))
    fault = town.playground.faults.error(502, method="download")
    first = given(town, picture(1), "hazard:1")
    until(lambda: fault.struck)
    small = Image.open(io.BytesIO(picture(1))).resize((400, 300))
    again = io.BytesIO()
    small.save(again, "JPEG", quality=60)
    second = given(town, again.getvalue(), "fix:1")
    is_(town, second, PhotoState.STORED)
    later(town)
    is_(town, first, PhotoState.STORED)
    with town.db.read() as session:
        found = photos.marks(session, [first, second])
    assert list(found) == [second]
    assert (found[second].same, found[second].seen_for) == (False, "hazard:1")


def test_the_same_photo_for_the_same_thing_is_no_matter(town: Town) -> None:
    numbers = [given(town, picture(1)), given(town, picture(1))]
    for number in numbers:
        is_(town, number, PhotoState.STORED)
    with town.db.read() as session:
        assert photos.marks(session, numbers) == {}


@pytest.mark.parametrize(
    "trouble", ["getFile fails", "download fails", "download breaks off", "limited", "link died"]
)
def test_telegram_in_trouble_is_asked_again(town: Town, trouble: str) -> None:
    faults = town.playground.faults
    fault = {
        "getFile fails": lambda: faults.error(502, method="getFile", times=2),
        "download fails": lambda: faults.error(500, method="download", times=2),
        "download breaks off": lambda: faults.drop(method="download", times=2),
        "limited": lambda: faults.too_many(1, method="getFile"),
        "link died": lambda: faults.error(404, method="download", times=2),
    }[trouble]()
    number = given(town, picture(2))
    until(lambda: fault.struck and row(town, number).problem)
    assert row(town, number).state == PhotoState.WAITING
    until(lambda: (later(town), row(town, number).state == PhotoState.STORED)[1])
    assert row(town, number).problem is None


def test_a_slow_line_keeps_no_message_waiting(town: Town) -> None:
    town.playground.faults.delay(15, method="download", times=None)
    for seed in range(6):
        given(town, picture(seed))
    phone = town.join("玉香")
    phone.send("/help")
    phone.wait_for()
    assert town.count("photo", "state = 'stored'") == 0


def test_the_store_in_trouble_loses_nothing(town: Town, tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("no folder")
    number = given(town, picture(3))
    until(lambda: row(town, number).problem)
    kept = row(town, number)
    assert (kept.state, kept.person_id, bool(kept.file_id)) == (PhotoState.WAITING, town.id("岩罕"), True)
    assert "photo store" in str(kept.problem)
    (tmp_path / "photos").unlink()
    later(town)
    is_(town, number, PhotoState.STORED)


def test_a_bucket_in_trouble_loses_nothing(
    bucket: PhotoSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "NAP_SECONDS", 0.05)
    monkeypatch.setattr(fetch, "REST_SECONDS", 0.05)
    name = f"late-{uuid4().hex}"
    own = {
        "PHOTOS__URL": f"s3://{name}/duty",
        "PHOTOS__ENDPOINT": bucket.endpoint,
        "PHOTOS__REGION": bucket.region,
    }
    with stage(tmp_path, **own) as town:
        number = given(town, picture(3))
        until(lambda: row(town, number).problem)
        assert row(town, number).state == PhotoState.WAITING
        urlopen(Request(f"{bucket.endpoint}/{name}", method="PUT")).close()
        later(town)
        is_(town, number, PhotoState.STORED)
        store = store_of(town.settings.photos)
        with Image.open(io.BytesIO(store.get(str(row(town, number).content)))) as kept:
            assert kept.size == (640, 480)


def test_a_full_disk_leaves_nothing_half_written(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, data: bytes) -> None:
        file.write_bytes(data[:100])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(blobs, "_write", full)
        number = given(town, picture(3))
        until(lambda: row(town, number).problem)
    assert "No space left" in str(row(town, number).problem)
    assert not [file for file in (tmp_path / "photos").rglob("*") if file.is_file()]
    later(town)
    is_(town, number, PhotoState.STORED)


@pytest.mark.parametrize(
    "data", [b"hello", picture()[:4000], b"%PDF-1.7 no picture"], ids=["words", "cut", "pdf"]
)
def test_what_is_no_picture_is_refused_and_its_sender_told_once(town: Town, data: bytes) -> None:
    phone = town.join("岩罕")
    number = given(town, data, as_file=True)
    until(lambda: (later(town), row(town, number).state == PhotoState.REFUSED)[1])
    phone.wait_for(text="打不开")
    town.settle()
    assert [told for told in phone.texts if "打不开" in told] == [phone.last.text]
    assert copies(town) == []


def test_more_than_bots_may_download_is_refused(town: Town) -> None:
    number = given(town, bytes(DOWNLOAD_LIMIT + 1), as_file=True)
    is_(town, number, PhotoState.REFUSED)
    assert "too big" in str(row(town, number).problem)


def test_what_telegram_has_no_more_is_lost_only_after_many_denials(town: Town) -> None:
    number = given(town, picture(4))
    with town.db.write_now() as session:
        session.execute(
            text("UPDATE photo SET file_id = 'nothing', state = 'waiting', next_try_at = sent_at")
        )
    until(lambda: (later(town), row(town, number).state == PhotoState.LOST)[1])
    assert row(town, number).tries >= fetch.DENIALS


def test_a_copy_broken_off_by_a_kill_is_made_at_the_next_start(town: Town) -> None:
    town.playground.faults.delay(60, method="download", times=None)
    number = given(town, picture(6))
    until(lambda: row(town, number).tries == 1)
    town.bot.stop()
    assert row(town, number).state == PhotoState.WAITING
    town.playground.faults.clear()
    town.bot.start()
    is_(town, number, PhotoState.STORED)


def test_an_erased_photo_takes_its_copy_along_unless_another_shows_it(town: Town) -> None:
    first, second = given(town, picture(7), "hazard:1"), given(town, picture(7), "hazard:2")
    for number in (first, second):
        is_(town, number, PhotoState.STORED)

    def erase(number: int) -> None:
        with town.db.write_now() as session:
            session.execute(text("UPDATE photo SET state = 'erased' WHERE id = :n"), {"n": number})
        until(lambda: row(town, number).content is None)

    erase(first)
    assert len(copies(town)) == 1
    erase(second)
    assert copies(town) == []


def test_photos_nobody_used_are_not_copied(town: Town) -> None:
    number = given(town, picture(8))
    is_(town, number, PhotoState.STORED)
    with town.db.read() as session:
        used = select(col(Photo.id)).where(col(Photo.used_for).is_not(None))
        assert session.execute(used).scalars().all() == [number]
    shutil.rmtree(copies(town)[0].parents[2])
    phone = town.phones["岩罕"]
    with town.db.write_now() as session:
        actor = actors_of(session, town.settings.bot_id, [phone.id])[phone.id]
        idle = photos.keep(session, actor, ReceivedPhoto("x", "y"), now=town.clock.now() - timedelta(days=1))
    other = given(town, picture(9))
    is_(town, other, PhotoState.STORED)
    assert (row(town, idle).state, row(town, idle).tries) == (PhotoState.WAITING, 0)
