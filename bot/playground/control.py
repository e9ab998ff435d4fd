"""The control API: what a page or a benchmark does from outside. JSON in, JSON out.

GET  /control/state             counters: sent, created, pending, acknowledged, refused (by rate limits),
                                calls, refusals, unknown_parameters, crashes
GET  /control/calls?last=N      the newest N calls: at, method, chat, status, outcome
GET  /control/acknowledged      {update id: monotonic seconds when the bot confirmed it}
GET  /control/users             [{id, first_name, username, language_code, phone, deactivated}]
POST /control/users             {first_name, phone?, username?, language_code?, user_id?} → the user
PATCH /control/users/ID         {deactivated?, phone?, first_name?} → the user
GET  /control/users/ID/chat     what the person sees: {seq, messages, deleted, keyboard, pinned, toasts,
                                menu, started, blocked}; only messages after `?since=MESSAGE_ID`, only what
                                changed after `?seen=SEQ`, and with `&wait=SECONDS` waits for a change
GET  /control/changes           {seq, now, chats: {user id: as above}, toasts: [{user, text, alert}]}: the
                                private chats with something new after `?seen=SEQ`; `&wait=SECONDS` waits
GET  /control/files/FILE_ID     the file's bytes
POST /control/updates           {updates: [{"message": …}, …]} queued as they are, ids added; people not yet
                                known are made known and have started the bot → {first, last}
POST /control/redeliver         {update_ids: […]} in this order
POST /control/faults            {kind, value?, method?, chat?, times?, probability?}; DELETE removes all
                                kind "strange": {body, status?} is answered instead
POST /control/limits            {on: true|false}
POST /control/users/ID/DEED     the person does something → {update_id}, a list for an album. Deeds:
    start {payload?}                                     text {text, reply_to?, chat_id?}
    press {label, latitude?, longitude?, accuracy?}      a button of the reply keyboard
    click {message_id, data}                             an inline button
    location {latitude, longitude, accuracy?, live?}     move {latitude, longitude, stop?}: the live location
    photo {data?, caption?, reply_to?}                   data in base64; a sample without it
    album {pictures}                                     document {name, data?, mime?}
    voice {seconds?, data?, reply_to?}                   contact {user_id?} or {name, phone}; own if empty
    forward {message_id, of?, to?}: of whose chat        react {message_id, emoji?}
    delete {message_id}: for both sides, update_id null  block {}      unblock {}
    `date` (Unix time) stands in for now where a message is written.

A wrong request is 400 {error}. POST and PATCH want application/json, so that no foreign page can send them.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

import orjson

from bot.playground.api import Receive, Scope, Send, respond
from bot.playground.bots import BotAccount
from bot.playground.deeds import DEEDS
from bot.playground.faults import Faults
from bot.playground.injecting import inject
from bot.playground.ledger import Ledger
from bot.playground.params import read_body
from bot.playground.people import Person
from bot.playground.phone import Phone
from bot.playground.replies import ApiError, JsonObject
from bot.playground.world import Message, User, World

_LONGEST_WAIT = 25.0
_USER_FIELDS = ("first_name", "username", "language_code", "phone", "user_id")


class Control:
    """Answers `/control/…` for one world and its first bot."""

    def __init__(self, world: World, bot: BotAccount, faults: Faults, ledger: Ledger) -> None:
        self._world = world
        self._bot = bot
        self._faults = faults
        self._ledger = ledger
        self._ended = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        parts = scope["path"].removeprefix("/control/").split("/")
        try:
            if scope["method"] == "GET":
                query = dict(parse_qsl(scope["query_string"].decode()))
                result = await self._get(parts, query)
            else:
                if (
                    scope["method"] != "DELETE"
                    and (b"content-type", b"application/json") not in scope["headers"]
                ):
                    raise ValueError("content-type must be application/json")
                body = await read_body(receive)
                result = self._change(scope["method"], parts, orjson.loads(body) if body else {})
        except (KeyError, ValueError, TypeError, IndexError, AssertionError, ApiError) as error:
            await respond(send, 400, orjson.dumps({"error": f"{type(error).__name__}: {error}"}))
            return
        if isinstance(result, bytes):
            await respond(send, 200, result, _kind(result))
        else:
            await respond(send, 200, orjson.dumps(result, option=orjson.OPT_NON_STR_KEYS))

    async def _get(self, parts: list[str], query: dict[str, str]) -> Any:
        match parts:
            case ["state"]:
                return self._state()
            case ["calls"]:
                return self._calls(int(query.get("last", 100)))
            case ["acknowledged"]:
                with self._world.lock:
                    return dict(self._bot.updates.acknowledged_at)
            case ["users"]:
                with self._world.lock:
                    return [_shown(user) for user in self._world.users.values() if not user.is_bot]
            case ["users", number, "chat"]:
                user = self._world.users[int(number)]
                seen, chat = int(query.get("seen", -1)), self._world.private_chat(self._bot, user)
                await self._wait(lambda: chat.seq > seen, float(query.get("wait", 0)))
                return self._chat(user, int(query.get("since", 0)), seen)
            case ["changes"]:
                seen = int(query.get("seen", -1))
                await self._wait(lambda: self._world.seq > seen, float(query.get("wait", 0)))
                return self._changes(seen)
            case ["files", file_id]:
                with self._world.lock:
                    return self._world.files.find(file_id, self._bot.id).download()
        raise KeyError("/".join(parts))

    def _change(self, verb: str, parts: list[str], wish: JsonObject) -> Any:
        match verb, parts:
            case "POST", ["users"]:
                details = {name: wish[name] for name in _USER_FIELDS[1:] if name in wish}
                return _shown(self._world.add_user(str(wish["first_name"]), **details))
            case "PATCH", ["users", number]:
                return self._update_user(self._world.users[int(number)], wish)
            case "POST", ["users", number, deed]:
                phone = Phone(self._world, self._bot, self._world.users[int(number)])
                return {"update_id": DEEDS[deed](phone, wish)}
            case "POST", ["updates"]:
                told = inject(self._world, self._bot, wish["updates"])
                return {"first": told[0], "last": told[-1]}
            case "POST", ["redeliver"]:
                with self._world.lock:
                    self._bot.updates.redeliver(wish["update_ids"])
                return {}
            case "POST", ["faults"]:
                return self._fault(wish)
            case "DELETE", ["faults"]:
                self._faults.clear()
                return {}
            case "POST", ["limits"]:
                self._bot.limits.on = bool(wish["on"])
                return {"on": self._bot.limits.on}
        raise KeyError("/".join(parts))

    def _state(self) -> JsonObject:
        updates = self._bot.updates
        with self._world.lock:
            return {
                "sent": self._world.sent,
                "created": updates.created,
                "pending": len(updates.pending),
                "acknowledged": len(updates.acknowledged_at),
                "refused": self._bot.limits.refused,
                "calls": dict(self._ledger.counts),
                "refusals": dict(self._ledger.refusals),
                "unknown_parameters": sorted(self._ledger.unknown_parameters),
                "crashes": self._ledger.crashes,
            }

    def _calls(self, last: int) -> list[JsonObject]:
        names = ("at", "method", "chat", "status", "outcome")
        return [{name: getattr(call, name) for name in names} for call in self._ledger.newest(last)]

    def end_waits(self) -> None:
        """Answer at once whoever waits for a change, now and from here on."""
        self._ended = True
        for wake in list(self._world.watchers):
            wake()

    async def _wait(self, found: Callable[[], bool], wait: float) -> None:
        """Return when something is found, or after so many seconds."""
        loop, woken = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(woken.set)

        deadline = loop.time() + min(wait, _LONGEST_WAIT)
        self._world.watchers.append(wake)
        try:
            while not (self._ended or found()) and (left := deadline - loop.time()) > 0:
                woken.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(woken.wait(), left)
        finally:
            self._world.watchers.remove(wake)

    def _changes(self, seen: int) -> JsonObject:
        with self._world.lock:
            chats = [c for (bot, _), c in self._world.private.items() if bot == self._bot.id and c.seq > seen]
            answered = [t for t in self._world.taps.values() if t.toast and t.seq > seen >= 0]
            return {
                "seq": self._world.seq,
                "now": self._world.now().isoformat(),
                "chats": {chat.id: self._chat(chat.user, 0, seen) for chat in chats if chat.user},
                "toasts": [{"user": t.user.id, "text": t.toast, "alert": t.alert} for t in answered],
            }

    def _chat(self, user: User, since: int, seen: int) -> JsonObject:
        person = Person(self._world, self._bot, user)
        with self._world.lock:
            chat = person.phone.private
            fresh = [m for m in chat.messages.values() if m.id > since and m.seq > seen]
            return {
                "seq": chat.seq,
                "messages": [_message(message) for message in fresh if not message.deleted],
                "deleted": [message.id for message in fresh if message.deleted],
                "keyboard": chat.keyboard,
                "pinned": chat.pinned,
                "toasts": person.toasts,
                "menu": person.menu,
                "started": chat.started,
                "blocked": chat.blocked,
            }

    def _update_user(self, user: User, wish: JsonObject) -> JsonObject:
        with self._world.lock:
            for name in ("deactivated", "phone", "first_name"):
                if name in wish:
                    setattr(user, name, wish[name])
        return _shown(user)

    def _fault(self, wish: JsonObject) -> JsonObject:
        kind, value = wish["kind"], wish.get("value")
        where = {name: wish[name] for name in ("method", "chat", "times", "probability") if name in wish}
        if kind == "strange":
            said = int(wish.get("status", 200)), str(wish["body"]).encode("utf-8", "surrogatepass")
            self._faults.strange(lambda _: said, **where)
            return {}
        if kind not in ("too_many", "error", "drop", "lost_answer", "delay", "broken_json"):
            raise ValueError(f"unknown kind of fault: {kind}")
        given = [] if value is None else [value]
        getattr(self._faults, kind)(*given, **where)
        return {}


def _kind(data: bytes) -> bytes:
    """Pictures may be shown; whatever else people send is only ever saved."""
    if data.startswith(b"\xff\xd8\xff"):
        return b"image/jpeg"
    return b"image/png" if data.startswith(b"\x89PNG\r\n") else b"application/octet-stream"


def _shown(user: User) -> JsonObject:
    return {**user.shown(), "phone": user.phone, "deactivated": user.deactivated}


def _message(message: Message) -> JsonObject:
    return {
        **message.data,
        "from_bot": message.from_bot,
        "seq": message.seq,
        "silent": message.silent,
        "reactions": [r for given in message.reactions.values() for r in given],
    }
