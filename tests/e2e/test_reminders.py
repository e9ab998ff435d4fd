"""Reminders: before a shift, after it, and by rules of one's own."""

from datetime import datetime, timedelta

import pytest

from bot.playground.people import Place
from tests.e2e.town import Town

AT_POST = Place(24.4001, 98.5501, accuracy=15)
NIGHT = "⏰ {start} 您在{place}有班"
OWN_RULES = (
    '[{"code": "before_start", "when": "shift_start", "who": "absent", "minutes": -10, "quiet": "through",'
    ' "until_minutes": 20, "zh_CN": "' + NIGHT + '", "en": "-"},'
    ' {"code": "after_end", "when": "shift_end", "who": "present", "quiet": "through",'
    ' "zh_CN": "{end} 交班啦",'
    ' "en": "-"},'
    ' {"code": "monday", "when": "cron", "cron": "30 9 * * mon", "who": "supervisor", "areas": ["DH-MS-1"],'
    ' "zh_CN": "周一例会别忘了 <带本子>", "en": "-"}]'
)


@pytest.fixture
def town_settings() -> dict[str, str]:
    """Rules of one's own."""
    return {"GRIDDUTY_REMINDERS__RULES": OWN_RULES}


def at(clock: str) -> datetime:
    """A time of the town's Monday."""
    return datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")


def come(town: Town, clock: str) -> None:
    """Let it be this time, and wait until what is done every minute was done."""
    town.clock.set(at(clock) + timedelta(seconds=1))
    town.until_done("remind", f"2026-11-23T{clock}")


def test_before_and_after_a_shift_who_needs_it_is_reminded_once(town: Town) -> None:
    town.shift("岩罕", "排勒", starts_at=at("08:20"), ends_at=at("12:00"))
    worker, early = town.join("岩罕"), town.join("排勒")
    early.tap("上岗", location=AT_POST)
    early.wait_for("已上岗")
    come(town, "08:10")
    worker.wait_for("⏰ 08:20 您在芒里卡点有班")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    come(town, "08:11")
    come(town, "11:59")
    worker.tap("下班")
    worker.wait_for("已下班")
    come(town, "12:00")
    early.wait_for("12:00 交班啦")
    assert [text for text in worker.texts if "交班啦" in text] == []
    assert len([text for text in worker.texts if "有班" in text]) == 1
    assert [text for text in early.texts if "有班" in text] == []


@pytest.mark.one_way
def test_a_reminder_too_late_to_be_of_use_is_not_sent(town: Town) -> None:
    town.shift("岩罕", starts_at=at("08:20"), ends_at=at("12:00"))
    worker = town.join("岩罕")
    come(town, "08:45")
    assert [text for text in worker.texts if "有班" in text] == []


@pytest.mark.one_way
def test_a_rule_by_the_calendar_reaches_the_role_in_its_areas(town: Town) -> None:
    near, far, worker = town.join("刀建国"), town.join("段平"), town.join("岩罕")
    come(town, "09:30")
    near.wait_for("周一例会别忘了 <带本子>")
    assert [text for text in far.texts + worker.texts if "例会" in text] == []
