"""Roll-ups are always what a recount would say, whatever happened in whichever order."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlmodel import Session, SQLModel, col

from bot.access import SYSTEM, Work
from bot.features.figures import daily_workers, rollups
from bot.features.figures.definitions import FIGURES
from bot.settings import Settings, load
from bot.settings.work_day import bounds, day_of_duty, day_of_shift, work_day
from bot.storage.database import Database
from models import (
    Account,
    Area,
    CheckIn,
    DailyWorker,
    Hazard,
    HouseholdCluster,
    HouseholdDay,
    Patrol,
    Person,
    ResidentRequest,
    Role,
    Rollup,
    Shift,
    ShiftMember,
    Touched,
)
from tests.layouts import with_tables

SETTINGS: Settings = load(None, {"GRIDDUTY_TELEGRAM__TOKEN": "1000001:" + "t" * 35})
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
NOW = MONDAY + timedelta(days=3)
# Number → the one above. 4, 5 and 6 may be moved.
TREE = {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3}
AREAS = st.integers(1, 6)
PEOPLE = st.integers(1, 4)
HOURS = st.integers(0, 60)
TABLES = (
    Account,
    DailyWorker,
    Role,
    ResidentRequest,
    HouseholdDay,
    HouseholdCluster,
    Hazard,
    Patrol,
    CheckIn,
    ShiftMember,
    Shift,
    Rollup,
    Touched,
)

act = st.one_of(
    st.tuples(st.just("check_in"), PEOPLE, AREAS, HOURS, st.sampled_from(["on_time", "late", "no_shift"])),
    st.tuples(st.just("leave"), st.integers(0, 30), HOURS, st.sampled_from(["self", "system"])),
    st.tuples(st.just("correct"), st.integers(0, 30), HOURS),
    st.tuples(st.just("correct_out"), st.integers(0, 30), HOURS),
    st.tuples(st.just("regrade"), st.integers(0, 30), st.sampled_from(["on_site", "off_site", "unsure"])),
    st.tuples(st.just("shift"), AREAS, HOURS, st.sets(PEOPLE)),
    st.tuples(st.just("move_shift"), st.integers(0, 30), AREAS, HOURS),
    st.tuples(st.just("remove_shift"), st.integers(0, 30)),
    st.tuples(st.just("away"), st.integers(0, 30)),
    st.tuples(st.just("move_person"), PEOPLE, AREAS),
    st.tuples(st.just("employ"), PEOPLE),
    st.tuples(st.just("dismiss"), PEOPLE),
    st.tuples(st.just("register"), HOURS),
    st.tuples(st.just("move_area"), st.sampled_from([4, 5, 6]), st.sampled_from([2, 3])),
    st.tuples(st.just("patrol"), PEOPLE, AREAS, HOURS, st.sampled_from(["done", "incomplete"])),
    st.tuples(st.just("join"), PEOPLE, HOURS),
    st.tuples(st.just("stretch_shift"), st.integers(0, 30), HOURS),
    st.tuples(st.just("hazard"), AREAS, HOURS),
    st.tuples(st.just("request"), AREAS, HOURS, st.integers(0, 1)),
    st.tuples(st.just("end"), st.integers(0, 30), HOURS),
    st.tuples(st.just("close"), st.integers(0, 30), HOURS),
    st.tuples(st.just("reopen"), st.integers(0, 30)),
    st.tuples(st.just("withdraw"), st.integers(0, 30)),
    st.tuples(st.just("household"), AREAS, st.integers(0, 2), st.integers(0, 9)),
    st.tuples(st.just("count"), st.integers(1, 50)),
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Six areas in three levels and four people."""
    file = tmp_path_factory.mktemp("rollups") / "rollups.sqlite3"
    db = with_tables(file)
    with db.write_now() as session:
        for number, above in TREE.items():
            session.add(Area(id=number, code=f"{number}", name="片", kind="grid", parent_id=above, path="/"))
            session.flush()
        for number in range(1, 5):
            session.add(Person(id=number, code=f"P{number}", name=f"人{number}", area_id=4))
    yield db
    db.close()


class World:
    """What can happen, done by plain SQL as any part of the bot would."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.number = self.registered = 0

    def do(self, name: str, *words: object) -> None:
        """One act by its name."""
        getattr(self, name)(*words)

    def at(self, hours: int) -> datetime:
        """So many hours after Monday 00:00 UTC."""
        return MONDAY + timedelta(hours=hours)

    def chosen(self, model: type[SQLModel], place: int) -> int | None:
        """The number of one of the rows there are."""
        ids = list(self.session.execute(select(model.id).order_by(model.id)).scalars())  # type: ignore[attr-defined]
        return ids[place % len(ids)] if ids else None

    def change(self, model: type[SQLModel], place: int, **values: object) -> None:
        """Change one of the rows there are."""
        changed = update(model).where(model.id == self.chosen(model, place))  # type: ignore[attr-defined]
        self.session.execute(changed.values(**values))

    def check_in(self, person: int, area: int, hours: int, punctuality: str) -> None:
        at, shift_id = self.at(hours), self.chosen(Shift, person + hours)
        self.session.execute(
            update(CheckIn)
            .where(col(CheckIn.person_id) == person, col(CheckIn.out_at).is_(None))
            .values(out_at=at, closed_by="self")
        )
        self.session.execute(
            insert(CheckIn).values(
                person_id=person, area_id=area, duty_type="grid", in_at=at,
                close_at=at + timedelta(hours=12),
                work_day=work_day(at, SETTINGS.work), in_punctuality=punctuality,
                shift_id=None if punctuality == "no_shift" else shift_id,
            )
        )  # fmt: skip

    def leave(self, place: int, hours: int, by: str) -> None:
        self.change(CheckIn, place, out_at=self.at(hours), closed_by=by)

    def correct(self, place: int, hours: int) -> None:
        self.change(CheckIn, place, corrected_in_at=self.at(hours), in_punctuality="on_time")

    def correct_out(self, place: int, hours: int) -> None:
        self.change(CheckIn, place, corrected_out_at=self.at(hours))

    def regrade(self, place: int, grade: str) -> None:
        self.change(CheckIn, place, place_grade=grade)

    def shift(self, area: int, hours: int, crew: set[int]) -> None:
        self.number += 1
        at = self.at(hours)
        values = {"code": f"S{self.number}", "area_id": area, "duty_type": "grid", "starts_at": at}
        number = self.session.execute(
            insert(Shift).values(**values, ends_at=at + timedelta(hours=8)).returning(col(Shift.id))
        ).scalar_one()
        for person in crew:
            self.session.execute(insert(ShiftMember).values(shift_id=number, person_id=person))

    def move_shift(self, place: int, area: int, hours: int) -> None:
        self.change(Shift, place, area_id=area, starts_at=self.at(hours))

    def stretch_shift(self, place: int, hours: int) -> None:
        self.change(Shift, place, ends_at=self.at(hours + 4))

    def join(self, person: int, hours: int) -> None:
        self.number += 1
        self.session.execute(
            insert(Account).values(
                bot=1, user_id=self.number, chat_id=self.number, person_id=person, joined_at=self.at(hours)
            )
        )

    def remove_shift(self, place: int) -> None:
        self.change(Shift, place, removed_at=NOW)

    def away(self, place: int) -> None:
        self.change(ShiftMember, place, state="away")

    def move_person(self, person: int, area: int) -> None:
        self.session.execute(update(Person).where(col(Person.id) == person).values(area_id=area))

    def employ(self, person: int) -> None:
        self.dismiss(person)
        self.session.execute(insert(Role).values(person_id=person, area_id=4, role="grid_worker"))

    def dismiss(self, person: int) -> None:
        self.session.execute(delete(Role).where(col(Role.person_id) == person))

    def register(self, hours: int) -> None:
        """The hour's job, in the order of time: who is a worker without shifts now."""
        self.registered = max(self.registered, hours)
        now = self.at(self.registered)
        daily_workers.keep(Work(self.session, SYSTEM, now, SETTINGS), 0)
        for at in daily_workers.asked(Work(self.session, SYSTEM, now, SETTINGS)):
            daily_workers.begin(Work(self.session, SYSTEM, now, SETTINGS), at, 0)

    def move_area(self, area: int, above: int) -> None:
        self.session.execute(update(Area).where(col(Area.id) == area).values(parent_id=above))

    def patrol(self, person: int, area: int, hours: int, state: str) -> None:
        at = self.at(hours)
        self.session.execute(
            insert(Patrol).values(
                person_id=person, area_id=area, checklist="village", started_at=at, ended_at=at, close_at=at,
                state=state, reached=2, total=3, shift_id=self.chosen(Shift, person + hours),
            )
        )  # fmt: skip

    def hazard(self, area: int, hours: int) -> None:
        self.number += 1
        at = self.at(hours)
        values = {"found_at": at, "reported_at": at, "due_at": at + timedelta(hours=9), "reported_by": 1}
        self.session.execute(
            insert(Hazard).values(
                year=2026, number=self.number, area_id=area, category="fire", severity="normal", **values
            )
        )

    def close(self, place: int, hours: int) -> None:
        self.change(Hazard, place, state="closed", fixed_at=self.at(hours), closed_at=self.at(hours))

    def reopen(self, place: int) -> None:
        self.change(Hazard, place, state="assigned", fixed_at=None, closed_at=None)

    def request(self, area: int, hours: int, repeats: int) -> None:
        self.number += 1
        at = self.at(hours)
        values = {"registered_at": at, "due_at": at + timedelta(hours=9), "registered_by": 1}
        self.session.execute(
            insert(ResidentRequest).values(
                year=2026, number=self.number, area_id=area, category="aid", mode="timed", repeats=repeats,
                **values,
            )
        )  # fmt: skip

    def end(self, place: int, hours: int) -> None:
        self.change(ResidentRequest, place, state="closed", done_at=self.at(hours), closed_at=self.at(hours))

    def withdraw(self, place: int) -> None:
        self.change(Hazard, place, state="withdrawn")

    def household(self, area: int, day: int, not_reached: int) -> None:
        values = {"head_id": 1, "area_id": area, "count": 10}
        cluster = self.chosen(HouseholdCluster, area)
        if cluster is None:
            cluster = self.session.execute(
                insert(HouseholdCluster).values(**values).returning(col(HouseholdCluster.id))
            ).scalar_one()
        when = {"day": date(2026, 11, 23) + timedelta(days=day), "answered_at": NOW}
        known = select(HouseholdDay.id).where(
            col(HouseholdDay.cluster_id) == cluster, col(HouseholdDay.day) == when["day"]
        )
        if self.session.execute(known).first() is None:
            self.session.execute(
                insert(HouseholdDay).values(**values, **when, cluster_id=cluster, not_reached=not_reached)
            )
        else:
            self.change(HouseholdDay, day, not_reached=not_reached)

    def count(self, limit: int) -> None:
        rollups.catch_up(Work(self.session, SYSTEM, NOW, SETTINGS), limit=limit)


def days_of(record: CheckIn) -> set[date]:
    """The work days on which a check-in is coming: the one it counts for, and (without a shift) the one that
    it mostly lies in."""
    began = record.corrected_in_at or record.in_at
    ended = record.corrected_out_at or record.out_at or record.close_at
    if record.shift_id or ended <= began:
        return {record.work_day}
    return {record.work_day, day_of_shift(began, ended, SETTINGS.work)}


def joined_since(accounts: list[Account], person: int, day: date) -> bool:
    """Whether somebody has joined on this work day or later."""
    joined = [a.joined_at for a in accounts if a.person_id == person]
    return bool(joined) and min(joined) >= bounds(day, day, SETTINGS.work)[0]


def is_open_in(record: CheckIn, member: ShiftMember, shift: Shift) -> bool:
    """Whether the person of a crew is on duty from before as the shift begins."""
    within = record.in_at < shift.ends_at and record.close_at > shift.starts_at
    return record.person_id == member.person_id and record.out_at is None and within


def by_hand(session: Session) -> dict[tuple[date, int], Counter[str]]:
    """The same figures counted the slow way, row by row."""
    above = {row.id: row.parent_id for row in session.execute(select(Area.id, Area.parent_id))}
    found: dict[tuple[date, int], Counter[str]] = {}

    def add(day: date, area: int | None, **figures: int) -> None:
        while area is not None:
            found.setdefault((day, area), Counter()).update(figures)
            area = above[area]

    records = list(session.execute(select(CheckIn)).scalars())
    accounts = list(session.execute(select(Account)).scalars())
    for (day, area, _), many in Counter((r.work_day, r.area_id, r.person_id) for r in records).items():
        add(day, area, people=1, checkins=many)
    for r in records:
        began, ended = r.corrected_in_at or r.in_at, r.corrected_out_at or r.out_at
        worked = int(max(0.0, (ended - began).total_seconds()) // 60) if ended else 0
        add(
            r.work_day, r.area_id, minutes=worked, **{r.place_grade: 1}, no_shift=int(r.shift_id is None),
            forgotten=int(r.closed_by == "system" and not r.corrected_out_at),
            corrected=int(bool(r.corrected_in_at or r.corrected_out_at)),
        )  # fmt: skip
    for member, shift in session.execute(select(ShiftMember, Shift).join(Shift)):
        if shift.removed_at or member.state != "planned" or shift.starts_at > NOW:
            continue
        came = [r for r in records if r.shift_id == shift.id and r.person_id == member.person_id]
        stands = any(is_open_in(r, member, shift) for r in records)
        late = any(r.in_punctuality == "late" for r in came)
        day = day_of_shift(shift.starts_at, shift.ends_at, SETTINGS.work)
        if not came and not stands and joined_since(accounts, member.person_id, day):
            continue
        add(day, shift.area_id, planned=1, present=int(bool(came) or stands), late=int(late))
    for w in session.execute(select(DailyWorker)).scalars():
        last = work_day(NOW, SETTINGS.work) if w.until is None else w.until
        for day in (w.since + timedelta(days=n) for n in range((last - w.since).days)):
            if joined_since(accounts, w.person_id, day):
                continue
            came = any(r.person_id == w.person_id and day in days_of(r) for r in records)
            add(day, w.area_id, workers=1, workers_came=int(came))
    for p in session.execute(select(Patrol)).scalars():
        incomplete = int(p.state == "incomplete")
        shift = session.get(Shift, p.shift_id) if p.shift_id else None
        day = day_of_duty(shift, p.started_at, SETTINGS.work)
        add(day, p.area_id, patrols=1, patrols_incomplete=incomplete, checkpoints=3, checkpoints_reached=2)
    for h in session.execute(select(Hazard)).scalars():
        if h.state == "withdrawn":
            continue
        add(work_day(h.reported_at, SETTINGS.work), h.area_id, hazards_found=1)
        if h.closed_at:
            in_time = int(h.fixed_at <= h.due_at)
            add(work_day(h.closed_at, SETTINGS.work), h.area_id, hazards_closed=1, hazards_in_time=in_time)
    for each in session.execute(select(ResidentRequest)).scalars():
        add(work_day(each.registered_at, SETTINGS.work), each.area_id, requests_registered=1)
        if each.closed_at:
            in_time = int(each.done_at <= each.due_at and not each.repeats)
            day = work_day(each.closed_at, SETTINGS.work)
            add(day, each.area_id, requests_closed=1, requests_in_time=in_time)
    for d in session.execute(select(HouseholdDay)).scalars():
        add(d.day, d.area_id, households=d.count, households_reached=d.count - d.not_reached)
    return {place: +counts for place, counts in found.items()}


def in_store(session: Session) -> dict[tuple[date, int], Counter[str]]:
    """What the roll-ups say."""
    rows = session.execute(select(Rollup)).scalars()
    return {(r.day, r.area_id): +Counter({code: getattr(r, code) for code in FIGURES}) for r in rows}


@given(st.lists(act, max_size=30), st.integers(0, 10))
@settings(max_examples=60, deadline=None)
def test_roll_ups_are_what_a_recount_says(db: Database, acts: list[tuple[object, ...]], seed: int) -> None:
    random.Random(seed).shuffle(acts)
    with db.write_now() as session:
        for model in TABLES:
            session.execute(delete(model))
        for area, above in TREE.items():
            session.execute(update(Area).where(col(Area.id) == area).values(parent_id=above))
        session.execute(delete(Touched))
        session.execute(text("DELETE FROM marker"))
        world = World(session)
        for name, *words in acts:
            world.do(str(name), *words)
        world.register(72)
        while session.execute(select(Touched.id)).first():
            world.count(7)
        assert in_store(session) == by_hand(session)


def test_a_shift_counts_from_its_start(db: Database) -> None:
    with db.write_now() as session:
        for model in TABLES:
            session.execute(delete(model))
        world = World(session)
        world.shift(4, 9, {1, 2})
        before, after = MONDAY + timedelta(hours=8), MONDAY + timedelta(hours=10)
        for now, planned in ((before, None), (after, 2)):
            rollups.catch_up(Work(session, SYSTEM, now, SETTINGS), limit=50)
            found = rollups.kept(session, [date(2026, 11, 23)], [1])
            assert found.get((date(2026, 11, 23), 1), {}).get("planned") == planned
