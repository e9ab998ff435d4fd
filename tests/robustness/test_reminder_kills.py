"""Broken off while reminders leave, and with the clock stepping: no double, no loss."""

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.stage import Stage
from benchmarks.watches import FIRST_USER, Watches
from jobs import ALL
from tests.robustness.test_reminder_load import MIDNIGHT, at, states

IN_FLIGHT = 8


@pytest.mark.parametrize("seed", range(4))
def test_heads_are_asked_once_however_often_the_bot_dies(tmp_path: Path, seed: int) -> None:
    """What was under way when it died may have arrived, so it is not sent again; the rest is not lost."""
    heads, chance = 150, random.Random(seed)
    with Stage(Watches(5, heads, 2, 0, MIDNIGHT), tmp_path, at("18:59")) as stage:
        stage.jobs = [job for job in ALL if job.name == "ask_households"]
        moment, kills = at("19:00"), 6
        for _ in range(kills):
            moment += timedelta(seconds=chance.uniform(0.01, 1.5))
            stage.play(moment, killed=True)
        stage.play(at("19:01"))
        told = Counter(call.chat for call in stage.sent())
    assert set(told.values()) == {1}
    assert told.keys() <= {FIRST_USER + 5 + number for number in range(1, heads + 1)}
    assert heads - len(told) <= kills * IN_FLIGHT


def test_reminders_under_way_when_it_dies_are_unknown_and_all_others_arrive(tmp_path: Path) -> None:
    people, chance = 200, random.Random(7)
    with Stage(Watches(people, 0, 2, 0, MIDNIGHT), tmp_path, at("08:30")) as stage:
        stage.jobs = []
        stage.remind_all()
        moment = at("08:30")
        for _ in range(5):
            moment += timedelta(seconds=chance.uniform(0.1, 1))
            stage.play(moment, killed=True)
        stage.play(at("08:31"))
        told = Counter(call.chat for call in stage.sent("⏳"))
        became = states(stage)
    assert set(told.values()) == {1}
    assert became["sent"] + became["unknown"] == people
    assert len(told) >= became["sent"]


@pytest.mark.parametrize("minutes", [-61, -5, 5, 61])
def test_a_clock_that_steps_asks_nobody_twice_and_leaves_nobody_out(tmp_path: Path, minutes: int) -> None:
    heads = 60
    with Stage(Watches(5, heads, 2, 0, MIDNIGHT), tmp_path, at("18:59")) as stage:
        stage.jobs = [job for job in ALL if job.name == "ask_households"]
        stage.play(at("19:01"))
        stage.clock.move(timedelta(minutes=minutes))
        stage.play(stage.clock.now() + timedelta(minutes=1))
        stage.clock.move(timedelta(minutes=-minutes))
        stage.play(at("19:05"))
        told = Counter(call.chat for call in stage.sent())
    assert told == {FIRST_USER + 5 + number: 1 for number in range(1, heads + 1)}
