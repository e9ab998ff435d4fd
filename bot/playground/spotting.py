"""Finds what Telegram marks in plain text by itself: commands, links, mentions, hashtags."""

import re

from bot.playground.replies import JsonObject
from bot.playground.texts import utf16_length

_SPOTS = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{5,32})?(?![\w/]))"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}]|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|cn|org|net|gov|io|me)\b(?:/\S*)?)"
    r"|(?P<email>(?<!\w)[\w.+-]+@[\w-]+\.[\w.]+\b)"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)",
    re.ASCII,
)
_HINT = re.compile(r"[/@#.]")


def spot(text: str, entities: list[JsonObject] | None = None) -> list[JsonObject]:
    """The entities of `text`: those given, and what is spotted outside of them, in order."""
    given = entities or []
    if not _HINT.search(text):
        return given
    found = list(given)
    for match in _SPOTS.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match[0])
        if all(offset + length <= e["offset"] or offset >= e["offset"] + e["length"] for e in given):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return found
