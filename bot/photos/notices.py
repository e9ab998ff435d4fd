"""What is said about photos, as facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.outbox.notices import Notice


@dataclass(frozen=True, slots=True)
class PhotoBroken(Notice):
    """A photo cannot be kept: whoever sent it can take another one."""

    kind: ClassVar[str] = "photo.broken"
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class PhotoLook:
    """A thing about photos that a person should look at. `mark` is `forwarded`, `same`, `near` (with `what`
    it was for, the name of the `area`, and `at`), or `before`: shown as the state after the work, sent
    before it."""

    mark: str
    what: str = ""
    area: str = ""
    at: datetime | None = None
