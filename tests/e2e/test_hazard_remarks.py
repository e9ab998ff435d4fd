"""What is said about a hazard in between: by replying to its message, in words or by voice."""

import pytest

from bot.playground.people import sample_photo
from tests.e2e.test_hazards import assign, card, put_right, tell
from tests.e2e.town import Town


def test_words_below_its_message_stand_with_it_and_reach_whose_turn_it_is(town: Town) -> None:
    worker, supervisor, fixer = town.join("玉香"), town.join("刀建国"), town.join("岩罕")
    tell(worker)
    assign(supervisor)
    town.settle()
    before = len(fixer.received)
    supervisor.reply(card(supervisor, "岩罕负责"), "明天赶街人多，<今天>能弄好吗？")
    supervisor.wait_for("这句话记下了，已经告诉岩罕")
    asked = card(fixer, "💬 刀建国 11月23日 07:58：明天赶街人多，<今天>能弄好吗？")
    assert len(fixer.received) > before
    fixer.reply(asked, "材料中午到，下午弄")
    fixer.wait_for("这句话记下了，写在这一件里")
    # Nobody's phone rings for the answer of the one whose turn it is: it stands where they look.
    assert card(supervisor, "💬 岩罕 11月23日 07:58：材料中午到，下午弄")
    assert card(worker, "材料中午到")
    assert town.count("hazard_event", "step = 'remarked' AND from_state = to_state") == 2


@pytest.mark.one_way
def test_a_voice_note_below_its_message_can_be_played_by_all_who_see_it(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker)
    town.settle()
    worker.voice(reply_to=next(m for m in worker.received if "收到：" in m.text))
    worker.wait_for("这句话记下了，已经告诉刀建国")
    shown = card(supervisor, "💬 岩罕 11月23日 07:58：（语音）")
    supervisor.click("▶️ 听语音", shown)
    supervisor.wait_for("岩罕说的")
    supervisor.click("经过", shown)
    assert "岩罕：说了一句" in supervisor.wait_for("的经过").text


@pytest.mark.one_way
def test_a_form_that_asks_for_words_gets_them_and_a_closed_hazard_takes_none(town: Town) -> None:
    worker, supervisor, other = town.join("岩罕"), town.join("刀建国"), town.join("段平")
    tell(worker)
    assign(supervisor)
    put_right(worker, town)
    worker.wait_for("去看过，就算办结")
    town.settle()
    shown = card(supervisor, "整改好了")
    supervisor.click("退回", shown)
    supervisor.wait_for("哪里不行")
    supervisor.reply(card(supervisor), "还差一块盖板")
    supervisor.wait_for("退回去了")
    assert town.count("hazard_event", "step = 'reopened' AND words = '还差一块盖板'") == 1
    put_right(worker, town)
    worker.wait_for("去看过，就算办结")
    town.settle()
    supervisor.click("看过，到位", card(supervisor, "整改好了"))
    town.settle()
    worker.reply(card(worker, "整改到位"), "又坏了")
    worker.wait_for("拍张照片重新报就行")
    assert town.count("hazard_event", "step = 'remarked'") == 0
    assert not any("H-2026" in text for text in other.texts)


@pytest.mark.one_way
def test_a_photo_of_finished_work_by_somebody_else_stands_with_it_and_reaches_who_looks(town: Town) -> None:
    worker, supervisor, finder = town.join("岩罕"), town.join("刀建国"), town.join("玉香")
    tell(finder)
    assign(supervisor)
    town.settle()
    put_right(worker, town)
    worker.wait_for("记下了")
    town.settle()
    finder.reply(card(finder, "整改好了"), "还是松的", photo=sample_photo("red"))
    finder.wait_for("照片收下了，放在这一件里，已经告诉刀建国")
    assert "💬 玉香 11月23日 07:58：还是松的" in card(supervisor, "还是松的").text
    assert town.count("hazard_photo", "shows = 'after'") == 2
    assert town.count("hazard", "state = 'fixed'") == 1


@pytest.mark.one_way
def test_words_and_photos_below_a_closed_hazard_are_kept_and_offered_on(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker)
    assign(supervisor)
    put_right(worker, town)
    worker.wait_for("记下了")
    town.settle()
    supervisor.click("到位", card(supervisor, "整改好了"))
    town.settle()
    worker.reply(card(worker, "整改到位"), "又松了")
    worker.wait_for("拍张照片重新报就行")
    worker.wait_for("您说的「又松了」我先留着了")
    worker.voice(reply_to=card(worker, "整改到位"))
    worker.wait_for("您的语音我先留着了")
    worker.reply(card(worker, "整改到位"), "第二天又松", photo=sample_photo("red"))
    worker.wait_for("这是哪一类")
    assert town.count("said", "words = '第二天又松'") == 1


@pytest.mark.one_way
def test_of_several_voice_notes_in_one_report_none_is_lost(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.photo(sample_photo("green"))
    worker.wait_for("这是哪一类")
    worker.voice(data=b"OggS one")
    town.settle()
    worker.tap("火灾")
    worker.wait_for("在哪里")
    worker.voice(data=b"OggS two")
    town.settle()
    worker.tap("芒里卡点")
    worker.wait_for("不急的点")
    worker.voice(data=b"OggS three")
    worker.wait_for("✅ 收到")
    town.settle()
    assert town.count("hazard_event", "voice != ''") == 3
    before = len([m for m in supervisor.received if "voice" in m.data])
    supervisor.click("▶️ 听语音", card(supervisor))
    town.settle()
    assert len([m for m in supervisor.received if "voice" in m.data]) == before + 3
