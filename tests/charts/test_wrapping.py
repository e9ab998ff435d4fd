"""Where lines are broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.style import SMALL, width_of, wrapped

WIDTH = 984


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (
            "截至 2026年11月29日 20:20 · 应到：排了班的，加上每天上岗的网格员；补卡算数",
            "截至 2026年11月29日 20:20 · 应到：排了班的，",
        ),
        ("一" * 30 + "；二二二二二二", "一" * 29),
        ("一" * 29 + "「二二二二二二二二」", "一" * 29),
        ("Due: everybody on a shift, and grid workers who come every day; corrections count", None),
    ],
)
def test_a_line_begins_with_no_mark_that_closes(words: str, first: str | None) -> None:
    lines = wrapped(words, WIDTH, SMALL)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(width_of(line, SMALL) <= WIDTH for line in lines)
    assert lines[1][0] not in "；，。」"
    assert lines[0][-1] != "「"
    if first is not None and words[0] == "截":
        assert lines[0] == first


@given(st.text("一二，。；「」（）: a", min_size=1, max_size=90))
def test_nothing_is_lost_or_too_wide(words: str) -> None:
    lines = wrapped(words, 300, SMALL, lines=99)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(width_of(line, SMALL) <= 300 for line in lines)
