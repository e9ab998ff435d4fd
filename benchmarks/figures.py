"""How long a prefecture's figures take over a year of check-ins: roll-ups, and the ways without them.

The check-ins are made in SQL, spread over people, areas and days; the roll-ups are counted as the bot does.

Run: python -m benchmarks.figures [--checkins 10000000] [--days 365]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session, SQLModel

from bot import charts
from bot.access import OPERATOR, SYSTEM, Work
from bot.base.clock import clock
from bot.base.i18n import translator
from bot.features.figures import rollups
from bot.features.figures.definitions import FIGURES
from bot.features.figures.periods import PeriodKind, period_of
from bot.features.summaries import summary
from bot.features.summaries.notices import AskedSummary, Figures
from bot.settings import DatabaseSettings, Settings, load
from bot.storage.database import Database
from bot.views.base import Reader
from bot.views.messages import view
from jobs.roll_up import MOST
from models import Area, Person, Touched

COUNTIES, TOWNSHIPS, VILLAGES, GRIDS, PEOPLE = 5, 56, 560, 19_000, 28_000
LAST = date(2026, 11, 22)
SETTINGS: Settings = load(None, {"GRIDDUTY_TELEGRAM__TOKEN": "1000001:" + "t" * 35})
NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
WEEK = period_of(PeriodKind.WEEK, LAST)

_MAKE = """
INSERT INTO checkin (person_id, area_id, duty_type, work_day, in_at, out_at, close_at, in_punctuality,
                     late_minutes, early_minutes, evidence, place_grade, too_fast)
SELECT 1 + n % :people, 622 + (n % :people) % :grids, 'grid', :day, :day || ' 00:00:00.000000',
       :day || ' 08:00:00.000000', :day || ' 09:00:00.000000',
       CASE n % 10 WHEN 0 THEN 'late' ELSE 'on_time' END, 0, 0, 'pin',
       CASE n % 20 WHEN 0 THEN 'off_site' ELSE 'on_site' END, 0
FROM (WITH RECURSIVE t(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM t WHERE n + 1 < :first + :many)
      SELECT n FROM t)
"""
_COPY = f"""
INSERT INTO rollup (day, area_id, {", ".join(FIGURES)})
SELECT :day, area_id, {", ".join(FIGURES)} FROM rollup WHERE day = :like
"""
_GROUPED = """
SELECT substr(area.path, 1, 12), count(*), count(DISTINCT person_id || work_day),
       sum(place_grade = 'off_site'), sum(in_punctuality = 'late')
FROM checkin JOIN area ON area.id = checkin.area_id
WHERE work_day BETWEEN :first AND :last AND area.path >= 'DH/' AND area.path < 'DH0' GROUP BY 1
"""


def settle(session: Session) -> None:
    """The areas of a prefecture, five levels of them, and its people."""
    rows: list[dict[str, Any]] = [{"id": 1, "code": "DH", "kind": "prefecture", "path": "DH/"}]
    sizes = (("county", COUNTIES), ("township", TOWNSHIPS), ("village", VILLAGES), ("grid", GRIDS))
    above = [rows[0]]
    for kind, size in sizes:
        level = [
            {
                "id": len(rows) + n + 1, "code": f"{kind[0].upper()}{n:05}", "kind": kind,
                "parent_id": above[n % len(above)]["id"],
                "path": f"{above[n % len(above)]['path']}{kind[0].upper()}{n:05}/",
            }
            for n in range(size)
        ]  # fmt: skip
        rows += level
        above = level
    session.connection().execute(
        insert(Area), [{"parent_id": None, **row, "name": row["code"], "position": row["id"]} for row in rows]
    )
    people = [
        {"id": n, "code": f"P{n}", "name": f"P{n}", "area_id": 622 + n % GRIDS, "titles": ""}
        for n in range(1, PEOPLE + 1)
    ]
    session.connection().execute(insert(Person), people)


def make(db: Database, days: range, each: int) -> float:
    """So many check-ins on each of these days, counted back from the last; the seconds it took."""
    started = time.perf_counter()
    for number in days:
        day = LAST - timedelta(days=number)
        with db.write_now() as session:
            session.execute(
                text(_MAKE),
                {"people": PEOPLE, "grids": GRIDS, "day": day, "first": number * 7, "many": each},
            )
            session.execute(text("DELETE FROM touched"))
    return time.perf_counter() - started


def copy_days(db: Database, days: range) -> None:
    """Let the roll-ups of these days be those of a day of the last week, so that the table has its size."""
    for number in days:
        day, like = (LAST - timedelta(days=n) for n in (number, number % 7))
        with db.write_now() as session:
            session.execute(text(_COPY), {"day": day, "like": like})


def count_days(db: Database, days: int) -> float:
    """Roll up the last days as the clock does; seconds a day."""
    started = time.perf_counter()
    for number in range(days):
        day = LAST - timedelta(days=number)
        with db.write_now() as session:
            session.connection().execute(
                insert(Touched), [{"day": day, "area_id": 622 + n} for n in range(GRIDS)]
            )
        while _step(db):
            pass
    return (time.perf_counter() - started) / days


def _step(db: Database) -> bool:
    with db.write_now() as session:
        return rollups.catch_up(Work(session, SYSTEM, NOW, SETTINGS), limit=MOST).more


def median_of(times: int, work: Callable[[], Any]) -> float:
    """Milliseconds, the median of several runs."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return 1000 * statistics.median(taken)


def read_week(db: Database, area_ids: list[int]) -> int:
    """The week's figures of these areas, out of the roll-ups."""
    with db.read() as session:
        return len(rollups.kept(session, WEEK.days, area_ids))


def group_week(db: Database) -> int:
    """The same counted from the check-ins, in one statement."""
    with db.read() as session:
        return len(session.execute(text(_GROUPED), {"first": WEEK.first, "last": WEEK.last}).all())


def load_summary(db: Database) -> Figures | None:
    """Everything that the prefecture's week is told with: all its queries."""
    with db.read() as session:
        return summary.load(session, OPERATOR, AskedSummary.of(1, WEEK, NOW, SETTINGS.work))


def whole_summary(db: Database) -> Any:
    """What is done between a tap and the call to Telegram: read, render, draw."""
    figures = load_summary(db)
    picture = view("summary", figures, Reader(translator("zh_CN"), SETTINGS.work.zone, clock.now())).picture
    assert picture
    return charts.draw(picture.drawing, picture.data, [])


def measured(db: Database) -> dict[str, float]:
    """Milliseconds, by what was done."""
    townships = list(range(2 + COUNTIES, 2 + COUNTIES + TOWNSHIPS))
    return {
        "the week of 56 townships, roll-ups": median_of(200, lambda: read_week(db, townships)),
        "the prefecture and its counties": median_of(200, lambda: read_week(db, [1, 2, 3, 4, 5, 6])),
        "all queries of the prefecture's week": median_of(200, lambda: load_summary(db)),
        "the same by GROUP BY over check-ins": median_of(3, lambda: group_week(db)),
        "a summary from tap to picture": median_of(5, lambda: whole_summary(db)),
    }


def main() -> None:
    """Make a tenth of the data and measure, then the rest, and measure again."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkins", type=int, default=10_000_000)
    parser.add_argument("--days", type=int, default=365)
    given = parser.parse_args()
    each, tenth = given.checkins // given.days, max(7, given.days // 10)
    with tempfile.TemporaryDirectory() as folder:
        db = Database(
            DatabaseSettings(url=f"sqlite:///{Path(folder) / 'figures.sqlite3'}", synchronous="OFF")
        )
        SQLModel.metadata.create_all(db.writer)
        with db.write_now() as session:
            settle(session)
        made = make(db, range(tenth), each)
        print(f"{each * tenth:,} check-ins, notes included       {made:8.0f} s", flush=True)
        print(f"a day of 19,000 grids rolled up        {count_days(db, 7):8.2f} s", flush=True)
        copy_days(db, range(7, tenth))
        few = measured(db)
        make(db, range(tenth, given.days), each)
        copy_days(db, range(tenth, given.days))
        many = measured(db)
        print(f"{'ms, by check-ins':38} {each * tenth:>11,} {each * given.days:>11,}")
        for name, before in few.items():
            print(f"{name:38} {before:11.2f} {many[name]:11.2f}  {many[name] / before:5.2f}×")
        db.close()


if __name__ == "__main__":
    main()
