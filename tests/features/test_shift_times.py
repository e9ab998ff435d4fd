"""Shifts over midnight, of 24 hours, back to back, changed while they run, where the clocks change: which one
a check-in means, whether it is late, its work day, the next shift, and gaps; against a model in minutes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.access import Actor, ActorKind, Holding, Work
from bot.base.errors import Refused
from bot.features.attendance import duty_board
from bot.features.duty import check_in as duty_check_in
from bot.features.duty import check_out as duty_check_out
from bot.features.duty import known_duty
from bot.features.duty.repository import follow_shifts
from bot.features.shifts import crews
from bot.features.shifts.change_notices import next_shifts
from bot.features.shifts.rotation_pattern import moment
from bot.settings import load
from bot.storage import values as storage_values
from bot.storage.database import Database
from models import Area, AwayKind, CheckIn, MemberState, Person, Post, Punctuality, Shift, ShiftMember
from tests.layouts import with_tables

SETTINGS = load(None, {"GRIDDUTY_WORK__TIMEZONE": "Europe/Berlin"})
EARLY, GRACE, CLOSE, OPEN = 60, 5, 120, 16 * 60
WORKER, COLLEAGUE = 1, 2
PATH = "A/"
ACTOR = Actor(ActorKind.PERSON, WORKER, "A", 1, PATH, (Holding("grid_worker", PATH),))
CHIEF = Actor(ActorKind.PERSON, 3, "S", 1, PATH, (Holding("supervisor", PATH),))
# The nights in which the clocks go back, and forward, are the second ones.
AUTUMN, SPRING = date(2026, 10, 24), date(2026, 3, 28)

_QUARTERS = st.integers(0, 95)
_WHICH = st.integers(0, 4)
_DEEDS = st.one_of(
    st.tuples(
        st.just("plan"), st.integers(0, 3), _QUARTERS, st.sampled_from([1, 24, 32, 48, 96]), st.integers(1, 2)
    ),
    st.tuples(st.just("move"), _WHICH, st.integers(-8, 8), st.integers(-8, 40)),
    st.tuples(st.sampled_from(["cancel", "away", "back", "swap"]), _WHICH),
    st.tuples(st.sampled_from(["in", "out"]), _WHICH, st.integers(-90, 1500)),
)
_PLAN = st.tuples(
    st.just("plan"), st.integers(0, 2), _QUARTERS, st.sampled_from([32, 48, 96]), st.integers(1, 2)
)


@dataclass
class Planned:
    """A shift as the model sees it: minutes since the first midnight in UTC, and how the worker stands."""

    start: int
    end: int
    stands: bool = True
    state: str = "planned"
    # Somebody else has come to it.
    relieved: bool = False

    @property
    def mine(self) -> bool:
        return self.stands and self.state == "planned"

    @property
    def coming(self) -> int:
        return int(self.state == "planned") + int(self.relieved)


@dataclass
class Done:
    """A check-in as the model sees it."""

    shift: int | None
    at: int
    close: int
    out: int | None = None


@dataclass
class Model:
    """Everything in whole minutes; the wall clock is one number added, which changes once."""

    first: date
    shifts: dict[int, Planned] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)

    def offset(self, minute: int) -> int:
        """Minutes the wall clock is ahead of UTC. It changes at 01:00 UTC of the second day."""
        before, after = (120, 60) if self.first == AUTUMN else (60, 120)
        return before if minute < 24 * 60 + 60 else after

    def when(self, wall: int) -> int:
        """The first minute in which the wall clock shows this; or the one in which it jumps over it."""
        shown = [m for m in range(wall - 120, wall + 1) if m + self.offset(m) == wall]
        return shown[0] if shown else 24 * 60 + 60

    def day(self, minute: int) -> date:
        """The work day: until four it is the day before."""
        return self.first + timedelta(days=(minute + self.offset(minute) - 4 * 60) // (24 * 60))

    def meant(self, at: int) -> int | None:
        """The shift that a check-in means."""
        been = {each.shift for each in self.done[-4:]}
        here = [n for n, s in self.shifts.items() if s.mine and s.start - EARLY <= at < s.end]
        here = [n for n in here if n not in been] or here
        return min(
            here, key=lambda n: (abs(at - self.shifts[n].start), self.shifts[n].start, n), default=None
        )

    def open_at(self, at: int) -> Done | None:
        """The check-in that goes on."""
        return next((each for each in self.done if each.out is None and each.close > at), None)

    def next(self, now: int) -> int | None:
        """The worker's next shift."""
        later = [(s.start, n) for n, s in self.shifts.items() if s.mine and s.start > now]
        return min(later)[1] if later else None

    def gaps(self, now: int) -> int:
        """Shifts of the next seven days to which fewer than two come."""
        week = now + 7 * 24 * 60
        return sum(s.stands and s.end > now and s.start < week and s.coming < 2 for s in self.shifts.values())


@dataclass
class Trial:
    """The model and the real thing, side by side."""

    session: Session
    model: Model
    clock: int = 0

    def moment(self, minute: int) -> datetime:
        return datetime.combine(self.model.first, time(0), UTC) + timedelta(minutes=minute)

    def plan(self, day: int, quarter: int, length: int, post: int) -> None:
        """A shift by the wall clock; its end is so many quarters of an hour of real time later."""
        wall = day * 24 * 60 + quarter * 15
        start = self.model.when(wall)
        clock = time(quarter // 4, quarter % 4 * 15)
        starts_at = moment(self.model.first + timedelta(days=day), clock, SETTINGS.work.zone)
        assert starts_at == self.moment(start)
        shift = Shift(
            code=f"S{len(self.model.shifts)}", area_id=1, post_id=post, duty_type="office",
            starts_at=starts_at, ends_at=starts_at + timedelta(minutes=15 * length),
        )  # fmt: skip
        self.session.add(shift)
        self.session.flush()
        number = shift.id or 0
        self.session.add(ShiftMember(shift_id=number, person_id=WORKER))
        self.session.flush()
        self.model.shifts[number] = Planned(start, start + 15 * length)

    def move(self, number: int, start: int, end: int) -> None:
        """As an import does: the shift, and open check-ins with it."""
        planned = self.model.shifts[number]
        begins, ends = planned.start + 15 * start, planned.end + 15 * end
        if ends <= begins or not planned.stands:
            return
        planned.start, planned.end = begins, ends
        values = {"starts_at": self.moment(begins), "ends_at": self.moment(ends)}
        self.session.execute(update(Shift).where(col(Shift.id) == number).values(**values))
        follow_shifts(
            self.session, select(col(Shift.id)).where(col(Shift.id) == number), timedelta(minutes=CLOSE)
        )
        for each in self.model.done:
            if each.shift == number and each.out is None:
                each.close = ends + CLOSE

    def cancel(self, number: int) -> None:
        self.model.shifts[number].stands = False
        gone = update(Shift).where(col(Shift.id) == number).values(removed_at=self.moment(self.clock))
        self.session.execute(gone)

    def away(self, number: int) -> None:
        if self.model.shifts[number].mine:
            self.model.shifts[number].state = "away"
            crews.set_away(self.session, number, WORKER, AwayKind.SICK, self.moment(self.clock))

    def back(self, number: int) -> None:
        planned = self.model.shifts[number]
        if planned.state == "away" and not planned.relieved:
            planned.state = "planned"
            crews.set_back(self.session, number, WORKER)

    def swap(self, number: int) -> None:
        """The colleague comes instead, where free for it; also in the middle of the shift."""
        planned = self.model.shifts[number]
        taken = [s for s in self.model.shifts.values() if s.relieved and s.stands]
        bound = any(s.start < planned.end and s.end > planned.start for s in taken)
        late = not planned.stands or planned.end <= self.clock
        cannot = bound or late or planned.relieved
        try:
            crews.move_member(
                Work(self.session, CHIEF, self.moment(self.clock), SETTINGS),
                number,
                WORKER,
                COLLEAGUE,
                why="swap",
            )
        except Refused:
            assert cannot
        else:
            assert not cannot
            planned.state = "replaced" if planned.state == "planned" else planned.state
            planned.relieved = True

    def check_in(self) -> None:
        at, model = self.clock, self.model
        report = duty_check_in.check_in(
            Work(self.session, ACTOR, self.moment(at), SETTINGS), None, self.moment(at), without_place=True
        )
        open_ = model.open_at(at)
        if open_ and report.kind == "again":
            return
        # Who is on duty already goes over to a shift only where another one is meant.
        assert report.kind == "done"
        assert not open_ or model.meant(at) not in (None, open_.shift)
        for each in model.done:
            each.out = at if each.out is None else each.out
        number = model.meant(at)
        assert (report.shift.id if report.shift else None) == number
        shift = model.shifts[number] if number else None
        # A shift is of the day that most of it lies in.
        assert report.day == model.day((shift.start + shift.end) // 2 if shift else at).isoformat()
        if shift:
            again = number in {each.shift for each in model.done[-4:]}
            late = 0 if again or at <= shift.start + GRACE else at - shift.start
            assert (report.time.punctuality == Punctuality.LATE, report.time.minutes) == (late > 0, late)
        model.done.append(Done(number, at, shift.end + CLOSE if shift else at + OPEN))

    def check_out(self) -> None:
        at = self.clock
        open_ = self.model.open_at(at)
        try:
            leaving = duty_check_out.check_out(
                Work(self.session, ACTOR, self.moment(at), SETTINGS), self.moment(at)
            )
        except Refused:
            assert open_ is None
            return
        assert open_
        open_.out = at
        end = self.model.shifts[open_.shift].end if open_.shift else at
        assert leaving.early_minutes == (end - at if at < end - GRACE else 0)

    def look(self) -> None:
        """The next shift and the gaps are those of the model."""
        now = self.moment(self.clock)
        found = next_shifts(self.session, [WORKER], now).get(WORKER)
        assert (found.shift_id if found else None) == self.model.next(self.clock)
        board = duty_board.gaps(Work(self.session, CHIEF, now, SETTINGS), 0)
        assert board.total == self.model.gaps(self.clock)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One area, two posts, a worker, a colleague and a supervisor."""
    file = tmp_path_factory.mktemp("times") / "times.sqlite3"
    made = with_tables(file)
    with made.write_now() as session:
        session.add(Area(id=1, code="A", name="A", kind="village", path=PATH))
        session.flush()
        session.add_all(Post(id=n, code=f"P{n}", name=f"P{n}", area_id=1, qr_code=f"q{n}") for n in (1, 2))
        session.add_all(Person(id=n, code=f"W{n}", name=f"W{n}", area_id=1) for n in (1, 2, 3))
    yield made
    made.close()


def run(trial: Trial, deeds: list[tuple[object, ...]]) -> None:
    """Do them in order; the clock only goes on."""
    for name, *given_ in deeds:
        numbers = [int(str(each)) for each in given_]
        if name == "plan":
            trial.plan(*numbers)
        else:
            known = sorted(trial.model.shifts)
            number = known[numbers[0] % len(known)]
            if name in ("in", "out"):
                trial.clock = max(trial.clock + 1, trial.model.shifts[number].start + numbers[1])
                trial.check_in() if name == "in" else trial.check_out()
            else:
                getattr(trial, str(name))(number, *numbers[1:])
        crews.forget_roster(trial.session)
        trial.look()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([AUTUMN, SPRING]), st.lists(_PLAN, min_size=1, max_size=3), st.lists(_DEEDS, max_size=9)
)
# Two posts back to back over the night in which an hour comes twice; ended late, taken up again.
@example(
    AUTUMN, [("plan", 0, 80, 48, 1), ("plan", 1, 28, 48, 2)], [("in", 0, -5), ("out", 0, 400), ("in", 1, 0)]
)
# An hour that does not come; a shift moved while it runs, so that the check-in stays open longer.
@example(
    SPRING, [("plan", 1, 9, 32, 1)], [("in", 0, 6), ("move", 0, 0, 40), ("in", 0, 700), ("out", 0, 1000)]
)
@example(
    AUTUMN, [("plan", 0, 32, 96, 1)], [("in", 0, 0), ("swap", 0), ("back", 0), ("out", 0, 30), ("in", 0, 60)]
)
@example(SPRING, [("plan", 0, 32, 96, 1)], [("in", 0, 9), ("out", 0, 100), ("in", 0, 200)])
def test_what_is_true_of_shifts_holds_whatever_happens_to_them(
    db: Database, first: date, plans: list[tuple[object, ...]], deeds: list[tuple[object, ...]]
) -> None:
    with Session(db.writer, expire_on_commit=False) as session:
        # No example may find what another one remembered.
        known_duty._remembered.known.clear()
        trial = Trial(session, Model(first))
        crews.forget_roster(session)
        run(trial, [*plans, *deeds])
        session.rollback()
    known_duty._remembered.known.clear()


def test_nothing_of_an_example_is_left(db: Database) -> None:
    with db.read() as session:
        assert storage_values.roster_version(session) == 0
        assert session.execute(select(col(CheckIn.id))).first() is None
        assert (
            session.execute(
                select(col(ShiftMember.state)).where(col(ShiftMember.state) == MemberState.AWAY)
            ).first()
            is None
        )
