"""In which language an account is spoken to."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.features.people import accounts
from bot.outbox import outbox
from models import Person
from tests.features.roster_books import NOW, book, bring_in, new_database, save


def _joined(session: Session, code: str, telephone: str) -> access.Actor:
    person = session.execute(select(col(Person.id)).where(col(Person.code) == code)).scalar_one() or 0
    return accounts.bind(session, access.stranger(1, 7, 7, telephone), person, NOW)


@pytest.mark.parametrize(
    ("code", "telephone", "spoken"),
    [("W1", "en", "zh_CN"), ("W2", "zh_CN", "en"), ("S1", "en", "en"), ("S1", "zh_CN", "zh_CN")],
)
def test_the_rosters_language_goes_before_the_telephones(
    tmp_path: Path, code: str, telephone: str, spoken: str
) -> None:
    db = new_database(tmp_path)
    bring_in(db, save(tmp_path / "f.xlsx", book()))
    with db.write_now() as session:
        joined = _joined(session, code, telephone)
        assert joined.locale == spoken
        (to,) = outbox.recipients_of(session, [joined.person_id])
        assert to.locale == spoken
        other = "en" if spoken == "zh_CN" else "zh_CN"
        accounts.set_language(session, joined, other, now=NOW)
        assert access.actors_of(session, 1, [7])[7].locale == other
