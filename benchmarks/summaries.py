"""Summaries of a prefecture with 56 townships, by the real bot: asked for while check-ins come in, all of a
Monday morning at once, and one after another for what they leave behind in memory.

Run: python -m benchmarks.summaries
"""

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psutil
from sqlalchemy import insert, text

from benchmarks import town
from benchmarks.measure import database
from bot.features.figures.definitions import FIGURES
from bot.playground.runner import Playground
from bot.settings import DatabaseSettings
from bot.storage.database import Database
from models import Account, Area, AreaKind, Person, Role, RoleName, Rollup

TOWNSHIPS, VILLAGES = 56, 10
PEOPLE, RATE = 28_000, 200
# Numbers of areas and people that no grid and no worker has.
FIRST = 100_000
CHIEF = town.FIRST_USER + FIRST
DAYS = 70
MONDAY = date(2026, 11, 23)
_MOVE = text("""
    UPDATE area SET parent_id = :first + 57 + id % 560,
           path = 'DH/T' || (id % 560) / 10 || '/V' || id % 560 || '/' || code || '/'
    WHERE kind = 'grid'
""")


def settle(url: str, bot: int, last: date) -> None:
    """Put townships and villages between the prefecture and its grids, supervisors over them, and their
    figures of some weeks up to this day."""
    db = Database(DatabaseSettings(url=url, synchronous="OFF"))
    townships = [_area(FIRST + 1 + n, f"T{n}", AreaKind.TOWNSHIP, 1, f"DH/T{n}/") for n in range(TOWNSHIPS)]
    villages = [
        _area(FIRST + 57 + n, f"V{n}", AreaKind.VILLAGE, FIRST + 1 + n // 10, f"DH/T{n // 10}/V{n}/")
        for n in range(TOWNSHIPS * VILLAGES)
    ]
    over = [1, *(area["id"] for area in townships)]
    with db.write_now() as session:
        run = session.connection().execute
        run(insert(Area), townships + villages)
        run(_MOVE, {"first": FIRST})
        run(insert(Person), [_person(n) for n in range(len(over))])
        run(insert(Account), [_account(n, bot) for n in range(len(over))])
        run(
            insert(Role),
            [
                {"person_id": FIRST + n, "role": RoleName.SUPERVISOR, "area_id": area}
                for n, area in enumerate(over)
            ],
        )
        run(text("DELETE FROM touched"))
        for day in (last - timedelta(days=n) for n in range(DAYS)):
            run(insert(Rollup), _figures(day))
    db.close()


def _area(number: int, code: str, kind: AreaKind, above: int, path: str) -> dict[str, Any]:
    return {
        "id": number, "code": code, "name": f"{'坝上河东望山'[number % 6]}{code}乡", "kind": kind,
        "parent_id": above, "path": path, "position": number,
    }  # fmt: skip


def _person(number: int) -> dict[str, Any]:
    return {
        "id": FIRST + number, "code": f"S{number}", "name": f"书记{number}", "area_id": 1, "titles": "",
    }  # fmt: skip


def _account(number: int, bot: int) -> dict[str, Any]:
    user = CHIEF + number
    return {
        "bot": bot, "user_id": user, "chat_id": user, "person_id": FIRST + number, "reach": "ok",
        "joined_at": datetime.now(UTC),
    }  # fmt: skip


def _figures(day: date) -> list[dict[str, Any]]:
    """Some day's figures: of villages, and their sums above."""
    dice, none = random.Random(day.toordinal()), dict.fromkeys(FIGURES, 0)
    found: dict[int, dict[str, int]] = {}
    for village in range(TOWNSHIPS * VILLAGES):
        planned = dice.randint(30, 50)
        own = none | {
            "planned": planned, "present": planned - dice.randint(0, 4), "late": dice.randint(0, 3),
            "people": planned, "checkins": planned, "minutes": planned * 400, "patrols": 2,
            "checkpoints": 12, "checkpoints_reached": dice.randint(9, 12), "households": 40,
            "households_reached": dice.randint(30, 40), "hazards_found": 1, "hazards_closed": 1,
        }  # fmt: skip
        for area in (FIRST + 57 + village, FIRST + 1 + village // VILLAGES, 1):
            sums = found.setdefault(area, dict(none))
            for code, value in own.items():
                sums[code] += value
    return [{"day": day, "area_id": area, **counts} for area, counts in found.items()]


@dataclass(slots=True)
class Watch:
    """How much memory a process and what it has started take, in MB, and the most it was."""

    process: psutil.Process
    most: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def now(self) -> float:
        """At this moment."""
        found = [self.process, *self.process.children(recursive=True)]
        megabytes = sum(each.memory_info().rss for each in found if each.is_running()) / 1e6
        self.most = max(self.most, megabytes)
        return megabytes

    def look(self) -> None:
        """Look every now and then until the process is gone."""
        while not self._stop.wait(0.2):
            try:
                self.now()
            except psutil.NoSuchProcess:
                return

    def end(self) -> None:
        """Look no more."""
        self._stop.set()


@contextmanager
def at_work(last: date, *, limits: bool, start: str = "") -> Iterator[tuple[Playground, Watch]]:
    """A bot at work; `start`: where its clock begins."""
    with (
        Playground(limits=limits, keep_calls=1_000_000) as playground,
        database(PEOPLE, playground.bot.id) as url,
    ):
        settle(url, playground.bot.id, last)
        for number in range(TOWNSHIPS + 1):
            user = playground.world.add_user(f"书记{number}", CHIEF + number)
            playground.world.private_chat(playground.bot, user).started = True
        command = [sys.executable, "-m", "benchmarks.ways.ours", url, playground.base_url, playground.token]
        quiet = os.environ | {"GRIDDUTY_LOGS__LEVEL": "WARNING"}
        with subprocess.Popen([*command, start], env=quiet) as child:
            watch = Watch(psutil.Process(child.pid))
            looking = threading.Thread(target=watch.look)
            looking.start()
            try:
                yield playground, watch
            finally:
                watch.end()
                looking.join()
                child.kill()


def say(playground: Playground, user: int, words: str) -> None:
    """A supervisor sends a command."""
    playground.inject([{"message": _message(user) | {"text": words, "entities": [
        {"type": "bot_command", "offset": 0, "length": len(words)}]}}])  # fmt: skip


def press(playground: Playground, user: int, data: str) -> None:
    """A supervisor presses a button."""
    query = {"id": data, "from": _sender(user), "chat_instance": "1", "data": data}
    playground.inject([{"callback_query": query | {"message": _message(user) | {"text": "…"}}}])


def _message(user: int) -> dict[str, Any]:
    chat = {"id": user, "type": "private", "first_name": "书记"}
    return {"message_id": 5, "date": int(time.time()), "chat": chat, "from": _sender(user)}


def _sender(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": "书记", "language_code": "zh-hans"}


def pictures(playground: Playground) -> list[float]:
    """When pictures came, in seconds of the monotonic clock."""
    return [call.at for call in playground.ledger.named("sendPhoto") if call.outcome == "ok"]


def until_pictures(playground: Playground, count: int, seconds: float = 120) -> float:
    """Wait for so many; when the last of them came. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while len(found := pictures(playground)) < count:
        if time.monotonic() > end:
            raise TimeoutError(f"{len(found)} of {count} pictures after {seconds} s")
        time.sleep(0.01)
    return found[count - 1]


def among_check_ins(seconds: int) -> None:
    """Check-ins flow; meanwhile a week is asked for now and then, each time of another township."""
    with at_work(datetime.now(UTC).date(), limits=False) as (playground, _):
        time.sleep(4)
        say(playground, CHIEF, "/summary")
        until_pictures(playground, 1)
        plain, _ = _flow(playground, 0, seconds, asking=False)
        asked, arrived = _flow(playground, seconds * RATE, seconds, asking=True)
    print(f"{RATE} check-ins a second answered after: {_told(plain)}")
    print(f"the same while {len(arrived)} summaries are asked for: {_told(asked)}")
    print(f"a summary arrives after: {_told(arrived)}")


def _flow(
    playground: Playground, first: int, seconds: int, *, asking: bool
) -> tuple[list[float], list[float]]:
    """How long check-ins and summaries took, in seconds."""
    asked: dict[int, float] = {}
    arrived: list[float] = []
    started, step = time.monotonic(), 0.1
    waiting: tuple[float, int] | None = None
    for number in range(int(seconds / step)):
        time.sleep(max(0.0, started + number * step - time.monotonic()))
        sent = town.check_ins(first + number * 20, 20, PEOPLE)
        asked |= {update["message"]["chat"]["id"]: time.monotonic() for update in sent}
        playground.inject(sent)
        if waiting and len(found := pictures(playground)) > waiting[1]:
            arrived.append(found[-1] - waiting[0])
            waiting = None
        if asking and number % 20 == 10 and waiting is None:
            waiting = time.monotonic(), len(pictures(playground))
            area = FIRST + 1 + number // 20 % TOWNSHIPS
            press(playground, CHIEF, f"sum:s:{area}:w:{datetime.now(UTC):%y%m%d}")
    time.sleep(3)
    calls = playground.ledger.named("sendMessage")
    answered = {call.chat: call.at for call in reversed(calls) if call.chat in asked}
    if len(answered) < len(asked):
        raise RuntimeError(f"{len(asked) - len(answered)} check-ins were not answered")
    return [answered[chat] - at for chat, at in asked.items()], arrived


def _told(waits: list[float]) -> str:
    waits = sorted(waits)
    p99 = waits[max(0, int(len(waits) * 0.99) - 1)]
    return f"{waits[len(waits) // 2]:.2f} s in the median, p99 {p99:.2f} s, longest {waits[-1]:.2f} s"


def monday_morning() -> None:
    """Every supervisor's summary of the day and of the week before, at Telegram's limits."""
    for what, due in (("the day before", "08:00:00"), ("the week before", "08:05:00")):
        at = datetime.fromisoformat(f"{MONDAY}T{due}+08:00") - timedelta(seconds=5)
        with at_work(MONDAY, limits=True, start=at.isoformat()) as (playground, watch):
            first = until_pictures(playground, 1)
            last = until_pictures(playground, TOWNSHIPS + 1)
            first_row = playground.ledger.counts["sendPhoto"]
            refused = playground.bot.limits.refused
        print(f"{first_row} pictures of {what}: {last - first:.1f} s from the first to the last,"
              f" refused {refused}, at most {watch.most:.0f} MB")  # fmt: skip


def one_after_another(rounds: int) -> None:
    """Every township's day, for several days: what is left in memory after each round."""
    with at_work(datetime.now(UTC).date(), limits=False) as (playground, watch):
        time.sleep(4)
        told = [f"{watch.now():.0f}"]
        for number in range(rounds):
            day = datetime.now(UTC) - timedelta(days=1 + number)
            for township in range(TOWNSHIPS):
                press(playground, CHIEF, f"sum:s:{FIRST + 1 + township}:d:{day:%y%m%d}")
            until_pictures(playground, (number + 1) * TOWNSHIPS)
            told.append(f"{watch.now():.0f}")
    print(f"MB before, and after each {TOWNSHIPS} pictures: {', '.join(told)}")


def main() -> None:
    """All three."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=int, default=40, help="how long check-ins flow, each time")
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    among_check_ins(given.seconds)
    monday_morning()
    one_after_another(given.rounds)


if __name__ == "__main__":
    main()
