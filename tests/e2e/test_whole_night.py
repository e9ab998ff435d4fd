"""One whole night at a post: relieved at 20:00, three patrols, a swap at short notice, relieved at 08:00."""

from datetime import datetime, timedelta

import pytest

from bot.playground.people import Person as Phone
from bot.playground.people import Place
from tests.e2e.town import Town
from tests.e2e.walks import PLACES, STOPS, lay_down

AT_POST = Place(24.4001, 98.5501, accuracy=15)
EVENING = datetime.fromisoformat("2026-11-23T20:00:00+08:00")
HALF = timedelta(hours=12)
CREW = ("岩罕", "玉香", "阿昌", "排勒")


@pytest.fixture
def town_settings() -> dict[str, str]:
    """No maps are drawn: they take a while."""
    return {"GRIDDUTY_PRIVACY__COORDINATES_IN_CHAT": "false"}


def come(town: Town, clock: str, day: int = 23) -> None:
    """Let it be this time, and a second later, so that the minute's work is done."""
    town.clock.set(datetime.fromisoformat(f"2026-11-{day}T{clock}:01+08:00"))
    town.until_done("hand_over", f"2026-11-{day}T{clock}")


def swap_at_short_notice(town: Town, phones: dict[str, Phone]) -> None:
    """王芳 cannot come tonight; 排勒 comes instead, and who leads the night agrees."""
    worker = phones["王芳"]
    worker.send("/swap")
    worker.wait_for("要换哪一班")
    worker.tap("芒里卡点")
    worker.wait_for("请谁来")
    worker.tap("排勒")
    phones["排勒"].click("我来", phones["排勒"].wait_for("王芳这一班来不了"))
    phones["岩罕"].click("✅ 同意", phones["岩罕"].wait_for("王芳 → 排勒"))
    worker.wait_for("您不用来了")


def relieve(town: Town, phones: dict[str, Phone]) -> None:
    """The day hands over and the night, all of it there, takes over."""
    come(town, "19:50")
    day, lead = phones["段平"], phones["岩罕"]
    day.click("🤝 交班", day.wait_for("交接班 · 芒里卡点"))
    card = lead.wait_for("段平 19:50 交了班")
    assert "接：岩罕（带班）等 4 人" in card.text
    for name in CREW:
        phones[name].tap("上岗", location=AT_POST)
        phones[name].wait_for("已上岗")
    lead.click("接班，都对", card)
    town.settle()
    assert "岩罕 19:50 接了班，都对" in card.text
    day.tap("下班")
    day.wait_for("已下班")


def walk(town: Town, phone: Phone, stops: int, problem: str = "", words: bool = False) -> str:
    """A patrol that reaches so many of the checkpoints; its report."""
    phone.send("/patrol")
    phone.wait_for("开始巡逻")
    for number in range(stops):
        town.clock.move(timedelta(minutes=4))
        phone.tap("📍 我到了", location=PLACES[number])
        phone.wait_for(f"到了：{STOPS[number][1]}")
    if words:
        phone.voice()
        phone.wait_for("备注里了")
    if problem:
        phone.tap("⚠️ 有问题")
        phone.click(problem, phone.wait_for("哪里有问题"))
        phone.wait_for(f"{problem}，记下了")
        phone.photo()
        phone.wait_for(f"记在「{problem}」下面了")
    phone.tap("🏁 巡完了")
    phone.click("✅ 其余都正常，交了" if problem else "✅ 都正常，交了", phone.wait_for("正常吗"))
    return phone.wait_for("巡逻 ").text


def hand_over_late(town: Town, phones: dict[str, Phone]) -> None:
    """The night hands over in time; who is to take over does so when the supervisor has been told."""
    lead, day, supervisor = phones["岩罕"], phones["段平"], phones["刀建国"]
    come(town, "07:50", 24)
    card = lead.wait_for("交：岩罕（带班）等 4 人")
    assert "没到：涵洞口" in card.text
    assert "⚠️ 隐患 H-2026-000001 还没整改好" in card.text
    assert "要交代的" in card.text
    lead.click("🤝 交班", card)
    taking = day.wait_for("岩罕 07:50 交了班")
    come(town, "08:05", 24)
    for name in CREW:
        phones[name].tap("下班")
        phones[name].wait_for("已下班")
    come(town, "08:12", 24)
    day.wait_for("还没交接好")
    assert "交接班" not in "".join(supervisor.texts)
    come(town, "08:31", 24)
    above = supervisor.wait_for("还没有人接班，已经告诉负责人")
    assert "岩罕 07:50 交了班" in above.text
    day.tap("上岗", location=AT_POST)
    day.wait_for("已上岗")
    day.click("接班，都对", taking)
    town.settle()
    assert all("段平 08:31 接了班，都对" in each.text for each in (card, taking, above))
    assert [each.buttons for each in (card, taking, above)] == [[], [], []]


@pytest.mark.both_databases
@pytest.mark.usefixtures("plain_pictures")
def test_a_night_at_the_post_from_relief_to_relief(town: Town) -> None:
    lay_down(town)
    day = {"starts_at": EVENING - HALF, "ends_at": EVENING}
    town.shift("段平", lead="段平", **day)
    night = town.shift("岩罕", "玉香", "阿昌", "王芳", lead="岩罕", starts_at=EVENING, ends_at=EVENING + HALF)
    town.shift("段平", lead="段平", starts_at=EVENING + HALF, ends_at=EVENING + 2 * HALF)
    phones = {name: town.join(name) for name in (*CREW, "王芳", "段平", "刀建国")}
    phones["段平"].tap("上岗", location=AT_POST)
    phones["段平"].wait_for("已上岗")
    come(town, "17:40")
    swap_at_short_notice(town, phones)
    relieve(town, phones)

    come(town, "20:30")
    assert "必到点 3/3" in walk(town, phones["玉香"], 3)
    come(town, "23:30")
    told = walk(town, phones["排勒"], 2, words=True)
    assert "没到：涵洞口" in told
    assert "备注是语音" in told
    come(town, "02:30", 24)
    assert "⚠️ 围栏铁丝网" in walk(town, phones["岩罕"], 3, problem="围栏铁丝网")

    hand_over_late(town, phones)
    assert town.count("patrol", f"state = 'done' AND shift_id = {night}") == 3
    assert town.count("hazard", "patrol_id IS NOT NULL") == 1
    assert town.count("swap", "state = 'approved'") == 1
    assert town.count("checkin", f"shift_id = {night} AND out_at IS NOT NULL") == len(CREW)
    assert town.count("handover", "state = 'taken'") == 2
    assert town.count("handover", "late_at IS NOT NULL") == 1
