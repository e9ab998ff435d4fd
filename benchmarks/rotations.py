"""How long it takes to plan a year of rotations, to write them out, and to find the gaps.

Run: python -m benchmarks.rotations [--posts 500] [--days 365] [--write 30]
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from bot.access import SYSTEM, Actor, ActorKind, Holding, Work
from bot.features.attendance import duty_board
from bot.features.shifts import planning as shift_planning
from bot.features.shifts.rotation_pattern import in_turn, pattern_spans, planned
from bot.settings import DatabaseSettings, Settings, load
from bot.storage.database import Database
from models import Area, Pattern, Person, Post, Rotation, RotationMember

CREWS, CREW = 4, 3
# So many days ahead may be written at most.
HORIZON = 92
CYCLE = in_turn(pattern_spans(Pattern.THREE_EIGHT, clock(8)), CREWS)
FIRST = date(2026, 11, 23)
GIVEN = {
    "duty_type": "border",
    "pattern": "3x8",
    "cycle": CYCLE.as_data(),
    "first_day": FIRST,
    "made_at": datetime(2026, 11, 22).astimezone(),
}
CHIEF = Actor(ActorKind.PERSON, 1, "chief", holdings=(Holding("supervisor", "DH/"),))


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Do it and print how long it took."""
    started = time.perf_counter()
    result = work()
    print(f"{name:44}{time.perf_counter() - started:8.2f} s   {result}", flush=True)
    return result


def plan_all(posts: int, days: int, settings: Settings) -> int:
    """The turns of every post, made and thrown away; how many."""
    last = FIRST + timedelta(days=days - 1)
    return sum(
        sum(1 for _ in planned(CYCLE, FIRST, None, FIRST, last, settings.work.zone)) for _ in range(posts)
    )


def settle(session: Session, posts: int) -> None:
    """So many posts in an area each, with a rotation of four crews of three."""
    areas, people = range(1, posts + 1), range(1, posts * CREWS * CREW + 1)
    put(
        session,
        Area,
        [
            {"id": n, "code": f"A{n}", "name": f"A{n}", "kind": "village", "path": f"DH/A{n}/", "position": n}
            for n in areas
        ],
    )
    put(
        session,
        Post,
        [{"id": n, "code": f"P{n}", "name": f"P{n}", "area_id": n, "qr_code": f"q{n}"} for n in areas],
    )
    put(
        session,
        Person,
        [{"id": n, "code": f"W{n}", "name": f"W{n}", "area_id": post_of(n), "titles": ""} for n in people],
    )
    put(session, Rotation, [{"id": n, "code": f"R{n}", "area_id": n, "post_id": n, **GIVEN} for n in areas])
    put(session, RotationMember, [member(n) for n in people])


def put(session: Session, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Insert rows."""
    session.connection().execute(insert(model), rows)


def post_of(person: int) -> int:
    """The post at which a person keeps duty."""
    return (person - 1) // (CREWS * CREW) + 1


def member(person: int) -> dict[str, Any]:
    """A person's place on the crews of the post's rotation."""
    return {
        "rotation_id": post_of(person),
        "person_id": person,
        "crew": (person - 1) % CREWS,
        "is_lead": (person - 1) % (CREWS * CREW) < CREWS,
    }


def write_all(database: Database, posts: int, now: datetime, settings: Settings) -> int:
    """Write everything out, as the nightly job does: some posts a transaction."""
    written = 0
    for first in range(1, posts + 1, 25):
        with database.write_now() as session:
            numbers = list(range(first, min(first + 25, posts + 1)))
            written += shift_planning.write(Work(session, SYSTEM, now, settings), numbers)
    return written


def write_year(database: Database, given: argparse.Namespace, now: datetime, settings: Settings) -> int:
    """Write out all the days, a horizon at a time."""
    horizon = settings.crews.horizon_days
    starts = range(0, given.write, horizon)
    return sum(write_all(database, given.posts, now + timedelta(days=day), settings) for day in starts)


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=500)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--write", type=int, default=30)
    given = parser.parse_args()
    settings = load(None, {"GRIDDUTY_CREWS__HORIZON_DAYS": str(min(given.write, HORIZON))})
    now = datetime.combine(FIRST, clock(8), settings.work.zone)
    timed(
        f"{given.posts} posts over {given.days} days, turns",
        lambda: plan_all(given.posts, given.days, settings),
    )
    with tempfile.TemporaryDirectory() as folder:
        database = Database(DatabaseSettings(url=f"sqlite:///{Path(folder) / 'bench.sqlite3'}"))
        SQLModel.metadata.create_all(database.writer)
        with database.write_now() as session:
            settle(session, given.posts)
        timed(f"{given.write} days written, shifts", lambda: write_year(database, given, now, settings))
        next_night = now + timedelta(days=given.write - settings.crews.horizon_days + 1)
        timed("a night later, shifts", lambda: write_all(database, given.posts, next_night, settings))
        with database.read() as session:
            show = load(None, {"GRIDDUTY_CREWS__MIN_CREW": "4", "GRIDDUTY_CREWS__MAKE_UP": '["党员"]'})
            timed(
                "gaps of a week, a page of",
                lambda: duty_board.gaps(Work(session, CHIEF, now, show), 0).total,
            )
            timed(
                "board, places",
                lambda: duty_board.now_on_duty(Work(session, CHIEF, now, show), 0).total,
            )
        database.close()


if __name__ == "__main__":
    main()
