"""From a message to the Bot API call that sends or edits it."""

from dataclasses import dataclass
from typing import Any

from bot.views import Message

TEXT_LIMIT = 4096
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
    return Call(call.method, {name: value for name, value in call.values.items() if name != "parse_mode"})


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
