"""Keyboards, checked as Telegram checks them."""

import re
from collections.abc import Callable
from typing import Any

from bot.playground.replies import JsonObject, bad_request

Note = Callable[[str], None]
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
_ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)
_REQUESTS = frozenset(
    {
        "request_contact",
        "request_location",
        "request_users",
        "request_chat",
        "request_managed_bot",
        "request_poll",
        "web_app",
    }
)
_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_FLAGS = (
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "selective",
    "force_reply",
    "remove_keyboard",
)
_URL = re.compile(r"(?:https?://[^\s/]+\.?[^\s]*|tg://\S+)$")
_MOST_BUTTONS = {"inline_keyboard": 100, "keyboard": 300}
_WIDEST_ROW = {"inline_keyboard": 8, "keyboard": 12}


def check_markup(value: Any, private: bool, note: Note) -> JsonObject | None:
    """A `reply_markup` Telegram would take, None for an empty one; raises 400 for any other.

    `note` gets the name of every field Telegram does not know.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    kinds = [kind for kind in _KINDS if kind in value]
    if len(kinds) != 1:
        raise bad_request("reply markup must be of exactly one kind")
    kind = kinds[0]
    _check_flags(value, kind, note)
    if kind not in _MOST_BUTTONS:
        return value if value[kind] is True else None
    rows = _check_rows(value[kind], kind)
    for button in (button for row in rows for button in row):
        if kind == "inline_keyboard":
            _check_inline(button, note)
        else:
            _check_plain(button, private, note)
    return {**value, kind: rows} if rows else None


def _check_flags(value: JsonObject, kind: str, note: Note) -> None:
    for name, flag in value.items():
        if name in _FLAGS:
            if not isinstance(flag, bool):
                raise bad_request(f'field "{name}" must be of type Boolean')
        elif name == "input_field_placeholder":
            if not isinstance(flag, str) or not 1 <= len(flag) <= 64:
                raise bad_request("input field placeholder must have 1-64 characters")
        elif name != kind:
            note(f"reply_markup.{name}")


def _check_rows(rows: Any, kind: str) -> list[list[JsonObject]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{kind}" of the reply markup must be an Array of Arrays')
    if kind == "keyboard":
        rows = [[{"text": b} if isinstance(b, str) else b for b in row] for row in rows]
    kept = [row for row in rows if row]
    if not all(isinstance(button, dict) for row in kept for button in row):
        raise bad_request("can't parse keyboard button: button must be an Object")
    if sum(map(len, kept)) > _MOST_BUTTONS[kind] or any(len(row) > _WIDEST_ROW[kind] for row in kept):
        raise bad_request("reply markup is too long")
    return kept


def _check_label(button: JsonObject, kind: str) -> None:
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f"can't parse {kind} button: can't find field \"text\"")
    if not text.strip():
        raise bad_request(f"can't parse {kind} button: text buttons must be non-empty")


def _check_inline(button: JsonObject, note: Note) -> None:
    _check_label(button, "inline keyboard")
    actions = [name for name in button if name in _ACTIONS]
    for name in button.keys() - _ACTIONS - _LOOKS:
        note(f"inline_keyboard.{name}")
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one optional field must be used")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str):
            raise bad_request('can\'t parse inline keyboard button: field "callback_data" must be a String')
        if not 1 <= len(data.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not _URL.match(str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _check_plain(button: JsonObject, private: bool, note: Note) -> None:
    _check_label(button, "keyboard")
    for name in button.keys() - _REQUESTS - _LOOKS:
        note(f"keyboard.{name}")
    requests = [name for name in button if name in _REQUESTS and button[name]]
    if len(requests) > 1:
        raise bad_request("can't parse keyboard button: at most one optional field must be used")
    for name in ("request_contact", "request_location"):
        if not isinstance(button.get(name, False), bool):
            raise bad_request(f'can\'t parse keyboard button: field "{name}" must be of type Boolean')
    if requests and not private:
        asked = {"request_contact": "phone number", "request_location": "location"}.get(requests[0], "this")
        raise bad_request(f"{asked} can be requested in private chats only")
