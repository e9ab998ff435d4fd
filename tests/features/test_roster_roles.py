"""Whoever gets another role by an import gets the menu and the keys that go with it."""

from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from models import Account, OutboxRow, Person
from tests.features.roster_books import NOW, book, bring_in, new_database, save


def test_keys_follow_the_role(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    bring_in(db, save(tmp_path / "f.xlsx", book()))
    with db.write_now() as session:
        for number, code in enumerate(("W1", "W2"), start=71):
            person_id = session.execute(select(col(Person.id)).where(col(Person.code) == code)).scalar_one()
            account = Account(bot=1, user_id=number, chat_id=number, person_id=person_id, joined_at=NOW)
            session.add(account)
    other = book()
    other["角色"].append(["W1", "中心户", "G1"])
    bring_in(db, save(tmp_path / "g.xlsx", other), now=NOW)
    with db.read() as session:
        rows = session.execute(
            select(col(OutboxRow.chat_id), col(OutboxRow.verb), col(OutboxRow.facts)).where(
                (col(OutboxRow.kind) == "account.role_changed") | (col(OutboxRow.verb) == "commands")
            )
        ).all()
    assert {(row.chat_id, row.verb) for row in rows} == {(71, "commands"), (71, "send")}
    told = next(row.facts for row in rows if row.verb == "send")
    assert told["roles"] == ["grid_worker", "household_head"]
    assert told["heads"]
