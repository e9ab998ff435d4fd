"""What views say: who is told when, whose turn it is, which button comes first, and in how few lines."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.facts import Facts
from bot.base.i18n import translator
from bot.features.figures.periods import PeriodKind
from bot.features.shifts.views.shifts import span
from bot.features.summaries.notices import Figures, OpenNow
from bot.features.summaries.views.summary import caption
from bot.views.base import Message, Reader
from bot.views.messages import render

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 23, 0, tzinfo=ZONE)
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=ZONE)
LABEL = {"zh_CN": "道路损坏堵路", "en": "Road damaged or blocked", "icon": "🚧"}


def to(locale: str = "zh_CN", now: datetime = NOW) -> Reader:
    """Who reads, and when."""
    return Reader(translator(locale), ZONE, now)


def lines_on_a_phone(message: Message, wide: int = 38) -> int:
    """How many lines of 19 Chinese characters it takes."""

    def width(line: str) -> int:
        return sum(1 if ord(each) < 0x2000 else 2 for each in line)

    return sum(max(1, -(-width(line) // wide)) for line in message.text.split("\n"))


def case(**more: Any) -> Facts:
    """A hazard or a request as it was just told."""
    facts = {
        "hazard_id": 1, "request_id": 1, "year": 2026, "number": 2, "label": LABEL, "undo": False,
        "due_at": datetime(2026, 12, 2, 18, 0, tzinfo=ZONE), "told": ["刀安保"], "urgent": False,
        "held_until": None, "mode": "timed",
    }  # fmt: skip
    return facts | more


@pytest.mark.parametrize("kind", ["hazard.sent", "request.sent"])
@pytest.mark.parametrize("names", [["刀安保"], ["刀安保", "方志强"]])
def test_at_night_one_line_says_at_what_time_who_is_told(kind: str, names: list[str]) -> None:
    told = render(kind, case(held_until=MORNING, told=names), to()).text
    assert f"明天 06:00 才告诉{'、'.join(names)}" in told
    assert "已经告诉" not in told
    assert told.endswith("等不得的，现在就打电话。")
    assert len(told.split("\n")) == 2
    english = render(kind, case(held_until=MORNING, told=names), to("en")).text
    assert "will hear of it later (tomorrow 06:00)" in english
    assert "have told" not in english


@pytest.mark.parametrize("kind", ["hazard.sent", "request.sent"])
@pytest.mark.parametrize("held", [None, MORNING])
def test_where_nobody_can_be_reached_nobody_is_said_to_know(kind: str, held: datetime | None) -> None:
    told = render(kind, case(held_until=held, told=[]), to()).text
    assert "直接打电话" in told
    assert "告诉" not in told


def test_what_is_urgent_rings_only_where_somebody_is_told() -> None:
    assert "夜里也会响" in render("hazard.sent", case(urgent=True), to()).text
    alone = render("hazard.sent", case(urgent=True, told=[]), to()).text
    assert "会响" not in alone
    assert "110、119" in alone


def card(**more: Any) -> Facts:
    """The facts of a living message, of a hazard and of a request alike."""
    facts = case() | {
        "state": "reported", "severity": "normal", "area": "芒恩村", "post": None, "checkpoint": None,
        "place": "", "words": "", "reporter": "岩罕", "registrar": "岩罕", "reported_at": NOW,
        "registered_at": NOW, "remark": None, "look": [], "before": [], "after": [], "named": [],
        "said_step": "", "said": "", "said_voice": False, "wished_due_at": None, "acts": [], "version": 1,
        "voice": False, "latitude": None, "fixer": "玉喊", "fixed_at": NOW, "household": None, "contact": "",
        "repeats": 0, "own": False,
    }  # fmt: skip
    return facts | more


def test_who_may_verify_reads_that_it_is_their_turn() -> None:
    mine = render("hazard.card", card(state="fixed", acts=["verify"]), to()).text
    assert "整改好了，请您看一下：到位还是退回？" in mine
    other = render("hazard.card", card(state="fixed"), to()).text
    assert "整改好了，等复核" in other
    assert "请您" not in other


@pytest.mark.parametrize(("kind", "work"), [("hazard.card", "fix"), ("request.card", "handle")])
def test_who_can_assign_finds_that_first_while_nobody_is_assigned(kind: str, work: str) -> None:
    first, second, *_ = render(kind, card(acts=["assign", work]), to()).buttons
    assert [button.text for button in first] == ["👷 派人去办"]
    assert len(second) == 2
    named = render(kind, card(acts=["assign", work], named=["玉喊"], state="assigned"), to()).buttons
    assert "派人去办" not in named[0][0].text
    assert [button.text for button in named[1]] == ["🔁 改派", "➕ 加人一起办"]


@given(st.integers(-3, 4), st.integers(0, 23), st.integers(1, 48))
def test_both_ends_of_a_shift_are_told_in_the_same_words(days: int, hour: int, hours: int) -> None:
    began = datetime(2026, 11, 23, hour, tzinfo=ZONE) + timedelta(days=days)
    ended = began + timedelta(hours=hours)
    told = span(began.astimezone(UTC), ended.astimezone(UTC), to())
    until = told.split("–")[1]
    words = {-1: "昨天", 0: "今天", 1: "明天"}
    if began.date() == ended.date():
        assert until == f"{ended:%H:%M}"
        return
    word = words.get((ended.date() - NOW.date()).days)
    if word:
        assert until == f"{word} {ended:%H:%M}"
    elif ended.date() - began.date() == timedelta(days=1):
        assert until == f"次日 {ended:%H:%M}"
    else:
        assert until.startswith(f"{ended.month}月{ended.day}日")


def test_a_night_that_ends_today_is_told_so() -> None:
    began = datetime(2026, 11, 22, 20, 5, tzinfo=ZONE)
    ended = datetime(2026, 11, 23, 8, 5, tzinfo=ZONE)
    assert span(began, ended, to()) == "昨天 20:05–今天 08:05"
    assert span(began, ended, to("en")) == "Yesterday 20:05–08:05 today"


def crew(*names: str) -> list[Facts]:
    """The first leads."""
    return [{"name": name, "lead": not number} for number, name in enumerate(names)]


def handover(**more: Any) -> Facts:
    """A card as the outgoing crew sees it."""
    began = datetime(2026, 11, 22, 20, 5, tzinfo=ZONE)
    middle, ended = began + timedelta(hours=12), began + timedelta(hours=24)
    things = [
        {"zh_CN": f"器材{number}", "en": f"Thing {number}", "code": str(number), "count": 2, "given": "there",
         "found": None} for number in range(9)
    ]  # fmt: skip
    matter = {
        "id": 1, "kind": "said", "words": "东边围栏有个洞", "teller": "何木果", "told_at": middle,
        "closer": "", "voice": False,
    }  # fmt: skip
    facts = {
        "handover_id": 1, "place": "芒恩边境卡点", "area": "芒恩村", "state": "open", "page": "",
        "due_at": middle, "giver": "", "given_at": None, "taker": "", "taken_at": None, "differs": False,
        "late": False, "gives": True, "takes": False, "hazards": [], "matters": [matter],
        "things": things, "outgoing": {"starts_at": began, "ends_at": middle, "crew": crew(*"甲乙丙丁")},
        "incoming": {"starts_at": middle, "ends_at": ended, "crew": crew(*"戊己庚辛")},
    }  # fmt: skip
    return facts | more


def test_a_handover_card_has_six_lines() -> None:
    read = render("handover.card", handover(), to(now=datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)))
    assert lines_on_a_phone(read) == 6
    told = read.text.split("\n")
    assert told[1:] == [
        "交：甲（带班）等 4 人，20:05–08:05",
        "接：戊（带班）等 4 人",
        "要交代的：1. 东边围栏有个洞",
        "🧰 器材 9 样，都在",
        "看一遍，点「🤝 交班」，一个人点就行。",
    ]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(-1, "今天 20:05–明天 08:05"), (0, "20:05–08:05"), (11, "20:05–08:05"), (12, "20:05–08:05"),
     (15.9, "20:05–08:05"), (16, "昨天 20:05–今天 08:05"), (40, "11月22日周日 20:05–昨天 08:05")],
)  # fmt: skip
def test_the_days_of_a_shift_are_told_where_another_could_be_meant(hours: float, expected: str) -> None:
    now = datetime(2026, 11, 22, 20, 5, tzinfo=ZONE) + timedelta(hours=hours)
    told = render("handover.card", handover(), to(now=now)).text.split("\n")[1]
    assert told == f"交：甲（带班）等 4 人，{expected}"


def test_a_shift_of_a_whole_day_is_told_with_its_days() -> None:
    facts = handover()
    facts["outgoing"]["starts_at"] -= timedelta(hours=12)
    now = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
    assert "昨天 08:05–今天 08:05" in render("handover.card", facts, to(now=now)).text


def test_what_an_earlier_crew_left_is_told_with_who_and_when() -> None:
    facts = handover()
    facts["matters"][0]["told_at"] -= timedelta(hours=13)
    assert "1. 东边围栏有个洞（何木果 昨天 19:05）" in render("handover.card", facts, to()).text


def test_a_handover_card_names_what_is_not_there_and_when_a_later_crew_begins() -> None:
    facts = handover()
    facts["things"][0]["given"], facts["things"][1]["given"] = "missing", "broken"
    facts["incoming"]["starts_at"] += timedelta(hours=1)
    told = render("handover.card", facts, to()).text
    assert "❌ 缺：器材0×2\n⚠️ 坏了：器材1×2\n🧰 其余 7 样都在" in told
    assert "接：戊（带班）等 4 人，09:05–20:05" in told


WHOLE = {
    "due": 290, "came": 249, "planned": 210, "workers": 80, "late": 12, "checkins": 260, "people": 249,
    "minutes": 9000, "patrols": 31, "patrols_incomplete": 2, "checkpoints": 90, "checkpoints_reached": 80,
    "hazards_found": 4, "hazards_closed": 3, "hazards_in_time": 3, "requests_registered": 2,
    "requests_closed": 1, "requests_in_time": 1, "households": 500, "households_reached": 490,
}  # fmt: skip


def figures(whole: dict[str, int], hazards: OpenNow, requests: OpenNow) -> Figures:
    """A day of a township."""
    day = date(2026, 11, 23)
    return Figures(
        area_id=1, period=PeriodKind.DAY, day=day, asked_at=NOW, zone="Asia/Shanghai", day_start=time(4),
        area="风平镇", last=day, today=day, cutoff=NOW, above=None, whole=whole, before={}, below=(),
        trend=(), hazards=hazards, requests=requests, others=(), burden={},
    )  # fmt: skip


# Something of everything.
FIGURES = figures(WHOLE, OpenNow(3, 1), OpenNow(2))


def test_a_caption_has_four_lines_and_no_overdue_where_there_are_none() -> None:
    told = caption(FIGURES, to()).split("\n")
    assert told[1:] == [
        "👥 应到 290 人次，实到 249（86%）",
        "未到 41，晚到 12",
        "⚠️ 没办结的隐患 3 件，超期 1 件",
        "📝 没办结的诉求 2 件",
    ]


@pytest.mark.parametrize("missing", ["due", "hazards", "requests"])
def test_what_there_is_room_for_comes_after_and_never_twice(missing: str) -> None:
    without = {"whole": WHOLE | {"due": 0}} if missing == "due" else {missing: OpenNow()}
    told = caption(replace(FIGURES, **without), to()).split("\n")
    assert len(told) == len(set(told)) == 5
    assert "🚶 巡逻 31 趟" in "\n".join(told)


def test_a_caption_of_nothing_says_so() -> None:
    assert caption(figures({}, OpenNow(), OpenNow()), to()).endswith("这段时间还没有记录。")


def test_setting_out_is_told_in_three_lines() -> None:
    started = render("patrol.started", {"stops": 4, "section": "71号界碑段", "on_duty": True}, to())
    assert started.text.startswith("🚶 开始巡逻。到了点「📍 我到了」")
    assert lines_on_a_phone(started) <= 3
    assert lines_on_a_phone(render("hazard.sent", case(held_until=MORNING), to())) <= 3
