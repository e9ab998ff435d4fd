"""From a message to the Bot API call that sends or edits it."""

from collections.abc import Sequence
from dataclasses import field, replace
from hashlib import blake2b
from typing import Any

import orjson

from bot.base import lengths
from bot.base.facts import Struct
from bot.base.i18n import Translator
from bot.base.lengths import LABEL_LIMIT, TEXT_LIMIT
from bot.process.menus import COMMANDS
from bot.views.base import Message

# The name under which a file is attached to its call.
_FILE = "file"
_NO_PREVIEW = {"is_disabled": True}


_SENDS = {
    "photo": "sendPhoto", "document": "sendDocument", "voice": "sendVoice", "video": "sendVideo",
    "audio": "sendAudio",
}  # fmt: skip


class Attached(Struct):
    """What goes along with a message, as Telegram's `kind`: photo, document, voice, video or audio.

    `key` is the same for the same content, empty where it is not to be remembered. Without Telegram's id
    of it (`file_id`) its `content` is uploaded.
    """

    key: str
    kind: str
    file_id: str = ""
    content: bytes = b""
    name: str = ""
    mime: str = ""


class Call(Struct):
    """A Bot API method, its values, and the files that go up with it: file name, content, MIME type."""

    method: str
    values: dict[str, Any]
    files: dict[str, tuple[str, bytes, str]] = field(default_factory=dict)


def send(
    chat_id: int, message: Message, reply_to: int | None = None, attached: Attached | None = None,
    thread_id: int | None = None,
) -> Call:  # fmt: skip
    """The call that sends a message, to a topic of the chat where one is given. Its photo, picture or file
    are what is `attached`."""
    values: dict[str, Any] = {"chat_id": chat_id, "parse_mode": "HTML"}
    markup = _markup(message)
    if markup:
        values["reply_markup"] = markup
    if reply_to:
        values["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    if thread_id:
        values["message_thread_id"] = thread_id
    attached = attached or _by_id(message)
    if attached:
        values |= {attached.kind: _file(attached), "caption": message.text}
        return Call(_SENDS[attached.kind], values, _files(attached))
    return Call("sendMessage", values | {"text": message.text, "link_preview_options": _NO_PREVIEW})


def edit(chat_id: int, message_id: int, message: Message, attached: Attached | None = None) -> Call:
    """The call that lets a sent message show this instead."""
    values: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
    if message.buttons:
        values["reply_markup"] = _markup(message)
    if attached:
        media = {"type": attached.kind, "media": _file(attached), "caption": message.text}
        values["media"] = {**media, "parse_mode": "HTML"}
        return Call("editMessageMedia", values, _files(attached))
    if not message.text:
        # Whatever else it shows stays as it is.
        return Call("editMessageReplyMarkup", values)
    values["parse_mode"] = "HTML"
    if message.by_id:
        return Call("editMessageCaption", values | {"caption": message.text})
    return Call("editMessageText", values | {"text": message.text, "link_preview_options": _NO_PREVIEW})


def as_plain(call: Call) -> Call:
    """The same without formatting, for the day a text does not parse."""
    values = _plain(call.values)
    if "media" in values:
        values["media"] = _plain(values["media"])
    return Call(call.method, values, call.files)


def shape(message: Message, attached: Attached | None) -> str:
    """Messages of one shape can be edited into one another, and a text into a media message."""
    return message.by_id.kind if message.by_id else "media" if attached else "text"


def content_hash(message: Message, attached: Attached | None) -> str:
    """The shape of a message and a hash of what it shows, the same whether it is sent or edited."""
    along = message.by_id.file_id if message.by_id else attached.key if attached else ""
    shown = [message.text, _markup(message), along]
    return f"{shape(message, attached)}:{blake2b(orjson.dumps(shown), digest_size=16).hexdigest()}"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in values.items() if name != "parse_mode"}
    words = {name: lengths.plain(kept[name]) for name in ("text", "caption") if name in kept}
    return kept | words


def _by_id(message: Message) -> Attached | None:
    return Attached("", message.by_id.kind, message.by_id.file_id) if message.by_id else None


def _file(attached: Attached) -> str:
    return attached.file_id or f"attach://{_FILE}"


def _files(attached: Attached) -> dict[str, tuple[str, bytes, str]]:
    return {} if attached.file_id else {_FILE: (attached.name, attached.content, attached.mime)}


def merged(messages: Sequence[Message]) -> Message:
    """One message that says what all of these say."""
    return replace(
        messages[0],
        text="\n\n".join(message.text for message in messages),
        buttons=tuple(dict.fromkeys(row for message in messages for row in message.buttons)),
        keyboard=next((message.keyboard for message in reversed(messages) if message.keyboard), ()),
        remove_keyboard=any(message.remove_keyboard for message in messages),
    )


def fitting(messages: Sequence[Message]) -> int:
    """How many of these, from the first, fit into one message: one at the least."""
    together = 0
    for count, message in enumerate(messages):
        together += lengths.length(message.text) + 2
        kinds = {_shape(each) for each in messages[: count + 1]} - {"plain"}
        if count and (together > TEXT_LIMIT or len(kinds) > 1 or "alone" in kinds):
            return count
    return len(messages)


def _shape(message: Message) -> str:
    """What excludes one another in a message."""
    if message.by_id or message.photo or message.picture or message.file:
        return "alone"
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
    label = lengths.cut(button.text, LABEL_LIMIT)
    return {"text": label, "url": button.url} if button.url else {"text": label, "callback_data": button.data}


def _key(key: Any) -> dict[str, Any]:
    asked = {"request_location": True} if key.location else {"request_contact": True} if key.contact else {}
    return {"text": key.text, **asked}


def commands_for(chat_id: int, roles: list[str], tr: Translator) -> Call:
    """The call that gives a chat its menu."""
    seen = [name for name, needed in COMMANDS.items() if not needed or needed & set(roles)]
    commands = [{"command": name, "description": tr.plain(f"command-{name}")} for name in seen]
    return Call("setMyCommands", {"commands": commands, "scope": {"type": "chat", "chat_id": chat_id}})
