"""Whoever has no telephone at hand is checked in and out by the supervisor, and it is marked."""

from datetime import timedelta

import pytest

from tests.e2e.test_missing import at
from tests.e2e.town import Town


def test_in_three_taps_from_the_list_and_out_again_marked_everywhere(town: Town) -> None:
    worker, supervisor = town.join("玉香"), town.join("刀建国")
    town.shift("排勒", starts_at=at("08:00"), ends_at=at("20:00"))
    town.clock.set(at("08:12"))
    supervisor.reset_taps()
    supervisor.send("/missing")
    supervisor.wait_for("还没上岗")
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
    worker.send("/for")
    worker.wait_for("负责人来办")
    elsewhere.send("/for")
    elsewhere.wait_for("替谁点")
    elsewhere.send("玉香")
    elsewhere.wait_for("您这一片的人的全名")
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
