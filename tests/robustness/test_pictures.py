"""Pictures, photos and files on their way to Telegram, whatever goes wrong on it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import psutil
import pytest
from PIL import Image
from sqlalchemy import insert
from structlog.testing import capture_logs

from bot.access import SYSTEM, Work
from bot.base.facts import Facts
from bot.outbox import outbox
from bot.outbox.notices import POLICIES, DeliveryPolicy, Lane, Notice
from bot.outbox.outbox import Recipient
from bot.playground.people import Person as Phone
from bot.playground.world import Message as Shown
from bot.storage.blobs import store_of
from bot.views.base import Button, File, Message, Picture, Reader
from bot.views.messages import KINDS, message
from models import Photo, PhotoState
from tests.e2e.town import Town
from tests.robustness.stage import stage
from tests.waiting import until

DATA: Facts = {"title": "芒里村 到岗", "legend": ["到齐", "未到齐"], "rows": [["芒里第一网格", 3, 4]]}
CHART = {"picture": {"drawing": "sample", "data": DATA}}
DROWNED = {"picture": {"drawing": "no such drawing", "data": {}}}


class TestShown(Notice, kind="test.shown"):
    """What is said, shown and sent along, as it is."""

    __test__: ClassVar[bool] = False
    text: str = "到岗 3 人，应到 4 人"
    buttons: bool = True
    photo: int | None = None
    picture: Facts | None = None
    file: Facts | None = None


class TestOnce(TestShown, kind="test.once"):
    """What may not be sent twice."""


_NOTICES = {each.kind: each for each in (TestShown, TestOnce)}


def _shown(told: TestShown, _: Reader) -> Message:
    """What the facts say, as it is."""
    picture = told.picture
    return Message(
        told.text,
        buttons=((Button("看名单", "test:list"),),) if told.buttons else (),
        photo=told.photo,
        picture=Picture(picture["drawing"], picture["data"], tuple(picture.get("photos", ())))
        if picture
        else None,
        file=File(**told.file) if told.file else None,
    )


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    for kind, notice in _NOTICES.items():
        monkeypatch.setitem(KINDS, kind, message(notice, _shown))
    monkeypatch.setitem(POLICIES, "test.once", DeliveryPolicy(lane=Lane.URGENT, repeat=False))
    monkeypatch.setattr("bot.deliver.deliver.STOPPED_SECONDS", 0.3)
    with stage(tmp_path, PHOTOS__URL=f"file://{tmp_path / 'photos'}") as town:
        yield town
        town.bot.stop()
        assert not [child for child in psutil.Process().children() if "bot.charts" in child.cmdline()]


def _phones(town: Town, count: int = 1) -> list[Phone]:
    phones = [town.stranger(f"岩{number}") for number in range(count)]
    with town.playground.world.lock:
        for phone in phones:
            phone.phone.private.started = True
    return phones


def _to(town: Town, phone: Phone) -> Recipient:
    return Recipient(town.settings.bot_id, phone.id, "zh_CN")


def _tell(town: Town, phones: list[Phone], kind: str = "test.shown", **facts: Any) -> None:
    with town.db.write_now() as session:
        for phone in phones:
            key = f"{len(phone.received)}:{phone.id}"
            outbox.enqueue(
                Work(session, SYSTEM, town.clock.now(), town.settings),
                _NOTICES[kind](**facts),
                _to(town, phone),
                key,
            )
    town.bot.settle()


def _show(town: Town, phone: Phone, **facts: Any) -> Shown:
    """Let the living message show this, and give it as the person sees it."""
    with town.db.write_now() as session:
        outbox.show(
            Work(session, SYSTEM, town.clock.now(), town.settings),
            "test:1",
            TestShown(**facts),
            _to(town, phone),
        )
    until(lambda: not town.count("card", "wanted > shown"))
    return phone.screen()[-1]


def _uploads(phones: list[Phone]) -> set[str]:
    """The ids of the pictures these people see: each upload has its own."""
    return {phone.last.data["photo"][-1]["file_id"] for phone in phones}


def _photo(town: Town, phone: Phone, **columns: Any) -> int:
    """A row of a photo that a person sent."""
    row = {
        "bot": town.settings.bot_id, "person_id": town.id("岩罕"), "area_id": town.area("DH-MS-1-1-01"),
        "chat_id": phone.id, "sent_at": town.clock.now(), "state": PhotoState.WAITING,
    } | columns  # fmt: skip
    with town.db.write_now() as session:
        return int(session.execute(insert(Photo).returning(Photo.id), row).scalar_one())


def _jpeg(colour: str = "teal", size: tuple[int, int] = (400, 300)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


def _seen(town: Town, message: Shown) -> Image.Image:
    """The picture of a message, as Telegram gives it out."""
    file = town.playground.world.files.find(message.data["photo"][-1]["file_id"], town.settings.bot_id)
    return Image.open(io.BytesIO(file.download()))


def test_a_picture_arrives_with_its_words_and_buttons(town: Town) -> None:
    (phone,) = _phones(town)
    _tell(town, [phone], **CHART)
    assert phone.last.text == "到岗 3 人，应到 4 人"
    assert [button.text for button in phone.last.buttons] == ["看名单"]
    assert _seen(town, phone.last).width == 1080


def test_one_picture_for_many_is_uploaded_once_and_known_after_a_restart(town: Town) -> None:
    phones = _phones(town, 30)
    _tell(town, phones, **CHART)
    first = _uploads(phones)
    assert len(first) == 1
    town.bot.stop()
    town.bot.start()
    _tell(town, phones[:2], **CHART)
    assert _uploads(phones[:2]) == first


def test_an_id_that_is_not_taken_any_more_is_uploaded_anew(town: Town) -> None:
    (phone,) = _phones(town)
    _tell(town, [phone], **CHART)
    (old,) = _uploads([phone])
    del town.playground.world.files._files[old]
    _tell(town, [phone], **CHART)
    assert _uploads([phone]) != {old}
    assert town.count("attachment") == town.count("attachment", f"file_id <> '{old}'") == 1


@pytest.mark.parametrize("trouble", ["drop", "error", "too_many"])
def test_telegram_down_during_the_upload_delays_the_picture(town: Town, trouble: str) -> None:
    (phone,) = _phones(town)
    told = {"error": [502], "too_many": [1]}.get(trouble, [])
    getattr(town.playground.faults, trouble)(*told, method="sendPhoto", times=1)
    _tell(town, [phone], **CHART)
    assert len(phone.received) == 1
    assert _seen(town, phone.last).width == 1080


def test_a_lost_answer_repeats_only_what_may_be_repeated(town: Town) -> None:
    (phone,) = _phones(town)
    town.playground.faults.lost_answer(method="sendPhoto", times=1)
    _tell(town, [phone], "test.once", **CHART)
    assert town.count("outbox", "state = 'unknown'") == 1
    assert len(phone.received) == 1


def test_what_cannot_be_drawn_goes_as_text_with_a_line_in_the_log(town: Town) -> None:
    (phone,) = _phones(town)
    with capture_logs() as logs:
        _tell(town, [phone], **DROWNED)
    assert phone.last.data["text"] == "到岗 3 人，应到 4 人"
    assert phone.last.buttons
    assert {"not drawn", "goes as text"} <= {line["event"] for line in logs}


def test_a_picture_without_words_that_cannot_be_drawn_says_so(town: Town) -> None:
    (phone,) = _phones(town)
    _tell(town, [phone], text="", **DROWNED)
    assert phone.last.data["text"] == "图片这会儿没发出来，稍后请再点一次看看。"


def test_a_hanging_drawing_keeps_nobody_else_waiting(town: Town) -> None:
    slow, *others = _phones(town, 6)
    _tell(town, [slow], **CHART)
    (process,) = [child for child in psutil.Process().children() if "bot.charts" in child.cmdline()]
    process.suspend()
    facts = [{"picture": {"drawing": "sample", "data": DATA | {"subtitle": str(n)}}} for n in range(12)]
    for number, each in enumerate(facts):
        with town.db.write_now() as session:
            to = replace(_to(town, slow), chat_id=_phones(town)[0].id)
            outbox.enqueue(
                Work(session, SYSTEM, town.clock.now(), town.settings),
                TestShown(**each),
                to,
                f"slow {number}",
            )
    until(lambda: town.count("outbox", "state = 'sending'") == 12)
    with town.db.write_now() as session:
        for phone in others:
            notice = TestShown("不用等")
            outbox.enqueue(
                Work(session, SYSTEM, town.clock.now(), town.settings),
                notice,
                _to(town, phone),
                f"fast {phone.id}",
            )
    until(lambda: all(phone.received for phone in others))
    assert town.count("outbox", "state = 'sending' AND key LIKE 'slow %'") == 12
    # Nor does the end of the bot: what was not drawn yet goes when it runs again.
    town.bot.stop()
    assert not psutil.pid_exists(process.pid)
    assert town.count("outbox", "state = 'pending'") == 12
    town.bot.start()
    town.bot.settle()
    assert town.count("outbox", "state = 'sent'") == 12 + len(others) + 1


@pytest.mark.parametrize("longest", [2_100, 20_000], ids=["unreadable", "refused"])
def test_a_picture_too_long_for_a_photo_goes_as_a_file(
    town: Town, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.deliver.attachments.LONGEST", longest)
    (phone,) = _phones(town)
    rows = [[f"第 {number} 网格", 1, 2] for number in range(150)]
    for _ in range(2):
        _tell(town, [phone], picture={"drawing": "sample", "data": DATA | {"rows": rows}})
        assert phone.last.data["document"]["file_name"] == "芒里村 到岗.png"
        assert phone.last.text.startswith("到岗")
        assert phone.last.buttons
    assert town.playground.ledger.counts["sendPhoto"] == (longest > 10_000)


def test_more_words_than_a_caption_holds_follow_the_picture(town: Town) -> None:
    (phone,) = _phones(town)
    words = "<b>未到</b> " + "岩罕、玉香、阿昌、" * 130
    _tell(town, [phone], text=words, **CHART)
    picture, text = phone.received
    assert "photo" in picture.data
    assert not picture.buttons
    assert text.data["text"].startswith("未到 岩罕")
    assert text.text.count("玉香") == 130
    assert text.buttons


def test_a_living_message_changes_between_text_and_picture(town: Town) -> None:
    (phone,) = _phones(town)
    first = _show(town, phone, text="正在汇总")
    drawn = _show(town, phone, **CHART)
    assert drawn.id == first.id
    assert "photo" in drawn.data
    edited = _show(town, phone, text="已核对", buttons=False, **CHART)
    assert (edited.id, edited.text, edited.buttons) == (first.id, "已核对", [])
    closed = _show(town, phone, text="已办结", buttons=False)
    assert closed.data["text"] == "已办结"
    assert closed.id != first.id
    assert phone.screen() == [closed]
    assert town.playground.ledger.counts["deleteMessage"] == 1


def test_a_picture_too_old_to_be_taken_away_loses_its_buttons(town: Town) -> None:
    (phone,) = _phones(town)
    _show(town, phone, **CHART)
    phone.last.data["date"] -= 50 * 3600
    _show(town, phone, text="已办结")
    old, new = phone.screen()
    assert not old.buttons
    assert new.text == "已办结"


def test_a_photo_goes_by_its_id_and_else_from_our_store(town: Town) -> None:
    (phone,) = _phones(town)
    sizes = town.playground.world.files.add_photo(_jpeg(), town.settings.bot_id)
    known = sizes[-1]["file_id"]
    _tell(town, [phone], photo=_photo(town, phone, file_id=known))
    assert _uploads([phone]) == {known}
    key = store_of(town.settings.photos).put(_jpeg("red"))
    number = _photo(town, phone, file_id="sent-to-another-bot", bot=4711, content=key)
    _tell(town, [phone], photo=number)
    red, green, blue = _seen(town, phone.last).getpixel((10, 10))  # type: ignore[misc]
    assert red > 200 > green + blue
    _tell(town, [phone], photo=_photo(town, phone, state=PhotoState.ERASED))
    assert "photo" not in phone.last.data


def test_a_file_of_our_store_goes_under_its_name(town: Town) -> None:
    (phone,) = _phones(town)
    key = store_of(town.settings.photos).put(b"PK sheet", "xlsx")
    _tell(town, [phone], file={"key": key, "name": "芒里村-11月.xlsx"})
    assert phone.last.data["document"]["file_name"] == "芒里村-11月.xlsx"
    assert phone.last.text.startswith("到岗")


def test_photos_get_into_a_picture_and_one_that_is_lost_does_not_spoil_it(town: Town) -> None:
    (phone,) = _phones(town)
    file_id = town.playground.world.files.add_photo(_jpeg("red"), town.settings.bot_id)[-1]["file_id"]
    number = _photo(town, phone, file_id=file_id, as_document=True)
    lost = _photo(town, phone, state=PhotoState.LOST)
    shown = {"drawing": "sample", "data": DATA, "photos": [number, lost]}
    _tell(town, [phone], picture=shown)
    red, green, blue = _seen(town, phone.last).getpixel((250, 600))  # type: ignore[misc]
    assert red > 200 > green + blue
    assert town.count("attachment") == 0
