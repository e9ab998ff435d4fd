"""Patrols in `config.toml`: what is looked at, and how a walk is measured."""

from pydantic import Field

from bot.settings.core import Named, Section


class ChecklistItem(Named):
    """One thing to look at."""


class Checklist(Named):
    """What to look at on a patrol: for posts of these lines of defence, or shifts of these duty types; for
    all others where neither is named."""

    lines: tuple[str, ...] = ()
    duty_types: tuple[str, ...] = ()
    items: tuple[ChecklistItem, ...] = Field(min_length=1, max_length=20)

    def item(self, code: str) -> ChecklistItem | None:
        """The item with this code; None where the list has changed since."""
        return next((item for item in self.items if item.code == code), None)


def _items(*texts: tuple[str, str, str]) -> tuple[ChecklistItem, ...]:
    return tuple(ChecklistItem(code=code, zh_CN=zh, en=en) for code, zh, en in texts)


BORDER = Checklist(
    code="border",
    zh_CN="边境巡逻",
    en="Border round",
    lines=("border", "belt"),
    duty_types=("border",),
    items=_items(
        ("doors", "临边门窗", "Doors and windows facing the border"),
        ("passages", "暗门暗道", "Hidden doors and passages"),
        ("ditches", "沟渠", "Ditches"),
        ("culverts", "涵洞", "Culverts"),
        ("fences", "围栏铁丝网", "Fences"),
        ("lamps", "照明灯", "Lamps"),
        ("cameras", "摄像头", "Cameras"),
        ("signs", "界碑标牌", "Markers and signs"),
    ),
)
VILLAGE = Checklist(
    code="village",
    zh_CN="村内巡逻",
    en="Village round",
    items=_items(
        ("fire", "火灾隐患", "Fire hazards"),
        ("wires", "电线电杆", "Wires and poles"),
        ("roads", "道路坡坎", "Roads and slopes"),
        ("water", "水塘河道", "Ponds and streams"),
        ("houses", "危房空房", "Unsafe or empty houses"),
        ("lamps", "路灯", "Street lamps"),
        ("cameras", "摄像头", "Cameras"),
        ("signs", "标牌", "Signs"),
    ),
)


class PatrolSettings(Section):
    """How patrols are walked, measured and closed."""

    radius_metres: int = Field(default=50, ge=5, le=5_000)
    point_seconds: int = Field(default=10, ge=1, le=600)
    gap_minutes: int = Field(default=5, ge=2, le=120)
    max_speed_kmh: int = Field(default=80, ge=5, le=300)
    open_hours: int = Field(default=4, ge=1, le=24)
    note_minutes: int = Field(default=10, ge=0, le=240)
    per_shift: int = Field(default=0, ge=0, le=12)
    checklists: tuple[Checklist, ...] = Field(default=(BORDER, VILLAGE), min_length=1)

    def checklist(self, code: str) -> Checklist:
        """The checklist with this code, else the first."""
        return next((known for known in self.checklists if known.code == code), self.checklists[0])

    def fitting(self, line: str | None, duty_type: str | None) -> Checklist:
        """The checklist for a post of this line of defence, else for a shift of this duty type, else the
        one for all others."""
        by_line = (known for known in self.checklists if line in known.lines)
        by_duty = (known for known in self.checklists if duty_type in known.duty_types)
        general = (known for known in self.checklists if not (known.lines or known.duty_types))
        return [*by_line, *by_duty, *general, self.checklists[0]][0]
