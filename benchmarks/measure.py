"""Runs one way of answering check-ins against a Bot API server, and takes its measure."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import town
from bot.playground.runner import Playground

WARM_UP = 200
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Measure:
    """Check-ins answered a second, and the way's CPU time for each in ms."""

    per_second: float
    cpu_ms: float


@contextmanager
def database(people: int, bot: int, past: int = 0) -> Iterator[str]:
    """The address of a fresh SQLite database with that many people and past check-ins."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'town.sqlite3'}"
        town.build(url, people, bot, past)
        yield url


def answer_all(way: str, count: int, people: int, past: int = 0, *options: str) -> Measure:
    """Let a way answer `count` check-ins that are all there at once."""
    with Playground(limits=False) as playground, database(people, playground.bot.id, past) as url:
        command = [sys.executable, "-m", f"benchmarks.ways.{way}", url, playground.base_url, playground.token]
        with subprocess.Popen([*command, *options], stderr=None) as child:
            try:
                return _answered(playground, child, count, people)
            finally:
                child.kill()


def _answered(playground: Playground, child: "subprocess.Popen[bytes]", count: int, people: int) -> Measure:
    process = psutil.Process(child.pid)
    playground.inject(town.check_ins(0, WARM_UP, people))
    _until_sent(playground, WARM_UP)
    cpu, started = _cpu(process), time.perf_counter()
    playground.inject(town.check_ins(WARM_UP, count, people))
    _until_sent(playground, WARM_UP + count)
    seconds = time.perf_counter() - started
    return Measure(count / seconds, (_cpu(process) - cpu) / count * 1000)


def _until_sent(playground: Playground, count: int) -> None:
    end = time.monotonic() + LONGEST
    while playground.sent < count:
        if time.monotonic() > end:
            raise TimeoutError(f"{playground.sent} of {count} answered after {LONGEST} s")
        time.sleep(0.005)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
