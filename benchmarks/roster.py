"""How long a prefecture's roster takes to come in, and how much memory.

Run: python -m benchmarks.roster [--workers 28000] [--folder DIR]
Each step runs in a process of its own, so that the peak of memory is its own.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pydantic import SecretStr
from sqlmodel import SQLModel

from bot.access import OPERATOR, Work
from bot.base.clock import clock
from bot.features import roster
from bot.features.roster.sample import COLUMNS, build
from bot.features.roster.workbook_writer import write_roster
from bot.settings import DatabaseSettings, Settings
from bot.storage.database import Database


def write_sample(folder: Path, workers: int) -> tuple[int, float]:
    """Make the workbook; returns its rows."""
    made = build(workers, start=date(2026, 11, 23))
    lines = {key: getattr(made, key) for key in COLUMNS}
    write_roster(folder / "roster.xlsx", COLUMNS, lines)
    return sum(map(len, lines.values())), 0.0


def write_changed(folder: Path, workers: int) -> tuple[int, float]:
    """The same workbook with every hundredth person renamed; returns how many."""
    made = build(workers, start=date(2026, 11, 23))
    made.people = [
        (row[0], f"{row[1]}一", *row[2:]) if number % 100 == 0 else row
        for number, row in enumerate(made.people)
    ]
    write_roster(folder / "roster.xlsx", COLUMNS, {key: getattr(made, key) for key in COLUMNS})
    return len(made.people[::100]), 0.0


def bring_in(folder: Path, workers: int) -> tuple[int, float]:
    """Import the workbook; returns the rows touched and the seconds with the writer's lock held."""
    database = Database(DatabaseSettings(url=SecretStr(f"sqlite:///{folder / 'bench.sqlite3'}")))
    SQLModel.metadata.create_all(database.writer)
    settings, now = Settings(), clock.now()
    with database.read() as session:
        plan = roster.plan(Work(session, OPERATOR, now, settings), folder / "roster.xlsx")
    locked = roster.apply(database, OPERATOR, plan, now=now, settings=settings)
    database.close()
    return plan.size, locked


Step = Callable[[Path, int], tuple[int, float]]


def _measured(step: Step, folder: Path, workers: int) -> tuple[int, float, float, float]:
    started = time.perf_counter()
    rows, locked = step(folder, workers)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return rows, time.perf_counter() - started, locked, peak


def main() -> None:
    """Print a row for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=28_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    steps: list[tuple[str, Step]] = [
        ("write the workbook", write_sample),
        ("first import", bring_in),
        ("the same again", bring_in),
        ("change 1 % of people", write_changed),
        ("everyday import", bring_in),
    ]
    print(f"{'step':22}{'rows':>9}{'seconds':>9}{'locked':>9}{'peak MB':>9}")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        for name, step in steps:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                rows, seconds, locked, peak = pool.apply(_measured, (step, Path(folder), given.workers))
            print(f"{name:22}{rows:9,}{seconds:9.1f}{locked:9.2f}{peak:9.0f}", flush=True)


if __name__ == "__main__":
    main()
