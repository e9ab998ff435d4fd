"""Nobody knows whether a reminder arrived: it is not sent again, and whom it was for is reached all the same.

Heads by the second asking, everybody else by what is told in the morning.
"""

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.stage import Stage
from benchmarks.watches import FIRST_USER, Watches
from jobs import ALL
from tests.robustness.test_reminder_load import MIDNIGHT, at, states

AGAIN = "还没有您的消息"
UNSURE = "📶"


def asked(stage: Stage) -> tuple[Counter[int | None], Counter[int | None]]:
    """How often each chat was asked, and how often once more."""
    sent = stage.sent("岩")
    again = Counter(call.chat for call in sent if AGAIN in str(call.params["text"]))
    return Counter(call.chat for call in sent) - again, again


def killed_often(stage: Stage, clock: str, kills: int, chance: random.Random) -> None:
    """The bot dies again and again while it asks, and goes on at last."""
    moment = at(clock)
    for _ in range(kills):
        moment += timedelta(seconds=chance.uniform(0.05, 1.5))
        stage.play(moment, killed=True)
    stage.play(at(clock) + timedelta(minutes=2))


@pytest.mark.parametrize("seed", range(3))
def test_heads_whose_asking_was_broken_off_are_reached_by_the_second(tmp_path: Path, seed: int) -> None:
    heads, chance = 150, random.Random(seed)
    everybody = {FIRST_USER + 5 + number for number in range(1, heads + 1)}
    with Stage(Watches(5, heads, 2, 0, MIDNIGHT), tmp_path, at("18:59")) as stage:
        stage.jobs = [job for job in ALL if job.name in ("ask_households", "remind_households")]
        killed_often(stage, "19:00", 8, chance)
        known = arrived(stage, "ask")
        stage.skip_to(at("20:29"))
        killed_often(stage, "20:30", 8, chance)
        first, again = asked(stage)
    assert first.keys() | again.keys() == everybody
    assert set(first.values()) == {1}
    # More than once only who is not known to have been asked before.
    assert {chat for chat, times in again.items() if times > 1} <= everybody - known
    assert everybody - known
    assert everybody - known <= again.keys()


def arrived(stage: Stage, tag: str) -> set[int]:
    """The chats in which a day's question is known to have arrived."""
    asked_for = "SELECT chat_id FROM card WHERE subject LIKE :tag AND sent_at IS NOT NULL"
    with stage.db.read() as session:
        return set(session.execute(text(asked_for), {"tag": f"%:{tag}"}).scalars())


def test_everyone_gets_theirs_when_telegram_refuses_fails_and_is_silent(tmp_path: Path) -> None:
    people = 400
    with Stage(Watches(people, 0, 2, 0, MIDNIGHT), tmp_path, at("08:30")) as stage:
        faults = stage.playground.faults
        faults.too_many(2, method="sendMessage", probability=0.03, times=9)
        faults.delay(30, method="sendMessage", probability=0.02, times=6)
        broken = faults.error(502, method="sendMessage", probability=0.03, times=9)
        lost = faults.lost_answer(method="sendMessage", probability=0.03, times=9)
        stage.jobs = [job for job in ALL if job.name == "fold_held"]
        stage.remind_all()
        stage.play(at("08:33"), killed=True)
        stage.play(at("08:36"))
        unsure = states(stage)["unknown"]
        assert broken.struck
        assert lost.struck
        assert unsure >= broken.struck + lost.struck
        stage.skip_to(at("05:57") + timedelta(days=1))
        stage.play(at("06:02") + timedelta(days=1))
        told, unsurely = (Counter(call.chat for call in stage.sent(sign)) for sign in ("⏳", UNSURE))
    assert told.keys() | unsurely.keys() == {FIRST_USER + person for person in range(1, people + 1)}
    assert set(told.values()) == {1}
    assert set(unsurely.values()) == {1}
    assert len(unsurely) == unsure
