"""A living message shows nothing more to whoever has lost the role it was sent for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor
from bot.base.facts import Facts
from bot.features import registry  # noqa: F401  (makes every kind known)
from bot.outbox.notices import REPLY
from bot.views.messages import KINDS, as_facts, load, read
from models import Account, Correction, Person, Role, SecondAccountRequest
from tests.layouts import with_town

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CARDS: dict[str, Facts] = {
    "correction.asked": {"correction_id": 1, "name": "岩罕", "state": "asked"},
    "correction.waiting": {"correction_id": 1, "name": "岩罕", "state": "asked"},
    "join.second_account_asked": {
        "request_id": 1,
        "name": "岩罕",
        "area": "",
        "account": "",
        "asked_at": "2026-11-23T10:00:00+08:00",
        "state": "asked",
    },
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township, a correction and a second account of 岩罕's to be decided on."""
    db = with_town(tmp_path / "town.sqlite3")
    with db.write_now() as opened:
        worker = opened.execute(select(Person).where(col(Person.name) == "岩罕")).scalar_one()
        asked = {"person_id": worker.id, "asked_at": NOW, "state": "asked"}
        about = {"area_id": worker.area_id, "kind": "check_in", "happened_at": NOW, "reason": ""}
        opened.execute(insert(Correction).values(id=1, **asked, **about))
        opened.execute(insert(SecondAccountRequest).values(id=1, bot=0, user_id=9, **asked))
        yield opened
    db.close()


def _reader(session: Session, name: str) -> Actor:
    person = session.execute(select(col(Person.id)).where(col(Person.name) == name)).scalar_one() or 0
    session.execute(insert(Account).values(bot=0, user_id=7, chat_id=7, person_id=person, joined_at=NOW))
    return access.actors_of(session, 0, [7])[7]


@pytest.mark.parametrize("kind", CARDS)
def test_a_card_is_for_whoever_may_decide(session: Session, kind: str) -> None:
    reader = _reader(session, "刀建国")
    notice = read(kind, CARDS[kind])
    assert as_facts(load(session, reader, notice)).items() >= CARDS[kind].items()
    session.execute(delete(Role).where(col(Role.person_id) == reader.person_id))
    (reader,) = access.actors_of(session, 0, [7]).values()
    assert load(session, reader, notice) is None


@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("name", ["段平", "岩罕", "赵敏"])
def test_a_card_is_for_nobody_else(session: Session, kind: str, name: str) -> None:
    assert load(session, _reader(session, name), read(kind, CARDS[kind])) is None


def test_every_card_that_names_others_is_asked_about_again() -> None:
    asked = {
        name for name, kind in KINDS.items() if name.endswith(("_asked", ".asked")) and kind.policy != REPLY
    }
    assert asked
    assert all(KINDS[name].load for name in asked)
