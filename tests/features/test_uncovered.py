"""Hours that a rotation says are to be manned and for which no shift is planned."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.access import Actor, ActorKind, Holding, Work
from bot.features.attendance import duty_board
from bot.features.attendance.uncovered_hours import uncovered
from bot.features.shifts import rotations
from bot.features.shifts.rotation_pattern import Cycle, RotationTurn, in_turn, pattern_spans
from bot.features.shifts.rotations import RotationPlan
from bot.settings import Settings, load
from models import Pattern, Person, Post, Shift
from tests.layouts import with_town

# Ten in the morning in Dehong.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
ROUND_THE_CLOCK = in_turn(pattern_spans(Pattern.THREE_EIGHT, time(8)), 2)
BY_DAY = Cycle(1, (RotationTurn(0, time(8), time(20), 0),))
VILLAGE = "DH/DH-MS/DH-MS-1/DH-MS-1-1/"
SUPERVISOR = Actor(ActorKind.PERSON, 6, "刀建国", path=VILLAGE, holdings=(Holding("supervisor", VILLAGE),))
ELSEWHERE = Actor(ActorKind.PERSON, 13, "段平", holdings=(Holding("supervisor", "DH/DH-MS/DH-MS-10/"),))


@pytest.fixture
def settings() -> Settings:
    """A week's horizon, looked at for three days, one person enough for a shift."""
    return load(
        None,
        {
            "GRIDDUTY_CREWS__HORIZON_DAYS": "7",
            "GRIDDUTY_CREWS__GAP_DAYS": "3",
            "GRIDDUTY_CREWS__MIN_CREW": "1",
        },
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township's roster, open to be written."""
    db = with_town(tmp_path / "town.sqlite3")
    with db.write_now() as opened:
        yield opened
    db.close()


def put(session: Session, settings: Settings, cycle: Cycle) -> None:
    """A rotation at the border post from today on."""
    post = session.execute(select(col(Post.id)).where(col(Post.code) == "P-MANGLI")).scalar_one() or 0
    codes = ("W1", "W2")[: cycle.crews]
    found = [
        session.execute(select(col(Person.id)).where(col(Person.code) == code)).scalar() for code in codes
    ]
    people = [[number or 0] for number in found]
    rotations.set_rotation(
        Work(session, SUPERVISOR, NOW, settings), post, RotationPlan(Pattern.CUSTOM, cycle, people, TODAY)
    )


def cancel(session: Session, *hours: int) -> None:
    """The shifts that start this many hours after 08:00 today are cancelled."""
    moments = [NOW - timedelta(hours=2) + timedelta(hours=each) for each in hours]
    session.execute(update(Shift).where(col(Shift.starts_at).in_(moments)).values(removed_at=NOW))


def holes(session: Session, settings: Settings, actor: Actor = SUPERVISOR) -> list[tuple[float, float]]:
    """Where nobody is planned: from and to, in hours after 08:00 today."""
    began = NOW - timedelta(hours=2)
    found = uncovered(Work(session, actor, NOW, settings), NOW + 3 * DAY)
    return [
        ((e.starts_at - began) / timedelta(hours=1), (e.ends_at - began) / timedelta(hours=1)) for e in found
    ]


def test_what_is_planned_round_the_clock_has_none(session: Session, settings: Settings) -> None:
    put(session, settings, ROUND_THE_CLOCK)
    assert holes(session, settings) == []


def test_cancelled_shifts_leave_one_that_is_as_long_as_they_were(
    session: Session, settings: Settings
) -> None:
    put(session, settings, ROUND_THE_CLOCK)
    cancel(session, 16, 24, 48)
    assert holes(session, settings) == [(16, 32), (48, 56)]


def test_the_running_shift_cancelled_counts_from_now(session: Session, settings: Settings) -> None:
    put(session, settings, ROUND_THE_CLOCK)
    cancel(session, 0)
    assert holes(session, settings) == [(2, 8)]


def test_nights_that_nobody_is_to_keep_are_none(session: Session, settings: Settings) -> None:
    put(session, settings, BY_DAY)
    assert holes(session, settings) == []
    cancel(session, 24)
    assert holes(session, settings) == [(24, 36)]


def test_another_shift_in_its_place_fills_it(session: Session, settings: Settings) -> None:
    put(session, settings, ROUND_THE_CLOCK)
    cancel(session, 24)
    post = session.execute(select(col(Post.id), col(Post.area_id)).where(col(Post.code) == "P-MANGLI")).one()
    began = NOW + timedelta(hours=22)
    session.add(
        Shift(
            code="by-hand", area_id=post.area_id, post_id=post.id, duty_type="border", starts_at=began,
            ends_at=began + timedelta(hours=5),
        )
    )  # fmt: skip
    session.flush()
    assert holes(session, settings) == [(29, 32)]


def test_others_do_not_see_them(session: Session, settings: Settings) -> None:
    put(session, settings, ROUND_THE_CLOCK)
    cancel(session, 16)
    assert holes(session, settings, ELSEWHERE) == []


def test_the_board_shows_them_first_and_turns_pages(session: Session, settings: Settings) -> None:
    put(session, settings, ROUND_THE_CLOCK)
    cancel(session, 16)
    few = settings.model_copy(update={"crews": settings.crews.model_copy(update={"min_crew": 2})})
    first = duty_board.gaps(Work(session, SUPERVISOR, NOW, few), 0)
    second = duty_board.gaps(Work(session, SUPERVISOR, NOW, few), duty_board.GAPS)
    assert first.total == second.total == 10
    assert [bool(each.shift_id) for each in first.entries] == [False] + [True] * 7
    assert len(second.entries) == 2
    assert second.entries[0].shift_id not in [each.shift_id for each in first.entries]
