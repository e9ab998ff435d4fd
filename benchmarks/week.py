"""A week of a prefecture on leaping time: every reminder that is due, once, at Telegram's limits.

    python -m benchmarks.week [--workers 28000] [--heads 2400] [--townships 56] [--days 7] [--from 0]

Jobs, process and deliver are the real ones, Telegram is the playground with its limits on; only the time
leaps when there is nothing to do. What was sent is held against what everybody did, person by person.
Summaries, which are pictures, are left out. The clock begins half an hour before hour `--from`.
"""

import argparse
import resource
import statistics
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.reckoning import Reckoning, reckon
from benchmarks.stage import Stage
from benchmarks.watches import Watches
from bot.base import logs

# Telegram lends so many messages at once, and gives so many a second.
LENT, RATE = 30, 30
URGENT_EVERY = 60
MIDNIGHT = datetime.fromisoformat("2026-11-23T00:00:00+08:00")


def tell(stage: Stage, found: Reckoning, seconds: float) -> None:
    """Print what came of it."""
    ledger = stage.playground.ledger
    for name, count in found.counts.items():
        print(f"{name:24}{count:9,}")
    print(
        f"{'all messages':24}{len(stage.sent()):9,}; wrong: {len(found.wrongs)}, refused: {ledger.refusals}"
    )
    for wrong in found.wrongs[:20]:
        print("  ", wrong)
    for name, taken in {"urgent": found.urgent, "… while all get one": found.urgent_meanwhile}.items():
        if taken:
            print(f"{name}: median {statistics.median(taken):.2f} s, longest {max(taken):.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"took {seconds:,.0f} s and {peak:,.0f} MB, the playground's memory of all messages included")
    print(f"{'writes of':20}{'count':>8}{'median':>9}{'99 %':>9}{'longest':>9} ms")
    for name, taken in sorted(stage.stopwatch.taken.items()):
        ranked = sorted(1000 * each for each in taken)
        high = ranked[int(len(ranked) * 0.99)]
        print(f"{name:20}{len(ranked):8,}{statistics.median(ranked):9.1f}{high:9.1f}{ranked[-1]:9.1f}")


def wave(people: int, townships: int) -> None:
    """Print how long one reminder for everybody takes, against the least that the limits allow."""
    watches, start = Watches(people, 0, townships, 0, MIDNIGHT), MIDNIGHT + timedelta(hours=8)
    with tempfile.TemporaryDirectory() as folder, Stage(watches, Path(folder), start) as stage:
        stage.jobs = []
        stage.remind_all()
        stage.play(start + timedelta(seconds=people / RATE * 1.1))
        times, chats = [stage.moment(call) for call in stage.sent()], {call.chat for call in stage.sent()}
        taken = (max(times) - min(times)).total_seconds()
        least = (people - LENT) / RATE
        told = f"{len(times):,} to {len(chats):,} people in {taken:.1f} s, {taken / least:.3f} of the least"
        print(f"{told}, refused: {stage.playground.ledger.refusals}")


def main() -> None:
    """Let the days pass, then reckon."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=28_000)
    parser.add_argument("--heads", type=int, default=2_400)
    parser.add_argument("--townships", type=int, default=56)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--from", type=float, default=0, dest="first_hour")
    parser.add_argument("--hours", type=float, help="so many hours instead of days")
    parser.add_argument("--wave", action="store_true", help="only one reminder for everybody at once")
    parser.add_argument("--quiet", action="store_true", help="nothing that goes to many besides reminders")
    given = parser.parse_args()
    logs.set_up("WARNING")
    if given.wave:
        wave(given.workers, given.townships)
        return
    watches = Watches(given.workers, given.heads, given.townships, given.days, MIDNIGHT)
    if not given.quiet:
        watches.say_to_many()
    start = MIDNIGHT + timedelta(hours=given.first_hour) - timedelta(minutes=30)
    until = start + timedelta(hours=given.hours) if given.hours else MIDNIGHT + timedelta(days=given.days)
    with tempfile.TemporaryDirectory() as folder, Stage(watches, Path(folder), start) as stage:
        began = time.perf_counter()
        stage.play(until, urgent_every=URGENT_EVERY)
        seconds = time.perf_counter() - began
        tell(stage, reckon(stage, start, until), seconds)


if __name__ == "__main__":
    main()
