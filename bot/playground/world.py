"""The people, chats and messages of the playground, all in memory.

Every change happens under `World.lock`; whoever waits for one waits on `World.changed`.
"""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.base.facts import Struct
from bot.playground.bots import BotAccount
from bot.playground.files import FileStore
from bot.playground.replies import JsonObject

Now = Callable[[], datetime]
HISTORY = 1_000  # messages a chat remembers
TAPS = 20_000  # taps the world remembers
_GROUP_IDS = -4_000_000_000
_SUPERGROUP_IDS = -1_001_000_000_000


def utc_now() -> datetime:
    """The real time, for a playground that is given no clock."""
    return datetime.now(UTC)


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot as Telegram knows it."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "zh-hans"
    phone: str = ""
    is_bot: bool = False
    deactivated: bool = False

    def shown(self) -> JsonObject:
        """The Bot API's `User`."""
        shown: JsonObject = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            shown["username"] = self.username
        if self.language_code and not self.is_bot:
            shown["language_code"] = self.language_code
        return shown


class Button(Struct):
    """One inline button as a person sees it."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(slots=True, eq=False)
class Message:
    """A message: `data` is the Bot API's `Message`, the rest is what people notice of it."""

    chat: "Chat"
    data: JsonObject
    seq: int
    author: User
    keyboard: JsonObject | None = None
    silent: bool = False
    deleted: bool = False
    edits: int = 0
    reactions: dict[int, list[JsonObject]] = field(default_factory=dict)
    past_buttons: list[Button] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The id within its chat."""
        return int(self.data["message_id"])

    @property
    def text(self) -> str:
        """The text, or the caption of a picture or file."""
        return str(self.data.get("text") or self.data.get("caption") or "")

    @property
    def entities(self) -> list[JsonObject]:
        """The formatting of `text`."""
        return list(self.data.get("entities") or self.data.get("caption_entities") or [])

    @property
    def from_bot(self) -> bool:
        """Whether a bot wrote it."""
        return self.author.is_bot

    @property
    def buttons(self) -> list[Button]:
        """The inline buttons, row after row."""
        rows = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        return [Button(b["text"], b.get("callback_data"), b.get("url")) for row in rows for b in row]

    def __str__(self) -> str:
        who = "bot" if self.from_bot else self.author.first_name
        kinds = [kind for kind in ("photo", "document", "voice", "location", "contact") if kind in self.data]
        marks = "".join(f" <{kind}>" for kind in kinds) + (" (edited)" if self.edits else "")
        labels = "".join(f" [{button.text}]" for button in self.buttons)
        return f"#{self.id} {who}:{marks} {self.text}{labels}"


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat of one person with one bot, or a group."""

    id: int
    kind: str
    instance: str
    title: str = ""
    user: User | None = None
    members: dict[int, str] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    # The topics of a group; the general one has none of these numbers.
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    keyboard: JsonObject | None = None
    keyboard_message: Message | None = None
    pinned: list[int] = field(default_factory=list)
    seq: int = 0

    @property
    def private(self) -> bool:
        """Whether it is a person's own chat with the bot."""
        return self.kind == "private"

    def shown(self) -> JsonObject:
        """The Bot API's `Chat`."""
        shown: JsonObject = {"id": self.id, "type": self.kind}
        if self.user is None:
            shown["title"] = self.title
            return shown | ({"is_forum": True} if self.topics else {})
        shown["first_name"] = self.user.first_name
        if self.user.username:
            shown["username"] = self.user.username
        return shown


@dataclass(slots=True)
class Tap:
    """A pressed inline button, until it is answered: the callback query's id is its key."""

    user: User
    chat: Chat
    at: float
    answered: bool = False
    toast: str | None = None
    alert: bool = False
    seq: int = 0  # when the answer was seen


class World:
    """Everything there is. Times come from `now`; durations from the monotonic clock."""

    def __init__(self, now: Now = utc_now, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.now = now
        self.monotonic = monotonic
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.users: dict[int, User] = {}
        self.bots: dict[str, BotAccount] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.groups: dict[int, Chat] = {}
        self.files = FileStore(now)
        self.taps: dict[str, Tap] = {}  # the newest are kept, by the id of their callback query
        self.watchers: list[Callable[[], None]] = []
        self.seq = 0
        self.sent = 0
        self._ids = itertools.count(1)
        # In whose name administrators write who hide behind their group.
        self.hidden = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)

    def timestamp(self) -> int:
        """Now in whole seconds, as Telegram dates things."""
        return int(self.now().timestamp())

    def new_id(self) -> int:
        """A number not given before."""
        return next(self._ids)

    def add_bot(self, bot: BotAccount) -> None:
        """Let a bot exist."""
        with self.lock:
            self.bots[bot.token] = bot
            self.users[bot.id] = User(bot.id, bot.name, bot.username, is_bot=True)

    def add_user(self, first_name: str, user_id: int | None = None, **details: str | None) -> User:
        """Let a person exist; `details` are fields of `User`."""
        with self.lock:
            number = user_id or 5_000_000_000 + self.new_id()
            self.users[number] = user = User(number, first_name, **details)  # type: ignore[arg-type]
            return user

    def private_chat(self, bot: BotAccount, user: User) -> Chat:
        """The person's chat with the bot, made when first asked for."""
        chat = self.private.get((bot.id, user.id))
        if chat is None:
            chat = Chat(user.id, "private", str(7_000_000 + self.new_id()), user=user)
            self.private[bot.id, user.id] = chat
        return chat

    def add_group(self, title: str, supergroup: bool = False) -> Chat:
        """An empty group."""
        with self.lock:
            number = (_SUPERGROUP_IDS if supergroup else _GROUP_IDS) - self.new_id()
            kind = "supergroup" if supergroup else "group"
            self.groups[number] = chat = Chat(number, kind, str(7_000_000 + self.new_id()), title)
            return chat

    def write(self, chat: Chat, author: User, content: JsonObject, date: int | None = None) -> Message:
        """Put a message into a chat. The caller tells the bots."""
        chat.last_id += 1
        data: JsonObject = {
            "message_id": chat.last_id,
            "from": author.shown(),
            "chat": chat.shown(),
            "date": self.timestamp() if date is None else date,
            **content,
        }
        chat.messages[chat.last_id] = message = Message(chat, data, 0, author)
        if len(chat.messages) > HISTORY:
            del chat.messages[next(iter(chat.messages))]
        self.touch(message)
        return message

    def touch(self, message: Message) -> None:
        """Note that people see something new in this message."""
        message.seq = self.stir(message.chat)

    def stir(self, chat: Chat) -> int:
        """Note that people see something new in this chat; gives the number of the change."""
        self.seq += 1
        chat.seq = self.seq
        self.note_change()
        return self.seq

    def remove(self, message: Message) -> None:
        """Take a message off everybody's screen."""
        message.deleted = True
        if message.id in message.chat.pinned:
            message.chat.pinned.remove(message.id)
        self.touch(message)

    def add_tap(self, user: User, chat: Chat) -> str:
        """Note a pressed inline button; gives the id of its callback query."""
        query_id = str(10**15 + self.new_id())
        self.taps[query_id] = Tap(user, chat, self.monotonic())
        if len(self.taps) > TAPS:
            del self.taps[next(iter(self.taps))]
        return query_id

    def note_change(self) -> None:
        """Wake whoever waits for something new on a screen."""
        self.changed.notify_all()
        for watcher in self.watchers:
            watcher()

    def tell(self, chat: Chat, kind: str, body: JsonObject) -> dict[int, int]:
        """Queue an update for every bot that may see it: {bot id: update id}."""
        told = {}
        for bot in self.listeners(chat):
            if chat.private or kind != "message" or _hears(bot, chat, body):
                told[bot.id] = bot.updates.add(kind, body, chat.id)
        return told

    def listeners(self, chat: Chat) -> list[BotAccount]:
        """The bots that get this chat's updates."""
        if chat.user is not None:
            return [bot for bot in self.bots.values() if self.private.get((bot.id, chat.id)) is chat]
        inside = ("member", "administrator")
        return [bot for bot in self.bots.values() if chat.members.get(bot.id) in inside]


def _hears(bot: BotAccount, chat: Chat, message: JsonObject) -> bool:
    """Whether privacy mode lets the bot see this message of a group."""
    if bot.reads_all or chat.members.get(bot.id) == "administrator":
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
        return True
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or []
    at_me = f"@{bot.username}"
    commands = [e for e in entities if e["type"] == "bot_command" and e["offset"] == 0]
    if commands:
        command = text[: commands[0]["length"]]
        return "@" not in command or command.endswith(at_me)
    return at_me in text or any(name.endswith(("_members", "_created")) for name in message)
