"""What is scrubbed, that the rest stays as it is, and that what repeats is counted."""

import io
import json
import logging
import sys
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.base import logs

KEY = "AAE-5q_Rs7tUvWxYz0123456789abcdefgh"
TOKEN = f"7654321:{KEY}"
SECRET = "hook-secret/ä+\"'\\"


@pytest.fixture(autouse=True)
def own_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets of one test only."""
    monkeypatch.setattr(logs, "_secrets", set())


def _forms(secret: str) -> list[str]:
    once = quote(secret, safe="")
    return [secret, once, quote(secret), repr(secret)[1:-1], repr({"url": f"/{secret}/x"})]


def test_any_token_is_hidden_even_one_nobody_named() -> None:
    twice = quote(quote(TOKEN, safe=""), safe="")
    for form in (TOKEN, quote(TOKEN, safe=""), TOKEN.replace(":", "%3a"), twice):
        told = logs.scrub(f"POST https://api.telegram.org/bot{form}/sendMessage")
        assert told == "POST https://api.telegram.org/bot[token]/sendMessage"


@pytest.mark.parametrize("secret", [TOKEN, SECRET, "short"])
def test_a_named_secret_is_hidden_in_every_form(secret: str) -> None:
    logs.hide(secret)
    for form in _forms(secret):
        told = logs.scrub(f"before {form} after")
        assert secret not in told
        assert form not in told
        assert told.startswith("before ")
        assert told.endswith(" after")


def test_half_a_token_is_hidden_where_the_token_is_known() -> None:
    logs.hide(TOKEN)
    assert KEY not in logs.scrub(f"id 7654321, key {KEY}")


def test_nothing_to_hide_hides_nothing() -> None:
    logs.hide("")
    assert logs.scrub("上岗 08:00") == "上岗 08:00"


@given(st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs"])))
def test_texts_without_secrets_stay_as_they_are(text: str) -> None:
    assert logs.scrub(text) == text


def _fail(words: str) -> None:
    raise ValueError(words)


def _fail_elsewhere(words: str) -> None:
    raise ValueError(words)


def _told(deed: Callable[[structlog.stdlib.BoundLogger], None]) -> list[str]:
    """The lines that are written meanwhile."""
    stream, before, hooks = io.StringIO(), logging.getLogger().handlers[:], _hooks()
    try:
        logs.set_up("INFO", as_json=True, stream=stream)
        deed(logs.log("part"))
    finally:
        logging.getLogger().handlers[:] = before
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        logging.captureWarnings(False)
    return stream.getvalue().splitlines()


def _hooks() -> tuple[Any, Any, Any]:
    return sys.excepthook, threading.excepthook, sys.unraisablehook


def test_what_repeats_is_told_once_and_counted() -> None:
    def deed(log: structlog.stdlib.BoundLogger) -> None:
        for number in range(5000):
            try:
                _fail(f"what somebody sent: {number}")
            except ValueError as error:
                log.error("handler failed", seq=number, exc_info=error)

    lines = _told(deed)
    assert [json.loads(line).get("times") for line in lines] == [None, 10, 100, 1000]
    assert ["Traceback" in line for line in lines] == [True, False, False, False]


def test_other_kinds_are_told_all_the_same() -> None:
    def deed(log: structlog.stdlib.BoundLogger) -> None:
        for fail in (_fail, _fail_elsewhere, _fail):
            try:
                fail("x")
            except ValueError as error:
                log.error("handler failed", exc_info=error)
        for code in (401, 404, 401):
            log.warning("could not receive", error=f"{code} no", again_in=code / 7)
        for job in ("one", "two", "one"):
            log.warning("skipped", job=job)
        for _ in range(3):
            log.info("as often as you like")
            logging.getLogger("library").warning("a %s line", "foreign")

    lines = _told(deed)
    assert sum("Traceback" in line for line in lines) == 2
    assert sum("skipped" in line for line in lines) == 2
    assert sum("could not receive" in line for line in lines) == 2
    assert sum("as often" in line for line in lines) == 3
    assert sum("foreign" in line for line in lines) == 1


def test_after_a_minute_it_is_told_how_often_and_after_an_hour_in_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("bot.base.repeats.time.monotonic", lambda: clock[0])

    def deed(log: structlog.stdlib.BoundLogger) -> None:
        for wait in (0, 1, 1, 61, 1, 3601):
            clock[0] += wait
            log.error("no line", error="broken off 5")

    assert [json.loads(line).get("times") for line in _told(deed)] == [None, 4, None]
