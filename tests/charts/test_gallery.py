"""The pictures of the docs tell one fortnight: no figure contradicts another, in either language."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot import charts
from bot.base.facts import Facts
from bot.base.i18n import translator
from bot.features.summaries.views.by_topic import AREAS
from bot.views.base import Reader
from bot.views.messages import render
from bot.views.wording import share
from tests.charts import gallery
from tests.charts.gallery import CUTOFF, FIVE, TO, TODAY, added, facts, pack, places

MANY = tuple(f"{part}{end}" for part in gallery.PARTS for end in gallery.ENDS)
READERS = [TO, Reader(translator("en"), TO.zone, TO.now)]
# What Telegram shows as a photo, and what is still read on a phone.
_MOST_SUM, _MOST_RATIO, _MOST_HIGH = 10_000, 20, 2_100


def _section(kind: str, told: Facts, to: Reader = TO, view: str = "summary") -> Facts:
    picture = render(view, told, to).picture
    assert picture
    found: Facts = next(each for each in picture.data["sections"] if each["kind"] == kind)
    return found


@pytest.mark.parametrize("names", [FIVE[:1], FIVE, MANY])
def test_the_tile_of_a_day_is_its_bar_and_the_day_before_the_bar_before(names: tuple[str, ...]) -> None:
    told = facts(names)
    tile = _section("tiles", told)["tiles"][0]
    before, last = _section("trend", told)["points"][-2:]
    assert tile["value"] == share(last["part"], last["whole"])
    assert tile["of"] == f"{last['part']:,}/{last['whole']:,}"
    assert share(before["part"], before["whole"]) in tile["note"]
    bars = _section("bars", told)["rows"]
    assert sum(row["whole"] for row in bars) == last["whole"]
    assert sum(number for row in bars for _, number in row["parts"]) == last["part"]


@pytest.mark.parametrize("names", [FIVE, MANY])
@pytest.mark.parametrize("period", ["day", "week"])
def test_areas_add_up_to_the_whole_and_days_to_the_week(names: tuple[str, ...], period: str) -> None:
    told = facts(names, period)
    assert added([row["counts"] for row in told["below"]]) == told["whole"]
    days = 1 if period == "day" else 7
    assert added([day["counts"] for day in told["trend"][-days:]]) == told["whole"]
    assert added([day["counts"] for day in told["trend"][-2 * days : -days]]) == told["before"]
    assert date.fromisoformat(told["last"]) - date.fromisoformat(told["day"]) == timedelta(days=days - 1)
    assert sum(row["open"] for row in told["open"]) == told["hazards"]["open"]
    for row in (*told["open"], *told["open_requests"]):
        assert row["open"] == sum(
            row.get(state, 0) for state in ("reported", "registered", "assigned", "fixed", "done")
        )
        assert row.get("age3", 0) <= row.get("age7", 0) <= row.get("age30", 0) <= row["open"]


def test_no_part_is_more_than_its_whole_and_areas_are_not_alike() -> None:
    for names in (FIVE, MANY):
        rows = [row["counts"] for row in facts(names, "week")["below"]]
        pairs = (
            ("came", "due"), ("late", "present"), ("checkpoints_reached", "checkpoints"),
            ("hazards_in_time", "hazards_closed"), ("requests_in_time", "requests_closed"),
            ("households_reached", "households"), ("patrols_incomplete", "checkins"),
        )  # fmt: skip
        for part, whole in pairs:
            assert all(row[part] <= row[whole] for row in rows)
        assert len({share(row["households_reached"], row["households"]) for row in rows}) >= 3


def test_the_heat_map_is_of_the_same_week_and_ends_at_the_cutoff() -> None:
    told = facts(FIVE, "week", "patrols")
    heat = _section("heat", told, view="summary.topic")
    assert [row["day"] for row in told["hours"]] == [
        (TODAY - timedelta(days=n)).isoformat() for n in reversed(range(7))
    ]
    assert sum(sum(row["hours"]) for row in told["hours"]) == told["whole"]["patrols"]
    begun = (CUTOFF.hour - 4) + 1
    *others, today = (row["hours"] for row in heat["rows"])
    assert all(None not in row for row in others)
    assert today[:begun].count(None) == 0
    assert today[begun:] == [None] * (24 - begun)


def _all() -> dict[str, tuple[str, Any]]:
    topics = ("patrols", "hazards", "requests", "households")
    found: dict[str, tuple[str, Any]] = {
        "day": ("summary", facts(MANY)),
        "map": ("summary.topic", places(100)),
    }
    for topic in topics:
        found[topic] = "summary.topic", facts(MANY, "week", topic)
        found[f"{topic} of five"] = "summary.topic", facts(FIVE, "week", topic)
        if topic != "households":
            found[topic + AREAS] = "summary.topic", facts(MANY, "week", topic + AREAS)
    return found


@pytest.mark.parametrize("to", READERS, ids=["zh_CN", "en"])
@pytest.mark.parametrize("name", _all())
def test_a_picture_is_a_photo_and_says_where_when_and_until_when(name: str, to: Reader) -> None:
    picture = render(*_all()[name], to).picture
    assert picture
    sheet = charts.sheets(picture.drawing, picture.data, [])[0]
    assert sheet.width + sheet.height <= _MOST_SUM
    assert max(sheet.width / sheet.height, sheet.height / sheet.width) <= _MOST_RATIO
    assert sheet.height <= _MOST_HIGH
    head = picture.data["title"] + picture.data["subtitle"]
    assert "望江县" in head
    assert "2026" in picture.data["subtitle"]
    assert "20:20" in picture.data["subtitle"]
    assert picture.data["title"].count("2026") == (name != "map")
    assert not any(text.get_text().endswith("…") for text in sheet.figure.texts)


@pytest.mark.parametrize("topic", ["patrols", "hazards", "requests"])
def test_with_many_areas_there_are_two_pictures_that_lead_to_one_another(topic: str) -> None:
    whole, by_area = (render("summary.topic", facts(MANY, "week", topic + part), TO) for part in ("", AREAS))
    assert whole.picture
    assert by_area.picture
    titles = [{each["title"] for each in m.picture.data["sections"]} for m in (whole, by_area) if m.picture]
    assert titles[0]
    assert titles[1]
    assert not titles[0] & titles[1]
    there, back = (
        {button.data.split(":")[2] for row in message.buttons for button in row}
        for message in (whole, by_area)
    )
    assert topic + AREAS in there
    assert topic in back
    five = render("summary.topic", facts(FIVE, "week", topic), TO)
    assert five.picture
    assert {each["title"] for each in five.picture.data["sections"]} == titles[0] | titles[1]


@pytest.mark.parametrize("to", READERS, ids=["zh_CN", "en"])
def test_every_page_of_a_pack_says_which_it_is_and_until_when(to: Reader) -> None:
    picture = render("review", pack(), to).picture
    assert picture
    sheets = charts.sheets("pages", picture.data, [b""] * 4)
    for number, sheet in enumerate(sheets, start=1):
        words = [text.get_text() for text in sheet.figure.texts]
        page = picture.data["page"].format(n=number, of=len(sheets))
        assert page in words
        assert any("20:20" in each and "2026" in each for each in words)
        assert not any(each.endswith("…") and not each.startswith("H-") for each in words)
    # Half an empty page at most, but for the one to be written on.
    assert len(sheets) <= 7


def test_one_page_of_many_areas_says_where_the_rest_is() -> None:
    picture = render("summary.topic", facts(MANY, "week", "report"), TO).picture
    assert picture
    words = [text.get_text() for text in charts.sheets("page", picture.data, [])[0].figure.texts]
    assert any(picture.data["further"] in each for each in words)
    few = render("summary.topic", facts(FIVE, "week", "report"), TO).picture
    assert few
    words = [text.get_text() for text in charts.sheets("page", few.data, [])[0].figure.texts]
    assert not any(few.data["further"] in each for each in words)
