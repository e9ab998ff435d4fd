"""Who may do what: every action for every role, inside and outside the area, in deeds and in lists.

EXPECTED is written down a second time on purpose: a change of policy is to be made twice.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import OPERATOR, SYSTEM, Actor, ActorKind, Holding, Relation, Resource, stranger
from bot.base.errors import NotAllowed
from bot.storage.database import Database
from models import Area, Person, RoleName
from tests.layouts import with_tables

# Who may: `self`, a kind of actor, `anyone` who has joined, or a role held in an area around the thing;
# `role+self`: the role held anywhere, and one's own case. `!self`: never in one's own case.
EXPECTED = {
    "account.join": "stranger",
    "account.decide_second": "supervisor admin !self",
    "account.set_language": "self",
    "account.unbind": "operator",
    "account.set_reach": "self system",
    "person.read": "self supervisor admin",
    "person.read_own": "self",
    "person.notify": "system operator anyone",
    "checkin.make": "grid_worker+self crew_member+self supervisor+self dispatcher+self",
    "checkin.make_for": "supervisor admin !self",
    "checkin.read": "self supervisor admin dispatcher operator",
    "checkin.close": "system",
    "checkin.export": "supervisor admin dispatcher operator",
    "correction.ask": "grid_worker+self crew_member+self supervisor+self dispatcher+self",
    "correction.decide": "supervisor admin !self",
    "correction.read": "self supervisor admin dispatcher",
    "feedback.give": "self",
    "feedback.read": "admin operator",
    "appeal.make": "self",
    "appeal.take": "assignee supervisor admin !self",
    "roster.import": "operator",
    "roster.read": "operator admin",
    "roster.invite": "operator admin",
    "roster.pass_on": "system",
    "pipe.retry": "operator",
    "pipe.read": "operator",
    "data.purge": "system operator",
    "data.backup": "operator",
    "shift.stand": "grid_worker crew_member",
    "shift.leave": "self",
    "shift.substitute": "supervisor admin",
    "shift.board": "supervisor admin dispatcher",
    "shift.export": "supervisor admin dispatcher operator",
    "rotation.set": "supervisor admin system operator",
    "swap.ask": "grid_worker+self crew_member+self supervisor+self dispatcher+self",
    "swap.answer": "",
    "swap.decide": "supervisor admin !self",
    "swap.withdraw": "self",
    "swap.expire": "system",
    "shift.missing": "self supervisor admin dispatcher",
    "ladder.start": "system anyone",
    "ladder.take": "supervisor admin dispatcher",
    "ladder.climb": "system",
    "reminder.run": "system",
    "outage.tell": "system",
    "digest.run": "system",
    "timetable.set": "supervisor admin",
    "patrol.make": "grid_worker+self crew_member+self supervisor+self dispatcher+self",
    "patrol.read": "self supervisor admin dispatcher",
    "patrol.track": "self",
    "patrol.plan": "system",
    "patrol.close": "system self",
    "patrol.export": "supervisor admin dispatcher operator",
    "report.read": "supervisor admin dispatcher system",
    "report.nudge": "supervisor admin dispatcher",
    "report.tell": "system",
    "export.make": "system",
    "ledger.read": "self supervisor admin",
    "ledger.export": "self supervisor admin",
    "ledger.dispute": "self",
    "ledger.answer": "supervisor admin !self",
    "ledger.write": "supervisor admin !self",
    "burden.count": "system",
    "burden.read": "supervisor admin dispatcher operator system",
    "hazard.report": "grid_worker+self crew_member+self household_head+self supervisor+self dispatcher+self"
    " system",
    "hazard.withdraw": "self",
    "hazard.read": "self grid_worker crew_member supervisor dispatcher admin operator",
    "hazard.remark": "self grid_worker crew_member supervisor dispatcher admin",
    "hazard.rectify": "self grid_worker crew_member supervisor dispatcher admin",
    "hazard.assign": "supervisor admin dispatcher",
    "hazard.extend": "supervisor admin !self",
    "hazard.verify": "supervisor admin",
    "hazard.escalate": "system",
    "hazard.export": "supervisor admin dispatcher operator",
    "request.register": "grid_worker+self crew_member+self household_head+self supervisor+self"
    " dispatcher+self",
    "request.withdraw": "self",
    "request.read": "self grid_worker supervisor dispatcher admin operator",
    "request.contact": "self supervisor dispatcher admin",
    "request.handle": "self supervisor admin",
    "request.assign": "supervisor admin dispatcher",
    "request.extend": "supervisor admin !self",
    "request.ask": "self supervisor admin",
    "request.escalate": "system",
    "request.export": "supervisor admin dispatcher operator",
    "handover.give": "self",
    "handover.take": "supervisor admin",
    "handover.read": "self supervisor admin dispatcher",
    "handover.run": "system",
    "handover.equip": "supervisor admin",
    "household.answer": "household_head+self",
    "household.ask": "system",
    "household.take": "supervisor admin !self",
    "figures.keep": "system operator",
    "figures.read": "supervisor admin dispatcher system operator",
    "figures.names": "supervisor admin dispatcher",
    "figures.export": "supervisor admin dispatcher operator",
    "figures.receive": "supervisor",
    "call.make": "supervisor admin",
    "call.agree": "supervisor admin !self",
    "call.read": "self supervisor admin dispatcher operator",
    "call.lead": "self supervisor admin operator",
    "call.answer": "",
    "call.send": "system",
    "group.bind": "supervisor admin",
    "group.forget": "anyone stranger",
}

ROLES = (
    "grid_worker", "crew_member", "household_head", "supervisor", "dispatcher", "member", "admin",
)  # fmt: skip
# One person lives in each; the actor lives in MINE. `…/1/` must never be taken for the start of `…/10/`.
MINE = "DH/MS/1/A/"
AREAS = ("DH/", "DH/MS/", "DH/MS/1/", MINE, "DH/MS/1/A/g/", "DH/MS/1/B/", "DH/MS/10/", "DH/MS/10/A/")
# Which of them are around which, counted out by hand.
AROUND = {
    "DH/": AREAS,
    "DH/MS/": AREAS[1:],
    "DH/MS/1/": ("DH/MS/1/", MINE, "DH/MS/1/A/g/", "DH/MS/1/B/"),
    MINE: (MINE, "DH/MS/1/A/g/"),
    "DH/MS/1/A/g/": ("DH/MS/1/A/g/",),
    "DH/MS/1/B/": ("DH/MS/1/B/",),
    "DH/MS/10/": ("DH/MS/10/", "DH/MS/10/A/"),
    "DH/MS/10/A/": ("DH/MS/10/A/",),
}
PEOPLE = {path: number for number, path in enumerate(AREAS, start=1)}
ME = PEOPLE[MINE]


def person(*held: tuple[str, str]) -> Actor:
    """One who lives in MINE and holds these roles in these areas."""
    holdings = tuple(Holding(role, path) for role, path in held)
    return Actor(ActorKind.PERSON, ME, "岩罕", 4, MINE, holdings, 1, 70, 70)


def expected(action: str, role: str, held_in: str, place: str) -> bool:
    """Whether one who holds the role there may do it to what belongs to the person of that place."""
    words = EXPECTED[action].split()
    mine = place == MINE
    if mine and "!self" in words:
        return False
    in_area = place in AROUND[held_in]
    ways = {
        "anyone": True, "self": mine, role: in_area, f"{role}+self": mine,
    }  # fmt: skip
    return any(ways.get(word, False) for word in words)


def thing(place: str) -> Resource:
    """What belongs to the person of that place."""
    return Resource(place, {Relation.SELF: (PEOPLE[place],)})


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The areas, with one person in each."""
    file: Path = tmp_path_factory.mktemp("access") / "access.sqlite3"
    db = with_tables(file)
    with db.write_now() as session:
        for path, number in PEOPLE.items():
            session.add(Area(id=number, code=path, name=path, kind="grid", path=path))
            session.flush()
            session.add(Person(id=number, code=f"P{number}", name=f"人{number}", area_id=number))
    yield db
    db.close()


@pytest.fixture(scope="module")
def session(db: Database) -> Iterator[Session]:
    """To read with."""
    with db.read() as opened:
        yield opened


def seen(session: Session, actor: Actor, action: str) -> set[str]:
    """The places of the people in whose case the action is allowed, found by the list filter."""
    rows = session.execute(
        select(col(Area.path))
        .join(Person, col(Person.area_id) == Area.id)
        .where(access.visible(actor, action, col(Area.path), col(Person.id)))
    )
    return set(rows.scalars())


def test_every_action_and_every_role_is_written_down_here() -> None:
    assert set(EXPECTED) == set(access.POLICY)
    assert set(ROLES) == {str(role) for role in RoleName}


@pytest.mark.parametrize("action", EXPECTED)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_its_area_and_no_further(session: Session, action: str, role: str) -> None:
    for held_in in AREAS:
        actor = person((role, held_in))
        may = {place for place in AREAS if expected(action, role, held_in, place)}
        assert {place for place in AREAS if access.allows(actor, action, thing(place))} == may, held_in
        assert seen(session, actor, action) == may, held_in


@pytest.mark.parametrize("action", EXPECTED)
def test_who_holds_no_role_has_the_own_case_at_most(session: Session, action: str) -> None:
    may = {place for place in AREAS if expected(action, "none", MINE, place)}
    assert {place for place in AREAS if access.allows(person(), action, thing(place))} == may
    assert seen(session, person(), action) == may
    assert may in (set(), {MINE}, set(AREAS))


@pytest.mark.parametrize("action", EXPECTED)
@pytest.mark.parametrize(
    ("actor", "kind"),
    [(SYSTEM, "system"), (OPERATOR, "operator"), (stranger(1, 99, 99, "zh_CN"), "stranger")],
)
def test_those_who_are_no_person_may_only_what_names_them(
    session: Session, action: str, actor: Actor, kind: str
) -> None:
    may = kind in EXPECTED[action].split()
    for place in AREAS:
        assert access.allows(actor, action, thing(place)) is may
    assert access.allows(actor, action, Resource()) is may
    assert seen(session, actor, action) == (set(AREAS) if may else set())


def test_nobody_is_related_to_a_thing_by_being_nobody() -> None:
    nobodys = Resource(MINE, {Relation.SELF: (0,)})
    assert not access.allows(stranger(1, 99, 99, "zh_CN"), "person.read_own", nobodys)
    assert not access.allows(SYSTEM, "person.read_own", nobodys)


def test_the_lead_of_a_shift_and_who_was_asked_need_no_role() -> None:
    led = Resource("DH/MS/10/", {Relation.LEAD: (ME,), Relation.SELF: (2,)})
    assert access.allows(person(), "swap.decide", led)
    assert not access.allows(
        person(), "swap.decide", Resource("DH/MS/10/", {**led.relations, Relation.SELF: (ME,)})
    )
    assert not access.allows(person(), "swap.answer", led)
    assert access.allows(person(), "swap.answer", Resource("DH/MS/10/", {Relation.ASSIGNEE: (2, ME)}))


def test_several_roles_add_up(session: Session) -> None:
    actor = person(("supervisor", "DH/MS/1/B/"), ("dispatcher", "DH/MS/10/"))
    assert seen(session, actor, "checkin.read") == {MINE, "DH/MS/1/B/", "DH/MS/10/", "DH/MS/10/A/"}
    assert seen(session, actor, "correction.decide") == {"DH/MS/1/B/"}


def test_refusals_say_what_to_do_instead() -> None:
    with pytest.raises(NotAllowed) as refused:
        access.require(person(("supervisor", "DH/MS/10/")), "correction.decide", thing("DH/MS/1/B/"))
    assert refused.value.key == "access-refused"
    with pytest.raises(NotAllowed) as refused:
        access.require(stranger(1, 99, 99, "zh_CN"), "checkin.make", thing(MINE))
    assert refused.value.key == "access-stranger"
    access.require(person(("supervisor", "DH/MS/1/")), "correction.decide", thing("DH/MS/1/B/"))


def test_an_action_without_a_policy_is_an_error_not_a_refusal() -> None:
    with pytest.raises(KeyError):
        access.allows(SYSTEM, "no.such.action", Resource())
    with pytest.raises(KeyError):
        access.visible(SYSTEM, "no.such.action")
