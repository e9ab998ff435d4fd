"""What people can share from a phone, and what Telegram's app would not let them do."""

import io
from typing import Any

from PIL import Image

from bot.base.facts import Struct
from bot.playground.replies import JsonObject


class NotPossible(AssertionError):
    """Telegram's own app would not let a person do this."""


class Place(Struct):
    """A point in degrees, with the accuracy the phone claims in metres."""

    latitude: float
    longitude: float
    accuracy: float | None = None

    def shown(self) -> JsonObject:
        """The Bot API's `Location`."""
        shown: JsonObject = {"latitude": self.latitude, "longitude": self.longitude}
        if self.accuracy is not None:
            shown["horizontal_accuracy"] = self.accuracy
        return shown


def sample_photo(color: str = "teal", size: tuple[int, int] = (640, 480), **save: Any) -> bytes:
    """A plain JPEG for tests and the demo; `save` goes to Pillow (for example `exif`)."""
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG", **save)
    return out.getvalue()
