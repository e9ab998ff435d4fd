"""No query looks through all of a table that grows with history."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlmodel import Session

from bot import access
from bot.access import OPERATOR, SYSTEM, Work
from bot.base.clock import Clock
from bot.features.attendance import missing_reports
from bot.features.cases import escalation, lists, workflow
from bot.features.duty import check_out
from bot.features.hazards import cards as hazard_cards
from bot.features.hazards import reporting as hazard_services
from bot.features.hazards import repository as hazard_repository
from bot.features.hazards.notices import HazardCard
from bot.features.hazards.repository import HAZARD, NewHazard
from bot.features.ledger import own_record
from bot.features.operations import stuck
from bot.features.privacy import mydata as privacy_mydata
from bot.features.privacy import retention
from bot.features.requests import cards as request_cards
from bot.features.requests import registering
from bot.features.requests.notices import RequestCard
from bot.features.requests.repository import REQUEST
from bot.outbox import outbox
from bot.photos import fetch_queue, photos
from bot.receive import inbox
from bot.runtime.metrics import Queues
from bot.schedule import slots
from bot.settings import Settings
from bot.storage.database import Database
from models import Account, Photo, ReportKind, RequestMode
from tests.e2e.town import settle_in
from tests.layouts import migrated

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SETTINGS = Settings()
# `SCAN x USING INDEX` goes through a partial index alone; the smallest of all is looked for in a whole one.
WHOLE = {
    "SEARCH inbox USING INDEX ix_inbox_received",
    "SEARCH outbox USING INDEX ix_outbox_created",
    # As many as there are people, for each of them.
    "SEARCH checkin USING INDEX ix_checkin_day_area (work_day=?)",
    "SEARCH household_day USING INDEX ix_household_day_day (day=?)",
} | {
    f"SCAN {table}"
    for table in (
        "inbox",
        "outbox",
        "checkin",
        "presence_point",
        "audit",
        "slot",
        "this",
        "photo",
        "hazard",
        "hazard_event",
        "resident_request",
        "resident_request_event",
    )
}

ACTS: dict[str, Callable[[Session], Any]] = {
    "claim": lambda session: inbox.claim(session, 1, 64),
    "close": lambda session: check_out.close_overdue(Work(session, SYSTEM, NOW, SETTINGS)),
    "drop waiting": lambda session: outbox.drop_waiting(session, 1),
    "photos to copy": lambda session: (
        fetch_queue.is_work(session, 1, NOW) or fetch_queue.claim(session, 1, NOW, 4)
    ),
    "hazards due": lambda session: escalation.begin_due(Work(session, SYSTEM, NOW, SETTINGS), HAZARD, 9),
    "hazards due soon": lambda session: escalation.remind(
        Work(session, SYSTEM, NOW, SETTINGS), HAZARD, (NOW, NOW), 0, 9
    ),
    "requests due": lambda session: escalation.begin_due(Work(session, SYSTEM, NOW, SETTINGS), REQUEST, 9),
    "requests due soon": lambda session: escalation.remind(
        Work(session, SYSTEM, NOW, SETTINGS), REQUEST, (NOW, NOW), 0, 9
    ),
    "hazard of a message": lambda session: hazard_repository.of_message(session, 1, 70, 7),
    "running slots": slots.running,
    "failed updates": lambda session: stuck.failed_updates(Work(session, OPERATOR, NOW, SETTINGS)),
    "failed messages": lambda session: stuck.failed_messages(Work(session, OPERATOR, NOW, SETTINGS)),
    "retry updates": lambda session: stuck.retry_updates(Work(session, OPERATOR, NOW, SETTINGS), None),
    "retry messages": lambda session: stuck.retry_messages(Work(session, OPERATOR, NOW, SETTINGS), None),
} | {
    f"erase {kind}": lambda session, kind=kind: retention.erase(Work(session, SYSTEM, NOW, SETTINGS), kind)
    for kind in retention.KINDS
    # Once a night, and of three months at most.
    if kind != "slots"
}  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A database as migrations make it."""
    opened = migrated(tmp_path / "plans.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def scans(db: Database) -> list[str]:
    """What the queries of a test look through from end to end."""
    found: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, __: Any, many: bool) -> None:
        if many or not statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
            return
        rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        found.extend(f"{row[3]}: {statement}" for row in rows if row[3] in WHOLE)

    for engine in {db.writer, db.reader}:
        event.listen(engine, "before_cursor_execute", explain)
    return found


@pytest.mark.parametrize("act", ACTS)
def test_an_index_serves(db: Database, scans: list[str], act: str) -> None:
    with db.write_now() as session:
        ACTS[act](session)
    assert not scans


def test_an_index_serves_what_is_kept_about_a_person(db: Database, scans: list[str]) -> None:
    with db.write_now() as session:
        settle_in(session)
        session.execute(insert(Account).values(bot=1, user_id=7, chat_id=7, person_id=1, joined_at=NOW))
        actor = access.actors_of(session, 1, [7])[7]
        privacy_mydata.pages(Work(session, actor, NOW, SETTINGS))
        own_record.my(Work(session, actor, NOW, SETTINGS))
    assert not scans


def test_an_index_serves_the_boards_of_the_silent(db: Database, scans: list[str]) -> None:
    with db.write_now() as session:
        settle_in(session)
        for kind in ReportKind:
            missing_reports.board(Work(session, SYSTEM, NOW, SETTINGS), kind, 1, NOW.date(), 0)
    assert not scans


def test_an_index_serves_the_figures(db: Database, scans: list[str]) -> None:
    list(Queues(db, Clock()).collect())
    assert not scans


def test_an_index_serves_the_comparing_of_photos(db: Database, scans: list[str]) -> None:
    with db.write_now() as session:
        settle_in(session)
        sent: dict[str, Any] = {"bot": 1, "person_id": 1, "area_id": 1, "chat_id": 1, "sent_at": NOW}
        session.add_all(Photo(**sent, id=n, unique_id="u", content="c", dhash=5) for n in (1, 2))
        session.flush()
        photos.use(session, [1], "hazard:1")
        photos.use(session, [2], "hazard:2")
        assert photos.marks(session, [2])[2].seen_for == "hazard:1"
    assert not scans


def test_an_index_serves_hazards(db: Database, scans: list[str]) -> None:
    found = NewHazard("fire", latitude=24.4, longitude=98.55, words="火")
    when: dict[str, Any] = {"now": NOW, "settings": SETTINGS}
    with db.write_now() as session:
        settle_in(session)
        session.execute(insert(Account).values(bot=1, user_id=7, chat_id=7, person_id=1, joined_at=NOW))
        actor = access.actors_of(session, 1, [7])[7]
        number = hazard_services.report(Work(session, actor, **when), found)
        assert hazard_services.near(Work(session, actor, **when), found) is not None
        assert workflow.find(Work(session, actor, **when), HAZARD, "1") == number
        workflow.waiting(Work(session, actor, **when), HAZARD)
        hazard_cards.load(session, actor, HazardCard(number))
    assert not scans


def test_an_index_serves_requests(db: Database, scans: list[str]) -> None:
    when: dict[str, Any] = {"now": NOW, "settings": SETTINGS}
    with db.write_now() as session:
        settle_in(session)
        session.execute(insert(Account).values(bot=1, user_id=7, chat_id=7, person_id=1, joined_at=NOW))
        actor = access.actors_of(session, 1, [7])[7]
        number = registering.register(
            Work(session, actor, **when), registering.NewRequest("aid", RequestMode.TIMED, "低保")
        )
        assert workflow.find(Work(session, actor, **when), REQUEST, "1") == number
        workflow.waiting(Work(session, actor, **when), REQUEST)
        lists.first(Work(session, actor, **when), REQUEST)
        request_cards.load(session, actor, RequestCard(number))
    assert not scans
