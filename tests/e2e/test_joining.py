"""Joining: links, contacts, guessing, second accounts."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.features.people.joining import is_same_phone
from bot.playground.people import Person as Phone
from models import Account, AuditEntry, Invite, Person, Reach, code_hash
from tests.e2e.town import Town

CONTACT = "确认是我本人"
KEYS = ["📍 上岗", "🏁 下班", "📝 群众诉求", "✏️ 补卡", "📒 我的", "❓ 帮助"]


def invite(town: Town, name: str, code: str = "kQ7f-first", days: float = 30, revoked: bool = False) -> str:
    """A link's payload for somebody on the roster."""
    now = town.clock.now()
    row = Invite(
        person_id=town.id(name), code_hash=code_hash(code), created_at=now,
        expires_at=now + timedelta(days=days), revoked_at=now if revoked else None,
    )  # fmt: skip
    with town.db.write_now() as session:
        session.add(row)
    return f"j_{code}"


def phone_of(town: Town, name: str, number: str, language: str = "zh-hans") -> Phone:
    """A phone that has never opened the bot."""
    return town.stranger(name, number, language)


def owner(town: Town, phone: Phone) -> int | None:
    """Who the account is bound to."""
    with town.db.read() as session:
        statement = select(col(Account.person_id)).where(col(Account.user_id) == phone.id)
        return session.execute(statement).scalar()


def keys(phone: Phone) -> list[str]:
    """The words on the keyboard."""
    return [str(button["text"]) for button in phone.keyboard]


@pytest.mark.every_way
def test_two_actions_join_whose_phone_is_on_the_roster(town: Town) -> None:
    worker = phone_of(town, "小岩", "+86 138 0000 0001")
    worker.start(invite(town, "岩罕"))
    worker.wait_for("只差一步")
    assert owner(town, worker) is None
    worker.tap(CONTACT)
    welcome = worker.wait_for("欢迎您")
    assert worker.taps == 2
    assert owner(town, worker) == town.id("岩罕")
    assert "芒里第一网格的网格员" in welcome.text
    assert "/mydata" in welcome.text
    assert keys(worker) == KEYS
    town.settle()
    assert worker.commands == [
        "help", "my", "hazard", "h", "hazards", "request", "r", "requests", "swap", "handover", "shifts",
        "patrol", "patrols", "mydata", "language", "feedback", "cancel", "stop",
    ]  # fmt: skip
    assert town.count("invite", "used_at IS NOT NULL") == 1
    assert town.count("audit", f"action = 'account.join' AND person_id = {town.id('岩罕')}") == 1


def test_one_action_joins_who_has_no_phone_on_the_roster(town: Town) -> None:
    worker = town.stranger("阿昌")
    worker.start(invite(town, "阿昌"))
    worker.wait_for("欢迎您")
    assert worker.taps == 1
    assert owner(town, worker) == town.id("阿昌")


def test_who_reads_english_is_welcomed_in_english(town: Town) -> None:
    worker = town.stranger("Achang", language="en")
    worker.start(invite(town, "阿昌"))
    worker.wait_for("Welcome, 阿昌! 那目第一网格, grid worker")
    assert keys(worker)[0] == "📍 On duty"


def test_a_member_has_no_duty_keys(town: Town) -> None:
    member = phone_of(town, "早么", "+8613800000011")
    member.start(invite(town, "早么"))
    member.wait_for("只差一步")
    member.tap(CONTACT)
    welcome = member.wait_for("欢迎您")
    assert keys(member) == ["📒 我的", "❓ 帮助"]
    assert "上岗" not in welcome.text
    town.settle()
    assert "my" not in member.commands


def test_only_the_own_contact_counts(town: Town) -> None:
    worker = phone_of(town, "岩罕", "+8613800000001")
    thief = phone_of(town, "贼", "+8613900000002")
    code = invite(town, "岩罕")
    worker.start("")
    worker.wait_for("还没有加入")
    worker.contact()
    worker.wait_for("还没有加入")
    card = worker.mine
    thief.start(code)
    thief.wait_for("只差一步")
    thief.contact(worker)
    thief.wait_for("不是您自己的")
    thief.contact(name="岩罕", phone="+8613800000001")
    thief.wait_for("不是您自己的")
    thief.forward(card)
    thief.wait_for("不是您自己的")
    thief.tap(CONTACT)
    thief.wait_for("和登记的不一样")
    assert owner(town, thief) is None
    assert town.count("invite", "used_at IS NULL") == 1
    # The link still works for whom it was made.
    worker.start(code)
    worker.wait_for("只差一步")
    worker.tap(CONTACT)
    worker.wait_for("欢迎您")


def test_the_own_contact_forwarded_proves_nothing(town: Town) -> None:
    worker = phone_of(town, "岩罕", "+8613800000001")
    worker.start(invite(town, "岩罕"))
    worker.wait_for("只差一步")
    with town.playground.world.lock:
        message = worker.phone.private.messages[min(worker.phone.private.messages)]
    message.data["contact"] = {"phone_number": "+8613800000001", "first_name": "岩罕", "user_id": worker.id}
    message.data.pop("text")
    worker.forward(message)
    worker.wait_for("不是您自己的")
    assert owner(town, worker) is None


@pytest.mark.parametrize(
    ("on_roster", "of_contact", "same"),
    [
        ("+8613800000001", "8613800000001", True),
        ("+8613800000001", "+86 138 0000 0001", True),
        ("+8613800000001", "008613800000001", True),
        ("13800000001", "8613800000001", True),
        ("008613800000001", "+8613800000001", True),
        ("+8613800000001", "+8613800000002", False),
        # An American number is not the Chinese one with the same digits.
        ("13105551234", "+13105551234", False),
        ("+13105551234", "13105551234", True),
        ("+8613105551234", "13105551234", False),
        ("", "", False),
    ],
)
def test_numbers_are_compared_as_international_ones(on_roster: str, of_contact: str, same: bool) -> None:
    assert is_same_phone(on_roster, of_contact) is same


def test_a_link_that_is_no_good_any_more_says_what_to_do(town: Town) -> None:
    person = town.stranger()
    for code, days, revoked, told in (
        ("old-link-1", -1, False, "过期了"),
        ("bad-link-2", 30, True, "已经不用了"),
    ):
        person.start(invite(town, "阿昌", code, days, revoked))
        person.wait_for(told)
    first = town.stranger("阿昌")
    first.start(invite(town, "阿昌", "one-time-3"))
    first.wait_for("欢迎您")
    person.start("j_one-time-3")
    person.wait_for("已经用过了")
    assert owner(town, person) is None
    # None of these was a guess.
    assert town.count("join_attempt", "failures > 0") == 0


def test_a_link_expires_between_opening_and_contact(town: Town) -> None:
    worker = phone_of(town, "岩罕", "+8613800000001")
    worker.start(invite(town, "岩罕", days=1))
    worker.wait_for("只差一步")
    town.clock.move(timedelta(days=2))
    worker.tap(CONTACT)
    worker.wait_for("过期了")
    assert owner(town, worker) is None


def test_whoever_has_joined_is_told_so_and_keeps_to_the_own_links(town: Town) -> None:
    worker = town.join("岩罕")
    worker.start(invite(town, "岩罕"))
    worker.wait_for("您早就加入了")
    worker.start(invite(town, "阿昌", "not-for-me"))
    worker.wait_for("这是发给别人的链接")
    worker.start("j_no-such-code")
    worker.wait_for("这是发给别人的链接")
    assert owner(town, worker) == town.id("岩罕")
    assert town.count("invite", "used_at IS NOT NULL") == 0
    worker.start()
    assert "岩罕，您好" in worker.wait_for("网格员").text


def test_strangers_get_one_sentence_whatever_they_send(town: Town) -> None:
    person = town.stranger()
    acts: list[Callable[[], object]] = [
        lambda: person.start(),
        lambda: person.start("p_qr-mangli-7f3k"),
        lambda: person.send("上岗"),
        lambda: person.send("/my"),
        lambda: person.location(24.4, 98.55),
        lambda: person.photo(),
        lambda: person.voice(),
        lambda: person.contact(),
    ]
    for number, act in enumerate(acts, start=1):
        act()
        person.wait_for("您还没有加入")
        assert len(person.received) == number
    town.settle()
    assert town.count("checkin") == 0
    assert town.count("audit") == 0


@pytest.mark.every_way
def test_guessing_is_slowed_even_over_a_restart(town: Town) -> None:
    person = town.stranger()
    good = invite(town, "阿昌")
    for number in range(4):
        person.start(f"j_guess-{number}")
        person.wait_for("不对")
    person.start("j_guess-5")
    person.wait_for("8:13")
    town.bot.stop()
    town.bot.start()
    person.start(good)
    person.wait_for("8:13 以后")
    assert owner(town, person) is None
    town.clock.move(timedelta(minutes=16))
    person.start("j_guess-6")
    person.wait_for("8:44 以后")
    town.clock.move(timedelta(minutes=31))
    person.start(good)
    person.wait_for("欢迎您")
    assert town.count("join_attempt", "failures > 0") == 0


def test_of_two_accounts_at_once_one_gets_in(town: Town) -> None:
    code = invite(town, "阿昌")
    people = [town.stranger(f"人{number}") for number in range(2)]
    starts = [threading.Thread(target=person.start, args=(code,)) for person in people]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    town.settle()
    assert sorted(owner(town, person) is None for person in people) == [False, True]
    told = sorted((person.last.text[:6] for person in people), reverse=True)
    assert told == ["这个邀请链接", "欢迎您，阿昌"[:6]]


def test_a_second_account_asks_the_nearest_supervisor(town: Town) -> None:
    first, village, township = town.join("岩罕"), town.bind("刀建国"), town.bind("方志强")
    second = phone_of(town, "新手机", "+8613800000001")
    second.start(invite(town, "岩罕"))
    second.wait_for("只差一步")
    second.tap(CONTACT)
    second.wait_for("等一等")
    card = village.wait_for("想加进来")
    assert "岩罕" in card.text
    assert str(second.id) not in card.text
    second.send("上岗")
    second.wait_for("还没有加入")
    second.start("j_kQ7f-first")
    second.wait_for("等一等")
    village.tap("是本人")
    village.wait_for("刀建国已同意")
    second.wait_for("欢迎您")
    first.wait_for("另一个账号")
    assert keys(second) == KEYS
    assert owner(town, second) == town.id("岩罕")
    assert not village.received[-1].buttons
    assert not township.received
    assert town.count("second_account_request") == 1


@pytest.mark.one_way
def test_at_night_a_second_account_is_told_when_the_supervisor_will_be_asked(town: Town) -> None:
    town.bind("岩罕")
    village = town.bind("刀建国")
    town.clock.move(timedelta(hours=15))
    second = phone_of(town, "新手机", "+8613800000001")
    second.start(invite(town, "岩罕"))
    second.wait_for("只差一步")
    second.tap(CONTACT)
    assert "明天 06:00" in second.wait_for("现在是休息时间").text
    town.settle()
    assert not village.received
    town.clock.move(timedelta(hours=8))
    village.wait_for("想加进来")


def test_a_refused_second_account_stays_outside_and_hears_of_it(town: Town) -> None:
    town.bind("岩罕")
    village = town.bind("刀建国")
    second = phone_of(town, "冒名", "+8613800000001")
    second.start(invite(town, "岩罕"))
    second.wait_for("只差一步")
    second.tap(CONTACT)
    question = village.wait_for("想加进来")
    approve = question.buttons[0]
    village.tap("不同意")
    second.wait_for("刀建国没有同意")
    village.wait_for("刀建国没有同意")
    # The other button, pressed on an old copy of the message, changes nothing.
    village.press(question, approve)
    village.wait_toast("过期")
    assert owner(town, second) is None


def test_all_on_a_level_see_the_question_and_its_answer(town: Town) -> None:
    """Nobody in the village can be reached: the township is asked; whoever was faster decided."""
    town.bind("岩罕")
    village, township = town.bind("刀建国"), town.bind("方志强")
    village.block()
    town.settle()
    second = phone_of(town, "新手机", "+8613800000001")
    second.start(invite(town, "岩罕"))
    second.wait_for("只差一步")
    second.tap(CONTACT)
    township.wait_for("想加进来")
    assert not [text for text in village.texts if "想加进来" in text]


def test_nobody_above_can_be_reached(town: Town) -> None:
    town.bind("岩罕")
    second = phone_of(town, "新手机", "+8613800000001")
    code = invite(town, "岩罕")
    second.start(code)
    second.wait_for("只差一步")
    second.tap(CONTACT)
    second.wait_for("联系不上")
    assert town.count("invite", "used_at IS NOT NULL") == 0
    assert town.count("second_account_request") == 0


def test_others_cannot_decide_by_a_made_up_button(town: Town) -> None:
    town.bind("岩罕")
    village, outsider = town.bind("刀建国"), town.join("段平")
    second = phone_of(town, "新手机", "+8613800000001")
    second.start(invite(town, "岩罕"))
    second.wait_for("只差一步")
    second.tap(CONTACT)
    yes = village.wait_for("想加进来").buttons[0]
    outsider.press(outsider.last, yes)
    outsider.wait_for("要您片区的负责人")
    assert owner(town, second) is None


def test_an_account_whose_person_left_the_roster_may_join_as_another(town: Town) -> None:
    phone = town.join("玉香")
    left = update(Person).where(col(Person.name) == "玉香").values(removed_at=town.clock.now())
    with town.db.write_now() as session:
        session.execute(left)
    phone.send("上岗")
    phone.wait_for("还没有加入")
    phone.start(invite(town, "阿昌"))
    phone.wait_for("欢迎您，阿昌")
    assert owner(town, phone) == town.id("阿昌")


def test_blocked_and_unblocked_is_noticed(town: Town) -> None:
    worker = town.join("岩罕")
    worker.block()
    town.settle()
    assert town.count("account", f"reach = '{Reach.BLOCKED}'") == 1
    worker.unblock()
    town.settle()
    assert town.count("account", f"reach = '{Reach.OK}'") == 1


@pytest.mark.one_way
def test_no_code_is_kept_in_the_clear(town: Town) -> None:
    person = town.stranger("阿昌")
    person.start(invite(town, "阿昌", "very-secret-code"))
    person.wait_for("欢迎您")
    town.settle()
    with town.db.read() as session:
        kept = session.execute(select(col(Invite.code_hash))).scalars().all()
        entry = session.execute(select(col(AuditEntry.details))).scalars().first()
    assert kept == [code_hash("very-secret-code")]
    assert "very-secret-code" not in str(entry)
