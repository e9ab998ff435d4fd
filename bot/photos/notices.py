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
