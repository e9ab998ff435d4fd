"""Check-ins: ours beside the usual way and beside an echo, on this machine, in one run.

    python -m benchmarks.checkin                 ways, inbox, reply time while reminders leave
    python -m benchmarks.checkin --growth        cost by people and by past check-ins (takes minutes)

Take the ratios, not the absolutes: they hold on other machines.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from benchmarks import town
from benchmarks.measure import Measure, answer_all, database
from bot.base.clock import clock
from bot.outbox.notices import Lane
from bot.playground.runner import Playground
from bot.receive.receive import store
from bot.settings import DatabaseSettings
from bot.storage.database import Database
from models import OutboxRow, OutboxState

PEOPLE = 4_000
REPEATS = 3
REMINDERS = 28_000
WAYS = {
    "usual: a session and a commit per handler, own client": ("usual", 800, ()),
    "echo: no database, our client, one at a time": ("echo", 3_000, ("0",)),
    "echo: the same, 64 at a time": ("echo", 3_000, ("64",)),
    "ours: inbox, batches, outbox, synchronous=FULL": ("ours", 3_000, ()),
}


def compare_ways() -> None:
    """Median of repeats, the ways taking turns so that a slow moment strikes all of them."""
    taken: dict[str, list[Measure]] = {name: [] for name in WAYS}
    for _ in range(REPEATS):
        for name, (way, count, options) in WAYS.items():
            taken[name].append(answer_all(way, count, PEOPLE, 0, *options))
    rates = {name: statistics.median(m.per_second for m in measures) for name, measures in taken.items()}
    ours = rates[list(WAYS)[-1]]
    print(f"{'way':55} {'check-ins/s':>12} {'CPU ms each':>12} {'ours is':>9}")
    for name, measures in taken.items():
        cpu = statistics.median(m.cpu_ms for m in measures)
        print(f"{name:55} {rates[name]:12.0f} {cpu:12.2f} {ours / rates[name]:8.2f}×")


def inbox_alone(updates: int = 50_000, batch: int = 100) -> None:
    """How many updates a second the function that stores a batch takes in."""
    with database(PEOPLE, 1) as url:
        db = Database(DatabaseSettings(url=url, synchronous="FULL"))
        sent = [u | {"update_id": n} for n, u in enumerate(town.check_ins(0, updates, PEOPLE))]
        started = time.perf_counter()
        for first in range(0, updates, batch):
            with db.write_now() as session:
                store(session, 1, sent[first : first + batch], clock)
        seconds = time.perf_counter() - started
        db.close()
    print(f"inbox alone, batches of {batch}: {updates / seconds:,.0f} updates/s")


def reply_time(seconds: int = 60) -> None:
    """How long replies take while 28,000 reminders leave at Telegram's limits."""
    people = REMINDERS
    with Playground(limits=True) as playground, database(people, playground.bot.id) as url:
        _queue_reminders(url, playground.bot.id, people)
        command = [sys.executable, "-m", "benchmarks.ways.ours", url, playground.base_url, playground.token]
        limits = {"GRIDDUTY_DELIVERY__RATE": "29.5", "GRIDDUTY_DELIVERY__IN_FLIGHT": "8"}
        with subprocess.Popen(command, env={**os.environ, **limits}) as child:
            time.sleep(5)
            waits = _ask_in_turn(playground, people, seconds)
            child.kill()
        refused = playground.bot.limits.refused
    waits.sort()
    p99 = waits[int(len(waits) * 0.99) - 1]
    print(
        f"{len(waits)} check-ins while {REMINDERS:,} reminders leave: reply in the median after"
        f" {waits[len(waits) // 2]:.2f} s, p99 {p99:.2f} s, longest {waits[-1]:.2f} s;"
        f" refused by Telegram's limits: {refused}"
    )


def _ask_in_turn(playground: Playground, people: int, seconds: int) -> list[float]:
    """Four check-ins a second from people whose reminders are far down the queue."""
    chosen = random.Random(7).sample(range(people // 2, people), seconds * 4)
    asked: dict[int, float] = {}
    for number in chosen:
        asked[town.FIRST_USER + number] = time.monotonic()
        playground.inject(town.check_ins(number, 1, people))
        time.sleep(0.25)
    time.sleep(3)
    answered = {c.chat: c.at for c in reversed(playground.ledger.named("sendMessage")) if c.chat in asked}
    missing = len(asked) - len(answered)
    if missing:
        raise RuntimeError(f"{missing} check-ins were not answered")
    return [answered[chat] - at for chat, at in asked.items()]


def _queue_reminders(url: str, bot: int, people: int) -> None:
    db = Database(DatabaseSettings(url=url, synchronous="OFF"))
    now = datetime.now(UTC)
    rows = [
        {
            "bot": bot, "key": f"r{n}", "lane": int(Lane.REMINDER), "kind": "checkin.closed_by_system",
            "facts": {"checkin_id": n, "out_at": (now - timedelta(hours=1)).isoformat()},
            "chat_id": town.FIRST_USER + n, "person_id": n + 1, "locale": "zh_CN", "created_at": now,
            "due_at": now, "state": OutboxState.PENDING, "attempts": 0, "verb": "send",
        }
        for n in range(people)
    ]  # fmt: skip
    with db.write_now() as session:
        session.connection().execute(insert(OutboxRow), rows)
    db.close()


def growth() -> None:
    """What a check-in costs with more people and with more past check-ins."""
    for people, past in ((1_000, 0), (28_000, 0), (28_000, 10_000), (28_000, 5_000_000)):
        # Everyone once at most: a second check-in would be another kind of work.
        repeats = 1 if past > 1_000_000 else REPEATS
        measures = [answer_all("ours", min(people - 300, 6_000), people, past) for _ in range(repeats)]
        cpu = statistics.median(m.cpu_ms for m in measures)
        rate = statistics.median(m.per_second for m in measures)
        told = f"{people:>7,} people, {past:>9,} past check-ins: {cpu:.2f} CPU ms each, {rate:,.0f}/s"
        print(told, flush=True)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--seconds", type=int, default=60, help="how long reminders leave")
    arguments = parser.parse_args()
    if arguments.growth:
        growth()
        return
    compare_ways()
    inbox_alone()
    reply_time(arguments.seconds)


if __name__ == "__main__":
    main()
