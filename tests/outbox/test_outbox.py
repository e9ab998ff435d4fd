"""The outbox: quiet hours, keys, and what an undone update leaves."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlmodel import col

from bot.access import SYSTEM, Work
from bot.features.people.notices import FeedbackReceived
from bot.forms.notices import FormClosed, FormDropped
from bot.outbox import outbox
from bot.outbox.outbox import Recipient, quiet_until
from bot.settings import DatabaseSettings, Settings, load
from bot.storage.database import Database
from bot.views.notices import Failed
from models import Card, OutboxRow
from tests.layouts import with_tables

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def _settings(start: str, end: str, zone: str = "Asia/Shanghai") -> Settings:
    environment = {
        "GRIDDUTY_QUIET__START": start, "GRIDDUTY_QUIET__END": end, "GRIDDUTY_WORK__TIMEZONE": zone,
        "GRIDDUTY_TELEGRAM__TOKEN": "1:" + "x" * 35,
    }  # fmt: skip
    return load(None, environment)


NIGHT = _settings("22:00", "06:00")


def _is_quiet(settings: Settings, moment: datetime) -> bool:
    """By minutes of the day, going round from the start."""
    local = moment.astimezone(settings.work.zone)
    start, end, clock = (t.hour * 60 + t.minute for t in (settings.quiet.start, settings.quiet.end, local))
    return (clock - start) % 1440 < (end - start) % 1440


@given(MOMENTS, TIMES, TIMES, st.sampled_from(ZONES))
@example(datetime(2026, 10, 25, 1, 10, tzinfo=UTC), time(22), time(2, 30), "Europe/Berlin")
@example(datetime(2026, 10, 25, 0, 10, tzinfo=UTC), time(22), time(2, 30), "Europe/Berlin")
@example(datetime(2026, 3, 29, 0, 50, tzinfo=UTC), time(22), time(2, 30), "Europe/Berlin")
@example(datetime(2026, 11, 23, 14, 0, tzinfo=UTC), time(22), time(6), "Asia/Shanghai")
def test_quiet_hours_end_at_their_end(now: datetime, start: time, end: time, zone: str) -> None:
    settings = _settings(start.isoformat(), end.isoformat(), zone)
    until = quiet_until(settings, now)
    assert (until is not None) == _is_quiet(settings, now)
    if until is None:
        return
    assert now < until <= now + timedelta(hours=25)
    assert not _is_quiet(settings, until)
    step = timedelta(minutes=5)
    quiet = [_is_quiet(settings, now + n * step) for n in range(int((until - now) / step))]
    # An end that the clock steps over comes up to an hour late.
    offsets = {m.astimezone(settings.work.zone).utcoffset() for m in (now, until)}
    assert quiet.count(False) <= 12 * (len(offsets) - 1)


@pytest.mark.parametrize(
    ("clock", "until"),
    [
        ("2026-11-23T21:59:59+08:00", None),
        ("2026-11-23T22:00:00+08:00", "2026-11-24T06:00:00+08:00"),
        ("2026-12-31T23:59:59+08:00", "2027-01-01T06:00:00+08:00"),
        ("2026-11-24T05:59:59+08:00", "2026-11-24T06:00:00+08:00"),
        ("2026-11-24T06:00:00+08:00", None),
    ],
)
def test_the_night_is_quiet_over_midnight(clock: str, until: str | None) -> None:
    expected = datetime.fromisoformat(until) if until else None
    assert quiet_until(NIGHT, datetime.fromisoformat(clock)) == expected


def test_hours_that_start_where_they_end_are_none() -> None:
    assert quiet_until(_settings("06:00", "06:00"), datetime(2026, 11, 23, 22, 0, tzinfo=UTC)) is None


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = with_tables(tmp_path / "outbox.sqlite3")
    yield db
    db.close()


DAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
NIGHTLY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
TO = Recipient(1, 5, "zh_CN", None)


def _rows(db: Database) -> list[OutboxRow]:
    with db.read() as session:
        return list(session.execute(select(OutboxRow).order_by(col(OutboxRow.id))).scalars())


def test_the_same_key_is_said_once(db: Database) -> None:
    for words in ("first", "second"):
        with db.write_now() as session:
            for _ in range(2):
                outbox.enqueue(
                    Work(session, SYSTEM, DAY, NIGHT), FeedbackReceived("岩罕", words, ""), TO, "key"
                )
    (row,) = _rows(db)
    assert row.facts == {"name": "岩罕", "words": "first", "voice": ""}


def test_what_is_held_waits_for_the_morning_and_what_goes_through_does_not(db: Database) -> None:
    with db.write_now() as session:
        for notice in (FeedbackReceived("岩罕", "", ""), Failed()):
            for hour in (DAY, NIGHTLY):
                outbox.enqueue(Work(session, SYSTEM, hour, NIGHT), notice, TO, f"{notice.kind}:{hour}")
    held, through = "held", "pending"
    assert [(row.kind, row.state) for row in _rows(db)] == [
        ("feedback.received", through), ("feedback.received", held), ("failed", through), ("failed", through),
    ]  # fmt: skip
    assert _rows(db)[1].due_at == datetime(2026, 11, 23, 22, 0, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=12))
def test_only_what_undone_updates_said_is_cut(turns: list[tuple[int, bool]]) -> None:
    """Each turn says a number of things and may be undone: the rest stays, in order."""
    db = Database(DatabaseSettings(url="sqlite:///:memory:", synchronous="OFF"))
    expected = []
    with db.write_now() as session:
        OutboxRow.__table__.create(session.connection())
        for turn, (count, undone) in enumerate(turns):
            place = outbox.checkpoint(session)
            keys = [f"{turn}:{number}" for number in range(count)]
            for key in keys:
                outbox.enqueue(Work(session, SYSTEM, DAY, NIGHT), Failed(), TO, key)
            if undone:
                outbox.rollback_to(session, place)
            else:
                expected += keys
    with db.write_now() as session:
        assert (
            list(session.execute(select(col(OutboxRow.key)).order_by(col(OutboxRow.id))).scalars())
            == expected
        )
    db.close()


def test_a_transaction_that_fails_says_nothing(db: Database) -> None:
    def fail() -> None:
        with db.write_now() as session:
            outbox.enqueue(Work(session, SYSTEM, DAY, NIGHT), Failed(), TO, "key")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert _rows(db) == []


def _card(db: Database) -> list[tuple[str, int | None]]:
    with db.read() as session:
        found = select(col(Card.subject), col(Card.message_id)).order_by(col(Card.id))
        return [tuple(row) for row in session.execute(found)]


def _sent_as(db: Database, message_id: int) -> None:
    with db.write_now() as session:
        waiting = (col(Card.subject) == "form:1", col(Card.message_id).is_(None))
        session.execute(update(Card).where(*waiting).values(message_id=message_id, shown=1))


def test_a_message_that_is_over_does_not_come_back_when_its_old_key_is_pressed(db: Database) -> None:
    for message_id in (10, 11):
        with db.write_now() as session:
            outbox.retire(session, "form:1", FormClosed(), DAY)
            outbox.show(Work(session, SYSTEM, DAY, NIGHT), "form:1", FormDropped("form-name-hazard"), TO)
        _sent_as(db, message_id)
    with db.write_now() as session:
        assert outbox.tapped(session, TO, "form:1", 10, DAY)
    assert _card(db) == [("form:1:10", 10), ("form:1", 11)]
    with db.write_now() as session:
        outbox.retire(session, "form:1", FormClosed(), DAY)
    assert _card(db) == [("form:1:10", 10), ("form:1:11", 11)]


def test_of_two_copies_the_one_that_is_pressed_goes_on(db: Database) -> None:
    with db.write_now() as session:
        outbox.show(Work(session, SYSTEM, DAY, NIGHT), "form:1", FormDropped("form-name-hazard"), TO)
    _sent_as(db, 11)
    with db.write_now() as session:
        assert outbox.tapped(session, TO, "form:1", 12, DAY)
    assert _card(db)[0] == ("form:1", 12)
