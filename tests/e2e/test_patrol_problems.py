"""Patrols: what is not in order, words and voices on the way, and who sees the report."""

from datetime import timedelta

import pytest

from bot.playground.sharing import sample_photo
from tests.e2e.town import Town
from tests.e2e.walks import PLACES, STOPS, lay_down, on_watch, set_out


@pytest.fixture
def town_settings() -> dict[str, str]:
    """No map is drawn: it takes a while."""
    return {"GRIDDUTY_PRIVACY__COORDINATES_IN_CHAT": "false"}


def test_what_is_not_in_order_becomes_a_hazard_with_its_place(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.tap("📍 我到了", location=PLACES[1])
    worker.wait_for("到了：大榕树")
    worker.tap("⚠️ 有问题")
    worker.click("照明灯", worker.wait_for("哪里有问题"))
    worker.wait_for("照明灯，记下了")
    worker.photo()
    worker.wait_for("记在「照明灯」下面了")
    worker.send("第三根杆子不亮")
    worker.wait_for("记在「照明灯」下面了")
    worker.voice(data=b"OggS one")
    worker.wait_for("记在「照明灯」下面了")
    worker.voice(data=b"OggS two")
    worker.wait_for("记在「照明灯」下面了")
    worker.tap("🏁 巡完了")
    worker.click("✅ 其余都正常，交了", worker.wait_for("有问题：照明灯"))
    told = worker.wait_for("巡逻 · 界河一段").text
    assert "⚠️ 照明灯 第三根杆子不亮 🎤📷 H-2026-000001" in told
    assert "没到：界碑、涵洞口" in told
    place = f"latitude = {STOPS[1][2]} AND longitude = {STOPS[1][3]} AND checkpoint_id IS NOT NULL"
    said = "words = '照明灯：第三根杆子不亮' AND voice != '' AND place = '界河一段'"
    assert town.count("hazard", f"patrol_id IS NOT NULL AND {place} AND {said}") == 1
    assert town.count("hazard_photo") == 1
    assert town.count("hazard_event", "voice != ''") == 2
    assert town.count("patrol_answer", "hazard_id IS NOT NULL") == 1


@pytest.mark.one_way
def test_a_photo_of_a_problem_goes_to_the_item_that_is_chosen(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.photo()
    worker.click("拍的是问题", worker.wait_for("这是哪个必到点"))
    worker.click("围栏铁丝网", worker.wait_for("哪里有问题"))
    worker.wait_for("照片和话都收到了")
    assert town.count("patrol_answer", "item = 'fences' AND CAST(photos AS TEXT) != '[]'") == 1
    assert town.count("patrol_mark") == 0


@pytest.mark.one_way
def test_an_album_is_asked_about_once(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.album([sample_photo(), sample_photo()], caption="两张都是榕树")
    worker.click("大榕树", worker.wait_for("这是哪个必到点"))
    worker.wait_for("到了：大榕树")
    town.settle()
    assert sum("这是哪个必到点" in text for text in worker.texts) == 1
    assert town.count("photo") == 2
    assert town.count("patrol", "words = '两张都是榕树'") == 1


@pytest.mark.one_way
def test_an_item_tapped_by_mistake_is_taken_back(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.tap("⚠️ 有问题")
    card = worker.wait_for("哪里有问题")
    worker.click("摄像头", card)
    worker.wait_for("摄像头，记下了")
    worker.click("摄像头", card)
    worker.wait_for("哪里有问题")
    assert town.count("patrol_answer") == 0
    worker.click("沟渠", card)
    worker.wait_for("沟渠，记下了")
    worker.click("涵洞", card)
    worker.wait_for("涵洞，记下了")
    worker.click("接着巡", card)
    worker.wait_for("有问题：沟渠、涵洞")
    assert town.count("patrol_answer") == 2


@pytest.mark.one_way
def test_a_remark_may_be_words_or_voice_even_just_after_the_end(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕", "排勒", lead="排勒")
    worker, lead = set_out(town, "岩罕"), town.join("排勒")
    worker.send("雾大，走得慢")
    worker.wait_for("记在这趟巡逻的备注里了")
    worker.tap("🏁 巡完了")
    worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
    assert "备注：雾大，走得慢" in worker.wait_for("巡逻 · 界河一段").text
    worker.voice()
    worker.wait_for("补进刚交的那趟巡逻里了")
    report = lead.wait_for("备注是语音")
    lead.click("▶️ 听备注", report)
    assert lead.wait_for("那趟巡逻的备注").data["voice"]["file_id"]
    worker.voice(data=b"OggS another")
    worker.wait_for("补进刚交的那趟巡逻里了")
    town.settle()
    before = len([each for each in lead.received if "voice" in each.data])
    lead.click("▶️ 听备注", report)
    town.settle()
    played = [each.data["voice"]["file_id"] for each in lead.received if "voice" in each.data][before:]
    assert len(set(played)) == 2
    town.clock.move(timedelta(minutes=11))
    worker.send("太晚了")
    worker.wait_for("您说的「太晚了」我先留着了")
    worker.send("长" * 1025)
    worker.wait_for("我先留着了")


@pytest.mark.one_way
def test_words_that_are_too_long_are_refused_kindly(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.send("长" * 1025)
    worker.wait_for("话有点长")


@pytest.mark.one_way
def test_reports_are_listed_for_the_maker_the_lead_and_the_supervisors_alone(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕", "排勒", lead="排勒")
    worker = set_out(town, "岩罕")
    worker.tap("📍 我到了", location=PLACES[0])
    worker.wait_for("到了：界碑")
    worker.tap("🏁 巡完了")
    worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
    worker.wait_for("巡逻 · 界河一段")
    for name in ("岩罕", "排勒", "刀建国", "李雪梅", "赵敏"):
        reader = town.phones.get(name) or town.join(name)
        reader.send("/patrols")
        listed = reader.wait_for("今天巡了 1 趟，必到点都到齐的 0 趟")
        assert "1. 20:05–20:05 岩罕 · 界河一段 1/3" in listed.text
        reader.click("1", listed)
        reader.wait_for("没到：大榕树、涵洞口")
    for name in ("玉香", "段平"):
        reader = town.join(name)
        reader.send("/patrols")
        reader.wait_for("还没有巡逻记录")
        reader.press(reader.last, listed.buttons[0])
        reader.wait_for("要您片区的负责人")
