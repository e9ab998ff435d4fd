"""/onduty and /rotation, as supervisors use them."""

from datetime import datetime, timedelta

import pytest

from bot.playground.people import Person, Place
from tests.e2e.town import MORNING, Town

AT_POST = Place(24.4001, 98.5501, accuracy=15)


def at(clock: str, days: int = 0) -> datetime:
    """A time of the morning's day, or of one some days later."""
    hour, minute = clock.split(":")
    return MORNING.replace(hour=int(hour), minute=int(minute)) + timedelta(days=days)


@pytest.fixture
def town_settings() -> dict[str, str]:
    """Every crew should have one of each."""
    return {"GRIDDUTY_CREWS__MAKE_UP": '["党员", "护边员"]'}


def give_title(town: Town, name: str, titles: str) -> None:
    """What a person is by the roster."""
    with town.db.write_now() as session:
        session.connection().exec_driver_sql(
            f"UPDATE person SET titles = '{titles}' WHERE id = {town.id(name)}"
        )


def set_rotation(supervisor: Person, crews: str) -> None:
    """Three shifts a day at the border post, with these crews; the first day is still to be told."""
    supervisor.send("/rotation")
    supervisor.wait_for("给哪个卡点")
    supervisor.tap("芒里卡点")
    supervisor.wait_for("怎么轮")
    supervisor.tap("三班倒")
    supervisor.wait_for("几点开始")
    supervisor.tap("08:00")
    supervisor.wait_for("班组")
    supervisor.send(crews)


def test_the_board_names_who_is_there_and_who_is_not(town: Town) -> None:
    town.shift("岩罕", "排勒", "玉香", starts_at=at("08:00"), ends_at=at("20:00"), lead="排勒")
    worker, ill, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    town.clock.move(timedelta(minutes=10))
    ill.send("/shifts")
    ill.click("生病", ill.wait_for("今天"))
    ill.wait_for("您病了")
    supervisor.send("/onduty")
    told = supervisor.wait_for("在岗情况").text
    assert supervisor.taps == 1
    assert "在岗：岩罕（07:58 起）" in told
    assert "该来还没到（08:00 的班）：排勒" in told
    assert "请假、生病：玉香（生病）" in told
    assert "班里缺：党员、护边员" in told
    assert "📍 大桥执勤点\n没有人在岗，也没有排班" in told


def test_gaps_lead_to_whom_to_call(town: Town) -> None:
    give_title(town, "排勒", "护边员，党员")
    town.shift("排勒", starts_at=at("08:00", 2), ends_at=at("20:00", 2))
    town.shift("排勒", "岩罕", starts_at=at("08:00", 3), ends_at=at("20:00", 3))
    town.shift("岩罕", "玉香", starts_at=at("08:00", 4), ends_at=at("20:00", 4))
    town.shift("岩罕", starts_at=at("08:00", 9), ends_at=at("20:00", 9))
    supervisor, called = town.join("刀建国"), town.join("玉香")
    supervisor.send("/onduty")
    supervisor.click("接下来哪里缺人", supervisor.wait_for("在岗情况"))
    told = supervisor.wait_for("缺人的班")
    assert "共 2 班" in told.text
    assert "1. 11月25日周三 08:00–20:00 · 芒里卡点\n已排：排勒\n只有 1 人，应有 2 人" in told.text
    assert "2. 11月27日周五 08:00–20:00 · 芒里卡点\n已排：岩罕、玉香\n班里缺：党员、护边员" in told.text
    supervisor.click("给第 1 班找人", told)
    supervisor.click("玉香", supervisor.wait_for("再叫谁来"))
    supervisor.wait_for("玉香也上")
    assert supervisor.taps == 4
    assert "刀建国请您也来上一班：11月25日周三" in called.wait_for("请您也来").text
    assert town.count("shift_member", "state = 'planned'") == 7


@pytest.mark.one_way
def test_what_is_not_below_is_not_seen(town: Town) -> None:
    town.shift("岩罕", starts_at=at("07:00"), ends_at=at("20:00"))
    other, worker = town.join("段平"), town.join("岩罕")
    other.send("/onduty")
    assert "还没有卡点" in other.wait_for().text
    other.click("接下来哪里缺人", other.last)
    other.wait_for("都不缺人")
    worker.send("/onduty")
    worker.wait_for("负责人")


def test_a_rotation_is_set_and_everybody_knows_the_own_next_shift(town: Town) -> None:
    give_title(town, "岩罕", "党员")
    supervisor, worker, other = town.join("刀建国"), town.join("岩罕"), town.join("咩巴")
    set_rotation(supervisor, "岩罕、排勒\n玉香\n阿昌")
    supervisor.wait_for("没有叫「阿昌」的人")
    supervisor.send("岩罕、排勒\n玉香")
    supervisor.wait_for("从哪天开始")
    supervisor.tap("明天")
    told = supervisor.wait_for("轮班排好了").text
    assert "1 组：岩罕（带班）、排勒" in told
    assert "⚠️ 第 1 组缺护边员" in told
    assert "⚠️ 第 2 组不到 2 人、缺党员、护边员" in told
    assert "共 42 班" in told
    assert "明天 08:00–16:00 · 芒里卡点" in worker.wait_for("您多了一班").text
    town.settle()
    assert not any("多了一班" in text for text in other.texts)
    assert town.count("shift", "rotation_id IS NOT NULL AND removed_at IS NULL") == 42
    worker.send("/shifts")
    assert "同班：排勒" in worker.wait_for("您接下来的班").text


@pytest.mark.one_way
def test_a_rotation_is_replaced_and_ended_but_not_what_was_changed_by_hand(town: Town) -> None:
    supervisor, worker = town.join("刀建国"), town.join("岩罕")
    set_rotation(supervisor, "岩罕\n玉香")
    supervisor.wait_for("从哪天")
    supervisor.tap("明天")
    supervisor.wait_for("轮班排好了")
    worker.send("/shifts")
    worker.click("请假", worker.wait_for("您接下来的班"))
    worker.wait_for("您请假")
    set_rotation(supervisor, "排勒\n玉香\n岩罕")
    supervisor.wait_for("从哪天")
    supervisor.tap("明天")
    again = supervisor.wait_for("原来排的 41 班换掉了")
    live = "rotation_id IS NOT NULL AND removed_at IS NULL"
    assert town.count("shift", live) == 42
    assert town.count("shift", f"{live} AND changed_by_hand") == 1
    supervisor.click("停掉这个轮班", again)
    supervisor.wait_for("轮班停了")
    assert town.count("shift", live) == 1
    supervisor.click("停掉这个轮班", again)
    supervisor.wait_toast("过期")


@pytest.mark.one_way
def test_custom_times_and_words_that_are_not_understood(town: Town) -> None:
    supervisor = town.join("刀建国")
    supervisor.send("/rotation 大桥")
    supervisor.wait_for("怎么轮")
    supervisor.tap("别的时间")
    supervisor.wait_for("每天哪几班")
    supervisor.send("早班晚班")
    supervisor.wait_for("时间没看懂")
    supervisor.send("6:30-14，14-22，22-6:30")
    supervisor.wait_for("班组")
    supervisor.send("岩罕")
    supervisor.wait_for("至少要 2 组")
    supervisor.send("岩罕 / 岩罕")
    supervisor.wait_for("写了两次")
    supervisor.send("岩罕 / 玉香")
    supervisor.wait_for("从哪天")
    supervisor.tap("下周一")
    assert "每天：06:30–14:00、14:00–22:00、22:00–06:30" in supervisor.wait_for("排好了").text
    assert town.count("rotation", "pattern = 'custom'") == 1


@pytest.mark.one_way
def test_who_keeps_no_area_sets_no_rotation(town: Town) -> None:
    worker, elsewhere = town.join("岩罕"), town.join("段平")
    worker.send("/rotation")
    worker.wait_for("负责人")
    elsewhere.send("/rotation")
    elsewhere.wait_for("还没有卡点")
