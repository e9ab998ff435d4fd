"""The people of a test: they act, look at their screens and wait for what the bot says.

worker = playground.person("岩罕", phone="+8613800000001")
worker.start("j_CODE")
worker.tap("上岗", location=Place(24.4, 98.6, accuracy=15))
worker.wait_for("已上岗")
"""

import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.playground.bots import BotAccount
from bot.playground.phone import FOREVER, Phone
from bot.playground.replies import JsonObject
from bot.playground.sharing import NotPossible, Place, sample_photo
from bot.playground.world import Button, Chat, Message, User, World

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 60.0  # Seconds until a test takes it that nothing will come: a machine may be busy.

__all__ = ["FOREVER", "Message", "NotPossible", "Person", "Place", "sample_photo"]


def _deed(deed: Callable[Concatenate[Phone, P], T]) -> Callable[Concatenate["Person", P], T]:
    """What a person does with the phone as it is: it is counted."""

    def act(person: "Person", /, *args: P.args, **options: P.kwargs) -> T:
        return person.act(deed, *args, **options)

    return act


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

    def act(self, deed: Callable[Concatenate[Phone, P], T], *args: P.args, **options: P.kwargs) -> T:
        """Do something with the phone; it counts as a tap."""
        with self._world.lock:
            mark, since = self._world.seq, self._world.monotonic()
            result = deed(self.phone, *args, **options)
            self._mark, self._since = mark, since
            self.taps += 1
            return result

    start, send, speak = _deed(Phone.start), _deed(Phone.text), _deed(Phone.speak)
    photo, album, document = _deed(Phone.photo), _deed(Phone.album), _deed(Phone.document)
    voice, sticker = _deed(Phone.voice), _deed(Phone.sticker)
    forward, edit = _deed(Phone.forward), _deed(Phone.edit)
    react, delete = _deed(Phone.react), _deed(Phone.delete)
    block, unblock = _deed(Phone.block), _deed(Phone.unblock)

    def tap(self, label: str, location: Place | None = None) -> int:
        """Press a button on screen containing `label`: of the reply keyboard, else inline, newest first."""
        with self._world.lock:
            for button in self.keyboard:
                if label in button["text"]:
                    return self.act(Phone.press, button, location)
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
        return self.act(Phone.click, message, button.data)

    def location(
        self,
        latitude: float,
        longitude: float,
        accuracy: float | None = None,
        live: int | None = None,
        date: int | None = None,
    ) -> int:
        """Share a place from the attachment menu; `live` seconds makes it a live location."""
        return self.act(Phone.location, Place(latitude, longitude, accuracy), live, date=date)

    def move(
        self, latitude: float, longitude: float, accuracy: float | None = None, date: int | None = None
    ) -> int:
        """Walk on with the live location; the phone does it, so it is no tap."""
        self.taps -= 1
        return self.act(Phone.move, Place(latitude, longitude, accuracy), date=date)

    def stop_live(self, latitude: float, longitude: float, date: int | None = None) -> int:
        """End the live location."""
        return self.act(Phone.move, Place(latitude, longitude), stop=True, date=date)

    def venue(self, latitude: float, longitude: float, title: str, address: str = "-") -> int:
        """Share a place picked on the map."""
        return self.act(Phone.venue, Place(latitude, longitude), title, address)

    def contact(self, other: "Person | None" = None, name: str = "", phone: str = "") -> int:
        """Share one's own contact, another person's, or an entry of the address book."""
        return self.act(Phone.contact, other.user if other else None, name, phone)

    def reply(
        self, message: Message, text: str = "", photo: bytes | None = None, date: int | None = None
    ) -> int:
        """Answer a message with text or a photo (and `text` as its caption)."""
        if photo is not None:
            return self.act(Phone.photo, photo, text, chat=message.chat, reply_to=message, date=date)
        return self.act(Phone.text, text, message.chat, message, date)

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
