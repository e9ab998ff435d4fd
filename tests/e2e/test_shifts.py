"""/shifts, leave and who stands in, and being told of a changed next shift, as people do it."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from bot.access import SYSTEM, Work
from bot.features.shifts.change_notices import telling_changes
from models import Shift
from tests.e2e.town import MORNING, Town


def at(clock: str, days: int = 0) -> datetime:
    """A time of the morning's day, or of one some days later."""
    hour, minute = clock.split(":")
    return MORNING.replace(hour=int(hour), minute=int(minute)) + timedelta(days=days)


def _work(town: Town, session: Session) -> Work:
    return Work(session, SYSTEM, town.clock.now(), town.settings)


def tomorrow(town: Town, *crew: str, lead: str | None = None) -> int:
    """Tomorrow's shift at the border post."""
    return town.shift(*crew, starts_at=at("08:00", 1), ends_at=at("20:00", 1), lead=lead)


def test_one_command_shows_the_own_shifts_and_with_whom(town: Town) -> None:
    town.shift("岩罕", "排勒", starts_at=at("08:00"), ends_at=at("20:00"), lead="排勒")
    town.shift("岩罕", starts_at=at("20:00", 1), ends_at=at("08:00", 2), lead="岩罕", post="P-DAQIAO")
    town.shift("玉香", starts_at=at("08:00", 1), ends_at=at("20:00", 1))
    worker = town.join("岩罕")
    worker.send("/shifts")
    told = worker.wait_for("您接下来的班").text
    assert worker.taps == 1
    assert "今天 08:00–20:00 · 芒里卡点" in told
    assert "同班：排勒（带班）" in told
    assert "明天 20:00–次日 08:00 · 大桥执勤点 · 您带班" in told
    assert "这一班只排了您一个人" in told
    assert "玉香" not in told


@pytest.mark.one_way
def test_many_shifts_are_shown_page_by_page(town: Town) -> None:
    for day in range(7):
        town.shift("岩罕", starts_at=at("08:00", day), ends_at=at("20:00", day))
    worker = town.join("岩罕", "en")
    worker.send("/shifts")
    first = worker.wait_for("Your coming shifts")
    assert "Thu 26 Nov" in first.text
    assert "28 Nov" not in first.text
    worker.click("Next", first)
    second = worker.wait_for("Sat 28 Nov")
    assert "Sun 29 Nov" in second.text
    worker.click("Previous", second)
    assert "Today" in worker.wait_for("Your coming shifts").text


@pytest.mark.one_way
def test_without_shifts_it_says_so(town: Town) -> None:
    worker = town.join("玉香")
    worker.send("/shifts")
    worker.wait_for("没有排班")


def test_leave_is_one_tap_a_substitute_one_more_and_both_know(town: Town) -> None:
    shift = tomorrow(town, "岩罕", "排勒", lead="排勒")
    worker, lead, supervisor, other = (town.join(n) for n in ("岩罕", "排勒", "刀建国", "玉香"))
    worker.send("/shifts")
    own = worker.wait_for("明天 08:00–20:00")
    worker.reset_taps()
    worker.click("请假", own)
    told = worker.wait_for("您请假")
    assert worker.taps == 1
    assert "排勒" in told.text
    assert "刀建国" in told.text
    cards = lead.wait_for("岩罕请假"), supervisor.wait_for("岩罕请假")
    assert "排勒（带班），1 人（应有 2 人）" in cards[1].text
    assert town.count("shift_member", "state = 'away' AND away_kind = 'leave'") == 1
    supervisor.reset_taps()
    supervisor.click("玉香", cards[1])
    supervisor.wait_for("定了：玉香替岩罕")
    assert supervisor.taps == 1
    assert "同班：排勒（带班）" in other.wait_for("刀建国请您替岩罕上一班").text
    assert "玉香替您上" in worker.wait_for("您放心").text
    town.settle()
    assert all("玉香顶班（刀建国安排的）" in card.text and not card.buttons for card in cards)
    assert town.count("shift_member", f"shift_id = {shift} AND state = 'planned'") == 2
    assert town.count("audit", "action = 'shift.move'") == 2
    worker.send("/shifts")
    assert "玉香替您上" in worker.wait_for("您请假，").text


def test_a_wrong_tap_is_taken_back_and_the_card_follows(town: Town) -> None:
    tomorrow(town, "岩罕", "排勒")
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.send("/shifts")
    worker.click("生病", worker.wait_for("明天"))
    told = worker.wait_for("您病了")
    card = supervisor.wait_for("岩罕病了")
    worker.click("点错了", told)
    worker.wait_for("您照常上班")
    town.settle()
    assert "撤回了" in card.text
    assert not card.buttons
    assert town.count("shift_member", "state = 'away'") == 0


@pytest.mark.one_way
def test_too_late_to_take_back_and_not_once_somebody_stands_in(town: Town) -> None:
    tomorrow(town, "岩罕", "排勒")
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    town.bind("玉香")
    worker.send("/shifts")
    worker.click("请假", worker.wait_for("明天"))
    told = worker.wait_for("您请假")
    undo = told.buttons[0]
    supervisor.click("玉香", supervisor.wait_for("岩罕请假"))
    supervisor.wait_for("定了")
    worker.press(told, undo)
    worker.wait_for("已经安排人替您上了")
    town.clock.move(timedelta(minutes=11))
    worker.press(told, undo)
    worker.wait_for("已经安排人替您上了")
    assert town.count("shift_member", "state = 'away'") == 1


@pytest.mark.one_way
def test_after_ten_minutes_leave_stays(town: Town) -> None:
    tomorrow(town, "岩罕")
    worker = town.join("岩罕")
    worker.send("/shifts")
    worker.click("请假", worker.wait_for("明天"))
    told = worker.wait_for("打个电话")
    town.clock.move(timedelta(minutes=11))
    worker.click("点错了", told)
    worker.wait_for("自己撤不回来了")


@pytest.mark.one_way
def test_only_who_may_names_a_substitute_and_only_who_is_free(town: Town) -> None:
    tomorrow(town, "岩罕")
    tomorrow(town, "排勒")
    worker, supervisor, stranger = (town.join(n) for n in ("岩罕", "刀建国", "段平"))
    worker.send("/shifts")
    worker.click("请假", worker.wait_for("明天"))
    card = supervisor.wait_for("岩罕请假")
    names = [button.text for button in card.buttons]
    assert "玉香" in names
    # Has a shift then; is away; belongs elsewhere; keeps no duty.
    assert not {"排勒", "岩罕", "王芳", "早么"} & set(names)
    stranger.send("/help")
    stranger.wait_for()
    stranger.phone.click(stranger.last, card.buttons[0].data or "")
    stranger.wait_for("负责人")
    assert town.count("shift_member", "stands_for IS NOT NULL") == 0


@pytest.mark.one_way
def test_who_is_away_is_not_matched_to_the_shift(town: Town) -> None:
    town.shift("岩罕", "排勒", starts_at=at("08:00"), ends_at=at("20:00"))
    worker = town.join("岩罕")
    worker.send("/shifts")
    worker.click("生病", worker.wait_for("今天"))
    worker.wait_for("您病了")
    worker.send("上岗")
    town.settle()
    assert town.count("checkin", "shift_id IS NOT NULL") == 0


def test_only_whose_next_shift_changed_is_told(town: Town) -> None:
    first = tomorrow(town, "岩罕", "排勒")
    later = town.shift("玉香", "岩罕", starts_at=at("08:00", 4), ends_at=at("20:00", 4))
    tomorrow(town, "玉香")
    people = {name: town.join(name) for name in ("岩罕", "排勒", "玉香")}
    everyone = [town.id(name) for name in people]
    with town.db.write_now() as session, telling_changes(_work(town, session), everyone):
        connection = session.connection()
        connection.exec_driver_sql(f"UPDATE shift SET post_id = {town.post('P-DAQIAO')} WHERE id = {first}")
        connection.exec_driver_sql(f"UPDATE shift SET post_id = {town.post('P-DAQIAO')} WHERE id = {later}")
    for name in ("岩罕", "排勒"):
        told = people[name].wait_for("您下一班改了").text
        assert "原来：明天 08:00–20:00 · 芒里卡点" in told
        assert "下一班：明天 08:00–20:00 · 大桥执勤点" in told
    town.settle()
    assert not any("下一班" in text for text in people["玉香"].texts)


@pytest.mark.one_way
@pytest.mark.parametrize(("hour", "days", "waits"), [("06:30", 1, False), ("20:00", 1, True)])
def test_at_night_only_what_starts_soon_rings(town: Town, hour: str, days: int, waits: bool) -> None:
    worker = town.join("岩罕")
    town.clock.move(timedelta(hours=15))
    starts_at = at(hour, days)
    shift = town.shift(starts_at=starts_at, ends_at=starts_at + timedelta(hours=8))
    with town.db.write_now() as session:
        person = town.id("岩罕")
        with telling_changes(_work(town, session), [person]):
            session.connection().exec_driver_sql(
                "INSERT INTO shift_member (shift_id, person_id, is_lead, state)"
                f" VALUES ({shift}, {person}, false, 'planned')"
            )
    if waits:
        town.settle()
        assert not any("您多了一班" in text for text in worker.texts)
        town.clock.move(timedelta(hours=8))
    worker.wait_for("您多了一班")


def test_of_two_who_name_somebody_at_once_one_counts(town: Town) -> None:
    tomorrow(town, "岩罕", "排勒", lead="排勒")
    worker, lead, supervisor = town.join("岩罕"), town.join("排勒"), town.join("刀建国")
    worker.send("/shifts")
    worker.click("请假", worker.wait_for("明天"))
    cards = lead.wait_for("岩罕请假"), supervisor.wait_for("岩罕请假")
    names = [next(b for b in card.buttons if b.text == "玉香") for card in cards]
    presses = [
        threading.Thread(target=person.press, args=(card, button))
        for person, card, button in zip((lead, supervisor), cards, names, strict=True)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    town.settle()
    assert town.count("shift_member", "stands_for IS NOT NULL") == 1
    assert cards[0].text == cards[1].text
    assert "顶班" in cards[0].text


@pytest.mark.one_way
def test_what_changed_back_over_night_is_not_told(town: Town) -> None:
    worker = town.join("岩罕")
    town.clock.move(timedelta(hours=15))
    shift = town.shift("岩罕", starts_at=at("20:00", 1), ends_at=at("08:00", 2))
    for minutes in (30, -30, 60):
        town.clock.move(timedelta(seconds=5))
        with town.db.write_now() as session, telling_changes(_work(town, session), [town.id("岩罕")]):
            row = session.get(Shift, shift)
            assert row
            row.starts_at += timedelta(minutes=minutes)
            session.flush()
    town.clock.move(timedelta(hours=8))
    told = worker.wait_for("下一班改了").text
    town.settle()
    assert "21:00–明天 08:00" in told
    assert sum("下一班改了" in text for text in worker.texts) == 1
