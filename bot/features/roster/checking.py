"""Turns a workbook's rows into what each table should hold, and finds what does not fit together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from bot.base import gcj02
from bot.base.facts import Struct
from bot.features.roster import cells
from bot.features.roster.area_tree import check_kinds, paths_of
from bot.features.roster.current_roster import State
from bot.features.roster.problems import Problems, Tick
from bot.features.roster.reading import SheetRows, Workbook
from bot.features.roster.rotation_sheet import NewRotation, RotationRow
from bot.features.roster.rows import (
    AreaRow,
    CheckpointRow,
    CodedRow,
    HouseholdRow,
    PersonRow,
    PostRow,
    Reading,
    RoleRow,
    Row,
    SectionRow,
    ShiftRow,
)
from bot.features.roster.tables import BY_NAME, Key, Values

_TICK_ROWS = 500
# Sheets whose codes others refer to, and their tables.
_CODED_SHEETS = (("areas", "area"), ("posts", "post"), ("sections", "section"), ("people", "person"))
R = TypeVar("R", bound=Row)
C = TypeVar("C", bound=CodedRow)


class Wanted(Struct):
    """What a row of a table should say, and the workbook's row that says so."""

    row: int
    values: Values


@dataclass(slots=True)
class Incoming:
    """A table as the workbook wants it. Values of fields not `given` are only for rows not yet there."""

    sheet: str
    given: frozenset[str]
    rows: dict[Key, Wanted] = field(default_factory=dict)


class Checker:
    """Checks one workbook against the roster's present state; `incoming` holds the result."""

    def __init__(
        self,
        book: Workbook,
        state: State,
        reading: Reading,
        problems: Problems,
        warnings: Problems,
        tick: Tick,
    ) -> None:
        self.book = book
        self.reading = reading
        self.problems = problems
        self.warnings = warnings
        self.tick = tick
        self.incoming: dict[str, Incoming] = {}
        self.rotations: list[NewRotation] = []
        self.rows_of: dict[str, dict[str, int]] = {}
        self.known: dict[str, set[str] | None] = {
            name: {key[0] for key, row in state[name].items() if not row.removed}
            for name in ("area", "post", "section", "person")
        }
        self.post_areas = {
            key[0]: row.values[BY_NAME["post"].values.index("area")] for key, row in state["post"].items()
        }
        for sheet, name in _CODED_SHEETS:
            if sheet in book.broken:
                self.known[name] = None  # unread: nothing can be said about its codes

    def run(self) -> dict[str, Incoming]:
        """Check every sheet that is there."""
        steps = {
            "areas": self._areas, "posts": self._posts, "sections": self._sections,
            "checkpoints": self._checkpoints, "people": self._people, "roles": self._roles,
            "households": self._households, "shifts": self._shifts, "rotations": self._rotations,
        }  # fmt: skip
        for key, step in steps.items():
            if key in self.book.sheets:
                step(self.book.sheets[key])
        return self.incoming

    def _areas(self, sheet: SheetRows) -> None:
        rows = dict(self._keyed(sheet, AreaRow, "area"))
        self._learn("area")
        parents = {code: row.parent for code, (_, row) in rows.items()}

        def complain(code: str, key: str, **facts: object) -> None:
            self._problem(sheet, rows[code][0], "parent", key, **facts)

        for code, above in parents.items():
            self._refer(sheet, rows[code][0], "parent", "area", above)
        paths = paths_of(parents, complain)
        check_kinds({code: row.kind for code, (_, row) in rows.items()}, parents, complain)
        incoming = self._open("area", sheet, "path", "position")
        for position, (code, (number, row)) in enumerate(rows.items()):
            values = (row.name, row.kind, row.parent, paths.get(code, ""), position, *self._place(row))
            incoming.rows[(code,)] = Wanted(number, values)

    def _posts(self, sheet: SheetRows) -> None:
        incoming = self._open("post", sheet)
        for code, (number, row) in self._keyed(sheet, PostRow, "post"):
            self._refer(sheet, number, "area", "area", row.area)
            self.post_areas[code] = row.area
            incoming.rows[(code,)] = Wanted(number, (row.name, row.area, row.line, *self._place(row)))
        self._learn("post")

    def _sections(self, sheet: SheetRows) -> None:
        incoming = self._open("section", sheet, "area")
        for code, (number, row) in self._keyed(sheet, SectionRow, "section"):
            self._refer(sheet, number, "area", "area", row.area)
            self._refer(sheet, number, "post", "post", row.post)
            area = row.area or self.post_areas.get(row.post or "")
            path = [list(self._converted(north, east)) for north, east in row.path]
            incoming.rows[(code,)] = Wanted(
                number, (row.name, area, row.post, path, row.checklist, row.times)
            )
        self._learn("section")

    def _checkpoints(self, sheet: SheetRows) -> None:
        incoming = self._open("checkpoint", sheet, "position")
        positions: dict[str, int] = {}
        for code, (number, row) in self._keyed(sheet, CheckpointRow, "checkpoint"):
            self._refer(sheet, number, "section", "section", row.section)
            position = positions[row.section] = positions.get(row.section, -1) + 1
            values = (row.name, row.section, position, *self._place(row))
            incoming.rows[(code,)] = Wanted(number, values)

    def _people(self, sheet: SheetRows) -> None:
        incoming = self._open("person", sheet)
        posts = self._open("person_post", sheet) if "posts" in sheet.headings else None
        phones: dict[str, int] = {}
        for code, (number, row) in self._keyed(sheet, PersonRow, "person"):
            self._refer(sheet, number, "area", "area", row.area)
            incoming.rows[(code,)] = Wanted(number, (row.name, row.phone, row.area, row.titles, row.language))
            for post in row.posts:
                self._refer(sheet, number, "posts", "post", post)
                if posts:
                    posts.rows[(code, post)] = Wanted(number, ())
            if row.phone and phones.setdefault(row.phone, number) != number:
                self._warn(sheet, number, "phone", "roster-same-phone", other=phones[row.phone])
        self._learn("person")

    def _roles(self, sheet: SheetRows) -> None:
        incoming = self._open("role", sheet)
        for number, row in self._parsed(sheet, RoleRow):
            self._refer(sheet, number, "person", "person", row.person)
            self._refer(sheet, number, "area", "area", row.area)
            self._put(incoming, sheet, number, (row.person, row.role, row.area), ())

    def _households(self, sheet: SheetRows) -> None:
        incoming = self._open("household", sheet)
        for number, row in self._parsed(sheet, HouseholdRow):
            self._refer(sheet, number, "head", "person", row.head)
            self._refer(sheet, number, "area", "area", row.area)
            self._put(incoming, sheet, number, (row.head, row.area), (row.count,))

    def _shifts(self, sheet: SheetRows) -> None:
        incoming = self._open("shift", sheet, "area", "starts_at", "ends_at")
        has_crew = "people" in sheet.headings
        if "lead" in sheet.headings and not has_crew:
            self.problems.add("roster-missing-column", sheet.name, 1, "人员 people")
        crews = self._open("member", sheet, *(["is_lead"] if "lead" in sheet.headings else []))
        if not has_crew:
            del self.incoming["member"]
        for code, (number, row) in self._keyed(sheet, ShiftRow, "shift"):
            self._refer(sheet, number, "post", "post", row.post)
            self._refer(sheet, number, "area", "area", row.area)
            area = row.area or self.post_areas.get(row.post or "")
            values = (row.post, area, row.duty_type, row.starts_at, row.ends_at)
            incoming.rows[(code,)] = Wanted(number, values)
            self._crew(crews, sheet, number, row)

    def _crew(self, crews: Incoming, sheet: SheetRows, number: int, row: ShiftRow) -> None:
        self._refer(sheet, number, "lead", "person", row.lead)
        for person in row.people:
            self._refer(sheet, number, "people", "person", person)
        for person in dict.fromkeys([*([row.lead] if row.lead else []), *row.people]):
            crews.rows[(row.code, person)] = Wanted(number, (person == row.lead,))

    def _rotations(self, sheet: SheetRows) -> None:
        first: dict[str, int] = {}
        for number, row in self._parsed(sheet, RotationRow):
            self._refer(sheet, number, "post", "post", row.post)
            for person in (code for crew in row.crews for code in crew):
                self._refer(sheet, number, "crews", "person", person)
            if first.setdefault(row.post, number) != number:
                self._problem(sheet, number, "post", "roster-duplicate", code=row.post, first=first[row.post])
            self.rotations.append(NewRotation(number, row))

    def _open(self, name: str, sheet: SheetRows, *derived: str) -> Incoming:
        given = frozenset(sheet.headings) | frozenset(derived)
        self.incoming[name] = Incoming(sheet.name, given)
        return self.incoming[name]

    def _place(self, row: AreaRow | PostRow | CheckpointRow) -> tuple[float | None, float | None, int | None]:
        north, east = row.latitude, row.longitude
        if north is None or east is None:
            return None, None, row.radius
        return *self._converted(north, east), row.radius

    def _converted(self, north: float, east: float) -> tuple[float, float]:
        if self.reading.gcj02:
            north, east = gcj02.to_wgs84(north, east)
        return round(north, 7), round(east, 7)

    def _parsed(self, sheet: SheetRows, model: type[R]) -> Iterator[tuple[int, R]]:
        """The rows that are right by themselves."""
        total = len(sheet.rows)
        for done, (number, raw) in enumerate(sheet.rows, start=1):
            if done % _TICK_ROWS == 0 or done == total:
                self.tick(sheet.name, done, total)
            try:
                yield number, model.model_validate(raw, context=self.reading)
            except ValidationError as error:
                self._explain(sheet, number, error)

    def _keyed(self, sheet: SheetRows, model: type[C], name: str) -> Iterator[tuple[str, tuple[int, C]]]:
        """The rows by code, each code once."""
        first = self._codes(sheet, name)
        for number, row in self._parsed(sheet, model):
            code = row.code
            if first[code] == number:
                yield code, (number, row)
            else:
                self._problem(sheet, number, "code", "roster-duplicate", code=code, first=first[code])

    def _codes(self, sheet: SheetRows, name: str) -> dict[str, int]:
        """Where each code stands first, in rows with other faults too: they are no unknown codes."""
        first: dict[str, int] = {}
        for number, raw in sheet.rows:
            first.setdefault(cells.narrow(raw["code"]), number)
        self.rows_of[name] = first
        return first

    def _learn(self, name: str) -> None:
        """From here on, these codes are the ones there are."""
        self.known[name] = set(self.rows_of[name])

    def _refer(self, sheet: SheetRows, row: int, column: str, target: str, code: str | None) -> None:
        known = self.known[target]
        if code is not None and known is not None and code not in known:
            self._problem(sheet, row, column, f"roster-unknown-{target}", code=code)

    def _put(self, incoming: Incoming, sheet: SheetRows, row: int, key: Key, values: Values) -> None:
        before = incoming.rows.setdefault(key, Wanted(row, values))
        if before.row != row:
            self._problem(sheet, row, "", "roster-duplicate", code=" + ".join(key), first=before.row)

    def _explain(self, sheet: SheetRows, row: int, error: ValidationError) -> None:
        for one in error.errors(include_url=False, include_input=False):
            column = str(one["loc"][0]) if one["loc"] else ""
            told = {name: value for name, value in one.get("ctx", {}).items() if name != "key"}
            self._problem(sheet, row, column, one["type"], **told)

    def _problem(self, sheet: SheetRows, row: int, column: str, key: str, **facts: object) -> None:
        self.problems.add(key, sheet.name, row, sheet.headings.get(column, column), **facts)

    def _warn(self, sheet: SheetRows, row: int, column: str, key: str, **facts: object) -> None:
        self.warnings.add(key, sheet.name, row, sheet.headings.get(column, column), **facts)
