"""What is said about photos, as facts."""

from datetime import datetime

from bot.base.facts import Struct
from bot.outbox.notices import Notice


class PhotoBroken(Notice, kind="photo.broken"):
    """A photo cannot be kept: whoever sent it can take another one."""

    sent_at: datetime


class PhotoLook(Struct):
    """A thing about photos that a person should look at. `mark` is `forwarded`, `same`, `near` (with `what`
    it was for, the name of the `area`, and `at`), or `before`: shown as the state after the work, sent
    before it."""

    mark: str
    what: str = ""
    area: str = ""
    at: datetime | None = None
