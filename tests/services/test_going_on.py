"""From one shift to the next without a check-out: whichever shift a tap belongs to gets its check-in, and
nobody who stands at a post is missed anywhere."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlmodel import Session, SQLModel, col

from bot import access, duty, rolls
from bot.access import SYSTEM, Actor
from bot.database import Database
from bot.errors import Refused
from bot.grading import Place
from bot.services import behalf, checkin, checkout, corrections, late, onduty, reminder_people
from bot.services.checkin import Report
from bot.services.correctable import Wish
from bot.settings import DatabaseSettings, Settings
from bot.work_day import work_day
from models import (
    Account,
    CheckIn,
    ClosedBy,
    CorrectionKind,
    Evidence,
    MemberState,
    Person,
    Post,
    PresencePoint,
    Punctuality,
    ReportKind,
    Shift,
    ShiftMember,
)
from tests.e2e.town import settle_in

ZONE = ZoneInfo("Asia/Shanghai")
SETTINGS = Settings(database=DatabaseSettings(synchronous="OFF"))
MANGLI, DAQIAO, AWAY = Place(24.4000, 98.5500, 15), Place(24.4200, 98.5700, 15), Place(24.5, 98.7, 15)
PLACES = {"P-MANGLI": MANGLI, "P-DAQIAO": DAQIAO}
CODES = {"P-MANGLI": "qr-mangli-7f3k", "P-DAQIAO": "qr-daqiao-9x2m"}
WHO = "岩罕"


def at(clock: str, day: int = 24) -> datetime:
    """A moment of November in Dehong."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The township, in one transaction."""
    db = Database(DatabaseSettings(url=f"sqlite:///{tmp_path}/on.sqlite3", synchronous="OFF"))
    SQLModel.metadata.create_all(db.writer)
    with db.write_now() as opened:
        settle_in(opened)
        for number, name in enumerate((WHO, "刀建国"), start=5):
            person = opened.execute(select(Person).where(col(Person.name) == name)).scalar_one()
            opened.add(
                Account(
                    bot=0, user_id=number, chat_id=number, person_id=person.id or 0, joined_at=at("00:00")
                )
            )
        opened.flush()
        yield opened
    db.close()


class Worker:
    """岩罕, his shifts and his taps."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.actor: Actor = access.actors_of(session, 0, [5])[5]
        self.supervisor: Actor = access.actors_of(session, 0, [6])[6]

    def shift(self, start: datetime, end: datetime, post: str | None = "P-MANGLI") -> int:
        found = select(Post).where(col(Post.code) == post)
        where = self.session.execute(found).scalar_one() if post else None
        area = where.area_id if where else self.actor.area_id
        shift = Shift(
            code=f"S{start:%d%H%M}{end:%d%H%M}{post}{len(self.shifts())}", area_id=area, duty_type="border",
            post_id=where.id if where else None, starts_at=start, ends_at=end,
        )  # fmt: skip
        self.session.add(shift)
        self.session.flush()
        self.session.add(ShiftMember(shift_id=shift.id or 0, person_id=self.actor.person_id))
        self.session.flush()
        duty._remembered.clear()
        return shift.id or 0

    def shifts(self) -> Sequence[Shift]:
        return self.session.execute(select(Shift).order_by(col(Shift.starts_at))).scalars().all()

    def tap(self, moment: datetime, place: Place | None = MANGLI) -> Report:
        return checkin.check_in(
            self.session, self.actor, place, moment, now=moment, settings=SETTINGS, without_place=True
        )

    def scan(self, moment: datetime, post: str) -> Report:
        return checkin.check_in_by_qr(
            self.session, self.actor, CODES[post], moment, now=moment, settings=SETTINGS
        )

    def moves(self, moment: datetime, place: Place) -> bool:
        live = Place(place.latitude, place.longitude, 15, Evidence.LIVE)
        return checkin.add_live_point(self.session, self.actor, live, moment, now=moment, settings=SETTINGS)

    def leaves(self, moment: datetime) -> None:
        checkout.check_out(self.session, self.actor, moment, now=moment, settings=SETTINGS)

    def clock(self, moment: datetime) -> None:
        checkout.close_overdue(self.session, SYSTEM, now=moment, settings=SETTINGS)

    @property
    def records(self) -> Sequence[CheckIn]:
        self.session.expire_all()
        found = select(CheckIn).where(col(CheckIn.person_id) == self.actor.person_id)
        return self.session.execute(found.order_by(col(CheckIn.in_at), col(CheckIn.id))).scalars().all()

    def told(self) -> list[tuple[int | None, str, str, str | None]]:
        """The records: of which shift, from when to when, and who ended them."""
        return [
            (row.shift_id, _clock(row.in_at), _clock(row.out_at) if row.out_at else "", row.closed_by)
            for row in self.records
        ]

    def is_missed(self, moment: datetime) -> list[str]:
        """The boards that name him."""
        day = work_day(moment, SETTINGS.work)
        named = rolls.missing(self.session, ReportKind.DUTY, "DH/", day, SETTINGS, below=True, now=moment)
        found = ["missing"] if self.actor.person_id in {each.person_id for each in named} else []
        running = late._members().where(
            *late.absent(), col(Shift.starts_at) <= moment, col(Shift.ends_at) > moment
        )
        rows = self.session.execute(running).all()
        found += ["late"] if any(row.person_id == self.actor.person_id for row in rows) else []
        board = onduty.now_on_duty(self.session, self.supervisor, 0, now=moment, settings=SETTINGS)
        names = [n for entry in board.entries for shift in entry["shifts"] for n in shift["missing"]]
        found += ["onduty"] if any(WHO in str(name) for name in names) else []
        offered = behalf.offered(self.session, self.supervisor, 0, 99, now=moment, settings=SETTINGS)
        return found + ["for"] * any(c.person_id == self.actor.person_id and not c.leaves for c in offered)


@pytest.fixture
def worker(session: Session) -> Worker:
    """Without any shift yet."""
    return Worker(session)


def _clock(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%d %H:%M")


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
        (charge,) = behalf.named(session, supervisor, WHO, now=moment, settings=SETTINGS)
        assert not charge.leaves
        behalf.act(session, supervisor, charge, moment, now=moment, settings=SETTINGS)
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
        (night, "23 23:55", "24 08:00", ClosedBy.SYSTEM), (morning, "24 08:05", "24 09:00", ClosedBy.SELF),
    ]  # fmt: skip


def test_a_correction_for_the_next_shift_fits_beside_the_open_check_in(worker: Worker) -> None:
    night, morning = worker.shift(at("00:00"), at("08:00")), worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    moment = at("09:00")
    wish = Wish(CorrectionKind.CHECK_IN, at("08:01"), None, morning)
    asked = corrections.ask(
        worker.session, worker.actor, wish, "没信号", "", moment, now=moment, settings=SETTINGS
    )
    decided = corrections.decide(
        worker.session, worker.supervisor, asked.correction_id, True, now=moment, settings=SETTINGS
    )
    assert decided is not None
    assert worker.told() == [
        (night, "23 23:55", "24 08:00", ClosedBy.SYSTEM), (morning, "24 08:01", "", None),
    ]  # fmt: skip


def test_the_reminder_at_the_end_goes_to_whoever_is_still_there(worker: Worker) -> None:
    worker.shift(at("00:00"), at("08:00"))
    worker.shift(at("08:00"), at("09:30"))
    worker.tap(at("23:55", 23))
    found = reminder_people.shifts(at_end=True).where(*reminder_people.of_shift("present"))
    assert len(worker.session.execute(found).all()) == 2


def test_a_shift_that_was_given_away_is_not_gone_on_with(worker: Worker) -> None:
    night, morning = worker.shift(at("00:00"), at("08:00")), worker.shift(at("08:00"), at("16:00"))
    worker.tap(at("23:55", 23))
    given = update(ShiftMember).where(col(ShiftMember.shift_id) == morning)
    worker.session.execute(given.values(state=MemberState.REPLACED))
    duty._remembered.clear()
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
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
