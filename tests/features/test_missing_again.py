"""Whoever counted as there and leaves is missing; who comes and leaves once more is missing once more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bot.access import SYSTEM, Work
from bot.features.attendance import not_checked_in
from bot.features.duty import check_out
from models import Ladder, LadderState
from tests.features.keeping_duty import AWAY, DAQIAO, SETTINGS, Worker, at, town


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township, in one transaction."""
    with town(tmp_path) as opened:
        yield opened


@pytest.fixture
def worker(session: Session) -> Worker:
    """On duty at the post since five to midnight, and planned there until four."""
    made = Worker(session)
    made.shift(at("00:00"), at("08:00"))
    made.shift(at("08:00"), at("16:00"))
    made.tap(at("23:55", 23))
    for clock in ("00:00", "08:00", "08:10"):
        minute(made, at(clock))
    assert ladders(made) == []
    return made


def minute(worker: Worker, now: datetime) -> None:
    """What the clock does in a minute."""
    not_checked_in.begin(Work(worker.session, SYSTEM, now, SETTINGS), now, 0, 500)
    not_checked_in.follow(Work(worker.session, SYSTEM, now, SETTINGS), 0, 500)


def ladders(worker: Worker) -> list[tuple[str, int, datetime]]:
    """How those for the second shift stand, at which rung, and since when."""
    rows = worker.session.execute(select(Ladder).where(col(Ladder.subject).like("late:2:%"))).scalars()
    worker.session.expire_all()
    return [(row.state, row.level, row.started_at) for row in rows]


def test_who_takes_back_a_check_out_and_leaves_again_is_missing_again(worker: Worker) -> None:
    left = at("08:20")
    worker.leaves(left)
    minute(worker, left + timedelta(seconds=10))
    assert ladders(worker) == [(LadderState.CLIMBING, 0, left + timedelta(seconds=10))]
    number, undone = worker.records[0].id or 0, left + timedelta(seconds=30)
    check_out.undo_check_out(Work(worker.session, worker.actor, undone, SETTINGS), number, undone)
    minute(worker, at("08:21"))
    assert [state for state, *_ in ladders(worker)] == [LadderState.STOPPED]
    worker.leaves(at("08:40"))
    for clock in ("08:41", "08:42", "08:43"):
        minute(worker, at(clock))
    assert ladders(worker) == [(LadderState.CLIMBING, 0, at("08:41"))]


def test_who_was_at_another_post_meanwhile_is_missing_again(worker: Worker) -> None:
    worker.shift(at("08:30"), at("12:00"), "P-DAQIAO")
    worker.leaves(at("08:20"))
    minute(worker, at("08:21"))
    worker.session.execute(select(Ladder)).scalar_one().level = 2
    worker.tap(at("08:31"), DAQIAO)
    assert [row.shift_id for row in worker.records] == [1, 3]
    minute(worker, at("08:32"))
    assert [state for state, *_ in ladders(worker)] == [LadderState.STOPPED]
    worker.leaves(at("10:00"))
    minute(worker, at("10:01"))
    assert ladders(worker) == [(LadderState.CLIMBING, 0, at("10:01"))]


def test_who_has_come_to_the_shift_is_not_missing_by_leaving_it(worker: Worker) -> None:
    worker.leaves(at("08:20"))
    minute(worker, at("08:21"))
    worker.tap(at("08:30"), AWAY)
    minute(worker, at("08:31"))
    worker.leaves(at("09:00"))
    minute(worker, at("09:01"))
    assert [state for state, *_ in ladders(worker)] == [LadderState.STOPPED]


@pytest.mark.parametrize("left", ["07:50", "08:20"])
def test_a_check_out_that_comes_late_leaves_the_next_shift_empty(worker: Worker, left: str) -> None:
    worker.clock(at("10:00"))
    minute(worker, at("10:30"))
    assert ladders(worker) == []
    worker.leaves(at(left))
    for clock in ("10:31", "10:32"):
        minute(worker, at(clock))
    assert ladders(worker) == [(LadderState.CLIMBING, 0, at("10:31"))]
    assert worker.is_missed(at("10:32")) == ["missing", "late", "onduty", "for"]
