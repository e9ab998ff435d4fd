"""What no form and no patrol takes is kept, and offered on by keys; nothing is passed over in silence."""

import pytest

from bot.playground.people import Person
from tests.e2e.test_hazards import card
from tests.e2e.town import Town

WORDS = "三组路上倒了一棵树"


@pytest.mark.both_databases
def test_words_become_a_hazard_with_what_was_said(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.reset_taps()
    worker.send(WORDS)
    worker.wait_for(f"您说的「{WORDS}」我先留着了")
    worker.tap("⚠️ 报隐患")
    worker.wait_for("这是哪一类")
    worker.tap("道路")
    worker.wait_for("在哪里")
    worker.tap("芒里卡点")
    worker.wait_for("不急的点")
    worker.tap("📤")
    worker.wait_for("✅ 收到")
    assert WORDS in card(supervisor, WORDS).text
    worker.wait_for("按隐患报")
    assert town.count("said", "subject = 'hazard:1'") == 1
    with worker.phone.world.lock:
        own = next(m for m in worker.phone._mine() if m.data.get("text") == WORDS)
    worker.edit(own, "三组路上倒了两棵树")
    card(supervisor, "三组路上倒了两棵树 ✏️")


@pytest.mark.one_way
def test_a_voice_note_becomes_a_request(town: Town) -> None:
    worker = town.join("岩罕")
    worker.voice()
    worker.wait_for("您的语音我先留着了")
    worker.tap("群众的诉求")
    worker.wait_for("哪一类")
    worker.tap("水电路网")
    worker.wait_for("怎么办")
    worker.tap("限时")
    worker.wait_for("R-2026-000001")
    assert town.count("resident_request", "voice <> ''") == 1


@pytest.mark.one_way
def test_words_for_the_supervisor_are_answered_and_stand_in_mydata(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.send("明天想请半天假")
    worker.wait_for("我先留着了")
    worker.send("/mydata")
    worker.wait_for("这里记着您的")
    worker.tap("全部细节")
    worker.wait_for("还没归到哪件事里：明天想请半天假")
    worker.tap("💬 告诉负责人")
    worker.wait_for("已经告诉刀建国")
    supervisor.wait_for("「明天想请半天假」")
    supervisor.tap("👌 知道了")
    worker.wait_for("刀建国 看到了您的话")
    supervisor.tap("✍️ 回一句")
    supervisor.wait_for("回什么话")
    supervisor.send("可以，找岩罕换")
    answer = worker.wait_for("刀建国 回您：可以，找岩罕换").text
    assert "您说的：明天想请半天假" in answer


@pytest.mark.one_way
def test_what_is_dropped_is_gone_and_its_old_keys_do_nothing(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send(WORDS)
    kept = worker.wait_for("我先留着了")
    number = next(b.data for b in kept.buttons if "隐患" in b.text).rpartition(":")[2]
    worker.click("✖️ 不用了", kept)
    worker.wait_for("不留了")
    assert town.count("said") == 0
    worker.phone.click(kept, f"w:hazard:{number}")
    worker.wait_for("过期")
    town.settle()
    assert town.count("hazard") == 0


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("岩罕", ["⚠️ 报隐患", "📝 群众的诉求", "💬 告诉负责人", "✖️ 不用了"]),
        ("早么", ["💬 告诉负责人", "✖️ 不用了"]),
        ("咩巴", ["⚠️ 报隐患", "📝 群众的诉求", "🏠 联户里哪户有事", "💬 告诉负责人", "✖️ 不用了"]),
    ],
)
def test_everybody_is_offered_what_they_may_do(town: Town, name: str, offered: list[str]) -> None:
    person = town.join(name)
    person.send(WORDS)
    assert [button.text for button in person.wait_for("我先留着了").buttons] == offered


def send_all(person: Person) -> dict[str, str]:
    """Send everything that cannot be taken, and what is said to it."""
    deeds = {
        "视频收不了": lambda: person.phone.video(), "音频文件收不了": lambda: person.phone.audio(),
        "表情看到了": lambda: person.sticker(),
        "名片这里用不上": lambda: person.contact(name="李四", phone="+86138"),
        "我打不开": lambda: person.document(b"x", "a.docx", "application/msword", "开会的名单"),
        "这是地图上挑的地点": lambda: person.venue(24.4, 98.55, "芒里小学"),
        "投票这里用不上": lambda: person.phone.say({"poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
            "allows_revoting": False, "members_only": False,
        }}),
    }  # fmt: skip
    said = {}
    for expected, deed in deeds.items():
        deed()
        said[expected] = person.wait_for(expected).text
    return said


@pytest.mark.one_way
def test_every_other_kind_of_message_is_answered_by_what_to_do(town: Town) -> None:
    worker = town.join("岩罕")
    said = send_all(worker)
    assert len(said) == 7
    town.settle()
    assert any("您说的「开会的名单」我先留着了" in text for text in worker.texts)
    assert town.count("checkin") == 0
    assert town.count("inbox", "state = 'failed'") == 0


@pytest.mark.one_way
def test_words_sent_before_a_form_asks_for_them_go_with_it(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.photo()
    worker.wait_for("这是哪一类")
    worker.send(WORDS)
    worker.wait_for("这句记下了，和隐患一起报上去")
    worker.tap("道路")
    worker.wait_for("在哪里")
    worker.tap("芒里卡点")
    worker.wait_for("不急的点")
    worker.send("挡住半边")
    worker.wait_for("✅ 收到")
    shown = card(supervisor, WORDS).text
    assert "挡住半边" in shown
