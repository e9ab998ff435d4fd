"""补卡 from both sides: who asks and who decides."""

import threading
from datetime import timedelta

import pytest

from bot.playground.people import Message, Person, Place
from tests.e2e.town import MORNING, Town

AT_POST = Place(24.4000, 98.5500, accuracy=15)


def morning_shift(town: Town) -> int:
    """岩罕's shift from 08:00 to 20:00, two minutes from now."""
    start = MORNING + timedelta(minutes=2)
    return town.shift("岩罕", starts_at=start, ends_at=start + timedelta(hours=12))


def come_late(town: Town, worker: Person) -> Message:
    """Check in at 08:31."""
    morning_shift(town)
    town.clock.move(timedelta(minutes=33))
    worker.tap("上岗", location=AT_POST)
    told = worker.wait_for("已上岗")
    town.settle()
    worker.reset_taps()
    return told


def ask(worker: Person, what: str = "上岗 → 其实 08:00", reason: str = "没信号") -> Message:
    """Ask for a correction in three taps."""
    worker.tap("补卡")
    worker.wait_for("补哪一条")
    worker.tap(what)
    worker.wait_for("什么原因")
    worker.tap(reason)
    return worker.wait_for("补卡送出去了")


def test_late_for_want_of_signal_is_three_taps_and_then_counts(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    come_late(town, worker)
    assert "等刀建国批" in ask(worker).text
    assert worker.taps == 3

    card = supervisor.wait_for("补卡：岩罕")
    assert "08:31 → 08:00" in card.text
    assert "没信号" in card.text
    supervisor.click("批准", card)
    worker.wait_for("刀建国 08:31 批了")
    town.settle()
    assert not card.buttons
    assert supervisor.taps == 1
    assert town.count("checkin", "in_at > corrected_in_at AND in_punctuality = 'on_time'") == 1
    assert town.count("audit", "action LIKE 'correction.%'") == 2


def test_refused_leaves_the_record_as_it_was(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    come_late(town, worker)
    ask(worker)
    supervisor.click("不批", supervisor.wait_for("补卡：岩罕"))
    worker.wait_for("没批")
    assert town.count("checkin", "corrected_in_at IS NULL AND in_punctuality = 'late'") == 1
    assert town.count("correction", "state = 'refused'") == 1


def test_a_missed_check_in_of_a_running_shift_puts_the_person_on_duty(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    morning_shift(town)
    town.clock.move(timedelta(hours=2))
    assert "没有记录 → 08:00" in ask(worker, "08:00 没上岗记录", "手机没电").text
    assert worker.taps == 3
    supervisor.click("批准", supervisor.wait_for("补卡：岩罕"))
    worker.wait_for("您现在算在岗")
    assert town.count("checkin", "out_at IS NULL AND evidence = 'none' AND corrected_in_at = in_at") == 1
    worker.tap("下班")
    worker.wait_for("已下班")


def test_a_missed_shift_that_is_over_is_made_up_to_its_end(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    morning_shift(town)
    town.clock.move(timedelta(hours=13))
    ask(worker, "08:00 没上岗记录", "忘了")
    supervisor.click("批准", supervisor.wait_for("补卡：岩罕"))
    worker.wait_for("✅ 刀建国")
    town.settle()
    assert "在岗" not in worker.last.text
    where = "corrected_out_at = out_at AND closed_by = 'supervisor' AND out_punctuality = 'on_time'"
    assert town.count("checkin", where) == 1
    assert town.count("correction", "checkin_id IS NOT NULL") == 1


def test_left_early_in_error_and_asked_for_by_typed_time(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    come_late(town, worker)
    town.clock.move(timedelta(hours=1))
    worker.tap("下班")
    worker.wait_for("已下班")
    town.clock.move(timedelta(hours=12))
    worker.tap("补卡")
    worker.wait_for("补哪一条")
    worker.tap("补别的下班时间")
    worker.wait_for("几点下的班")
    worker.send("昨儿个")
    worker.wait_for("时间没看懂")
    worker.send("早上8点")
    worker.wait_for("没有上岗记录")
    worker.send("19：45")
    worker.wait_for("补成 19:45 下班")
    worker.send("在后山，没信号 <3")
    worker.wait_for("09:31 → 19:45")
    card = supervisor.wait_for("在后山，没信号 <3")
    supervisor.click("批准", card)
    worker.wait_for("✅ 刀建国")
    assert town.count("checkin", "corrected_out_at > out_at AND early_minutes = 15") == 1


def test_happened_earlier_is_asked_from_the_check_in_itself(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    told = come_late(town, worker)
    worker.click("我更早就", told)
    worker.wait_for("几点上的岗")
    worker.tap("08:00")
    worker.wait_for("什么原因")
    worker.voice()
    worker.wait_for("补卡送出去了")
    assert worker.taps == 3
    card = supervisor.wait_for("补卡：岩罕")
    assert card.data["voice"]["file_id"]
    assert "听语音" in card.text
    supervisor.click("批准", card)
    worker.wait_for("✅ 刀建国")
    town.settle()
    assert "批了" in card.text
    assert not card.buttons


def test_of_two_supervisors_one_decides_and_the_other_is_told(town: Town) -> None:
    worker = town.join("岩罕")
    first, second = town.join("方志强"), town.join("李雪梅")
    with town.db.write_now() as session:
        session.connection().exec_driver_sql(
            "UPDATE role SET area_id = (SELECT area_id FROM role WHERE person_id ="
            f" {town.id('方志强')}) WHERE person_id = {town.id('李雪梅')}"
        )
    come_late(town, worker)
    ask(worker)
    cards = first.wait_for("补卡：岩罕"), second.wait_for("补卡：岩罕")
    buttons = cards[0].buttons[0], cards[1].buttons[1]
    presses = [
        threading.Thread(target=first.press, args=(cards[0], buttons[0])),
        threading.Thread(target=second.press, args=(cards[1], buttons[1])),
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    town.settle()
    told = [text for text in first.texts + second.texts if "已经有人处理了" in text]
    assert len(told) == 1
    assert town.count("correction", "state IN ('approved', 'refused')") == 1
    assert town.count("audit", "action = 'correction.decide'") == 1
    assert cards[0].text == cards[1].text
    assert not cards[0].buttons
    assert not cards[1].buttons


@pytest.mark.one_way
def test_nobody_decides_on_the_own_or_on_another_townships(town: Town) -> None:
    worker, own, stranger = town.join("岩罕"), town.join("刀建国"), town.join("段平")
    come_late(town, worker)
    ask(worker)
    card = own.wait_for("补卡：岩罕")
    yes = card.buttons[0]
    for outsider in (stranger, worker):
        outsider.send("/help")
        outsider.wait_for()
        outsider.phone.click(outsider.last, yes.data or "")
        outsider.wait_for("负责人")
    assert town.count("correction", "state = 'asked'") == 1
    own.press(card, yes)
    worker.wait_for("✅ 刀建国")


@pytest.mark.one_way
def test_without_a_supervisor_the_request_waits_for_one(town: Town) -> None:
    worker = town.join("岩罕")
    come_late(town, worker)
    assert "联系不到负责人" in ask(worker).text
    assert town.count("correction", "state = 'asked'") == 1
    county = town.join("李雪梅")
    county.send("/corrections")
    card = county.wait_for("补卡：岩罕")
    county.click("批准", card)
    worker.wait_for("李雪梅")
    county.send("/corrections")
    county.wait_for("没有等批")


@pytest.mark.one_way
def test_quiet_hours_hold_the_card_and_say_so(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    morning_shift(town)
    town.clock.move(timedelta(hours=14, minutes=30))
    assert "现在是休息时间" in ask(worker, "08:00 没上岗记录").text
    town.settle()
    assert not any("补卡：岩罕" in text for text in supervisor.texts)
    town.clock.move(timedelta(hours=8))
    supervisor.wait_for("补卡：岩罕")


@pytest.mark.one_way
def test_the_same_is_not_asked_twice_and_other_peoples_records_not_at_all(town: Town) -> None:
    worker, other = town.join("岩罕"), town.join("玉香")
    town.bind("刀建国")
    told = come_late(town, worker)
    earlier = told.buttons[0]
    ask(worker)
    worker.press(told, earlier)
    worker.wait_for("几点上的岗")
    worker.send("8:10")
    worker.wait_for("已经送出去了")
    other.send("/help")
    other.wait_for()
    other.phone.click(other.last, earlier.data or "")
    other.wait_toast("过期")
    assert town.count("correction") == 1
    assert town.count("draft", f"person_id = {town.id('玉香')}") == 0


def test_a_typed_time_with_two_readings_is_asked_back(town: Town) -> None:
    """At eight in the morning, "two at night of yesterday" is either of two nights."""
    worker = town.join("岩罕")
    worker.tap("补卡")
    worker.click("补别的上岗时间", worker.wait_for("补哪一条"))
    worker.wait_for("几点上的岗")
    worker.send("昨天夜里2点")
    asked = worker.wait_for("是哪一个时间")
    assert len([button for button in asked.buttons if "02:00" in str(button)]) == 2
    worker.send("昨晚11点半")
    assert "23:30" in worker.wait_for("什么原因").text
