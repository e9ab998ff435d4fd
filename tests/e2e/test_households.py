"""A household head's evenings: asked once, answered by one tap, or household by household."""

from datetime import datetime, timedelta

import pytest

from bot.playground.people import Person
from models import HouseholdCluster
from tests.e2e.town import MORNING, Town


def evening(town: Town, clock: str = "19:00", days: int = 0) -> datetime:
    """Let it be that time, and let what the clock does happen."""
    hour, minute = clock.split(":")
    town.clock.set(MORNING.replace(hour=int(hour), minute=int(minute), second=5) + timedelta(days=days))
    return town.clock.now()


def asked(town: Town, head: Person, days: int = 0) -> str:
    """The evening's question, as it arrived."""
    evening(town, days=days)
    return head.wait_for(" 户").text


@pytest.mark.every_way
def test_all_well_is_one_tap(town: Town) -> None:
    head = town.join("咩巴")
    question = asked(town, head)
    assert "咩巴" in question
    assert "10 户" in question
    head.click("全部平安")
    head.wait_for("✅")
    assert head.taps == 1
    town.settle()
    assert town.count("household_day", "answered_at IS NOT NULL AND count = 10 AND marked = 0") == 1
    seen = len(head.texts)
    evening(town, "20:30")
    town.clock.move(timedelta(minutes=2))
    town.settle()
    assert len(head.texts) == seen


@pytest.mark.one_way
def test_a_question_that_arrived_unknown_to_us_shows_the_answer_too(town: Town) -> None:
    head = town.join("咩巴")
    town.settle()
    lost = town.playground.faults.lost_answer(0.1, method="sendMessage", times=1)
    asked(town, head)
    town.settle()
    assert lost.struck
    seen = len(head.screen())
    head.click("全部平安")
    head.wait_for("✅")
    assert len(head.screen()) == seen
    evening(town, "20:30")
    town.clock.move(timedelta(minutes=2))
    town.settle()
    assert len(head.screen()) == seen


def test_one_who_told_before_is_not_asked(town: Town) -> None:
    head = town.join("咩巴")
    head.tap("全部平安")
    head.wait_for("✅")
    assert head.taps == 1
    seen = len(head.texts)
    evening(town)
    town.clock.move(timedelta(minutes=2))
    town.settle()
    assert len(head.texts) == seen
    head.tap("全部平安")
    head.wait_for("已经报过了")


def test_what_is_up_with_one_reaches_the_village_at_once(town: Town) -> None:
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    asked(town, head)
    head.click("哪户有事")
    head.click("3", head.wait_for("哪户有事？"))
    head.click("要帮忙", head.wait_for("第 3 户有什么事"))
    assert "已经告诉刀建国" in head.wait_for("第 3 户记下了").text
    card = supervisor.wait_for("联系的第 3 户要帮忙")
    assert "咩巴" in card.text
    head.click("补一句", head.wait_for("第 3 户记下了"))
    head.wait_for("打字说一句")
    head.send("老人摔了一跤")
    supervisor.wait_for("老人摔了一跤")
    supervisor.click("我去看看", supervisor.wait_for("联系的第 3 户要帮忙"))
    head.wait_for("刀建国知道第 3 户的事了")
    taken = supervisor.wait_for("说会去看")
    before = supervisor.taps
    supervisor.click("帮上了", taken)
    head.wait_for("第 3 户的事，刀建国说帮上了")
    town.settle()
    assert supervisor.taps == before + 1
    assert "帮上了" in taken.text
    assert not taken.buttons
    head.click("其余都平安", head.wait_for("哪户有事"))
    told = head.wait_for("10 户里 9 户平安").text
    assert "第 3 户：要帮忙（老人摔了一跤）" in told
    town.settle()
    assert town.count("household_day", "marked = 1 AND not_reached = 0 AND answered_at IS NOT NULL") == 1


@pytest.mark.one_way
@pytest.mark.parametrize(("key", "told"), [("转给别人", "接着办了"), ("不用帮了", "给他打个电话")])
def test_what_came_of_it_is_told_and_waits_until_then(town: Town, key: str, told: str) -> None:
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    asked(town, head)
    head.click("哪户有事")
    head.click("3", head.wait_for("哪户有事？"))
    head.click("要帮忙", head.wait_for("第 3 户有什么事"))
    supervisor.click("我去看看", supervisor.wait_for("联系的第 3 户要帮忙"))
    taken = supervisor.wait_for("说会去看")
    evening(town, "08:00", days=1)
    # What one has taken waits for that one.
    listed = supervisor.wait_for("件事等您")
    assert "咩巴联系的第 3 户" in listed.text
    supervisor.click(key, taken)
    assert told in head.wait_for("第 3 户的事，刀建国").text
    evening(town, "08:02", days=1)
    supervisor.wait_for("都办完了")
    number = town.count("household_mark", "outcome <> '' AND outcome_by IS NOT NULL")
    assert number == 1
    forge(supervisor, "hhm:helped:1")
    supervisor.wait_toast("按钮")
    assert town.count("household_mark", "outcome = 'helped'") == 0


def forge(person: Person, data: str) -> None:
    """Press a button that is not there."""
    person.phone.click(person.screen()[-1], data)


@pytest.mark.one_way
def test_a_mistake_is_taken_back(town: Town) -> None:
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    asked(town, head)
    head.click("哪户有事")
    head.click("5", head.wait_for("哪户有事？"))
    head.click("有隐患", head.wait_for("第 5 户有什么事"))
    supervisor.wait_for("第 5 户有隐患")
    head.click("⚠️5", head.wait_for("哪户有事"))
    head.click("没事了", head.wait_for("第 5 户有什么事"))
    supervisor.wait_for("他说没事了")
    head.click("全部平安", head.wait_for("哪户有事"))
    head.click("改一下", head.wait_for("✅"))
    town.settle()
    assert town.count("household_day", "answered_at IS NULL") == 1
    head.click("全部平安", head.wait_for("哪户有事"))
    told = head.wait_for("✅")
    town.clock.move(timedelta(minutes=5))
    head.click("改一下", told)
    town.settle()
    assert town.count("household_day", "answered_at IS NOT NULL") == 1


@pytest.mark.one_way
def test_the_silent_are_reminded_once(town: Town) -> None:
    head = town.join("咩巴")
    asked(town, head)
    evening(town, "20:30")
    head.wait_for("还没有您的消息")
    town.clock.move(timedelta(minutes=30))
    town.settle()
    assert sum("还没有您的消息" in text for text in head.texts) == 1
    head.click("全部平安", head.wait_for("还没有您的消息"))
    town.settle()
    assert not [text for text in head.texts if "好吗" in text or "还没有您的消息" in text]


@pytest.mark.one_way
def test_no_two_days_read_the_same(town: Town) -> None:
    head = town.join("咩巴")
    questions = []
    for day in range(5):
        evening(town, days=day)
        questions.append(head.wait_for("？").text)
        head.click("全部平安")
        town.settle()
    assert len(set(questions)) == 5


@pytest.mark.one_way
def test_a_missed_day_is_made_up_for_only_by_who_asks(town: Town) -> None:
    head = town.join("咩巴")
    asked(town, head)
    evening(town, "10:00", days=1)
    town.settle()
    head.send("/households")
    told = head.wait_for("这几天您的联户")
    assert "11月23日：没有报" in told.text
    head.click("补报 11月23日", told)
    head.click("全部平安", head.wait_for("11月23日那天"))
    head.wait_for("✅")
    town.settle()
    assert town.count("household_day", "day = '2026-11-23' AND answered_at IS NOT NULL") == 1


@pytest.mark.one_way
def test_a_forwarded_button_tells_nothing_of_others_and_changes_nothing(town: Town) -> None:
    head, worker, other = town.join("咩巴"), town.join("岩罕"), town.join("段平")
    asked(town, head)
    forge(worker, "hh:all:20261123")
    forge(worker, "hh:is:20261123:3:needs_help")
    forge(head, "hh:is:20261123:99:needs_help")
    forge(head, "hh:all:20261301")
    forge(head, "hh:all:20250101")
    town.settle()
    assert town.count("household_day", "answered_at IS NOT NULL") == 0
    assert town.count("household_mark") == 0
    forge(head, "hh:is:20261123:3:request")
    town.settle()
    forge(other, "hhm:take:1")
    town.settle()
    assert town.count("household_mark", "taken_by IS NOT NULL") == 0


@pytest.mark.one_way
def test_households_in_two_areas_are_told_apart(town: Town) -> None:
    with town.db.write_now() as session:
        session.add(HouseholdCluster(head_id=town.id("咩巴"), area_id=town.area("DH-MS-1-1-02"), count=5))
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    assert "15 户" in asked(town, head)
    head.click("哪户有事")
    shown = head.wait_for("哪户有事？")
    # The number first, as a phone cuts off the end of a long key; and two in a row.
    assert [b.text for b in shown.buttons][9:12] == [
        "10（芒里第一网格）",
        "1（芒里第二网格）",
        "2（芒里第二网格）",
    ]
    head.click("2（芒里第二网格）", shown)
    head.click("没联系上", head.wait_for("芒里第二网格第 2 户有什么事"))
    head.click("其余都平安", head.wait_for("没联系上"))
    assert "芒里第二网格第 2 户：没联系上" in head.wait_for("15 户里 14 户平安").text
    town.settle()
    assert town.count("household_day", "not_reached = 1 AND count = 5") == 1
    assert not [text for text in supervisor.texts if "没联系上" in text]


@pytest.mark.one_way
def test_what_waits_for_the_morning_says_when_and_whom_it_is_told(town: Town) -> None:
    evening(town, "22:30")
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    head.tap("哪户有事")
    head.click("5", head.wait_for("哪户有事？"))
    head.click("有隐患", head.wait_for("第 5 户有什么事"))
    head.wait_for("第 5 户记下了，明天 06:00 告诉刀建国。等不得的请打电话。")
    head.click("6", head.wait_for("哪户有事？"))
    head.click("要帮忙", head.wait_for("第 6 户有什么事"))
    assert "第 6 户记下了，已经告诉刀建国。" in head.wait_for("第 6 户记下了").text
    assert "不知道是哪家，先给咩巴打个电话。" in supervisor.wait_for("第 6 户要帮忙").text
    assert not [text for text in supervisor.texts if "第 5 户" in text]


@pytest.mark.one_way
def test_the_key_on_an_old_keyboard_still_works(town: Town) -> None:
    head = town.join("咩巴")
    head.send("🏠 有户有事")
    head.wait_for("哪户有事？")
