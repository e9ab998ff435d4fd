"""The secretary's morning: whatever is asked, by whomever, says the same of the same people."""

import re

import pytest

from bot.playground.people import Person as Phone
from bot.playground.world import Message
from tests.e2e.morning import begin, dawn, evening
from tests.e2e.town import Town

# Who has not come by 10:01, and why it is they; 线相 joined this morning, 孟勇 is on leave.
VILLAGE = {"王芳", "尚国", "帅罕", "罗小保", "玉香"}
MISSING = {"刀建国": VILLAGE, "方志强": VILLAGE | {"阿昌"}, "李雪梅": VILLAGE | {"阿昌"}}
# 岩罕 stands at the post on an older check-in.
AT_WORK = {"岩罕", "金所", "杨发", "波罕"}
DUE = {"刀建国": 10, "方志强": 11, "李雪梅": 11}


@pytest.fixture
def town_settings() -> dict[str, str]:
    """No maps are drawn: they take a while."""
    return {"GRIDDUTY_PRIVACY__COORDINATES_IN_CHAT": "false"}


def asks(phone: Phone, command: str, answer: str) -> Message:
    """What the bot answers to a command."""
    phone.send(command)
    return phone.wait_for(answer)


def number(text: str, pattern: str) -> int:
    """The number that the text tells."""
    found = re.search(pattern, text)
    assert found, (pattern, text)
    return int(found.group(1))


def listed(text: str) -> list[str]:
    """The names on a board: `1. 尚国 · 没消息`."""
    return re.findall(r"^\d+\. (\S+) · ", text, re.MULTILINE)


def behind(text: str) -> list[str]:
    """The names behind a figure: `尚国　09:00 的班　芒里卡点`."""
    return re.findall(r"^(\S+?)　\S", text, re.MULTILINE)


def board_agrees(phone: Phone, name: str) -> None:
    """The board of now counts as many as it, or those below, name; nobody who is at work."""
    board = asks(phone, "/missing", "今天到 10:0")
    assert number(board.text, r"应到 (\d+) 人") == DUE[name]
    assert number(board.text, r"没上岗 (\d+) 人") == len(MISSING[name])
    if name == "刀建国":
        assert set(listed(board.text)) == VILLAGE
        assert "请假（不算应到）：孟勇" in board.text
        silent = [line for line in board.text.splitlines() if line.endswith("没消息")]
        label = next(button.text for button in board.buttons if "提醒没消息" in button.text)
        assert number(label, r"(\d+) 人") == len(silent)
        return
    parts = [re.findall(r"(\d+) 人里 (\d+) 人没到", button.text) for button in board.buttons]
    sums = [sum(int(found[0][part]) for found in parts if found) for part in (0, 1)]
    assert sums == [DUE[name], len(MISSING[name])]


def summary_agrees(phone: Phone, name: str) -> None:
    """The summary's figures, and the names behind each number."""
    told = asks(phone, "/summary", "11月24日周二")
    due, came, absent = (
        number(told.text, pattern) for pattern in (r"应到 (\d+) 人次", r"实到 (\d+)", r"未到 (\d+)")
    )
    # A turn of duty more than people: 岩罕 has two shifts, and has come to both.
    assert (due, came) == (DUE[name] + 1, DUE[name] + 1 - len(MISSING[name]))
    assert absent == due - came
    phone.click(f"未到 {absent}", told)
    names = behind(phone.wait_for("该到没到").text)
    assert (set(names), len(names)) == (MISSING[name], absent)
    phone.click("晚到 1", told)
    assert behind(phone.wait_for("：晚到").text) == ["杨发"]
    phone.click("位置较远 1", told)
    assert behind(phone.wait_for("位置较远").text) == ["杨发"]
    assert "没办结的隐患 1 件" in told.text
    assert "巡逻 1 趟" in told.text


def now_agrees(phone: Phone, name: str) -> None:
    """Who is on duty now, and who is wanting there; patrols and hazards as in the summary."""
    shown = asks(phone, "/onduty", "在岗情况").text
    here = {each for line in re.findall("^在岗：(.*)$", shown, re.MULTILINE) for each in people_in(line)}
    wanting = {
        each for line in re.findall("^该来还没到.*：(.*)$", shown, re.MULTILINE) for each in people_in(line)
    }
    assert here == AT_WORK
    assert wanting == {"王芳", "尚国"}
    assert wanting < MISSING[name]
    assert "今天巡了 1 趟" in asks(phone, "/patrols", "今天").text
    assert "没办结的隐患：1 件" in asks(phone, "/hazards", "📋").text


def people_in(line: str) -> list[str]:
    """Names with what is said of each in brackets."""
    return [each for each in re.sub("（[^）]*）", "", line).split("、") if each]


def heads_agree(phones: dict[str, Phone], night: bool) -> None:
    """Of household heads: in the evening who has not told; by day nobody, since nobody was asked yet."""
    village = phones["刀建国"]
    if night:
        board = village.wait_for("3 位中心户，没报 2 位")
        assert set(listed(board.text)) == {"咩罕", "赵桂"}
        assert "赵桂 · 报了有事的户" in board.text
        assert "提醒没消息的 1 人" in "".join(button.text for button in board.buttons)
        return
    assert not [text for text in village.texts if "今天到 10:0" in text and "中心户" in text]


@pytest.mark.one_way
@pytest.mark.usefixtures("plain_pictures")
def test_nothing_disputed_nothing_contradictory(town: Town) -> None:
    phones = begin(town)
    evening(town, phones)
    heads_agree(phones, night=True)
    dawn(town, phones)
    for name in MISSING:
        board_agrees(phones[name], name)
        summary_agrees(phones[name], name)
        now_agrees(phones[name], name)
    heads_agree(phones, night=False)
    village = "\n".join(phones["刀建国"].texts)
    assert "赵桂联系的第 3 户" in village
    assert "大桥执勤点，08:00 的交接班，还没人交" in village
    # Nothing is due where nothing is kept: who is posted elsewhere is missed there.
    assert "没有要上岗的人" in asks(phones["段平"], "/missing", "户弄村").text
    assert "还没有记录" in asks(phones["段平"], "/summary", "户弄村 · ").text
