"""After an outage: what was sent meanwhile counts at its time, nobody is judged, and it is said once."""

from datetime import datetime, timedelta

import pytest

from bot.playground.people import Place
from tests.e2e.town import Town

AT_POST = Place(24.4001, 98.5501, accuracy=15)


def at(clock: str) -> datetime:
    """A time of the town's Monday."""
    return datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")


@pytest.mark.every_way
def test_nothing_in_an_outage_is_marked_late_and_it_is_told_once(town: Town) -> None:
    town.shift("岩罕", starts_at=at("08:20"), ends_at=at("12:00"))
    worker, above = town.join("岩罕"), town.join("刀建国")
    town.clock.set(at("08:05"))
    town.until_done("climb_ladders", "2026-11-23T08:05")
    town.bot.stop()
    town.clock.set(at("08:18"))
    worker.tap("上岗", location=AT_POST)
    town.clock.set(at("12:01"))
    worker.tap("下班")
    town.clock.set(at("14:30"))
    town.bot.start()
    worker.wait_for("已下班 12:01")
    told = above.wait_for("断了线").text
    assert told.startswith("🔌 08:05 到 14:30")
    town.clock.set(at("14:32"))
    town.until_done("close_checkins", "2026-11-23T14:32")
    town.until_done("climb_ladders", "2026-11-23T14:32")
    assert (
        town.count("checkin", "closed_by = 'self' AND in_punctuality = 'on_time' AND late_minutes = 0") == 1
    )
    assert town.count("ladder") == 0
    assert len([text for text in above.texts if "断了线" in text]) == 1
    assert [text for text in worker.texts if "断了线" in text] == []


@pytest.mark.one_way
def test_a_short_stop_is_not_worth_a_word(town: Town) -> None:
    above = town.join("刀建国")
    town.clock.set(at("08:05"))
    town.until_done("climb_ladders", "2026-11-23T08:05")
    town.bot.stop()
    town.clock.move(timedelta(minutes=3))
    town.bot.start()
    town.until_done("climb_ladders", "2026-11-23T08:08")
    assert [text for text in above.texts if "断了线" in text] == []
