"""Who was to come and has not: reminded, then the lead, then the supervisors, until everybody has come."""

from datetime import datetime, timedelta

import pytest

from bot.playground.people import Place
from tests.e2e.town import Town

AT_POST = Place(24.4001, 98.5501, accuracy=15)


def at(clock: str) -> datetime:
    """A time of the town's Monday."""
    return datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")


def come(town: Town, clock: str) -> None:
    """Let it be this time, and a little later, so that every minute's work is done."""
    town.clock.set(at(clock) + timedelta(seconds=1))
    town.until_done("climb_ladders", f"2026-11-23T{clock}")


def test_goes_from_the_person_to_the_lead_to_the_supervisors_and_stops_as_people_come(town: Town) -> None:
    town.shift("岩罕", "排勒", starts_at=at("08:00"), ends_at=at("16:00"), lead="排勒")
    town.shift("玉香", starts_at=at("08:00"), ends_at=at("16:00"), post=None, area="DH-MS-1-1-02")
    worker, lead, other, above = (town.join(name) for name in ("岩罕", "排勒", "玉香", "刀建国"))
    lead.tap("上岗", location=AT_POST)
    lead.wait_for("已上岗")
    come(town, "08:10")
    worker.wait_for("还没看到您点")
    other.wait_for("还没看到您点")
    assert "还没看到您点" not in "".join(lead.texts)
    come(town, "08:30")
    told = lead.wait_for("您带的班还有 1 人没上岗")
    assert "岩罕" in told.text
    assert "玉香" not in told.text
    # She has no lead: her supervisor is told in the lead's place.
    assert "芒里第二网格（08:00 的班）\n· 玉香（以前没有记录）" in above.wait_for("还有 1 人没上岗").text
    come(town, "09:00")
    assert "芒里村 · 芒里卡点（08:00 的班）\n· 岩罕" in above.wait_for("· 岩罕").text
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    come(town, "09:01")
    assert "现在都有着落了" in lead.wait_for("先前没到的 1 人").text
    above.wait_for("先前没到的 1 人")


@pytest.mark.one_way
def test_one_message_holds_all_names_and_one_tap_takes_them(town: Town) -> None:
    town.shift("岩罕", "玉香", starts_at=at("08:00"), ends_at=at("16:00"))
    town.shift("排勒", starts_at=at("08:00"), ends_at=at("16:00"), post=None, area="DH-MS-1-1")
    near, above = town.join("刀建国"), town.join("方志强")
    come(town, "08:10")
    names = near.wait_for("还有 3 人没上岗").text
    assert names.count("还没加入，请打电话") == 3
    assert len(near.texts) == 2
    near.tap("我来联系")
    near.wait_for("好，3 人由您联系")
    near.wait_for("刀建国在联系")
    come(town, "10:00")
    assert "没上岗" not in "".join(above.texts)


@pytest.mark.one_way
def test_at_night_posts_ring_and_the_rest_waits(town: Town) -> None:
    town.shift("岩罕", starts_at=at("23:00"), ends_at=at("23:59"))
    town.shift("玉香", starts_at=at("23:00"), ends_at=at("23:59"), post=None, area="DH-MS-1-1-02")
    above = town.join("刀建国")
    town.clock.set(at("22:59"))
    come(town, "23:10")
    assert "玉香" not in above.wait_for("岩罕").text
    assert town.count("card", "message_id IS NULL AND kind = 'late.names'") == 1


@pytest.mark.one_way
def test_a_substitute_or_leave_ends_it(town: Town) -> None:
    town.shift("岩罕", starts_at=at("08:00"), ends_at=at("16:00"))
    worker, above = town.join("岩罕"), town.join("刀建国")
    come(town, "08:10")
    worker.click("生病", worker.wait_for("还没看到您点"))
    worker.wait_for("好好休息")
    come(town, "09:30")
    assert "没上岗" not in "".join(above.texts)


@pytest.mark.both_databases
def test_who_was_there_when_the_shift_began_and_has_left_since_is_missing_from_then_on(town: Town) -> None:
    """An earlier check-in made him count as there; a shift is looked at when it begins."""
    town.clock.set(at("05:55"))
    town.shift("岩罕", starts_at=at("06:00"), ends_at=at("08:00"))
    town.shift("岩罕", "排勒", starts_at=at("08:00"), ends_at=at("16:00"), lead="排勒")
    worker, lead = town.join("岩罕"), town.join("排勒")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    come(town, "07:55")
    lead.tap("上岗", location=AT_POST)
    lead.wait_for("已上岗")
    come(town, "08:10")
    town.clock.set(at("08:20"))
    worker.send("下班")
    worker.wait_for("08:20")
    come(town, "08:21")
    come(town, "08:31")
    worker.wait_for("还没看到您点")
    come(town, "08:51")
    assert "岩罕" in lead.wait_for("您带的班还有 1 人没上岗").text
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    come(town, "08:52")
    lead.wait_for("先前没到的 1 人")
