"""隐患 from every side: told with four taps, put right, looked at by somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.playground.people import Message, Person, sample_photo
from models import Photo
from tests.e2e.town import Town, living

HERE = (24.4001, 98.5501)


def begin(
    worker: Person, kind: str = "火灾", place: tuple[float, float] | None = HERE, asked: str = "急的点"
) -> Message:
    """A photo, its kind, its place; the last question."""
    worker.reset_taps()
    worker.photo(sample_photo("green"))
    worker.wait_for("这是哪一类")
    worker.tap(kind)
    worker.wait_for("在哪里")
    if place:
        worker.location(*place)
    else:
        worker.send("村口水沟边")
    return worker.wait_for(asked)


def tell(worker: Person, kind: str = "火灾", place: tuple[float, float] | None = HERE) -> Message:
    """Tell of a hazard; the answer."""
    begin(worker, kind, place)
    worker.tap("📤")
    return worker.wait_for("收到：")


def card(person: Person, text: str = "H-2026-000001") -> Message:
    """The living message of the hazard, once it says this."""
    return living(person, text)


def assign(supervisor: Person, to: str = "岩罕") -> None:
    """Give it to somebody."""
    supervisor.click("派人去办", card(supervisor))
    supervisor.wait_for("派给谁？点一个")
    supervisor.tap(to)
    supervisor.wait_for("派给")


def put_right(fixer: Person, town: Town, outcome: str = "✅ 整改好了") -> None:
    """Reply to its message with a photo, and say what came of it."""
    town.settle()
    fixer.reset_taps()
    fixer.reply(card(fixer), photo=sample_photo("blue"))
    fixer.wait_for("整改得怎么样")
    fixer.tap(outcome)


@pytest.mark.every_way
def test_four_taps_from_the_photo_to_the_village(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    answer = tell(worker)
    assert worker.taps == 4
    assert "🔥 火灾隐患 H-2026-000001\n期限 明天 18:00" in answer.text
    assert "已经告诉刀建国" in answer.text
    shown = card(supervisor)
    assert "📍 芒里第一网格" in shown.text
    assert "photo" in shown.data
    assert town.count("hazard", "state = 'reported' AND severity = 'serious' AND latitude IS NOT NULL") == 1
    assert town.count("photo", "used_for = 'hazard:1'") == 1
    assert town.count("hazard_event", "step = 'reported'") == 1


def test_from_the_report_to_the_end_with_everything_on_the_way(town: Town) -> None:
    worker, supervisor, above = town.join("玉香"), town.join("刀建国"), town.join("方志强")
    fixer = town.join("岩罕")
    tell(worker, "道路")
    assign(supervisor)
    assert "👷 岩罕负责" in card(worker, "岩罕负责").text

    put_right(fixer, town, "◐ 弄好一部分")
    fixer.wait_for("卡在哪里")
    fixer.tap("缺材料")
    fixer.wait_for("多给几天")
    fixer.tap("再要 3 个工作日")
    fixer.wait_for("延期的事报上去了")
    wish = card(supervisor, "岩罕想延到 12月7日 18:00")
    assert "◐ 弄好一部分：缺材料、缺人手" in wish.text
    supervisor.click("同意延期", wish)
    town.settle()
    assert "想延到" not in card(fixer).text
    assert town.count("hazard_event", "step = 'granted'") == 1

    put_right(fixer, town)
    fixer.wait_for("刀建国去看过，就算办结")
    assert fixer.taps == 2
    town.settle()
    supervisor.click("退回", card(supervisor))
    supervisor.wait_for("哪里不行")
    supervisor.tap("只弄好一部分")
    supervisor.wait_for("退回去了")
    town.settle()
    assert "↩️ 退回：只弄好一部分" in card(fixer).text

    put_right(fixer, town)
    town.settle()
    supervisor.click("看过，到位", card(supervisor))
    town.settle()
    for person in (worker, fixer, supervisor):
        closed = card(person)
        assert "刀建国复核：整改到位（岩罕整改" in closed.text, str(person)
        assert not [b for row in closed.buttons for b in [row] if "整改" in b.text]
    assert above.texts[-1].startswith("方志强，您好")
    steps = ["reported", "assigned", "partly", "wished", "granted", "fixed", "reopened", "fixed", "closed"]
    assert [town.count("hazard_event", f"step = '{step}'") for step in steps] == [1, 1, 1, 1, 1, 2, 1, 2, 1]
    assert town.count("hazard", "state = 'closed' AND reopened = 1 AND verified_by IS NOT NULL") == 1
    # One living message each: what stands above has no buttons and says where to look.
    for person in (worker, fixer, supervisor):
        living = [m for m in person.received if any("经过" in b.text for b in m.buttons)]
        assert len(living) == 1, str(person)


@pytest.mark.one_way
def test_what_is_put_right_on_the_spot_is_still_looked_at(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    begin(worker)
    worker.tap("当场整改好")
    worker.wait_for("请发一张整改好的照片")
    worker.photo(sample_photo("blue"))
    worker.wait_for("刀建国去看过，就算办结")
    assert town.count("hazard", f"state = 'fixed' AND fixed_by = {town.id('岩罕')}") == 1
    asked = card(supervisor, "岩罕 11月23日 07:58 整改好了")
    assert "photo" in asked.data
    supervisor.click("看过，到位", asked)
    card(supervisor, "刀建国复核：整改到位")
    assert town.count("hazard_photo", "shows = 'after'") == 1


@pytest.mark.one_way
def test_an_album_its_late_parts_and_a_part_after_sending_all_join(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.reset_taps()
    worker.album([sample_photo("green"), sample_photo("red")])
    worker.wait_for("这是哪一类")
    town.settle()
    with town.db.read() as session:
        mark = str(session.execute(select(col(Photo.album))).scalars().first())
    worker.tap("火灾")
    worker.wait_for("在哪里")
    worker.photo(sample_photo("blue"), album=mark)
    town.settle()
    worker.tap("芒里卡点")
    assert "照片 3 张" in worker.wait_for("点「📤 发出」").text
    worker.tap("📤")
    worker.wait_for("收到：")
    worker.photo(sample_photo("black"), album=mark)
    town.settle()
    assert town.count("hazard") == 1
    assert town.count("hazard_photo", "shows = 'before'") == 4
    assert "收到：" in worker.texts[-1]
    supervisor.click("🖼 照片", card(supervisor))
    town.settle()
    assert sum("整改前" in text for text in supervisor.texts) == 4


@pytest.mark.one_way
def test_the_same_again_goes_to_the_one_that_is_there(town: Town) -> None:
    first, second, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    tell(first)
    near = begin(second, place=(24.4003, 98.5502), asked="是同一处吗")
    assert "H-2026-000001，是同一处吗" in near.text
    second.tap("是 H-2026-000001")
    second.wait_for("并到 H-2026-000001")
    assert second.taps == 4
    assert town.count("hazard") == 1
    assert town.count("hazard_photo") == 2
    # Another kind, or another place, is another one.
    tell(second, kind="道路", place=(24.4003, 98.5502))
    tell(second, place=(24.4103, 98.5502))
    assert town.count("hazard") == 3
    assert card(supervisor, "H-2026-000003")


@pytest.mark.one_way
def test_a_mistake_is_taken_back_within_the_minute_and_not_later(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    answer = tell(worker)
    card(supervisor)
    worker.click("撤回", answer)
    worker.wait_for("撤回了，H-2026-000001 不算")
    withdrawn = card(supervisor, "报的人撤回了")
    assert [button.text for button in withdrawn.buttons if "经过" not in button.text] == ["🗺 地图"]
    answer = tell(worker)
    town.clock.move(timedelta(seconds=61))
    worker.click("撤回", answer)
    worker.wait_for("撤不回来了")
    assert town.count("hazard", "state = 'reported'") == 1


@pytest.mark.one_way
def test_it_is_found_by_its_number_by_those_it_is_in_reach_of(town: Town) -> None:
    worker, supervisor, elsewhere = town.join("岩罕"), town.join("刀建国"), town.join("段平")
    tell(worker, place=None)
    for person in (worker, supervisor):
        person.send("/h 1")
        person.wait_for("村口水沟边")
        person.send("H-2026-000001")
        person.wait_for("村口水沟边")
    elsewhere.send("/h 1")
    elsewhere.wait_for("没找到这一件")
    supervisor.send("/h")
    waiting = supervisor.wait_for("要您办的、要您复核的，有 1 件")
    supervisor.click("🔥 1", waiting)
    card(supervisor)
    elsewhere.send("/h")
    elsewhere.wait_for("没有要您办的隐患")


@pytest.mark.one_way
def test_who_has_nothing_to_report_is_told_whom_to_tell(town: Town) -> None:
    member, head = town.join("早么"), town.join("咩巴")
    member.photo(sample_photo("green"))
    assert "我帮您告诉负责人" in member.wait_for("报不了隐患").text
    tell(head)
    assert town.count("hazard", f"reported_by = {town.id('咩巴')}") == 1


@pytest.mark.one_way
def test_at_night_the_urgent_goes_through_and_the_rest_waits(town: Town) -> None:
    worker, supervisor, township = town.join("岩罕"), town.join("刀建国"), town.join("方志强")
    town.clock.move(timedelta(hours=15))
    answer = tell(worker)
    assert "明天 06:00 才告诉" in answer.text
    town.settle()
    assert not any("H-2026" in text for text in supervisor.texts)
    begin(worker, place=(24.42, 98.57))
    worker.tap("很急")
    urgent = worker.wait_for("H-2026-000002")
    assert "夜里也会响" in urgent.text
    assert "才告诉" not in urgent.text
    assert card(supervisor, "🚨").text.startswith("🚨 🔥 H-2026-000002 火灾隐患 · 紧急")
    assert card(township, "🚨")


@pytest.mark.one_way
def test_a_dispatcher_names_several_units_one_of_them_responsible(town: Town) -> None:
    worker, dispatcher = town.join("岩罕"), town.join("赵敏")
    village = town.join("刀建国")
    tell(worker, "滑坡")
    dispatcher.click("派人去办", card(dispatcher))
    dispatcher.wait_for("派给谁？点一个")
    dispatcher.tap("🏢 芒里村")
    dispatcher.wait_for("派给芒里村了")
    dispatcher.click("加人一起办", card(dispatcher, "芒里村负责"))
    dispatcher.wait_for("派给谁？点一个")
    dispatcher.tap("🏢 那目村")
    dispatcher.wait_for("请那目村一起办了")
    card(dispatcher, "👷 芒里村负责，那目村一起办")
    assert card(village, "那目村一起办")
    assert town.count("hazard_assignee", "responsible AND released_at IS NULL") == 1
    assert town.count("hazard_assignee", "NOT responsible AND released_at IS NULL") == 1


@pytest.mark.one_way
def test_past_its_time_who_has_it_hears_then_those_above(town: Town) -> None:
    worker, supervisor, township = town.join("玉香"), town.join("刀建国"), town.join("方志强")
    fixer = town.join("岩罕")
    tell(worker, "道路")
    assign(supervisor)
    # A day before, then when it is over.
    town.clock.move(timedelta(days=8, hours=10, minutes=5))
    fixer.wait_for("快到期了")
    town.clock.move(timedelta(days=1))
    card(fixer, "⏰ 已过期限 12月2日 18:00")
    town.clock.move(timedelta(minutes=1))
    fixer.wait_for("您这边有隐患过了期限")
    town.clock.move(timedelta(days=1))
    supervisor.wait_for("请您问一问")
    town.clock.move(timedelta(days=4))
    told = township.wait_for("岩罕负责，已过期限 12月2日 18:00")
    put_right(fixer, town)
    fixer.wait_for("去看过，就算办结")
    town.settle()
    assert "✅ 🚧 H-2026-000001 道路损坏堵路" in told.text


@pytest.mark.one_way
def test_cannot_goes_back_to_who_names_others(town: Town) -> None:
    worker, supervisor, fixer = town.join("玉香"), town.join("刀建国"), town.join("岩罕")
    tell(worker)
    assign(supervisor)
    put_right(fixer, town, "✋ 办不了")
    fixer.wait_for("卡在哪里")
    fixer.voice()
    fixer.wait_for("多给几天")
    fixer.tap("不用")
    fixer.wait_for("记下了")
    shown = card(supervisor, "✋ 办不了：（语音）")
    supervisor.click("▶️ 听语音", shown)
    supervisor.wait_for("岩罕说的")
    supervisor.click("📜 办理经过", shown)
    history = supervisor.wait_for("的经过")
    assert "玉香：报上来" in history.text
    assert "刀建国：派给岩罕" in history.text
    assert "岩罕：报办不了" in history.text


@pytest.mark.one_way
def test_a_photo_in_the_middle_of_another_form_still_tells_of_a_hazard(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("/feedback")
    worker.wait_for("哪里不顺手")
    tell(worker)
    worker.wait_for("「意见」还没填完")
    assert town.count("hazard") == 1


@pytest.mark.one_way
def test_words_and_a_voice_note_go_along(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    begin(worker)
    worker.send("电线掉下来了，离路边 <两米>")
    worker.wait_for("收到：")
    assert worker.taps == 4
    assert "「电线掉下来了，离路边 <两米>」" in card(supervisor).text
    begin(worker, "道路")
    worker.voice()
    worker.wait_for("收到：")
    supervisor.click("▶️ 听语音", card(supervisor, "H-2026-000002"))
    supervisor.wait_for("H-2026-000002：岩罕说的")


@pytest.mark.one_way
def test_without_a_photo_it_takes_four_taps_too(town: Town) -> None:
    worker = town.join("岩罕")
    worker.reset_taps()
    worker.send("/hazard")
    worker.wait_for("照片随时可以接着发")
    worker.tap("道路")
    worker.wait_for("在哪里")
    worker.tap("芒里卡点")
    assert "还没有照片" in worker.wait_for("急的点").text
    worker.tap("📤")
    worker.wait_for("收到：")
    assert worker.taps == 4
    assert town.count("hazard", "post_id IS NOT NULL AND latitude IS NOT NULL") == 1
