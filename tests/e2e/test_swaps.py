"""换班 from every side: who asks, who is asked, who leads the shift, who was not fast enough."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot import access
from bot.access import Work
from bot.base.errors import Refused
from bot.features.swaps import swaps
from bot.playground.people import Message, Person
from tests.e2e.town import MORNING, Town

TOMORROW = MORNING.replace(minute=0) + timedelta(days=1, hours=1)


def shift(
    town: Town, *crew: str, starts_at: datetime = TOMORROW, hours: float = 12, lead: str | None = None
) -> int:
    """Tomorrow from 08:00 at 芒里卡点."""
    return town.shift(*crew, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), lead=lead)


def ask(worker: Person, whom: str = "玉香", what: str = "芒里卡点") -> Message:
    """Ask for a swap: the command, the shift, the colleague."""
    worker.reset_taps()
    worker.send("/swap")
    worker.wait_for("要换哪一班")
    worker.tap(what)
    worker.wait_for("请谁来")
    worker.tap(whom)
    return worker.wait_for("您要换的班")


def choose(person: Person, *taps: str) -> None:
    """The command, then one button after the other."""
    person.reset_taps()
    person.send("/swap")
    for label in taps:
        question = person.wait_for("？")
        assert any(label in button.text for button in question.buttons), str(person)
        person.tap(label)


def comes(town: Town, name: str, number: int) -> bool:
    """Whether the person is to come to the shift."""
    where = f"shift_id = {number} AND person_id = {town.id(name)} AND state = 'planned'"
    return town.count("shift_member", where) == 1


@pytest.mark.every_way
def test_three_taps_one_tap_one_tap_and_the_crew_is_another_one(town: Town) -> None:
    worker, colleague, lead = town.join("岩罕"), town.join("玉香"), town.join("排勒")
    supervisor = town.join("刀建国")
    number = shift(town, "岩罕", "排勒", lead="排勒")
    before = town.count("marker", "name = 'roster_version'")
    card = ask(worker)
    assert worker.taps == 3
    assert "问了玉香，等回话" in card.text

    offer = colleague.wait_for("岩罕这一班来不了")
    assert "明天 08:00–20:00 · 芒里卡点" in offer.text
    colleague.click("我来", offer)
    wanted = lead.wait_for("换班：岩罕 → 玉香")
    town.settle()
    assert "等排勒同意" in card.text
    assert "等排勒同意" in offer.text
    assert not offer.buttons
    assert colleague.taps == 1
    # The lead is there: nobody above is troubled.
    assert not any("换班" in text for text in supervisor.texts)
    assert comes(town, "岩罕", number)

    lead.click("✅ 同意", wanted)
    worker.wait_for("您不用来了")
    colleague.wait_for("这一班您来，排勒同意的")
    town.settle()
    assert lead.taps == 1
    assert "定了，玉香来" in card.text
    assert "这一班您来" in offer.text
    assert "排勒同意了" in wanted.text
    assert [each.buttons for each in (card, offer, wanted)] == [[], [], []]
    assert comes(town, "玉香", number)
    assert not comes(town, "岩罕", number)
    assert before == 1
    assert town.count("swap", "state = 'approved' AND decided_at IS NOT NULL") == 1
    assert town.count("audit", "action IN ('swap.ask', 'swap.answer', 'swap.decide')") == 3


def test_the_new_one_checks_in_to_the_shift_and_the_old_one_does_not(town: Town) -> None:
    worker, colleague, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    number = shift(town, "岩罕", starts_at=MORNING + timedelta(minutes=32))
    ask(worker)
    colleague.click("我来", colleague.wait_for("岩罕这一班来不了"))
    supervisor.click("✅ 同意", supervisor.wait_for("岩罕 → 玉香"))
    worker.wait_for("您不用来了")
    for person in (worker, colleague):
        person.send("/help")
        person.wait_for("110")
        person.location(24.4000, 98.5500, accuracy=10)
        person.wait_for("已上岗")
    assert town.count("checkin", f"shift_id = {number} AND person_id = {town.id('玉香')}") == 1
    assert town.count("checkin", f"shift_id IS NULL AND person_id = {town.id('岩罕')}") == 1


def test_who_cannot_says_so_and_the_shift_stays(town: Town) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香")
    number = shift(town, "岩罕")
    card = ask(worker)
    offer = colleague.wait_for("岩罕这一班来不了")
    colleague.click("来不了", offer)
    worker.wait_for("这一班还是您的")
    town.settle()
    assert "知道了，您来不了" in offer.text
    assert "问过的都来不了" in card.text
    assert comes(town, "岩罕", number)
    # And another one can be asked at once.
    ask(worker, "谁有空都行")
    assert town.count("swap", "state = 'asked'") == 1


def test_refused_by_the_supervisor_both_are_told(town: Town) -> None:
    worker, colleague, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    number = shift(town, "岩罕")
    ask(worker)
    colleague.click("我来", colleague.wait_for("岩罕这一班来不了"))
    supervisor.click("不同意", supervisor.wait_for("岩罕 → 玉香"))
    worker.wait_for("刀建国没有同意换班，这一班还是您的")
    colleague.wait_for("刀建国没有同意换班，这一班您不用来")
    assert comes(town, "岩罕", number)
    assert not comes(town, "玉香", number)


def test_of_two_who_say_yes_at_once_one_comes_and_the_other_is_thanked(town: Town) -> None:
    worker = town.join("岩罕")
    first, second = town.join("玉香"), town.join("排勒")
    town.bind("刀建国")
    shift(town, "岩罕")
    card = ask(worker, "谁有空都行")
    assert worker.taps == 3
    assert "等回话" in card.text
    offers = first.wait_for("谁先答应就是谁"), second.wait_for("谁先答应就是谁")
    buttons = offers[0].buttons[0], offers[1].buttons[0]
    presses = [
        threading.Thread(target=first.press, args=(offers[0], buttons[0])),
        threading.Thread(target=second.press, args=(offers[1], buttons[1])),
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    worker.wait_for("答应了，等刀建国同意")
    town.settle()
    assert town.count("swap", "state = 'accepted' AND taken_by IS NOT NULL") == 1
    assert town.count("audit", "action = 'swap.answer'") == 1
    texts = sorted(offer.text.splitlines()[-1] for offer in offers)
    assert texts == ["您答应了，等刀建国同意，同意了才算。", "有人来了，谢谢您。"]
    assert not any(offer.buttons for offer in offers)
    assert [text for text in first.texts + second.texts if "已经有人答应了" in text] != []


def test_of_two_processes_one_lets_its_colleague_come(town: Town) -> None:
    worker, colleagues = town.join("岩罕"), [town.bind("玉香"), town.bind("排勒")]
    shift(town, "岩罕")
    ask(worker, "谁有空都行")
    outcomes: list[str] = []
    at_once = threading.Barrier(len(colleagues))

    def press(phone: Person) -> None:
        at_once.wait()
        try:
            with town.db.write_now() as session:
                actor = access.actors_of(session, town.settings.bot_id, [phone.id])[phone.id]
                number = session.execute(text("SELECT id FROM swap")).scalar_one()
                swaps.answer(Work(session, actor, town.clock.now(), town.settings), number, True)
            outcomes.append("taken")
        except Refused as refused:
            outcomes.append(refused.key)

    threads = [threading.Thread(target=press, args=(phone,)) for phone in colleagues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["swap-over-accepted", "taken"]
    assert town.count("swap", "state = 'accepted' AND taken_by IS NOT NULL") == 1


def test_taken_back_the_card_says_so_and_a_late_yes_changes_nothing(town: Town) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香")
    number = shift(town, "岩罕")
    card = ask(worker)
    offer = colleague.wait_for("岩罕这一班来不了")
    yes = offer.buttons[0]
    worker.click("撤回", card)
    worker.wait_for("您撤回了")
    town.settle()
    assert "撤回了，不用管了" in offer.text
    assert not offer.buttons
    colleague.press(offer, yes)
    colleague.wait_for("对方已经撤回了")
    assert town.count("swap", "state = 'withdrawn' AND taken_by IS NULL") == 1
    assert comes(town, "岩罕", number)


def test_a_lead_swaps_for_one_who_cannot_and_a_yes_is_enough(town: Town) -> None:
    lead, colleague, ill = town.join("排勒"), town.join("玉香"), town.join("岩罕")
    number = shift(town, "岩罕", "排勒", lead="排勒")
    choose(lead, "替别人换", "芒里卡点", "岩罕")
    lead.wait_for("请谁来")
    lead.send("玉香")
    card = lead.wait_for("您替岩罕换的班")
    offer = colleague.wait_for("岩罕这一班来不了，排勒想请您来")
    colleague.click("我来", offer)
    ill.wait_for("这一班玉香来，您不用来了")
    lead.wait_for("有人了：这一班玉香来")
    town.settle()
    assert "定了，这一班您来" in offer.text
    assert "定了，玉香来" in card.text
    assert comes(town, "玉香", number)
    assert town.count("swap", f"agreed AND asked_by = {town.id('排勒')} AND state = 'approved'") == 1


def test_a_shift_with_too_few_asks_who_is_free_and_the_first_one_comes(town: Town) -> None:
    supervisor, first, second = town.join("刀建国"), town.join("玉香"), town.join("岩罕")
    number = shift(town, "排勒")
    choose(supervisor, "芒里卡点", "缺人")
    card = supervisor.wait_for("您在找人")
    assert supervisor.taps == 3
    offers = first.wait_for("这一班缺人，刀建国想请您来"), second.wait_for("这一班缺人")
    first.click("我来", offers[0])
    supervisor.wait_for("有人了：这一班玉香来")
    town.settle()
    assert "这一班您来" in offers[0].text
    assert "有人来了，谢谢您" in offers[1].text
    assert "定了，玉香来" in card.text
    assert comes(town, "玉香", number)
    assert comes(town, "排勒", number)


@pytest.mark.one_way
def test_who_is_on_another_shift_is_not_offered_and_cannot_take_it_later(town: Town) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香")
    town.bind("排勒")
    shift(town, "岩罕")
    shift(town, "排勒", starts_at=TOMORROW + timedelta(hours=6))
    worker.send("/swap")
    worker.wait_for("要换哪一班")
    worker.tap("芒里卡点")
    names = [button.text for button in worker.wait_for("请谁来").buttons]
    assert "玉香" in names
    assert "排勒" not in names
    worker.send("排勒")
    worker.wait_for("全名")
    worker.tap("玉香")
    offer = colleague.wait_for("岩罕这一班来不了")
    shift(town, "玉香", starts_at=TOMORROW + timedelta(hours=11))
    colleague.click("我来", offer)
    colleague.wait_for("那段时间已经有别的班")
    assert town.count("swap", "state = 'asked'") == 1


@pytest.mark.one_way
def test_what_no_longer_fits_is_not_agreed_to(town: Town) -> None:
    worker, colleague, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    number = shift(town, "岩罕")
    ask(worker)
    colleague.click("我来", colleague.wait_for("岩罕这一班来不了"))
    card = supervisor.wait_for("岩罕 → 玉香")
    shift(town, "玉香", starts_at=TOMORROW + timedelta(hours=11))
    supervisor.click("✅ 同意", card)
    supervisor.wait_for("现在换不了")
    assert comes(town, "岩罕", number)
    assert town.count("swap", "state = 'accepted'") == 1
    supervisor.click("不同意", card)
    worker.wait_for("没有同意换班")


@pytest.mark.one_way
def test_after_the_shift_has_started_it_is_too_late_and_everyone_is_told(town: Town) -> None:
    worker, colleague, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    number = shift(town, "岩罕", starts_at=MORNING + timedelta(hours=1))
    card = ask(worker)
    offer = colleague.wait_for("岩罕这一班来不了")
    colleague.click("我来", offer)
    wanted = supervisor.wait_for("岩罕 → 玉香")
    agree = wanted.buttons[0]
    town.clock.move(timedelta(hours=1, minutes=2))
    supervisor.press(wanted, agree)
    supervisor.wait_for("已经")
    worker.wait_for("没来得及办成，这一班还是您的")
    colleague.wait_for("没来得及办成，这一班您不用来")
    town.settle()
    assert town.count("swap", "state = 'expired'") == 1
    assert comes(town, "岩罕", number)
    assert [each.buttons for each in (card, offer, wanted)] == [[], [], []]


@pytest.mark.one_way
@pytest.mark.parametrize(("hours", "rings"), [(8, True), (13, False)])
def test_quiet_hours_hold_it_unless_the_shift_is_near(town: Town, hours: int, rings: bool) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香")
    town.clock.move(timedelta(hours=15))
    shift(town, "岩罕", starts_at=town.clock.now() + timedelta(hours=hours))
    ask(worker)
    town.settle()
    assert any("岩罕这一班来不了" in text for text in colleague.texts) is rings
    assert any("现在是休息时间" in text for text in worker.texts) is not rings
    if not rings:
        town.clock.move(timedelta(hours=7, minutes=30))
        colleague.wait_for("岩罕这一班来不了")


@pytest.mark.one_way
def test_a_colleague_no_message_reaches_was_spoken_to(town: Town) -> None:
    lead = town.join("排勒")
    number = shift(town, "岩罕", "排勒", lead="排勒")
    choose(lead, "替别人换", "芒里卡点", "岩罕", "玉香")
    lead.wait_for("请当面再说一声")
    assert comes(town, "玉香", number)
    assert not comes(town, "岩罕", number)


@pytest.mark.one_way
def test_by_word_of_mouth_it_counts_without_a_tap(town: Town) -> None:
    supervisor, colleague = town.join("刀建国"), town.join("玉香")
    number = shift(town, "岩罕")
    choose(supervisor, "芒里卡点", "岩罕", "玉香")
    card = supervisor.wait_for("您替岩罕换的班")
    colleague.wait_for("岩罕这一班来不了")
    supervisor.click("已经说好了", card)
    colleague.wait_for("这一班您来，刀建国同意的")
    assert comes(town, "玉香", number)


@pytest.mark.one_way
def test_without_anyone_above_it_waits_and_the_county_finds_it(town: Town) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香")
    shift(town, "岩罕")
    card = ask(worker)
    colleague.click("我来", colleague.wait_for("岩罕这一班来不了"))
    worker.wait_for("联系不上负责人")
    county = town.join("李雪梅")
    county.send("/swap")
    county.wait_for("有 1 件换班等您同意")
    county.click("✅ 同意", county.wait_for("岩罕 → 玉香"))
    worker.wait_for("您不用来了")
    town.settle()
    assert not card.buttons


@pytest.mark.one_way
def test_nobody_answers_or_decides_for_others(town: Town) -> None:
    worker, colleague, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    outsiders = [town.join("段平"), town.join("阿昌")]
    shift(town, "岩罕")
    card = ask(worker)
    offer = colleague.wait_for("岩罕这一班来不了")
    yes, number = offer.buttons[0].data or "", (offer.buttons[0].data or "").rpartition(":")[2]
    for outsider in [*outsiders, worker]:
        for data in (yes, f"swap:agree:{number}", f"swap:terms:{number}", "swap:yes:999999"):
            outsider.phone.click(outsider.last, data)
    for outsider in [colleague, *outsiders]:
        outsider.phone.click(outsider.last, f"swap:back:{number}")
    colleague.phone.click(offer, f"swap:agree:{number}")
    supervisor.phone.click(supervisor.last, f"swap:agree:{number}")
    town.settle()
    assert town.count("swap", "state = 'asked' AND taken_by IS NULL") == 1
    assert town.count("inbox", "state = 'failed'") == 0
    assert card.buttons


@pytest.mark.one_way
def test_who_has_no_shift_is_told_and_mydata_and_help_know_swaps(town: Town) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香", language="en")
    worker.send("/swap")
    worker.wait_for("没有可换的")
    shift(town, "岩罕")
    ask(worker)
    offer = colleague.wait_for("岩罕 can't come to this shift")
    colleague.click("I can't", offer)
    worker.wait_for("这一班还是您的")
    worker.send("/mydata")
    worker.click("全部细节", worker.wait_for("这里记着您的"))
    worker.wait_for("您的班请别人来：11月24日 08:00 的班。没人能来")
    colleague.send("/mydata")
    colleague.click("All details", colleague.wait_for("Kept about you"))
    colleague.wait_for("you were asked: the shift of 24 Nov 08:00")
    worker.send("/help")
    worker.wait_for("请假、换班")
