"""复核: nobody looks at their own work, by no way; of two who decide at once, one does."""

import threading

import pytest

from bot import access
from bot.access import Actor, Work
from bot.base.errors import Refused
from bot.features.cases import workflow
from bot.features.cases.assignment import Candidate
from bot.features.hazards import reporting
from bot.features.hazards import workflow as hazard_workflow
from bot.features.hazards.repository import HAZARD, NewHazard
from bot.features.hazards.workflow import Rectification
from bot.playground.people import Person, sample_photo
from bot.words.said import Remark
from models import Account, HazardStep
from tests.e2e.test_hazards import card, put_right, tell
from tests.e2e.town import Town


def actor_of(town: Town, phone: Person) -> Actor:
    """Who this phone is to the bot."""
    with town.db.read() as session:
        return access.actors_of(session, town.settings.bot_id, [phone.id])[phone.id]


def fixed_by(town: Town, phone: Person) -> int:
    """A hazard that this person put right; its version."""
    actor = actor_of(town, phone)
    with town.db.write_now() as session:
        now, settings = town.clock.now(), town.settings
        found = NewHazard("fire", area_id=town.area("DH-MS-1-1-01"))
        number = reporting.report(Work(session, actor, now, settings), found)
        hazard_workflow.rectify(Work(session, actor, now, settings), number, Rectification(HazardStep.FIXED))
    return 2


def accept(town: Town, actor: Actor, version: int) -> str:
    """Accept the first hazard; what the refusal says, or `closed`."""
    try:
        with town.db.write_now() as session:
            hazard_workflow.accept(Work(session, actor, town.clock.now(), town.settings), 1, version)
    except Refused as refused:
        return refused.key
    return "closed"


@pytest.mark.one_way
def test_a_supervisor_who_put_it_right_has_no_button_and_is_refused(town: Town) -> None:
    worker, supervisor, township = town.join("岩罕"), town.join("刀建国"), town.join("方志强")
    tell(worker)
    card(supervisor)
    put_right(supervisor, town)
    supervisor.wait_for("方志强去看过，就算办结")
    town.settle()
    own = card(supervisor, "整改好了，等复核")
    assert not any("到位" in button.text or "退回" in button.text for button in own.buttons)
    asked = card(township, "刀建国")
    # The same button, pressed by another: what was forwarded, or sent again by a program.
    accepting = next(button for button in asked.buttons if "到位" in button.text)
    supervisor.press(own, accepting)
    supervisor.wait_for("要请别人来复核")
    back = next(button for button in asked.buttons if "退回" in button.text)
    supervisor.press(own, back)
    supervisor.wait_for("要请别人来复核")
    worker.press(worker.received[-1], accepting)
    worker.wait_for("负责人来办")
    assert town.count("hazard", "state = 'fixed'") == 1
    township.press(asked, accepting)
    card(township, "方志强复核：整改到位")


@pytest.mark.one_way
def test_a_button_pressed_again_or_late_decides_nothing_more(town: Town) -> None:
    worker, village, township = town.join("岩罕"), town.join("刀建国"), town.join("方志强")
    fixed_by(town, worker)
    asked = card(village, "岩罕")
    accepting, back = (next(b for b in asked.buttons if word in b.text) for word in ("到位", "退回"))
    # Who put it right, by the verifier's own buttons.
    for button in (accepting, back):
        worker.press(worker.received[-1], button)
        worker.wait_for("要请别人来复核")
    village.press(asked, accepting)
    card(village, "整改到位")
    town.settle()
    # The same call once more, by the same and by another.
    for person in (village, township):
        for button in (accepting, back):
            person.press(person.received[-1], button)
            person.wait_for("已经整改到位，办结了")
    assert town.count("hazard_event", "step IN ('closed', 'reopened')") == 1


@pytest.mark.one_way
def test_a_second_account_of_the_same_person_is_the_same_person(town: Town) -> None:
    supervisor = town.bind("刀建国")
    version = fixed_by(town, supervisor)
    second = town.stranger("刀建国的第二个手机", phone="+8613900000077")
    with town.db.write_now() as session:
        session.add(
            Account(
                bot=town.settings.bot_id, user_id=second.id, chat_id=second.id,
                person_id=town.id("刀建国"), joined_at=town.clock.now(),
            )
        )  # fmt: skip
    assert accept(town, actor_of(town, second), version) == "hazard-own-work"
    assert accept(town, actor_of(town, town.bind("方志强")), version) == "closed"


@pytest.mark.one_way
def test_who_worked_on_it_once_does_not_look_at_a_later_work_either(town: Town) -> None:
    supervisor, worker, township = town.bind("刀建国"), town.bind("岩罕"), town.bind("方志强")
    version = fixed_by(town, supervisor)
    now, settings = town.clock.now(), town.settings
    with town.db.write_now() as session:
        hazard_workflow.reopen(
            Work(session, actor_of(town, township), now, settings), 1, version, Remark("只弄好一半")
        )
    with town.db.write_now() as session:
        fixer = actor_of(town, worker)
        hazard_workflow.rectify(Work(session, fixer, now, settings), 1, Rectification(HazardStep.FIXED))
    assert accept(town, actor_of(town, supervisor), 4) == "hazard-own-work"
    assert accept(town, actor_of(town, township), version) == "hazard-changed"
    assert accept(town, actor_of(town, township), 4) == "closed"


@pytest.mark.one_way
def test_a_dispatcher_names_and_approves_nothing(town: Town) -> None:
    worker, dispatcher = town.bind("岩罕"), town.bind("赵敏")
    version = fixed_by(town, worker)
    assert accept(town, actor_of(town, dispatcher), version) == "access-refused"


def test_of_two_who_accept_and_send_back_at_once_one_does_and_the_other_is_told(town: Town) -> None:
    worker, village, township = town.bind("岩罕"), town.bind("刀建国"), town.bind("方志强")
    version = fixed_by(town, worker)
    deciders = {"accept": actor_of(town, village), "reopen": actor_of(town, township)}
    outcomes: list[str] = []
    at_once = threading.Barrier(2)

    def decide(how: str, actor: Actor) -> None:
        at_once.wait()
        try:
            with town.db.write_now() as session:
                context = {"now": town.clock.now(), "settings": town.settings}
                if how == "accept":
                    hazard_workflow.accept(Work(session, actor, **context), 1, version)
                else:
                    hazard_workflow.reopen(Work(session, actor, **context), 1, version, Remark("还没整改"))
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.key)

    threads = [threading.Thread(target=decide, args=pair) for pair in deciders.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) in (["done", "hazard-is-closed"], ["done", "hazard-is-reported"])
    assert town.count("hazard_event", "step IN ('closed', 'reopened')") == 1
    assert town.count("hazard", "state IN ('closed', 'reported') AND version = 3") == 1


@pytest.mark.one_way
def test_more_time_is_not_granted_by_who_asked_nor_twice(town: Town) -> None:
    village, township = town.bind("刀建国"), town.bind("方志强")
    now, settings = town.clock.now(), town.settings
    asker, above = actor_of(town, village), actor_of(town, township)
    with town.db.write_now() as session:
        found = NewHazard("fire", area_id=town.area("DH-MS-1-1-01"))
        number = reporting.report(Work(session, asker, now, settings), found)
        to = Candidate(town.area("DH-MS-1-1"), None, "芒里村", "")
        workflow.assign(Work(session, asker, now, settings), HAZARD, number, to)
        work = Rectification(HazardStep.PARTLY, said=Remark("等材料"), more_days=3)
        hazard_workflow.rectify(Work(session, asker, now, settings), number, work)

    def decide(actor: Actor) -> str:
        try:
            with town.db.write_now() as session:
                workflow.decide_more_time(Work(session, actor, now, settings), HAZARD, 1, 3, True)
        except Refused as refused:
            return refused.key
        return "granted"

    assert decide(asker) == "access-refused"
    assert decide(above) == "granted"
    assert decide(above) == "hazard-wish-decided"
    # It was due on Tuesday: three working days more are Friday.
    assert town.count("hazard", "date(due_at) = '2026-11-27'") == 1


@pytest.mark.one_way
def test_albums_of_two_people_at_once_stay_apart_and_a_repeated_part_counts_once(town: Town) -> None:
    first, second = town.join("岩罕"), town.join("玉香")
    shades = [sample_photo(shade) for shade in ("green", "red", "blue", "black")]
    for number in (0, 2):
        first.photo(shades[number], album="701")
        second.photo(shades[number + 1], album="702")
        second.photo(shades[number + 1], album="702")
    for person in (first, second):
        person.wait_for("这是哪一类")
    town.settle()
    for person, kind in ((first, "火灾"), (second, "道路")):
        person.tap(kind)
        person.wait_for("在哪里")
        person.send("桥头")
        assert "照片 2 张" in person.wait_for("急的点").text
        person.tap("📤")
        person.wait_for("收到：")
    assert town.count("hazard") == 2
    assert town.count("hazard_photo", "hazard_id = 1") == 2
    assert town.count("hazard_photo", "hazard_id = 2") == 2
