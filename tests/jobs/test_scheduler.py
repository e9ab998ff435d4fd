"""Every occasion of a job is done once, whatever the clock and the process do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlmodel import Session, col

from bot.access import SYSTEM, Work
from bot.base.clock import Clock
from bot.schedule import slots
from bot.settings import Settings, load
from bot.storage.database import Database
from jobs import ALL
from jobs.job import Batch, Job, Occasion
from models import Account, Area, OutboxRow, Person, Role, RoleName, Slot
from tests.jobs.conftest import MORNING, Ticks

Start = Callable[..., Ticks]


class Deeds:
    """Writes down what a job was asked to do; can break off, and can work in several batches."""

    def __init__(self, batches: int = 1) -> None:
        self.done: list[tuple[str, int]] = []
        self.batches = batches
        self.breaks = 0

    def __call__(self, work: Work, occasion: Occasion) -> Batch:
        place = occasion.cursor.get("place", 0)
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("broken")
        self.done.append((f"{occasion.due_at.astimezone(work.settings.work.zone):%dT%H:%M}", place))
        following = place + 1
        return Batch({"rows": 10}, {"place": following} if following < self.batches else None)


def job(deeds: Deeds, cron: str = "0 8 * * *", catch_up: timedelta = timedelta(hours=2)) -> Job:
    return Job("test", cron, catch_up, deeds)


def test_fires_when_the_clock_is_moved_over_its_time(ticks: Start, clock: Clock) -> None:
    deeds = Deeds()
    day = ticks(job(deeds))
    day.tick()
    assert deeds.done == []
    clock.move(timedelta(minutes=1))
    day.tick()
    day.tick()
    assert deeds.done == [("23T08:00", 0)]


def test_is_not_done_again_after_a_restart(ticks: Start, clock: Clock) -> None:
    deeds = Deeds()
    day = ticks(job(deeds))
    day.tick()
    clock.move(timedelta(minutes=1))
    day.tick()
    day.start()
    day.tick()
    assert deeds.done == [("23T08:00", 0)]


def test_a_missed_occasion_is_made_up_for(ticks: Start, clock: Clock) -> None:
    deeds = Deeds()
    day = ticks(job(deeds))
    day.tick()
    clock.move(timedelta(hours=1, minutes=30))
    day.start()
    day.tick()
    assert deeds.done == [("23T08:00", 0)]


def test_an_occasion_too_old_is_skipped(ticks: Start, clock: Clock) -> None:
    deeds = Deeds()
    day = ticks(job(deeds))
    day.tick()
    clock.move(timedelta(days=3, hours=1))
    day.start()
    day.tick()
    assert deeds.done == [("26T08:00", 0)]


def test_a_long_outage_makes_no_flood(ticks: Start, clock: Clock) -> None:
    deeds = Deeds()
    day = ticks(job(deeds, "* * * * *", timedelta(minutes=2)))
    day.tick()
    clock.move(timedelta(days=30))
    day.tick()
    assert len(deeds.done) in (2, 3)


def test_a_clock_put_back_repeats_nothing_and_goes_on(ticks: Start, clock: Clock) -> None:
    deeds = Deeds()
    day = ticks(job(deeds, "*/10 * * * *", timedelta(minutes=30)))
    day.tick()
    clock.move(timedelta(days=400))
    day.tick()
    clock.set(MORNING + timedelta(minutes=1))
    before = len(deeds.done)
    day.tick()
    clock.move(timedelta(minutes=10))
    day.tick()
    assert [at for at, _ in deeds.done[before:]] == ["23T08:10"]


def test_a_changed_time_makes_no_second_occasion(ticks: Start, clock: Clock) -> None:
    first, second = Deeds(), Deeds()
    day = ticks(job(first))
    day.tick()
    clock.move(timedelta(minutes=1))
    day.tick()
    day.start(job(second, "0 8,9 * * *"))
    clock.move(timedelta(hours=1))
    day.tick()
    assert first.done == [("23T08:00", 0)]
    assert second.done == [("23T09:00", 0)]


def test_the_hour_that_comes_twice_counts_once(db: Database) -> None:
    berlin = load(None, {"GRIDDUTY_WORK__TIMEZONE": "Europe/Berlin"})
    daily = job(Deeds(), "30 2 * * *", timedelta(hours=2))
    with db.write_now() as session:
        night = datetime.fromisoformat("2026-10-25T01:00:00+02:00")
        slots.open_due(Work(session, SYSTEM, night, berlin), daily)
        for minutes in range(0, 240, 10):
            slots.open_due(Work(session, SYSTEM, night + timedelta(minutes=minutes), berlin), daily)
        assert session.execute(select(func.count()).select_from(Slot)).scalar() == 1


def test_goes_on_where_it_was_after_a_crash(ticks: Start, clock: Clock) -> None:
    deeds = Deeds(batches=3)
    day = ticks(job(deeds))
    day.tick()
    clock.move(timedelta(minutes=1))
    with day.db.write_now() as session:
        slots.open_due(Work(session, SYSTEM, clock.now(), day.settings), day.jobs[0])
        slot = slots.held(session, slots.running(session)[0])
        slots.step(Work(session, SYSTEM, clock.now(), day.settings), day.jobs[0], slot)
    day.start()
    day.tick()
    assert [place for _, place in deeds.done] == [0, 1, 2]
    assert day.slots() == [("2026-11-23T08:00", "done")]
    with day.db.read() as session:
        assert session.execute(select(col(Slot.counts))).scalar() == {"rows": 30}


def test_a_day_done_by_halves_is_not_gone_on_with_on_the_next(ticks: Start, clock: Clock) -> None:
    deeds = Deeds(batches=3)
    day = ticks(Job("ask_households", "0 8 * * *", timedelta(hours=2), deeds, by_area=True))
    with day.db.write_now() as session:
        slot = slots.open_slot(session, day.jobs[0], clock.now(), day.settings)
        assert slots.step(Work(session, SYSTEM, clock.now(), day.settings), day.jobs[0], slot)
    clock.move(timedelta(hours=22))
    day.start()
    day.tick()
    assert [place for _, place in deeds.done] == [0]
    assert day.slots() == [("2026-11-23", "done")]


def _an_admin(session: Session) -> None:
    session.add(Area(id=1, code="DH", name="德宏州", kind="prefecture", path="DH/"))
    session.flush()
    session.add(Person(id=1, code="A1", name="管理员", area_id=1))
    session.flush()
    session.add(Role(person_id=1, role=RoleName.ADMIN, area_id=1))
    session.add(Account(bot=1, user_id=5, chat_id=5, person_id=1, joined_at=MORNING))


def test_one_that_fails_is_tried_again_then_given_up_and_told(
    ticks: Start, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.schedule.scheduler.RETRY_SECONDS", 0)
    deeds = Deeds()
    deeds.breaks = 99
    day = ticks(job(deeds))
    with day.db.write_now() as session:
        _an_admin(session)
    day.tick()
    clock.move(timedelta(minutes=1))
    for _ in range(7):
        day.tick()
    assert day.slots() == [("2026-11-23T08:00", "failed")]
    assert deeds.breaks == 99 - 5
    with day.db.read() as session:
        assert "RuntimeError: broken" in str(session.execute(select(col(Slot.error))).scalar())
        assert session.execute(select(col(OutboxRow.kind))).scalars().all() == ["admin.job_failed"]


def test_one_that_recovers_is_done(ticks: Start, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.schedule.scheduler.RETRY_SECONDS", 0)
    deeds = Deeds()
    deeds.breaks = 2
    day = ticks(job(deeds))
    day.tick()
    clock.move(timedelta(minutes=1))
    for _ in range(3):
        day.tick()
    assert day.slots() == [("2026-11-23T08:00", "done")]
    assert len(deeds.done) == 1


def test_a_job_that_is_gone_does_not_hold_up_the_others(ticks: Start, clock: Clock) -> None:
    deeds = Deeds()
    day = ticks(job(deeds))
    day.tick()
    clock.move(timedelta(minutes=1))
    with day.db.write_now() as session:
        slots.open_slot(session, day.jobs[0], MORNING, day.settings)
        session.execute(update(Slot).values(rule="gone"))
    day.tick()
    assert deeds.done == [("23T08:00", 0)]
    assert day.slots() == [("2026-11-23T07:59", "failed"), ("2026-11-23T08:00", "done")]


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_every_job_of_the_timetable_comes_again(each: Job, settings: Settings) -> None:
    due = slots.next_after(each, MORNING, settings)
    assert MORNING < due < MORNING + timedelta(days=100)
    assert slots.last_before(each, due, settings) == due


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_every_job_is_told_of_in_the_docs(each: Job) -> None:
    docs = Path(__file__).parents[2] / "docs" / "operations.md"
    assert f"`{each.name}`" in docs.read_text(encoding="utf-8")
