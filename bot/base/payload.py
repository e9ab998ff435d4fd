"""What Telegram sent, as plain values: read without python-telegram-bot, so that nothing is refused."""

import json
import re
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import orjson

from bot.base.facts import Struct

_CHAT_HOLDERS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member",
    "message_reaction", "chat_join_request",
)  # fmt: skip


# What structures JSON: strings as a whole, so that brackets inside them do not count.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
# Where an update begins: inside a string the quotes would be escaped.
_HEAD = re.compile(rb'\{\s*"update_id"')
_UPDATE_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,18})')
_UNREADABLE = "unreadable"
# What stands in the place of an update that is longer than any of Telegram's.
_TOO_LONG = "too_long"
# Some ten times the longest that Telegram can send.
_LONGEST = 256 * 1024
_SENDER = re.compile(rb'"from"\s*:\s*\{\s*"id"\s*:\s*(\d{1,16})\b')
_CHAT = re.compile(rb'"chat"\s*:\s*\{\s*"id"\s*:\s*(-?\d{1,16})\b')
# Of what nobody can read so much is kept, to be looked at.
_KEPT = 16_384


def read_json(body: bytes) -> Any:
    """The value of a JSON body, also where it holds lone surrogates. Raises ValueError."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        try:
            return json.loads(body.decode("utf-8", "replace"))
        except RecursionError:
            raise ValueError("nested too deeply") from None


def write_json(value: Any) -> bytes:
    """The body of a value, lone surrogates escaped. Raises ValueError for what is nested too deeply."""
    try:
        return orjson.dumps(value)
    except TypeError:
        try:
            return json.dumps(value).encode()
        except RecursionError:
            raise ValueError("nested too deeply") from None


def read_update(body: bytes) -> Any:
    """An update as it came; one that cannot be read or kept as JSON is kept as text, under its own id."""
    try:
        update = read_json(body)
        write_json(update)
    except ValueError:
        found = _UPDATE_ID.search(body)
        known = {"update_id": int(found[1])} if found else {}
        return {**known, **_unreadable(body)}
    return update


def _unreadable(body: bytes) -> dict[str, Any]:
    """The beginning of it; and of a long one what tells it from others that begin like this."""
    kept = {_UNREADABLE: body[:_KEPT].decode("utf-8", "replace")}
    if len(body) <= _KEPT:
        return kept
    return {**kept, "bytes": len(body), "digest": blake2b(body, digest_size=16).hexdigest()}


def cut_update(head: bytes, length: int) -> dict[str, Any] | None:
    """What is kept of an update that is too long to be taken in, from its beginning: who sent it, so that
    they can be told. None where it does not begin like an update."""
    found = _UPDATE_ID.search(head[:200])
    if not found or not _HEAD.match(head):
        return None
    sender, chat = _SENDER.search(head), _CHAT.search(head)
    message = {"from": {"id": int(sender[1])}} if sender else {}
    message |= {"chat": {"id": int(chat[1])}} if chat else {}
    return {"update_id": int(found[1]), _TOO_LONG: length, "message": message}


def is_too_long(update: dict[str, Any], payload: bytes) -> bool:
    """Whether it is longer than whatever Telegram sends: nobody is kept waiting by it."""
    return _TOO_LONG in update or len(payload) > _LONGEST


def split_updates(body: bytes) -> list[Any]:
    """The updates of an answer that cannot be read as a whole, so that one does not hold up the rest.

    What may be cut off at the end is left out: it comes again. Raises ValueError where nothing is found.
    """
    found, is_whole = _bracketed(body)
    if not is_whole:
        # Brackets or quotes do not match: each ends where the next begins.
        heads = [head.start() for head in _HEAD.finditer(body)]
        found = [body[start:end].rstrip(b", \r\n\t") for start, end in pairwise(heads)]
    if not found and not is_whole:
        raise ValueError("an answer without readable updates")
    return [read_update(piece) for piece in found]


def _bracketed(body: bytes) -> tuple[list[bytes], bool]:
    """The members of the list of results by their brackets, and whether these match."""
    start = body.find(b"[", body.find(b'"result"') + 1)
    found, depth, opened = [], 0, 0
    for token in _TOKEN.finditer(body, start) if start >= 0 else ():
        if token[0] in b"[{":
            depth += 1
            opened = token.start() if depth == 2 else opened
        elif token[0] in b"]}":
            depth -= 1
            if depth == 1:
                found.append(body[opened : token.end()])
            elif not depth:
                return found, True
    return found, False


def unpack(payload: bytes) -> Any:
    """An update from its stored bytes, without what no database takes. Raises ValueError."""
    value = read_json(payload)
    if b"\\u0000" in payload or b"\\ud" in payload.lower():
        try:
            value = _clean(value)
        except RecursionError:
            raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("an update must be an object")
    if _UNREADABLE in value:
        raise ValueError("not readable as JSON")
    return value


def chat_id_of(update: Any) -> int:
    """The chat an update belongs to, in which its order is kept; without one the sender, else 0."""
    if not isinstance(update, dict):
        return 0
    chat = _chat_of(update)
    return sender_of(update)[0] if chat is None else _number(chat.get("id"))


def is_private(update: Any) -> bool:
    """Whether it comes from a private chat, by Telegram's word for it or by its number."""
    chat = _chat_of(update) if isinstance(update, dict) else None
    return chat is None or chat.get("type") == "private" or _number(chat.get("id")) > 0


def _chat_of(update: dict[str, Any]) -> dict[str, Any] | None:
    query = update.get("callback_query")
    held = [update.get(name) for name in _CHAT_HOLDERS]
    if isinstance(query, dict):
        held.append(query.get("message"))
    for holder in held:
        if isinstance(holder, dict) and isinstance(holder.get("chat"), dict):
            found: dict[str, Any] = holder["chat"]
            return found
    return None


def sender_of(update: dict[str, Any]) -> tuple[int, str | None]:
    """The account that sent an update, and its language; 0 where there is none."""
    for holder in update.values():
        user = holder.get("from") or holder.get("user") if isinstance(holder, dict) else None
        if isinstance(user, dict):
            language = user.get("language_code")
            # Below zero are groups and channels: none of them is somebody.
            return max(0, _number(user.get("id"))), language if isinstance(language, str) else None
    return 0, None


# The topic that every group with topics has; Telegram refuses what is sent to it by its number.
_GENERAL = 1


def thread_of(update: Any) -> int | None:
    """The topic of a group that a message was written in; None for the general one, and where there is none
    (the number of a thread of replies is no topic)."""
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(message, dict) or not message.get("is_topic_message"):
        return None
    number = _number(message.get("message_thread_id"))
    return number if number > _GENERAL else None


def query_id_of(update: Any) -> str:
    """The id of a pressed button's query; empty for other updates."""
    query = update.get("callback_query") if isinstance(update, dict) else None
    return str(query.get("id") or "") if isinstance(query, dict) else ""


class Pressed(Struct):
    """A message of ours, in a private chat, with a button that was pressed, and the button's data. `shape`:
    text, media or voice, as what it can be edited into depends on that."""

    message_id: int
    shape: str
    data: str


_MEDIA = ("photo", "document", "video", "audio", "animation")


def pressed_of(update: Any) -> Pressed | None:
    """The message of a pressed button; None where Telegram does not show it any more, or in a group."""
    query = update.get("callback_query") if isinstance(update, dict) else None
    query = query if isinstance(query, dict) else {}
    message = query.get("message")
    if not isinstance(message, dict) or not is_private(update) or not _number(message.get("date")):
        return None
    shape = "media" if any(kind in message for kind in _MEDIA) else "voice" if "voice" in message else "text"
    number = _number(message.get("message_id"))
    return Pressed(number, shape, str(query.get("data") or "")) if number else None


def taken_at(update: dict[str, Any]) -> datetime | None:
    """When Telegram took it, where it says so."""
    for name in ("message", "edited_message", "my_chat_member", "message_reaction"):
        holder = update.get(name)
        if isinstance(holder, dict):
            seconds = holder.get("edit_date") or holder.get("date")
            if isinstance(seconds, int) and 0 < seconds < 1 << 33:
                return datetime.fromtimestamp(seconds, UTC)
            return None
    return None


def _number(value: Any) -> int:
    """An id that fits the database; 0 for anything else."""
    known = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 62
    return value if known else 0


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(item) for name, item in value.items()}
    return value
