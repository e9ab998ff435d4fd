"""Reminders by the hundred: at the pace of Telegram's limits, whatever Telegram does."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.reckoning import reckon
from benchmarks.stage import Stage
from benchmarks.watches import FIRST_USER, Watches
from bot.deliver import rate_limit
from jobs import ALL

MIDNIGHT = datetime.fromisoformat("2026-11-23T00:00:00+08:00")
# Telegram lends so many at once, and gives so many a second.
LENT, RATE = 30, 30
# So many messages in a row are looked at together.
WINDOW = 30


def at(clock: str) -> datetime:
    """A time of the Monday on which the days begin."""
    return datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")


def states(stage: Stage) -> Counter[str]:
    """How many of them are in which state."""
    with stage.db.read() as session:
        rows = session.execute(text("SELECT state, count(*) FROM outbox WHERE key LIKE 'load:%' GROUP BY 1"))
        return Counter({row[0]: row[1] for row in rows})


def test_reminders_leave_as_fast_as_the_limits_allow_and_none_is_refused(tmp_path: Path) -> None:
    people = 1_500
    with Stage(Watches(people, 0, 2, 0, MIDNIGHT), tmp_path, at("08:30")) as stage:
        stage.remind_all()
        stage.play(at("08:30") + timedelta(seconds=people / RATE * 1.1))
        times = sorted(stage.moment(call) for call in stage.sent("⏳"))
    assert len(times) == people
    assert not stage.playground.ledger.refusals
    # Never faster than the rate, but for the few that may go together.
    for first, last in zip(times, times[WINDOW:], strict=False):
        assert (last - first).total_seconds() >= (WINDOW - rate_limit.CATCH_UP - 2) / RATE
    steady = (times[-1] - times[0]).total_seconds()
    assert steady <= 1.03 * (people - 1) / RATE


def test_everyone_gets_theirs_whatever_telegram_answers_and_nobody_twice(tmp_path: Path) -> None:
    people = 300
    with Stage(Watches(people, 0, 2, 0, MIDNIGHT), tmp_path, at("08:30")) as stage:
        faults = stage.playground.faults
        faults.too_many(2, method="sendMessage", probability=0.03, times=9)
        faults.delay(5, method="sendMessage", probability=0.03, times=9)
        lost = faults.lost_answer(method="sendMessage", probability=0.03, times=9)
        stage.remind_all()
        stage.play(at("08:40"))
        told = Counter(call.chat for call in stage.sent("⏳"))
        assert lost.struck
        assert told == {FIRST_USER + person: 1 for person in range(1, people + 1)}
        assert states(stage) == {"sent": people - lost.struck, "unknown": lost.struck}


def test_a_reminder_that_telegram_was_not_able_to_take_is_not_risked_twice(tmp_path: Path) -> None:
    people = 200
    with Stage(Watches(people, 0, 2, 0, MIDNIGHT), tmp_path, at("08:30")) as stage:
        broken = stage.playground.faults.error(502, method="sendMessage", probability=0.05, times=10)
        stage.remind_all()
        stage.play(at("08:35"))
        told = Counter(call.chat for call in stage.sent("⏳"))
        assert broken.struck
        assert set(told.values()) == {1}
        assert states(stage) == {"sent": people - broken.struck, "unknown": broken.struck}


def test_a_watch_begins_and_each_is_reminded_as_they_deserve(tmp_path: Path) -> None:
    with Stage(Watches(120, 0, 2, 1, MIDNIGHT), tmp_path, at("07:39")) as stage:
        stage.jobs = [job for job in ALL if job.name in ("remind", "climb_ladders")]
        stage.play(at("08:22"), urgent_every=60)
        found = reckon(stage, at("07:39"), at("09:00"))
        assert found.wrongs == []
        assert found.counts["before the start"] > 20
        assert found.counts["not checked in"] > 2
        assert max(found.urgent) < 5


def test_heads_are_asked_and_only_the_silent_once_more(tmp_path: Path) -> None:
    with Stage(Watches(5, 60, 2, 1, MIDNIGHT), tmp_path, at("18:59")) as stage:
        stage.jobs = [job for job in ALL if job.name in ("ask_households", "remind_households")]
        stage.play(at("19:03"))
        stage.skip_to(at("20:29"))
        stage.play(at("20:33"))
        found = reckon(stage, at("18:59"), at("22:00"))
        assert found.wrongs == []
        assert found.counts["heads asked"] == 60
        assert 0 < found.counts["heads reminded"] < 60
