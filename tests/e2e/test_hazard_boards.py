"""/hazards: whose lists show what, page by page, kind by kind, level by level, and on a map."""

from datetime import timedelta
from typing import Any

import pytest

from bot.access import Work
from bot.features.cases import workflow
from bot.features.cases.assignment import Candidate
from bot.features.hazards import reporting
from bot.features.hazards import workflow as hazard_workflow
from bot.features.hazards.repository import HAZARD, NewHazard
from bot.features.hazards.workflow import Rectification
from bot.playground.people import Message, Person
from bot.playground.world import Button
from models import HazardStep
from tests.e2e.test_hazards import card
from tests.e2e.test_verifying import actor_of
from tests.e2e.town import Town


def told(town: Town, phone: Person, area: str = "DH-MS-1-1-01", kind: str = "fire", **more: Any) -> int:
    """A hazard that this person tells of; its number in the table."""
    actor = actor_of(town, phone)
    with town.db.write_now() as session:
        found = NewHazard(kind, area_id=town.area(area), **more)
        return reporting.report(Work(session, actor, town.clock.now(), town.settings), found)


def fixed(town: Town, phone: Person, number: int) -> None:
    """Put right by this person."""
    actor, now, settings = actor_of(town, phone), town.clock.now(), town.settings
    with town.db.write_now() as session:
        hazard_workflow.rectify(Work(session, actor, now, settings), number, Rectification(HazardStep.FIXED))


def button(data: str) -> Button:
    """A button that nobody was shown."""
    return Button("?", data=data)


def opened(person: Person) -> Message:
    """The board a person begins with."""
    person.send("/hazards")
    return person.wait_for("📋")


def test_a_supervisor_goes_from_the_list_to_one_kind_one_area_and_one_hazard(town: Town) -> None:
    worker, supervisor, township = town.bind("岩罕"), town.join("刀建国"), town.join("方志强")
    for number in range(10):
        told(town, worker, kind="road" if number % 2 else "fire")
    town.settle()
    board = opened(supervisor)
    assert "没办结的隐患：10 件，这里是第 1–8 件" in board.text
    # What is due sooner comes first: fires by tomorrow, roads in seven working days.
    assert next(line for line in board.text.splitlines() if "道路" in line).startswith("🚧 H-2026-000002")
    supervisor.click("下一页", board)
    second = supervisor.wait_for("第 9–10 件")
    supervisor.click("上一页", second)
    first = supervisor.wait_for("第 1–8 件")
    supervisor.click("只看一类", first)
    supervisor.wait_for("只看哪一类")
    supervisor.tap("道路")
    roads = supervisor.wait_for("没办结的隐患 · 道路损坏堵路：5 件")
    supervisor.click("🚧 2", roads)
    card(supervisor, "H-2026-000002")

    supervisor.click("看下一级", roads)
    areas = supervisor.wait_for("芒里第一网格：5 件")
    assert "芒里第二网格：0 件" in areas.text
    supervisor.click("芒里第二网格", areas)
    supervisor.click("回到全部", supervisor.wait_for("这一类没有"))
    supervisor.wait_for("没办结的隐患 · 道路损坏堵路：5 件")
    # A page beyond the end is the first one.
    supervisor.press(supervisor.received[-1], button("hb:page:area:0::80"))
    supervisor.wait_for("第 1–8 件")
    township.send("隐患清单")
    township.click("看下一级", township.wait_for("没办结的隐患：10 件"))
    assert "芒里村：10 件" in township.wait_for("🏘").text


@pytest.mark.one_way
def test_what_is_late_and_what_waits_for_a_look_have_lists_of_their_own(town: Town) -> None:
    worker, supervisor = town.bind("岩罕"), town.join("刀建国")
    first, second = told(town, worker), told(town, worker, kind="road")
    own = told(town, worker, kind="waste")
    fixed(town, worker, second)
    fixed(town, supervisor, own)
    town.clock.move(timedelta(days=2))
    town.settle()
    board = opened(supervisor)
    assert "没办结的隐患：3 件" in board.text
    assert "⏰ 🔥 H-2026-000001" in board.text
    assert "🔧 🚧 H-2026-000002" in board.text
    supervisor.click("超期的隐患", board)
    late = supervisor.wait_for("超期的隐患：1 件")
    assert f"H-2026-{first:06d}" in late.text
    supervisor.click("等我复核的", late)
    check = supervisor.wait_for("等我复核的：1 件")
    # Not what the supervisor put right.
    assert f"👀 🚧 H-2026-{second:06d}" in check.text
    assert f"H-2026-{own:06d}" not in check.text


@pytest.mark.one_way
def test_mine_are_those_i_told_of_and_those_given_to_me_or_my_unit(town: Town) -> None:
    worker, other, head = town.join("岩罕"), town.bind("玉香"), town.join("咩巴")
    supervisor = actor_of(town, town.bind("刀建国"))
    mine, given, unit = told(town, worker), told(town, other), told(town, other)
    told(town, other)
    now, settings, grid = town.clock.now(), town.settings, town.area("DH-MS-1-1-01")
    with town.db.write_now() as session:
        me = Candidate(grid, town.id("岩罕"), "岩罕", "")
        workflow.assign(Work(session, supervisor, now, settings), HAZARD, given, me)
        us = Candidate(grid, None, "芒里第一网格", "")
        workflow.assign(Work(session, supervisor, now, settings), HAZARD, unit, us)
    town.settle()
    worker.click("我的隐患", opened(worker))
    board = worker.wait_for("我的隐患：3 件")
    for number in (mine, given, unit):
        assert f"H-2026-{number:06d}" in board.text
    # A household head tells of hazards and looks after no area.
    told(town, head)
    board = opened(head)
    assert "我的隐患：1 件" in board.text
    assert not any("没办结" in button.text for button in board.buttons)


@pytest.mark.one_way
def test_nothing_outside_ones_areas_by_any_button(town: Town) -> None:
    worker, elsewhere, head = town.bind("岩罕"), town.join("段平"), town.join("咩巴")
    told(town, worker, latitude=24.4, longitude=98.55)
    board = opened(elsewhere)
    assert "都办结了" in board.text
    village = town.area("DH-MS-1-1")
    for verb in ("page", "kinds", "below", "map"):
        for name in ("area", "late", "check"):
            for person in (elsewhere, head):
                before = len(person.texts)
                person.press(person.received[-1], button(f"hb:{verb}:{name}:{village}::0"))
                town.settle()
                assert "H-2026" not in "".join(person.texts[before:])
                assert "请跟" in person.texts[-1] or "负责人" in person.texts[-1], person.texts[-1]
    for data in ("hb:page:area:999999::0", "hb:page:area:0:nosuch:0"):
        elsewhere.press(elsewhere.received[-1], button(data))
        elsewhere.wait_for("过期")


@pytest.mark.one_way
def test_the_map_is_a_picture_with_what_has_a_place(town: Town) -> None:
    worker, supervisor = town.bind("岩罕"), town.join("刀建国")
    told(town, worker, latitude=24.4, longitude=98.55)
    told(town, worker, latitude=24.402, longitude=98.552)
    told(town, worker, kind="road", area="DH-MS-1-1-02", place="村口")
    supervisor.click("看地图", opened(supervisor))
    sent = supervisor.wait_for("图上")
    assert "photo" in sent.data
    assert town.count("audit", "action = 'hazard.read'") == 1
