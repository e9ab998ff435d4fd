"""Areas may do a job at a time of their own: each area once a day, whoever changes what meanwhile."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.access import SYSTEM, Work
from bot.access import area_times as access_area_times
from bot.base.clock import Clock
from bot.schedule import slots
from bot.settings import Settings
from bot.storage.database import Database
from jobs.job import Batch, Job, Occasion
from models import Area, Slot, Timetable
from tests.jobs.conftest import MORNING, Ticks

Start = Callable[..., Ticks]
AREAS = {1: "DH/", 2: "DH/MS/", 3: "DH/MS/1/", 4: "DH/MS/10/", 5: "DH/YJ/"}


class Seen:
    """Writes down for which areas it was done, and without which."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str, tuple[str, ...]]] = []

    def __call__(self, work: Work, occasion: Occasion) -> Batch:
        local = work.now.astimezone(work.settings.work.zone)
        self.done.append((f"{local:%dT%H:%M}", occasion.path, occasion.but))
        return Batch()


@pytest.fixture
def areas(db: Database) -> Database:
    """A prefecture, two counties, two townships whose codes begin alike."""
    with db.write_now() as session:
        for number, path in AREAS.items():
            code = path.rstrip("/").replace("/", "-")
            session.add(Area(id=number, code=code, name=path, kind="county", path=path))
    return db


def choose(db: Database, area: int, time: str, is_on: bool = True) -> None:
    """An area chooses a time."""
    with db.write_now() as session:
        old = session.execute(select(Timetable).where(col(Timetable.area_id) == area)).scalar()
        line = old or Timetable(rule="test", area_id=area, time=time, set_at=MORNING)
        line.time, line.is_on = time, is_on
        session.add(line)


def day_of(day: Ticks, clock: Clock, minutes: int = 24 * 60, step: int = 1) -> None:
    """Tick through a stretch of time."""
    for _ in range(0, minutes, step):
        clock.move(timedelta(minutes=step))
        day.tick()


def test_each_area_has_it_once_at_its_own_time(areas: Database, ticks: Start, clock: Clock) -> None:
    seen = Seen()
    choose(areas, 2, "09:30")
    choose(areas, 4, "08:30")
    day = ticks(Job("test", "0 9 * * *", timedelta(hours=2), seen, by_area=True))
    day.tick()
    day_of(day, clock, 180, step=10)
    assert sorted(seen.done) == [
        ("23T08:39", "DH/MS/10/", ()),
        ("23T09:09", "", ("DH/MS/", "DH/MS/10/")),
        ("23T09:39", "DH/MS/", ("DH/MS/10/",)),
    ]


def test_an_area_that_switched_it_off_is_left_out(areas: Database, ticks: Start, clock: Clock) -> None:
    seen = Seen()
    choose(areas, 3, "09:30", is_on=False)
    day = ticks(Job("test", "0 9 * * *", timedelta(hours=2), seen, by_area=True))
    day.tick()
    day_of(day, clock, 180, step=10)
    assert [each[1:] for each in seen.done] == [("", ("DH/MS/1/",))]


def test_a_time_changed_after_it_was_done_waits_for_the_next_day(
    areas: Database, ticks: Start, clock: Clock
) -> None:
    seen = Seen()
    choose(areas, 2, "08:10")
    day = ticks(Job("test", "0 23 * * *", timedelta(hours=1), seen, by_area=True))
    day.tick()
    day_of(day, clock, 30, step=5)
    choose(areas, 2, "08:40")
    day_of(day, clock, 60, step=5)
    assert [each[1] for each in seen.done] == ["DH/MS/"]
    day_of(day, clock, 24 * 60, step=15)
    assert [each[1] for each in seen.done] == ["DH/MS/", "", "DH/MS/"]


def test_two_schedulers_do_it_once(areas: Database, ticks: Start, clock: Clock) -> None:
    seen = Seen()
    choose(areas, 2, "08:10")
    job = Job("test", "0 9 * * *", timedelta(hours=2), seen, by_area=True)
    one, other = ticks(job), ticks(job)
    one.tick()
    other.tick()
    for _ in range(20):
        clock.move(timedelta(minutes=5))
        one.tick()
        other.tick()
    assert [each[1] for each in seen.done] == ["DH/MS/", ""]


def test_a_prefecture_of_areas_with_times_is_cheap(db: Database, settings: Settings) -> None:
    job = Job("test", "0 9 * * *", timedelta(hours=6), Seen(), by_area=True)
    with db.write_now() as session:
        for number in range(1, 301):
            session.add(Area(id=number, code=f"T{number}", name="镇", kind="township", path=f"D/T{number}/"))
        session.flush()
        chosen = [
            Timetable(rule="test", area_id=n, time=f"{8 + n % 3:02}:{n % 60:02}", set_at=MORNING)
            for n in range(1, 301)
        ]
        session.add_all(chosen)
        session.flush()
        slots.open_due(Work(session, SYSTEM, MORNING, settings), job)
        slots.open_due(Work(session, SYSTEM, MORNING + timedelta(hours=4), settings), job)
        areas = session.execute(select(col(Slot.area))).scalars().all()
        assert len(areas) == len(set(areas)) == 301


def test_the_nearest_area_above_governs() -> None:
    lines = [
        access_area_times.AreaTime(number, path, path, path, "08:00", True)
        for number, path in AREAS.items()
        if number < 4
    ]
    assert [
        getattr(access_area_times.governing(lines, path), "path", None)
        for path in ("DH/MS/1/g/", "DH/MS/10/")
    ] == [
        "DH/MS/1/",
        "DH/MS/",
    ]
    assert access_area_times.governing(lines, "XX/") is None
    assert access_area_times.below(lines, "DH/") == ("DH/MS/", "DH/MS/1/")
