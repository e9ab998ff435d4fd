"""What the jobs do."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from bot.access import OPERATOR, SYSTEM, Actor, ActorKind, Work
from bot.base.clock import Clock
from bot.base.errors import NotAllowed
from bot.features.privacy import retention as privacy_retention
from bot.settings import Settings
from bot.storage.database import Database
from jobs import close_checkins, retention
from models import (
    Appeal,
    Area,
    Attachment,
    Call,
    CallRecipient,
    Card,
    CheckIn,
    Draft,
    ExportRequest,
    Hazard,
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    InboxRow,
    InboxState,
    Invite,
    JoinAttempt,
    Ladder,
    LadderStep,
    Nudge,
    OutboxRow,
    OutboxState,
    Patrol,
    PatrolAnswer,
    PatrolPoint,
    Person,
    Photo,
    PhotoBand,
    PhotoState,
    PresencePoint,
    ResidentRequest,
    Said,
    Slot,
    SlotState,
)
from tests.jobs.conftest import MORNING, Ticks

OLD, NEW = MORNING - timedelta(days=100), MORNING - timedelta(days=1)


def _checkin(number: int, **values: Any) -> CheckIn:
    given: dict[str, Any] = {
        "in_at": MORNING,
        "close_at": MORNING,
        "work_day": date(2026, 11, 23),
        "duty_type": "grid",
    }
    return CheckIn(id=number, person_id=number, area_id=1, **given | values)


@pytest.fixture
def stocked(db: Database) -> Database:
    """Two of everything that is kept for a while: one old, one new."""
    with db.write_now() as session:
        session.add(Area(id=1, code="DH", name="德宏州", kind="prefecture", path="DH/"))
        session.flush()
        session.add_all(Person(id=n, code=f"P{n}", name=f"人{n}", area_id=1) for n in (1, 2))
        session.flush()
        for number, at in ((1, OLD), (2, NEW)):
            _stock(session, number, at)
    return db


def _stock(session: Session, number: int, at: Any) -> None:
    base: dict[str, Any] = {"bot": 1, "chat_id": 1}
    session.add(InboxRow(**base, update_id=number, received_at=at, done_at=at, state="done", payload=b"{}"))
    waiting: dict[str, Any] = {"update_id": number + 10, "received_at": at, "payload": b"{}"}
    session.add(InboxRow(**base, **waiting, state=InboxState.PENDING))
    session.add(_checkin(number, in_at=at, out_at=at, latitude=24.4, longitude=98.5, place_grade="on_site"))
    session.flush()
    point: dict[str, Any] = {"latitude": 24.4, "longitude": 98.5, "evidence": "pin", "place_grade": "on_site"}
    session.add(PresencePoint(checkin_id=number, person_id=number, at=at, **point))
    session.add(Invite(id=number, person_id=1, code_hash=str(number), created_at=at, expires_at=at))
    session.flush()
    session.add(JoinAttempt(bot=1, user_id=number, invite_id=number))
    session.add(JoinAttempt(bot=1, user_id=number + 10, failures=5, wait_until=at))
    begun: dict[str, Any] = {"form": "correction", "version": 1, "step": "what", "started_at": at}
    session.add(Draft(**base, **begun, id=number, person_id=number, updated_at=at))
    for state in (OutboxState.FAILED, OutboxState.HELD):
        row: dict[str, Any] = {
            "key": f"{number}{state}",
            "lane": 1,
            "kind": "refused",
            "locale": "en",
            "state": state,
        }
        session.add(OutboxRow(**base, **row, created_at=at, due_at=at))
    session.add(Attachment(bot=1, key=f"photo:{number}", kind="photo", file_id="f", sent_at=at))
    # Kept for a year.
    sent: dict[str, Any] = {"person_id": number, "area_id": 1, "sent_at": at - timedelta(days=300)}
    session.add(Photo(**base, **sent, id=number, file_id="f", unique_id="u", used_for="hazard:1", dhash=5))
    session.flush()
    session.add(PhotoBand(band=5, photo_id=number))
    _stock_patrol(session, number, at)
    _stock_hazard(session, number, at - timedelta(days=300))
    _stock_request(session, number, at)
    _stock_ladders(session, number, at)
    _stock_households(session, number, at)
    shown: dict[str, Any] = {"kind": "refused", "locale": "en", "lane": 1, "due_at": at, "sent_at": at}
    session.add(Card(**base, **shown, subject=f"x:{number}", wanted=1, shown=1))
    session.add(Nudge(person_id=number, kind="duty", day=at.date(), nudged_at=at, nudged_by=number))
    session.add(Call(id=number, kind="notice", asked="seen", area_id=1, made_by=number, made_at=at))
    session.flush()
    said: dict[str, Any] = {"words": "有人收手机卡", "answered_at": at}
    session.add(CallRecipient(call_id=number, person_id=number, area_id=1, **said))
    wished: dict[str, Any] = {"what": "checkins", "area_id": 1, "since": at.date(), "until": at.date()}
    session.add(ExportRequest(**base, **wished, person_id=number, asked_at=at, done_at=at, state="done"))
    session.add(Said(**base, message_id=number, person_id=number, subject="unplaced", said_at=at))
    session.add(Appeal(person_id=number, area_id=1, made_at=at))
    session.add(Slot(rule="x", occasion=str(number), due_at=at, state=SlotState.DONE))


def _stock_ladders(session: Session, number: int, at: Any) -> None:
    """One that is over, and one that stands; only what happened on that one is old."""
    begun: dict[str, Any] = {"kind": "late", "path": "DH/", "started_at": at, "next_at": at}
    session.add(Ladder(id=number, subject=f"a:{number}", state="stopped", **begun))
    session.add(Ladder(id=number + 10, subject=f"b:{number}", state="taken", **begun))
    session.flush()
    session.add(LadderStep(ladder_id=number + 10, level=0, at=at, person_id=number, outcome="told"))


def _stock_households(session: Session, number: int, at: Any) -> None:
    session.add(HouseholdCluster(id=number, head_id=number, area_id=1, count=5))
    session.flush()
    told: dict[str, Any] = {"cluster_id": number, "head_id": number, "area_id": 1, "count": 5}
    session.add(HouseholdDay(id=number, day=at.date(), **told))
    session.flush()
    session.add(HouseholdMark(day_id=number, number=1, kind="hazard", marked_at=at))


def _stock_patrol(session: Session, number: int, at: Any) -> None:
    begun: dict[str, Any] = {"person_id": number, "area_id": 1, "checklist": "border", "close_at": at}
    session.add(Patrol(id=number, started_at=at, ended_at=at, state="done", **begun))
    session.flush()
    place: dict[str, Any] = {"patrol_id": number, "latitude": 24.4, "longitude": 98.5}
    session.add_all([PatrolPoint(at=at, **place), PatrolAnswer(item="lamps", found_at=at, **place)])


def _stock_hazard(session: Session, number: int, at: Any) -> None:
    told: dict[str, Any] = {"year": 2026, "number": number, "area_id": 1, "category": "fire"}
    times: dict[str, Any] = {"found_at": at, "reported_at": at, "due_at": at, "closed_at": at}
    place: dict[str, Any] = {"latitude": 24.4, "longitude": 98.5}
    session.add(
        Hazard(**told, **times, **place, severity="normal", reported_by=number, state="closed", words="火")
    )


def _stock_request(session: Session, number: int, at: Any) -> None:
    told: dict[str, Any] = {"year": 2026, "number": number, "area_id": 1, "category": "aid", "mode": "timed"}
    times: dict[str, Any] = {"registered_at": at, "due_at": at, "closed_at": at, "done_at": at}
    private: dict[str, Any] = {"contact": "13800138000", "household": 3, "words": "水"}
    session.add(ResidentRequest(**told, **times, **private, registered_by=number, state="closed"))


def _count(db: Database, model: type[SQLModel], *where: Any) -> int:
    with db.read() as session:
        return int(session.execute(select(func.count()).select_from(model).where(*where)).scalar_one())


def test_retention_erases_what_is_old_and_nothing_else(
    stocked: Database, ticks: Callable[..., Ticks], clock: Clock
) -> None:
    clock.set(MORNING)
    day = ticks(retention.JOB)
    day.tick()
    clock.move(timedelta(hours=20))
    day.tick()
    assert ("2026-11-24T03:30", "done") in day.slots()
    assert _count(stocked, InboxRow, col(InboxRow.state) == InboxState.DONE) == 1
    assert _count(stocked, InboxRow, col(InboxRow.payload).is_not(None)) == 3
    assert _count(stocked, PresencePoint) == 1
    assert _count(stocked, CheckIn, col(CheckIn.latitude).is_not(None)) == 1
    assert _count(stocked, CheckIn, col(CheckIn.place_grade) == "on_site") == 2
    assert _count(stocked, Invite) == 1
    assert _count(stocked, JoinAttempt) == 2
    assert _count(stocked, JoinAttempt, col(JoinAttempt.user_id).in_([2, 12])) == 2
    assert _count(stocked, Draft) == 1
    assert _count(stocked, Photo, col(Photo.file_id).is_not(None), col(Photo.dhash) == 5) == 1
    assert _count(stocked, Photo, col(Photo.used_for) == "hazard:1") == 2
    assert _count(stocked, Photo, col(Photo.state) == PhotoState.ERASED) == 1
    assert _count(stocked, PhotoBand) == 1
    assert _count(stocked, Hazard, col(Hazard.latitude).is_not(None)) == 1
    assert _count(stocked, Hazard, col(Hazard.words) == "火") == 2
    assert _count(stocked, ResidentRequest, col(ResidentRequest.contact).is_not(None)) == 1
    assert _count(stocked, ResidentRequest, col(ResidentRequest.words) == "水") == 2
    assert _count(stocked, OutboxRow) == 3
    assert _count(stocked, OutboxRow, col(OutboxRow.state) == OutboxState.HELD) == 2


def test_retention_works_in_batches(
    stocked: Database, ticks: Callable[..., Ticks], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privacy_retention, "BATCH", 3)
    with stocked.write_now() as session:
        for number in range(100, 108):
            session.add(InboxRow(bot=1, update_id=number, received_at=OLD, state="done"))
            sent: dict[str, Any] = {"key": str(number), "lane": 1, "kind": "refused", "locale": "en"}
            session.add(OutboxRow(bot=1, chat_id=1, **sent, created_at=OLD, due_at=OLD, state="sent"))
    day = ticks(retention.JOB)
    day.tick()
    clock.move(timedelta(hours=20))
    day.tick()
    with stocked.read() as session:
        counts = session.execute(select(col(Slot.counts)).where(col(Slot.rule) == "retention")).scalar_one()
    assert (counts["updates"], counts["messages"]) == (9, 9)


def test_what_is_due_is_counted_and_left_alone(stocked: Database, settings: Settings) -> None:
    with stocked.read() as session:
        due = privacy_retention.due(Work(session, OPERATOR, MORNING, settings))
    assert due == dict.fromkeys(privacy_retention.KINDS, 1)
    assert _count(stocked, PresencePoint) == 2


def test_only_the_clock_and_the_operator_may_purge(db: Database, settings: Settings) -> None:
    person = Actor(ActorKind.PERSON, person_id=1)
    with db.write_now() as session:
        for kind in privacy_retention.KINDS:
            with pytest.raises(NotAllowed):
                privacy_retention.erase(Work(session, person, MORNING, settings), kind)
            assert privacy_retention.erase(Work(session, SYSTEM, MORNING, settings), kind) == 0


def test_forgotten_check_outs_are_closed_within_a_minute(
    stocked: Database, ticks: Callable[..., Ticks], clock: Clock
) -> None:
    day = ticks(close_checkins.JOB)
    day.tick()
    with stocked.write_now() as session:
        session.add(Person(id=3, code="P3", name="人3", area_id=1))
        session.flush()
        session.add(_checkin(3, close_at=MORNING + timedelta(minutes=5)))
    clock.move(timedelta(minutes=4))
    day.tick()
    assert _count(stocked, CheckIn, col(CheckIn.out_at).is_(None)) == 1
    clock.move(timedelta(minutes=2))
    day.tick()
    assert _count(stocked, CheckIn, col(CheckIn.out_at).is_(None)) == 0
    assert _count(stocked, CheckIn, col(CheckIn.closed_by) == "system") == 1
