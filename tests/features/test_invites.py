"""Invites: who gets one, what is kept of it, and when it is revoked."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update
from sqlmodel import col

from bot.access import OPERATOR, SYSTEM, Work
from bot.base.errors import NotAllowed, Refused
from bot.features.people import invites
from bot.features.roster import spot_codes
from bot.storage.database import Database
from models import Account, AuditEntry, Invite, Person, Post, code_hash
from tests.features.roster_books import NOW, SETTINGS, book, bring_in, new_database, save


@pytest.fixture
def db(tmp_path: Path) -> Database:
    database = new_database(tmp_path)
    bring_in(database, save(tmp_path / "f.xlsx", book()))
    return database


def _issue(db: Database, area: str, *, renew: bool = False, days: int = 0) -> list[invites.NewInvite]:
    now = NOW + timedelta(days=days)
    with db.read() as session:
        made = invites.draw_up(Work(session, OPERATOR, now, SETTINGS), area, renew=renew)
    with db.write_now() as session:
        invites.store(Work(session, OPERATOR, now, SETTINGS), area, made, renew=renew)
    return made


def _rows(db: Database) -> list[Invite]:
    with db.read() as session:
        return list(session.execute(select(Invite).order_by(col(Invite.id))).scalars())


def _person(db: Database, code: str) -> int:
    with db.read() as session:
        return int(session.execute(select(col(Person.id)).where(col(Person.code) == code)).scalar_one())


def test_everyone_below_the_area_gets_one_and_only_a_hash_is_kept(db: Database) -> None:
    made = _issue(db, "RL")
    assert [(one.person_code, one.area) for one in made] == [
        ("S1", "瑞丽市 勐卯镇"),
        ("W1", "瑞丽市 勐卯镇 第1网格"),
        ("W2", "瑞丽市 勐卯镇 第2网格"),
    ]
    rows = _rows(db)
    assert [row.code_hash for row in rows] == [code_hash(one.code) for one in made]
    assert len({one.code for one in made}) == 3
    assert all(len(one.code) >= 22 and len(f"j_{one.code}") <= 64 for one in made)
    assert {row.expires_at for row in rows} == {NOW + timedelta(days=SETTINGS.join.invite_days)}


def test_an_area_means_its_own_subtree(db: Database) -> None:
    assert [one.person_code for one in _issue(db, "G1")] == ["W1"]


def test_whoever_has_a_live_one_or_has_joined_gets_none(db: Database) -> None:
    _issue(db, "G1")
    with db.write_now() as session:
        account = {"bot": 1, "user_id": 7, "chat_id": 7, "person_id": _person(db, "S1"), "reach": "ok"}
        session.connection().execute(insert(Account), account | {"joined_at": NOW})
    assert [one.person_code for one in _issue(db, "RL")] == ["W2"]
    assert _issue(db, "RL") == []
    assert [one.person_code for one in _issue(db, "RL", days=31)] == ["W1", "W2"]


def test_used_and_revoked_ones_do_not_count_as_live(db: Database) -> None:
    _issue(db, "RL")
    with db.write_now() as session:
        for code, column in (("W1", "used_at"), ("W2", "revoked_at")):
            where = col(Invite.person_id) == _person(db, code)
            session.execute(update(Invite).where(where).values({column: NOW}))
    assert [one.person_code for one in _issue(db, "RL")] == ["W1", "W2"]


def test_renewing_revokes_what_is_out(db: Database) -> None:
    old = _issue(db, "RL")
    new = _issue(db, "G1", renew=True, days=1)
    assert [one.person_code for one in new] == ["W1"]
    live = {row.code_hash for row in _rows(db) if row.revoked_at is None}
    assert live == {code_hash(one.code) for one in (*old[:1], *old[2:], *new)}


def test_removed_people_get_none(db: Database, tmp_path: Path) -> None:
    people = book()["人员"]
    del people[2]
    bring_in(db, save(tmp_path / "f.xlsx", {"人员": people}))
    assert [one.person_code for one in _issue(db, "RL-1-1")] == ["W1"]


def test_it_is_written_down_without_the_codes(db: Database) -> None:
    made = _issue(db, "RL")
    with db.read() as session:
        query = select(AuditEntry).where(col(AuditEntry.action) == "roster.invite")
        entry = session.execute(query).scalar_one()
    assert (entry.thing, entry.details) == ("area:RL", {"count": 3, "renewed": False})
    assert not any(one.code in str(entry) for one in made)


def test_posts_tell_their_codes(db: Database) -> None:
    with db.read() as session:
        posts = spot_codes.of_area(Work(session, OPERATOR, NOW, SETTINGS), "RL-1-1")
        stored = session.execute(select(col(Post.qr_code)).where(col(Post.code) == "P1")).scalar_one()
    assert [(post.code, post.qr_code, post.place) for post in posts if post.is_post] == [
        ("P1", stored, "瑞丽市 勐卯镇 芒棒村")
    ]


def test_who_may_not_is_refused_and_an_unknown_area_is_told(db: Database) -> None:
    with db.read() as session:
        with pytest.raises(NotAllowed):
            invites.draw_up(Work(session, SYSTEM, NOW, SETTINGS), "RL")
        with pytest.raises(NotAllowed):
            spot_codes.of_area(Work(session, SYSTEM, NOW, SETTINGS), "RL")
        with pytest.raises(Refused, match="no-area"):
            invites.draw_up(Work(session, OPERATOR, NOW, SETTINGS), "NO")
    with db.write_now() as session, pytest.raises(NotAllowed):
        invites.store(Work(session, SYSTEM, NOW, SETTINGS), "RL", [])
