"""Words that say that somebody is in danger now, in any language: lists in `locales/*/danger.ftl`.

A word does not count where what stands just before it says that it is not so (没有人受伤), or what follows
makes another thing of it (溺水演练, 救命稻草). When in doubt it counts: nobody is called before a tap.
"""

import re
import unicodedata
from functools import cache

from bot.base.i18n import LOCALES, translator

_SPLIT = "|"
# Blanks and dots between signs of a word, and between letters: 救 命, S.O.S.
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[ .·・…~*_-]+(?=[\u4e00-\u9fff])|(?<=\b[a-z])[. -]+(?=[a-z]\b)")


def speaks_of_danger(text: str) -> bool:
    """Whether a text says so, however it is written."""
    plain = _flat(text)
    return any(pattern.search(plain) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(locale) for locale in LOCALES)


def _pattern(locale: str) -> re.Pattern[str]:
    """The words of a language: whole ones where it writes blanks between them."""
    words, before, after = (_listed(locale, key) for key in ("words", "not-after", "not-before"))
    edge, gap = (r"\b", " ") if locale == "en" else ("", "")
    refused = "".join(f"(?<!{word}{gap})" for word in before)
    follows = f"(?![ -]?(?:{'|'.join(after)}))"
    return re.compile(f"{edge}{refused}(?:{'|'.join(words)}){edge}{follows}")


def _listed(locale: str, name: str) -> list[str]:
    text = translator(locale).plain(f"danger-{name}")
    words = (re.escape(_flat(word)) for word in text.split(_SPLIT))
    return sorted((word for word in words if word), key=len, reverse=True)


def _flat(text: str) -> str:
    """Without differences of width and case; blanks and dots between Chinese characters are left out."""
    narrow = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _BETWEEN.sub("", narrow)
