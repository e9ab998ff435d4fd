"""Taps that reach us after others that were made later, or after the clock has acted: each belongs to where
it would have been had it come in time, and nothing stands twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlmodel import Session, col

from bot.access import Work
from bot.base.errors import Refused
from bot.features.duty import on_behalf
from bot.features.duty.notices import CheckInAgain
from models import CheckIn, ClosedBy, Evidence, PresencePoint, Punctuality, Shift, ShiftMember
from tests.features.keeping_duty import AWAY, DAQIAO, MANGLI, SETTINGS, WHO, Worker, at, town

_POSTS = {"M": "P-MANGLI", "D": "P-DAQIAO", "-": None}
_PLACES = {"in": MANGLI, "there": DAQIAO, "away": AWAY, "words": None}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township, in one transaction."""
    with town(tmp_path) as opened:
        yield opened


@pytest.fixture
def worker(session: Session) -> Worker:
    """Without any shift yet."""
    return Worker(session)


def moment(told: str) -> datetime:
    """`08:05`, `<23:55` the evening before, `>01:00` the day after."""
    day = 24 + (told[0] == ">") - (told[0] == "<")
    return at(told.lstrip("<>"), day)


def plan(worker: Worker, rota: str) -> None:
    """`00:00-08:00 M` for each shift, numbered from 1."""
    for told in rota.split(", ") if rota else ():
        span, post = told.split(" ")
        start, end = span.split("-")
        worker.shift(moment(start), moment(end), _POSTS[post])


def do(worker: Worker, deeds: str) -> None:
    """`in 08:05, out 16:00, clock 18:00`, in the order in which they reach us."""
    for told in deeds.split(", "):
        what, when = told.split(" ")
        if what == "clock":
            worker.clock(moment(when))
        elif what == "out":
            worker.leaves(moment(when))
        elif what == "refused":
            with pytest.raises(Refused):
                worker.leaves(moment(when))
        elif what == "live":
            worker.moves(moment(when), MANGLI)
        elif what == "qr":
            worker.scan(moment(when), "P-DAQIAO")
        else:
            worker.tap(moment(when), _PLACES[what])


def told(worker: Worker) -> str:
    """The records: `1 <23:55-08:00 system, 2 08:05-`; 0: of no shift."""
    return ", ".join(
        f"{row.shift_id or 0} {_short(row.in_at)}-{_short(row.out_at)} {row.closed_by or ''}".rstrip()
        for row in worker.records
    )


def _short(when: datetime | None) -> str:
    if when is None:
        return ""
    mark = "<" if when < at("00:00") else ">" if when >= at("00:00", 25) else ""
    return f"{mark}{when.astimezone(SETTINGS.work.zone):%H:%M}"


_TWO = "00:00-08:00 M, 08:00-16:00 M"
_AWAY = "00:00-08:00 M, 08:00-16:00 D"
_CASES = {
    # A tap within what is over belongs to it.
    "ended by himself": ("08:00-16:00 M", "in 07:55, out 12:00, in 10:00", "1 07:55-12:00 self"),
    "as words": ("08:00-16:00 M", "in 07:55, out 12:00, words 10:00", "1 07:55-12:00 self"),
    "from elsewhere": ("08:00-16:00 M", "in 07:55, out 12:00, there 10:00", "1 07:55-12:00 self"),
    "by code": ("08:00-16:00 M", "in 07:55, out 12:00, qr 10:00", "1 07:55-12:00 self"),
    "by live location": ("08:00-16:00 M", "in 07:55, out 12:00, live 10:00", "1 07:55-12:00 self"),
    "in its first moment": ("08:00-16:00 M", "in 07:55, out 12:00, in 07:55", "1 07:55-12:00 self"),
    "in its last minute": ("08:00-16:00 M", "in 07:55, out 12:00, in 11:59", "1 07:55-12:00 self"),
    "at its end he is back": (
        "08:00-16:00 M", "in 07:55, out 12:00, in 12:00", "1 07:55-12:00 self, 1 12:00-",
    ),
    "ended by the clock": ("08:00-16:00 M", "in 07:55, clock 18:00, in 15:00", "1 07:55-16:00 system"),
    "after its shift, before the clock": (
        "08:00-16:00 M", "in 07:55, clock 18:00, in 17:00", "1 07:55-16:00 system",
    ),
    "without a plan": ("", "in 07:55, out 12:00, in 10:00", "0 07:55-12:00 self"),
    "another is open by now": (
        "08:00-16:00 M", "in 07:55, out 12:00, in 13:00, in 10:00", "1 07:55-12:00 self, 1 13:00-",
    ),
    "before many others": (
        "08:00-16:00 M",
        "in 07:55, out 09:00, in 09:10, out 10:00, in 10:10, out 11:00, in 11:10, out 12:00, in 12:10,"
        " in 08:30",
        "1 07:55-09:00 self, 1 09:10-10:00 self, 1 10:10-11:00 self, 1 11:10-12:00 self, 1 12:10-",
    ),
    # Left, and at the next shift's post before the check-out: no second one over the first.
    "past the border": (_TWO, "in <23:55, out 08:20, in 08:10", "1 <23:55-08:20 self"),
    # A tap before the beginning, in the same shift, is the beginning.
    "earlier, open": ("08:00-16:00 M", "in 08:30, in 08:03", "1 08:03-"),
    "earlier, as words": ("08:00-16:00 M", "in 08:30, words 08:03", "1 08:03-"),
    "earlier, over by now": ("08:00-16:00 M", "in 08:30, out 12:00, in 08:03", "1 08:03-12:00 self"),
    "earlier, the clock was there": (
        "08:00-16:00 M", "in 08:30, clock 18:00, in 08:03", "1 08:03-16:00 system",
    ),
    "earlier, without a plan": ("", "in 08:30, in 08:03", "0 08:03-"),
    "earlier, by code": ("08:00-16:00 D", "words 08:30, qr 08:03", "1 08:03-"),
    "earlier, twice": ("08:00-16:00 M", "in 08:30, in 08:20, in 08:03, in 08:10", "1 08:03-"),
    "earlier, in the second shift": (
        _TWO, "in <23:55, in 08:30, in 08:03", "1 <23:55-08:00 system, 2 08:03-",
    ),
    "earlier, and off duty by now": (
        _TWO, "in <23:55, in 08:30, out 16:00, in 08:03", "1 <23:55-08:00 system, 2 08:03-16:00 self",
    ),
    "after a pause": (
        "08:00-16:00 M", "in 07:55, out 09:00, in 11:00, in 10:30", "1 07:55-09:00 self, 1 10:30-",
    ),
    "a live location begins nothing": ("08:00-16:00 M", "in 08:30, live 08:03", "1 08:30-"),
    # A tap of another shift than the one that follows is a check-in of its own, which is over.
    "the first of two": (_TWO, "in 08:05, in <23:55", "1 <23:55-08:00 system, 2 08:05-"),
    "the first of two, gone over early": (_AWAY, "there 07:30, in <23:55", "1 <23:55-07:30 system, 2 07:30-"),
    "before the plan": (
        "08:00-16:00 M", "in 07:30, in 06:30", "0 06:30-07:30 system, 1 07:30-",
    ),
    "the first of two, and its check-out": (
        _TWO, "in 08:05, in <23:55, out 08:01", "1 <23:55-08:01 self, 2 08:05-",
    ),
    "days ago": ("", "in 08:00, in >08:00, in 07:00", "0 07:00->00:00 system, 0 >08:00-"),
    # What the clock ended was a guess: a tap at the next post tells more.
    "gone over before the clock": (
        _AWAY, "in <23:55, clock 10:00, there 07:40", "1 <23:55-07:40 system, 2 07:40-",
    ),
    "gone on at the next post": (
        _AWAY, "in <23:55, clock 10:00, there 08:05", "1 <23:55-08:00 system, 2 08:05-",
    ),
    # A check-out that comes late ends what was open then, and undoes what was gone on with since.
    "left after the border": (_TWO, "in <23:55, clock 10:00, out 08:20", "1 <23:55-08:20 self"),
    "left before the border": (_TWO, "in <23:55, clock 10:00, out 07:50", "1 <23:55-07:50 self"),
    "left at the border": (_TWO, "in <23:55, clock 10:00, out 08:00", "1 <23:55-08:00 self"),
    "left, both over by now": (_TWO, "in <23:55, clock 10:00, clock 18:00, out 08:20", "1 <23:55-08:20 self"),
    "left the second": (
        _TWO, "in <23:55, clock 10:00, out 16:02", "1 <23:55-08:00 system, 2 08:00-16:02 self",
    ),
    "left when gone on with": (
        _TWO, "in <23:55, clock 10:00, out 11:00", "1 <23:55-08:00 system, 2 08:00-11:00 self",
    ),
    "left, and back again": (
        _TWO, "in <23:55, clock 10:00, in 11:00, out 08:20", "1 <23:55-08:20 self, 2 11:00-",
    ),
    "left, and back again, as words": (
        _TWO, "in <23:55, clock 10:00, words 11:00, out 08:20", "1 <23:55-08:20 self, 2 11:00-",
    ),
    "left before a plan began": (
        "08:00-16:00 M", "in 06:30, clock 22:30, out 07:10", "0 06:30-07:10 self",
    ),
    "left in a plan": (
        "08:00-16:00 M", "in 06:30, clock 22:30, out 12:00", "0 06:30-08:00 system, 1 08:00-12:00 self",
    ),
    "left the second of three": (
        "06:00-08:00 M, 08:00-09:00 M, 09:00-17:00 M", "in 05:55, clock 10:00, out 09:01",
        "1 05:55-08:00 system, 2 08:00-09:01 self",
    ),
    "left the second of three, in time": (
        "06:00-08:00 M, 08:00-09:00 M, 09:00-17:00 M", "in 05:55, out 09:01",
        "1 05:55-08:00 system, 2 08:00-09:01 self",
    ),
    "three, and still there": (
        "06:00-08:00 M, 08:00-09:00 M, 09:00-10:00 M", "in 05:55, clock 10:00",
        "1 05:55-08:00 system, 2 08:00-09:00 system, 3 09:00-",
    ),
    # It cannot end what began after it.
    "out before in": ("08:00-16:00 M", "in 08:30, refused 08:10", "1 08:30-"),
    "out before in again": (
        "08:00-16:00 M", "in 07:55, out 09:00, in 10:00, refused 09:30", "1 07:55-09:00 self, 1 10:00-",
    ),
    "out twice": ("08:00-16:00 M", "in 07:55, out 09:00, refused 08:30", "1 07:55-09:00 self"),
}  # fmt: skip


@pytest.mark.parametrize(("rota", "deeds", "records"), _CASES.values(), ids=_CASES)
def test_each_tap_belongs_where_it_would_have_been_in_time(
    worker: Worker, rota: str, deeds: str, records: str
) -> None:
    plan(worker, rota)
    do(worker, deeds)
    assert told(worker) == records


def test_who_is_told_late_was_not_if_an_earlier_tap_comes_in(worker: Worker) -> None:
    plan(worker, "08:00-16:00 M")
    assert worker.tap(moment("08:30"), AWAY).time.punctuality == Punctuality.LATE
    report = worker.tap(moment("08:03"), MANGLI)
    assert (report.kind, report.in_at, report.out_at) == ("again", moment("08:03"), None)
    (row,) = worker.records
    assert (row.in_punctuality, row.late_minutes, row.place_grade) == (Punctuality.ON_TIME, 0, "on_site")
    # The place that it began with before is not lost.
    points = select(col(PresencePoint.at), col(PresencePoint.place_grade))
    assert worker.session.execute(points).all() == [(moment("08:30"), "off_site")]


def test_an_earlier_tap_without_a_place_keeps_the_one_that_is_known(worker: Worker) -> None:
    plan(worker, "08:00-16:00 M")
    do(worker, "in 08:30, words 08:03")
    (row,) = worker.records
    assert (row.evidence, row.place_grade, row.latitude) == (Evidence.PIN, "on_site", MANGLI.latitude)


def test_a_time_that_was_decided_stays(worker: Worker) -> None:
    plan(worker, "08:00-16:00 M")
    do(worker, "in 08:30")
    worker.records[0].corrected_in_at = moment("08:10")
    worker.session.flush()
    assert worker.tap(moment("08:20")).in_at == moment("08:10")
    assert worker.tap(moment("08:03")).in_at == moment("08:10")
    (row,) = worker.records
    assert (row.in_at, row.corrected_in_at) == (moment("08:30"), moment("08:10"))


def test_what_is_over_is_told_as_such_and_keeps_the_place(worker: Worker) -> None:
    plan(worker, "08:00-16:00 M")
    do(worker, "in 07:55, out 12:00")
    report = worker.tap(moment("10:00"))
    again = report.notice(SETTINGS, new_place=True)
    assert isinstance(again, CheckInAgain)
    assert (again.in_at, again.out_at) == (moment("07:55"), moment("12:00"))
    assert worker.session.execute(select(col(PresencePoint.at))).scalars().all() == [moment("10:00")]


def test_nobody_is_checked_in_for_by_another_in_what_is_over(worker: Worker) -> None:
    plan(worker, "08:00-16:00 M")
    do(worker, "in 07:55, out 12:00")
    now = moment("10:00")
    (charge,) = on_behalf.named(Work(worker.session, worker.supervisor, now, SETTINGS), WHO)
    with pytest.raises(Refused, match="behalf-is-there"):
        on_behalf.act(Work(worker.session, worker.supervisor, now, SETTINGS), charge, now)
    assert worker.records[0].made_by is None


def test_points_of_what_is_undone_go_to_the_one_before(worker: Worker) -> None:
    plan(worker, _TWO)
    do(worker, "in <23:55, clock 10:00, live 08:10, out 08:20")
    assert told(worker) == "1 <23:55-08:20 self"
    points = worker.session.execute(select(col(PresencePoint.checkin_id), col(PresencePoint.at))).all()
    assert points == [(worker.records[0].id, moment("08:10"))]
    assert worker.is_missed(moment("10:01")) != []


_SHIFTS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from([2, 4, 16]), st.sampled_from(["M", "D", "-"])), max_size=4
)
_DEEDS = st.lists(
    st.tuples(
        st.integers(-90, 1800),
        st.sampled_from(["in", "there", "away", "words", "qr", "out", "live", "clock"]),
    ),
    min_size=2, max_size=7, unique_by=lambda deed: deed[0],
)  # fmt: skip


@given(_SHIFTS, _DEEDS, st.randoms(use_true_random=False))
@example([(0, 16, "M"), (16, 16, "M")], [(-5, "in"), (600, "clock"), (500, "out")], None)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_they_come_nothing_stands_twice(
    session: Session, rota: list[tuple[int, int, str]], deeds: list[tuple[int, str]], chance: object
) -> None:
    for table in (PresencePoint, CheckIn, ShiftMember, Shift):
        session.execute(delete(table))
    worker = Worker(session)
    for start, halves, post in rota:
        began = at("00:00") + timedelta(minutes=30 * start)
        worker.shift(began, began + timedelta(minutes=30 * halves), _POSTS[post])
    if chance is not None:
        chance.shuffle(deeds)  # type: ignore[attr-defined]
    for minute, what in deeds:
        when = at("00:00") + timedelta(minutes=minute)
        if what == "out":
            _try_to_leave(worker, when)
        else:
            do(worker, f"{what} {_told(when)}")
        _look(worker, when if what in ("in", "there", "away", "words", "qr") else None)


def _told(when: datetime) -> str:
    mark = "<" if when < at("00:00") else ">" if when >= at("00:00", 25) else ""
    return f"{mark}{when.astimezone(SETTINGS.work.zone):%H:%M}"


def _try_to_leave(worker: Worker, when: datetime) -> None:
    """Ended at that moment, or refused and nothing is changed."""
    before = told(worker)
    try:
        with worker.session.begin_nested():
            worker.leaves(when)
    except Refused:
        assert told(worker) == before
    else:
        assert any(row.out_at == when and row.closed_by == ClosedBy.SELF for row in worker.records)


def _look(worker: Worker, tapped: datetime | None) -> None:
    records = worker.records
    assert sum(row.out_at is None for row in records) <= 1
    for row, following in pairwise(records):
        assert row.out_at is not None
        assert row.in_at <= row.out_at <= following.in_at
    if tapped is not None:
        # Where the shift was over and only the clock came before, it is there as a point or a word.
        assert any(row.in_at <= tapped < (row.out_at or row.close_at) for row in records) or any(
            row.in_at <= tapped < row.close_at and row.closed_by == ClosedBy.SYSTEM for row in records
        )
