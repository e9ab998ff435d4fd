"""One answer to the question which day something is of, in every view."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from bot.access import OPERATOR, SYSTEM, Work
from bot.access.scope import Scope
from bot.features.attendance import repository as attendance_repository
from bot.features.figures import counting
from bot.features.figures.periods import PeriodKind, period_of
from bot.features.ledger import repository as ledger_repository
from bot.features.ledger.repository import Record, stretch_of
from bot.features.patrols import export as patrol_export
from bot.features.shifts import export as shift_export
from bot.features.summaries import names as summary_names
from bot.features.summaries.notices import AskedSummary
from bot.settings import Settings, WorkSettings, load
from bot.settings.work_day import bounds, day_of_shift, patrols_between, shifts_between, work_day
from bot.storage.database import Database
from models import Area, CheckIn, EntryKind, Patrol, Person, ReportKind, Shift, ShiftMember
from tests.layouts import with_tables

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe")
# Both changes of the clocks of these zones lie in it.
FIRST, DAYS = datetime(2026, 1, 1, tzinfo=UTC), 365
starts = st.integers(0, DAYS * 24 * 12).map(lambda fives: FIRST + timedelta(minutes=5 * fives))
# Around the nights on which Berlin's clocks change.
turning = st.sampled_from([datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
lengths = st.integers(1, 26 * 12).map(lambda fives: timedelta(minutes=5 * fives))
day_starts = st.sampled_from([time(4), time(0), time(2, 30), time(6), time(8), time(23, 30)])
works = st.builds(WorkSettings, timezone=st.sampled_from(ZONES), day_start=day_starts)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An area and a person."""
    file = tmp_path_factory.mktemp("days") / "days.sqlite3"
    db = with_tables(file)
    with db.write_now() as session:
        session.add(Area(id=1, code="1", name="片", kind="grid", path="1/"))
        session.flush()
        session.add(Person(id=1, code="P1", name="岩罕", area_id=1))
    yield db
    db.close()


def overlap(starts_at: datetime, ends_at: datetime, day: date, work: WorkSettings) -> timedelta:
    """How much of a stretch lies in a work day."""
    since, until = bounds(day, day, work)
    return max(timedelta(), min(ends_at, until) - max(starts_at, since))


@given(starts, lengths, works)
@settings(max_examples=300, deadline=None)
def test_no_other_day_holds_more_of_a_shift(at: datetime, length: timedelta, work: WorkSettings) -> None:
    day, ends = day_of_shift(at, at + length, work), at + length
    most = max(overlap(at, ends, day + timedelta(days=n), work) for n in (-2, -1, 1, 2))
    assert overlap(at, ends, day, work) >= most


@given(starts, works)
@settings(max_examples=300, deadline=None)
def test_every_moment_lies_within_its_day(at: datetime, work: WorkSettings) -> None:
    since, until = bounds(work_day(at, work), work_day(at, work), work)
    assert since <= at < until


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("23 03:35", "23 15:35", 23), ("23 22:00", "24 06:00", 23), ("23 20:00", "24 08:00", 23),
        ("23 00:00", "23 08:00", 23), ("22 23:00", "23 07:00", 22), ("23 16:00", "24 00:00", 23),
        ("23 01:00", "23 05:00", 22), ("23 02:00", "23 06:30", 23), ("23 20:00", "24 20:00", 24),
        ("23 08:00", "24 08:00", 23),
    ],
)  # fmt: skip
def test_the_day_of_shifts_people_stand(start: str, end: str, day: int) -> None:
    at, until = (datetime.strptime(f"2026-11-{t}", "%Y-%m-%d %H:%M") for t in (start, end))
    zone = ZoneInfo("Asia/Shanghai")
    assert day_of_shift(at.replace(tzinfo=zone), until.replace(tzinfo=zone), WorkSettings()).day == day


def plan(session: Session, at: datetime, length: timedelta, work: WorkSettings) -> date:
    """Somebody stands a shift, and patrols in it; the day it counts for."""
    for model in (Patrol, CheckIn, ShiftMember, Shift):
        session.execute(delete(model))
    ends, day = at + length, day_of_shift(at, at + length, work)
    shift = {"id": 1, "code": "S", "area_id": 1, "duty_type": "grid", "starts_at": at, "ends_at": ends}
    session.execute(insert(Shift).values(**shift))
    session.execute(insert(ShiftMember).values(shift_id=1, person_id=1))
    session.execute(
        insert(Patrol).values(
            person_id=1, area_id=1, shift_id=1, checklist="v", started_at=at + length / 3, ended_at=ends,
            close_at=ends, state="done",
        )
    )  # fmt: skip
    return day


def views(session: Session, day: date, conf: Settings, now: datetime) -> dict[str, int]:
    """What each view tells of the shift and the patrol on this day."""
    work, record = conf.work, Record(1, now, stretch_of(day, day, conf.work))
    scope, asked = Scope("1/", day, day), AskedSummary.of(1, period_of(PeriodKind.DAY, day), now, conf.work)
    figures = counting.count(session, [(day, 1)], cutoff=now, work=work)[day, 1]
    absent = summary_names._statement(session, asked, "1/", "absent")
    since, until = bounds(day, day, work)
    shifts = select(col(Shift.id)).where(shifts_between(since, until))
    patrols = (
        select(col(Patrol.id))
        .join(Shift, col(Shift.id) == col(Patrol.shift_id), isouter=True)
        .where(patrols_between(since, until))
    )
    return {
        "summary": figures.get("planned", 0), "patrol figures": figures.get("patrols", 0),
        "names": len(session.execute(absent).all()),
        "ledger": ledger_repository.count(session, EntryKind.SHIFT, record)[0],
        "ledger of patrols": ledger_repository.count(session, EntryKind.PATROL, record)[0],
        "export": shift_export.count_shifts(Work(session, OPERATOR, now, conf), scope),
        "export of patrols": patrol_export.count_patrols(Work(session, OPERATOR, now, conf), scope),
        "board": len(
            attendance_repository.missing(
                Work(session, SYSTEM, now, conf), ReportKind.DUTY, "1/", day, below=True
            )
        ),
        "shifts": len(session.execute(shifts).all()), "patrols": len(session.execute(patrols).all()),
    }  # fmt: skip


@given(st.one_of(starts, st.builds(lambda at, by: at + by, turning, lengths)), lengths, works)
@example(
    datetime(2026, 11, 22, 19, 35, tzinfo=UTC), timedelta(hours=12), WorkSettings(timezone="Asia/Shanghai")
)
@settings(max_examples=60, deadline=None)
def test_all_views_agree_and_each_shift_counts_once(
    db: Database, at: datetime, length: timedelta, work: WorkSettings
) -> None:
    conf = load(
        None, {"GRIDDUTY_WORK__TIMEZONE": work.timezone, "GRIDDUTY_WORK__DAY_START": f"{work.day_start}"}
    )
    with db.write_now() as session:
        day, now = plan(session, at, length, conf.work), at + length + timedelta(days=3)
        for other in (day + timedelta(days=n) for n in (-2, -1, 0, 1, 2)):
            told = views(session, other, conf, now)
            assert set(told.values()) == {int(other == day)}, (other, told)
