"""From one shift to the next without a check-out: whichever shift a tap belongs to gets its check-in, and
nobody who stands at a post is missed anywhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bot.access import Work
from bot.base.errors import Refused
from bot.features.duty import corrections, known_duty, on_behalf
from bot.features.duty.correctable import Wish
from bot.features.reminders import audience
from models import (
    CheckIn,
    ClosedBy,
    CorrectionKind,
    Evidence,
    MemberState,
    PresencePoint,
    Punctuality,
    Shift,
    ShiftMember,
)
from tests.features.keeping_duty import AWAY, DAQIAO, MANGLI, PLACES, SETTINGS, WHO, Worker, at, town


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township, in one transaction."""
    with town(tmp_path) as opened:
        yield opened


@pytest.fixture
def worker(session: Session) -> Worker:
    """Without any shift yet."""
    return Worker(session)


def test_the_next_shift_gets_its_check_in_while_the_one_before_is_open(worker: Worker) -> None:
    night, morning = worker.shift(at("00:00"), at("08:00")), worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    report = worker.tap(at("08:05"))
    assert (report.kind, report.time.punctuality) == ("done", Punctuality.ON_TIME)
    assert report.ended_at == at("08:00")
    assert worker.told() == [
        (night, "23 23:55", "24 08:00", ClosedBy.SYSTEM), (morning, "24 08:05", "", None),
    ]  # fmt: skip
    worker.clock(at("10:00"))
    assert worker.is_missed(at("10:00")) == []


@pytest.mark.parametrize("how", ["place", "words", "qr", "live", "for"])
@pytest.mark.parametrize("post", ["P-MANGLI", "P-DAQIAO"])
def test_whatever_way_the_next_shift_is_checked_in_to(worker: Worker, how: str, post: str) -> None:
    night = worker.shift(at("00:00"), at("08:00"))
    morning = worker.shift(at("08:00"), at("16:00"), post)
    worker.tap(at("23:55", 23))
    moment = at("08:04")
    if how == "place":
        worker.tap(moment, PLACES[post])
    elif how == "words":
        worker.tap(moment, None)
    elif how == "qr":
        worker.scan(moment, post)
    elif how == "live":
        assert worker.moves(moment, PLACES[post])
    else:
        session, supervisor = worker.session, worker.supervisor
        (charge,) = on_behalf.named(Work(session, supervisor, moment, SETTINGS), WHO)
        assert not charge.leaves
        on_behalf.act(Work(session, supervisor, moment, SETTINGS), charge, moment)
    assert worker.told() == [
        (night, "23 23:55", "24 08:00", ClosedBy.SYSTEM), (morning, "24 08:04", "", None),
    ]  # fmt: skip
    assert worker.records[-1].in_punctuality == Punctuality.ON_TIME


def test_a_check_in_without_a_plan_ends_where_the_planned_shift_is_checked_in_to(worker: Worker) -> None:
    shift = worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("06:30"))
    worker.tap(at("07:30"))
    assert worker.told() == [
        (None, "24 06:30", "24 07:30", ClosedBy.SYSTEM), (shift, "24 07:30", "", None),
    ]  # fmt: skip


def test_a_second_tap_before_the_end_of_the_shift_shows_presence(worker: Worker) -> None:
    """Ten to eight at the post of both: on duty still, whoever comes next."""
    night = worker.shift(at("00:00"), at("08:00"))
    worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    for place in (MANGLI, None, AWAY):
        assert worker.tap(at("07:50"), place).kind == "again"
    assert worker.told() == [(night, "23 23:55", "", None)]


def test_at_the_next_post_before_the_first_shift_is_over(worker: Worker) -> None:
    night, morning = (
        worker.shift(at("00:00"), at("08:00")),
        worker.shift(at("08:00"), at("16:00"), "P-DAQIAO"),
    )
    worker.tap(at("23:55", 23))
    assert worker.tap(at("07:20"), None).kind == "again"
    assert worker.tap(at("07:40"), DAQIAO).kind == "done"
    # Back at the first post for a moment: there is one check-in to a shift.
    assert worker.tap(at("07:41"), MANGLI).kind == "again"
    assert worker.told() == [
        (night, "23 23:55", "24 07:40", ClosedBy.SYSTEM), (morning, "24 07:40", "", None),
    ]  # fmt: skip


def test_a_live_location_goes_on_only_at_the_post_and_after_the_border(worker: Worker) -> None:
    night = worker.shift(at("00:00"), at("08:00"))
    worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    assert worker.moves(at("07:55"), MANGLI)
    assert worker.moves(at("08:03"), AWAY)
    assert worker.told() == [(night, "23 23:55", "", None)]
    points = select(col(PresencePoint.at)).order_by(col(PresencePoint.at))
    assert worker.session.execute(points).scalars().all() == [at("07:55"), at("08:03")]


def test_a_live_location_opens_nothing_where_nobody_is_on_duty(worker: Worker) -> None:
    worker.shift(at("08:00"), at("16:00"))
    assert not worker.moves(at("08:03"), MANGLI)
    assert worker.told() == []


def test_a_double_shift_without_a_tap_at_the_border_is_kept(worker: Worker) -> None:
    night, morning = worker.shift(at("00:00"), at("08:00")), worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    for clock in ("08:30", "09:59", "10:00", "12:00"):
        worker.clock(at(clock))
        assert worker.is_missed(at(clock)) == []
    assert worker.records[-1].evidence == Evidence.WENT_ON
    worker.leaves(at("16:02"))
    assert worker.told() == [
        (night, "23 23:55", "24 08:00", ClosedBy.SYSTEM), (morning, "24 08:00", "24 16:02", ClosedBy.SELF),
    ]  # fmt: skip


def test_who_has_another_post_next_has_to_come_there(worker: Worker) -> None:
    worker.shift(at("00:00"), at("08:00"))
    worker.shift(at("08:00"), at("16:00"), "P-DAQIAO")
    worker.tap(at("23:55", 23))
    worker.clock(at("10:00"))
    assert [row.out_at for row in worker.records] == [at("08:00")]
    assert worker.is_missed(at("10:01")) == ["missing", "late", "onduty", "for"]


def test_leaving_soon_after_the_end_ends_the_shift_that_was_kept(worker: Worker) -> None:
    night = worker.shift(at("00:00"), at("08:00"))
    worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    worker.leaves(at("08:20"))
    assert worker.told() == [(night, "23 23:55", "24 08:20", ClosedBy.SELF)]


def test_leaving_after_the_next_shift_too_has_kept_both(worker: Worker) -> None:
    first, second = worker.shift(at("06:00"), at("08:00")), worker.shift(at("08:00"), at("09:00"))
    worker.tap(at("05:55"))
    worker.leaves(at("09:01"))
    assert worker.told() == [
        (first, "24 05:55", "24 08:00", ClosedBy.SYSTEM), (second, "24 08:00", "24 09:01", ClosedBy.SELF),
    ]  # fmt: skip


def test_who_came_long_before_the_shift_and_only_left_has_kept_it(worker: Worker) -> None:
    shift = worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("06:30"))
    worker.leaves(at("16:05"))
    assert worker.told() == [
        (None, "24 06:30", "24 08:00", ClosedBy.SYSTEM), (shift, "24 08:00", "24 16:05", ClosedBy.SELF),
    ]  # fmt: skip


def test_what_comes_late_goes_to_the_check_in_of_its_time(worker: Worker) -> None:
    night, morning = worker.shift(at("00:00"), at("08:00")), worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    worker.tap(at("08:05"))
    assert worker.tap(at("07:58")).checkin_id == worker.records[0].id
    assert worker.tap(at("08:02")).kind == "again"
    worker.leaves(at("09:00"))
    with pytest.raises(Refused, match="checkout-already"):
        worker.leaves(at("09:30"))
    assert worker.told() == [
        (night, "23 23:55", "24 08:00", ClosedBy.SYSTEM), (morning, "24 08:02", "24 09:00", ClosedBy.SELF),
    ]  # fmt: skip


def test_a_correction_for_the_next_shift_fits_beside_the_open_check_in(worker: Worker) -> None:
    night, morning = worker.shift(at("00:00"), at("08:00")), worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    moment = at("09:00")
    wish = Wish(CorrectionKind.CHECK_IN, at("08:01"), None, morning)
    asked = corrections.ask(Work(worker.session, worker.actor, moment, SETTINGS), wish, "没信号", "", moment)
    decided = corrections.decide(
        Work(worker.session, worker.supervisor, moment, SETTINGS), asked.correction_id, True
    )
    assert decided is not None
    assert worker.told() == [
        (night, "23 23:55", "24 08:00", ClosedBy.SYSTEM), (morning, "24 08:01", "", None),
    ]  # fmt: skip


def test_the_reminder_at_the_end_goes_to_whoever_is_still_there(worker: Worker) -> None:
    worker.shift(at("00:00"), at("08:00"))
    worker.shift(at("08:00"), at("09:30"))
    worker.tap(at("23:55", 23))
    found = audience.shifts(at_end=True).where(*audience.of_shift("present"))
    assert len(worker.session.execute(found).all()) == 2


def test_a_shift_that_was_given_away_is_not_gone_on_with(worker: Worker) -> None:
    night, morning = worker.shift(at("00:00"), at("08:00")), worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    given = update(ShiftMember).where(col(ShiftMember.shift_id) == morning)
    worker.session.execute(given.values(state=MemberState.REPLACED))
    known_duty._remembered.known.clear()
    worker.clock(at("10:00"))
    assert worker.told() == [(night, "23 23:55", "24 08:00", ClosedBy.SYSTEM)]


_POSTS = st.sampled_from(["P-MANGLI", "P-DAQIAO", None])
_SHIFTS = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from([2, 4, 16, 24]), _POSTS), min_size=1, max_size=4
)
_TAPS = st.lists(
    st.tuples(
        st.integers(-90, 2400),
        st.sampled_from(["mangli", "daqiao", "away", "words", "qr", "live", "leave", "double"]),
    ),
    min_size=1,
    max_size=7,
)


@given(_SHIFTS, _TAPS)
@example([(0, 16, "P-MANGLI"), (16, 16, "P-MANGLI")], [(-5, "mangli"), (485, "double")])
@example([(0, 16, "P-MANGLI"), (8, 16, "P-DAQIAO")], [(-5, "mangli"), (250, "daqiao"), (251, "mangli")])
@settings(max_examples=75, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_tap_is_swallowed_and_nobody_at_work_is_missed(
    session: Session, rota: list[tuple[int, int, str | None]], taps: list[tuple[int, str]]
) -> None:
    for table in (PresencePoint, CheckIn, ShiftMember, Shift):
        session.execute(delete(table))
    worker = Worker(session)
    for start, halves, post in rota:
        began = at("00:00") + timedelta(minutes=30 * start)
        worker.shift(began, began + timedelta(minutes=30 * halves), post)
    for minute, what in sorted(taps):
        moment = at("00:00") + timedelta(minutes=minute)
        worker.clock(moment)
        _do(worker, moment, what)
        _look(worker, moment)
    worker.clock(at("00:00", 30))
    assert all(row.out_at for row in worker.records)


def _do(worker: Worker, moment: datetime, what: str) -> None:
    places = {"mangli": MANGLI, "daqiao": DAQIAO, "away": AWAY, "words": None, "double": MANGLI}
    if what == "leave":
        if any(row.out_at is None for row in worker.records):
            worker.leaves(moment)
    elif what == "live":
        worker.moves(moment, MANGLI)
    elif what == "qr":
        worker.scan(moment, "P-DAQIAO")
        _is_in_the_shift(worker, moment)
    else:
        worker.tap(moment, places[what])
        _is_in_the_shift(worker, moment)
    if what == "double":
        before = worker.told()
        assert worker.tap(moment + timedelta(seconds=3), MANGLI).kind == "again"
        assert worker.told() == before


def _is_in_the_shift(worker: Worker, moment: datetime) -> None:
    """After a tap there is an open check-in, to a shift that could be meant, where there is one."""
    early = timedelta(minutes=SETTINGS.checkin.early_minutes)
    meant = {s.id for s in worker.shifts() if s.starts_at - early <= moment < s.ends_at}
    (open_,) = [row for row in worker.records if row.out_at is None]
    assert open_.shift_id in meant or not meant


def _look(worker: Worker, moment: datetime) -> None:
    records = worker.records
    ends = {shift.id: shift.ends_at for shift in worker.shifts()}
    if any(row.out_at is None for row in records):
        assert worker.is_missed(moment) == []
    for row, following in pairwise(records):
        assert row.out_at is not None
        assert row.out_at <= following.in_at
    for row in records:
        if row.closed_by == ClosedBy.SYSTEM and row.shift_id:
            assert row.out_at is not None
            assert row.out_at <= max(ends[row.shift_id], row.in_at)
