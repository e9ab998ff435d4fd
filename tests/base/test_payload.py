"""Whatever Telegram, or anybody, sends: read, cleaned, or refused with a ValueError and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.base.payload import (
    chat_id_of,
    query_id_of,
    read_json,
    read_update,
    sender_of,
    split_updates,
    taken_at,
    unpack,
    write_json,
)

TEXT = st.text(st.characters(codec=None, categories=None), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | TEXT
NAMES = TEXT | st.sampled_from(
    ["update_id", "message", "callback_query", "chat", "from", "user", "id", "date", "edit_date",
     "language_code", "my_chat_member", "unreadable"]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=6)


def _cleaned(value: Any) -> Any:
    """By hand, character by character."""
    if isinstance(value, str):
        return "".join("?" if 0xD800 <= ord(c) <= 0xDFFF else c for c in value if c != "\0")
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(item) for name, item in value.items()}
    return None if isinstance(value, float) and value in (float("inf"), float("-inf")) else value


def _is_storable(text: str) -> bool:
    return "\0" not in text and text.encode("utf-8", "ignore").decode() == text


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [s for pair in value.items() for item in pair for s in _strings(item)]
    if isinstance(value, list):
        return [s for item in value for s in _strings(item)]
    return [value] if isinstance(value, str) else []


@given(OBJECTS)
@example({"message": "a\0b"})
@example({"message": "\ud83d"})
@example({"\ud800\0": "\\ud800"})
def test_a_stored_update_comes_back_without_what_no_database_takes(update: dict[str, Any]) -> None:
    if "unreadable" in update:
        with pytest.raises(ValueError, match="readable"):
            unpack(write_json(update))
        return
    back = unpack(write_json(update))
    assert all(map(_is_storable, _strings(back)))
    # Two names may become one; otherwise nothing else changes.
    if len(set(map(_cleaned, _names(update)))) == len(set(_names(update))) and _all_finite(update):
        assert back == _cleaned(update)


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(n for item in value.values() for n in _names(item))]
    return [n for item in value for n in _names(item)] if isinstance(value, list) else []


def _all_finite(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_all_finite, value.values()))
    if isinstance(value, list):
        return all(map(_all_finite, value))
    return not isinstance(value, float) or abs(value) != float("inf")


@given(st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
@example(b"[" * 100_000)
@example(b'{"a":' * 3_000 + b"1" + b"}" * 3_000)
@example(b"1" * 6_000)
@example(b"NaN")
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_are_read_or_refused_with_a_value_error(body: bytes) -> None:
    for read in (read_json, unpack, split_updates):
        try:
            read(body)
        except ValueError:
            continue
    update = read_update(body)
    assert isinstance(write_json(update), bytes)
    _probe(update)


def _probe(update: Any) -> None:
    """What receive and process ask of anything: numbers that fit the database, and text."""
    for number in (chat_id_of(update), sender_of(update)[0] if isinstance(update, dict) else 0):
        assert type(number) is int
        assert abs(number) < 1 << 62
    assert isinstance(query_id_of(update), str)
    if isinstance(update, dict):
        language = sender_of(update)[1]
        assert language is None or isinstance(language, str)
        moment = taken_at(update)
        assert moment is None or moment.tzinfo is not None


@given(VALUES)
@example({"message": {"chat": {"id": 1 << 63}, "from": {"id": True}, "date": 1 << 40}})
@example({"message": {"chat": {"id": 1.5}, "from": ["id"], "date": -5}})
@example({"callback_query": {"id": {}, "message": {"chat": 7}}})
def test_any_value_can_be_asked_for_its_chat(value: Any) -> None:
    _probe(value)


@given(st.lists(OBJECTS, max_size=5), st.sampled_from(["", " ", "\n\t"]))
def test_updates_are_split_as_a_whole_reading_has_them(updates: list[dict[str, Any]], blank: str) -> None:
    body = f'{{"ok":true,{blank}"result":{blank}{json.dumps(updates)}}}'.encode()
    assert split_updates(body) == json.loads(body)["result"]


def test_one_unreadable_update_does_not_hold_up_the_rest() -> None:
    deep = b'{"update_id": 8, "x": ' + b"[" * 5_000 + b"]" * 5_000 + b"}"
    body = b'{"ok":true,"result":[{"update_id": 7},' + deep + b',{"update_id": 9, "t": "]}\\""}]}'
    first, second, third = split_updates(body)
    assert (first, third) == ({"update_id": 7}, {"update_id": 9, "t": ']}"'})
    assert second["update_id"] == 8
    with pytest.raises(ValueError, match="readable"):
        unpack(write_json(second))


@pytest.mark.parametrize("core", ["\0", "\ud800", "plain"])
def test_deep_nesting_is_read_or_refused(core: str) -> None:
    body = b'{"message":' + b"[" * 1_000 + json.dumps(core).encode() + b"]" * 1_000 + b"}"
    if core == "plain":
        assert isinstance(unpack(body), dict)
        return
    with pytest.raises(ValueError, match="deeply"):
        unpack(body)
