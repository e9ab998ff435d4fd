"""What was sent in time counts as if it had come in time, whatever the clock has done since."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Work
from bot.base.errors import Refused
from bot.features.duty import check_in as duty_check_in
from bot.features.duty import check_out
from bot.features.duty.grading import Place
from bot.features.duty.repository import close_forgotten, recent_of
from bot.settings import DatabaseSettings, Settings
from models import Account, CheckIn, ClosedBy, OutboxRow, Person, PresencePoint, Shift, ShiftMember
from tests.layouts import with_town

# A shift from eight to two in Dehong.
STARTS, ENDS = datetime(2026, 11, 23, 0, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EVENING = ENDS + timedelta(hours=4)
POST = Place(24.4000, 98.5500, 15)
SETTINGS = Settings(database=DatabaseSettings(synchronous="OFF"))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township, in one transaction."""
    db = with_town(tmp_path / "late.sqlite3")
    with db.write_now() as opened:
        yield opened
    db.close()


@pytest.fixture
def worker(session: Session) -> Actor:
    """岩罕, on duty since eight, on a shift until two."""
    person = session.execute(select(Person).where(col(Person.name) == "岩罕")).scalar_one()
    account = Account(bot=0, user_id=5, chat_id=5, person_id=person.id or 0, joined_at=STARTS)
    shift = Shift(code="S", area_id=person.area_id, duty_type="border", starts_at=STARTS, ends_at=ENDS)
    session.add_all([account, shift])
    session.flush()
    session.add(ShiftMember(shift_id=shift.id or 0, person_id=person.id or 0))
    session.flush()
    actor = access.actors_of(session, 0, [5])[5]
    duty_check_in.check_in(Work(session, actor, STARTS, SETTINGS), POST, STARTS)
    return actor


def _close_overdue(session: Session) -> int:
    return check_out.close_overdue(Work(session, SYSTEM, EVENING, SETTINGS))


def _only_record(session: Session) -> CheckIn:
    session.expire_all()
    record: CheckIn = session.execute(select(CheckIn)).scalar_one()
    return record


def test_a_place_sent_on_duty_that_comes_after_the_closing_makes_no_second_check_in(
    session: Session, worker: Actor
) -> None:
    assert _close_overdue(session) == 1
    sent = STARTS + timedelta(hours=5)
    report = duty_check_in.check_in(Work(session, worker, EVENING, SETTINGS), POST, sent)
    assert report.kind == "again"
    record = _only_record(session)
    assert (record.closed_by, record.out_at) == (ClosedBy.SYSTEM, ENDS)
    assert session.execute(select(col(PresencePoint.at))).scalars().all() == [sent]


def test_a_live_point_that_comes_after_the_closing_is_kept(session: Session, worker: Actor) -> None:
    _close_overdue(session)
    sent = STARTS + timedelta(hours=5)
    assert duty_check_in.add_live_point(Work(session, worker, EVENING, SETTINGS), POST, sent)
    assert not duty_check_in.add_live_point(Work(session, worker, EVENING, SETTINGS), POST, EVENING)


def test_a_place_sent_after_the_closing_is_a_new_check_in(session: Session, worker: Actor) -> None:
    _close_overdue(session)
    report = duty_check_in.check_in(Work(session, worker, EVENING, SETTINGS), POST, EVENING)
    assert report.kind == "done"


def test_the_clock_does_not_overwrite_a_check_out_made_meanwhile(session: Session, worker: Actor) -> None:
    (seen_open,) = recent_of(session, worker.person_id)
    left = ENDS + timedelta(minutes=1)
    check_out.check_out(Work(session, worker, EVENING, SETTINGS), left)
    assert close_forgotten(session, seen_open) is None
    record = _only_record(session)
    assert (record.closed_by, record.out_at) == (ClosedBy.SELF, left)


def test_a_shift_moved_to_before_the_check_in_does_not_end_it_before_it_began(
    session: Session, worker: Actor
) -> None:
    shift = session.execute(select(Shift)).scalar_one()
    shift.starts_at, shift.ends_at = STARTS - timedelta(hours=6), STARTS - timedelta(hours=1)
    session.flush()
    _close_overdue(session)
    assert _only_record(session).out_at == STARTS


def test_who_checks_out_too_late_is_told_the_time_that_is_noted(session: Session, worker: Actor) -> None:
    with pytest.raises(Refused) as refused:
        check_out.check_out(Work(session, worker, EVENING, SETTINGS), EVENING)
    assert refused.value.facts == {"time": "14:00"}
    _close_overdue(session)
    assert _only_record(session).out_at == ENDS


def test_a_check_out_is_taken_back_by_when_the_button_was_pressed(session: Session, worker: Actor) -> None:
    check_out.check_out(Work(session, worker, ENDS, SETTINGS), ENDS)
    number = _only_record(session).id or 0
    late = ENDS + timedelta(seconds=61)
    with pytest.raises(Refused, match="checkout-undo-late"):
        check_out.undo_check_out(Work(session, worker, EVENING, SETTINGS), number, late)
    pressed = ENDS + timedelta(seconds=59)
    check_out.undo_check_out(Work(session, worker, EVENING, SETTINGS), number, pressed)
    assert _only_record(session).out_at is None


def test_who_uses_two_bots_is_told_by_both(session: Session, worker: Actor) -> None:
    session.add(Account(bot=1, user_id=5, chat_id=5, person_id=worker.person_id, joined_at=STARTS))
    session.flush()
    _close_overdue(session)
    session.commit()
    told = session.execute(select(col(OutboxRow.bot), col(OutboxRow.kind)).order_by(col(OutboxRow.bot)))
    assert told.all() == [(0, "checkin.closed_by_system"), (1, "checkin.closed_by_system")]


def test_an_open_check_in_is_found_behind_newer_ones(session: Session, worker: Actor) -> None:
    """Dates may come in any order; there is one open check-in at most all the same."""
    record = _only_record(session)
    for day in range(1, 6):
        session.add(
            CheckIn(
                person_id=worker.person_id, area_id=record.area_id, duty_type="grid",
                work_day=(ENDS + timedelta(days=day)).date(), in_at=ENDS + timedelta(days=day),
                out_at=ENDS + timedelta(days=day, hours=1), close_at=ENDS + timedelta(days=day, hours=9),
            )
        )  # fmt: skip
    session.flush()
    later = ENDS + timedelta(days=7)
    told = duty_check_in.check_in(Work(session, worker, later, SETTINGS), POST, later)
    assert told.kind == "done"
    session.expire_all()
    assert record.closed_by == ClosedBy.SYSTEM
