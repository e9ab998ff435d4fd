"""From a message to the Bot API call that sends or edits it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from bot.views import Message

TEXT_LIMIT = 4096
_TAG = re.compile(r"</?[a-z][a-z-]*(?: [^<>]*)?>")
_NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Call:
    """A Bot API method and its values."""

    method: str
    values: dict[str, Any]


def send(chat_id: int, message: Message, reply_to: int | None = None) -> Call:
    """The call that sends a message."""
    values: dict[str, Any] = {"chat_id": chat_id, "parse_mode": "HTML"}
    markup = _markup(message)
    if markup:
        values["reply_markup"] = markup
    if reply_to:
        values["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    if message.voice:
        return Call("sendVoice", values | {"voice": message.voice, "caption": message.text})
    return Call("sendMessage", values | {"text": message.text, "link_preview_options": _NO_PREVIEW})


def edit(chat_id: int, message_id: int, message: Message) -> Call:
    """The call that lets a sent message show this instead."""
    values: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id, "parse_mode": "HTML"}
    if message.buttons:
        values["reply_markup"] = _markup(message)
    if message.voice:
        return Call("editMessageCaption", values | {"caption": message.text})
    return Call("editMessageText", values | {"text": message.text, "link_preview_options": _NO_PREVIEW})


def as_plain(call: Call) -> Call:
    """The same without formatting, for the day a text does not parse."""
    values = {name: value for name, value in call.values.items() if name != "parse_mode"}
    for name in ("text", "caption"):
        if name in values:
            values[name] = unescape(_TAG.sub("", values[name]))
    return Call(call.method, values)


def merged(messages: Sequence[Message]) -> Message:
    """One message that says what all of these say."""
    return Message(
        "\n\n".join(message.text for message in messages),
        tuple(dict.fromkeys(row for message in messages for row in message.buttons)),
        next((message.keyboard for message in reversed(messages) if message.keyboard), ()),
        any(message.remove_keyboard for message in messages),
        messages[0].voice,
    )


def fitting(messages: Sequence[Message]) -> int:
    """How many of these, from the first, fit into one message: one at the least."""
    length = 0
    for count, message in enumerate(messages):
        length += len(message.text.encode("utf-16-le")) // 2 + 2
        kinds = {_shape(each) for each in messages[: count + 1]} - {"plain"}
        if count and (length > TEXT_LIMIT or len(kinds) > 1 or "voice" in kinds):
            return count
    return len(messages)


def _shape(message: Message) -> str:
    """What excludes one another in a message."""
    if message.voice:
        return "voice"
    if message.remove_keyboard:
        return "removal"
    return "buttons" if message.buttons else "keyboard" if message.keyboard else "plain"


def _markup(message: Message) -> dict[str, Any] | None:
    if message.buttons:
        return {"inline_keyboard": [[_button(b) for b in row] for row in message.buttons]}
    if message.keyboard:
        rows = [[_key(k) for k in row] for row in message.keyboard]
        return {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}
    return {"remove_keyboard": True} if message.remove_keyboard else None


def _button(button: Any) -> dict[str, str]:
    return (
        {"text": button.text, "url": button.url}
        if button.url
        else {"text": button.text, "callback_data": button.data}
    )


def _key(key: Any) -> dict[str, Any]:
    asked = {"request_location": True} if key.location else {"request_contact": True} if key.contact else {}
    return {"text": key.text, **asked}
