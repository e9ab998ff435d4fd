"""What can be taken out as rows, whoever asks: its columns, how many rows, the rows, and codes in words."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bot import access
from bot.access import Resource, Work
from bot.access.scope import CHUNK, Scope
from bot.base import spreadsheet_files
from bot.base.facts import Struct
from bot.base.i18n import Translator
from bot.features.duty import export as duty_export
from bot.features.duty.export import CHECKIN_COLUMNS
from bot.features.hazards.export import SHEET as HAZARDS
from bot.features.patrols import export as patrol_export
from bot.features.patrols.export import PATROL_COLUMNS
from bot.features.requests.export import SHEET as REQUESTS
from bot.features.shifts import export as shift_export
from bot.features.shifts.export import SHIFT_COLUMNS
from bot.settings import Settings
from models import (
    AwayKind,
    ClosedBy,
    Evidence,
    HazardState,
    MemberState,
    PatrolState,
    PlaceGrade,
    Punctuality,
    RequestMode,
    RequestStage,
    ResidentAnswer,
    Severity,
)

# What is told as a code, and shown in a sheet by name: `export-value-` + code.
_CODED: dict[str, type[StrEnum]] = {
    "in_punctuality": Punctuality,
    "out_punctuality": Punctuality,
    "evidence": Evidence,
    "out_evidence": Evidence,
    "place_grade": PlaceGrade,
    "out_place_grade": PlaceGrade,
    "closed_by": ClosedBy,
    "member_state": MemberState,
    "away_kind": AwayKind,
    "patrol_state": PatrolState,
    "hazard_state": HazardState,
    "severity": Severity,
    "request_mode": RequestMode,
    "answer": ResidentAnswer,
}
_FLAGS = ("too_fast", "is_lead", "changed_by_hand")

T = TypeVar("T")
Rows = Iterator[tuple[object, ...]]
# By column and what stands there: how it is told.
_Known = dict[tuple[str, object], str | None]


class What(StrEnum):
    """What can be exported."""

    CHECKINS = "checkins"
    SHIFTS = "shifts"
    PATROLS = "patrols"
    HAZARDS = "hazards"
    REQUESTS = "requests"


class ExportSource(Struct):
    """Records: the action that allows to take them out, their columns, how many there are, and themselves."""

    action: str
    columns: tuple[str, ...]
    count: Callable[[Work, Scope], int]
    rows: Callable[[Work, Scope], Rows]


SOURCES: dict[What, ExportSource] = {
    What.CHECKINS: ExportSource(
        "checkin.export", CHECKIN_COLUMNS, duty_export.count_checkins, duty_export.checkins
    ),
    What.SHIFTS: ExportSource("shift.export", SHIFT_COLUMNS, shift_export.count_shifts, shift_export.shifts),
    What.PATROLS: ExportSource(
        "patrol.export", PATROL_COLUMNS, patrol_export.count_patrols, patrol_export.patrols
    ),
    What.HAZARDS: ExportSource("hazard.export", HAZARDS.headings, HAZARDS.count, HAZARDS.rows),
    What.REQUESTS: ExportSource("request.export", REQUESTS.headings, REQUESTS.count, REQUESTS.rows),
}


def count(work: Work, what: What, scope: Scope) -> int:
    """How many rows there are in the scope, of those the actor may take out."""
    access.require(work.actor, SOURCES[what].action, Resource(scope.path))
    return SOURCES[what].count(work, scope)


def rows(work: Work, what: What, scope: Scope) -> Iterator[list[object]]:
    """The rows of the scope with local times, in the order of the columns; codes as they are."""
    access.require(work.actor, SOURCES[what].action, Resource(scope.path))
    zone = work.settings.work.zone
    for row in SOURCES[what].rows(work, scope):
        yield [value.astimezone(zone) if isinstance(value, datetime) else value for value in row]


def headings(what: What, tr: Translator) -> list[str]:
    """The columns in words."""
    return [tr.plain(f"export-{column.replace('_', '-')}") for column in SOURCES[what].columns]


def named(
    found: Iterable[list[object]], what: What, settings: Settings, tr: Translator
) -> Iterator[list[object]]:
    """Codes by the names people know; yes and no in words."""
    names: _Known = {
        (column, code): tr.plain(f"export-value-{code.replace('_', '-')}")
        for column, codes in _CODED.items()
        for code in codes
    }
    types: _Known = {
        ("duty_type", kind.code): kind.zh_CN if tr.locale == "zh_CN" else kind.en
        for kind in settings.duty.types
    }
    # A request is closed in other words than a hazard.
    stages: _Known = {("request_state", stage): tr.plain(f"export-stage-{stage}") for stage in RequestStage}
    flags: _Known = {
        (column, value): tr.plain("export-value-yes") if value else None
        for column in _FLAGS
        for value in (True, False)
    }
    known = names | stages | types | flags
    columns = SOURCES[what].columns
    for row in found:
        yield [known.get((column, value), value) for column, value in zip(columns, row, strict=True)]


def ticking(found: Iterable[T], told: Callable[[int], None]) -> Iterator[T]:
    """The same rows; how many have passed is told now and then."""
    for number, row in enumerate(found, start=1):
        if number % CHUNK == 0:
            told(number)
        yield row


def write_workbook(
    file: Path, found: Iterable[list[object]], what: What, settings: Settings, tr: Translator
) -> int:
    """A workbook with these rows; returns how many."""
    shown = named(found, what, settings, tr)
    return spreadsheet_files.write_xlsx(file, tr.plain(f"export-{what}"), headings(what, tr), shown)
