"""The first page of every board of hazards, for a village, a township and a prefecture.

    python -m benchmarks.hazards [--hazards 100000] [--url postgresql://…]

A prefecture of 50 townships with 380 areas each; two thirds of the hazards are closed, or none of them with
`--open`. Without an address: SQLite. The database at an address must be empty.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select, text
from sqlmodel import SQLModel, col

from bot.access import Actor, ActorKind, Holding, Work
from bot.features.cases import lists
from bot.features.cases.lists import Wanted
from bot.features.hazards.repository import HAZARD
from bot.settings import DatabaseSettings, Settings
from bot.storage.database import Database
from models import Area, AreaKind, Hazard, HazardAssignee, Person, RoleName

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TOWNSHIPS, VILLAGES, GRIDS = 50, 20, 18
REPEATS = 5
Rows = list[dict[str, Any]]
SETTINGS = Settings()


def areas() -> Iterator[dict[str, Any]]:
    """The tree: a prefecture, townships, villages, grids."""
    number = 1
    yield _area(number, AreaKind.PREFECTURE, "P", "", None)
    for township in range(TOWNSHIPS):
        number += 1
        above, path = number, f"P/T{township}/"
        yield _area(number, AreaKind.TOWNSHIP, f"T{township}", "P/", 1)
        for village in range(VILLAGES):
            number += 1
            parent, code = number, f"T{township}V{village}"
            yield _area(number, AreaKind.VILLAGE, code, path, above)
            for grid in range(GRIDS):
                number += 1
                yield _area(number, AreaKind.GRID, f"{code}G{grid}", f"{path}{code}/", parent)


def _area(number: int, kind: str, code: str, above: str, parent: int | None) -> dict[str, Any]:
    path = f"{above}{code}/"
    return {"id": number, "code": code, "name": code, "kind": kind, "path": path, "parent_id": parent}


def hazards(count: int, all_open: bool) -> Rows:
    """Hazards of the last year all over the prefecture."""
    random, kinds = Random(1), SETTINGS.hazards.categories
    states = (
        ["reported", "assigned", "fixed"] if all_open else ["reported", "assigned", "fixed", *["closed"] * 6]
    )
    top, found = 1 + TOWNSHIPS * (1 + VILLAGES * (1 + GRIDS)), []
    for number in range(1, count + 1):
        kind, reported = random.choice(kinds), NOW - timedelta(minutes=random.randrange(525_600))
        found.append(
            {
                "id": number, "year": 2026, "number": number, "area_id": random.randint(2, top),
                "category": kind.code, "label": {"zh_CN": kind.zh_CN, "en": kind.en, "icon": kind.icon},
                "severity": kind.severity, "found_at": reported, "reported_by": random.randint(1, 2_000),
                "reported_at": reported, "state": (state := random.choice(states)),
                "closed_at": NOW if state == "closed" else None,
                "due_at": reported + timedelta(days=random.randint(1, 400)), "latitude": 24 + random.random(),
                "longitude": 98 + random.random(), "place": "村口",
            }
        )  # fmt: skip
    return found


def lay_down(db: Database, rows: Rows) -> None:
    """Write everything."""
    SQLModel.metadata.create_all(db.writer)
    people = [{"id": n, "code": f"W{n}", "name": f"人{n}", "area_id": 1 + n} for n in range(1, 2_001)]
    named = [
        {"hazard_id": row["id"], "area_id": row["area_id"], "person_id": row["reported_by"],
         "responsible": True, "named_at": NOW}
        for row in rows
        if row["state"] in ("assigned", "fixed")
    ]  # fmt: skip
    every = ((Area, list(areas())), (Person, people), (Hazard, rows), (HazardAssignee, named))
    with db.write_now() as session:
        for table, values in every:
            for first in range(0, len(values), 5_000):
                session.connection().execute(insert(table), values[first : first + 5_000])
    if not db.is_sqlite:
        with db.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def supervisor(db: Database, code: str) -> Actor:
    """Who looks after this area."""
    with db.read() as session:
        number, path = session.execute(
            select(col(Area.id), col(Area.path)).where(col(Area.code) == code)
        ).one()  # fmt: skip
    return Actor(
        ActorKind.PERSON, 7, "刀建国", number or 0, path, (Holding(RoleName.SUPERVISOR, path),), 1, 7, 7
    )


def measure(db: Database, actor: Actor, wanted: Wanted) -> tuple[float, float, int]:
    """Median and longest ms of a page, and how many the board has."""
    taken, total = [], 0
    for _ in range(REPEATS):
        with db.read() as session:
            started = time.perf_counter()
            total = lists.page(Work(session, actor, NOW, SETTINGS), HAZARD, wanted).total
            taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), max(taken), total


def run(url: str, rows: Rows) -> None:
    """Print a line for every board and level."""
    db = Database(DatabaseSettings.model_validate({"url": url, "synchronous": "OFF"}))
    lay_down(db, rows)
    for code in ("T3V3", "T3", "P"):
        actor = supervisor(db, code)
        for board in (each.name for each in HAZARD.boards):
            for category in ("", "slope"):
                ms, longest, total = measure(db, actor, Wanted(board, 0, category))
                print(
                    f"{code:5} {board:5} {category:6} {ms:7.1f} ms, longest {longest:6.1f}, of {total}",
                    flush=True,
                )
    db.close()


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--hazards", type=int, default=100_000)
    options.add_argument("--open", action="store_true", help="none of them is closed")
    options.add_argument("--url", default="")
    given = options.parse_args()
    rows = hazards(given.hazards, given.open)
    with tempfile.TemporaryDirectory() as folder:
        run(given.url or f"sqlite:///{Path(folder) / 'hazards.sqlite3'}", rows)


if __name__ == "__main__":
    main()
