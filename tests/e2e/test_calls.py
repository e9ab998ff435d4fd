"""喊话: written down, looked at, sent, answered; paused, corrected, taken back; what its sender sees."""

from datetime import timedelta

import pytest

from bot.playground.people import Message, Person
from bot.playground.world import Button
from tests.e2e.test_joining import CONTACT, invite, phone_of
from tests.e2e.town import Town


@pytest.fixture
def town_settings(request: pytest.FixtureRequest) -> dict[str, str]:
    """Few are many in a small town."""
    few = request.node.originalname == "test_so_many_want_somebody_elses_agreement"
    return {"GRIDDUTY_CALLS__AGREE_ABOVE": "4" if few else "500"}


def later(town: Town, minutes: int) -> None:
    """So much later; what is due then is done."""
    town.clock.set(town.clock.now() + timedelta(minutes=minutes, seconds=1))
    local = town.clock.now().astimezone(town.settings.work.zone)
    town.until_done("tend_calls", f"{local:%Y-%m-%dT%H:%M}")


def compose(sender: Person, kind: str, words: str, to: str) -> Message:
    """What is said, and to whom: the card with which it is let go."""
    sender.reset_taps()
    sender.send("/calls")
    sender.wait_for("要发新的")
    sender.tap(kind)
    sender.wait_for("发给我")
    sender.send(words)
    sender.wait_for("发给谁")
    sender.tap(to)
    sender.wait_for("大家会收到的样子")
    return sender.wait_for("发给 ")


def test_a_notice_is_sent_in_four_actions_and_confirmed_in_one(town: Town) -> None:
    leader, worker, other = town.join("刀建国"), town.join("岩罕"), town.join("玉香")
    card = compose(leader, "通知", "明早八点到村委会开会，带伞。", "所有人")
    assert any("明早八点到村委会开会，带伞。" in text and "[👌 收到]" in text for text in leader.texts)
    assert "发给 5 人" in card.text
    assert "其中 3 人现在收不到" in card.text
    assert not any("带伞" in text for text in worker.texts)
    leader.click("发给 5 人", card)
    # The command that opens the list is the way in; four actions compose.
    assert leader.taps == 5
    got = worker.wait_for("带伞")
    assert "通知（要点收到）" in got.text
    assert "芒里村 刀建国" in got.text
    other.wait_for("带伞")
    worker.reset_taps()
    worker.click("收到", got)
    assert worker.taps == 1
    town.settle()
    assert "您点过收到了" in got.text
    assert not got.buttons
    later(town, minutes=1)
    assert "已回 1 / 5 人，没回 1 人" in card.text
    assert "没送到 3 人" in card.text
    leader.click("没回 1", card)
    names = leader.wait_for("没回 1 人\n玉香")
    assert "岩罕" not in names.text
    leader.click("没送到 3", card)
    assert "还没加入" in leader.wait_for("没送到 3 人").text


def test_a_number_is_replied_and_added_up(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    card = compose(leader, "报个数", "今天来领种子的有几户？", "所有人")
    leader.click("发给 5 人", card)
    got = worker.wait_for("领种子")
    assert "按住这条" in got.text
    worker.reply(got, "好的")
    worker.wait_for("请回一个数字")
    worker.reply(got, "12 户")
    worker.wait_for("记下了")
    town.settle()
    assert "您的回答：12" in got.text
    later(town, minutes=1)
    assert "合计：12" in card.text


def test_a_full_choice_makes_a_line_and_who_leaves_lets_the_next_in(town: Town) -> None:
    leader, first, second = town.join("刀建国"), town.join("岩罕"), town.join("玉香")
    card = compose(leader, "动员报名", "河堤要 1 人，带雨衣。", "网格员和班组")
    assert "名额 1 人" in card.text
    leader.click("发给 3 人", card)
    mine, theirs = first.wait_for("河堤"), second.wait_for("河堤")
    first.click("我报名", mine)
    town.settle()
    second.click("我报名", theirs)
    town.settle()
    assert "您的回答：🙋 我报名" in mine.text
    assert "您排第 1 位" in theirs.text
    first.click("来不了", mine)
    second.wait_for("有名额了，轮到您")
    town.settle()
    assert "您的回答：🙋 我报名" in theirs.text
    later(town, minutes=1)
    assert "🙋 我报名：1 / 1" in card.text


def test_an_answer_that_wants_a_word_asks_for_it(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    card = compose(leader, "五无报告", "本周五无情况", "网格员和班组")
    leader.click("发给 3 人", card)
    got = worker.wait_for("本周五无情况")
    assert [each.text for each in got.buttons] == ["没有发现", "发现并帮了", "还没查"]
    worker.click("发现并帮了", got)
    worker.wait_for("说说情况")
    worker.send("桥头有人收手机卡，劝回去了")
    worker.wait_for("记下了")
    later(town, minutes=1)
    leader.click("已回 1", card)
    assert "桥头有人收手机卡，劝回去了" in leader.wait_for("已回 1 人").text


def test_a_survey_offers_what_was_numbered(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    leader.send("/calls")
    leader.wait_for("要发新的")
    leader.tap("接龙选择")
    leader.wait_for("发给我")
    leader.send("哪天开会？")
    leader.wait_for("没看到选项")
    leader.send("哪天开会？\n1. 周三晚上\n2. 周六上午")
    leader.wait_for("发给谁")
    leader.tap("所有人")
    leader.click("发给 5 人", leader.wait_for("发给 5 人"))
    got = worker.wait_for("哪天开会？")
    assert "周三晚上" not in got.text
    worker.click("周六上午", got)
    town.settle()
    assert "您的回答：周六上午" in got.text
    # Until it ends, they may choose otherwise.
    worker.click("周三晚上", got)
    town.settle()
    assert "您的回答：周三晚上" in got.text


def test_what_goes_along_goes_to_everybody(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    leader.send("/calls")
    leader.wait_for("要发新的")
    leader.tap("小喇叭")
    leader.wait_for("发给我")
    leader.photo(caption="防火公告")
    leader.wait_for("发给谁")
    leader.tap("所有人")
    leader.click("发给 5 人", leader.wait_for("发给 5 人"))
    got = worker.wait_for("防火公告")
    assert "photo" in got.data
    assert not got.buttons


def test_paused_nothing_goes_out_resumed_it_does(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    card = compose(leader, "通知", "水库放水", "所有人")
    leader.click("发给 5 人", card)
    got = worker.wait_for("水库放水")
    town.settle()
    leader.click("更多…", card)
    leader.click("先停", leader.wait_for("还可以"))
    town.settle()
    assert "停着" in card.text
    # Who has it can answer.
    worker.click("收到", got)
    town.settle()
    assert "您点过收到了" in got.text
    leader.click("接着发", card)
    town.settle()
    assert "停着" not in card.text
    assert sum("水库放水" in text for text in worker.texts) == 1


def test_a_correction_reaches_whoever_has_it_and_taking_back_too(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    card = compose(leader, "通知", "明早九点开会", "所有人")
    leader.click("发给 5 人", card)
    got = worker.wait_for("明早九点开会")
    leader.click("更多…", card)
    leader.click("改内容", leader.wait_for("还可以"))
    leader.wait_for("新的内容发给我")
    leader.send("明早十点开会")
    leader.wait_for("也会跟着改")
    town.settle()
    assert "明早十点开会" in got.text
    leader.click("更多…", card)
    leader.click("撤回", leader.wait_for("还可以"))
    town.settle()
    assert "这条撤回了" in got.text
    assert not got.buttons
    assert "已撤回" in card.text
    worker.reply(got, "收到")
    worker.wait_for("已经截止或撤回了")


def test_the_silent_are_reminded_and_not_again_at_once(town: Town) -> None:
    leader, worker, other = town.join("刀建国"), town.join("岩罕"), town.join("玉香")
    card = compose(leader, "通知", "收口罩", "网格员和班组")
    leader.click("发给 3 人", card)
    worker.click("收到", worker.wait_for("收口罩"))
    other.wait_for("收口罩")
    later(town, minutes=1)
    leader.click("提醒没回的", card)
    again = other.wait_for("还等您回一下")
    assert "收口罩" in again.text
    assert not any("还等您回一下" in text for text in worker.texts)
    leader.click("提醒没回的", card)
    leader.wait_for("刚提醒过")
    other.click("收到", again)
    later(town, minutes=1)
    assert "已回 2 / 3 人，没回 0 人" in card.text


def test_nobody_is_called_outside_the_own_area(town: Town) -> None:
    leader, outsider = town.join("刀建国"), town.join("段平")
    card = compose(outsider, "通知", "遮放的通知", "所有人")
    outsider.click("发给 1 人", card)
    town.settle()
    number = town.count("call")
    for verb in ("show", "go", "pause", "cancel", "nudge", "more", "text", "agree", "correct", "again"):
        leader.press(leader.last, Button("x", f"call:{verb}:{number}"))
    leader.press(leader.last, Button("x", f"call:who:{number}:silent:0"))
    leader.press(leader.last, Button("x", f"call:do:{number}:seen"))
    town.settle()
    assert not any("遮放的通知" in text or "王芳" in text for text in leader.texts)
    assert town.count("call", "state = 'open'") == 1
    leader.send("/calls")
    leader.wait_for("要发新的")
    leader.tap("通知")
    leader.wait_for("发给我")
    leader.send("给遮放的")
    leader.wait_for("发给谁")
    leader.send("遮放镇")
    leader.wait_for("对不上")
    leader.send("王芳")
    leader.wait_for("对不上：王芳")
    leader.send("岩罕、玉香")
    assert "发给 2 人" in leader.wait_for("发给 2 人").text


def test_so_many_want_somebody_elses_agreement(town: Town) -> None:
    leader, above, worker = town.join("刀建国"), town.join("方志强"), town.join("岩罕")
    card = compose(leader, "通知", "全村大会", "所有人")
    assert "再请一位负责人同意" in card.text
    leader.click("发给 5 人", card)
    asked = above.wait_for("刀建国 想发一条")
    town.settle()
    assert "等另一位负责人同意" in card.text
    assert not any("全村大会" in text for text in worker.texts)
    above.click("同意发", asked)
    worker.wait_for("全村大会")
    town.settle()
    assert "已同意" in asked.text
    assert not asked.buttons


def test_whoever_joins_later_gets_what_is_open(town: Town) -> None:
    leader = town.join("刀建国")
    card = compose(leader, "通知", "换新袖章", "网格员和班组")
    leader.click("发给 3 人", card)
    town.settle()
    assert "没送到 3 人" in card.text
    worker = phone_of(town, "小岩", "+86 138 0000 0001")
    worker.start(invite(town, "岩罕"))
    worker.wait_for("只差一步")
    worker.tap(CONTACT)
    worker.wait_for("欢迎您")
    later(town, minutes=1)
    worker.click("收到", worker.wait_for("换新袖章"))
    later(town, minutes=1)
    assert "已回 1 / 3 人" in card.text
    assert "没送到 2 人" in card.text


def test_whoever_lets_the_bot_write_again_gets_what_is_open(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    worker.block()
    town.settle()
    card = compose(leader, "通知", "换新袖章", "网格员和班组")
    leader.click("发给 3 人", card)
    later(town, minutes=1)
    leader.click("没送到 3", card)
    assert "停用了机器人" in leader.wait_for("没送到 3 人").text
    worker.unblock()
    worker.start()
    later(town, minutes=1)
    worker.wait_for("换新袖章")


def test_a_list_with_telephone_numbers(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    card = compose(leader, "通知", "=1+1 开会", "网格员和班组")
    leader.click("发给 3 人", card)
    worker.click("收到", worker.wait_for("开会"))
    town.settle()
    leader.click("更多…", card)
    leader.click("名单表格", leader.wait_for("还可以"))
    sheet = leader.wait_for("名单 3 人")
    assert sheet.data["document"]["file_name"].endswith(".xlsx")
    leader.click("更多…", card)
    leader.click("转成文字", leader.wait_for("还可以"))
    told = leader.wait_for("【通知（要点收到）】")
    assert "没送到：排勒、玉香" in told.text


def test_a_planned_call_goes_at_its_time(town: Town) -> None:
    leader, worker = town.join("刀建国"), town.join("岩罕")
    card = compose(leader, "小喇叭", "今晚放电影", "所有人")
    leader.click("今晚 19:00", card)
    town.settle()
    assert "19:00 发出" in card.text
    assert not any("放电影" in text for text in worker.texts)
    later(town, minutes=11 * 60 + 2)
    worker.wait_for("今晚放电影")
