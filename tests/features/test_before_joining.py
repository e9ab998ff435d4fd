"""Nobody is due before having joined, nor after having left: heads, ledgers, patrol plans, messages a day.

Everybody of the town joins on Monday at ten.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update
from sqlmodel import Session, SQLModel, col

from bot.access import OPERATOR, SYSTEM, Work
from bot.access.scope import Scope
from bot.features.attendance import repository as attendance_repository
from bot.features.figures import burden, rollups
from bot.features.figures.definitions import with_attendance
from bot.features.figures.reading import of_area, read
from bot.features.households import daily_answer
from bot.features.ledger import ledger
from bot.features.ledger.ledger import span_of
from bot.features.ledger.notices import LedgerPeriod
from bot.features.patrols import escalation as patrol_escalation
from models import (
    Account,
    BurdenKind,
    CheckIn,
    HouseholdCluster,
    HouseholdDay,
    PatrolSection,
    Person,
    ReportKind,
    Shift,
    ShiftMember,
    Touched,
)
from tests.features.leaving_office import LEADER, NOW, SETTINGS, WORKER, Office

VILLAGE, PATH = "DH-MS-1-1", "DH/DH-MS/DH-MS-1/DH-MS-1-1/"
HEAD = "咩巴"
SUNDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (22, 23, 24))
# In the evening of Tuesday.
LATER = datetime.fromisoformat("2026-11-24T21:00:00+08:00")


def local(day: date, hour: int) -> datetime:
    """A moment of a day in the township."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=SETTINGS.work.zone)


def row(session: Session, model: type[SQLModel], **values: object) -> int:
    """A new row; its number."""
    made = insert(model).values(**values).returning(model.__table__.c.id)  # type: ignore[attr-defined]
    return int(session.execute(made).scalar_one())


def shift(office: Office, day: date, *crew: str, hour: int = 14) -> int:
    """A shift of four hours in the village."""
    starts_at = local(day, hour)
    number = row(
        office.session, Shift, code=f"{day}-{hour}", area_id=office.area(VILLAGE), duty_type="grid",
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=4),
    )  # fmt: skip
    for name in crew:
        row(office.session, ShiftMember, shift_id=number, person_id=office.id(name))
    return number


def came(office: Office, name: str, shift_id: int, at: datetime) -> None:
    """A check-in to the shift, an hour long."""
    row(
        office.session, CheckIn, person_id=office.id(name), area_id=office.area(VILLAGE), shift_id=shift_id,
        duty_type="grid", work_day=at.date(), in_at=at, out_at=at + timedelta(hours=1), close_at=at,
    )  # fmt: skip


def asked(office: Office, *days: date) -> None:
    """The head was asked about these days."""
    head = office.id(HEAD)
    cluster, area = office.session.execute(
        select(col(HouseholdCluster.id), col(HouseholdCluster.area_id)).where(
            col(HouseholdCluster.head_id) == head
        )
    ).one()
    for day in days:
        row(
            office.session, HouseholdDay, cluster_id=cluster, head_id=head, area_id=area, day=day, count=10,
            asked_at=local(day, 19),
        )  # fmt: skip


def left(office: Office, name: str, at: datetime) -> None:
    """Off the roster since then, in whichever shifts the person still stands."""
    office.session.execute(update(Person).where(col(Person.name) == name).values(removed_at=at))


def figures(office: Office, day: date) -> Mapping[str, int]:
    """What the village's summary of a day counts."""
    session, area = office.session, office.area(VILLAGE)
    rollups.catch_up(Work(session, SYSTEM, LATER, SETTINGS), limit=500)
    assert session.execute(select(Touched.id)).first() is None
    return with_attendance(of_area(read(session, [day], [area], now=LATER, work=SETTINGS.work), area, [day]))


def silent(office: Office, day: date) -> list[str]:
    """Whom the board of the evening names."""
    kind = ReportKind.HOUSEHOLDS
    found = attendance_repository.missing(
        Work(office.session, SYSTEM, LATER, SETTINGS), kind, PATH, day, below=True
    )
    return [each.name for each in found]


def shifts_of(office: Office, name: str, reader: str) -> int:
    """How many shifts of the month a person's ledger holds, to this reader."""
    actor, person = office.actor(reader), office.id(name)
    month = span_of(LedgerPeriod.MONTH, MONDAY)
    told = ledger.totals(Work(office.session, actor, LATER, SETTINGS), person, month)
    assert told
    return told.counts["shift"][0]


def test_a_head_is_silent_from_the_day_after_joining(office: Office) -> None:
    asked(office, SUNDAY, MONDAY, TUESDAY)
    assert [figures(office, day).get("households", 0) for day in (SUNDAY, MONDAY, TUESDAY)] == [0, 0, 10]
    assert [silent(office, day) for day in (SUNDAY, MONDAY, TUESDAY)] == [[], [], [HEAD]]


def test_a_head_who_answers_on_the_day_of_joining_counts(office: Office) -> None:
    asked(office, MONDAY)
    office.session.execute(update(HouseholdDay).values(answered_at=NOW))
    assert figures(office, MONDAY).get("households_reached") == 10


def test_a_head_is_shown_no_day_before_joining(office: Office) -> None:
    asked(office, SUNDAY, MONDAY, TUESDAY)
    days = daily_answer.recent(Work(office.session, office.actor(HEAD), LATER, SETTINGS))
    assert [str(each.day) for each in days.days] == ["2026-11-24", "2026-11-23"]


@pytest.mark.parametrize("reader", [WORKER, LEADER])
def test_a_ledger_holds_shifts_from_the_day_after_joining_and_those_one_came_to(
    office: Office, reader: str
) -> None:
    shift(office, SUNDAY, WORKER)
    early = shift(office, MONDAY, WORKER, hour=10)
    shift(office, MONDAY, WORKER)
    assert shifts_of(office, WORKER, reader) == 0
    came(office, WORKER, early, NOW)
    assert shifts_of(office, WORKER, reader) == 1
    shift(office, TUESDAY, WORKER)
    assert shifts_of(office, WORKER, reader) == 2


def test_what_begins_after_somebody_left_is_not_theirs(office: Office) -> None:
    shift(office, TUESDAY, WORKER, hour=8)
    shift(office, TUESDAY, WORKER)
    left(office, WORKER, local(TUESDAY, 12))
    assert figures(office, TUESDAY)["due"] == 1
    assert shifts_of(office, WORKER, LEADER) == 1


def section(office: Office) -> None:
    """A section of the village, to be walked at three."""
    area = office.area(VILLAGE)
    row(office.session, PatrolSection, code="D1", name="界河一段", area_id=area, times="15:00", path=[])


def planned(office: Office, day: date) -> int:
    """How many patrols should have set out by a quarter past three."""
    now = local(day, 15) + timedelta(minutes=15)
    return patrol_escalation.begin(Work(office.session, SYSTEM, now, SETTINGS))


def test_a_patrol_is_due_of_a_crew_that_is(office: Office) -> None:
    section(office)
    shift(office, MONDAY, WORKER, LEADER)
    shift(office, TUESDAY, WORKER)
    assert [planned(office, day) for day in (MONDAY, TUESDAY)] == [0, 1]
    left(office, WORKER, local(TUESDAY, 12))
    assert planned(office, TUESDAY) == 0


def test_one_of_the_crew_who_was_there_before_is_enough_for_a_patrol(office: Office) -> None:
    section(office)
    shift(office, MONDAY, WORKER, LEADER)
    mine = col(Account.person_id) == office.id(LEADER)
    office.session.execute(update(Account).where(mine).values(joined_at=local(SUNDAY, 9)))
    assert planned(office, MONDAY) == 1


def test_a_patrol_of_a_shift_without_a_crew_is_told_of(office: Office) -> None:
    section(office)
    shift(office, MONDAY)
    assert planned(office, MONDAY) == 1


def test_a_days_messages_are_those_of_who_had_joined(office: Office) -> None:
    session = office.session
    for day in (SUNDAY, MONDAY):
        burden.add_up(Work(session, SYSTEM, NOW, SETTINGS), day, 0)
    everybody = session.execute(select(func.count()).select_from(Person)).scalar_one()
    counted = [burden.spread(session, OPERATOR, Scope("DH/", day, day)) for day in (SUNDAY, MONDAY)]
    assert [each[BurdenKind.TAPS].days if each else 0 for each in counted] == [0, everybody]
