"""A plan told to the operator: as lines of text, and as JSON for scripts."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.base.i18n import DEFAULT_LOCALE, Translator
from bot.features.roster.layout import DATA_SHEETS
from bot.features.roster.planning import Plan, PlanStep, TablePlan
from bot.features.roster.problems import Problems

_SYSTEM_NAMES = {"wgs84": "WGS-84", "gcj02": "GCJ-02"}
# Follow from other rows: a change of these alone is only counted.
_DERIVED = frozenset({"path", "position"})


def lines(
    plan: Plan, file: str, tr: Translator, zone: ZoneInfo, *, show: int, marked: bool = False
) -> Iterator[str]:
    """The preview: what would change, remarks and errors; at most `show` rows of each kind. `marked`: the
    errors stand in a workbook as well."""
    yield tr.plain("roster-report-head", file=file, coordinates=_SYSTEM_NAMES[plan.coordinates])
    for table in plan.tables.values():
        if table.size and not plan.problems:
            yield from _table_lines(table, tr, zone, show)
    if plan.rotations and not plan.problems:
        yield from _rotation_lines(plan, tr, show)
    if not plan.size and not plan.problems:
        yield tr.plain("roster-report-nothing")
    yield from _problem_lines(plan.warnings, "roster-report-warnings", tr)
    yield from _problem_lines(plan.problems, "roster-report-problems", tr)
    if plan.problems and not marked:
        yield tr.plain("roster-report-mark")
    for table in plan.guarded:
        name = tr.plain(f"roster-table-{table.target.name}")
        yield tr.plain("roster-report-guarded", table=name, held=table.held, gone=len(table.removals))


def as_json(plan: Plan, zone: ZoneInfo, tr: Translator) -> dict[str, object]:
    """The preview with every row; errors and remarks up to the first ones, with their total."""
    return {
        "coordinates": _SYSTEM_NAMES[plan.coordinates],
        "changes_nothing": plan.size == 0,
        "needs_allow_removals": bool(plan.guarded),
        "tables": {name: _table_json(table, zone) for name, table in plan.tables.items()}
        | {"rotation": _rotations_json(plan)},
        "warnings": _problems_json(plan.warnings, tr),
        "errors": _problems_json(plan.problems, tr),
    }


def _table_lines(table: TablePlan, tr: Translator, zone: ZoneInfo, show: int) -> Iterator[str]:
    counts = {"adds": len(table.adds), "changes": len(table.changes), "removals": len(table.removals)}
    yield tr.plain("roster-report-counts", table=tr.plain(f"roster-table-{table.target.name}"), **counts)
    told = [step for step in table.changes if step.returns or _differences(table, step, zone)]
    for mark, steps in (("+", table.adds), ("~", told), ("-", table.removals)):
        for step in islice(steps, show):
            yield f"  {mark} {_step_line(table, step, tr, zone)}"
        if len(steps) > show:
            yield "    " + tr.plain("roster-report-more", count=len(steps) - show)
    if len(table.changes) > len(told):
        yield "  ~ " + tr.plain("roster-report-reordered", count=len(table.changes) - len(told))


def _rotation_lines(plan: Plan, tr: Translator, show: int) -> Iterator[str]:
    yield tr.plain("roster-report-rotations", count=len(plan.rotations))
    for each in islice(plan.rotations, show):
        wanted = each.wanted
        spans = "，".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in wanted.spans)
        crews = " / ".join("、".join(crew) for crew in wanted.crews)
        where = tr.plain("roster-report-row", row=str(each.row))
        yield f"  + {where} {wanted.post} {wanted.first_day} {spans}: {crews}"
    if len(plan.rotations) > show:
        yield "    " + tr.plain("roster-report-more", count=len(plan.rotations) - show)


def _rotations_json(plan: Plan) -> dict[str, object]:
    return {
        "sheet": "rotations",
        "counts": {"add": len(plan.rotations), "change": 0, "remove": 0},
        "add": [{"row": each.row, "key": [each.wanted.post]} for each in plan.rotations],
        "change": [],
        "remove": [],
    }


def _step_line(table: TablePlan, step: PlanStep, tr: Translator, zone: ZoneInfo) -> str:
    where = tr.plain("roster-report-row", row=str(step.row)) + " " if step.row else ""
    name = str(step.values[0]) if table.target.values[:1] == ("name",) else ""
    told = [
        f"{_label(table, field, tr)} {old} → {new}" for field, old, new in _differences(table, step, zone)
    ]
    if step.returns:
        told.insert(0, tr.plain("roster-report-returns"))
    return " ".join(part for part in (f"{where}{' + '.join(step.key)}", name, "; ".join(told)) if part)


def _differences(table: TablePlan, step: PlanStep, zone: ZoneInfo) -> list[tuple[str, object, object]]:
    if step.old is None or step.values == step.old:
        return []
    named = zip(table.target.values, step.old, step.values, strict=True)
    return [
        (field, _shown(old, zone), _shown(new, zone))
        for field, old, new in named
        if old != new and field not in _DERIVED
    ]


def _label(table: TablePlan, field: str, tr: Translator) -> str:
    if tr.locale != DEFAULT_LOCALE:
        return field
    columns = next(sheet.columns for sheet in DATA_SHEETS if sheet.key == table.target.sheet)
    return next((column.zh for column in columns if column.key == field), field)


def _shown(value: object, zone: ZoneInfo) -> object:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, list) and value:
        ends = [",".join(map(str, place)) for place in (value[0], value[-1])]
        return f"{ends[0]} … {ends[1]} ({len(value)})"
    return "—" if value is None or value in ("", []) else value


def _problem_lines(problems: Problems, heading: str, tr: Translator) -> Iterator[str]:
    if problems:
        yield tr.plain(heading, total=problems.total, shown=len(problems.first))
    for problem in problems.first:
        yield "  " + problem.line(tr)


def _problems_json(problems: Problems, tr: Translator) -> dict[str, object]:
    first = [
        {
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "kind": problem.key.removeprefix("roster-"),
            "text": problem.text(tr),
        }
        for problem in problems.first
    ]
    return {"total": problems.total, "first": first}


def _table_json(table: TablePlan, zone: ZoneInfo) -> dict[str, object]:
    return {
        "sheet": table.target.sheet,
        "counts": {
            "add": len(table.adds),
            "change": len(table.changes),
            "remove": len(table.removals),
        },
        "add": [{"row": step.row, "key": list(step.key)} for step in table.adds],
        "change": [
            {
                "row": step.row,
                "key": list(step.key),
                "returns": step.returns,
                "fields": {field: [old, new] for field, old, new in _differences(table, step, zone)},
            }
            for step in table.changes
        ],
        "remove": [{"key": list(step.key)} for step in table.removals],
    }
