"""Pictures: data in, PNG or JPEG bytes out. Drawn in a process of their own (`bot.drawing`).

A drawing is a function `(data, photos) -> bytes`: the data of a `Picture` and the bytes of its photos, in
its order. To add one, write `bot/charts/<topic>.py` on `bot.charts.style` and name it in DRAWINGS.
"""

from collections.abc import Callable
from importlib import import_module

from bot.notices import Facts

Drawing = Callable[[Facts, list[bytes]], bytes]

# By name, as `module:function`: what draws is imported only where something is drawn.
DRAWINGS: dict[str, str] = {
    "before_after": "bot.charts.before_after:before_after",
    "certificate": "bot.charts.certificate:certificate",
    "patrol": "bot.charts.patrol:patrol",
    "sample": "bot.charts.sample:sample",
    "hazard_map": "bot.charts.hazard_map:hazard_map",
    "page": "bot.charts.summary:page",
    "pages": "bot.charts.pages:pages",
    "report": "bot.charts.summary:report",
    "summary": "bot.charts.summary:summary",
    "workbook": "bot.charts.workbook:workbook",
}


def find(name: str) -> Drawing:
    """The drawing of this name. Raises KeyError if there is none."""
    module, _, function = DRAWINGS[name].partition(":")
    found: Drawing = getattr(import_module(module), function)
    return found


def draw(name: str, data: Facts, photos: list[bytes]) -> bytes:
    """The picture, as PNG or JPEG. Raises whatever the drawing raises; KeyError for an unknown name."""
    return find(name)(data, photos)
