"""What an area is told that follows the one above; what a long morning list holds."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work
from bot.features.reminders import area_times as reminder_area_times
from bot.features.reminders import digest, digest_sources
from bot.settings import Settings, load
from models import Account, Area, Hazard, HazardState, Person
from tests.layouts import with_town

SETTINGS: Settings = load(None, {"GRIDDUTY_TELEGRAM__TOKEN": "1000001:" + "t" * 35})
CODE, VILLAGE, MANY = "ask_households", "DH-MS-1-1", 2_500


def at(clock: str) -> datetime:
    """A time of a Monday."""
    return datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The town."""
    db = with_town(tmp_path / "town.sqlite3")
    with db.write_now() as opened:
        yield opened
    db.close()


def supervisor(session: Session) -> Actor:
    """Who looks after the village."""
    person = session.execute(select(col(Person.id)).where(col(Person.name) == "刀建国")).scalar_one() or 0
    who = {"bot": 0, "user_id": 7, "chat_id": 7, "person_id": person, "joined_at": at("00:00")}
    session.execute(insert(Account).values(**who))
    return access.actors_of(session, 0, [7])[7]


def number(session: Session, code: str) -> int:
    """The number of an area."""
    return session.execute(select(col(Area.id)).where(col(Area.code) == code)).scalar_one() or 0


@pytest.mark.parametrize(
    ("own", "now", "told"),
    [
        # Those above were asked at 19:00, this area was to be asked at 20:00: it is left out, and told so.
        ("20:00", "19:30", "out"),
        # Nobody has been asked yet, or this area has been: nothing is left out.
        ("20:00", "18:30", ""),
        ("20:00", "20:30", ""),
        ("18:00", "18:30", ""),
    ],
)
def test_an_area_that_follows_the_one_above_is_told_what_becomes_of_today(
    session: Session, own: str, now: str, told: str
) -> None:
    actor, area = supervisor(session), number(session, VILLAGE)
    assert reminder_area_times.choose(Work(session, actor, at("08:00"), SETTINGS), area, CODE, own)
    follows = reminder_area_times.follow(Work(session, actor, at(now), SETTINGS), area, CODE)
    assert follows
    assert follows.today == told


def test_a_list_of_2500_leaves_none_out(session: Session) -> None:
    area, person = number(session, VILLAGE), supervisor(session).person_id
    same = {
        "year": 2026, "area_id": area, "category": "fire", "severity": "normal", "found_at": at("07:00"),
        "reported_by": person, "reported_at": at("07:00"), "due_at": at("18:00"),
        "state": HazardState.REPORTED,
    }  # fmt: skip
    session.execute(insert(Hazard), [same | {"number": n} for n in range(1, MANY + 1)])
    opened = digest_sources.open_items(session)
    assert len(opened) == MANY
    assert digest_sources.still_open(session, opened) == opened
    assert digest._listed(digest._notice(list(opened.values()), MANY)) == list(opened)
