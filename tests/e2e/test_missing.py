"""Who has not reported: names with reasons, levels, the nudge."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, update
from sqlmodel import col

from bot.access import Work
from bot.features.hazards import reporting
from bot.features.hazards.repository import NewHazard
from bot.playground.people import Person, Place
from models import Account, CheckIn, Reach, Role
from tests.e2e.test_verifying import actor_of
from tests.e2e.town import MORNING, Town
from tests.waiting import until

AT_GRID = Place(24.4010, 98.5510, accuracy=15)


def at(clock: str, days: int = 0) -> datetime:
    """A time of the morning's day, or of one some days later."""
    hour, minute = clock.split(":")
    return MORNING.replace(hour=int(hour), minute=int(minute), second=5) + timedelta(days=days)


def checked_in(town: Town, name: str) -> Person:
    """This person, on duty."""
    own = town.join(name)
    own.tap("上岗", location=AT_GRID)
    own.wait_for("已上岗")
    return own


def test_at_the_hour_everyone_above_sees_names_or_counts(town: Town) -> None:
    checked_in(town, "岩罕")
    silent = town.join("玉香")
    village, township, other = town.join("刀建国"), town.join("方志强"), town.join("段平")
    town.clock.set(at("10:00"))
    board = village.wait_for("应到 2 人，没上岗 1 人")
    told = board.text
    assert not [button for button in board.buttons if "上一级" in button.text]
    assert "1. 玉香 · 没消息" in told
    assert "岩罕" not in told
    above = township.wait_for("风平镇 今天").text
    assert "应到 3 人，没上岗 2 人" in above
    assert "玉香" not in above
    township.click("那目村：1 人里 1 人没到")
    assert "阿昌 · 还没加入" in township.wait_for("那目村").text
    assert "王芳" in other.wait_for("户弄村").text
    village.tap("提醒没消息的 1 人")
    assert "提醒了玉香" in village.wait_for("提醒了").text
    assert "刀建国问一声" in silent.wait_for("还没看到您上岗").text
    village.tap("提醒没消息的 1 人")
    village.wait_for("都提醒过了")
    silent.tap("今天休息")
    silent.wait_for("今天不再提醒您")
    village.tap("看最新的")
    assert "玉香 · 说今天休息" in village.wait_for("玉香").text


@pytest.mark.one_way
def test_reasons_are_told_where_they_are_known(town: Town) -> None:
    town.shift("排勒", "玉香", starts_at=at("08:30"), ends_at=at("20:00"))
    town.shift("岩罕", starts_at=at("16:00"), ends_at=at("20:00"))
    ill, blocked, supervisor = town.join("玉香"), town.join("排勒"), town.join("刀建国")
    ill.send("/shifts")
    ill.click("生病", ill.wait_for("您接下来的班"))
    ill.wait_for("您病了")
    with town.db.write_now() as session:
        session.connection().exec_driver_sql(
            f"UPDATE account SET reach = '{Reach.BLOCKED}' WHERE user_id = {blocked.id}"
        )
    town.clock.set(at("10:30"))
    supervisor.send("/missing")
    told = supervisor.wait_for("没上岗").text
    # Whose shift is yet to begin is not due.
    assert "应到 1 人，没上岗 1 人" in told
    assert "请假（不算应到）：玉香" in told
    assert "排勒 · 收不到消息" in told
    assert "岩罕" not in told
    assert not [b for m in supervisor.screen() for b in m.buttons if "提醒没消息" in b.text]


@pytest.mark.one_way
def test_heads_who_have_not_answered(town: Town) -> None:
    head, supervisor, worker = town.join("咩巴"), town.join("刀建国"), checked_in(town, "岩罕")
    town.clock.set(at("19:00"))
    head.wait_for("10 户")
    town.clock.set(at("21:00"))
    told = supervisor.wait_for("1 位中心户，没报 1 位").text
    assert "咩巴 · 没消息" in told
    supervisor.click("提醒没消息的 1 人", supervisor.wait_for("没报 1 位"))
    supervisor.wait_for("提醒了咩巴")
    head.click("全部平安", head.wait_for("刀建国问一声"))
    town.settle()
    supervisor.tap("看最新的")
    supervisor.wait_for("1 位中心户都报了")
    assert not [text for text in worker.texts if "刀建国问一声" in text]


@pytest.mark.one_way
def test_nobody_sees_another_area_or_who_is_not_to_look(town: Town) -> None:
    village, worker = town.join("刀建国"), town.join("岩罕")
    for person in (village, worker):
        for area in ("DH-MS-10-1", "DH-MS-1", "DH"):
            person.phone.click(person.screen()[-1], f"sil:b:d:{town.area(area)}:20261123:0")
            person.phone.click(person.screen()[-1], f"sil:n:d:{town.area(area)}:20261123")
    worker.phone.click(worker.screen()[-1], f"sil:b:d:{town.area('DH-MS-1-1')}:20261123:0")
    worker.send("/missing")
    town.settle()
    assert not [text for p in (village, worker) for text in p.texts if "没上岗" in text]
    assert town.count("nudge") == 0


@pytest.mark.one_way
def test_a_nudge_that_is_no_longer_needed_is_not_sent(town: Town) -> None:
    silent, village = town.join("玉香"), town.join("刀建国")
    town.clock.set(at("23:00"))
    village.send("/missing")
    village.click("提醒没消息", village.wait_for("没上岗"))
    village.wait_for("06:00 才会提醒")
    silent.tap("上岗", location=AT_GRID)
    silent.wait_for("已上岗")
    town.clock.set(at("06:01", 1))
    town.settle()
    assert not [text for text in silent.texts if "问一声" in text]


@pytest.mark.one_way
def test_who_looks_after_two_places_gets_one_board(town: Town) -> None:
    with town.db.write_now() as session:
        held = {"person_id": town.id("刀建国"), "area_id": town.area("DH-MS-10-1"), "role": "supervisor"}
        session.execute(insert(Role).values(**held))
    both = town.join("刀建国")
    town.clock.set(at("10:00"))
    told = both.wait_for("人")
    board = both.wait_for("芒里村、户弄村")
    assert "应到 3 人" in board.text
    assert len([text for text in both.texts if "应到" in text]) == 1
    assert told
    both.click("户弄村", board)
    assert "王芳" in both.wait_for("户弄村 ").text
    both.send("/missing")
    town.settle()
    assert "芒里村、户弄村" in [text for text in both.texts if "应到" in text][-1]


@pytest.mark.one_way
def test_nobody_comes_to_a_shift_from_before_dawn(town: Town) -> None:
    town.shift("岩罕", "排勒", "玉香", starts_at=at("03:35"), ends_at=at("15:35"))
    town.join("岩罕")
    chief, village = town.join("方志强"), town.join("刀建国")
    town.clock.set(at("08:05"))
    village.send("/missing")
    told = village.wait_for("没上岗 3 人").text
    assert all(name in told for name in ("岩罕", "排勒", "玉香"))
    town.clock.set(at("08:30", 1))
    summary = chief.wait_for("昨天的情况")
    assert "应到 3" in summary.text
    chief.click("未到", summary)
    names = chief.wait_for("该到没到").text
    assert all(name in names for name in ("岩罕", "排勒", "玉香"))


@pytest.mark.one_way
def test_who_is_on_duty_from_before_dawn_or_did_other_work_is_not_without_a_word(town: Town) -> None:
    town.join("岩罕")
    found = actor_of(town, town.join("玉香"))
    with town.db.write_now() as session:
        began = {"in_at": at("03:22"), "close_at": at("03:22") + timedelta(hours=16)}
        session.execute(
            insert(CheckIn).values(
                person_id=town.id("岩罕"), area_id=town.area("DH-MS-1-1-01"), duty_type="grid",
                work_day=date(2026, 11, 22), **began,
            )
        )  # fmt: skip
        reporting.report(
            Work(session, found, at("08:10"), town.settings),
            NewHazard("fire", area_id=town.area("DH-MS-1-1")),
        )
    village = town.join("刀建国")
    village.send("/missing")
    village.wait_for("没有要上岗的人")
    town.clock.set(at("10:30"))
    village.send("/missing")
    told = village.wait_for("没上岗 1 人").text
    assert "玉香 · 没点上岗，当天有工作记录" in told
    assert "岩罕" not in told
    until(lambda: town.count("marker", "name = 'daily_workers_begun' AND value LIKE '2026-11-23T10%'") == 1)
    village.send("/summary")
    assert "应到 2 人次，实到 1" in village.wait_for("芒里村 · 11月23日周一").text


@pytest.mark.one_way
def test_who_joins_is_due_from_the_day_after(town: Town) -> None:
    town.shift("排勒", starts_at=at("08:30"), ends_at=at("09:30"))
    village = town.join("刀建国")
    for name in ("玉香", "岩罕", "排勒"):
        town.join(name)
    with town.db.write_now() as session:
        late = update(Account).where(col(Account.person_id) != town.id("刀建国"))
        session.execute(late.values(joined_at=at("08:00")))
    town.clock.set(at("10:01"))
    village.send("/missing")
    village.wait_for("没有要上岗的人")
    town.clock.set(at("10:01", 1))
    until(lambda: town.count("marker", "name = 'daily_workers_begun' AND value LIKE '2026-11-24T10%'") == 1)
    village.send("/summary")
    shown = village.wait_for("芒里村 · 11月24日周二")
    assert "应到 2 人次，实到 0" in shown.text
    village.click("月", shown)
    town.settle()
    assert "应到 2 人次，实到 0" in [text for text in village.texts if "📊" in text][-1]
