"""A message that is changed in the chat: its new words stand beside the old, and whoever acts reads them."""

from datetime import timedelta

import pytest

from bot.playground.people import Message, Person, sample_photo
from tests.e2e.test_corrections import come_late
from tests.e2e.test_handover import DAY, EIGHT, two_crews
from tests.e2e.test_hazards import assign, card, put_right, tell
from tests.e2e.test_missing import at
from tests.e2e.test_patrols import set_out
from tests.e2e.town import Town
from tests.e2e.walks import lay_down, on_watch

OLD, NEW = "先停用，别拆", "先停用，明天9点拆"


def wrote(person: Person, text: str) -> Message:
    """The own message with this text or caption."""
    with person.phone.world.lock:
        own = [m for m in person.phone._mine() if text in (m.data.get("text"), m.data.get("caption"))]
    return own[-1]


def change(person: Person, old: str = OLD, new: str = NEW) -> None:
    """Say something else in it."""
    person.edit(wrote(person, old), new)


@pytest.mark.both_databases
def test_a_changed_remark_stands_beside_the_old_one_and_reaches_whose_turn_it_is(town: Town) -> None:
    worker, supervisor, fixer = town.join("玉香"), town.join("刀建国"), town.join("岩罕")
    tell(worker)
    assign(supervisor)
    town.settle()
    supervisor.reply(card(supervisor, "岩罕负责"), OLD)
    supervisor.wait_for("记下了，已经告诉岩罕")
    card(fixer, OLD)
    before = len(fixer.received)
    town.clock.set(at("08:05"))
    change(supervisor)
    supervisor.wait_for("新的话和原来的写在一起，岩罕 会看到")
    assert f"{NEW} ✏️11-23 08:05 ← {OLD}" in card(fixer, NEW).text
    assert len(fixer.received) > before
    change(supervisor, NEW, "算了，今天拆")
    assert f"算了，今天拆 ✏️11-23 08:05 ← {NEW}" in card(fixer, "算了").text


@pytest.mark.one_way
def test_a_changed_report_and_a_changed_caption_count_on_the_card(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.photo(sample_photo("green"), caption="桥头松了")
    worker.wait_for("这是哪一类")
    worker.tap("火灾")
    worker.wait_for("在哪里")
    worker.send("村口水沟边")
    worker.wait_for("不急的点")
    worker.send(OLD)
    worker.wait_for("✅ 收到")
    change(worker)
    worker.wait_for("会看到")
    assert f"{NEW} ✏️" in card(supervisor, NEW).text
    change(worker, "桥头松了", "桥尾松了")
    worker.wait_for("会看到")
    assert "桥尾松了 ✏️" in card(supervisor, "桥尾松了").text
    change(worker, "村口水沟边", "村尾水沟边")
    worker.wait_for("会看到")
    assert "村尾水沟边 ✏️" in card(supervisor, "村尾水沟边").text
    assert town.count("hazard_event", "step = 'reworded'") == 3


@pytest.mark.one_way
def test_a_caption_written_later_is_taken_too(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker)
    town.settle()
    with worker.phone.world.lock:
        photo = next(m for m in worker.phone._mine() if "photo" in m.data)
    worker.edit(photo, "桥头护栏松了")
    worker.wait_for("会看到")
    assert "桥头护栏松了 ✏️" in card(supervisor, "桥头护栏").text


@pytest.mark.one_way
def test_an_answer_in_an_open_form_just_changes(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.send("/request")
    worker.wait_for("哪一类")
    worker.tap("水电路网")
    worker.wait_for()
    worker.send(OLD)
    worker.wait_for("怎么办")
    change(worker)
    worker.wait_for("改好了，按新的算")
    worker.tap("限时")
    worker.wait_for("R-2026-000001")
    town.settle()
    assert town.count("resident_request", f"words = '{NEW}'") == 1
    change(worker, NEW, "还是后天")
    worker.wait_for("会看到")
    assert "还是后天 ✏️" in supervisor.wait_for("还是后天").text
    assert town.count("resident_request_event", "step = 'reworded'") == 1


@pytest.mark.one_way
def test_what_can_change_nothing_any_more_is_said_in_one_sentence(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker)
    assign(supervisor)
    town.settle()
    supervisor.reply(card(supervisor, "岩罕负责"), OLD)
    supervisor.wait_for("记下了")
    put_right(worker, town)
    worker.wait_for("记下了")
    town.settle()
    supervisor.click("到位", card(supervisor, "整改好了"))
    town.settle()
    change(supervisor)
    supervisor.wait_for("这条改不动了")
    assert town.count("hazard_event", "step = 'reworded'") == 0
    worker.send("上岗")
    worker.wait_for()
    worker.edit(wrote(worker, "上岗"), "下班")
    worker.wait_for("这条改不动了")


@pytest.mark.one_way
def test_a_patrol_s_remark_and_the_feedback(town: Town) -> None:
    admin = town.join("孙工")
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.send("雾大")
    worker.wait_for("记在这趟巡逻的备注里了")
    change(worker, "雾大", "雾散了")
    worker.wait_for("改好了")
    assert town.count("patrol", "words LIKE '雾散了 ✏️%← 雾大'") == 1
    worker.send("/feedback")
    worker.wait_for("哪里不顺手")
    worker.send("字太小")
    worker.wait_for()
    change(worker, "字太小", "字太小，图也小")
    told = admin.wait_for("改了提的意见").text
    assert "字太小，图也小" in told
    assert "原来说的是：字太小" in told


@pytest.mark.one_way
def test_a_correction_s_reason_until_it_is_decided(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    come_late(town, worker)
    worker.tap("补卡")
    worker.wait_for("补哪一条")
    worker.tap("上岗 → 其实 08:00")
    worker.wait_for("什么原因")
    worker.send("手机掉沟里")
    asked = supervisor.wait_for("补卡：岩罕")
    change(worker, "手机掉沟里", "手机没电")
    worker.wait_for("刀建国 会看到")
    town.settle()
    assert "手机没电 ✏️11-23 08:31 ← 手机掉沟里" in asked.text
    supervisor.click("批准", asked)
    worker.wait_for("批了")
    change(worker, "手机没电", "睡过头了")
    worker.wait_for("这条改不动了")


@pytest.mark.one_way
def test_what_was_left_at_a_handover_follows_the_words_to_whoever_has_it_now(town: Town) -> None:
    lead, relief = town.join("岩罕"), town.join("排勒")
    two_crews(town)
    lead.click("加一条", lead.wait_for("交接班 · 芒里卡点"))
    lead.wait_for("还有什么没办完")
    lead.send(OLD)
    lead.wait_for("加上了")
    lead.send("交接班")
    town.settle()
    lead.click("🤝 交班", lead.received[-1])
    taking = relief.wait_for("交了班")
    relief.click("有不对的", taking)
    town.settle()
    relief.click("说说哪里不对", taking)
    relief.wait_for("哪里和交的不一样")
    relief.send("登记簿昨晚没记")
    relief.wait_for("记下了")
    change(relief, "登记簿昨晚没记", "登记簿前晚没记")
    relief.wait_for("岩罕、玉香、阿昌 会看到")
    lead.wait_for("原来说的是：登记簿昨晚没记")
    town.settle()
    relief.click("不对的记下了", taking)
    assert "登记簿前晚没记 ✏️" in lead.wait_for("接班时看到有不对的").text
    # Twelve hours on it lies before the crew that comes then.
    third = town.join("王芳")
    town.shift("王芳", starts_at=EIGHT + DAY, ends_at=EIGHT + 2 * DAY)
    town.clock.move(timedelta(hours=11, minutes=50))
    evening = third.wait_for("交接班 · 芒里卡点")
    change(lead)
    lead.wait_for("排勒、王芳 会看到")
    third.wait_for(f"{NEW}\n原来说的是：{OLD}")
    town.settle()
    assert f"{NEW} ✏️11-23 19:49 ← {OLD}" in evening.text


@pytest.mark.one_way
def test_a_commendation_and_a_draft_are_changed_after_a_restart_too(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    supervisor.send("/ledger 岩罕")
    supervisor.click("记活动、表彰", supervisor.wait_for("一本账"))
    supervisor.wait_for("记什么")
    supervisor.tap("表彰")
    supervisor.wait_for("一句话写清楚")
    supervisor.send("清理边境便道")
    worker.wait_for("清理边境便道")
    worker.photo(sample_photo("green"), caption="桥头松了")
    worker.wait_for("这是哪一类")
    worker.tap("火灾")
    worker.wait_for("在哪里")
    worker.send("村口水沟边")
    worker.wait_for("不急的点")
    town.settle()
    town.bot.stop()
    change(supervisor, "清理边境便道", "清理巡逻便道")
    change(worker, "桥头松了", "桥尾松了")
    change(worker, "村口水沟边", "村尾水沟边")
    town.bot.start()
    worker.wait_for("清理巡逻便道\n原来说的是：清理边境便道")
    assert town.count("merit", "words LIKE '清理巡逻便道 ✏️% ← 清理边境便道'") == 1
    worker.wait_for("改好了，按新的算")
    town.settle()
    worker.tap("📤")
    shown = card(supervisor, "村尾水沟边").text
    assert "桥尾松了" in shown
    assert "村口水沟边" not in shown
