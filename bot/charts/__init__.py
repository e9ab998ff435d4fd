"""Pictures and paper: data in, PNG, JPEG or PDF bytes out.

Drawn in a process of their own (`bot.deliver.drawing`).

A drawing is a function `(data, photos) -> [Sheet, …]`: the data of a `Picture` and the bytes of its photos,
in its order. To add one, write `bot/charts/<topic>.py` on `bot.charts.style`, name it in PICTURES or PAPERS,
and give it samples in `tests/charts/samples.py`: each is compared, as a picture and on paper.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.base.facts import Facts

if TYPE_CHECKING:
    from bot.charts.style import Sheet

# By name, as `module:function`: what draws is imported only where something is drawn.
PICTURES: dict[str, str] = {
    "before_after": "bot.charts.before_after:before_after",
    "hazard_map": "bot.charts.hazard_map:hazard_map",
    "patrol": "bot.charts.patrol:patrol",
    "sample": "bot.charts.sample:sample",
    "summary": "bot.charts.summary:summary",
}
# What becomes a PDF, to be printed.
PAPERS: dict[str, str] = {
    "certificate": "bot.charts.certificate:certificate",
    "page": "bot.charts.summary:page",
    "pages": "bot.charts.pages:pages",
}
# What is no sheet: the function gives the file's bytes.
FILES: dict[str, str] = {"workbook": "bot.charts.workbook:workbook"}
DRAWINGS = PICTURES | PAPERS | FILES


def find(name: str) -> Callable[[Facts, list[bytes]], Any]:
    """The function that draws it. Raises KeyError if there is none."""
    module, _, function = DRAWINGS[name].partition(":")
    found: Callable[[Facts, list[bytes]], Any] = getattr(import_module(module), function)
    return found


def sheets(name: str, data: Facts, photos: list[bytes]) -> list["Sheet"]:
    """The sheets of a picture (one) or a paper (any number). Raises whatever the drawing raises."""
    drawn: list[Sheet] = find(name)(data, photos)
    return drawn


def printed(data: Any) -> Any:
    """The same as it is set on paper: with the quotation marks of print instead of those of the screen."""
    if isinstance(data, dict):
        return {key: printed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [printed(value) for value in data]
    return data.replace("「", "“").replace("」", "”") if isinstance(data, str) else data


def draw(name: str, data: Facts, photos: list[bytes]) -> bytes:
    """The picture as PNG or JPEG, the paper as PDF, the file as it is. Raises whatever the drawing raises;
    KeyError for an unknown name."""
    if name in FILES:
        file: bytes = find(name)(data, photos)
        return file
    if name in PICTURES:
        return sheets(name, data, photos)[0].image()
    drawn = sheets(name, printed(data), photos)
    return import_module("bot.charts.style").paper(drawn, data["title"])  # type: ignore[no-any-return]
