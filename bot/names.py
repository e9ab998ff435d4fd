"""Names as people type them: without what is not heard, and by pinyin where nothing else fits."""

import os
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from bot.i18n import bare

T = TypeVar("T")
# Middle dots that count as letters in Unicode.
_DOTS = str.maketrans("", "", "ꞏㆍᐧ")
# Of one letter, too many begin with it.
_SHORTEST = 2
_MOST_SPELT = 60


def key(name: str) -> str:
    """A name as it is compared: letters and digits only, whatever their width and case."""
    return bare(name.translate(_DOTS)).replace(" ", "")


def find(said: str, among: Iterable[T], name_of: Callable[[T], str]) -> list[T]:
    """Those whose name was typed; where there is none, those whose pinyin it is, or else its initials."""
    wanted, people = key(said), list(among)
    if not wanted:
        return []
    if same := [each for each in people if key(name_of(each)) == wanted]:
        return same
    typed = _letters(said)
    if not _SHORTEST <= len(typed) <= _MOST_SPELT:
        return []
    keys = [(each, key(name_of(each))) for each in people]
    spelt = [each for each, name in keys if _is_spelt(typed, name, _syllables)]
    return spelt or [each for each, name in keys if _is_spelt(typed, name, _initials)]


def _letters(said: str) -> str:
    """What was typed in Latin letters, without tones and blanks; empty where there is anything else."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", said).casefold() if sign.isalnum())
    letters = "".join(sign for sign in plain if not sign.isdecimal())
    return letters if letters.isascii() else ""


def _is_spelt(typed: str, name: str, of_sign: Callable[[str], Collection[str]]) -> bool:
    """Whether the letters are those of the name, sign by sign, in any of their readings."""
    reached = {0}
    for at, sign in enumerate(name):
        left = len(name) - at - 1
        reached = {
            start + len(reading)
            for start in reached
            for reading in of_sign(sign)
            if typed.startswith(reading, start) and start + len(reading) + left <= len(typed)
        }
        if not reached:
            return False
    return len(typed) in reached


@lru_cache(maxsize=30_000)
def _syllables(sign: str) -> tuple[str, ...]:
    if sign.isascii():
        return (sign,)
    pypinyin = _pypinyin()
    read: Sequence[str] = pypinyin.pinyin(sign, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")[
        0:1
    ]
    readings = [_letters(each) for each in (read[0] if read else ())]
    # ü is typed as v or as u.
    return tuple(dict.fromkeys(r for each in readings for r in (each, each.replace("v", "u"))))


@lru_cache(maxsize=30_000)
def _initials(sign: str) -> tuple[str, ...]:
    """The first letter; zh, ch and sh too."""
    found = [reading[:1] for reading in _syllables(sign)]
    found += [reading[:2] for reading in _syllables(sign) if reading[1:2] == "h"]
    return tuple(dict.fromkeys(found))


def _pypinyin() -> Any:
    """Loaded where it is needed, without its dictionary of phrases: names are read sign by sign."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    return pypinyin
