"""What every view is made of: facts and a reader in, a message out."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.base.facts import Facts, Struct
from bot.base.i18n import Translator


class Button(Struct):
    """A button under a message: callback data (64 bytes at most) or an address."""

    text: str
    data: str = ""
    url: str = ""


class Key(Struct):
    """A key of the keyboard; it may send the place or the own contact instead of its words."""

    text: str
    location: bool = False
    contact: bool = False


class Picture(Struct):
    """A picture to be drawn when the message is sent: the name of a drawing of `bot.charts`, its data
    (text, numbers and times that JSON can hold), and the numbers of the photos shown in it."""

    drawing: str
    data: Facts
    photos: tuple[int, ...] = ()


class File(Struct):
    """A file of our own store, by its key, under the name it is sent with."""

    key: str
    name: str


class Media(Struct):
    """Something that is known to Telegram: `voice`, `video`, `audio` or `document`, and its file id."""

    kind: str
    file_id: str


def in_rows(buttons: Sequence[Button], many: int) -> tuple[tuple[Button, ...], ...]:
    """The buttons in rows of so many."""
    return tuple(tuple(buttons[at : at + many]) for at in range(0, len(buttons), many))


class Message(Struct):
    """What is sent. `text` is Telegram's HTML. Buttons and keyboard exclude each other; so do a voice, other
    media, a photo, a picture and a file, whose caption the text becomes (1,024 characters at most)."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[Key, ...], ...] = ()
    remove_keyboard: bool = False
    # Telegram's file id of a voice note to be played with the text as its caption.
    voice: str = ""
    # Something else that was sent to the bot: a video, a recording or a document (`kind`), by its id.
    media: Media | None = None
    # The number of a photo that somebody sent.
    photo: int | None = None
    picture: Picture | None = None
    file: File | None = None

    @property
    def by_id(self) -> Media | None:
        """What goes along by Telegram's own id of it."""
        return Media("voice", self.voice) if self.voice else self.media


class Reader(Struct):
    """For whom a message is made: the language, the time zone, and the time it is sent."""

    tr: Translator
    zone: ZoneInfo
    now: datetime
    coordinates: bool = True

    def local(self, moment: str | datetime) -> datetime:
        """A moment from the facts, in local time."""
        read = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        return read.astimezone(self.zone)

    def time(self, moment: str | datetime) -> str:
        """Hour and minute, with the day named where it is not today."""
        local = self.local(moment)
        days = (local.date() - self.now.astimezone(self.zone).date()).days
        key = {-1: "time-yesterday", 0: "time-today", 1: "time-tomorrow"}.get(days, "time-other-day")
        return self.tr.plain(key, time=local.strftime("%H:%M"), month=str(local.month), day=str(local.day))

    def button(self, key: str, data: str, /, **facts: str) -> Button:
        """A button of this text that gives these callback data."""
        return Button(self.tr.plain(key, **facts), data)

    def listed(self, words: Iterable[str]) -> str:
        """Words one after the other, as the language parts them."""
        return self.tr.plain("list-comma").join(words)
