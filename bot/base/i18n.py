"""Translations: Fluent files under `locales/`, Chinese first."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

LOCALES_DIR = Path(__file__).resolve().parents[2] / "locales"
DEFAULT_LOCALE = "zh_CN"
LOCALES = ("zh_CN", "en")
# A space beside anything but Latin letters and digits.
_NO_GAP = re.compile("(?<![0-9a-z]) | (?![0-9a-z])")
# Characters of a fact that Fluent surely takes (2,500 at most).
LONGEST = 1000
# Texts that are kept as they were made: crews come at the same time to the same place, and keys never change.
KEPT = 1000


class Translator:
    """The texts of one locale. Calling it escapes every fact for Telegram's HTML."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._bundle = _bundle(locale)
        self._made = lru_cache(maxsize=KEPT, typed=True)(self._make)

    def __call__(self, key: str, /, **facts: Any) -> str:
        """The text of `key` as HTML, with the facts escaped. Raises KeyError for an unknown key."""
        return self._made(key, True, **facts)

    def plain(self, key: str, /, **facts: Any) -> str:
        """The text of `key` for places without HTML: buttons, toasts, menus."""
        return self._made(key, False, **facts)

    def _make(self, key: str, html: bool, /, **facts: Any) -> str:
        return self._format(key, {name: _escaped(value) for name, value in facts.items()} if html else facts)

    def _format(self, key: str, facts: Mapping[str, Any]) -> str:
        message = self._bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        if "month" in facts:
            # In figures a date such as 2/12 is another day to half of those who read it.
            facts = {**facts, "month": self._format(f"month-{facts['month']}", {})}
        # Fluent refuses longer facts, so they are put in afterwards.
        long = {name: f"\ue000{name}\ue001" for name, fact in facts.items() if len(str(fact)) > LONGEST}
        text, errors = self._bundle.format_pattern(message.value, {**facts, **long})
        if errors:
            raise KeyError(f"{self.locale}: {key}: {errors[0]}")
        for name, place in long.items():
            text = str(text).replace(place, str(facts[name]))
        return str(text)


@cache
def translator(locale: str) -> Translator:
    """The translator of a locale; Chinese for one we do not have."""
    return Translator(locale if locale in LOCALES else DEFAULT_LOCALE)


def locale_of(language_code: str | None) -> str:
    """The locale for Telegram's language code: English only where it is asked for."""
    return "en" if (language_code or "").lower().startswith("en") else DEFAULT_LOCALE


def texts_of(key: str) -> frozenset[str]:
    """What a button is called in every locale: what people send by tapping it."""
    return frozenset(translator(locale).plain(key) for locale in LOCALES)


def words_of(key: str) -> frozenset[str]:
    """The words that a text lists in every locale, parted by 、 or commas: what people may type."""
    listed = (word.strip() for text in texts_of(key) for word in re.split("[、,，]", text))
    return frozenset(word for word in listed if word)


# Every word that acts as a key is held against the same text.
@lru_cache(maxsize=64)
def bare(text: str) -> str:
    """A text as names are compared: letters and digits only, whatever their width and case; a space is left
    between words that are written apart in Latin letters."""
    signs = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(sign if sign.isalnum() else " " for sign in signs)
    return _NO_GAP.sub("", " ".join(words.split()))


def locale_files(locale: str) -> list[Path]:
    """The Fluent files of a locale, in order of name."""
    return sorted((LOCALES_DIR / locale).glob("*.ftl"))


def _escaped(value: Any) -> Any:
    return escape(value, quote=False) if isinstance(value, str) else value


@cache
def _bundle(locale: str) -> FluentBundle:
    bundle = FluentBundle([locale.replace("_", "-")], use_isolating=False)
    for file in locale_files(locale):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
