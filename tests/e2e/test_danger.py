"""Somebody is in danger: whom to phone is said first, and one key calls who is on duty and the supervisor."""

import pytest

from tests.e2e.test_edits import wrote
from tests.e2e.test_missing import at
from tests.e2e.town import Town


@pytest.mark.both_databases
def test_one_key_calls_who_is_on_duty_and_the_supervisor_through_quiet_hours(town: Town) -> None:
    town.clock.set(at("23:30"))
    caller, mate, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    far = town.join("王芳")
    for person in (mate, far):
        person.location(24.4, 98.55)
        person.wait_for("已上岗")
    caller.reset_taps()
    caller.send("救命，阿公掉进水沟了")
    first = caller.wait_for("先打电话")
    assert "急救 120 · 火警 119 · 报警 110" in first.text
    # The words are kept besides.
    assert caller.wait_for("您说的「救命，阿公掉进水沟了」我先留着了").seq > first.seq
    caller.click("现在就叫人", first)
    assert caller.taps == 2
    told = caller.wait_for("已经叫了").text
    assert "玉香" in told
    assert "刀建国" in told
    for called in (mate, supervisor):
        shown = called.wait_for("岩罕 求助").text
        assert "「救命，阿公掉进水沟了」" in shown
        assert "📞 +86138" in shown
    assert not any("求助" in text for text in far.texts)
    caller.click("现在就叫人", first)
    town.settle()
    assert town.count("appeal") == 1
    mate.tap("🙋 我来管")
    taken = caller.wait_for("玉香 来管了").text
    assert "他的电话：+86" in taken
    # The others see who, and are asked no more.
    last = supervisor.wait_for("玉香 23:30 接了")
    assert not any("我来管" in button.text for button in last.buttons)
    supervisor.click("回一句", last)
    supervisor.wait_for("回什么话")
    supervisor.send("120 已经在路上")
    supervisor.wait_for("回给 岩罕 了")
    caller.wait_for("刀建国 回您：120 已经在路上")


@pytest.mark.one_way
def test_danger_in_a_form_in_a_caption_and_before_a_refusal_is_answered_too(town: Town) -> None:
    worker, head, stranger = town.join("岩罕"), town.join("咩巴"), town.stranger()
    worker.send("/feedback")
    worker.wait_for("哪里不顺手")
    worker.send("桥头出事了")
    worker.wait_for("先打电话")
    town.settle()
    assert town.count("feedback", "words = '桥头出事了'") == 1
    worker.photo(caption="墙塌了")
    worker.wait_for("先打电话")
    worker.wait_for("这是哪一类")
    head.send("有一户老人摔了")
    head.wait_for("先打电话")
    offered = [button.text for button in head.wait_for("我先留着了").buttons]
    assert "🏠 联户里哪户有事" in offered
    stranger.send("救命")
    assert not stranger.wait_for("先打电话").buttons


@pytest.mark.one_way
def test_a_voice_note_called_with_can_be_played(town: Town) -> None:
    caller, supervisor = town.join("岩罕"), town.join("刀建国")
    caller.send("救命")
    caller.wait_for("先打电话")
    caller.tap("现在就叫人")
    caller.wait_for("已经叫了刀建国")
    caller.voice()
    caller.wait_for("您的语音我先留着了")
    caller.tap("💬 告诉负责人")
    card = supervisor.wait_for("有话跟您说")
    supervisor.click("🎤 听", card)
    assert supervisor.wait_for("岩罕 说的").data["voice"]["file_id"]
    assert town.count("appeal") == 2


@pytest.mark.one_way
def test_words_that_were_passed_on_call_too_and_are_marked(town: Town) -> None:
    caller, other, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    other.send("村里着火了")
    caller.forward(wrote(other, "村里着火了"))
    caller.click("现在就叫人", caller.wait_for("先打电话"))
    shown = supervisor.wait_for("岩罕 求助").text
    assert "「↪️ 村里着火了」" in shown
    assert "这是转发来的话" in shown
    other.click("现在就叫人", other.wait_for("先打电话"))
    assert "转发" not in supervisor.wait_for("玉香 求助").text
