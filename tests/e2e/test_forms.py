"""Forms from a person's side: feedback, and how every form goes on, gives way and ends."""

from datetime import timedelta

import pytest

from bot.playground.people import Message, Person, Place
from tests.e2e.town import Town

AT_POST = Place(24.4000, 98.5500, accuracy=15)


def test_feedback_in_words_is_kept_and_told_to_the_admin(town: Town) -> None:
    admin, worker = town.join("孙工"), town.join("岩罕")
    worker.send("/feedback")
    worker.wait_for("哪里不顺手")
    worker.send("按钮\n<太小> 了")
    worker.wait_for("谢谢您")
    told = admin.wait_for("按钮\n<太小> 了")
    assert "岩罕" in told.text
    assert worker.taps == 2
    assert town.count("feedback") == 1
    assert town.count("draft") == 0


def start_correction(worker: Person) -> Message:
    """The first question of a form of several steps."""
    worker.tap("补卡")
    return worker.wait_for("补哪一条")


def ask_when(worker: Person) -> Message:
    """Its second question."""
    start_correction(worker)
    worker.tap("补别的上岗时间")
    return worker.wait_for("几点上的岗")


@pytest.mark.every_way
def test_a_restart_in_the_middle_loses_nothing(town: Town) -> None:
    worker = town.join("岩罕")
    ask_when(worker)
    town.bot.stop()
    worker.send("7:30")
    town.bot.start()
    worker.wait_for("补成 07:30 上岗")
    town.bot.stop()
    town.bot.start()
    worker.tap("忘了")
    worker.wait_for("补卡送出去了")
    assert town.count("correction") == 1
    assert town.count("draft") == 0


def test_a_double_tap_on_the_last_button_submits_once(town: Town) -> None:
    worker = town.join("岩罕")
    ask_when(worker)
    worker.send("7:30")
    question = worker.wait_for("什么原因")
    forgot, battery = question.buttons[1], question.buttons[2]
    worker.press(question, forgot)
    worker.press(question, forgot)
    worker.press(question, battery)
    worker.wait_toast("已经记下了")
    town.settle()
    assert town.count("correction") == 1
    assert sum("补卡送出去了" in text for text in worker.texts) == 1

    ask_when(worker)
    worker.send("7:00")
    worker.wait_for("补成 07:00 上岗")
    worker.press(question, forgot)
    worker.wait_toast("已经记下了")
    assert town.count("correction") == 1


def test_what_stands_on_the_keyboard_wins_and_the_form_waits(town: Town) -> None:
    worker = town.join("岩罕")
    ask_when(worker)
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    offered = worker.wait_for("「补卡」还没填完")
    worker.tap("下班")
    worker.wait_for("已下班")
    worker.send("/help")
    town.settle()
    assert sum("还没填完" in text for text in worker.texts) == 1

    worker.click("继续", offered)
    worker.wait_for("几点上的岗")
    worker.send("7:30")
    worker.wait_for("补成 07:30 上岗")


def test_cancel_says_what_is_dropped(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("/cancel")
    worker.wait_for("没有正在填的")
    question = ask_when(worker)
    first_time = question.buttons[0]
    worker.send("/cancel")
    worker.wait_for("「补卡」不填了")
    worker.press(question, first_time)
    worker.wait_toast("过期")
    worker.send("7:30")
    worker.wait_for("您说的「7:30」我先留着了")
    assert town.count("draft") == 0
    start_correction(worker)
    worker.tap("不填了")
    worker.wait_for("「补卡」不填了")
    assert town.count("correction") == 0


def test_the_other_form_waits_behind_and_is_offered_when_its_turn_comes(town: Town) -> None:
    worker = town.join("岩罕")
    ask_when(worker)
    worker.send("/feedback")
    worker.wait_for("哪里不顺手")
    worker.voice()
    worker.wait_for("谢谢您")
    offered = worker.wait_for("「补卡」还没填完")
    assert town.count("feedback", "voice IS NOT NULL") == 1
    worker.click("不填了", offered)
    worker.wait_for("「补卡」不填了")
    assert town.count("draft") == 0


@pytest.mark.one_way
def test_the_wrong_kind_of_answer_is_told_and_loses_nothing(town: Town) -> None:
    worker = town.join("岩罕")
    start_correction(worker)
    worker.send("昨天下午")
    worker.wait_for("点上面的按钮")
    worker.voice()
    worker.wait_for("点上面的按钮")
    worker.tap("补别的上岗时间")
    worker.wait_for("几点上的岗")
    worker.sticker()
    worker.wait_for("时间没看懂")
    worker.send("7:30")
    worker.wait_for("什么原因")
    worker.sticker()
    worker.wait_for("打字或者发语音")
    worker.send("长" * 501)
    worker.wait_for("打字或者发语音")
    worker.voice()
    worker.wait_for("补卡送出去了")


@pytest.mark.one_way
def test_stale_and_forged_buttons_change_nothing(town: Town) -> None:
    worker, other = town.join("岩罕"), town.join("玉香")
    first = start_correction(worker)
    old = first.buttons[0]
    worker.click("补别的上岗时间", first)
    second = worker.wait_for("几点上的岗")
    worker.press(first, old)
    worker.wait_toast("已经记下了")
    good = second.buttons[0].data or ""
    form, version, draft, step, option = good.split(":")[1:]
    start_correction(other)
    forged = [
        good, f"f:{form}:{version}:{draft}:{step}:no", f"f:{form}:{version}:{draft}:{step}:go",
        f"f:{form}:99:{draft}:{step}:{option}", f"f:nothing:{version}:{draft}:{step}:{option}",
        f"f:{form}:{version}:{draft}:{step}:77", f"f:{form}:{version}:999999999999999999:{step}:{option}",
        "f:", "f:::::", f"{good}x",
    ]  # fmt: skip
    for data in forged:
        other.phone.click(other.last, data)
    town.settle()
    assert set(other.toasts) <= {"这个按钮过期了，请往下翻，用最新的那条消息。"}
    assert town.count("inbox", "state = 'failed' OR attempts > 1") == 0
    assert "补哪一条" in other.last.text
    assert town.count("draft", f"person_id = {town.id('岩罕')} AND step = 'when'") == 1
    worker.press(second, second.buttons[0])
    worker.wait_for("什么原因")


@pytest.mark.one_way
def test_a_forgotten_form_takes_no_words_a_day_later(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("/feedback")
    worker.wait_for("哪里不顺手")
    town.clock.move(timedelta(hours=25))
    worker.send("早上好")
    worker.wait_for("有事点下面的按钮")
    assert town.count("feedback") == 0


@pytest.mark.one_way
def test_feedback_is_bounded_kindly(town: Town) -> None:
    admin, worker = town.join("孙工"), town.join("岩罕")
    for number in range(10):
        worker.send(f"/feedback 第 {number} 条")
        worker.wait_for("谢谢您")
    worker.send("/feedback 再来一条")
    worker.wait_for("今天您已经提了 10 条")
    worker.send("/feedback")
    worker.wait_for("今天您已经提了 10 条")
    town.settle()
    assert sum("第 3 条" in text for text in admin.texts) == 1
    assert town.count("feedback") == 10


@pytest.mark.one_way
def test_a_stranger_is_asked_nothing(town: Town) -> None:
    stranger = town.stranger()
    stranger.start()
    stranger.wait_for()
    stranger.send("/feedback")
    stranger.wait_for("邀请链接")
    assert town.count("draft") == 0
