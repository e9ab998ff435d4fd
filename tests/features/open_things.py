"""One of every kind of open thing that names people, for those who leave it behind."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import SQLModel, col

from bot.access import SYSTEM, Work
from bot.features.cases import workflow
from bot.features.cases.assignment import Candidate
from bot.features.hazards import workflow as hazard_workflow
from bot.features.hazards.workflow import Rectification
from bot.features.requests import registering
from bot.features.requests.registering import NewRequest
from bot.features.requests.repository import REQUEST
from bot.features.swaps import asking as swap_asking
from bot.features.swaps import swaps
from bot.features.swaps.candidates import Wish
from bot.outbox import outbox
from bot.views import messages
from bot.words.said import Remark
from models import (
    Appeal,
    Area,
    Correction,
    Dispute,
    Handover,
    HandoverState,
    HazardStep,
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    Post,
    RequestMode,
    SecondAccountRequest,
    Shift,
    ShiftMember,
)
from tests.features.leaving_office import LEADER, NOW, OTHER, SETTINGS, WHEN, WORKER, Office


def hold(office: Office, subject: str, kind: str, facts: dict[str, object], name: str) -> None:
    """A living message of somebody's about something."""
    for to in outbox.recipients_of(office.session, [office.id(name)]):
        outbox.show(Work(office.session, SYSTEM, NOW, SETTINGS), subject, messages.read(kind, facts), to)
    office.send_all()


def put(office: Office, model: type[SQLModel], **values: object) -> int:
    """A row; its number."""
    row = model(**values)
    office.session.add(row)
    office.session.flush()
    number: int = row.id  # type: ignore[attr-defined]
    return number


def correction(office: Office) -> str:
    """The worker asks; the leader is to say yes."""
    number = put(
        office, Correction, person_id=office.id(WORKER), area_id=office.area("DH-MS-1-1-01"),
        kind="check_in", happened_at=NOW, asked_at=NOW,
    )  # fmt: skip
    hold(office, f"correction:{number}", "correction.asked", {"correction_id": number}, LEADER)
    return f"correction:{number}"


def account(office: Office) -> str:
    """A further telephone of the worker's."""
    number = put(
        office, SecondAccountRequest, bot=SETTINGS.bot_id, user_id=999, person_id=office.id(WORKER),
        asked_at=NOW,
    )  # fmt: skip
    facts = {
        "request_id": number,
        "name": WORKER,
        "area": "",
        "account": "",
        "asked_at": NOW,
        "state": "asked",
    }
    hold(office, f"second_account:{number}", "join.second_account_asked", facts, LEADER)
    return f"second_account:{number}"


def dispute(office: Office) -> str:
    """The worker has something to say about an entry."""
    number = put(
        office, Dispute, person_id=office.id(WORKER), area_id=office.area("DH-MS-1-1-01"), kind="shift",
        entry_id=1, at=NOW,
    )  # fmt: skip
    hold(office, f"dispute:{number}", "dispute.said", {"number": number}, LEADER)
    return f"dispute:{number}"


def appeal(office: Office, taken: bool = False) -> str:
    """The worker asked for the leader."""
    taken_by = {"taken_by": office.id(LEADER), "taken_at": NOW} if taken else {}
    number = put(
        office, Appeal, person_id=office.id(WORKER), area_id=office.area("DH-MS-1-1-01"), words="路断了",
        made_at=NOW, **taken_by,
    )  # fmt: skip
    hold(office, f"appeal:{number}", "appeal.card", {"appeal_id": number}, LEADER)
    return f"appeal:{number}"


def taken_appeal(office: Office) -> str:
    """The leader took it."""
    return appeal(office, taken=True)


def mark(office: Office, taken: bool = False) -> str:
    """A household needs help."""
    cluster, head, area, path = office.session.execute(
        select(
            col(HouseholdCluster.id),
            col(HouseholdCluster.head_id),
            col(HouseholdCluster.area_id),
            col(Area.path),
        ).join(Area, col(Area.id) == col(HouseholdCluster.area_id))
    ).first() or (0, 0, 0, "")  # fmt: skip
    day = put(
        office, HouseholdDay, cluster_id=cluster, head_id=head, area_id=area, count=10,
        day=NOW.date() - timedelta(days=taken),
    )  # fmt: skip
    taken_by = {"taken_by": office.id(LEADER), "taken_at": NOW} if taken else {}
    number = put(office, HouseholdMark, day_id=day, number=3, kind="hazard", marked_at=NOW, **taken_by)
    facts = {
        "mark_id": number, "head_id": head, "path": path, "name": "咩巴", "area": "", "number": 3,
        "kind": "hazard", "words": "", "voice": "", "at": NOW, "taken_by": "", "taken_at": None,
        "request": "",
    }  # fmt: skip
    hold(office, f"household:{number}", "household.told", facts, LEADER)
    return f"household:{number}"


def taken_mark(office: Office) -> str:
    """The leader sees to it."""
    return mark(office, taken=True)


def swap(office: Office) -> str:
    """The worker's shift goes to the other one; the leader is to agree."""
    number = ask_for(office)
    swaps.answer(Work(office.session, office.actor(OTHER), **WHEN), number, True)
    office.send_all()
    return f"swap:{number}:decide"


def hazard(office: Office) -> str:
    """Nobody is named yet."""
    number = office.hazard()
    office.send_all()
    return f"hazard:{number}"


def named_hazard(office: Office) -> str:
    """The leader is to put it right."""
    number = office.hazard(LEADER)
    office.send_all()
    return f"hazard:{number}"


def fixed_hazard(office: Office) -> str:
    """Somebody is to look at it."""
    number = office.hazard(WORKER)
    hazard_workflow.rectify(
        Work(office.session, office.actor(WORKER), **WHEN), number, Rectification(HazardStep.FIXED)
    )
    office.send_all()
    return f"hazard:{number}"


def wished_hazard(office: Office) -> str:
    """The worker wants more time."""
    number = office.hazard(WORKER)
    work = Rectification(HazardStep.PARTLY, said=Remark("等料"), more_days=3)
    hazard_workflow.rectify(Work(office.session, office.actor(WORKER), **WHEN), number, work)
    office.send_all()
    return f"hazard:{number}"


def request(office: Office) -> str:
    """Nobody is named yet."""
    asked = NewRequest(SETTINGS.requests.categories[0].code, RequestMode.TIMED, "路灯不亮")
    number = registering.register(Work(office.session, office.actor(WORKER), **WHEN), asked)
    office.send_all()
    return f"request:{number}"


def named_request(office: Office) -> str:
    """The leader is to see to it."""
    subject = request(office)
    leader = office.actor(LEADER)
    to = Candidate(leader.area_id, leader.person_id, LEADER, "")
    workflow.assign(Work(office.session, leader, **WHEN), REQUEST, int(subject.split(":")[1]), to)
    office.send_all()
    return subject


def handover(office: Office) -> str:
    """Given, and the leader alone was to take it."""
    area, post = office.area("DH-MS-1-1"), office.session.execute(select(col(Post.id))).scalars().first()
    first = shift(office, WORKER, hours=-4)
    second = shift(office, LEADER, hours=4)
    number = put(
        office, Handover, outgoing_id=first, incoming_id=second, area_id=area, post_id=post,
        state=HandoverState.GIVEN, opened_at=NOW, due_at=NOW, given_by=office.id(WORKER), given_at=NOW,
    )  # fmt: skip
    hold(office, f"handover:{number}", "handover.card", {"handover_id": number, "page": ""}, LEADER)
    return f"handover:{number}"


def shift(office: Office, *names: str, hours: int = 24) -> int:
    """A shift of eight hours that begins then."""
    starts = NOW + timedelta(hours=hours)
    number = put(
        office, Shift, code=f"{names}{hours}", area_id=office.area("DH-MS-1-1"), duty_type="grid",
        starts_at=starts, ends_at=starts + timedelta(hours=8),
    )  # fmt: skip
    for name in names:
        put(office, ShiftMember, shift_id=number, person_id=office.id(name))
    return number


def ask_for(office: Office) -> int:
    """The worker asks the other one to take a shift."""
    number = shift(office, WORKER)
    wish = Wish(number, office.id(WORKER), office.id(OTHER))
    return swap_asking.ask(Work(office.session, office.actor(WORKER), **WHEN), wish).swap_id


MAKERS: tuple[Callable[[Office], str], ...] = (
    correction, account, dispute, appeal, taken_appeal, mark, taken_mark, swap, hazard, named_hazard,
    fixed_hazard, wished_hazard, request, named_request, handover,
)  # fmt: skip
