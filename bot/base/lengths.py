"""How long a text is for Telegram, and how it is made to fit.

Telegram counts in UTF-16 units: a rare character or an emoji is two. What it parses counts without its tags,
each entity (`&amp;`) as the character it stands for.
"""

import re
from html import unescape

TEXT_LIMIT, CAPTION_LIMIT, TOAST_LIMIT, LABEL_LIMIT = 4096, 1024, 200, 64
# As much of what somebody wrote as is repeated within a sentence.
QUOTED = 60
_TAG = re.compile(r"</?[a-z][a-z-]*(?: [^<>]*)?>")
# What is never cut: a tag, an entity, a character.
_PIECE = re.compile(
    rf"({_TAG.pattern})|&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z]{{2,8}});|.", re.DOTALL
)
_MORE = "…"


def units(text: str) -> int:
    """How long a plain text is, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(html: str) -> str:
    """A text of Telegram's HTML without its tags and entities."""
    return unescape(_TAG.sub("", html))


def length(html: str) -> int:
    """How long a text of Telegram's HTML is, in UTF-16 units."""
    return units(plain(html))


def cut(text: str, most: int) -> str:
    """A plain text of `most` units or fewer, with … at the end where something is left out."""
    if units(text) <= most:
        return text
    room, kept = most - units(_MORE), 0
    for place, character in enumerate(text):
        kept += units(character)
        if kept > room:
            return text[:place].rstrip() + _MORE
    return text


def quoted(words: str, most: int = QUOTED) -> str:
    """What somebody wrote, in one line, as short as a sentence that repeats it can bear."""
    return cut(" ".join(words.split()), most)


def split(html: str, most: int) -> list[str]:
    """The same text in parts of `most` units or fewer: between lines where that is possible, each with its
    own tags whole, no entity or character cut."""
    parts, rest = [], html
    while rest and length(rest) > most:
        part, rest = _divided(rest, most)
        parts.append(part)
    # A part that shows nothing is refused.
    return [part for part in (*parts, rest) if plain(part).strip()] or [html]


def fit(html: str, most: int) -> str:
    """The beginning of a text where it does not fit into one message, with … at its end."""
    return html if length(html) <= most else _divided(html, most - units(_MORE), _MORE)[0]


def _divided(html: str, most: int, mark: str = "") -> tuple[str, str]:
    """As much as fits, its open tags closed behind the mark, and the rest with them opened again."""
    fits = _first(html, most)
    line = html.rfind("\n", 0, fits)
    # The last line that is whole, where it is not too far up.
    end = line if line > 0 and length(html[:line]) >= most // 2 else fits
    tags = _open_tags(html[:end])
    head = html[:end].rstrip("\n") + mark + "".join(f"</{_name(tag)}>" for tag in reversed(tags))
    return head, "".join(tags) + html[end:].removeprefix("\n")


def _first(html: str, most: int) -> int:
    """Up to where a text fits: one character of it at the least."""
    used = 0
    for piece in _PIECE.finditer(html):
        size = 0 if piece[1] else units(unescape(piece[0]))
        if used and used + size > most:
            return piece.start()
        used += size
    return len(html)


def _open_tags(html: str) -> list[str]:
    """The tags that are open at the end of this, the outermost first."""
    tags: list[str] = []
    for tag in _TAG.findall(html):
        if not tag.startswith("</"):
            tags.append(tag)
        elif tags:
            tags.pop()
    return tags


def _name(tag: str) -> str:
    return tag.strip("<>").split(" ", 1)[0]
