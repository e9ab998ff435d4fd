"""Wherever two people of one name may stand, they are told apart."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Work, labels
from bot.access.scope import Scope
from bot.base.errors import Refused
from bot.features.attendance import duty_board, not_checked_in
from bot.features.attendance import repository as attendance_repository
from bot.features.attendance.notices import LateCrew
from bot.features.cases import assignees, assignment
from bot.features.cases.rows import Assignee
from bot.features.duty import on_behalf
from bot.features.hazards import export as sheets
from bot.features.hazards import reporting as telling
from bot.features.hazards.repository import NewHazard
from bot.features.people import invites
from bot.features.shifts import crews, leave, rotations
from bot.settings import DatabaseSettings, Settings
from models import (
    Account,
    Area,
    Person,
    PersonPost,
    Post,
    ReportKind,
    Role,
    RoleName,
    Shift,
    ShiftMember,
)
from tests.layouts import with_town

SETTINGS = Settings(database=DatabaseSettings(synchronous="OFF"))
# Monday, 10:30 in Dehong.
NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
APART = {"岩罕（芒里第一网格）", "岩罕（芒里第二网格）"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township, with two of the name 岩罕, both on a shift that began at eight."""
    db = with_town(tmp_path / "labels.sqlite3")
    with db.write_now() as opened:
        second = opened.execute(select(Area).where(col(Area.code) == "DH-MS-1-1-02")).scalar_one()
        post = opened.execute(select(Post).where(col(Post.code) == "P-MANGLI")).scalar_one()
        other = Person(code="W9", name="岩罕", area_id=second.id or 0)
        opened.add(other)
        opened.flush()
        opened.add(Role(person_id=other.id or 0, role=RoleName.GRID_WORKER, area_id=other.area_id))
        opened.add(PersonPost(person_id=other.id or 0, post_id=post.id or 0))
        both = opened.execute(select(col(Person.id)).where(col(Person.name) == "岩罕")).scalars().all()
        starts_at = NOW - timedelta(hours=2, minutes=30)
        shift = Shift(
            code="S", area_id=post.area_id, post_id=post.id, duty_type="border", starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=12),
        )  # fmt: skip
        opened.add(shift)
        opened.flush()
        opened.add_all(ShiftMember(shift_id=shift.id or 0, person_id=number or 0) for number in both)
        lead = opened.execute(select(Person).where(col(Person.name) == "刀建国")).scalar_one()
        opened.add(Account(bot=0, user_id=6, chat_id=6, person_id=lead.id or 0, joined_at=starts_at))
        opened.flush()
        yield opened
    db.close()


@pytest.fixture
def supervisor(session: Session) -> Actor:
    """刀建国, who looks after both grids."""
    return access.actors_of(session, 0, [6])[6]


def _shift(session: Session) -> int:
    return session.execute(select(col(Shift.id))).scalar_one() or 0


def _of_the_name(told: list[str]) -> set[str]:
    assert len(told) == len(set(told))
    return {name for name in told if name.startswith("岩罕")}


def test_on_the_board_of_who_is_missing(session: Session) -> None:
    day = NOW.date()
    found = attendance_repository.missing(
        Work(session, SYSTEM, NOW, SETTINGS), ReportKind.DUTY, "DH/DH-MS/DH-MS-1/", day, below=True
    )
    assert _of_the_name([each.name for each in found]) == APART


def test_among_whom_somebody_acts_for(session: Session, supervisor: Actor) -> None:
    offered = on_behalf.offered(Work(session, supervisor, NOW, SETTINGS), 0, 18)
    assert _of_the_name([each.name for each in offered]) == APART
    named = on_behalf.named(Work(session, supervisor, NOW, SETTINGS), "yanhan")
    assert _of_the_name([each.name for each in named]) == APART


def test_in_a_crew_and_on_the_board_of_the_posts(session: Session, supervisor: Actor) -> None:
    crew = crews.crew_of(session, [_shift(session)])[_shift(session)]
    assert _of_the_name([each.name for each in crew]) == APART
    board = duty_board.now_on_duty(Work(session, supervisor, NOW, SETTINGS), 0)
    missing = [name for entry in board.entries for shift in entry.shifts for name in shift.missing]
    assert _of_the_name(missing) == APART


def test_in_what_leads_are_told_of_who_has_not_come(session: Session, supervisor: Actor) -> None:
    rows = not_checked_in.absentees(session)
    late = not_checked_in.load(session, supervisor, LateCrew(1, tuple(row.subject for row in rows)))
    assert late is not None
    assert _of_the_name([each.name for each in late.missing]) == APART


def test_among_whom_one_names_to_come_instead(session: Session, supervisor: Actor) -> None:
    starts_at = NOW + timedelta(days=2)
    shift = Shift(
        code="T", area_id=supervisor.area_id, duty_type="border", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
    )  # fmt: skip
    session.add(shift)
    session.flush()
    found = leave.free(Work(session, supervisor, NOW, SETTINGS), shift.id or 0, 0, 0)
    assert found is not None
    assert _of_the_name([each.name for each in found.free]) == APART


def test_among_whom_one_names_for_a_hazard(session: Session) -> None:
    admin = session.execute(select(col(Person.id)).where(col(Person.name) == "孙工")).scalar_one()
    session.add(Account(bot=0, user_id=7, chat_id=7, person_id=admin or 0, joined_at=NOW))
    session.add(Area(code="X", name="芒里村", kind="village", path="DH/X/", parent_id=1, position=99))
    session.flush()
    actor = access.actors_of(session, 0, [7])[7]
    found = assignment.candidates(session, actor, "hazard.assign", "DH/DH-MS/DH-MS-1/", (), 99)
    told = [each.label for each in found]
    assert len(told) == len(set(told))
    assert len([each for each in told if each.startswith("芒里村")]) == 2


def test_the_crews_of_a_rotation_are_written_by_code_where_names_are_shared(
    session: Session, supervisor: Actor
) -> None:
    post = session.execute(select(col(Post.id)).where(col(Post.code) == "P-MANGLI")).scalar_one() or 0
    written = rotations.typed_names(Work(session, supervisor, NOW, SETTINGS), post)
    assert {"W1", "W9", "排勒"} <= set(written.values())
    read = rotations.read_crews(Work(session, supervisor, NOW, SETTINGS), post, "\n".join(written.values()))
    assert [number for crew in read for number in crew] == list(written)


def test_in_a_list_names_alone_ask_for_nothing(session: Session) -> None:
    assert labels.among(session, {1: "甲", 2: "乙"}) == {1: "甲", 2: "乙"}


def test_an_invite_for_one_person_by_name(session: Session) -> None:
    _, made = invites.draw_up_for(Work(session, access.OPERATOR, NOW, SETTINGS), "yuxiang")
    assert [each.person_code for each in made] == ["W2"]
    with pytest.raises(Refused, match="roster-invite-person-many") as refused:
        invites.draw_up_for(Work(session, access.OPERATOR, NOW, SETTINGS), "岩 罕")
    assert refused.value.facts["people"] == "岩罕 W1、岩罕 W9"


def test_on_a_card_that_names_both(session: Session) -> None:
    rows = session.execute(select(col(Person.id), col(Person.name))).all()
    people = [Assignee(0, 0, "", "", number, name, False) for number, name in rows]
    assert _of_the_name(assignees.told(session, people)) == APART


def test_in_sheets_even_where_one_stands_alone(session: Session, supervisor: Actor) -> None:
    numbers = session.execute(select(col(Person.id)).where(col(Person.name) == "岩罕")).scalars().all()
    area = session.execute(select(col(Area.id)).where(col(Area.code) == "DH-MS-1-1")).scalar_one()
    at, told = sheets.SHEET.headings.index("hazard_reporter"), set()
    for day, number in enumerate(numbers):
        when = NOW + timedelta(days=day)
        found = NewHazard("fire", area_id=area, by=number)
        telling.report(Work(session, access.SYSTEM, when, SETTINGS), found)
        scope = Scope("DH/", when.date(), when.date())
        (row,) = sheets.SHEET.rows(Work(session, access.OPERATOR, NOW, SETTINGS), scope)
        told.add(row[at])
    assert told == APART
