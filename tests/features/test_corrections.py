"""What can be corrected, what cannot be right, and who decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work
from bot.base.errors import NotAllowed, Refused
from bot.features.duty import corrections
from bot.features.duty.correctable import Why, Wish, correctable, likely_times, require_right, wish_for
from bot.settings import DatabaseSettings, Settings
from bot.settings.work_day import work_day
from models import (
    Account,
    AuditEntry,
    CheckIn,
    ClosedBy,
    Correction,
    CorrectionKind,
    Person,
    Punctuality,
    Shift,
    ShiftMember,
)
from tests.layouts import with_town

# Ten in the morning in Dehong.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
IN, OUT = CorrectionKind.CHECK_IN, CorrectionKind.CHECK_OUT


def before(**ago: float) -> datetime:
    """That long before now."""
    return NOW - timedelta(**ago)


@dataclass
class Office:
    """A database with the township in it, and short ways to fill it."""

    session: Session
    settings: Settings

    def actor(self, name: str) -> Actor:
        """Someone with a phone."""
        found = self.session.execute(select(col(Person.id)).where(col(Person.name) == name)).scalar_one()
        person = found or 0
        if person + 100 not in access.actors_of(self.session, 0, [person + 100]):
            self.session.add(
                Account(bot=0, user_id=person + 100, chat_id=person + 100, person_id=person, joined_at=NOW)
            )
            self.session.flush()
        return access.actors_of(self.session, 0, [person + 100])[person + 100]

    def shift(self, actor: Actor, starts_at: datetime, hours: float = 8) -> int:
        """A shift of that person."""
        ends_at = starts_at + timedelta(hours=hours)
        shift = Shift(
            code=f"{actor.person_id}-{starts_at}", area_id=actor.area_id, duty_type="grid",
            starts_at=starts_at, ends_at=ends_at,
        )  # fmt: skip
        self.session.add(shift)
        self.session.flush()
        self.session.add(ShiftMember(shift_id=shift.id or 0, person_id=actor.person_id))
        self.session.flush()
        return shift.id or 0

    def check_in(self, actor: Actor, in_at: datetime, out_at: datetime | None = None, **more: Any) -> int:
        """A check-in as it was recorded."""
        row = CheckIn(
            person_id=actor.person_id, area_id=actor.area_id, duty_type="grid", in_at=in_at, out_at=out_at,
            work_day=work_day(in_at, self.settings.work), close_at=in_at + timedelta(hours=16), **more,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        return row.id or 0

    def offered(self, actor: Actor) -> list[tuple[Why, CorrectionKind, datetime | None]]:
        """What is offered to be corrected."""
        found = correctable(Work(self.session, actor, NOW, self.settings))
        return [(item.why, item.wish.kind, item.wish.at) for item in found]

    def refusal(self, actor: Actor, wish: Wish) -> str:
        """Why a wish cannot be right; empty where it can."""
        try:
            require_right(Work(self.session, actor, NOW, self.settings), wish)
        except Refused as refused:
            return refused.key
        return ""

    def ask(self, actor: Actor, wish: Wish) -> int:
        """Ask for it."""
        asked = corrections.ask(Work(self.session, actor, NOW, self.settings), wish, "没信号", "", NOW)
        return asked.correction_id

    def decide(self, actor: Actor, number: int, approve: bool = True) -> corrections.Decided | None:
        """Decide on it."""
        return corrections.decide(Work(self.session, actor, NOW, self.settings), number, approve)

    def row(self, checkin_id: int) -> CheckIn:
        """The check-in as it stands."""
        self.session.expire_all()
        found = self.session.get(CheckIn, checkin_id)
        assert found
        return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Everything in one transaction."""
    db = with_town(tmp_path / "office.sqlite3")
    with db.write_now() as session:
        yield Office(session, Settings(database=DatabaseSettings(url=db.url, synchronous="OFF")))
    db.close()


@pytest.fixture
def worker(office: Office) -> Actor:
    """岩罕."""
    return office.actor("岩罕")


def test_everything_that_looks_wrong_is_offered_newest_first(office: Office, worker: Actor) -> None:
    late, early, missed = before(hours=2), before(hours=20), before(hours=30)
    shift = office.shift(worker, late)
    office.check_in(
        worker, late + timedelta(minutes=31), shift_id=shift, in_punctuality=Punctuality.LATE, late_minutes=31
    )
    shift = office.shift(worker, early)
    office.check_in(
        worker, early, early + timedelta(hours=2), shift_id=shift, closed_by=ClosedBy.SELF,
        in_punctuality=Punctuality.ON_TIME, out_punctuality=Punctuality.LEFT_EARLY,
    )  # fmt: skip
    office.shift(worker, missed)
    unclosed = before(hours=46)
    office.check_in(worker, unclosed, before(hours=40), closed_by=ClosedBy.SYSTEM)
    assert office.offered(worker) == [
        (Why.LATE, IN, late),
        (Why.LEFT_EARLY, OUT, early + timedelta(hours=8)),
        (Why.MISSED, IN, missed),
        (Why.NOT_CLOSED, OUT, None),
    ]


def test_a_time_that_is_yet_to_come_is_not_offered(office: Office, worker: Actor) -> None:
    start = before(hours=2)
    shift = office.shift(worker, start)
    office.check_in(
        worker, start, before(hours=1), shift_id=shift, closed_by=ClosedBy.SELF,
        out_punctuality=Punctuality.LEFT_EARLY,
    )  # fmt: skip
    assert office.offered(worker) == [(Why.LAST, IN, None)]


def test_what_is_old_held_or_asked_already_is_not_offered(office: Office, worker: Actor) -> None:
    office.shift(worker, before(hours=49))
    # Kept without being matched to it.
    office.shift(worker, before(hours=30))
    office.check_in(worker, before(hours=31), before(hours=22), closed_by=ClosedBy.SELF)
    missed = office.shift(worker, before(hours=3))
    assert office.offered(worker) == [(Why.MISSED, IN, before(hours=3)), (Why.LAST, IN, None)]
    office.ask(worker, Wish(IN, before(hours=3), None, missed))
    assert office.offered(worker) == [(Why.LAST, IN, None)]


def test_a_time_that_cannot_be_right_is_refused(office: Office, worker: Actor) -> None:
    closed = office.check_in(worker, before(hours=20), before(hours=12), closed_by=ClosedBy.SELF)
    open_ = office.check_in(worker, before(hours=2))
    wishes = {
        "correction-in-future": Wish(IN, before(minutes=-1), open_),
        "correction-too-old": Wish(IN, before(hours=49), open_),
        "correction-still-open": Wish(OUT, before(hours=1), open_),
        "correction-out-before-in": Wish(OUT, before(hours=20), closed),
        "correction-overlaps": Wish(IN, before(hours=13), open_),
        "correction-no-record": Wish(OUT, before(hours=30)),
        "": Wish(IN, before(hours=11), open_),
    }
    assert {office.refusal(worker, wish) for wish in wishes.values()} == set(wishes)
    for key, wish in wishes.items():
        assert office.refusal(worker, wish) == key
    # A check-out that lies over the next check-in, and a made-up check-in within another.
    assert office.refusal(worker, Wish(OUT, before(hours=1), closed)) == "correction-overlaps"
    assert office.refusal(worker, Wish(IN, before(hours=15))) == "correction-overlaps"


def test_nobody_corrects_what_is_not_theirs(office: Office, worker: Actor) -> None:
    other = office.actor("玉香")
    theirs = office.check_in(other, before(hours=2))
    assert wish_for(Work(office.session, worker, NOW, office.settings), theirs) is None
    assert office.refusal(worker, Wish(IN, before(hours=3), theirs)) == "correction-no-record"
    head = office.actor("咩巴")
    with pytest.raises(NotAllowed):
        correctable(Work(office.session, head, NOW, office.settings))


def test_a_bare_time_finds_its_shift_or_the_days_record(office: Office, worker: Actor) -> None:
    own = office.check_in(worker, before(hours=1))
    number = office.ask(worker, Wish(IN, before(hours=3)))
    assert office.session.get_one(Correction, number).checkin_id == own
    other = office.actor("玉香")
    shift = office.shift(other, before(hours=3))
    number = office.ask(other, Wish(IN, before(hours=3, minutes=-4)))
    assert office.session.get_one(Correction, number).shift_id == shift
    assert office.refusal(other, Wish(IN, before(hours=3), None, shift)) == "correction-asked-already"


def test_likely_times_start_with_the_planned_one(office: Office, worker: Actor) -> None:
    shift = office.shift(worker, before(hours=2))
    record = office.check_in(worker, before(minutes=92), shift_id=shift)
    likely = likely_times(Work(office.session, worker, NOW, office.settings), Wish(IN, None, record))
    assert likely == [before(hours=2), before(minutes=110), before(minutes=125), before(minutes=155)]


def test_approved_counts_and_the_original_stays(office: Office, worker: Actor) -> None:
    shift = office.shift(worker, before(hours=2))
    late = before(minutes=92)
    record = office.check_in(worker, late, shift_id=shift, in_punctuality=Punctuality.LATE, late_minutes=28)
    number = office.ask(worker, Wish(IN, before(hours=2), record))
    decided = office.decide(office.actor("刀建国"), number)
    assert decided
    assert decided.won
    row = office.row(record)
    assert (row.in_at, row.corrected_in_at, row.in_punctuality, row.late_minutes) == (
        late, before(hours=2), Punctuality.ON_TIME, 0,
    )  # fmt: skip
    assert office.session.get_one(Correction, number).recorded_at == late


def test_who_may_decide(office: Office, worker: Actor) -> None:
    record = office.check_in(worker, before(hours=1))
    number = office.ask(worker, Wish(IN, before(hours=2), record))
    for name in ("岩罕", "段平", "赵敏", "玉香"):
        with pytest.raises(NotAllowed):
            office.decide(office.actor(name), number)
    assert office.decide(office.actor("刀建国"), number + 1) is None
    assert office.decide(office.actor("方志强"), number, approve=False)
    second = office.decide(office.actor("刀建国"), number)
    assert second == corrections.Decided(False, "refused", "方志强", NOW)
    assert office.row(record).corrected_in_at is None


def test_a_supervisor_does_not_decide_the_own(office: Office) -> None:
    own = office.actor("刀建国")
    record = office.check_in(own, before(hours=1))
    number = office.ask(own, Wish(IN, before(hours=2), record))
    with pytest.raises(NotAllowed):
        office.decide(own, number)


def test_what_no_longer_fits_is_not_approved(office: Office, worker: Actor) -> None:
    number = office.ask(worker, Wish(IN, before(hours=20)))
    office.check_in(worker, before(hours=21), before(hours=19), closed_by=ClosedBy.SELF)
    with pytest.raises(Refused, match="correction-no-longer-fits"):
        office.decide(office.actor("刀建国"), number)


def test_checked_in_meanwhile_the_missed_shift_is_that_record(office: Office, worker: Actor) -> None:
    shift = office.shift(worker, before(hours=1))
    number = office.ask(worker, Wish(IN, before(hours=1), None, shift))
    record = office.check_in(worker, before(minutes=5), shift_id=shift)
    assert office.decide(office.actor("刀建国"), number)
    assert office.row(record).corrected_in_at == before(hours=1)


def test_whoever_looks_at_what_waits_is_written_down(office: Office, worker: Actor) -> None:
    number = office.ask(worker, Wish(IN, before(hours=2), office.check_in(worker, before(hours=1))))
    for name, seen in (("段平", 0), ("刀建国", 1)):
        looking = office.actor(name)
        assert corrections.show_waiting(Work(office.session, looking, NOW, office.settings)) == seen
        looks = select(AuditEntry).where(col(AuditEntry.action) == "correction.read")
        told = [(row.actor, row.thing, row.person_id) for row in office.session.execute(looks).scalars()]
        assert told == [(str(looking.person_id), f"correction:{number}", worker.person_id)] * seen
