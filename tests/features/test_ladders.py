"""Ladders: person, lead, supervisors, further up; whatever happens on the way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bot.access import SYSTEM, Actor, ActorKind, Holding, Work
from bot.base.errors import NotAllowed
from bot.features.attendance.notices import LateCrew, LateNames, LateOwn
from bot.features.escalation import climbing, ladders
from bot.features.escalation.kinds import EscalationKind
from bot.features.escalation.ladders import Start
from bot.features.registry.ladder_kinds import KINDS
from bot.settings import Settings, load
from bot.storage.database import Database
from models import Account, Area, Card, Ladder, LadderState, LadderStep, OutboxRow, Person, Reach, Role
from tests.layouts import with_tables

NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")
MINUTE = timedelta(minutes=1)
PATHS = {1: "DH/", 2: "DH/MS/", 3: "DH/MS/1/"}
# Worker and lead in the township; two supervisors there, one in the county, one in the prefecture.
WORKER, LEAD, NEAR, NEAR_TOO, COUNTY, TOP = range(1, 7)
AREA_OF = {WORKER: 3, LEAD: 3, NEAR: 3, NEAR_TOO: 3, COUNTY: 2, TOP: 1}
SETTINGS: Settings = load(None, {})


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A township under a county under a prefecture, and their people."""
    file: Path = tmp_path_factory.mktemp("ladders") / "ladders.sqlite3"
    opened = with_tables(file)
    with opened.write_now() as session:
        for number, path in PATHS.items():
            session.add(Area(id=number, code=path, name=path, kind="township", path=path))
        session.flush()
        for number, area in AREA_OF.items():
            session.add(Person(id=number, code=f"P{number}", name=f"人{number}", area_id=area))
        session.flush()
        for number, area in AREA_OF.items():
            if number >= NEAR:
                session.add(Role(person_id=number, role="supervisor", area_id=area))
            session.add(Account(bot=1, user_id=number, chat_id=number, person_id=number, joined_at=NOON))
    yield opened
    opened.close()


class Probe:
    """A kind of ladder whose subjects are answered when the test says so."""

    def __init__(self) -> None:
        self.answered: set[str] = set()

    def needed(self, _: Session, subjects: list[str], now: datetime, settings: Settings) -> set[str]:
        return set(subjects) - self.answered


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> Probe:
    """That kind, registered."""
    made = Probe()
    notices = (LateOwn, LateCrew, LateNames)
    kind = EscalationKind(made.needed, notices, "rotation.set", "", True)  # type: ignore[arg-type]
    monkeypatch.setitem(KINDS, "probe", kind)
    return made


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """A transaction in a town without ladders, where everybody can be reached."""
    with db.write_now() as opened:
        empty(opened)
        yield opened


def empty(session: Session) -> None:
    """No ladders; everybody can be reached."""
    for model in (LadderStep, Ladder, Card, OutboxRow):
        session.execute(delete(model))
    session.execute(update(Account).values(reach=Reach.OK))


def start(session: Session, subject: str = "x:1", waits: tuple[int, ...] = (10, 30, 60)) -> None:
    """Set one up at noon."""
    one = Start(subject, PATHS[3], [WORKER], [LEAD])
    ladders.start_all(Work(session, SYSTEM, NOON, SETTINGS), "probe", [one], waits=waits)


def climb(session: Session, minutes: int) -> None:
    """What the clock does so many minutes after noon."""
    climbing.climb(Work(session, SYSTEM, NOON + minutes * MINUTE, SETTINGS), KINDS, 100)


def steps(session: Session) -> list[tuple[int, int | None, str]]:
    """Minutes after noon, person, outcome."""
    rows = session.execute(select(LadderStep).order_by(col(LadderStep.id))).scalars()
    return [(round((row.at - NOON) / MINUTE), row.person_id, row.outcome) for row in rows]


def supervisor(number: int) -> Actor:
    """One of them, acting."""
    return Actor(ActorKind.PERSON, number, holdings=(Holding("supervisor", PATHS[AREA_OF[number]]),))


def block(session: Session, *people: int) -> None:
    """These can be written to no more."""
    blocked = update(Account).where(col(Account.person_id).in_(people))
    session.execute(blocked.values(reach=Reach.BLOCKED))


def test_what_goes_in_one_message_is_not_cut_in_two(session: Session, probe: Probe) -> None:
    starts = [Start("x:1", PATHS[2], [COUNTY]), *(Start(f"x:{n}", PATHS[3], [WORKER]) for n in (2, 3))]
    ladders.start_all(Work(session, SYSTEM, NOON, SETTINGS), "probe", starts, waits=(10,))
    first, second, third = (
        climbing.climb(Work(session, SYSTEM, NOON + 10 * MINUTE, SETTINGS), KINDS, 2) for _ in range(3)
    )
    assert (first, second, third) == ((1, True), (2, True), (0, False))


def test_goes_up_rung_by_rung_and_starting_again_does_nothing(session: Session, probe: Probe) -> None:
    start(session, waits=(10, 30, 60, 90, 120))
    start(session, waits=(0,))
    for minute in range(200):
        climb(session, minute)
    assert steps(session) == [
        (10, WORKER, "told"), (30, LEAD, "told"), (60, NEAR, "told"), (60, NEAR_TOO, "told"),
        (90, COUNTY, "told"), (120, TOP, "told"),
    ]  # fmt: skip
    assert session.execute(select(col(Ladder.state))).scalar() == LadderState.ENDED


def test_a_rung_with_nobody_is_passed_over_at_once(session: Session, probe: Probe) -> None:
    block(session, WORKER, NEAR, NEAR_TOO)
    start(session)
    climb(session, 10)
    assert steps(session) == [(10, None, "nobody"), (10, LEAD, "told")]
    climb(session, 40)
    assert steps(session)[2:] == [(40, COUNTY, "told")]


def test_where_nobody_is_anywhere_it_ends(session: Session, probe: Probe) -> None:
    block(session, *AREA_OF)
    start(session)
    climb(session, 10)
    assert [outcome for *_, outcome in steps(session)] == ["nobody"] * 3
    assert session.execute(select(col(Ladder.state))).scalar() == LadderState.ENDED


def test_stops_when_answered(session: Session, probe: Probe) -> None:
    start(session)
    climb(session, 10)
    probe.answered.add("x:1")
    for minute in range(11, 100):
        climb(session, minute)
    assert steps(session) == [(10, WORKER, "told")]
    assert session.execute(select(col(Ladder.state))).scalar() == LadderState.STOPPED


def test_rests_while_somebody_sees_to_it_and_comes_back(session: Session, probe: Probe) -> None:
    start(session)
    climb(session, 10)
    climb(session, 30)
    climb(session, 60)
    now = NOON + 61 * MINUTE
    assert ladders.take(Work(session, supervisor(NEAR), now, SETTINGS), "x:1", back=timedelta(hours=1))
    assert not ladders.take(Work(session, supervisor(NEAR_TOO), now, SETTINGS), "x:1")
    climb(session, 120)
    assert steps(session)[-1] == (61, NEAR, "taken")
    climb(session, 121)
    assert steps(session)[-2:] == [(121, NEAR, "back"), (121, COUNTY, "told")]


def test_what_was_taken_and_not_done_comes_back_to_the_taker_where_nobody_is_above(
    session: Session, probe: Probe
) -> None:
    start(session, waits=(10, 30, 60, 90, 120))
    for minute in (10, 30, 60, 90, 120):
        climb(session, minute)
    taken = NOON + 121 * MINUTE
    assert ladders.take(Work(session, supervisor(TOP), taken, SETTINGS), "x:1", back=timedelta(hours=1))
    climb(session, 181)
    assert steps(session)[-1] == (181, TOP, "told")


def test_only_who_was_told_or_looks_after_the_area_takes_it(session: Session, probe: Probe) -> None:
    start(session)
    stranger = Actor(ActorKind.PERSON, 99, holdings=(Holding("supervisor", "DH/YJ/"),))
    with pytest.raises(NotAllowed):
        ladders.take(Work(session, stranger, NOON, SETTINGS), "x:1")


def test_an_outage_does_not_hurry_it(session: Session, probe: Probe) -> None:
    start(session)
    for minute in range(300, 400):
        climb(session, minute)
    assert [minute for minute, *_ in steps(session)] == [300, 320, 350, 350]


def test_many_things_at_once_are_one_message_a_person(session: Session, probe: Probe) -> None:
    for number in range(20):
        start(session, f"x:{number}")
    for minute in (10, 30, 60):
        climb(session, minute)
    cards = session.execute(select(col(Card.person_id), col(Card.facts))).all()
    assert sorted(row.person_id for row in cards) == [LEAD, NEAR, NEAR_TOO]
    assert {len(row.facts["subjects"]) for row in cards} == {20}


def test_working_days_are_counted_by_the_calendar(session: Session, probe: Probe) -> None:
    friday = datetime.fromisoformat("2026-11-27T18:00:00+08:00")
    work, one = Work(session, SYSTEM, friday, SETTINGS), Start("x:1", PATHS[3], [WORKER], [LEAD])
    ladders.start_all(work, "probe", [one], waits=(0, 1, 2), working_days=True)
    plan = session.execute(select(col(Ladder.plan))).scalar_one()
    local = [datetime.fromisoformat(each).astimezone(friday.tzinfo).isoformat() for each in plan]
    assert [each[:16] for each in local] == ["2026-11-27T18:00", "2026-11-30T18:00", "2026-12-01T18:00"]


ACTS = st.lists(
    st.one_of(
        st.integers(1, 45).map(lambda minutes: ("wait", minutes)),
        st.sampled_from([("take", NEAR), ("take", COUNTY), ("answer", 0), ("stop", 0)]),
        st.sampled_from(list(AREA_OF)).map(lambda person: ("block", person)),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_nobody_is_told_twice_or_after_the_answer(
    db: Database, probe: Probe, acts: list[tuple[str, int]]
) -> None:
    with db.write_now() as session:
        empty(session)
        probe.answered.clear()
        start(session)
        minute, over = 0, False
        for act, value in [*acts, ("wait", 45), ("wait", 45), ("wait", 45)]:
            before = len(steps(session))
            if act == "wait":
                for _ in range(value):
                    minute += 1
                    climb(session, minute)
                assert not (over and len(steps(session)) > before)
            elif act == "block":
                block(session, value)
            elif act == "take":
                moment = NOON + minute * MINUTE
                ladders.take(Work(session, supervisor(value), moment, SETTINGS), "x:1", back=20 * MINUTE)
            elif act == "answer":
                probe.answered.add("x:1")
                over = True
            else:
                ladders.stop(Work(session, SYSTEM, NOON + minute * MINUTE, SETTINGS), "x:1")
                over = True
        _hold(session)


def _hold(session: Session) -> None:
    """What is always so."""
    rows = list(session.execute(select(LadderStep).order_by(col(LadderStep.id))).scalars())
    told = [(row.level, row.person_id) for row in rows if row.outcome == "told"]
    assert len(told) == len(set(told))
    assert [level for level, _ in told] == sorted(level for level, _ in told)
    resting: datetime | None = None
    for row in rows:
        if row.outcome == "taken":
            resting = row.at + 20 * MINUTE
        elif row.outcome == "back":
            resting = None
        else:
            assert resting is None or row.at >= resting
    state = session.execute(select(col(Ladder.state))).scalar_one()
    assert state in (LadderState.ENDED, LadderState.STOPPED)
