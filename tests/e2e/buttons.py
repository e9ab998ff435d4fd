"""Data for every button that a handler takes, made from the handlers' own patterns."""

import asyncio
import importlib
import re
from collections.abc import Sequence
from itertools import product
from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.app import build
from bot.settings import Settings

# Numbers of persons, areas and things; a date; a code of the settings.
NUMBERS, DAY, SHORT_DAY = ("1", "5"), "20261123", "261123"
_CODE, _CODES = "[a-z][a-z0-9_]{0,23}", "(?:radio|duty_start|fire)"
_MAYBE_CODE, _MAYBE_CODES = "[a-z0-9_]{0,24}", "(?:|fire)"
# Whatever may wait in the morning.
_SUBJECT = r"[a-z_]{1,20}:\d{1,15}(?::[a-z]{1,12})?"
_KINDS = "correction|second_account|handover|hazard|request|dispute|appeal|household"
_SUBJECTS = rf"(?:(?:{_KINDS}):\d{{1,15}}|swap:\d{{1,15}}:decide)"
# Patterns that say nothing of what follows, and what does.
OPEN_ENDED = {"^f:": ["f:feedback:1:1:words:0", "f:feedback:1:1:words:no", "f:correction:1:1:what:0"]}
_parser: Any = importlib.import_module("re._parser")


def patterns(settings: Settings) -> list[str]:
    """What the buttons of the whole bot look like. AssertionError: a handler takes any button there is."""
    app = asyncio.run(build(settings))
    found = [h for group in app.handlers.values() for h in group if isinstance(h, CallbackQueryHandler)]
    named = [h.pattern.pattern for h in found if isinstance(h.pattern, re.Pattern)]
    assert all(h.pattern or h.callback.__module__ == "handlers.fallback" for h in found)
    assert len(named) > 80
    return named


def samples(pattern: str) -> list[str]:
    """Buttons that fit, every alternative once. AssertionError: write down by hand what would fit."""
    if pattern in OPEN_ENDED:
        return OPEN_ENDED[pattern]
    plain = pattern.replace(_SUBJECT, _SUBJECTS).replace(_CODE, _CODES).replace(_MAYBE_CODE, _MAYBE_CODES)
    made = list(dict.fromkeys(_each(_parser.parse(plain))))
    assert made, f"no sample for {pattern}"
    assert all(re.fullmatch(pattern, one) for one in made), f"no sample for {pattern}: {made}"
    assert pattern.endswith("$"), f"no sample for {pattern}: add it to OPEN_ENDED"
    return made


def _each(parts: Any) -> list[str]:
    return ["".join(one) for one in product(*(_part(str(op), value) for op, value in parts))]


def _part(op: str, value: Any) -> Sequence[str]:
    if op == "AT":
        return [""]
    if op == "LITERAL":
        return [chr(value)]
    if op == "SUBPATTERN":
        return _each(value[3])
    if op == "BRANCH":
        return [one for branch in value[1] for one in _each(branch)]
    if op == "IN":
        return _one_of(value)
    if op == "MAX_REPEAT":
        return _repeated(*value)
    raise AssertionError(f"no sample for {op} in a button's pattern")


def _one_of(choices: Any) -> list[str]:
    """Every letter of a set; of digits the first."""
    if str(choices[0][0]) == "LITERAL":
        return [chr(code) for _, code in choices]
    return ["0"]


def _repeated(least: int, most: int, parts: Any) -> Sequence[str]:
    text = str(parts)
    if "CATEGORY_WORD" in text:
        return ["x" * least]
    if (least, most) == (0, 1):
        return ["", *_each(parts)]
    assert "CATEGORY_DIGIT" in text, f"no sample for {text}"
    if least == most:
        return {8: [DAY], 6: [SHORT_DAY]}[least]
    if most >= 10:
        return NUMBERS
    return {4: ["0", "1"], 9: ["1"]}.get(most, ["0"])
