"""Whoever has no telephone at hand is checked in and out by the supervisor, and it is marked."""

from datetime import timedelta

import pytest

from bot.storage.values import raise_roster_version
from models import Person, Role, RoleName
from tests.e2e.test_missing import at
from tests.e2e.town import Town


def test_in_three_taps_from_the_list_and_out_again_marked_everywhere(town: Town) -> None:
    worker, supervisor = town.join("玉香"), town.join("刀建国")
    town.shift("排勒", starts_at=at("08:00"), ends_at=at("20:00"))
    town.clock.set(at("08:12"))
    supervisor.reset_taps()
    supervisor.send("/missing")
    supervisor.wait_for("没上岗")
    supervisor.tap("没手机的，替他点")
    supervisor.wait_for("替谁点")
    supervisor.tap("📍 排勒 上岗")
    supervisor.wait_for("✅ 排勒 08:12 上岗，记下了，注明是您替他点的")
    assert supervisor.taps == 3
    marked = f"made_by = {town.id('刀建国')} AND person_id = {town.id('排勒')}"
    assert town.count("checkin", f"{marked} AND shift_id IS NOT NULL AND evidence = 'none'") == 1
    supervisor.send("/onduty")
    assert "排勒（08:12 起，别人替点）" in supervisor.wait_for("别人替点").text
    # Who has a telephone after all reads of it, at once.
    supervisor.send("/for")
    supervisor.wait_for("替谁点")
    supervisor.send("玉香")
    supervisor.wait_for("玉香 08:12 上岗")
    worker.wait_for("刀建国替您点了上岗，08:12。不对就点「✏️ 补卡」")
    worker.send("/my")
    assert "别人替点" in worker.wait_for("📒").text
    town.clock.move(timedelta(hours=9))
    supervisor.send("/for")
    supervisor.wait_for("替谁点")
    supervisor.tap("🏁 排勒 下班")
    supervisor.wait_for("排勒 17:12 下班，记下了")
    assert town.count("checkin", f"{marked} AND out_at IS NOT NULL") == 1
    assert town.count("audit", "action = 'checkin.make_for'") == 3


@pytest.mark.one_way
def test_only_for_the_own_area_and_not_for_who_is_there(town: Town) -> None:
    supervisor, elsewhere, worker = town.join("刀建国"), town.join("段平"), town.join("玉香")
    town.clock.set(at("10:05"))
    worker.send("/for")
    worker.wait_for("负责人来办")
    elsewhere.send("/for")
    elsewhere.wait_for("替谁点")
    elsewhere.send("玉香")
    elsewhere.wait_for("您这一片的人的全名")
    # Whoever keeps no shifts is due from ten.
    town.clock.move(timedelta(hours=2, minutes=5))
    supervisor.send("/for")
    supervisor.wait_for("替谁点")
    button = next(b for b in supervisor.received[-1].buttons if "玉香" in b.text)
    worker.send("上岗")
    worker.wait_for("上岗要带位置")
    worker.tap("发不了位置")
    worker.wait_for("已上岗")
    supervisor.press(supervisor.received[-1], button)
    supervisor.wait_for("玉香已经上岗了，不用再点")
    assert town.count("checkin", "made_by IS NOT NULL") == 0


def another(town: Town, name: str, code: str, area: str) -> None:
    """One more grid worker, of a name that is there already."""
    with town.db.write_now() as session:
        person = Person(code=code, name=name, area_id=town.area(area))
        session.add(person)
        session.flush()
        session.add(Role(person_id=person.id or 0, role=RoleName.GRID_WORKER, area_id=person.area_id))
        raise_roster_version(session)


@pytest.mark.one_way
def test_of_two_people_of_one_name_it_is_asked_which(town: Town) -> None:
    supervisor = town.join("刀建国")
    another(town, "岩罕", "W9", "DH-MS-1-1-02")
    town.clock.set(at("10:12"))
    supervisor.send("/for")
    offered = [button.text for button in supervisor.wait_for("替谁点").buttons]
    assert "📍 岩罕（芒里第一网格） 上岗" in offered
    assert "📍 岩罕（芒里第二网格） 上岗" in offered
    assert len(offered) == len(set(offered))
    supervisor.send("岩 罕")
    which = supervisor.wait_for("是哪一个")
    assert len([button for button in which.buttons if "岩罕" in button.text]) == 2
    supervisor.click("岩罕（芒里第二网格）", which)
    supervisor.wait_for("岩罕 10:12 上岗，记下了")
    assert town.count("checkin", f"area_id = {town.area('DH-MS-1-1-02')}") == 1
    supervisor.send("/for yuxiang")
    supervisor.click("玉香", supervisor.wait_for("您是说"))
    supervisor.wait_for("玉香 10:12 上岗，记下了")
