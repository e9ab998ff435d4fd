"""Areas: the tree from the prefecture down to the grid."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from models.columns import MOMENT, PATH, SERIAL, Numbered


class AreaKind(StrEnum):
    """Levels of the tree; a tree may leave some out or nest them deeper."""

    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"


class Area(Numbered, table=True):
    """One area. `path` is the codes from the root, each ended by `/`."""

    code: str = Field(unique=True)
    name: str
    kind: str
    parent_id: int | None = Field(default=None, foreign_key="area.id", index=True, sa_type=SERIAL)
    path: str = Field(index=True, sa_type=PATH)
    # Roster order: areas are shown in it, never by figure.
    position: int = 0
    latitude: float | None = None
    longitude: float | None = None
    radius: int | None = None
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)


def subtree_end(path: str) -> str:
    """The first path after the subtree of `path`: `0` follows `/` in every byte order."""
    return path[:-1] + "0"
