"""HTML as Telegram reads it, lengths in UTF-16 units."""

import pytest

from bot.playground.replies import ApiError
from bot.playground.spotting import spot
from bot.playground.texts import parse_html, trim, utf16_length


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>上岗</b> &lt;1&gt; &amp; &quot;", '上岗 <1> & "', [entity("bold", 0, 2)]),
        ("😀<i>a<b>b</b></i>", "😀ab", [entity("italic", 2, 2), entity("bold", 3, 1)]),
        ("&#20013;&#x6587;", "中文", []),
        ("&nbsp;&ltx", "&nbsp;&ltx", []),
        (
            '<a href="https://a.cn/?x=1&amp;y=2">l</a>',
            "l",
            [entity("text_link", 0, 1, url="https://a.cn/?x=1&y=2")],
        ),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        ("<blockquote expandable>q</blockquote>", "q", [entity("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">s</span>', "s", [entity("spoiler", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[object]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("中<p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


def test_lengths_are_utf16() -> None:
    assert utf16_length("a中😀") == 4


def test_white_space_around_is_cut_and_entities_move() -> None:
    assert trim("\n ab \n", [entity("bold", 1, 4)]) == ("ab", [entity("bold", 0, 2)])


def test_commands_links_and_mentions_are_spotted() -> None:
    kinds = [
        (e["type"], e["offset"], e["length"]) for e in spot("😀 /bind@gridduty_bot https://a.cn/x. @abcd #t")
    ]
    assert kinds == [("bot_command", 3, 18), ("url", 22, 14), ("mention", 38, 5), ("hashtag", 44, 2)]
    assert spot("50/50 and a/b") == []
