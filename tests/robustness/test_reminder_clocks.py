"""Clocks that are changed for the season, or wrong and put right: everybody is reminded, and nobody twice."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.mail import Mail
from benchmarks.reckoning import reckon
from benchmarks.stage import Stage
from benchmarks.watches import FIRST_USER, Watches
from jobs import ALL
from tests.robustness.test_reminder_load import MIDNIGHT, at

# A watch begins in the second of the hours that both are two o'clock; after the hour that is left out; and
# right after it, so that the reminder comes before.
CHANGES = ["2026-10-25T02:30:00+01:00", "2026-03-29T04:00:00+02:00", "2026-03-29T03:05:00+02:00"]
CLIMBING = [job for job in ALL if job.name in ("remind", "climb_ladders")]
EVENING = [job for job in ALL if job.name in ("ask_households", "remind_households", "tell_silent_heads")]


@pytest.mark.parametrize("start", CHANGES)
def test_a_watch_begins_while_clocks_are_changed(tmp_path: Path, start: str) -> None:
    begins = datetime.fromisoformat(start)
    first, hour = begins - timedelta(minutes=72), timedelta(hours=1)
    watches = Watches(60, 0, 2, 1, begins)
    with Stage(watches, tmp_path, first, WORK__TIMEZONE="Europe/Berlin") as stage:
        stage.jobs = CLIMBING
        # An hour before the reminder, at a time that in autumn bears the same name.
        stage.play(first + timedelta(minutes=4))
        stage.skip_to(begins - timedelta(minutes=21))
        stage.play(begins + timedelta(minutes=1))
        found = reckon(stage, first, begins + hour)
    assert found.wrongs == []
    assert found.counts["before the start"] > 8


@pytest.mark.parametrize("minutes", [-61, 7, 61])
def test_a_clock_that_steps_while_heads_are_reminded(tmp_path: Path, minutes: int) -> None:
    heads = 40
    with Stage(Watches(10, heads, 2, 0, MIDNIGHT), tmp_path, at("18:59")) as stage:
        stage.jobs = EVENING
        stage.play(at("19:01"))
        for clock in ("20:29", "20:59"):
            stage.skip_to(at(clock))
            stage.play(at(clock) + timedelta(minutes=2))
            stage.clock.move(timedelta(minutes=minutes))
            stage.play(stage.clock.now() + timedelta(minutes=1))
            stage.clock.move(-timedelta(minutes=minutes))
            stage.play(stage.clock.now() + timedelta(minutes=1))
        kinds = Mail(stage).counts()
    assert kinds == {"heads asked": heads, "heads reminded": heads, "boards of heads": 2}


@pytest.mark.parametrize("minutes", [-61, 5, 61])
def test_a_clock_that_steps_while_ladders_are_climbed(tmp_path: Path, minutes: int) -> None:
    watches = Watches(60, 0, 2, 1, MIDNIGHT)
    begun = [duty for duty in watches.duties if duty.start == at("08:00")]
    with Stage(watches, tmp_path, at("08:08")) as stage:
        stage.jobs = CLIMBING
        for clock in ("08:11", "08:31", "09:01"):
            stage.play(at(clock))
            stage.clock.move(timedelta(minutes=minutes))
            stage.play(stage.clock.now() + timedelta(minutes=2))
            stage.clock.move(-timedelta(minutes=minutes))
            stage.play(stage.clock.now() + timedelta(minutes=1))
            stage.skip_to(at(clock) + timedelta(minutes=19))
        stage.play(stage.clock.now() + timedelta(minutes=2))
        mail = Mail(stage)
        late = Counter({chat: len(got) for chat, got in mail.of("not checked in").items()})
        named = Counter(number for _, letter in mail.all(["told to supervisors"]) for number in letter.named)
    never = {duty.person for duty in begun if duty.come is None}
    assert never
    assert set(late.values()) == {1}
    assert {FIRST_USER + person for person in never} <= late.keys()
    assert {person for person in never if named[person] != 1} == set()
