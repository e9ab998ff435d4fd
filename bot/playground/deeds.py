"""What people do, asked for in JSON: each deed by its name in the control API."""

import base64
from collections.abc import Callable
from typing import Any

from bot.playground.phone import Phone
from bot.playground.replies import JsonObject
from bot.playground.sharing import NotPossible, Place
from bot.playground.world import Chat, Message


def _place(wish: JsonObject) -> Place:
    accuracy = wish.get("accuracy")
    return Place(
        float(wish["latitude"]), float(wish["longitude"]), None if accuracy is None else float(accuracy)
    )


def _data(wish: JsonObject) -> bytes | None:
    return base64.b64decode(wish["data"]) if wish.get("data") else None


def _chat(phone: Phone, wish: JsonObject) -> Chat:
    number = wish.get("chat_id")
    if number is None or number == phone.user.id:
        return phone.private
    return phone.world.groups[int(number)]


def _message(phone: Phone, wish: JsonObject) -> Message:
    return _chat(phone, wish).messages[int(wish["message_id"])]


def _reply_to(phone: Phone, wish: JsonObject) -> Message | None:
    return _chat(phone, wish).messages[int(wish["reply_to"])] if wish.get("reply_to") else None


def _press(phone: Phone, wish: JsonObject) -> int:
    rows = (phone.private.keyboard or {}).get("keyboard", [])
    button = next((b for row in rows for b in row if b["text"] == wish["label"]), None)
    if button is None:
        raise NotPossible(f"no button {wish['label']!r} on screen")
    return phone.press(button, _place(wish) if "latitude" in wish else None)


def _photo(phone: Phone, wish: JsonObject) -> int:
    chat, target = _chat(phone, wish), _reply_to(phone, wish)
    return phone.photo(_data(wish), str(wish.get("caption", "")), chat, target, wish.get("date"))


def _album(phone: Phone, wish: JsonObject) -> list[int]:
    pictures = [base64.b64decode(picture) for picture in wish["pictures"]]
    return phone.album(pictures, str(wish.get("caption", "")), wish.get("date"))


def _document(phone: Phone, wish: JsonObject) -> int:
    mime = str(wish.get("mime", "application/octet-stream"))
    return phone.document(_data(wish) or b"empty", str(wish["name"]), mime)


def _contact(phone: Phone, wish: JsonObject) -> int:
    other = phone.world.users[int(wish["user_id"])] if wish.get("user_id") else None
    return phone.contact(other, str(wish.get("name", "")), str(wish.get("phone", "")))


def _forward(phone: Phone, wish: JsonObject) -> int:
    to = phone.world.groups[int(wish["to"])] if wish.get("to") else None
    source = _chat(phone, wish)
    if "of" in wish:
        source = phone.world.private_chat(phone.account, phone.world.users[int(wish["of"])])
    return phone.forward(source.messages[int(wish["message_id"])], to)


Deed = Callable[[Phone, JsonObject], Any]
DEEDS: dict[str, Deed] = {
    "start": lambda phone, wish: phone.start(str(wish.get("payload", "")), wish.get("date")),
    "text": lambda phone, wish: phone.text(
        str(wish["text"]), _chat(phone, wish), _reply_to(phone, wish), wish.get("date")
    ),
    "press": _press,
    "click": lambda phone, wish: phone.click(_message(phone, wish), str(wish["data"])),
    "location": lambda phone, wish: phone.location(_place(wish), wish.get("live"), date=wish.get("date")),
    "move": lambda phone, wish: phone.move(_place(wish), bool(wish.get("stop")), wish.get("date")),
    "photo": _photo,
    "album": _album,
    "document": _document,
    "voice": lambda phone, wish: phone.voice(
        int(wish.get("seconds", 3)), _data(wish) or b"OggS voice", _reply_to(phone, wish)
    ),
    "contact": _contact,
    "forward": _forward,
    "react": lambda phone, wish: phone.react(_message(phone, wish), wish.get("emoji")),
    "delete": lambda phone, wish: phone.delete(_message(phone, wish)),
    "block": lambda phone, wish: phone.block(),
    "unblock": lambda phone, wish: phone.unblock(),
}
