"""What is read on a small phone: no message is longer than one can take in, the usual ones much shorter."""

import html
import re
import unicodedata
from math import ceil

import pytest

from bot.features import registry  # noqa: F401  (makes every view known)
from bot.views.messages import KINDS
from tests.samples import OWN, said, samples

# So many Chinese characters stand in a line of a message on a small phone.
COLUMNS = 19
# The most lines of a message that is not named below.
MOST = 12


def width(text: str) -> float:
    """In Chinese characters: other letters are half as wide, marks on a letter have no width."""
    wide = 0.0
    for at, mark in enumerate(text):
        if mark in "\u200d\ufe0f" or unicodedata.combining(mark):
            continue
        # A sign that the next one makes an emoji of is one.
        emoji = text[at + 1 : at + 2] == "\ufe0f"
        wide += 1 if emoji or unicodedata.east_asian_width(mark) in "WF" else 0.5
    return wide


def lines(text: str) -> int:
    """How many lines a message takes on a small phone, broken anywhere as Chinese is."""
    shown = html.unescape(re.sub(r"<[^>]+>", "", text))
    return sum(max(1, ceil(width(line) / COLUMNS)) for line in shown.split("\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1), ("字" * 19, 1), ("字" * 20, 2), ("a" * 38, 1), ("a" * 39, 2), ("⚠️" + "字" * 18, 1),
        ("📍" + "字" * 19, 2),
        ("一\n二", 2), ("一\n\n二", 3), ("<b>" + "字" * 19 + "</b>", 1),
        ("&lt;" + "字" * 18, 1), ("，" * 19, 1),
    ],
)  # fmt: skip
def test_lines_are_counted_as_a_phone_breaks_them(text: str, expected: int) -> None:
    assert lines(text) == expected


# The most lines of what is read daily, in a hurry or at night.
LIMITS = {
    "help of a grid worker": 9,
    "help of a supervisor": 12,
    "help of a dispatcher": 12,
    "help of a household head": 9,
    "help of a head who keeps duty": 10,
    "help of a member": 4,
    "welcome of a grid worker": 5,
    "welcome of a household head": 5,
    "welcome of a member": 5,
    "the own month": 8,
    "how much is kept of a head who keeps duty": 6,
    "stop.ask": 3,
    "a hazard sent at night": 3,
    "a hazard near another one": 2,
    "a patrol begun": 3,
    "review": 2,
    "a handover": 6,
}
# Lists: as long as what they list, page by page.
LISTS = {
    "mydata.page", "hazard.board", "shifts.list", "summary.names", "times.overview", "onduty.board",
    "onduty.gaps",
    "patrol.card", "handover.card", "rotation.set", "late.names_post", "late.names", "digest", "folded",
    "request.waiting", "request.board", "hazard.waiting", "silent.board", "silent.list",
}  # fmt: skip
MOST_OF_A_LIST = 30


def test_every_kind_of_message_has_a_sample() -> None:
    assert set(KINDS) - {kind for kind, *_ in samples().values()} == set()


@pytest.mark.parametrize("name", sorted(samples()))
def test_no_message_is_longer_than_a_small_phone_shows(name: str) -> None:
    most = LIMITS.get(name, MOST_OF_A_LIST if name in LISTS else MOST)
    text = said(name).text
    assert lines(text) <= most, text


@pytest.mark.parametrize("name", sorted(samples()))
def test_every_sample_is_said_in_english_too(name: str) -> None:
    said(name, "en")


def test_what_is_limited_has_a_sample() -> None:
    assert (LIMITS.keys() | LISTS) - samples().keys() == set()


def test_the_emergency_number_comes_first() -> None:
    for name in OWN:
        if name.startswith("help of"):
            assert "110" in said(name).text.split("\n")[0]
            assert "☰ 菜单" in said(name).text.split("\n")[-1]


@pytest.mark.parametrize("kind", ["silent.board", "silent.list"])
def test_the_head_of_who_is_missing_takes_two_lines(kind: str) -> None:
    assert lines(said(kind).text.split("\n")[0]) <= 2


@pytest.mark.parametrize("kind", ["summary", "summary.scheduled", "summary.group"])
def test_a_summary_says_four_things_beside_its_picture(kind: str) -> None:
    head = 1 if kind == "summary" else 2
    told = said(kind).text.split("\n")[head:]
    assert len(told) <= 4
    assert lines("\n".join(told)) <= 4
