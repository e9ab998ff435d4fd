"""What is said about photos that somebody sent."""

from collections.abc import Sequence

from bot.photos.notices import PhotoBroken, PhotoLook
from bot.views.base import Message, Reader

_USES = ("hazard", "patrol", "checkin")


def broken(told: PhotoBroken, to: Reader) -> Message:
    """A photo cannot be kept: whoever sent it can take another one."""
    return Message(to.tr("photo-broken", time=to.time(told.sent_at)))


def look(told: Sequence[PhotoLook], to: Reader) -> list[str]:
    """A line for each thing about photos that a person should look at."""
    return [_look(line, to) for line in told]


def _look(line: PhotoLook, to: Reader) -> str:
    if line.mark in ("forwarded", "before") or line.at is None:
        return to.tr(f"photo-look-{line.mark}")
    what = to.tr.plain(f"photo-used-{line.what if line.what in _USES else 'other'}")
    return to.tr(f"photo-look-{line.mark}", what=what, area=line.area, time=to.time(line.at))
