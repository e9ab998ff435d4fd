"""How a resident can be reached is kept with the request alone, never among words that belong nowhere yet."""

from datetime import timedelta

import pytest

from bot.access import SYSTEM, Work
from bot.features.privacy import retention
from bot.words.said import UNPLACED, as_kept
from tests.e2e.test_requests import register
from tests.e2e.town import Town

PHONE = "13800138000"
LONG = f"李大妈 {PHONE}，家在老寨，" + "晚上八点以后打，" * 40

pytestmark = pytest.mark.one_way


def kept_nowhere(town: Town) -> None:
    """AssertionError where the number stands in what is kept of words, or in what was said back."""
    town.settle()
    for table, column in (("said", "words"), ("card", "facts"), ("outbox", "facts"), ("appeal", "words")):
        assert town.count(table, f"{column} LIKE '%{PHONE}%'") == 0, table


def test_what_does_not_answer_the_question_for_a_contact_is_not_kept(town: Town) -> None:
    worker = town.join("岩罕")
    worker.click("留联系方式", register(worker))
    worker.wait_for("怎么联系他")
    worker.send(LONG)
    worker.wait_for("字以内")
    worker.voice()
    worker.wait_for("字以内")
    assert town.count("said", f"subject = '{UNPLACED}'") == 0
    worker.send(f"李大妈 {PHONE}")
    worker.wait_for("是第几户")
    worker.send(f"忘了说，电话是 {PHONE}")
    worker.wait_for("请打户号")
    worker.send("3")
    worker.wait_for("平时只露头尾")
    kept_nowhere(town)
    assert town.count("said", f"subject = '{UNPLACED}'") == 0


def test_a_number_in_words_outside_any_form_is_kept_by_its_ends(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.send(f"李大妈家的路断了，电话 {PHONE}")
    worker.wait_for("电话 138****00」我先留着了")
    kept_nowhere(town)
    with worker.phone.world.lock:
        own = next(m for m in worker.phone._mine() if PHONE in str(m.data.get("text")))
    worker.edit(own, f"李大妈家的路断了，打 {PHONE}")
    worker.wait_for("打 138****00」")
    worker.send("/mydata")
    worker.wait_for("这里记着您的")
    worker.tap("全部细节")
    assert PHONE not in worker.wait_for("打 138****00").text
    worker.tap("💬 告诉负责人")
    assert PHONE not in supervisor.wait_for("打 138****00").text
    kept_nowhere(town)


def test_words_that_belong_to_nothing_are_erased_in_time(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("三组路上倒了一棵树")
    worker.wait_for("我先留着了")
    last = town.clock.now() + timedelta(days=town.settings.privacy.words_days)
    for now, left in ((last - timedelta(hours=1), 1), (last + timedelta(hours=1), 0)):
        with town.db.write_now() as session:
            retention.erase(Work(session, SYSTEM, now, town.settings), "said")
        assert town.count("said") == left


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("打 138 0013 8000 找他", "打 138****00 找他"), ("+86 13800138000", "+86****00"),
        ("0692-2123456", "069****56"), ("缅方 09421234567", "缅方 094****67"),
        ("533102199001011234", "533****34"), ("H-2026-000001 在 20261123", "H-2026-000001 在 20261123"),
        ("卡点 3 号，2026-11-23 08:00", "卡点 3 号，2026-11-23 08:00"),
        ("装了 12000 公斤", "装了 12000 公斤"),
    ],
)  # fmt: skip
def test_what_is_a_number_of_somebody(words: str, kept: str) -> None:
    assert as_kept(UNPLACED, words) == kept
    assert as_kept("hazard:1", words) == words


def test_a_contact_card_holds_no_words(town: Town) -> None:
    worker = town.join("岩罕")
    worker.contact(name="李大妈", phone=PHONE)
    worker.wait_for("名片")
    town.settle()
    assert town.count("said") == 0
