"""Photos in the chat: taken as photo or as file, copied, marked, told to their sender."""

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from sqlmodel import col

from bot.photos import photos
from bot.photos.photos import MOST_BYTES
from bot.playground.people import Person as Phone
from bot.playground.people import sample_photo
from models import Photo, PhotoState
from tests.e2e.town import MORNING, Town
from tests.waiting import until


@pytest.fixture
def town_settings() -> dict[str, str]:
    """Every duty asks for a photo."""
    kind = '[{"code": "grid", "zh_CN": "网格日常", "en": "Grid duty", "photo": true}]'
    return {"GRIDDUTY_DUTY__TYPES": kind}


def _on_duty(town: Town, name: str) -> Phone:
    phone = town.join(name)
    phone.send("上岗")
    assert "要一张现场照片" in phone.wait_for("已上岗").text
    return phone


def _of(town: Town, name: str) -> list[Photo]:
    with town.db.read() as session:
        mine = select(Photo).where(col(Photo.person_id) == town.id(name)).order_by(col(Photo.id))
        return list(session.execute(mine).scalars())


def _copied(town: Town, name: str) -> Photo:
    until(lambda: [photo.state for photo in _of(town, name)] == [PhotoState.STORED])
    return _of(town, name)[0]


@pytest.mark.every_way
def test_a_photo_of_duty_is_copied_and_the_same_one_from_another_is_marked(town: Town) -> None:
    worker = _on_duty(town, "岩罕")
    worker.reset_taps()
    worker.photo(sample_photo("green"))
    worker.wait_for("照片收到")
    assert worker.taps == 1
    first = _copied(town, "岩罕")
    root = Path(town.settings.photos.url.removeprefix("file://"))
    with Image.open(root / str(first.content)) as kept:
        assert kept.size == (first.width, first.height) == (640, 480)
    assert 0 <= (first.sent_at - MORNING).total_seconds() < 60
    other = _on_duty(town, "玉香")
    with town.playground.world.lock:
        original = next(m for m in reversed(worker.phone._mine()) if "photo" in m.data)
        other.phone.forward(original)
    other.wait_for("照片收到")
    second = _copied(town, "玉香")
    assert second.content == first.content
    with town.db.read() as session:
        (marks,) = photos.marks(session, [first.id or 0, second.id or 0]).values()
    assert (marks.forwarded, marks.same, marks.seen_for) == (True, True, first.used_for)
    assert marks.seen_area_id == town.area("DH-MS-1-1-01")


@pytest.mark.one_way
def test_a_picture_sent_as_a_file_is_taken_as_a_photo(town: Town) -> None:
    worker = _on_duty(town, "岩罕")
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    worker.phone.document(sample_photo(exif=exif), "现场.jpg", "image/jpeg")
    worker.wait_for("照片收到")
    photo = _copied(town, "岩罕")
    assert photo.as_document
    data = Path(town.settings.photos.url.removeprefix("file://"), str(photo.content)).read_bytes()
    with Image.open(io.BytesIO(data)) as kept:
        assert dict(kept.getexif()) == {}


@pytest.mark.one_way
def test_other_files_and_huge_pictures_are_refused_with_what_to_do(town: Town) -> None:
    worker = _on_duty(town, "岩罕")
    worker.phone.document(b"%PDF-1.7", "通知.pdf", "application/pdf")
    assert "直接拍一张" in worker.wait_for("打不开").text
    worker.phone.document(b"ftypheic", "IMG_1.HEIC", "image/heic")
    assert "直接拍一张" in worker.wait_for("打不开").text
    worker.phone.document(bytes(MOST_BYTES + 1), "全景.jpg", "image/jpeg")
    assert "超过 20 兆" in worker.wait_for("太大").text
    assert _of(town, "岩罕") == []
    worker.photo()
    worker.wait_for("照片收到")


@pytest.mark.one_way
def test_a_person_can_see_what_is_kept_of_their_photos(town: Town) -> None:
    worker = _on_duty(town, "岩罕")
    worker.photo()
    worker.wait_for("照片收到")
    _copied(town, "岩罕")
    worker.send("/mydata")
    worker.click("全部细节", worker.wait_for("这里记着您的"))
    assert "您发来的照片 1 张" in worker.wait_for("其中 1 张另存了一份").text


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("name", "mime"), [("IMG_1.HEIC", "application/octet-stream"), ("1.heic", "image/heic")]
)
def test_a_heic_file_is_refused_with_how_to_send_it(town: Town, name: str, mime: str) -> None:
    head = town.join("咩巴")
    head.document(b"\x00\x00\x00\x18ftypheic", name, mime)
    head.wait_for("HEIC 格式，我打不开。请在相册里选中它当照片发来")
    head.photo(sample_photo("green"))
    head.wait_for("这是哪一类")
    assert town.count("photo") == 1
