"""A form stands on one message: what it shows, how it is changed, and what is left of it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.forms.known import FORMS
from bot.playground.people import Message, Person
from models import Hazard, HazardState
from tests.e2e.form_keys import live_keys
from tests.e2e.test_hazards import begin, card, tell
from tests.e2e.town import Town

pytestmark = pytest.mark.one_way


def ask_what(worker: Person) -> Message:
    """The first question of 补卡."""
    worker.tap("补卡")
    return worker.wait_for("补哪一条")


def labels(message: Message) -> list[str]:
    """What its buttons say."""
    return [button.text for button in message.buttons]


def copy_of(town: Town, message: Message, **fields: str) -> Message:
    """The same message once more, as when nobody knows whether the first had arrived."""
    content = {name: value for name, value in message.data.items() if name not in ("message_id", "date")}
    with town.playground.world.lock:
        return town.playground.world.write(message.chat, message.author, content | fields)


def called(town: Town) -> Counter[str]:
    """How often the bot sent and edited."""
    town.settle()
    with town.playground.world.lock:
        return Counter({k: n for k, n in town.playground.ledger.counts.items() if k[:4] in ("send", "edit")})


def test_taps_stay_on_one_message_that_shows_the_choices(town: Town) -> None:
    worker = town.join("岩罕")
    before, shown = called(town), len(worker.received)
    question = ask_what(worker)
    assert "✏️ 改上一步" not in labels(question)
    worker.click("补别的上岗时间", question)
    assert worker.wait_for("几点上的岗") is question
    assert "✓ 补别的上岗时间" in question.text
    worker.press(question, question.buttons[0])
    assert worker.wait_for("什么原因") is question
    assert question.text.count("✓") == 2
    worker.click("忘了", question)
    assert worker.wait_for("补卡送出去了") is question
    assert not question.buttons
    assert len(worker.received) == shown + 1
    assert called(town) - before == Counter(sendMessage=1, editMessageText=3)


def test_the_last_choice_is_changed_by_one_key_until_it_is_sent(town: Town) -> None:
    worker = town.join("岩罕")
    question = ask_what(worker)
    worker.click("补别的上岗时间", question)
    worker.wait_for("几点上的岗")
    worker.click("改上一步", question)
    assert worker.wait_for("补哪一条") is question
    assert "✓" not in question.text
    worker.click("补别的上岗时间", question)
    worker.wait_for("几点上的岗")
    worker.send("7:30")
    reason = worker.wait_for("什么原因")
    town.settle()
    assert not question.buttons
    worker.click("改上一步", reason)
    again = worker.wait_for("几点上的岗")
    worker.press(again, again.buttons[0])
    worker.wait_for("什么原因")
    worker.tap("没信号")
    worker.wait_for("补卡送出去了")
    town.settle()
    assert not live_keys(town)
    assert town.count("correction") == 1


def test_what_is_written_moves_the_form_below_it(town: Town) -> None:
    worker = town.join("岩罕")
    question = begin(worker, place=None)
    assert question.id > worker.mine.id
    town.settle()
    (places,) = live_keys(town).values()
    assert places == {(worker.id, question.id)}
    earlier = next(m for m in worker.received if "✓ 🔥" in m.text)
    assert not earlier.buttons
    # What was written may be a telephone number.
    assert "村口水沟边" not in earlier.text


@pytest.mark.parametrize("end", ["lapse", "again", "other", "changed", "cancel", "drop", "interrupt"])
def test_no_end_leaves_a_live_key(town: Town, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = town.join("岩罕")
    question = ask_what(worker)
    worker.click("补别的上岗时间", question)
    worker.wait_for("几点上的岗")
    if end == "lapse":
        town.clock.move(timedelta(hours=25))
        worker.wait_for("一天没填完")
    elif end == "again":
        ask_what(worker)
    elif end == "other":
        worker.send("/feedback")
        worker.wait_for("哪里不顺手")
    elif end == "changed":
        monkeypatch.setitem(FORMS, "correction", replace(FORMS["correction"], version=99))
        town.clock.move(timedelta(minutes=11))
        worker.wait_for("改过了")
    elif end == "cancel":
        worker.send("/cancel")
        worker.wait_for("不填了")
    elif end == "drop":
        worker.click("不填了", question)
        worker.wait_for("不填了")
    else:
        worker.send("/help")
        worker.wait_for("还没填完")
    town.settle()
    assert not question.buttons
    left = {"again": 1, "other": 1, "interrupt": 1}.get(end, 0)
    assert len(live_keys(town)) == left


def test_a_form_that_somebody_else_has_ended_says_so(town: Town) -> None:
    worker, village = town.join("玉香"), town.join("刀建国")
    fixer = town.join("岩罕")
    tell(worker)
    village.click("👷", card(village))
    village.wait_for("派给谁？点一个")
    village.tap("岩罕")
    village.wait_for("派给")
    town.settle()
    fixer.click("整改好了", card(fixer))
    question = fixer.wait_for("发一张")
    with town.db.write_now() as session:
        session.execute(update(Hazard).values(state=HazardState.CLOSED))
    fixer.photo()
    town.settle()
    assert not question.buttons
    assert not live_keys(town)
    assert town.count("draft") == 0


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("补别的上岗时间", True), ("补别的　上岗时间", True), ("补别的上岗", True), ("补别的", False),
        ("上", False), ("🕐 补别的上岗时间！", True), ("什么都不是", False),
    ],
)  # fmt: skip
def test_the_typed_name_of_a_choice_is_that_choice(town: Town, said: str, chosen: bool) -> None:
    worker = town.join("岩罕")
    ask_what(worker)
    worker.send(said)
    worker.wait_for("几点上的岗" if chosen else "按钮")
    worker.send("上一步" if chosen else "算了")
    worker.wait_for("补哪一条" if chosen else "不填了")


def test_where_words_are_asked_for_only_a_whole_name_is_a_choice(town: Town) -> None:
    worker = town.join("岩罕")
    begin(worker)
    worker.send("很急")
    worker.wait_for("收到：")
    assert town.count("hazard", "severity = 'urgent'") == 0
    begin(worker, kind="道路")
    worker.send("很急，马上发")
    worker.wait_for("收到：")
    assert town.count("hazard", "severity = 'urgent'") == 1


def test_a_copy_that_nobody_knows_loses_its_keys_when_pressed(town: Town) -> None:
    worker = town.join("岩罕")
    question = ask_what(worker)
    twin = copy_of(town, question)
    worker.click("补别的上岗时间", twin)
    # The one with the finger on it goes on.
    assert worker.wait_for("几点上的岗").id == twin.id
    town.settle()
    assert not question.buttons
    other = copy_of(town, twin, text="旧的")
    worker.send("/cancel")
    worker.wait_for("不填了")
    worker.press(other, other.buttons[0])
    worker.wait_toast("过期")
    town.settle()
    assert not other.buttons
    assert other.text == "旧的"
