"""The people of a test: they act, look at their screens and wait for what the bot says.

worker = playground.person("岩罕", phone="+8613800000001")
worker.start("j_CODE")
worker.tap("上岗", location=Place(24.4, 98.6, accuracy=15))
worker.wait_for("已上岗")
"""

import re
import time
from collections.abc import Callable
from typing import Any, TypeVar

from bot.playground.bots import BotAccount
from bot.playground.phone import FOREVER, Phone
from bot.playground.replies import JsonObject
from bot.playground.sharing import NotPossible, Place, sample_photo
from bot.playground.world import Button, Chat, Message, User, World

T = TypeVar("T")
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}$")
PATIENCE = 20.0  # Seconds until a test takes it that nothing will come: a machine may be busy.

__all__ = ["FOREVER", "Message", "NotPossible", "Person", "Place", "sample_photo"]


class Person:
    """One person with one bot. Acts give update ids; `taps` counts them since `reset_taps()`."""

    def __init__(self, world: World, bot: BotAccount, user: User) -> None:
        self.phone = Phone(world, bot, user)
        self.user = user
        self.taps = 0
        self._world = world
        self._mark = 0
        self._since = 0.0

    @property
    def id(self) -> int:
        """The Telegram id, which is also the id of the private chat."""
        return self.user.id

    @property
    def mine(self) -> Message:
        """What this person wrote last."""
        assert self.phone.latest is not None, f"{self.user.first_name} has not written anything"
        return self.phone.latest

    def reset_taps(self) -> None:
        """Count actions from here on."""
        self.taps = 0

    def _act(self, deed: Callable[..., T], *args: Any, **options: Any) -> T:
        with self._world.lock:
            mark, since = self._world.seq, self._world.monotonic()
            result = deed(*args, **options)
            self._mark, self._since = mark, since
            self.taps += 1
            return result

    def start(self, payload: str = "", date: int | None = None) -> int:
        """Open the bot by its link and press START."""
        if payload and not PAYLOAD.match(payload):
            raise NotPossible("a start payload has up to 64 of A-Z a-z 0-9 _ -")
        return self._act(self.phone.text, f"/start {payload}".strip(), date=date)

    def send(self, text: str, chat: Chat | None = None, date: int | None = None) -> int:
        """Write text, in the private chat or a group."""
        return self._act(self.phone.text, text, chat, date=date)

    def speak(self, text: str, chat: Chat, thread: int | None = None, anonymously: bool = False) -> int:
        """Write in a group's topic, or in the name of the group as its hidden administrator."""
        return self._act(self.phone.speak, text, chat, thread, anonymously)

    def tap(self, label: str, location: Place | None = None) -> int:
        """Press a button on screen containing `label`: of the reply keyboard, else inline, newest first."""
        with self._world.lock:
            for button in self.keyboard:
                if label in button["text"]:
                    return self._act(self.phone.press, button, location)
            for message in reversed(self.screen()):
                if any(label in button.text for button in message.buttons):
                    return self.click(label, message)
        raise AssertionError(f"no button {label!r} on the screen of {self}")

    def click(self, label: str, message: Message | None = None) -> int:
        """Press an inline button of the newest message with buttons, or of `message`.

        A given message may be old or deleted, and the button one it has lost since: a screen can be stale.
        """
        shown = message or next((m for m in reversed(self.screen()) if m.buttons), None)
        there = shown.buttons if shown else []
        once = message.past_buttons[::-1] if message else []
        button = next((b for b in [*there, *once] if label in b.text), None)
        if shown is None or button is None:
            raise AssertionError(f"no inline button {label!r} there: {self}")
        return self.press(shown, button)

    def press(self, message: Message, button: Button) -> int:
        """Press this very button."""
        if button.data is None:
            raise NotPossible(f"the button {button.text} opens a link and tells the bot nothing")
        return self._act(self.phone.click, message, button.data)

    def location(
        self,
        latitude: float,
        longitude: float,
        accuracy: float | None = None,
        live: int | None = None,
        date: int | None = None,
    ) -> int:
        """Share a place from the attachment menu; `live` seconds makes it a live location."""
        return self._act(self.phone.location, Place(latitude, longitude, accuracy), live, date=date)

    def move(
        self, latitude: float, longitude: float, accuracy: float | None = None, date: int | None = None
    ) -> int:
        """Walk on with the live location; the phone does it, so it is no tap."""
        self.taps -= 1
        return self._act(self.phone.move, Place(latitude, longitude, accuracy), date=date)

    def stop_live(self, latitude: float, longitude: float, date: int | None = None) -> int:
        """End the live location."""
        return self._act(self.phone.move, Place(latitude, longitude), stop=True, date=date)

    def venue(self, latitude: float, longitude: float, title: str, address: str = "-") -> int:
        """Share a place picked on the map."""
        return self._act(self.phone.venue, Place(latitude, longitude), title, address)

    def photo(
        self,
        data: bytes | None = None,
        caption: str = "",
        reply_to: Message | None = None,
        date: int | None = None,
        album: str | None = None,
    ) -> int:
        """Send a photo, plain if none is given; `album` is the id of an album it is a late part of."""
        picture = data or sample_photo()
        return self._act(self.phone.photo, picture, caption, reply_to=reply_to, date=date, album=album)

    def album(self, pictures: list[bytes], caption: str = "", date: int | None = None) -> list[int]:
        """Send an album: one action, several updates."""
        return self._act(self.phone.album, pictures, caption, date=date)

    def document(
        self, data: bytes, name: str, mime: str = "application/octet-stream", caption: str = ""
    ) -> int:
        """Send a file."""
        return self._act(self.phone.document, data, name, mime, caption)

    def voice(self, seconds: int = 3, data: bytes = b"OggS voice", reply_to: Message | None = None) -> int:
        """Send a voice note."""
        return self._act(self.phone.voice, seconds, data, reply_to)

    def sticker(self, emoji: str = "👍") -> int:
        """Send a sticker."""
        return self._act(self.phone.sticker, emoji)

    def contact(self, other: "Person | None" = None, name: str = "", phone: str = "") -> int:
        """Share one's own contact, another person's, or an entry of the address book."""
        return self._act(self.phone.contact, other.user if other else None, name, phone)

    def forward(self, message: Message, to: Chat | None = None) -> int:
        """Forward a message to the bot or into a group."""
        return self._act(self.phone.forward, message, to)

    def reply(
        self, message: Message, text: str = "", photo: bytes | None = None, date: int | None = None
    ) -> int:
        """Answer a message with text or a photo (and `text` as its caption)."""
        if photo is not None:
            return self._act(self.phone.photo, photo, text, chat=message.chat, reply_to=message, date=date)
        return self._act(self.phone.text, text, message.chat, message, date)

    def edit(self, message: Message, text: str) -> int:
        """Correct an own message."""
        return self._act(self.phone.edit, message, text)

    def react(self, message: Message, emoji: str | None) -> int:
        """Put a reaction on a message, or take it off."""
        return self._act(self.phone.react, message, emoji)

    def delete(self, message: Message) -> None:
        """Delete a message of the private chat for both sides, unseen by the bot."""
        self._act(self.phone.delete, message)

    def block(self) -> int:
        """Block the bot."""
        return self._act(self.phone.block)

    def unblock(self) -> int:
        """Unblock the bot."""
        return self._act(self.phone.unblock)

    # What is seen

    def screen(self, chat: Chat | None = None) -> list[Message]:
        """All messages of the private chat (or a group) that are still there, oldest first."""
        with self._world.lock:
            return [m for m in (chat or self.phone.private).messages.values() if not m.deleted]

    @property
    def keyboard(self) -> list[JsonObject]:
        """The reply keyboard's buttons."""
        with self._world.lock:
            return [b for row in (self.phone.private.keyboard or {}).get("keyboard", []) for b in row]

    @property
    def received(self) -> list[Message]:
        """What the bot wrote to this person."""
        return [message for message in self.screen() if message.from_bot]

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        received = self.received
        assert received, f"the bot has written nothing to {self.user.first_name}"
        return received[-1]

    @property
    def texts(self) -> list[str]:
        """The texts of what the bot wrote, oldest first."""
        return [message.text for message in self.received]

    @property
    def toasts(self) -> list[str]:
        """The toasts this person was shown, oldest first."""
        with self._world.lock:
            return [t.toast for t in self._world.taps.values() if t.user is self.user and t.toast]

    @property
    def pinned(self) -> list[Message]:
        """The pinned messages, the newest pin last."""
        with self._world.lock:
            return [self.phone.private.messages[number] for number in self.phone.private.pinned]

    @property
    def commands(self) -> list[str]:
        """The commands in this person's menu."""
        return [str(entry["command"]) for entry in self.menu]

    @property
    def menu(self) -> list[JsonObject]:
        """This person's menu of commands: `command` and `description` of each."""
        with self._world.lock:
            table = self.phone.account.commands
            language = (self.user.language_code or "").partition("-")[0]
            for scope in (f"chat:{self.id}", "all_private_chats", "default"):
                for code in (language, ""):
                    if (scope, code) in table:
                        return table[scope, code]
        return []

    def __str__(self) -> str:
        lines = [f"{self.user.first_name}:", *(str(message) for message in self.screen()[-12:])]
        keys = " ".join(f"[{button['text']}]" for button in self.keyboard)
        return "\n  ".join([*lines, f"keyboard: {keys or '-'}", f"toasts: {self.toasts[-3:]}"])

    # Waiting

    def wait_for(self, text: str = "", timeout: float = PATIENCE, chat: Chat | None = None) -> Message:
        """A bot message with this text, new or edited since the last act; AssertionError if none comes."""

        def found() -> Message | None:
            fresh = [m for m in self.screen(chat) if m.from_bot and m.seq > self._mark and text in m.text]
            return max(fresh, key=lambda m: m.seq, default=None)

        message = self._wait(found, timeout)
        assert message is not None, f"nothing new with {text!r} within {timeout} s for {self}"
        return message

    def wait_toast(self, text: str = "", timeout: float = PATIENCE) -> str:
        """A toast with this text since the last act; AssertionError if none comes."""

        def found() -> str | None:
            taps = [t for t in self._world.taps.values() if t.user is self.user and t.at >= self._since]
            return next((t.toast for t in reversed(taps) if t.toast and text in t.toast), None)

        toast = self._wait(found, timeout)
        assert toast is not None, f"no toast {text!r} within {timeout} s for {self}"
        return toast

    def wait_quiet(self, quiet: float = 0.3, timeout: float = PATIENCE) -> None:
        """Return once the bot has taken all updates and this chat has not changed for `quiet` seconds."""
        deadline = time.monotonic() + timeout
        seen, since = -1, time.monotonic()
        with self._world.lock:
            while time.monotonic() < deadline:
                waiting = bool(self.phone.account.updates.pending)
                if waiting or self.phone.private.seq != seen:
                    seen, since = self.phone.private.seq, time.monotonic()
                elif time.monotonic() - since >= quiet:
                    return
                self._world.changed.wait(0.02)
        raise AssertionError(f"no quiet within {timeout} s for {self}")

    def _wait(self, look: Callable[[], T | None], timeout: float) -> T | None:
        deadline = time.monotonic() + timeout
        with self._world.changed:
            while (found := look()) is None and (left := deadline - time.monotonic()) > 0:
                self._world.changed.wait(left)
            return found
