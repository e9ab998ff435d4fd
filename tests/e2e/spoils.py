"""What there is to see in 芒里村, in every table that a button can ask about."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import SQLModel, col

from models import (
    CheckIn,
    Correction,
    Dispute,
    Handover,
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    Merit,
    OpenItem,
    Patrol,
    PatrolState,
    Person,
    ResidentRequest,
    ResidentRequestEvent,
    Role,
    RoleName,
    Rotation,
    SecondAccountRequest,
    Swap,
    SwapOffer,
)
from tests.e2e.town import MORNING, Town
from tests.e2e.walks import lay_down

# Names, places and words that only who is in or above 芒里村 may see.
NAMES = ("岩罕", "排勒", "咩巴")
SECRETS = (
    *NAMES,
    "芒里第一网格",
    "芒里卡点",
    "大桥执勤点",
    "界河一段",
    "暗语",
    "24.40",
    "98.55",
    "H-2026-000001",
    "R-2026-000001",
)
# Who tries: name, role, area; the last one has lost a role in the village.
OUTSIDERS = (
    ("外调度", RoleName.DISPATCHER, "DH-MS-10"),
    ("外中心户", RoleName.HOUSEHOLD_HEAD, "DH-MS-10-1-01"),
    ("下网格长", RoleName.SUPERVISOR, "DH-MS-1-1-02"),
    ("卸任的", RoleName.SUPERVISOR, "DH-MS-1-1"),
)


def settle_outsiders(town: Town) -> None:
    """Let them be on the roster."""
    with town.db.write_now() as session:
        for number, (name, role, area) in enumerate(OUTSIDERS):
            home = town.area("DH-MS-10-1" if name == "卸任的" else area)
            person = Person(code=f"O{number}", name=name, phone=f"+861380000010{number}", area_id=home)
            session.add(person)
            session.flush()
            session.add(Role(person_id=person.id or 0, role=role, area_id=town.area(area)))
            if role is RoleName.HOUSEHOLD_HEAD:
                session.add(HouseholdCluster(head_id=person.id or 0, area_id=home, count=5))


def lose_role(town: Town, name: str) -> None:
    """A person whose roles are taken away."""
    with town.db.write_now() as session:
        person = select(col(Person.id)).where(col(Person.name) == name).scalar_subquery()
        session.execute(delete(Role).where(col(Role.person_id) == person))


def lay_out(town: Town) -> None:
    """Put something into every table; all of it has the number 1."""
    section = lay_down(town)
    shift = town.shift(
        "岩罕",
        "排勒",
        starts_at=MORNING + timedelta(hours=3),
        ends_at=MORNING + timedelta(hours=9),
        lead="岩罕",
    )
    later = town.shift(
        "排勒", starts_at=MORNING + timedelta(hours=9), ends_at=MORNING + timedelta(hours=15), lead="排勒"
    )
    with town.db.write_now() as session:
        for thing in (*_duty(town), *_posts(town, section, shift, later), *_wishes(town, shift)):
            session.add(thing)
            session.flush()


def _duty(town: Town) -> list[SQLModel]:
    """A late check-in off the site, what is said of it, and the ledger."""
    person, area, began = town.id("岩罕"), town.area("DH-MS-1-1-01"), MORNING - timedelta(days=1)
    said: dict[str, Any] = {"person_id": person, "area_id": area}
    return [
        CheckIn(
            **said, post_id=town.post("P-MANGLI"), duty_type="border", work_day=began.date(), in_at=began,
            out_at=began + timedelta(hours=8), close_at=began + timedelta(hours=9), in_punctuality="late",
            late_minutes=18, place_grade="off_site", distance=3333, latitude=24.4, longitude=98.55,
        ),
        Correction(
            **said, checkin_id=1, kind="check_in", reason="暗语补卡", asked_at=MORNING, recorded_at=began,
            happened_at=began - timedelta(minutes=20),
        ),
        Merit(
            **said, kind="commendation", words="暗语表彰", at=began, made_by=town.id("刀建国"), made_at=began
        ),
        Dispute(**said, kind="checkin", entry_id=1, words="暗语不对", at=MORNING),
        SecondAccountRequest(bot=town.settings.bot_id, user_id=77, person_id=person, asked_at=MORNING),
    ]  # fmt: skip


def _posts(town: Town, section: int, shift: int, later: int) -> list[SQLModel]:
    """A patrol, a handover with an open matter, a rotation."""
    person, area, post = town.id("岩罕"), town.area("DH-MS-1-1"), town.post("P-MANGLI")
    return [
        Patrol(
            person_id=person, area_id=area, section_id=section, post_id=post, checklist="border",
            started_at=MORNING - timedelta(hours=3), ended_at=MORNING - timedelta(hours=2), close_at=MORNING,
            state=PatrolState.DONE, reached=2, total=3, words="暗语巡逻", voice="secret-voice",
        ),
        Handover(
            outgoing_id=shift, incoming_id=later, area_id=area, post_id=post, state="given",
            opened_at=MORNING, due_at=MORNING + timedelta(hours=9), shown_at=MORNING, given_by=person,
            given_at=MORNING,
        ),
        OpenItem(
            handover_id=1, post_id=post, words="暗语围栏", voice="secret-voice", told_by=person,
            told_at=MORNING,
        ),
        Rotation(
            code="R1", area_id=area, post_id=post, duty_type="border", pattern="two_shifts",
            first_day=MORNING.date(), made_at=MORNING, planned_until=(MORNING + timedelta(days=90)).date(),
        ),
    ]  # fmt: skip


def _wishes(town: Town, shift: int) -> list[SQLModel]:
    """A swap that waits for an answer, and a household that needs help."""
    head, mate, person = town.id("咩巴"), town.id("排勒"), town.id("岩罕")
    today = MORNING.date()
    return [
        Swap(shift_id=shift, person_id=person, asked_by=person, asked_at=MORNING),
        SwapOffer(swap_id=1, person_id=mate),
        HouseholdDay(
            cluster_id=1, head_id=head, area_id=town.area("DH-MS-1-1-01"), day=today, count=10,
            asked_at=MORNING, answered_at=MORNING, marked=1,
        ),
        HouseholdMark(
            day_id=1, number=3, kind="needs_help", words="暗语联户", voice="secret-voice", marked_at=MORNING
        ),
        ResidentRequest(
            year=2026, number=1, area_id=town.area("DH-MS-1-1-01"), category="aid", mode="timed",
            label={"zh_CN": "困难救助", "en": "Hardship", "icon": "🤲"}, words="暗语诉求",
            voice="secret-voice", contact="暗语电话", household=3, registered_by=person,
            registered_at=MORNING - timedelta(days=1), due_at=MORNING - timedelta(hours=1),
        ),
        ResidentRequestEvent(
            request_id=1, at=MORNING - timedelta(days=1), person_id=person, step="registered",
            area_id=town.area("DH-MS-1-1-01"), words="暗语诉求", voice="secret-voice",
        ),
    ]  # fmt: skip
