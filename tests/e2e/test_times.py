"""/reminders: an area chooses its times, within what those above allow."""

from datetime import datetime, timedelta

import pytest

from bot.playground.world import Button
from tests.e2e.town import Town
from tests.waiting import until

ASK = "问中心户"


def at(clock: str) -> datetime:
    """A time of the town's Monday."""
    return datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")


def test_a_village_asks_its_household_heads_earlier(town: Town) -> None:
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    supervisor.send("/reminders")
    shown = supervisor.wait_for("芒里村的提醒时间")
    assert "· 问中心户：每天 19:00" in shown.text
    supervisor.click(ASK, shown)
    one = supervisor.wait_for("芒里村 · 问中心户：每天 19:00")
    assert "可以定在 17:00 到 21:00 之间" in one.text
    supervisor.click("18:30", one)
    supervisor.wait_for("每天 18:30（自己定的）")
    town.settle()
    town.clock.set(at("18:31"))
    head.wait_for("10 户")
    town.clock.set(at("19:02"))
    others = "rule = 'ask_households' AND area = '' AND state = 'done'"
    until(lambda: town.count("slot", others))
    town.settle()
    assert town.count("slot", "rule = 'ask_households' AND state = 'done'") == 2
    assert len([text for text in head.texts if "10 户" in text]) == 1


@pytest.mark.one_way
def test_those_above_say_how_far_one_may_go(town: Town) -> None:
    above, below = town.join("方志强"), town.join("刀建国")
    above.send("/reminders")
    above.click(ASK, above.wait_for("风平镇的提醒时间"))
    above.click("下面可差半小时", above.wait_for("风平镇 · 问中心户"))
    above.wait_toast("记下了")
    below.send("/reminders")
    below.click(ASK, below.wait_for("芒里村的提醒时间"))
    one = below.wait_for("可以定在 18:30 到 19:30 之间")
    assert "每天 19:00（跟风平镇一样）" in one.text
    below.click("18:30", one)
    later = below.wait_for("每天 18:30（自己定的）")
    assert "18:20" not in str(later.buttons)
    above.send("/reminders")
    above.click(ASK, above.wait_for("风平镇的提醒时间"))
    above.click("下面都按这个时间", above.wait_for("风平镇 · 问中心户"))
    above.wait_toast("记下了")
    below.click("18:40", later)
    below.wait_for("上一级定的：这一项都是 19:00")
    below.click("跟上一级一样", later)
    below.wait_for("跟风平镇一样")


@pytest.mark.one_way
def test_an_area_can_do_without_and_strangers_to_it_change_nothing(town: Town) -> None:
    head, near, far = town.join("咩巴"), town.join("刀建国"), town.join("段平")
    near.send("/reminders")
    near.click(ASK, near.wait_for("芒里村的提醒时间"))
    one = near.wait_for("芒里村 · 问中心户")
    near.click("我们这片不用", one)
    near.wait_for("不发（自己定的）")
    far.send("/reminders")
    far.click(ASK, far.wait_for("户弄村的提醒时间"))
    theirs = far.wait_for("户弄村 · 问中心户")
    button = next(each for each in theirs.buttons if "不用" in each.text)
    assert button.data == f"tt:o:{town.area('DH-MS-10-1')}:ask_households:0"
    forged = f"tt:o:{town.area('DH-MS-1')}:ask_households:0"
    far.phone.click(theirs, forged)
    far.wait_for("负责人来办")
    town.clock.set(at("19:00") + timedelta(seconds=30))
    town.settle()
    assert [text for text in head.texts if "10 户" in text] == []
    assert town.count("timetable") == 1


@pytest.mark.one_way
@pytest.mark.parametrize(("chosen_at", "time"), [("17:35", "17:30"), ("18:50", "17:00")])
def test_a_time_that_is_past_already_is_kept_at_once(town: Town, chosen_at: str, time: str) -> None:
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    town.clock.set(at(chosen_at))
    supervisor.send("/reminders")
    shown = supervisor.wait_for("芒里村的提醒时间")
    which = f"tt:t:{town.area('DH-MS-1-1')}:ask_households:{time.replace(':', '')}"
    supervisor.press(shown, Button("?", data=which))
    assert "今天的马上就办" in supervisor.wait_for(f"每天 {time}（自己定的）").text
    town.clock.move(timedelta(minutes=1, seconds=5))
    head.wait_for("10 户")
    town.clock.set(at("19:01"))
    town.settle()
    assert len([text for text in head.texts if "10 户" in text]) == 1
