"""What people type instead of tapping: names of menu entries, and what else they are called."""

import re
from collections import Counter

import pytest
from sqlalchemy import text

from bot.base.i18n import LOCALES, translator, words_of
from bot.process.filters import WordFilter, is_command
from bot.process.menus import COMMANDS
from tests.e2e.town import Town

pytestmark = pytest.mark.one_way


def answered(town: Town, words: str) -> list[str]:
    """The kinds of messages that the supervisor gets for these words, with no form open."""
    phone = town.phones["方志强"]
    phone.send("/cancel")
    town.settle()
    before = said(town)
    phone.send(words)
    town.settle()
    return sorted((said(town) - before).elements())


def said(town: Town) -> Counter[str]:
    """How often each kind was said so far; a living message as often as it changed."""
    with town.db.read() as session:
        rows = session.execute(
            text("SELECT kind, 1 AS times FROM outbox UNION ALL SELECT kind, wanted FROM card")
        )
        counted: Counter[str] = Counter()
        for kind, times in rows:
            counted[kind] += times
        return counted


# Another round is not begun while one is walked.
@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "patrol"])
def test_a_menu_entry_typed_by_its_name_is_its_command(town: Town, command: str) -> None:
    town.join("方志强")
    wanted = answered(town, f"/{command}")
    assert wanted
    assert wanted != ["not_understood"]
    for locale in LOCALES:
        name = translator(locale).plain(f"command-{command}")
        assert answered(town, name) == wanted, name
        assert answered(town, f"📌 {name.upper()}。") == wanted, name
    for words in words_of(f"command-words-{command}"):
        if words not in ("隐患", "巡逻", "诉求"):
            assert answered(town, words) == wanted, words
    assert town.count("inbox", "state = 'failed' OR attempts > 1") == 0


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("请假", "班"), ("换班", "换"), ("我的班", "班"), ("交接班", "交"),
        ("诉求", "诉求"), ("隐患", "照片"), ("补卡", "补哪一条"), ("菜单", "上岗"), ("🏁下岗", "上岗"),
        ("签退", "上岗"), ("离岗", "上岗"), ("打卡", "上岗"), ("到岗", "上岗"), ("　签到 ", "上岗"),
        ("帮助", "先打 110"), ("帮助？", "先打 110"), ("help", "先打 110"), ("Help!", "先打 110"),
        ("怎么用?", "先打 110"),
    ],
)  # fmt: skip
def test_words_of_a_worker_are_understood(town: Town, said: str, wanted: str) -> None:
    worker = town.join("岩罕")
    worker.send(said)
    town.settle()
    assert re.search(wanted, worker.last.text), worker
    assert town.count("outbox", "kind = 'not_understood'") == 0


def test_a_question_is_no_key(town: Town) -> None:
    worker = town.join("岩罕")
    for words in ("下班？", "上岗?", "请假怎么请"):
        worker.send(words)
    town.settle()
    assert town.count("checkin") == 0


def test_in_a_form_words_are_its_answer_unless_it_waits_for_a_button(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("/feedback")
    worker.wait_for("哪里不顺手")
    worker.send("请假")
    worker.wait_for("谢谢您")
    assert town.count("feedback") == 1
    worker.tap("补卡")
    worker.wait_for("补哪一条")
    worker.send("我的班")
    worker.wait_for("还没填完")
    assert town.count("draft") == 1


@pytest.mark.parametrize(
    "words", ["下 班", "下班。", "🏁下班", "下班", "OFF DUTY", "ＯＦＦ　ＤＵＴＹ", " off  duty! "]
)
def test_words_are_the_same_however_they_are_written(words: str) -> None:
    class Said:
        text = words

    assert WordFilter(frozenset({"🏁 下班", "off duty"})).filter(Said())  # type: ignore[arg-type]
    assert not is_command(words)
