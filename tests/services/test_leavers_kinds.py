"""Every kind of open thing that names people, and somebody of these leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlmodel import Session, SQLModel, col

from bot import outbox
from bot.access import SYSTEM
from bot.database import Database
from bot.notices import Notice
from bot.services import hazard_life, ladders, leavers, leaving_decisions, request_life, swap_asking, swaps
from bot.services import requests as registering
from bot.services.hazard_life import Candidate, Work
from bot.services.requests import Asked
from bot.services.swapping import Wish
from models import (
    Appeal,
    Card,
    Correction,
    Dispute,
    Handover,
    HandoverState,
    Hazard,
    HazardAssignee,
    HazardStep,
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    Ladder,
    Patrol,
    PatrolState,
    Person,
    Post,
    RequestMode,
    RequestState,
    ResidentRequest,
    ResidentRequestAssignee,
    SecondAccountRequest,
    Shift,
    ShiftMember,
    Swap,
    SwapState,
)
from tests.services.leaving_office import ABOVE, LEADER, NOW, OTHER, SETTINGS, WHEN, WORKER, Office

# Where people are named, and why nothing is to be passed on there.
NOTHING_OPEN = {
    "account.person_id": "a telephone, not a task",
    "appeal.person_id": "who said it; the words stay with those asked",
    "audit.person_id": "a record",
    "checkin.made_by": "a record",
    "checkin.person_id": "a record; open ones are closed at their time",
    "correction.decided_by": "a record",
    "correction.person_id": "who asks; the record is still to be right",
    "daily_worker.person_id": "its own job follows the roster",
    "burden_person.person_id": "a figure",
    "bound_group.bound_by": "the group is the area's; whoever leads it can release it",
    "dispute.answered_by": "a record",
    "dispute.person_id": "who objects; the ledger is still to be right",
    "export_request.person_id": "a file for who asked",
    "feedback.person_id": "a record",
    "timetable.set_by": "a record",
    "draft.person_id": "a draft of one's own, which lapses",
    "handover.given_by": "a record",
    "handover.taken_by": "a record",
    "handover_matter.closed_by": "a record",
    "handover_matter.told_by": "a record; the matter is the post's",
    "hazard.fixed_by": "a record",
    "hazard.reported_by": "a record",
    "hazard.verified_by": "a record",
    "hazard_assignee.named_by": "a record",
    "hazard_event.person_id": "a record",
    "household_cluster.head_id": "the import removes it with the head",
    "household_day.head_id": "a question of one evening",
    "household_mark.outcome_by": "a record",
    "invite.person_id": "the import revokes it",
    "merit.made_by": "a record",
    "merit.person_id": "a record",
    "nudge.nudged_by": "a record",
    "nudge.person_id": "a reminder of one day",
    "person_post.person_id": "the import removes it",
    "photo.person_id": "a record",
    "presence_point.person_id": "a record",
    "resident_request.asked_by": "a record",
    "resident_request.done_by": "a record",
    "resident_request.registered_by": "a record; who asks the resident is seen to by the decisions",
    "resident_request_assignee.named_by": "a record",
    "resident_request_event.person_id": "a record",
    "role.person_id": "the roster itself",
    "rotation.made_by": "a record",
    "rotation_member.person_id": "who is off the roster is not planned, see `uncovered`",
    "said.person_id": "a record",
    "second_account_request.decided_by": "a record",
    "shift_member.stands_for": "a record",
    "swap.decided_by": "a record",
}


def test_every_column_that_names_a_person_is_seen_to_or_has_nothing_open() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "person.id"
    }
    handled = {column for kind in leavers.KINDS for column in kind.columns}
    assert named - handled - NOTHING_OPEN.keys() == set()
    assert handled - named == set()
    assert not handled & NOTHING_OPEN.keys()
    assert NOTHING_OPEN.keys() - named == set()


def hold(office: Office, subject: str, kind: str, facts: dict[str, object], name: str) -> None:
    """A living message of somebody's about something."""
    for to in outbox.recipients_of(office.session, [office.id(name)]):
        outbox.show(office.session, subject, Notice(kind, facts), to, NOW, SETTINGS)
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
    hold(office, f"correction:{number}", "correction.asked", {}, LEADER)
    return f"correction:{number}"


def account(office: Office) -> str:
    """A further telephone of the worker's."""
    number = put(
        office, SecondAccountRequest, bot=SETTINGS.bot_id, user_id=999, person_id=office.id(WORKER),
        asked_at=NOW,
    )  # fmt: skip
    hold(office, f"second_account:{number}", "join.second_account_asked", {}, LEADER)
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
    cluster, head, area = office.session.execute(
        select(col(HouseholdCluster.id), col(HouseholdCluster.head_id), col(HouseholdCluster.area_id))
    ).first() or (0, 0, 0)
    day = put(
        office, HouseholdDay, cluster_id=cluster, head_id=head, area_id=area, count=10,
        day=NOW.date() - timedelta(days=taken),
    )  # fmt: skip
    taken_by = {"taken_by": office.id(LEADER), "taken_at": NOW} if taken else {}
    number = put(office, HouseholdMark, day_id=day, number=3, kind="hazard", marked_at=NOW, **taken_by)
    hold(office, f"household:{number}", "household.told", {"mark_id": number}, LEADER)
    return f"household:{number}"


def taken_mark(office: Office) -> str:
    """The leader sees to it."""
    return mark(office, taken=True)


def swap(office: Office) -> str:
    """The worker's shift goes to the other one; the leader is to agree."""
    number = ask_for(office)
    swaps.answer(office.session, office.actor(OTHER), number, True, **WHEN)
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
    hazard_life.rectify(office.session, office.actor(WORKER), number, Work(HazardStep.FIXED), **WHEN)
    office.send_all()
    return f"hazard:{number}"


def wished_hazard(office: Office) -> str:
    """The worker wants more time."""
    number = office.hazard(WORKER)
    work = Work(HazardStep.PARTLY, words="等料", more_days=3)
    hazard_life.rectify(office.session, office.actor(WORKER), number, work, **WHEN)
    office.send_all()
    return f"hazard:{number}"


def request(office: Office) -> str:
    """Nobody is named yet."""
    asked = Asked(SETTINGS.requests.categories[0].code, RequestMode.TIMED, "路灯不亮")
    number = registering.register(office.session, office.actor(WORKER), asked, **WHEN)
    office.send_all()
    return f"request:{number}"


def named_request(office: Office) -> str:
    """The leader is to see to it."""
    subject = request(office)
    leader = office.actor(LEADER)
    to = Candidate(leader.area_id, leader.person_id, LEADER, "")
    request_life.assign(office.session, leader, int(subject.split(":")[1]), to, **WHEN)
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
    return swap_asking.ask(office.session, office.actor(WORKER), wish, **WHEN).swap_id


MAKERS: tuple[Callable[[Office], str], ...] = (
    correction, account, dispute, appeal, taken_appeal, mark, taken_mark, swap, hazard, named_hazard,
    fixed_hazard, wished_hazard, request, named_request, handover,
)  # fmt: skip


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_what_only_the_leader_has_goes_to_the_one_above_once(
    office: Office, make: Callable[[Office], str]
) -> None:
    # The county's own people are near enough, too.
    office.remove("李雪梅")
    subject = make(office)
    office.remove(LEADER)
    office.minute()
    assert office.told(ABOVE) == [subject]
    office.send_all()
    office.remove("早么")
    office.minute()
    assert office.told(ABOVE) == [subject]
    assert [one for one in office.pending(ABOVE) if one.startswith("left:")] == []


def test_what_lies_before_somebody_who_stays_is_nobody_elses(office: Office) -> None:
    made = [make(office) for make in (correction, dispute, mark, hazard)]
    for subject in made:
        card = select(col(Card.kind), col(Card.facts)).where(col(Card.subject) == subject).limit(1)
        kind, facts = office.session.execute(card).one()
        hold(office, subject, kind, facts, ABOVE)
    office.remove(LEADER)
    office.minute()
    assert office.told(ABOVE) == []


def test_a_swap_without_one_of_the_two_lapses_and_the_other_is_told(office: Office) -> None:
    for gone, told in ((OTHER, WORKER), (WORKER, OTHER)):
        nested = office.session.begin_nested()
        number = ask_for(office)
        swaps.answer(office.session, office.actor(OTHER), number, True, **WHEN)
        office.remove(gone)
        office.minute()
        assert office.one(Swap, number).state == SwapState.LEFT
        outbox_rows = office.session.info["outbox"]
        news = {row["person_id"] for row in outbox_rows if row["kind"].startswith("swap.news")}
        assert office.id(told) in news
        office.session.info["outbox"] = []
        nested.rollback()


def test_a_swap_that_everybody_asked_has_left_lapses(office: Office) -> None:
    number = ask_for(office)
    office.remove(OTHER)
    office.minute()
    assert office.one(Swap, number).state == SwapState.LEFT


@pytest.mark.parametrize("taken", [True, False])
def test_a_ladder_goes_on_at_once(office: Office, taken: bool) -> None:
    when = {"now": NOW, "settings": SETTINGS}
    path = office.actor(WORKER).path
    ladders.start(office.session, SYSTEM, "handover", "handover:77", path, [office.id(LEADER)], **when)
    number = office.session.execute(select(col(Ladder.id)).where(col(Ladder.subject) == "handover:77"))
    ladder_id = number.scalar_one() or 0
    ladders.put_step(office.session, ladder_id, 0, NOW, office.id(LEADER), ladders.LadderOutcome.TOLD)
    if taken:
        ladders.take(office.session, office.actor(LEADER), "handover:77", **when)
    later = NOW + timedelta(hours=3)
    office.session.execute(update(Ladder).where(col(Ladder.id) == ladder_id).values(next_at=later))
    office.remove(LEADER)
    office.minute()
    assert office.one(Ladder, ladder_id).next_at == NOW


def test_an_open_patrol_of_who_left_ends_and_nobody_is_scolded(office: Office) -> None:
    number = put(
        office, Patrol, person_id=office.id(WORKER), area_id=office.area("DH-MS-1-1-01"),
        checklist=SETTINGS.patrol.checklists[0].code, started_at=NOW - timedelta(hours=1),
        close_at=NOW + timedelta(hours=5),
    )  # fmt: skip
    office.remove(WORKER)
    office.minute()
    row = office.one(Patrol, number)
    assert (row.state, row.ended_at) == (PatrolState.INCOMPLETE, NOW)
    assert [row for row in office.session.info.get("outbox", []) if row["kind"] == "patrol.closed"] == []


def test_a_further_account_of_who_left_need_not_be_decided(office: Office) -> None:
    subject = account(office)
    office.remove(WORKER)
    office.minute()
    row = office.one(SecondAccountRequest, int(subject.split(":")[1]))
    assert (row.state, row.decided_by) == (RequestState.REFUSED, None)


PEOPLE = (WORKER, OTHER, LEADER, ABOVE, "李雪梅", "赵敏")


@given(
    makers=st.lists(st.sampled_from(MAKERS), min_size=1, max_size=5, unique=True),
    leave=st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2), min_size=1, max_size=4),
)
@examples(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_whoever_leaves_in_whatever_order_nothing_open_names_only_them(
    office_db: Database, makers: list[Callable[[Office], str]], leave: list[list[str]]
) -> None:
    with Session(office_db.writer) as session:
        office = Office(session)
        for make in makers:
            make(office)
        for names in leave:
            office.remove(*names)
            office.minute()
            require_nobody_gone(office)
            office.send_all()
        session.rollback()


def require_nobody_gone(office: Office) -> None:
    """Nobody who is off the roster is named for anything open, or alone holds what waits for a word."""
    gone = set(
        office.session.execute(select(col(Person.id)).where(col(Person.removed_at).is_not(None))).scalars()
    )
    for model, thing, key in (
        (HazardAssignee, Hazard, HazardAssignee.hazard_id),
        (ResidentRequestAssignee, ResidentRequest, ResidentRequestAssignee.request_id),
    ):
        named = (
            select(col(model.person_id))  # type: ignore[attr-defined]
            .join(thing, col(thing.id) == col(key))  # type: ignore[attr-defined]
            .where(col(model.released_at).is_(None), col(thing.closed_at).is_(None))  # type: ignore[attr-defined]
        )
        assert not gone & set(office.session.execute(named).scalars())
    for taken in (
        select(col(HouseholdMark.taken_by)).where(col(HouseholdMark.outcome) == ""),
        select(col(Appeal.taken_by)).where(col(Appeal.answered_at).is_(None)),
        select(col(Swap.taken_by)).where(col(Swap.state).in_(swaps.LIVE)),
    ):
        assert not gone & set(office.session.execute(taken).scalars())
    for decision in leaving_decisions.DECISIONS:
        for number in office.session.execute(decision.find(NOW)).scalars():
            # Nobody is left who could have it.
            assert decision.pass_on(office.session, number, NOW, SETTINGS) is None
