"""Telegram's answers, read strictly: what is not as documented never gets any further than here.

Whatever comes back, the caller gets a result of the shape that its method promises, or one of three errors.
"""

import math
from typing import Any

import orjson

from bot.base.errors import GridDutyError
from bot.base.payload import read_json, split_updates

TOO_LARGE = 413
# Longer than Telegram ever lets anybody wait; whoever is told more asks again then.
LONGEST_WAIT = 3600.0
# Ids that a database holds.
_IDS = range(1, 1 << 53)
_GROUPS = range(-(1 << 53), 0)
_REFUSALS = range(400, 500)
_MOST_WORDS, _MOST_PATH, _SHOWN = 1000, 500, 100


class NotSent(GridDutyError):
    """Telegram was not reached: nothing happened there."""


class Unsure(GridDutyError):
    """The call broke off: it may or may not have happened."""


class Odd(Unsure):
    """Telegram answered otherwise than it says it does. `taken`: it said that the call was done."""

    def __init__(self, method: str, body: bytes = b"", taken: bool = False) -> None:
        super().__init__(f"{method}: an answer that is not documented: {body[:_SHOWN]!r}")
        self.method = method
        self.taken = taken


class Declined(GridDutyError):
    """Telegram answered with an error. `retry_after` in seconds; `migrate_to` is a group's new number."""

    def __init__(
        self, code: int, description: str, retry_after: float = 0, migrate_to: int | None = None
    ) -> None:
        super().__init__(code, description, retry_after, migrate_to)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Declined) and self.args == other.args

    __hash__ = GridDutyError.__hash__

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


def result_of(method: str, status: int, body: bytes) -> Any:
    """What a method gave, in the shape that Telegram promises. Raises Declined, Unsure or Odd."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = None
    result = _opened(method, status, body, answer)
    if not _is_as_promised(method, result):
        raise Odd(method, body, taken=True)
    return result


def updates_of(status: int, body: bytes) -> list[Any]:
    """The updates that getUpdates gave, each as it came; an answer that does not read as a whole is taken
    apart. Raises Declined, Unsure or Odd."""
    try:
        answer = read_json(body)
    except ValueError:
        return _split(status, body)
    updates = _opened("getUpdates", status, body, answer)
    if not isinstance(updates, list):
        raise Odd("getUpdates", body)
    return updates


def file_of(answer: Any) -> tuple[str, str] | None:
    """The kind and the id of the photo or document in a message that was sent; None where there is none."""
    if not isinstance(answer, dict):
        return None
    sizes = answer.get("photo")
    largest = sizes[-1] if isinstance(sizes, list) and sizes else None
    for kind, file in (("photo", largest), ("document", answer.get("document"))):
        file_id = file.get("file_id") if isinstance(file, dict) else None
        if isinstance(file_id, str) and file_id:
            return kind, file_id
    return None


def bot_of(user: Any) -> dict[str, Any] | None:
    """Of what getMe told, what the bot needs to know about itself; None where it is no user."""
    if not isinstance(user, dict) or not _is_in(user.get("id"), _IDS):
        return None
    names = {name: user.get(name, "") for name in ("first_name", "username")}
    known = all(isinstance(name, str) and len(name) <= _MOST_WORDS for name in names.values())
    return {"id": user["id"], **names} if known else None


def _split(status: int, body: bytes) -> list[Any]:
    if status != 200:
        raise Unsure(f"status {status}")
    try:
        return split_updates(body)
    except ValueError:
        raise Odd("getUpdates", body) from None


def _opened(method: str, status: int, body: bytes, answer: Any) -> Any:
    """What is in the envelope. What stands before the Bot API may answer too, and not always as JSON."""
    if status == TOO_LARGE:
        raise Declined(status, "Request Entity Too Large")
    if status >= 500:
        raise Unsure(f"status {status}")
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        raise Odd(method, body)
    if not answer["ok"]:
        raise _refusal(method, status, body, answer)
    if "result" not in answer:
        raise Odd(method, body, taken=True)
    return answer["result"]


def _refusal(method: str, status: int, body: bytes, answer: dict[str, Any]) -> GridDutyError:
    """A refusal with its hints: a strange hint is none. One without a readable reason leaves it open."""
    code, words = answer.get("error_code", status), answer.get("description", "")
    if isinstance(code, int) and code >= 500:
        return Unsure(f"error {code}")
    if not _is_in(code, _REFUSALS) or not isinstance(words, str):
        return Odd(method, body)
    hints = answer.get("parameters")
    hints = hints if isinstance(hints, dict) else {}
    grown = hints.get("migrate_to_chat_id")
    wait = _seconds(hints.get("retry_after"))
    return Declined(code, words[:_MOST_WORDS], wait, grown if _is_in(grown, _GROUPS) else None)


def _seconds(told: Any) -> float:
    """How long to wait, within reason; 0 where it says nothing of the kind."""
    if isinstance(told, bool) or not isinstance(told, int | float) or not math.isfinite(told):
        return 0.0
    return min(max(0.0, float(told)), LONGEST_WAIT)


def _is_as_promised(method: str, result: Any) -> bool:
    """Whether it is what this kind of method gives: by its name, so that a new one is held to it too."""
    if method == "getMe":
        return bot_of(result) is not None
    if method == "getFile":
        return _is_file(result)
    if method == "sendMediaGroup":
        return isinstance(result, list) and bool(result) and all(map(_is_message, result))
    if method.startswith("edit"):
        return result is True or _is_message(result)
    if method.startswith(("send", "copy", "forward")) and method != "sendChatAction":
        return _is_message(result)
    return method.startswith("get") or result is True


def _is_message(value: Any) -> bool:
    return isinstance(value, dict) and _is_in(value.get("message_id"), _IDS)


def _is_file(value: Any) -> bool:
    """A file whose path leads nowhere but to Telegram's own files."""
    path = value.get("file_path") if isinstance(value, dict) else None
    if not isinstance(path, str) or not 0 < len(path) <= _MOST_PATH or not path.isprintable():
        return False
    return not ({"", ".", ".."} & set(path.split("/")) or "\\" in path or ":" in path)


def _is_in(value: Any, numbers: range) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in numbers
