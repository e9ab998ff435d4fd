"""诉求 from every side: taken down with four taps, given to somebody, done, the resident asked."""

from datetime import timedelta

import pytest

from bot.playground.people import Message, Person
from tests.e2e.test_households import asked
from tests.e2e.town import Town, living


def begin(worker: Person, kind: str = "水电路网") -> None:
    """From the word to the last question."""
    worker.reset_taps()
    worker.send("诉求")
    worker.wait_for("群众的诉求是哪一类")
    worker.tap(kind)
    worker.wait_for("是什么事")
    worker.send("三号水池没有水")
    worker.wait_for("这件事怎么办的？")


def register(worker: Person, kind: str = "水电路网", mode: str = "限时办") -> Message:
    """Take a request down; the answer."""
    begin(worker, kind)
    worker.tap(mode)
    return worker.wait_for("登记好了")


def card(person: Person, text: str = "R-2026-000001") -> Message:
    """The living message of the request, once it says this."""
    return living(person, text)


def assign(supervisor: Person, to: str = "岩罕") -> None:
    """Give it to somebody."""
    supervisor.click("派人去办", card(supervisor))
    supervisor.wait_for("派给谁？点一个")
    supervisor.tap(to)
    supervisor.wait_for("派给")


def finish(doer: Person, town: Town) -> None:
    """Say that it is done, without a word more: two taps."""
    town.settle()
    doer.reset_taps()
    doer.click("✅ 办好了", card(doer))
    doer.wait_for("怎么办的")
    doer.tap("没别的，办好了")
    doer.wait_for("记下了，辛苦了")
    town.settle()


@pytest.mark.every_way
def test_from_the_word_to_the_end_with_everything_on_the_way(town: Town) -> None:
    worker, supervisor, doer = town.join("咩巴"), town.join("刀建国"), town.join("岩罕")
    answer = register(worker)
    assert worker.taps == 4
    # Five working days on: a weekend lies between.
    assert "🚰 水电路网 R-2026-000001\n期限 11月30日 18:00" in answer.text
    assert "已经告诉刀建国" in answer.text
    assert "「三号水池没有水」" in card(supervisor).text
    assign(supervisor)
    assert "👷 岩罕负责 · 期限 11月30日 18:00" in card(worker, "岩罕负责").text

    doer.click("✋ 有困难", card(doer, "岩罕负责"))
    doer.wait_for("难在哪里")
    doer.tap("材料不齐")
    doer.wait_for("多给几天")
    doer.tap("再要 3 个工作日")
    doer.wait_for("延期的事报上去了")
    wish = card(supervisor, "岩罕想延到 12月3日 18:00")
    assert "✋ 有困难：材料不齐" in wish.text
    supervisor.click("同意延期", wish)
    card(doer, "期限 12月3日 18:00")

    finish(doer, town)
    assert doer.taps == 2
    worker.click("✋ 没解决", card(worker, "请您问问群众"))
    worker.wait_for("群众说还差什么")
    worker.send("只来了半天水")
    worker.wait_for("重新办")
    assert "↩️ 群众说没解决：只来了半天水" in card(doer, "没解决").text
    assert "群众说没解决，重新办过 1 次" in card(doer, "没解决").text

    finish(doer, town)
    worker.reset_taps()
    worker.click("😊 解决了", card(worker, "请您问问群众"))
    for person in (worker, doer, supervisor):
        closed = card(person, "咩巴问过群众：解决了（岩罕办的")
        assert [button.text for button in closed.buttons] == ["📜 办理经过"], str(person)
    assert worker.taps == 1
    steps = ["registered", "assigned", "stuck", "wished", "granted", "done", "not", "solved"]
    told = [town.count("resident_request_event", f"step = '{step}'") for step in steps]
    assert told == [1, 1, 1, 1, 1, 2, 1, 1]
    assert town.count("resident_request", "state = 'closed' AND repeats = 1 AND answer = 'solved'") == 1


@pytest.mark.one_way
def test_what_is_answered_on_the_spot_is_closed_in_one_go(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.reset_taps()
    worker.tap("📝 群众诉求")
    worker.wait_for("群众的诉求是哪一类")
    worker.tap("政策咨询")
    worker.wait_for("是什么事")
    worker.voice()
    worker.wait_for("这件事怎么办的？")
    worker.tap("当场就办好了")
    answer = worker.wait_for("当场办结：📖 政策咨询 R-2026-000001")
    assert worker.taps == 4
    town.settle()
    assert not any("R-2026" in text for text in supervisor.texts)
    assert town.count("resident_request", "state = 'closed' AND mode = 'spot'") == 1
    supervisor.send("R1")
    supervisor.click("▶️ 听语音", card(supervisor, "当场办结了"))
    supervisor.wait_for("R-2026-000001：岩罕说的")
    worker.click("撤回", answer)
    worker.wait_for("撤回了，R-2026-000001 不算")
    assert town.count("resident_request", "state = 'withdrawn'") == 1


@pytest.mark.one_way
def test_a_mistake_is_taken_back_within_the_minute_and_not_later(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    answer = register(worker)
    card(supervisor)
    worker.click("撤回", answer)
    worker.wait_for("撤回了，R-2026-000001 不算")
    card(supervisor, "登记的人撤回了")
    answer = register(worker)
    town.clock.move(timedelta(seconds=61))
    worker.click("撤回", answer)
    worker.wait_for("撤不回来了")


@pytest.mark.one_way
def test_several_units_see_to_it_together_one_of_them_responsible(town: Town) -> None:
    worker, dispatcher, village = town.join("岩罕"), town.join("赵敏"), town.join("刀建国")
    register(worker, "邻里纠纷", "要几个部门一起办")
    dispatcher.click("派人去办", card(dispatcher, "联动办理"))
    dispatcher.wait_for("派给谁？点一个")
    dispatcher.tap("🏢 芒里村")
    dispatcher.wait_for("派给芒里村了")
    dispatcher.click("加人一起办", card(dispatcher, "芒里村负责"))
    dispatcher.wait_for("派给谁？点一个")
    dispatcher.tap("🏢 那目村")
    dispatcher.wait_for("请那目村一起办了")
    card(village, "👷 芒里村负责，那目村一起办")
    assert town.count("resident_request_assignee", "responsible AND released_at IS NULL") == 1


@pytest.mark.one_way
def test_a_contact_is_masked_looked_at_over_the_chat_and_erased(town: Town) -> None:
    worker, supervisor, neighbour = town.join("岩罕"), town.join("刀建国"), town.join("玉香")
    worker.click("留联系方式", register(worker))
    worker.wait_for("怎么联系他")
    worker.send("李大妈 13800138000")
    worker.wait_for("是第几户")
    worker.send("3")
    worker.wait_for("平时只露头尾")
    shown = card(supervisor, "第 3 户")
    assert "☎️ 李* 138****00" in shown.text
    supervisor.click("☎️ 联系方式", shown)
    supervisor.wait_toast("☎️ 李大妈 13800138000")
    town.settle()
    assert not any("13800138000" in text for text in [*supervisor.texts, *worker.texts])
    assert town.count("outbox", "facts LIKE '%13800138000%'") == 0
    assert town.count("card", "facts LIKE '%13800138000%'") == 0
    assert town.count("audit", "action = 'request.contact'") == 1
    neighbour.phone.click(neighbour.received[-1], "rq:who:1")
    town.settle()
    assert not any("13800138000" in toast for toast in neighbour.toasts)


@pytest.mark.one_way
def test_a_head_registers_what_a_household_asks_for(town: Town) -> None:
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    asked(town, head)
    head.click("哪户有事")
    head.click("5", head.wait_for("哪户有事？"))
    head.click("有诉求", head.wait_for("第 5 户有什么事"))
    head.wait_for("第 5 户的诉求是哪一类")
    head.tap("看病医保")
    head.wait_for("是什么事")
    head.send("新农合没办上")
    head.wait_for("这件事怎么办的？")
    head.tap("限时办")
    head.wait_for("R-2026-000001")
    town.settle()
    assert town.count("household_mark", "request = 'R-2026-000001'") == 1
    assert town.count("resident_request", "household = 5") == 1
    # The village hears once: of the request.
    town.clock.move(timedelta(minutes=11))
    town.settle()
    assert not any("第 5 户有诉求" in text for text in supervisor.texts)


@pytest.mark.one_way
def test_what_a_head_does_not_say_is_told_all_the_same(town: Town) -> None:
    head, supervisor = town.join("咩巴"), town.join("刀建国")
    asked(town, head)
    head.click("哪户有事")
    head.click("5", head.wait_for("哪户有事？"))
    head.click("有诉求", head.wait_for("第 5 户有什么事"))
    head.wait_for("第 5 户的诉求是哪一类")
    town.settle()
    assert not any("第 5 户有诉求" in text for text in supervisor.texts)
    town.clock.move(timedelta(minutes=11))
    supervisor.wait_for("第 5 户有诉求")
    head.tap("看病医保")
    head.wait_for("是什么事")
    head.send("新农合没办上")
    head.wait_for("这件事怎么办的？")
    head.tap("限时办")
    supervisor.wait_for("已经登记成诉求 R-2026-000001")


@pytest.mark.one_way
def test_past_its_time_who_has_it_hears_then_those_above(town: Town) -> None:
    worker, supervisor, doer = town.join("咩巴"), town.join("刀建国"), town.join("岩罕")
    township = town.join("方志强")
    register(worker)
    assign(supervisor)
    # A day before, then when it is over; due on 30 November, 18:00.
    town.clock.move(timedelta(days=6, hours=10, minutes=5))
    doer.wait_for("有诉求快到期了")
    town.clock.move(timedelta(days=1))
    card(doer, "⏰ 已过期限 11月30日 18:00")
    town.clock.move(timedelta(minutes=1))
    doer.wait_for("您这边有诉求等着")
    town.clock.move(timedelta(days=1))
    supervisor.wait_for("请您问一问")
    town.clock.move(timedelta(days=2))
    told = township.wait_for("岩罕负责，已过期限 11月30日 18:00")
    township.send("/requests")
    board = township.wait_for("没办结的诉求")
    assert "📋 没办结的诉求：1 件" in board.text
    township.click("超期的诉求", board)
    assert "，岩罕" in township.wait_for("📋 超期的诉求：1 件").text
    finish(doer, town)
    assert "✅ 🚰 R-2026-000001 水电路网" in told.text


@pytest.mark.one_way
def test_lists_turn_their_pages_and_reach_no_further_than_the_area(town: Town) -> None:
    worker, supervisor, elsewhere = town.join("岩罕"), town.join("刀建国"), town.join("段平")
    for _ in range(9):
        register(worker)
    supervisor.send("/requests")
    page = supervisor.wait_for("这里是第 1–8 件")
    supervisor.click("下一页", page)
    supervisor.wait_for("这里是第 9–9 件")
    supervisor.click("看下一级", page)
    assert "芒里第一网格：9 件" in supervisor.wait_for("🏘 您这一片，没办结的诉求").text
    elsewhere.send("/requests")
    elsewhere.wait_for("现在没有等着办的诉求")
    elsewhere.send("/r 1")
    elsewhere.wait_for("没找到这一件")
    supervisor.send("/r")
    supervisor.wait_for("要您办的、要您问群众的，有 9 件")
    worker.send("/r 3")
    card(worker, "R-2026-000003")


@pytest.mark.one_way
def test_the_morning_the_summary_the_ledger_and_mydata_tell_of_it(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    register(worker)
    card(supervisor)
    town.clock.move(timedelta(days=1, minutes=3))
    assert "📝 诉求（/r）" in supervisor.wait_for("件事等您").text
    assert not any("件事等您" in text for text in worker.texts)
    town.clock.move(timedelta(days=7))
    town.settle()
    supervisor.send("/summary")
    summary = supervisor.wait_for("12月1日周二")
    assert "没办结的诉求 1 件，超期 1 件" in summary.text
    supervisor.click("更多", summary)
    town.settle()
    supervisor.click("📝 诉求", summary)
    supervisor.wait_for("诉求（截至")
    supervisor.click("诉求超期 1", summary)
    supervisor.wait_for("超期的诉求：1 件")
    worker.send("/ledger")
    worker.click("按年", worker.wait_for("一本账"))
    worker.wait_for("登记诉求 1 件")
    worker.send("/mydata")
    worker.click("全部细节", worker.wait_for("这里记着您的"))
    worker.wait_for("诉求：登记过 1 件")


@pytest.mark.one_way
def test_who_takes_no_requests_down_is_told_whom_to_tell(town: Town) -> None:
    member = town.join("早么")
    member.send("/request")
    member.wait_for("这里您登记不了诉求")


@pytest.mark.one_way
def test_who_is_to_ask_hears_in_the_morning_and_an_old_button_decides_nothing(town: Town) -> None:
    head, supervisor, doer = town.join("咩巴"), town.join("刀建国"), town.join("岩罕")
    register(head)
    assign(supervisor)
    finish(doer, town)
    asked_about = card(head, "请您问问群众")
    town.clock.move(timedelta(days=1, minutes=3))
    assert "👂 诉求办好了，等问群众" in head.wait_for("件事等您").text
    head.click("✋ 没解决", asked_about)
    head.wait_for("群众说还差什么")
    head.tap("没细说")
    head.wait_for("重新办")
    finish(doer, town)
    head.phone.click(head.received[-1], "rq:solved:1:3")
    head.wait_for("这一件刚变过")
    assert town.count("resident_request", "state = 'done'") == 1
