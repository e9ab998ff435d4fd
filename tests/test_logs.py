"""What is scrubbed, and that the rest stays as it is."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

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
