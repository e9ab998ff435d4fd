"""Grid workers without shifts: the board at 10 o'clock and the day's summary tell of the same people."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.playground.people import Place
from models import Person
from tests.e2e.town import MORNING, Town
from tests.waiting import until

AT_GRID = Place(24.4010, 98.5510, accuracy=15)


def at(clock: str, days: int = 0) -> datetime:
    """A time of the morning's day, or of one some days later."""
    hour, minute = clock.split(":")
    return MORNING.replace(hour=int(hour), minute=int(minute), second=5) + timedelta(days=days)


def test_board_and_summary_tell_of_the_same_people(town: Town) -> None:
    town.shift("排勒", starts_at=at("08:30"), ends_at=at("20:00"))
    came, off, village, chief = (town.join(name) for name in ("岩罕", "玉香", "刀建国", "方志强"))
    came.tap("上岗", location=AT_GRID)
    came.wait_for("已上岗")
    town.clock.set(at("10:00"))
    assert "应到 4 人，没上岗 3 人" in chief.wait_for("风平镇 今天").text
    village.tap("提醒没消息的 1 人", village.wait_for("应到 3 人，没上岗 2 人"))
    off.click("今天休息", off.wait_for("还没看到您上岗"))
    off.wait_for("不再提醒")
    until(lambda: town.count("daily_worker") == 4)
    chief.send("/summary")
    whole = "应到 4 人次，实到 1（25%）\n未到 3"
    assert whole in chief.wait_for("风平镇 · 11月23日周一").text
    town.clock.set(at("08:30", 1))
    told = chief.wait_for("昨天的情况")
    assert whole in told.text
    chief.click("未到 3", told)
    names = chief.wait_for("该到没到").text
    assert "排勒　" in names
    assert "玉香　11月23日（每天上岗） · 说今天休息" in names
    assert "阿昌　11月23日（每天上岗） · 还没加入" in names
    assert "岩罕" not in names


@pytest.mark.one_way
def test_a_past_day_stays_as_it_was_when_somebody_moves(town: Town) -> None:
    village, other = town.join("刀建国"), town.join("段平")
    town.clock.set(at("09:00"))
    until(lambda: town.count("daily_worker") == 4)
    with town.db.write_now() as session:
        moved = update(Person).where(col(Person.name) == "玉香").values(area_id=town.area("DH-MS-10-1-01"))
        session.execute(moved)
    town.clock.set(at("10:01", 1))
    until(lambda: town.count("daily_worker", "until IS NOT NULL") == 1)
    village.send("/summary")
    today = village.wait_for("芒里村 · 11月24日周二")
    assert "应到 1 人次，" in today.text
    village.click("更早", today)
    before = village.wait_for("芒里村 · 11月23日周一")
    assert "应到 2 人次，" in before.text
    village.click("未到 2", before)
    assert "玉香　11月23日（每天上岗） · 还没加入" in village.wait_for("该到没到").text
    other.send("/summary")
    assert "应到 2 人次，" in other.wait_for("户弄村 · 11月24日周二").text
