"""On any day, at any moment, the board, the names behind a summary and its figures tell the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from bot.access import SYSTEM, Work
from bot.features.attendance import repository as attendance_repository
from bot.features.figures import daily_workers, rollups
from bot.features.figures.definitions import with_attendance
from bot.features.figures.periods import PeriodKind, period_of
from bot.features.figures.reading import of_area, read
from bot.features.summaries import names as summary_names
from bot.features.summaries.notices import AskedSummary
from bot.settings import Settings, load
from bot.settings.work_day import bounds, day_of_duty, day_of_shift, work_day
from bot.storage.database import Database
from models import (
    Account,
    Area,
    CheckIn,
    DailyWorker,
    Marker,
    MemberState,
    Person,
    ReportKind,
    Role,
    RoleName,
    Rollup,
    Shift,
    ShiftMember,
    Touched,
)
from tests.layouts import with_tables

SETTINGS: Settings = load(None, {"GRIDDUTY_TELEGRAM__TOKEN": "1000001:" + "t" * 35})
WORK = SETTINGS.work
# 04:00 in the township: a work day begins.
DAY = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
# A township (1) with two villages and a grid; where people are at home.
TREE = {1: (None, "1/"), 2: (1, "1/2/"), 3: (1, "1/3/"), 4: (2, "1/2/4/")}
HOMES = {1: 2, 2: 4, 3: 3, 4: 4, 5: 2, 6: 4}
HOURS = st.integers(-20, 20)
shift = st.tuples(
    st.sampled_from([2, 3, 4]), HOURS, st.integers(4, 12), st.sets(st.integers(1, 4), min_size=1),
    st.sets(st.integers(1, 4), max_size=1),
)  # fmt: skip
# A person, from when, how many hours until the check-out (0: none), and to a shift or to none.
stay = st.tuples(st.integers(1, 6), HOURS, st.integers(0, 10), st.booleans())


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The areas, and people in them: the last two keep duty daily without shifts."""
    file = tmp_path_factory.mktemp("agree") / "agree.sqlite3"
    db = with_tables(file)
    with db.write_now() as session:
        for number, (above, path) in TREE.items():
            kind = "township" if above is None else "village" if above == 1 else "grid"
            session.add(Area(id=number, code=f"{number}", name="片", kind=kind, parent_id=above, path=path))
            session.flush()
        for number, area in HOMES.items():
            session.add(Person(id=number, code=f"P{number}", name=f"人{number}", area_id=area))
            session.flush()
            role = RoleName.GRID_WORKER if number > 4 else RoleName.CREW_MEMBER
            session.add(Role(person_id=number, role=role, area_id=area))
    yield db
    db.close()


def plan(session: Session, number: int, made: tuple[int, int, int, set[int], set[int]]) -> None:
    """A shift in an area with its crew, some of them on leave."""
    area, begins, length, crew, away = made
    starts_at = DAY + timedelta(hours=begins)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=length)}
    session.execute(
        insert(Shift).values(id=number, code=f"S{number}", area_id=area, duty_type="grid", **times)
    )
    for person in sorted(crew):
        state = MemberState.AWAY if person in away else MemberState.PLANNED
        session.execute(insert(ShiftMember).values(shift_id=number, person_id=person, state=state))


def come(session: Session, made: tuple[int, int, int, bool], now: datetime) -> None:
    """A check-in: to a shift of the person that runs then, or to none. One may be open at a time."""
    person, begins, length, planned = made
    in_at = DAY + timedelta(hours=begins)
    if in_at > now:
        return
    running = (
        select(Shift)
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .where(col(ShiftMember.person_id) == person, col(ShiftMember.state) == MemberState.PLANNED)
        .where(col(Shift.starts_at) <= in_at, col(Shift.ends_at) > in_at)
    )
    to = session.execute(running).scalars().first() if planned else None
    close_at = max(now + timedelta(hours=1), in_at + timedelta(hours=16))
    out_at = min(now, in_at + timedelta(hours=length)) if length else None
    open_ = select(col(CheckIn.id)).where(col(CheckIn.person_id) == person, col(CheckIn.out_at).is_(None))
    if out_at is None and session.execute(open_).first():
        return
    session.execute(
        insert(CheckIn).values(
            person_id=person, area_id=to.area_id if to else HOMES[person], shift_id=to.id if to else None,
            duty_type="grid", work_day=day_of_duty(to, in_at, WORK), in_at=in_at, close_at=close_at,
            out_at=out_at,
        )
    )  # fmt: skip


def prepare(session: Session, shifts: list[tuple[int, int, int, set[int], set[int]]]) -> None:
    """A day of which nothing is known yet but its shifts and who keeps duty daily."""
    for model in (Account, DailyWorker, CheckIn, ShiftMember, Shift, Rollup, Touched, Marker):
        session.execute(delete(model))
    for number, each in enumerate(shifts, 1):
        plan(session, number, each)
    day = work_day(DAY, WORK)
    for worker in (5, 6):
        values = {"person_id": worker, "area_id": HOMES[worker], "since": day - timedelta(days=9)}
        session.execute(insert(DailyWorker).values(**values))


def not_of_the_day(session: Session, now: datetime) -> set[int]:
    """Who should be on duty now in a shift that counts for another day: only the board of now names them."""
    rows = session.execute(
        select(col(ShiftMember.person_id), col(Shift.starts_at), col(Shift.ends_at))
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .where(col(Shift.starts_at) <= now, col(Shift.ends_at) > now)
    )
    day = work_day(now, WORK)
    return {row.person_id for row in rows if day_of_shift(row.starts_at, row.ends_at, WORK) != day}


def on_duty(session: Session) -> set[int]:
    """Who is at work."""
    return set(session.execute(select(col(CheckIn.person_id)).where(col(CheckIn.out_at).is_(None))).scalars())


def missed_before(session: Session) -> set[int]:
    """Who is at work now and had a shift that was over before."""
    rows = session.execute(
        select(col(CheckIn.person_id))
        .join(ShiftMember, col(ShiftMember.person_id) == col(CheckIn.person_id))
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .where(col(CheckIn.out_at).is_(None), col(Shift.ends_at) <= col(CheckIn.in_at))
    )
    return set(rows.scalars())


def check(session: Session, area_id: int, now: datetime) -> None:
    """What is told of an area at this moment."""
    day, path = work_day(now, WORK), TREE[area_id][1]
    named = attendance_repository.missing(
        Work(session, SYSTEM, now, SETTINGS), ReportKind.DUTY, path, day, below=True
    )
    asked = AskedSummary.of(area_id, period_of(PeriodKind.DAY, day), now, WORK)
    lines = session.execute(summary_names._statement(session, asked, path, "absent")).all()
    figures = with_attendance(of_area(read(session, [day], [area_id], now=now, work=WORK), area_id, [day]))
    assert len(lines) == figures.get("due", 0) - figures.get("came", 0)
    board, behind = {each.name for each in named}, {line.name for line in lines}
    here = {f"人{number}" for number in on_duty(session)}
    other = {f"人{number}" for number in not_of_the_day(session, now)}
    assert not board & here
    # Behind the figure too, who is at work has missed only what was over before.
    assert behind & here <= {f"人{number}" for number in missed_before(session)}
    assert board - other == behind - here - other
    area = attendance_repository.row_of(session, area_id)
    assert area
    below = attendance_repository.below(session, area_id)
    total, parts = attendance_repository.counts(
        Work(session, SYSTEM, now, SETTINGS), ReportKind.DUTY, area, below, day
    )
    assert total.due - total.reported == len(named)
    for part in parts:
        there = attendance_repository.missing(
            Work(session, SYSTEM, now, SETTINGS), ReportKind.DUTY, TREE[part.area_id][1], day, below=True
        )
        assert part.due - part.reported == len(there)


@given(st.lists(shift, max_size=4), st.lists(stay, max_size=6), st.integers(1, 23))
@example([(2, -3, 8, {1}, set()), (3, 5, 8, {1}, set())], [(1, -3, 0, True)], 6)
@example([], [(5, -9, 0, False)], 6)
@example([(3, 4, 8, {2}, set())], [], 6)
@settings(max_examples=40, deadline=None)
def test_board_names_and_figures_agree(
    db: Database,
    shifts: list[tuple[int, int, int, set[int], set[int]]],
    stays: list[tuple[int, int, int, bool]],
    hour: int,
) -> None:
    now = DAY + timedelta(hours=hour)
    with db.write_now() as session:
        prepare(session, shifts)
        asks = bounds(work_day(now, WORK), work_day(now, WORK), WORK)[0]
        for each in stays:
            come(session, each, now)
            # Between any two of them somebody may count.
            rollups.catch_up(Work(session, SYSTEM, asks, SETTINGS), limit=5)
        for at in daily_workers.asked(Work(session, SYSTEM, now, SETTINGS)):
            daily_workers.begin(Work(session, SYSTEM, now, SETTINGS), at, 0)
        for area_id in TREE:
            check(session, area_id, now)
        # A check-out takes back what being on duty stood for.
        session.execute(CheckIn.__table__.update().where(col(CheckIn.out_at).is_(None)).values(out_at=now))  # type: ignore[attr-defined]
        for area_id in TREE:
            check(session, area_id, now)
