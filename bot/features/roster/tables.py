"""What a workbook is turned into: each table with its keys, values and references, all told by codes."""

import secrets
from collections.abc import Callable
from dataclasses import field

from sqlalchemy import Table
from sqlmodel import SQLModel

from bot.base.facts import Struct
from models import (
    Area,
    Checkpoint,
    HouseholdCluster,
    PatrolSection,
    Person,
    PersonPost,
    Post,
    Role,
    Shift,
    ShiftMember,
)

Key = tuple[str, ...]
Values = tuple[object, ...]


class Reference(Struct):
    """A column that holds another table's id; a workbook tells its code instead."""

    column: str
    target: str


class RosterTable(Struct):
    """A table of the roster.

    `keys` and `values` are fields as a workbook tells them; those in `references` are codes.
    `keeps_past`: what is gone gets `removed_at`; else its row is deleted.
    `follows`: rows that refer to something removed are removed with it, instead of holding it back.
    `made_once`: columns filled when a row is made, never after.
    """

    name: str
    model: type[SQLModel]
    sheet: str
    keys: Key
    values: tuple[str, ...] = ()
    references: dict[str, Reference] = field(default_factory=dict)
    keeps_past: bool = False
    follows: bool = False
    made_once: dict[str, Callable[[], object]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Keys and values."""
        return self.keys + self.values

    @property
    def table(self) -> Table:
        """The table itself."""
        return table_of(self.model)


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def _new_token() -> str:
    return secrets.token_urlsafe(16)


_AREA = Reference("area_id", "area")
_PLACE = ("latitude", "longitude", "radius")

AREA = RosterTable(
    "area",
    Area,
    "areas",
    ("code",),
    ("name", "kind", "parent", "path", "position", *_PLACE),
    {"parent": Reference("parent_id", "area")},
    keeps_past=True,
)
POST = RosterTable(
    "post",
    Post,
    "posts",
    ("code",),
    ("name", "area", "line", *_PLACE),
    {"area": _AREA},
    keeps_past=True,
    made_once={"qr_code": _new_token},
)
SECTION = RosterTable(
    "section",
    PatrolSection,
    "sections",
    ("code",),
    ("name", "area", "post", "path", "checklist", "times"),
    {"area": _AREA, "post": Reference("post_id", "post")},
    keeps_past=True,
)
CHECKPOINT = RosterTable(
    "checkpoint",
    Checkpoint,
    "checkpoints",
    ("code",),
    ("name", "section", "position", *_PLACE),
    {"section": Reference("section_id", "section")},
    keeps_past=True,
    follows=True,
    made_once={"qr_code": _new_token},
)
PERSON = RosterTable(
    "person",
    Person,
    "people",
    ("code",),
    ("name", "phone", "area", "titles", "language"),
    {"area": _AREA},
    keeps_past=True,
)
PERSON_POST = RosterTable(
    "person_post",
    PersonPost,
    "people",
    ("person", "post"),
    references={"person": Reference("person_id", "person"), "post": Reference("post_id", "post")},
    follows=True,
)
ROLE = RosterTable(
    "role",
    Role,
    "roles",
    ("person", "role", "area"),
    references={"person": Reference("person_id", "person"), "area": _AREA},
    follows=True,
)
HOUSEHOLD = RosterTable(
    "household",
    HouseholdCluster,
    "households",
    ("head", "area"),
    ("count",),
    {"head": Reference("head_id", "person"), "area": _AREA},
    keeps_past=True,
    follows=True,
)
SHIFT = RosterTable(
    "shift",
    Shift,
    "shifts",
    ("code",),
    ("post", "area", "duty_type", "starts_at", "ends_at"),
    {"post": Reference("post_id", "post"), "area": _AREA},
    keeps_past=True,
)
MEMBER = RosterTable(
    "member",
    ShiftMember,
    "shifts",
    ("shift", "person"),
    ("is_lead",),
    {"shift": Reference("shift_id", "shift"), "person": Reference("person_id", "person")},
    follows=True,
)

# In the order in which rows can be made.
TARGETS = (AREA, POST, SECTION, CHECKPOINT, PERSON, PERSON_POST, ROLE, HOUSEHOLD, SHIFT, MEMBER)
BY_NAME = {target.name: target for target in TARGETS}
