"""/summary, as supervisors use it."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete
from sqlmodel import col

from bot.playground.people import Place
from bot.playground.world import Button
from models import Hazard, Patrol, PatrolState, Role
from tests.e2e.conftest import Seen
from tests.e2e.test_hazards import card, put_right, tell
from tests.e2e.town import MORNING, Town
from tests.waiting import until

AT_POST = Place(24.4001, 98.5501, accuracy=15)
FAR_AWAY = Place(24.4300, 98.5501, accuracy=15)


def at(clock: str, days: int = 0) -> datetime:
    """A time of the morning's day, or of one some days later."""
    hour, minute = clock.split(":")
    return MORNING.replace(hour=int(hour), minute=int(minute)) + timedelta(days=days)


def keep_duty(town: Town) -> None:
    """Of a crew of three one comes in time, one late and far away, one not at all."""
    town.shift("岩罕", "排勒", "玉香", starts_at=at("08:00"), ends_at=at("20:00"))
    early, late = town.join("岩罕"), town.join("排勒")
    early.tap("上岗", location=AT_POST)
    early.wait_for("已上岗")
    town.clock.move(timedelta(minutes=20))
    late.tap("上岗", location=FAR_AWAY)
    late.wait_for("已上岗")
    # Two grid workers have no shifts; nobody of them is absent before the board asks.
    until(lambda: town.count("daily_worker") == 2)
    town.clock.set(at("10:01"))
    until(lambda: town.count("marker", "name = 'daily_workers_begun' AND value LIKE '2026-11-23T10%'") == 1)
    until(lambda: town.count("slot", "rule = 'tell_silent_duty' AND state = 'done'") == 1)


def walk(town: Town) -> None:
    """One patrol, and one hazard that is open."""
    with town.db.write_now() as session:
        session.add(
            Patrol(
                person_id=town.id("岩罕"), area_id=town.area("DH-MS-1-1-01"), checklist="village",
                started_at=at("08:05"), ended_at=at("08:15"), close_at=at("12:00"), state=PatrolState.DONE,
                reached=3, total=4,
            )
        )  # fmt: skip
        session.add(
            Hazard(
                year=2026, number=1, area_id=town.area("DH-MS-1-1"), category="fire", severity="normal",
                found_at=at("08:06"), reported_by=town.id("岩罕"), reported_at=at("08:06"),
                due_at=at("08:10", 7),
            )
        )  # fmt: skip


def sheet_rows(town: Town, file_id: str) -> list[tuple[Any, ...]]:
    """What stands in a workbook that the bot sent."""
    content = town.playground.world.files.find(file_id, town.settings.bot_id).data
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_a_summary_leads_to_the_names_behind_it(town: Town) -> None:
    keep_duty(town)
    chief = town.join("方志强")
    chief.send("/summary")
    told = chief.wait_for("风平镇 · 11月23日周一")
    assert chief.taps == 1
    assert "应到 4 人次，实到 2（50%）\n未到 2，晚到 1" in told.text
    assert "上岗 2 人次" in told.text
    assert "位置较远 1 次" in told.text
    assert told.data["photo"]
    chief.click("未到 2", told)
    names = chief.wait_for("该到没到")
    assert "玉香　08:00 的班　芒里卡点" in names.text
    assert "阿昌　11月23日（每天上岗） · 还没加入" in names.text
    assert "岩罕" not in names.text
    chief.click("去提醒没到的", names)
    chief.wait_for("没上岗")
    chief.click("晚到 1", told)
    assert "排勒　08:18，晚到 18 分钟" in chief.wait_for("：晚到").text
    chief.click("看下一级", told)
    chief.click("芒里村", chief.wait_for("看 风平镇 的哪一处"))
    assert "应到 3 人次，" in chief.wait_for("芒里村 · 11月23日周一").text
    assert town.count("audit", "action = 'figures.names'") == 2


@pytest.mark.one_way
def test_further_pictures_a_page_to_print_and_a_spreadsheet(town: Town) -> None:
    keep_duty(town)
    walk(town)
    chief = town.join("方志强")
    chief.send("/summary")
    told = chief.wait_for("风平镇 · 11月")
    assert "巡逻 1 趟，必到点走到 3/4" in told.text
    assert "没办结的隐患 1 件" in told.text
    assert not any("🚶 巡逻" in button.text for button in told.buttons)
    chief.click("更多", told)
    town.settle()
    assert [button.text for button in told.buttons][-2:] == ["📊 要表格", "‹ 收起"]
    chief.click("收起", told)
    town.settle()
    assert told.buttons[-1].text == "⋯ 更多…"
    chief.click("更多", told)
    town.settle()
    chief.click("巡逻", told)
    assert chief.wait_for("风平镇 · 11月23日周一 巡逻").data["photo"]
    chief.click("隐患", told)
    found = chief.wait_for("隐患（截至")
    assert "隐患新报 1 件，办结 0，按期 0" in found.text
    chief.click("地图", told)
    assert "有坐标的卡点 2 个，其中 1 个眼下有人" in chief.wait_for("卡点和隐患（").text
    chief.click("一页报告", told)
    page = chief.wait_for("应到 4 人次，").data["document"]
    assert page["file_name"].endswith(".pdf")
    chief.click("要表格", told)
    sheet = chief.wait_for("的各项数字")
    assert sheet.data["document"]["file_name"].endswith(".xlsx")
    rows = sheet_rows(town, sheet.data["document"]["file_id"])
    assert rows[2][:6] == ("区域", "编码", "排班应到（人次）", "排班实到", "晚到", "每天上岗的网格员（人次）")
    assert rows[3][:6] == ("风平镇", "DH-MS-1", 3, 2, 1, 1)
    assert [row[0] for row in rows[4:]] == ["芒里村", "那目村"]


@pytest.mark.one_way
def test_periods_are_turned_and_set_against_the_one_before(town: Town) -> None:
    keep_duty(town)
    chief = town.join("方志强")
    town.clock.move(timedelta(days=7))
    chief.send("/summary")
    told = chief.wait_for("11月30日周一")
    chief.click("周", told)
    told = chief.wait_for("11月30日–12月6日")
    chief.click("更早", told)
    told = chief.wait_for("11月23日–11月29日")
    assert "，晚到 1" in told.text
    chief.click("月", told)
    chief.wait_for("2026年11月")
    chief.click("季", told)
    assert "，晚到 1" in chief.wait_for("2026年第4季度").text


@pytest.mark.one_way
def test_a_review_pack_holds_figures_hazards_and_what_they_looked_like(town: Town, seen: Seen) -> None:
    worker, village, township = town.join("岩罕"), town.join("刀建国"), town.join("方志强")
    tell(worker)
    card(village)
    put_right(village, town)
    township.click("到位", card(township, "刀建国"))
    card(township, "整改到位")
    until(lambda: town.count("photo", "state = 'stored'") == 2)
    township.send("/summary")
    summary = township.wait_for("风平镇")
    township.click("更多", summary)
    town.settle()
    township.click("一页报告", summary)
    township.click("述评材料", township.wait_for("隐患新报 1 件"))
    told = township.wait_for("述评材料，可以打印")
    assert told.data["document"]["file_name"].endswith("述评材料.pdf")
    assert town.count("audit", "action = 'figures.export'") == 1
    shown = next(one for one in seen.made if one.startswith("review:"))
    assert "H-2026-000001" in shown
    assert "岩罕" not in shown


@pytest.mark.one_way
def test_nothing_is_seen_outside_the_own_area(town: Town) -> None:
    keep_duty(town)
    chief, other = town.join("方志强"), town.join("段平")
    chief.send("/summary")
    told = chief.wait_for("风平镇 · 11月")
    chief.click("未到 2", told)
    chief.wait_for("该到没到")
    other.send("/summary")
    mine = other.wait_for("户弄村")
    seen = len(other.texts)
    for data in (
        f"sum:s:{town.area('DH-MS-1')}:d:261123",
        f"sum:s:{town.area('DH')}:q:261123",
        f"sum:b:{town.area('DH-MS')}:d:261123:0",
        f"sum:n:absent:{town.area('DH-MS-1')}:d:261123:0",
        f"sum:x:{town.area('DH-MS-1')}:d:261123",
        "sum:s:999999:d:261123",
    ):
        other.press(mine, Button("…", data))
        town.settle()
    shown = other.texts[seen:]
    assert not any("风平" in text or "玉香" in text or "应到" in text for text in shown)
    worker = town.join("玉香")
    worker.send("/summary")
    worker.wait_for("负责人")


@pytest.mark.one_way
def test_who_has_lost_the_role_gets_nothing_more(town: Town) -> None:
    keep_duty(town)
    chief = town.join("方志强")
    chief.send("/summary")
    told = chief.wait_for("风平镇 · 11月")
    with town.db.write_now() as session:
        session.execute(delete(Role).where(col(Role.person_id) == town.id("方志强")))
    before = len(chief.texts)
    chief.click("未到 2", told)
    chief.click("周", told)
    town.settle()
    assert not any("玉香" in text or "应到" in text for text in chief.texts[before:])
