"""Whatever Telegram answers is a result of the right shape, a refusal, or open; never another error."""

import json
from collections import Counter
from typing import Any

import pytest

from bot.base.answers import Declined, Odd, Unsure, bot_of, file_of, result_of, updates_of
from tests.robustness.strange import NO_ANSWERS, WRONG, Strange, methods_called

MESSAGE = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "上岗"}
RIGHT: dict[str, Any] = {
    "getMe": {"id": 7, "is_bot": True, "first_name": "网格值守", "username": "duty_bot"},
    "getFile": {"file_id": "x", "file_unique_id": "y", "file_size": 9, "file_path": "photos/file_1.jpg"},
    "getUpdates": [{"update_id": 1, "message": MESSAGE}],
    "sendMediaGroup": [MESSAGE, MESSAGE],
}
# Strange answers to each method; what became of them is printed: pytest -s -n 0 tests/base/test_answers.py
TIMES = 5_000


def _right(method: str) -> bytes:
    usual = MESSAGE if method.startswith(("send", "edit")) and method != "sendChatAction" else True
    return json.dumps({"ok": True, "result": RIGHT.get(method, usual)}).encode()


def _read(method: str, status: int, body: bytes) -> Any:
    return updates_of(status, body) if method == "getUpdates" else result_of(method, status, body)


def _is_usable(method: str, result: Any) -> bool:
    """What the callers rely on, said once more."""
    if method == "getMe":
        return isinstance(result["id"], int) and isinstance(bot_of(result), dict)
    if method == "getFile":
        path = result["file_path"]
        return isinstance(path, str) and ".." not in path and "//" not in path and path[0] != "/"
    if method == "getUpdates":
        return isinstance(result, list)
    if method.startswith(("send", "edit")) and result is not True:
        return all(
            type(each["message_id"]) is int for each in (result if isinstance(result, list) else [result])
        )
    return result is True


def test_right_answers_are_taken() -> None:
    for method in [*methods_called(), "sendMediaGroup", "pinChatMessage"]:
        assert _read(method, 200, _right(method)) == json.loads(_right(method))["result"]
    assert result_of("editMessageText", 200, b'{"ok":true,"result":true}') is True


def test_strange_answers_are_no_surprise() -> None:
    called = methods_called()
    assert {"sendMessage", "getUpdates", "getFile", "getMe", "setMyCommands", "leaveChat"} <= set(called)
    assert len(called) >= 15
    whole: Counter[str] = Counter()
    for method in sorted({*called, "sendMediaGroup", "pinChatMessage"}):
        outcomes = _outcomes(method, Strange(len(method)))
        print(f"{method}: {sum(outcomes.values())} answers, {dict(outcomes)}")
        assert sum(outcomes.values()) == TIMES
        assert min(outcomes[kind] for kind in ("Declined", "Unsure", "Odd")) > 50, method
        whole += outcomes
    print(f"{sum(whole.values())} answers: {dict(whole)}")
    assert whole["taken"] > 50


def _outcomes(method: str, strange: Strange) -> Counter[str]:
    """What the answers to a method are read as; another error is raised."""
    outcomes: Counter[str] = Counter()
    for status, body in [strange(_right(method)) for _ in range(TIMES)]:
        try:
            result = _read(method, status, body)
        except (Declined, Unsure) as error:
            outcomes[type(error).__name__] += 1
        else:
            outcomes["taken"] += 1
            assert _is_usable(method, result), (method, body[:200])
    return outcomes


@pytest.mark.parametrize("body", NO_ANSWERS)
def test_nothing_else_is_a_message(body: bytes) -> None:
    with pytest.raises((Unsure, Declined)):
        result_of("sendMessage", 200, body)


@pytest.mark.parametrize("value", [value for value in WRONG if value not in (7, 2**31)])
def test_no_message_without_a_number(value: Any) -> None:
    body = json.dumps({"ok": True, "result": {**MESSAGE, "message_id": value}}).encode()
    with pytest.raises(Odd) as caught:
        result_of("sendMessage", 200, body)
    assert caught.value.taken
    assert caught.value.method == "sendMessage"


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        (5, 5.0), (0.5, 0.5), (-5, 0.0), (10**12, 3600.0), (1e308, 3600.0), ("7", 0.0), (None, 0.0),
        (True, 0.0), ([], 0.0), ({}, 0.0),
    ],
)  # fmt: skip
def test_a_wait_is_within_reason(told: Any, wait: float) -> None:
    said = {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": told}}
    with pytest.raises(Declined) as caught:
        result_of("sendMessage", 429, json.dumps(said).encode())
    assert caught.value.retry_after == wait


@pytest.mark.parametrize("grown", [5, 0, "-1001", [], None, True, -(2**70), 1.5])
def test_a_group_moves_to_a_group_alone(grown: Any) -> None:
    said = {"ok": False, "error_code": 400, "description": "x", "parameters": {"migrate_to_chat_id": grown}}
    with pytest.raises(Declined) as caught:
        result_of("sendMessage", 400, json.dumps(said).encode())
    assert caught.value.migrate_to is None


@pytest.mark.parametrize(
    "path",
    [
        "../x", "/etc/passwd", "photos/../../x", "https://elsewhere.invalid/x", "//elsewhere.invalid/x", "",
        ".", "a//b", "a\\b", "a\nb", "x" * 600, 5, None, [], {},
    ],
)  # fmt: skip
def test_a_file_lies_among_telegrams_files(path: Any) -> None:
    body = json.dumps({"ok": True, "result": {"file_id": "x", "file_path": path}}).encode()
    with pytest.raises(Odd):
        result_of("getFile", 200, body)


@pytest.mark.parametrize(
    "answer",
    [None, True, [], {}, {"photo": []}, {"photo": "x"}, {"photo": [5]}, {"photo": [{}]}, {"document": [1]},
     {"photo": [{"file_id": 5}]}, {"document": {"file_id": ""}}, {"photo": {"file_id": "x"}}],
)  # fmt: skip
def test_no_file_is_learnt_from_nonsense(answer: Any) -> None:
    assert file_of(answer) is None
