"""The Chinese font that comes with us: Noto Sans SC, under the Open Font License."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def chinese() -> Path:
    """The file of the font. Raises FileNotFoundError where its package lacks it."""
    spec = find_spec("zhplot")
    folders = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    found = next((file for folder in folders for file in folder.glob("**/NotoSansSC*.ttf")), None)
    if found is None:
        raise FileNotFoundError("no Noto Sans SC in the package zhplot")
    return found
