"""Texts are counted as Telegram counts, and cut where nothing breaks."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base import lengths

# Rare characters of names, emoji of one and of several parts, what must be escaped, Chinese.
ALPHABET = "ab 岩罕\n&<>\"'𠮷𡈽🚨👨‍👩‍👧🇨🇳é…"
WORDS = st.text(st.sampled_from(ALPHABET), max_size=400)
TAGS = st.sampled_from(["b", "i", "code", "blockquote"])


@st.composite
def html(draw: st.DrawFn) -> str:
    """Words, some between tags, some between two."""
    made = ""
    for words in draw(st.lists(WORDS, min_size=1, max_size=6)):
        tags = draw(st.lists(TAGS, max_size=2))
        made += "".join(f"<{tag}>" for tag in tags) + escape(words, quote=draw(st.booleans()))
        made += "".join(f"</{tag}>" for tag in reversed(tags))
    return made


def _is_whole(text: str) -> bool:
    """Whether its tags close one another, and no entity is cut."""
    lengths.units(text)
    text.encode("utf-8")
    opened: list[str] = []
    for tag in lengths._TAG.findall(text):
        name = tag.strip("</>")
        if tag.startswith("</"):
            if not opened or opened.pop() != name:
                return False
        else:
            opened.append(name)
    bare = lengths._TAG.sub("", text)
    return not opened and escape(lengths.plain(text), quote=False) == escape(lengths.plain(bare), quote=False)


@given(html(), st.integers(20, 400))
def test_parts_fit_are_whole_and_say_everything(text: str, most: int) -> None:
    parts = lengths.split(text, most)
    assert all(lengths.length(part) <= most and _is_whole(part) for part in parts)
    said = "".join(lengths.plain(part) for part in parts)
    assert "".join(said.split()) == "".join(lengths.plain(text).split())


@given(html(), st.integers(20, 400))
def test_the_beginning_fits_and_is_whole(text: str, most: int) -> None:
    shown = lengths.fit(text, most)
    assert lengths.length(shown) <= most
    assert _is_whole(shown)
    assert shown == text or lengths.plain(shown).endswith("…")


@given(WORDS, st.integers(1, 200))
def test_what_is_cut_fits(words: str, most: int) -> None:
    shown = lengths.cut(words, most)
    assert lengths.units(shown) <= most
    assert shown == words or (shown.endswith("…") and words.startswith(shown[:-1]))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", 0), ("岩罕", 2), ("𠮷", 2), ("🚨", 2), ("&amp;", 1), ("<b>字</b>", 1), ("&#128680;", 2),
        ("a\nb", 3),
        ('<a href="https://t.me/x?y=1&amp;z=2">去</a>', 1), ("5 &lt; 6", 5),
    ],
)  # fmt: skip
def test_lengths_are_those_of_telegram(text: str, units: int) -> None:
    assert lengths.length(text) == units


def test_a_text_is_divided_between_lines_where_it_can_be() -> None:
    lines = "\n".join(f"第{number}行" for number in range(100))
    first, *_ = lengths.split(lines, 100)
    assert first == "\n".join(lines.split("\n")[: first.count("\n") + 1])
