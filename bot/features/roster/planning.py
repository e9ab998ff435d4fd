"""What an import would do: adds, changes and removals by table, and everything that speaks against it."""

from dataclasses import dataclass, field
from pathlib import Path

from bot import access
from bot.access import Resource, Work
from bot.base.errors import OperatorError
from bot.base.facts import Struct
from bot.features.roster import rotation_sheet
from bot.features.roster.cells import narrow
from bot.features.roster.checking import Checker, Incoming, Wanted
from bot.features.roster.current_roster import Current, State, load
from bot.features.roster.layout import plain_word
from bot.features.roster.problems import Problems, Tick, no_tick
from bot.features.roster.reading import Workbook, read_workbook
from bot.features.roster.rotation_sheet import NewRotation
from bot.features.roster.rows import Reading
from bot.features.roster.tables import TARGETS, Key, RosterTable, Values
from bot.storage.values import roster_version

# Removing more than this many rows and more than this share of a table is asked for twice.
GUARDED_ROWS = 20
GUARDED_SHARE = 0.2
SYSTEMS = {"wgs84": "wgs84", "gcj02": "gcj02"}


class PlanStep(Struct):
    """One row to make, change or remove. `row` is the workbook's; `old` and `id` are None for a new one."""

    key: Key
    values: Values
    row: int | None = None
    id: int | None = None
    old: Values | None = None
    returns: bool = False


@dataclass(slots=True)
class TablePlan:
    """The steps for one table."""

    target: RosterTable
    sheet: str
    adds: list[PlanStep] = field(default_factory=list)
    changes: list[PlanStep] = field(default_factory=list)
    removals: list[PlanStep] = field(default_factory=list)
    held: int = 0

    @property
    def size(self) -> int:
        """How many rows are touched."""
        return len(self.adds) + len(self.changes) + len(self.removals)

    @property
    def is_guarded(self) -> bool:
        """Whether it removes so much that it may be an accident."""
        gone = len(self.removals)
        return gone > GUARDED_ROWS and gone > GUARDED_SHARE * self.held


@dataclass(slots=True)
class Plan:
    """An import thought through; nothing is changed yet."""

    version: int
    coordinates: str
    tables: dict[str, TablePlan] = field(default_factory=dict)
    # Of the rotations those that are not set yet.
    rotations: list[NewRotation] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    warnings: Problems = field(default_factory=Problems)
    # That much goes may be meant so.
    allow_removals: bool = False

    @property
    def size(self) -> int:
        """How many rows are touched."""
        return sum(table.size for table in self.tables.values()) + len(self.rotations)

    @property
    def guarded(self) -> list[TablePlan]:
        """The tables that lose so many rows that it may be an accident."""
        return [table for table in self.tables.values() if table.is_guarded]


def plan(
    work: Work,
    file: Path,
    *,
    coordinates: str | None = None,
    empty_sheets_count: bool = False,
    tick: Tick = no_tick,
) -> Plan:
    """Read the workbook and compare it with the roster.

    `coordinates` ("wgs84", "gcj02") overrides what the workbook says. A sheet without rows leaves
    its part alone unless `empty_sheets_count`. Raises OperatorError where the file cannot be opened.
    """
    access.require(work.actor, "roster.import", Resource())
    made = Plan(roster_version(work.session), "wgs84")
    book = _read(file, made)
    made.coordinates = coordinates or _system_of(book, made.problems)
    if not empty_sheets_count:
        _leave_out_empty(book, made.warnings)
    shifts = book.sheets.get("shifts")
    codes = [narrow(raw["code"]) for _, raw in shifts.rows] if shifts else []
    state = load(work, shift_codes=codes)
    reading = Reading(work.settings, gcj02=made.coordinates == "gcj02")
    checker = Checker(book, state, reading, made.problems, made.warnings, tick)
    _compare(made, state, checker.run())
    if checker.rotations:
        today, name = work.now.astimezone(work.settings.work.zone).date(), book.sheets["rotations"].name
        made.rotations = rotation_sheet.to_set(
            work.session, work.actor, checker.rotations, name, today, made.warnings
        )
    return made


def _read(file: Path, made: Plan) -> Workbook:
    try:
        return read_workbook(file, made.problems, made.warnings)
    except OSError as error:
        raise OperatorError(f"{file}: {error.strerror or error}") from error


def _system_of(book: Workbook, problems: Problems) -> str:
    for name in ("coordinates", "坐标系", "坐标"):
        said = book.settings.get(name)
        if said is not None:
            system = SYSTEMS.get(plain_word(said))
            if system is None:
                problems.add("roster-unknown-coordinates", value=said[:40])
            return system or "wgs84"
    return "wgs84"


def _leave_out_empty(book: Workbook, warnings: Problems) -> None:
    for key, sheet in list(book.sheets.items()):
        if not sheet.rows:
            warnings.add("roster-empty-sheet", sheet.name)
            del book.sheets[key]


def _compare(made: Plan, state: State, incoming: dict[str, Incoming]) -> None:
    live: dict[str, set[str]] = {}
    for target in TARGETS:
        wanted = incoming.get(target.name)
        current = state[target.name]
        made.tables[target.name] = table = (
            _differences(target, wanted, current) if wanted else _dependants(target, current, live, made)
        )
        if target.keys == ("code",):
            gone = {step.key for step in table.removals}
            held = {key[0] for key, row in current.items() if not row.removed and key not in gone}
            live[target.name] = held | {step.key[0] for step in (*table.adds, *table.changes)}


def _differences(target: RosterTable, incoming: Incoming, current: dict[Key, Current]) -> TablePlan:
    table = TablePlan(target, incoming.sheet, held=sum(not row.removed for row in current.values()))
    given = [name in incoming.given for name in target.values]
    for key, wanted in incoming.rows.items():
        row = current.get(key)
        if row is None:
            table.adds.append(PlanStep(key, wanted.values, wanted.row))
        else:
            _note_change(table, key, wanted, row, given)
    for key, row in current.items():
        if key not in incoming.rows and not row.removed and not row.by_hand:
            table.removals.append(PlanStep(key, row.values, id=row.id))
    return table


def _note_change(table: TablePlan, key: Key, wanted: Wanted, row: Current, given: list[bool]) -> None:
    values = tuple(
        new if is_given else old for new, old, is_given in zip(wanted.values, row.values, given, strict=True)
    )
    if values != row.values or row.removed:
        table.changes.append(PlanStep(key, values, wanted.row, row.id, row.values, row.removed))


def _dependants(
    target: RosterTable, current: dict[Key, Current], live: dict[str, set[str]], made: Plan
) -> TablePlan:
    """Rows of a table the workbook does not speak of, whose area, post or person it removes."""
    table = TablePlan(target, "", held=sum(not row.removed for row in current.values()))
    places = {name: target.fields.index(name) for name in target.references if name != "parent"}
    for key, row in current.items():
        if row.removed:
            continue
        told = key + row.values
        for name, index in places.items():
            code, other = told[index], target.references[name].target
            if code is None or code in live[other]:
                continue
            if target.follows:
                table.removals.append(PlanStep(key, row.values, id=row.id))
            else:
                made.problems.add(f"roster-still-used-{other}", code=code, by=key[0], sheet=target.sheet)
            break
    return table
