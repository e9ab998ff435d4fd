"""The made-up roster and the template."""

from datetime import date, datetime, timedelta
from math import cos, hypot, radians
from pathlib import Path

import openpyxl
import pytest

from bot.base.i18n import LOCALES, translator
from bot.features.roster.layout import DATA_SHEETS
from bot.features.roster.sample import COLUMNS, Sample, build
from bot.features.roster.template import write_template
from bot.features.roster.workbook_writer import open_workbook, write_roster, write_row
from tests.features.roster_books import bring_in, new_database, plan_of

START = date(2026, 11, 23)


def _written(file: Path, made: Sample) -> Path:
    write_roster(file, COLUMNS, {key: getattr(made, key) for key in COLUMNS})
    return file


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians(a[0]))) * 111.2


def test_a_sample_imports_cleanly_and_again_changes_nothing(tmp_path: Path) -> None:
    file = _written(tmp_path / "s.xlsx", build(300, start=START, members=20))
    db = new_database(tmp_path)
    plan = bring_in(db, file)
    assert not plan.warnings
    assert sum(step.key[0].startswith("W") for step in plan.tables["person"].adds) == 300
    assert bring_in(db, file).size == 0


def test_the_same_seed_makes_the_same_file(tmp_path: Path) -> None:
    files = [
        _written(tmp_path / f"{n}.xlsx", build(80, seed=s, start=START)) for n, s in enumerate((1, 1, 2))
    ]
    first, second, other = (file.read_bytes() for file in files)
    assert first == second
    assert first != other


@pytest.mark.parametrize(("workers", "grids"), [(1, 1), (1000, 679), (28_000, 19_000)])
def test_any_scale_keeps_its_proportions(workers: int, grids: int) -> None:
    made = build(workers, start=START, days=1)
    kinds = [row[2] for row in made.areas]
    assert kinds.count("grid") == grids
    assert kinds.count("township") == 56
    roles = [row[1] for row in made.roles]
    assert roles.count("网格员") == workers
    assert {"书记/网格长", "调度员", "管理员", "中心户", "班组成员"} <= set(roles)
    phones = [str(row[2]) for row in made.people]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("104") and len(phone) == 11 for phone in phones)


def test_places_lie_in_the_region_apart_from_one_another() -> None:
    made = build(28_000, start=START, days=0)
    places = {row[0]: (float(row[4] or 0), float(row[5] or 0)) for row in made.areas}
    assert all(23.7 < north < 25.3 and 97.4 < east < 98.9 for north, east in places.values())
    parents = {row[0]: row[3] for row in made.areas}
    grids = [str(row[0]) for row in made.areas if row[2] == "grid"]
    assert max(_kilometres(places[grid], places[str(parents[parents[grid]])]) for grid in grids) < 10
    townships = [places[row[0]] for row in made.areas if row[2] == "township"]
    assert min(_kilometres(a, b) for n, a in enumerate(townships) for b in townships[:n]) > 1
    assert len({places[grid] for grid in grids}) == len(grids)


def test_shifts_run_over_midnight_and_around_the_clock_and_nobody_is_in_two_at_once() -> None:
    made = build(2_000, start=START, days=3)
    spans: dict[str, list[tuple[datetime, datetime]]] = {}
    hours = set()
    for row in made.shifts:
        start, end = (datetime.fromisoformat(str(at)) for at in row[4:6])
        hours.add((end - start) // timedelta(hours=1))
        assert START - timedelta(days=1) <= start.date() < START + timedelta(days=3)
        for person in str(row[6]).split("、"):
            assert all(start >= b or end <= a for a, b in spans.get(person, []))
            spans.setdefault(person, []).append((start, end))
    assert hours == {8, 12, 24}


def test_a_sample_may_keep_to_one_township() -> None:
    made = build(40, start=START, area="DH-RL-03")
    assert {row[0] for row in made.areas if row[2] in {"county", "township"}} == {"DH-RL", "DH-RL-03"}
    with pytest.raises(ValueError, match="XX"):
        build(40, start=START, area="XX")


def test_the_template_imports_as_empty(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    write_template(file, translator("zh_CN"))
    db = new_database(tmp_path)
    plan = bring_in(db, file)
    assert plan.size == 0
    assert {warning.key for warning in plan.warnings.first} == {"roster-empty-sheet"}


def test_the_template_s_examples_import_when_copied_over(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    write_template(file, translator("zh_CN"))
    book = openpyxl.load_workbook(file)
    lines = [[cell for cell in row if cell is not None] for row in book["说明"].iter_rows(values_only=True)]
    raw = list(book["说明"].iter_rows(values_only=True))
    for sheet in DATA_SHEETS:
        heading = lines.index([column.zh for column in sheet.columns])
        for row in raw[heading + 1 :]:
            if row[0] is None:
                break
            book[sheet.zh].append(row[: len(sheet.columns)])
    book.save(file)
    plan = plan_of(new_database(tmp_path), file)
    assert not plan.problems
    assert [each.wanted.crews for each in plan.rotations] == [(("W001",), ("W002",))]
    assert {name: len(table.adds) for name, table in plan.tables.items()} == {
        "area": 3,
        "post": 1,
        "section": 1,
        "checkpoint": 2,
        "person": 2,
        "person_post": 1,
        "role": 3,
        "household": 1,
        "shift": 2,
        "member": 3,
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_the_template_explains_every_column(tmp_path: Path, locale: str) -> None:
    file = tmp_path / "t.xlsx"
    write_template(file, translator(locale))
    book = openpyxl.load_workbook(file)
    for sheet in DATA_SHEETS:
        comments = [cell.comment for cell in book[sheet.zh][1]]
        assert len(comments) == len(sheet.columns)
        assert all(comment is not None and comment.text for comment in comments)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    workbook = open_workbook(file)
    write_row(workbook.add_worksheet("x"), 0, ("=1+1", "+1", "-1", "@a", "http://a.b", None, 2))
    workbook.close()
    cells = openpyxl.load_workbook(file)["x"][1]
    assert [cell.value for cell in cells] == ["=1+1", "+1", "-1", "@a", "http://a.b", None, 2]
    assert all(cell.data_type in {"s", "n", "inlineStr"} for cell in cells)
