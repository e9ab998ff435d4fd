"""Translations: long facts, escaping, the same keys in every language."""

import re

import pytest
from fluent.syntax import FluentParser, ast

from bot.base.i18n import LOCALES, locale_files, translator


def _messages(locale: str) -> dict[str, set[str]]:
    """Each text of a language with the facts it is filled with."""
    found: dict[str, set[str]] = {}
    for file in locale_files(locale):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{file}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{file}: {entry.id.name} stands twice"
                text = file.read_text(encoding="utf-8")[entry.span.start : entry.span.end]  # type: ignore[union-attr]
                found[entry.id.name] = set(re.findall(r"\$(\w+)", text))
    return found


def test_every_language_has_the_same_texts_with_the_same_facts() -> None:
    first, *others = (_messages(locale) for locale in LOCALES)
    for other in others:
        assert other == first


@pytest.mark.parametrize("locale", LOCALES)
def test_a_fact_of_any_length_is_told_in_full_and_escaped(locale: str) -> None:
    words = "<&" * 3000
    told = translator(locale)("mydata-feedback", at="-", said=words)
    assert "&lt;&amp;" * 3000 in told
    assert words in translator(locale).plain("mydata-feedback", at="-", said=words)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_unknown_text_or_a_missing_fact_is_an_error(locale: str) -> None:
    with pytest.raises(LookupError):
        translator(locale)("no-such-text")
    with pytest.raises(LookupError):
        translator(locale)("mydata-feedback", at="-")


@pytest.mark.parametrize("month", range(1, 13))
def test_a_date_is_told_so_that_nobody_takes_the_day_for_the_month(month: int) -> None:
    told = {"time": "18:00", "month": str(month), "day": "2"}
    name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    assert translator("en")("time-other-day", **told) == f"2 {name} 18:00"
    assert translator("zh_CN")("time-other-day", **told) == f"{month}月2日 18:00"


def test_no_english_text_writes_a_date_in_figures_alone() -> None:
    texts = "\n".join(file.read_text(encoding="utf-8") for file in locale_files("en"))
    assert re.findall(r"\$(?:day|month) \}/\{ \$(?:day|month|year)", texts) == []
