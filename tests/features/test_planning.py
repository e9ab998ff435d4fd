"""Rotations written out as shifts: up to the horizon, once, and never over what a hand has changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlmodel import Session, col

from bot.access import SYSTEM, Actor, ActorKind, Holding, Work
from bot.base.errors import NotAllowed, Refused
from bot.features.shifts import planning as shift_planning
from bot.features.shifts import rotations
from bot.features.shifts.rotation_pattern import in_turn, pattern_spans
from bot.features.shifts.rotations import RotationPlan
from bot.settings import Settings, load
from bot.storage.values import roster_version
from jobs import extend_rotations
from jobs.job import Occasion
from models import Pattern, Person, Post, Shift, ShiftMember
from tests.layouts import with_town

# Ten in the morning in Dehong.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CYCLE = in_turn(pattern_spans(Pattern.THREE_EIGHT, time(8)), 2)
SUPERVISOR = Actor(
    ActorKind.PERSON, 6, "刀建国", holdings=(Holding("supervisor", "DH/DH-MS/DH-MS-1/DH-MS-1-1/"),)
)
ELSEWHERE = Actor(ActorKind.PERSON, 13, "段平", holdings=(Holding("supervisor", "DH/DH-MS/DH-MS-10/"),))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh database of a week's horizon."""
    return load(None, {"GRIDDUTY_CREWS__HORIZON_DAYS": "7"})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township's roster, open to be written."""
    db = with_town(tmp_path / "town.sqlite3")
    with db.write_now() as opened:
        yield opened
    db.close()


def put(session: Session, settings: Settings, first: date = TODAY, actor: Actor = SUPERVISOR) -> int:
    """Two crews at the border post; the rotation's number."""
    post = session.execute(select(col(Post.id)).where(col(Post.code) == "P-MANGLI")).scalar_one() or 0
    people = [[_person(session, "W1"), _person(session, "C1")], [_person(session, "W2")]]
    done = rotations.set_rotation(
        Work(session, actor, NOW, settings), post, RotationPlan(Pattern.THREE_EIGHT, CYCLE, people, first)
    )
    return done.rotation_id


def _person(session: Session, code: str) -> int:
    return session.execute(select(col(Person.id)).where(col(Person.code) == code)).scalar_one() or 0


def live(session: Session) -> list[tuple[datetime, datetime]]:
    """The shifts that stand."""
    session.expire_all()
    rows = session.execute(
        select(col(Shift.starts_at), col(Shift.ends_at))
        .where(col(Shift.removed_at).is_(None))
        .order_by(col(Shift.starts_at))
    )
    return [(row.starts_at, row.ends_at) for row in rows]


def test_it_is_written_from_the_running_turn_to_the_horizon(session: Session, settings: Settings) -> None:
    before = roster_version(session)
    put(session, settings)
    found = live(session)
    assert found[0] == (NOW.replace(hour=0), NOW.replace(hour=8))
    assert len(found) == 7 * 3 + 2
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert roster_version(session) > before
    leads = session.execute(select(col(ShiftMember.is_lead), col(ShiftMember.person_id)))
    assert {person for is_lead, person in leads if is_lead} == {
        _person(session, "W1"),
        _person(session, "W2"),
    }


def test_writing_again_changes_nothing(session: Session, settings: Settings) -> None:
    number = put(session, settings)
    found, version = live(session), roster_version(session)
    assert shift_planning.write(Work(session, SYSTEM, NOW, settings), [number]) == 0
    assert live(session) == found
    assert roster_version(session) == version


def test_every_night_a_day_more_in_batches(session: Session, settings: Settings) -> None:
    put(session, settings)
    tomorrow = NOW + timedelta(days=1)
    batch = extend_rotations.run(Work(session, SYSTEM, tomorrow, settings), Occasion(tomorrow))
    assert batch.counts == {"shifts": 3}
    assert batch.cursor is None
    assert extend_rotations.run(Work(session, SYSTEM, tomorrow, settings), Occasion(tomorrow)).counts == {
        "shifts": 0
    }


def test_what_was_changed_or_taken_away_by_hand_is_left_alone(session: Session, settings: Settings) -> None:
    number = put(session, settings)
    third, fourth = live(session)[2:4]
    later = third[0] + timedelta(hours=1)
    session.execute(
        text("UPDATE shift SET starts_at = :later, changed_by_hand = 1 WHERE starts_at = :at"),
        {"later": later.replace(tzinfo=None).isoformat(" "), "at": f"{third[0]:%Y-%m-%d %H:%M:%S.%f}"},
    )
    session.execute(
        text("UPDATE shift SET removed_at = ends_at WHERE starts_at = :at"),
        {"at": f"{fourth[0]:%Y-%m-%d %H:%M:%S.%f}"},
    )
    assert shift_planning.write(Work(session, SYSTEM, NOW, settings), [number]) == 0
    assert len(live(session)) == 7 * 3 + 1


def test_where_the_post_has_a_shift_already_none_is_written(session: Session, settings: Settings) -> None:
    post = session.execute(select(Post).where(col(Post.code) == "P-MANGLI")).scalar_one()
    starts_at = NOW + timedelta(days=2)
    session.add(
        Shift(
            code="by-hand", area_id=post.area_id, post_id=post.id, duty_type="border", starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=8),
        )
    )  # fmt: skip
    session.flush()
    put(session, settings)
    # It reaches into two turns.
    assert len(live(session)) == 7 * 3 + 2 - 2 + 1


def test_a_rotation_gives_way_to_the_next_from_its_first_day_on(session: Session, settings: Settings) -> None:
    first = put(session, settings)
    second = put(session, settings, TODAY + timedelta(days=3))
    rows = session.execute(
        select(col(Shift.rotation_id), col(Shift.starts_at)).where(col(Shift.removed_at).is_(None))
    ).all()
    border = datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert all((row.starts_at < border) == (row.rotation_id == first) for row in rows)
    assert {row.rotation_id for row in rows} == {first, second}
    assert len(rows) == 7 * 3 + 2


def test_who_left_the_roster_is_planned_no_more(session: Session, settings: Settings) -> None:
    number = put(session, settings)
    gone = _person(session, "C1")
    session.execute(text(f"UPDATE person SET removed_at = '2026-11-23' WHERE id = {gone}"))
    next_week = NOW + timedelta(days=7)
    assert shift_planning.write(Work(session, SYSTEM, next_week, settings), [number]) == 7 * 3
    last = (
        select(col(ShiftMember.person_id))
        .join(Shift)
        .where(col(Shift.starts_at) > next_week + timedelta(days=2))
    )
    assert gone not in set(session.execute(last).scalars())


def test_what_cannot_be_is_refused(session: Session, settings: Settings) -> None:
    with pytest.raises(NotAllowed):
        put(session, settings, actor=ELSEWHERE)
    with pytest.raises(Refused, match="rotation-day-past"):
        put(session, settings, TODAY - timedelta(days=1))
    post = session.execute(select(col(Post.id)).where(col(Post.code) == "P-MANGLI")).scalar_one() or 0
    with pytest.raises(Refused, match="rotation-crews-too-few"):
        rotations.set_rotation(
            Work(session, SUPERVISOR, NOW, settings),
            post,
            RotationPlan(Pattern.THREE_EIGHT, CYCLE, [[1]], TODAY),
        )
