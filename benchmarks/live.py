"""What a live location of a whole watch costs: eight hours, one point every ten seconds, on patrol.

    python -m benchmarks.live [--people 16] [--repeats 3]

Each point goes the way of every update: stored in the inbox, read, handled, committed (SQLite with
synchronous=FULL). Nothing is sent: a point that moves says nothing, and what the card says leaves later.
"""

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import cos, pi, radians, sin
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import SQLModel

from benchmarks import town
from bot import charts
from bot.app import build
from bot.base.clock import Clock
from bot.base.fixes import Point, Rules
from bot.features.patrols import tracks
from bot.features.patrols.ending import points_of
from bot.process.process import Process
from bot.receive.receive import store
from bot.settings import DatabaseSettings, Settings, load
from bot.storage.database import Database
from bot.telegram_api import Api
from models import CheckIn, Checkpoint, CheckpointVisit, Patrol, PatrolPoint, PatrolSection, PresencePoint

HOURS, EVERY = 8, 10
POINTS = HOURS * 3600 // EVERY
BOT = 1
# A section of six kilometres with eight checkpoints, walked to and fro with a rest in every hour.
LONG, STOPS, PACE, REST = 6_000.0, 8, 1.1, 600
_SHAKE = 6.0


@dataclass(frozen=True, slots=True)
class Measure:
    """Of one run: ms for each point, and of CPU time; rows and bytes of one person's watch, checkpoints
    marked."""

    ms: float
    cpu_ms: float
    rows: int
    presence: int
    size: int
    marks: int


def way(metres: float) -> tuple[float, float]:
    """A place of the section, so many metres from its beginning."""
    east = metres
    north = 60 * sin(2 * pi * metres / 2_500)
    degree = 111_195.0
    return (
        town.LATITUDE + north / degree,
        town.LONGITUDE + east / (degree * cos(radians(town.LATITUDE))),
    )


def watch(seed: int) -> list[tuple[float, float]]:
    """Where somebody is every ten seconds, as a phone tells it."""
    random, walked, found = Random(seed), 0.0, []
    for number in range(POINTS):
        if number * EVERY % 3600 >= REST:
            walked += PACE * EVERY
        there = walked % (2 * LONG)
        north, east = way(there if there <= LONG else 2 * LONG - there)
        away, angle = random.uniform(0, _SHAKE), random.uniform(0, 2 * pi)
        found.append((north + away * cos(angle) / 111_195, east + away * sin(angle) / 101_000))
    return found


def updates(people: int, start: datetime) -> list[dict[str, Any]]:
    """The moves of everybody's live location, in order of time."""
    walks = [watch(seed) for seed in range(people)]
    return [
        {"update_id": 1 + number * people + person, "edited_message": _move(person, start, number, walk)}
        for number in range(POINTS)
        for person, walk in enumerate(walks)
    ]


def _move(person: int, start: datetime, number: int, walk: list[tuple[float, float]]) -> dict[str, Any]:
    user, (north, east) = town.FIRST_USER + person, walk[number]
    return {
        "message_id": 10, "date": int(start.timestamp()),
        "edit_date": int(start.timestamp()) + 1 + number * EVERY,
        "chat": {"id": user, "type": "private", "first_name": "岩"},
        "from": {"id": user, "is_bot": False, "first_name": "岩", "language_code": "zh-hans"},
        "location": {"latitude": north, "longitude": east, "horizontal_accuracy": 8, "live_period": 28_800},
    }  # fmt: skip


def lay_down(db: Database, people: int, start: datetime) -> None:
    """A section with its checkpoints, an open check-in and an open patrol for everybody."""
    line = [list(way(metres)) for metres in range(0, int(LONG) + 1, 100)]
    end, open_ = start + timedelta(hours=HOURS, minutes=5), {"area_id": 1, "post_id": 1}
    with db.write_now() as session:
        run = session.connection().execute
        section = {"id": 1, "code": "S1", "name": "界河一段", "area_id": 1, "post_id": 1, "path": line}
        run(insert(PatrolSection), section | {"checklist": "", "times": ""})
        run(insert(Checkpoint), [_stop(number) for number in range(STOPS)])
        people_ids = range(1, people + 1)
        day = {"work_day": start.date(), "in_at": start, "close_at": end, "duty_type": "border"}
        run(insert(CheckIn), [open_ | day | {"person_id": person} for person in people_ids])
        setting_out = {"section_id": 1, "checklist": "border", "started_at": start, "close_at": end}
        run(insert(Patrol), [open_ | setting_out | {"person_id": person} for person in people_ids])


def _stop(number: int) -> dict[str, Any]:
    north, east = way(300 + number * (LONG - 600) / (STOPS - 1))
    return {
        "id": number + 1, "code": f"C{number}", "section_id": 1, "name": f"{number + 1}号界碑",
        "position": number, "latitude": north, "longitude": east, "qr_code": f"c{number}",
    }  # fmt: skip


async def handle(db: Database, settings: Settings, sent: Sequence[Any]) -> tuple[float, float]:
    """Let everything through; seconds, and seconds of CPU time."""
    clock = Clock()
    api = Api(settings.telegram)
    process = Process(db, await build(settings, {"username": "bench_bot"}), api, settings, clock)
    started, cpu = time.perf_counter(), time.process_time()
    for first in range(0, len(sent), 100):
        with db.write_now() as session:
            store(session, BOT, sent[first : first + 100], clock)
        while await process.batch(64):
            pass
    taken = time.perf_counter() - started, time.process_time() - cpu
    await api.close()
    return taken


def run(people: int, settings: Settings) -> tuple[Measure, list[Point]]:
    """One watch of so many people at once."""
    start = datetime.now(UTC) - timedelta(hours=HOURS, minutes=1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "live.sqlite3"
        url = f"sqlite:///{file}"
        town.build(url, people, BOT)
        db = Database(DatabaseSettings.model_validate({"url": url, "synchronous": "FULL"}))
        SQLModel.metadata.create_all(db.writer)
        lay_down(db, people, start)
        seconds, cpu = asyncio.run(handle(db, settings, updates(people, start)))
        with db.read() as session:
            rows, marks, presence = (
                session.execute(select(func.count()).select_from(table)).scalar_one() // people
                for table in (PatrolPoint, CheckpointVisit, PresencePoint)
            )
            points = points_of(session, 1)
        db.close()
        size = _size(file, people)
    each = 1000 / (POINTS * people)
    return Measure(seconds * each, cpu * each, rows, presence, size, marks), points


def _size(file: Path, people: int) -> int:
    """Bytes that one patrol's points take, indexes and all: what the file shrinks by without them."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:

        def packed() -> int:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return file.stat().st_size

        before = packed()
        connection.execute("DELETE FROM patrol_point")
        return (before - packed()) // people


def timed(work: Callable[[], Any], repeats: int = 5) -> float:
    """The median of repeats, in ms."""
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def summarise(points: list[Point], settings: Settings) -> None:
    """What the end of the patrol costs."""
    rules = tracks.rules_of(settings.patrol)
    line = [way(metres) for metres in range(0, int(LONG) + 1, 100)]
    track = tracks.track_of(points, rules)
    stops = [_stop(number) | {"reached": True, "at": "08:10"} for number in range(STOPS)]
    drawing = {"section": "界河一段", "line": [list(spot) for spot in line], "checkpoints": stops}
    drawn = drawing | tracks.shape(track)
    charts.draw("patrol", drawn, [])
    print(f"way {track.metres:,.0f} m, walked {coverage_of(line, track, rules)} %")
    print(f"track from {len(points):,} points: {timed(lambda: tracks.track_of(points, rules)):.1f} ms")
    print(f"share of the section: {timed(lambda: coverage_of(line, track, rules)):.1f} ms")
    places = sum(len(piece) for piece in drawn["track"])
    print(f"shape for the map, {places} places: {timed(lambda: tracks.shape(track)):.1f} ms")
    print(f"the map itself: {timed(lambda: charts.draw('patrol', drawn, [])):.0f} ms")


def coverage_of(line: list[tuple[float, float]], track: tracks.Track, rules: Rules) -> int | None:
    """Percent of the section."""
    return tracks.coverage(line, [], track, rules)


def main() -> None:
    """Alone, then many at once; then the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    environment = {"GRIDDUTY_TELEGRAM__TOKEN": f"{BOT}:bench", "GRIDDUTY_LOGS__LEVEL": "WARNING"}
    settings = load(Path(__file__).parents[1] / "config.toml", environment)
    points: list[Point] = []
    for people in (1, given.people):
        measures = []
        for _ in range(given.repeats):
            measure, points = run(people, settings)
            measures.append(measure)
        one = measures[0]
        per_row = one.size / max(1, one.rows)
        print(
            f"{people:4} at once: {statistics.median(m.ms for m in measures):6.2f} ms a point, "
            f"{statistics.median(m.cpu_ms for m in measures):.2f} ms of CPU; of {POINTS:,} "
            f"points {one.rows:,} rows, {one.size:,} bytes ({per_row:.0f} each), and {one.presence:,} of the "
            f"check-in; {one.marks} of {STOPS} checkpoints marked",
            flush=True,
        )
    summarise(points, settings)


if __name__ == "__main__":
    main()
