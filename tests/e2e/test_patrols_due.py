"""Planned patrols that nobody has set out on."""

from datetime import timedelta

import pytest

from bot.features.patrols.escalation import moments
from bot.features.patrols.repository import Section
from bot.settings import Settings
from tests.e2e.town import Town
from tests.e2e.walks import NIGHT, lay_down, on_watch


@pytest.mark.one_way
def test_nobody_sets_out_and_the_lead_hears_then_the_village(town: Town) -> None:
    lay_down(town, times="20:30")
    on_watch(town, "岩罕", "排勒", lead="排勒")
    worker, lead, village = town.join("岩罕"), town.join("排勒"), town.join("刀建国")
    for minutes in (29, 31, 59):
        town.clock.set(NIGHT + timedelta(minutes=minutes))
        town.settle()
    assert not any("没人出发" in text for text in lead.texts)
    town.clock.set(NIGHT + timedelta(minutes=61))
    assert "界河一段（芒里卡点，20:30 该出发）" in lead.wait_for("还没人出发巡逻").text
    town.clock.set(NIGHT + timedelta(minutes=91))
    village.wait_for("这些段该巡了，还没人出发")
    worker.send("/patrol")
    worker.wait_for("开始巡逻")
    lead.wait_for("现在都有人去了")
    village.wait_for("现在都有人去了")


@pytest.mark.one_way
def test_who_sets_out_in_time_is_left_in_peace(town: Town) -> None:
    lay_down(town, times="20:30")
    on_watch(town, "岩罕", "排勒", lead="排勒")
    worker, lead = town.join("岩罕"), town.join("排勒")
    worker.send("/patrol")
    worker.wait_for("开始巡逻")
    for minutes in (31, 61, 91):
        town.clock.set(NIGHT + timedelta(minutes=minutes))
        town.settle()
    assert not any("没人出发" in text for text in lead.texts)


def test_planned_starts_are_those_of_the_section_or_spread_evenly() -> None:
    def told(times: str, per_shift: int) -> list[str]:
        section = Section(1, "界河一段", 1, "DH/", times=times)
        settings = Settings.model_validate({"patrol": {"per_shift": per_shift}})
        found = moments(section, NIGHT, NIGHT + timedelta(hours=8), settings)
        return [moment.astimezone(NIGHT.tzinfo).strftime("%H:%M") for moment in found]

    assert told("22:00 02:30", 3) == ["22:00", "02:30"]
    assert told("02:30、22：00、19:00", 0) == ["22:00", "02:30"]
    assert told("", 2) == ["22:00", "02:00"]
    assert told("", 0) == []
