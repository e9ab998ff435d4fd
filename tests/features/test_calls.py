"""Calls at any moment: every recipient is in one state, places are given once, nobody outside is reached."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from bot.access import SYSTEM, Work
from bot.base.errors import NotAllowed, Refused
from bot.features.calls import answering, composing, repository, sending
from bot.features.calls.audience import Audience
from bot.features.calls.repository import STATES, Choice, Content
from bot.features.calls.sending import NewCall
from bot.settings.calls import DEFAULT
from models import Account, CallRecipient, CallState, Card, Reach
from tests.features.leaving_office import ABOVE, LEADER, NOW, OTHER, SETTINGS, WORKER, Office

VILLAGE, ELSEWHERE = "DH-MS-1-1", "DH-MS-10-1"
PEOPLE = (WORKER, OTHER, "排勒", "咩巴", "早么")
ONE = (Choice("come", "来", "come", 1), Choice("not", "不来", "not"))


def works(office: Office, name: str, minutes: int = 0) -> Work:
    """What somebody does, so many minutes after noon."""
    return Work(office.session, office.actor(name), NOW + timedelta(minutes=minutes), SETTINGS)


def send(office: Office, kind: str = "notice", choices: tuple[Choice, ...] = ()) -> int:
    """A call to the whole village, let go."""
    leader = works(office, LEADER)
    new = NewCall(kind, {"zh_CN": Content("开会")}, Audience(office.area(VILLAGE)), choices)
    number = sending.draft(leader, new)
    sending.release(leader, number)
    return number


def tend(office: Office, number: int, minutes: int = 0) -> None:
    """What the clock does for it."""
    work = Work(office.session, SYSTEM, NOW + timedelta(minutes=minutes), SETTINGS)
    for _ in range(50):
        if not sending.tend(work, number):
            return
    raise AssertionError("never done")


def state(office: Office, number: int) -> CallState:
    """How far it has come."""
    call = repository.read(office.session, number)
    assert call
    return CallState(call.state)


def counted(office: Office, number: int) -> dict[str, int]:
    """How many are in which state; all of them are in one."""
    call = repository.read(office.session, number)
    assert call
    found = repository.counts(office.session, call)
    mine = select(func.count()).where(col(CallRecipient.call_id) == number)
    assert sum(found.values()) == office.session.execute(mine).scalar_one() == call.size
    named = repository.named(office.session, call, repository.state_of(call).in_(STATES), 1000)
    assert len(named) == call.size
    return found


def reach(office: Office, name: str, how: Reach) -> None:
    """Whether an account can be written to."""
    theirs = col(Account.person_id) == office.id(name)
    office.session.execute(update(Account).where(theirs).values(reach=how))


def answer(office: Office, number: int, name: str, code: str) -> None:
    """An answer, if it still counts."""
    with suppress(Refused):
        answering.choose(works(office, name), number, code)


DEEDS = (
    "send", "block", "come back", "remove", "answer", "pause", "resume", "cancel", "correct", "tend", "move",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
def test_the_states_add_up_whatever_happens(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    number, removed = send(office), set[str]()
    counted(office, number)
    for _ in range(25):
        name = chance.choice(PEOPLE)
        if name not in removed:
            # What is over, or stands otherwise by now, refuses and changes nothing.
            with suppress(Refused):
                _do(office, number, chance.choice(DEEDS), name, removed)
            counted(office, number)


def _do(office: Office, number: int, deed: str, name: str, removed: set[str]) -> None:
    leader = works(office, LEADER)
    match deed:
        case "send":
            office.send_all()
        case "block":
            reach(office, name, random.Random(name).choice([Reach.BLOCKED, Reach.STOPPED, Reach.DEACTIVATED]))
        case "come back":
            reach(office, name, Reach.OK)
            sending.catch_up(office.session, office.id(name))
        case "remove":
            removed.add(name)
            office.remove(name)
        case "answer":
            answer(office, number, name, "seen")
        case "pause":
            sending.pause(leader, number)
        case "resume":
            sending.resume(leader, number)
        case "cancel":
            sending.cancel(leader, number)
        case "correct":
            sending.correct(leader, number, "zh_CN", Content(f"开会 {len(removed)}"))
        case "tend":
            tend(office, number)
        case "move":
            office.move(name, ELSEWHERE)


def test_one_place_is_given_once_and_goes_on_when_it_is_free(office: Office) -> None:
    number = send(office, "call_up", ONE)
    for name in PEOPLE:
        answer(office, number, name, "come")
    rows = [repository.recipient(office.session, number, office.id(name)) for name in PEOPLE]
    assert [row.waiting for row in rows if row] == [None, 1, 2, 3, 4]
    answer(office, number, PEOPLE[1], "not")
    answer(office, number, PEOPLE[0], "not")
    rows = [repository.recipient(office.session, number, office.id(name)) for name in PEOPLE]
    assert [row.waiting for row in rows if row] == [None, None, None, 3, 4]
    assert repository.chosen(office.session, number, "come") == 1


def test_an_answer_after_the_end_changes_nothing(office: Office) -> None:
    number = send(office)
    tend(office, number, minutes=60 * 24 * 4)
    assert state(office, number) is CallState.CLOSED
    late = Work(office.session, office.actor(WORKER), NOW + timedelta(days=5), SETTINGS)
    with pytest.raises(Refused, match="call-over"):
        answering.choose(late, number, "seen")
    assert counted(office, number)["answered"] == 0


@pytest.mark.parametrize("name", [WORKER, OTHER, "早么", "咩巴", "段平"])
def test_who_leads_nobody_here_sends_nothing(office: Office, name: str) -> None:
    new = NewCall("notice", {"zh_CN": Content("开会")}, Audience(office.area(VILLAGE)), ())
    with pytest.raises(NotAllowed):
        sending.draft(works(office, name), new)


@pytest.mark.parametrize(
    "verb", [sending.release, sending.pause, sending.cancel, sending.nudge, sending.again]
)
def test_who_leads_elsewhere_steers_nothing(office: Office, verb: object) -> None:
    number = send(office)
    for name in ("段平", WORKER):
        with pytest.raises(NotAllowed):
            verb(works(office, name), number)  # type: ignore[operator]
    assert state(office, number) is CallState.OPEN


def test_nobody_agrees_to_the_own_call(office: Office) -> None:
    few = SETTINGS.model_copy(update={"calls": SETTINGS.calls.model_copy(update={"agree_above": 1})})
    leader = Work(office.session, office.actor(LEADER), NOW, few)
    new = NewCall("notice", {"zh_CN": Content("开会")}, Audience(office.area(VILLAGE)), ())
    number = sending.draft(leader, new)
    sending.release(leader, number)
    assert state(office, number) is CallState.WAITING
    with pytest.raises(NotAllowed):
        sending.agree(leader, number, True)
    above = Work(office.session, office.actor(ABOVE), NOW, few)
    sending.agree(above, number, False)
    assert state(office, number) is CallState.DRAFT
    sending.release(leader, number)
    sending.agree(above, number, True)
    assert state(office, number) is CallState.OPEN


def test_a_forgotten_draft_goes(office: Office) -> None:
    leader = works(office, LEADER)
    new = NewCall("notice", {"zh_CN": Content("开会")}, Audience(office.area(VILLAGE)), ())
    number = sending.draft(leader, new)
    tend(office, number, minutes=60 * 25)
    assert repository.read(office.session, number) is None


def test_the_village_is_the_village(office: Office) -> None:
    number = send(office)
    office.send_all()
    told = select(col(Card.person_id)).where(col(Card.subject) == repository.subject_of(number))
    got = set(office.session.execute(told).scalars())
    assert got == {office.id(name) for name in PEOPLE}


@pytest.mark.parametrize(
    ("words", "most"),
    [("河堤要 20 人", 20), ("要3名党员", 3), ("来十个人", None), ("need 5 people", 5), ("8点集合", None)],
)  # fmt: skip
def test_how_many_are_wanted_is_read(words: str, most: int | None) -> None:
    kind = next(each for each in DEFAULT if each.counts)
    assert composing.compose(kind, words).choices[0].most == most


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("哪天？\n1. 周三\n2. 周六", ["周三", "周六"]),
        ("哪天？\nA、周三\nB、周六\nC、都行", ["周三", "周六", "都行"]),
        ("1）好\n2）不好", ["好", "不好"]),
    ],
)
def test_what_is_numbered_can_be_chosen(words: str, found: list[str]) -> None:
    kind = next(each for each in DEFAULT if each.code == "survey")
    assert [each.zh_CN for each in composing.compose(kind, words).choices] == found


@pytest.mark.parametrize(
    "words", ["哪天？", "哪天？\n1. 周三", "\n".join(f"{n}. 选项" for n in range(1, 10))]
)
def test_too_few_or_too_many_choices_are_refused(words: str) -> None:
    kind = next(each for each in DEFAULT if each.code == "survey")
    with pytest.raises(Refused, match="call-list-choices"):
        composing.compose(kind, words)


def test_a_pasted_list_of_thousands_names_what_is_wrong(office: Office) -> None:
    root = composing.areas(works(office, LEADER))[0]
    said = "、".join([*PEOPLE, *(f"没有{number}" for number in range(300))] * 30)
    found = composing.pasted(works(office, LEADER), root, said)
    assert set(found.people) == {office.id(name) for name in PEOPLE}
    assert len(found.unknown) == 300
    assert not composing.pasted(works(office, LEADER), root, "段平、王芳").people
