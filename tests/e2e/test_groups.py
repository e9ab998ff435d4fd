"""Groups that get summaries: their topics, hidden administrators, and whose they are."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.playground.groups import Group
from bot.playground.people import Person
from models import Role, RoleName
from tests.e2e.test_summaries import keep_duty
from tests.e2e.town import MORNING, Town

pytestmark = pytest.mark.one_way
TOPIC = 77
Begun = Callable[..., Group]


@pytest.fixture
def begun(town: Town) -> Begun:
    """A supergroup with topics that these people and the bot are in."""

    def make(*people: Person) -> Group:
        group = town.playground.group("工作群", *people)
        group.add_bot(people[0].user)
        group.migrate(people[0].user)
        town.settle()
        group.open_topic(TOPIC, "每日汇总")
        return group

    return make


def tomorrow(town: Town) -> None:
    """The next morning, when the summary of the day before is due."""
    keep_duty(town)
    town.clock.set(MORNING.replace(hour=8, minute=0) + timedelta(days=1, seconds=5))


def thread_of(message: object) -> int | None:
    """The topic that a message stands in."""
    data: dict[str, int] = message.data  # type: ignore[attr-defined]
    return data.get("message_thread_id")


def test_what_is_bound_in_a_topic_goes_to_the_topic(town: Town, begun: Begun) -> None:
    chief = town.join("方志强")
    group = begun(chief)
    chief.speak("/bind XX", group.chat, thread=TOPIC)
    assert thread_of(chief.wait_for("没有编码是 XX", chat=group.chat)) == TOPIC
    chief.speak("/bind", group.chat, thread=TOPIC)
    told = chief.wait_for("汇总以后都发到这个话题", chat=group.chat)
    assert thread_of(told) == TOPIC
    assert town.count("bound_group", f"thread_id = {TOPIC}") == 1
    tomorrow(town)
    assert thread_of(chief.wait_for("昨天的情况", chat=group.chat)) == TOPIC
    chief.speak("/unbind", group.chat, thread=TOPIC)
    assert thread_of(chief.wait_for("不再发到这里", chat=group.chat)) == TOPIC


def test_the_general_topic_has_no_number(town: Town, begun: Begun) -> None:
    chief = town.join("方志强")
    group = begun(chief)
    with town.playground.world.lock:
        group.chat.topics[1] = "General"
    chief.speak("/bind", group.chat, thread=1)
    # Telegram refuses what names it.
    with town.playground.world.lock:
        del group.chat.topics[1]
    assert thread_of(chief.wait_for("汇总以后都发到这个群", chat=group.chat)) is None
    assert town.count("bound_group", "thread_id IS NULL") == 1


@pytest.mark.parametrize("closed", [False, True])
def test_a_topic_that_is_gone_is_told_to_its_binder(town: Town, begun: Begun, closed: bool) -> None:
    chief = town.join("方志强")
    group = begun(chief)
    chief.speak("/bind", group.chat, thread=TOPIC)
    chief.wait_for("这个话题", chat=group.chat)
    if closed:
        group.close_topic(TOPIC)
    else:
        group.delete_topic(TOPIC)
    tomorrow(town)
    assert thread_of(chief.wait_for("昨天的情况", chat=group.chat)) is None
    chief.wait_for("话题找不到了")
    assert town.count("bound_group", "thread_id IS NULL") == 1
    assert town.count("outbox", "state = 'failed'") == 0


def test_who_hides_behind_a_group_is_told_what_to_do(town: Town, begun: Begun) -> None:
    chief = town.join("方志强")
    group = begun(chief)
    with town.playground.world.lock:
        group.chat.members[chief.id] = "administrator"
    for command in ("/bind", "/unbind", "/summary"):
        chief.speak(command, group.chat, thread=TOPIC, anonymously=True)
        assert thread_of(chief.wait_for("看不出是您", chat=group.chat)) == TOPIC
    before = len(group.messages)
    chief.speak("/weather", group.chat, anonymously=True)
    chief.speak("大家好", group.chat, anonymously=True)
    town.settle()
    assert len(group.messages) == before + 2
    assert town.count("bound_group") == 0


def test_a_bound_group_is_not_taken_over(town: Town, begun: Begun) -> None:
    village, other, above = town.join("刀建国"), town.join("段平"), town.join("方志强")
    group = begun(village, other, above)
    village.speak("/bind", group.chat)
    village.wait_for("芒里村 的日、周", chat=group.chat)
    other.speak("/bind", group.chat)
    told = other.wait_for("现在收的是 芒里村 的汇总", chat=group.chat)
    assert "刀建国" in told.text
    assert "/unbind" in told.text
    assert "方志强" in told.text
    other.speak("/unbind", group.chat)
    other.wait_for("负责人", chat=group.chat)
    assert town.count("bound_group", f"area_id = {town.area('DH-MS-1-1')}") == 1
    above.speak("/bind", group.chat)
    above.wait_for("风平镇 的日、周", chat=group.chat)
    assert "方志强改成收 风平镇 的汇总" in village.wait_for("您设的群").text
    village.speak("/bind", group.chat)
    village.wait_for("现在收的是 风平镇 的汇总", chat=group.chat)
    above.speak("/unbind", group.chat)
    above.wait_for("不再发到这里", chat=group.chat)
    other.speak("/bind", group.chat)
    other.wait_for("户弄村 的日、周", chat=group.chat)


def test_a_group_whose_binder_may_no_more_is_free(town: Town, begun: Begun) -> None:
    village, other = town.join("刀建国"), town.join("段平")
    group = begun(village, other)
    village.speak("/bind", group.chat)
    village.wait_for("芒里村", chat=group.chat)
    with town.db.write_now() as session:
        mine = update(Role).where(col(Role.person_id) == town.id("刀建国"))
        session.execute(mine.values(role=RoleName.GRID_WORKER))
    other.speak("/bind", group.chat)
    other.wait_for("户弄村 的日、周", chat=group.chat)


def test_of_two_at_once_one_gets_the_group(town: Town, begun: Begun) -> None:
    village, other = town.join("刀建国"), town.join("段平")
    group = begun(village, other)
    town.bot.stop()
    village.speak("/bind", group.chat)
    other.speak("/bind", group.chat)
    town.bot.start()
    town.settle()
    told = [message.text for message in group.messages if message.from_bot]
    assert sum("的日、周" in text for text in told) == 1
    assert sum("现在收的是" in text for text in told) == 1
