"""Summaries that come by themselves: to supervisors in the morning, to groups that were bound."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import col

from bot.playground.people import Place
from models import Role
from tests.e2e.town import MORNING, Town
from tests.waiting import until as until_true

DONE = "rule = 'summary_daily' AND state = 'done'"
AT_POST = Place(24.4001, 98.5501, accuracy=15)


def at(clock: str, days: int = 0) -> datetime:
    """A time of the morning's day, or of one some days later."""
    hour, minute = clock.split(":")
    return MORNING.replace(hour=int(hour), minute=int(minute)) + timedelta(days=days)


def keep_duty(town: Town) -> None:
    """A shift of two people of whom one comes and leaves."""
    town.shift("岩罕", "玉香", starts_at=at("08:00"), ends_at=at("20:00"))
    worker = town.join("岩罕")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    town.clock.set(at("20:05"))
    # Two grid workers have no shifts.
    until_true(lambda: town.count("daily_worker") == 2)
    worker.tap("下班")
    worker.wait_for("下班")


def until(town: Town, clock: str, days: int) -> None:
    """Let the clock run to this time, stopping where something comes due."""
    town.settle()
    town.clock.set(at(clock, days) - timedelta(seconds=2))
    town.settle()
    town.clock.set(at(clock, days) + timedelta(seconds=5))


@pytest.mark.one_way
def test_supervisors_get_yesterday_in_the_morning_and_the_week_on_monday(town: Town) -> None:
    chief, other, worker = town.join("方志强"), town.join("段平"), town.join("玉香")
    keep_duty(town)
    until(town, "08:00", 1)
    told = chief.wait_for("昨天的情况")
    assert "风平镇 · 11月23日周一（截至 今天 04:00" in told.text or "风平镇 · 11月23日周一" in told.text
    assert "应到 3 人次，实到 1（33%）\n未到 2，晚到 0" in told.text
    assert "共 12 小时" in told.text
    assert told.data["photo"]
    chief.click("未到 2", told)
    chief.wait_for("玉香")
    until(town, "08:05", 7)
    assert "11月23日–11月29日" in chief.wait_for("周督促").text
    town.settle()
    assert not any("的情况" in text for text in worker.texts)
    # Nobody came there of whom somebody was to come.
    assert "应到 1 人次，实到 0（0%）\n未到 1" in other.wait_for("户弄村 · 11月23日周一").text


@pytest.mark.one_way
def test_an_area_gets_its_week_at_a_time_of_its_own(town: Town) -> None:
    above, chief = town.join("李雪梅"), town.join("方志强")
    chief.send("/reminders")
    chief.click("周督促", chief.wait_for("风平镇的提醒时间"))
    chief.click("08:35", chief.wait_for("周督促：每周一 08:05"))
    chief.wait_for("每周一 08:35（自己定的）")
    keep_duty(town)
    until(town, "08:05", 7)
    assert "芒市 · 2026年11月23日–11月29日" in above.wait_for("周督促").text
    town.settle()
    assert not any("上一周的情况" in text for text in chief.texts)
    until(town, "08:35", 7)
    assert "风平镇 · 2026年11月23日–11月29日" in chief.wait_for("上一周的情况（周督促）").text
    town.settle()
    assert len([text for text in above.texts if "上一周的情况" in text]) == 1


@pytest.mark.one_way
def test_a_group_gets_the_summary_without_names_until_it_is_unbound(town: Town) -> None:
    chief, worker = town.join("方志强"), town.join("岩罕")
    group = town.playground.group("风平镇工作群", chief, worker)
    group.add_bot(chief.user)
    town.settle()
    worker.send("/bind", group.chat)
    worker.wait_for("负责人", chat=group.chat)
    chief.send("/bind DH-MS-10", group.chat)
    chief.wait_for("没有编码是 DH-MS-10", chat=group.chat)
    chief.send("/bind", group.chat)
    chief.wait_for("风平镇 的日、周、月、季汇总", chat=group.chat)
    keep_duty(town)
    until(town, "08:00", 1)
    told = chief.wait_for("昨天的情况", chat=group.chat)
    assert "应到 3 人次，" in told.text
    assert not told.buttons
    assert "玉香" not in told.text
    chief.send("/unbind", group.chat)
    chief.wait_for("不再发到这里", chat=group.chat)
    assert town.count("bound_group") == 0


@pytest.mark.one_way
def test_a_group_gets_nothing_more_once_its_supervisor_has_left(town: Town) -> None:
    chief = town.join("方志强")
    group = town.playground.group("风平镇工作群", chief)
    group.add_bot(chief.user)
    chief.send("/bind", group.chat)
    chief.wait_for("风平镇", chat=group.chat)
    keep_duty(town)
    with town.db.write_now() as session:
        session.execute(delete(Role).where(col(Role.person_id) == town.id("方志强")))
    before, told = town.count("slot", DONE), town.count("outbox", "kind = 'summary.group'")
    until(town, "08:00", 1)
    until_true(lambda: town.count("slot", DONE) > before)
    assert town.count("outbox", "kind = 'summary.group'") == told


@pytest.mark.one_way
def test_a_group_that_moves_is_followed_and_one_that_is_left_is_forgotten(town: Town) -> None:
    chief = town.join("方志强")
    group = town.playground.group("风平镇工作群", chief)
    group.add_bot(chief.user)
    chief.send("/bind", group.chat)
    chief.wait_for("风平镇", chat=group.chat)
    old = group.id
    group.migrate(chief.user)
    town.settle()
    assert town.count("bound_group", f"chat_id = {old}") == 0
    assert town.count("bound_group") == 1
    group.kick_bot(chief.user)
    town.settle()
    assert town.count("bound_group") == 0
