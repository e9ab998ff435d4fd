"""Subtrees and whom to ask, on SQLite and on PostgreSQL with its own order of letters."""

import pytest
from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, ActorKind, Holding
from bot.storage.database import Database
from models import Account, Area, Person, Reach
from tests.e2e.town import MORNING, settle_in

VILLAGE = "DH/DH-MS/DH-MS-1/DH-MS-1-1/"
DECIDE = "correction.decide"


@pytest.fixture
def town(db: Database) -> Database:
    """The township's roster, everybody with an account."""
    with db.write_now() as session:
        settle_in(session)
        session.flush()
        for number in session.execute(select(col(Person.id))).scalars().all():
            account = Account(
                bot=1, user_id=100 + (number or 0), chat_id=100, person_id=number or 0, joined_at=MORNING
            )
            session.add(account)
    return db


def names(session: Session, ids: list[int]) -> set[str]:
    return set(session.execute(select(col(Person.name)).where(col(Person.id).in_(ids))).scalars())


def lose(session: Session, name: str, reach: Reach = Reach.BLOCKED) -> None:
    """Nothing reaches this person any more."""
    person_id = select(col(Person.id)).where(col(Person.name) == name).scalar_subquery()
    session.execute(update(Account).where(col(Account.person_id) == person_id).values(reach=reach))


def test_a_township_is_not_taken_for_another_whose_name_begins_alike(town: Database) -> None:
    actor = Actor(ActorKind.PERSON, 999, holdings=(Holding("supervisor", "DH/DH-MS/DH-MS-1/"),))
    with town.read() as session:
        seen = select(col(Area.code)).where(access.visible(actor, DECIDE, col(Area.path)))
        assert set(session.execute(seen).scalars()) == {
            "DH-MS-1", "DH-MS-1-1", "DH-MS-1-1-01", "DH-MS-1-1-02", "DH-MS-1-2", "DH-MS-1-2-01",
        }  # fmt: skip


def test_the_nearest_level_with_somebody_to_be_reached_is_asked(town: Database) -> None:
    with town.write_now() as session:
        asked = [names(session, access.nearest_with(session, DECIDE, VILLAGE + "DH-MS-1-1-01/"))]
        for name in ("刀建国", "方志强", "李雪梅", "孙工"):
            lose(session, name)
            asked.append(names(session, access.nearest_with(session, DECIDE, VILLAGE)))
    assert asked == [{"刀建国"}, {"方志强"}, {"李雪梅"}, {"孙工"}, set()]


def test_those_to_be_left_out_and_those_who_never_joined_are_not_asked(town: Database) -> None:
    with town.write_now() as session:
        village = session.execute(select(col(Person.id)).where(col(Person.name) == "刀建国")).scalar_one()
        assert names(session, access.nearest_with(session, DECIDE, VILLAGE, but=[village or 0])) == {"方志强"}
        lose(session, "方志强", Reach.DEACTIVATED)
        assert names(session, access.nearest_with(session, DECIDE, VILLAGE, but=[village or 0])) == {"李雪梅"}
