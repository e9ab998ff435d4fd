"""The empty workbook that operators fill in."""

from pathlib import Path

from bot.base.i18n import Translator
from bot.features.roster.layout import DATA_SHEETS, KINDS, LINES, NOTES, ROLE_NAMES, SETTINGS, Column, Sheet
from bot.features.roster.workbook_writer import Page, Style, open_workbook, write_row

_CHOICES: dict[tuple[str, str], list[str]] = {
    ("areas", "kind"): ["州", "县市", "乡镇", "村", "网格"],
    ("posts", "line"): list(LINES),
    ("rotations", "pattern"): ["三班倒", "两班倒", "24休48", "自定"],
    ("roles", "role"): ["网格员", "班组成员", "中心户", "书记/网格长", "调度员", "成员", "管理员"],
}
_EXAMPLES: dict[str, list[tuple[object, ...]]] = {
    "areas": [
        ("SL", "示例镇", "乡镇", "", 24.434, 98.588, ""),
        ("SL-01", "示例村", "村", "SL", 24.44, 98.59, ""),
        ("SL-01-001", "示例村第1网格", "网格", "SL-01", 24.441, 98.591, 300),
    ],
    "posts": [("P-01", "示例卡点", "SL-01", "边", 24.442, 98.592, 200)],
    "sections": [
        ("S-01", "示例界碑段", "", "P-01", "24.442,98.592; 24.445,98.596; 24.449,98.597", "border",
         "22:00 02:30"),
    ],
    "checkpoints": [
        ("C-01", "S-01", "示例老渡口", 24.445, 98.596, ""),
        ("C-02", "S-01", "示例界碑", 24.449, 98.597, 50),
    ],
    "people": [
        ("W001", "示例甲", "10400000001", "SL-01-001", "信息员、巡防员", "P-01", "中文"),
        ("W002", "示例乙", "", "SL-01", "", "", ""),
    ],
    "roles": [
        ("W001", "网格员", "SL-01-001"),
        ("W001", "中心户", "SL-01-001"),
        ("W002", "书记/网格长", "SL-01"),
    ],
    "households": [("W001", "SL-01-001", 10)],
    "shifts": [
        ("B-01", "P-01", "", "border", "", "2026-11-23 20:00", "2026-11-24 08:00", "W001、W002", "W001"),
        ("B-02", "P-01", "", "", "2026-11-24", "08:00", "08:00", "W002", "W002"),
    ],
    "rotations": [("P-01", "两班倒", "08:00", "2026-12-01", "", "W001/W002")],
}  # fmt: skip
assert set(ROLE_NAMES) >= set(_CHOICES["roles", "role"])
assert set(KINDS) >= set(_CHOICES["areas", "kind"])
_LAST_ROW = 100_000
_WIDTH = 18


def write_template(file: Path, tr: Translator) -> None:
    """Write the workbook: every sheet with headings and hints but no rows, and a sheet that explains.

    Raises OSError where it cannot be written.
    """
    workbook = open_workbook(file)
    style = {
        "required": workbook.add_format({"bold": True, "bg_color": "#FCE4D6", "border": 1}),
        "optional": workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1}),
        "text": workbook.add_format({"num_format": "@"}),
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "example": workbook.add_format({"font_color": "#7F7F7F", "italic": True}),
    }
    for sheet in DATA_SHEETS:
        _write_sheet(workbook.add_worksheet(sheet.zh), sheet, style, tr)
    _write_settings(workbook.add_worksheet(SETTINGS.zh), style, tr)
    _write_notes(workbook.add_worksheet(NOTES.zh), style, tr)
    workbook.close()


def _write_sheet(page: Page, sheet: Sheet, style: dict[str, Style], tr: Translator) -> None:
    page.freeze_panes(1, 0)
    for index, column in enumerate(sheet.columns):
        # Text, so that Excel keeps leading zeros and does not turn codes into dates.
        numeric = column.key in {"latitude", "longitude", "radius", "count"}
        page.set_column(index, index, _WIDTH, None if numeric else style["text"])
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.zh, style["required" if column.required else "optional"])
        page.write_comment(0, index, _hint(sheet, column, tr), {"x_scale": 2})
        choices = _CHOICES.get((sheet.key, column.key))
        if choices:
            rule = {"validate": "list", "source": choices, "error_type": "warning"}
            page.data_validation(1, index, _LAST_ROW, index, rule)


def _write_settings(page: Page, style: dict[str, Style], tr: Translator) -> None:
    page.set_column(0, 1, _WIDTH)
    page.set_column(2, 2, 60)
    head = (tr.plain("roster-template-setting"), tr.plain("roster-template-value"))
    write_row(page, 0, head, style["optional"])
    write_row(page, 1, ("坐标系", "WGS-84", tr.plain("roster-template-setting-hint")))
    page.data_validation(1, 1, 1, 1, {"validate": "list", "source": ["WGS-84", "GCJ-02"]})


def _write_notes(page: Page, style: dict[str, Style], tr: Translator) -> None:
    page.set_column(0, 8, _WIDTH)
    write_row(page, 0, (tr.plain("roster-template-title"),), style["title"])
    for number in (1, 2, 3):
        write_row(page, number, (f"{number}. " + tr.plain(f"roster-template-rule-{number}"),))
    row = 5
    for sheet in DATA_SHEETS:
        write_row(page, row, (f"{sheet.zh} {sheet.key}",), style["title"])
        head = (tr.plain("roster-template-column"), tr.plain("roster-template-meaning"))
        write_row(page, row + 1, head, style["optional"])
        row += 2
        for column in sheet.columns:
            star = "*" if column.required else ""
            write_row(page, row, (f"{column.zh} {column.key}{star}", _hint(sheet, column, tr)))
            row += 1
        row = _write_examples(page, row, sheet, style, tr) + 1


def _write_examples(page: Page, row: int, sheet: Sheet, style: dict[str, Style], tr: Translator) -> int:
    write_row(page, row, (tr.plain("roster-template-examples"),), style["example"])
    write_row(page, row + 1, [column.zh for column in sheet.columns], style["example"])
    for number, cells in enumerate(_EXAMPLES[sheet.key], start=row + 2):
        write_row(page, number, cells, style["example"])
    return row + 2 + len(_EXAMPLES[sheet.key])


def _hint(sheet: Sheet, column: Column, tr: Translator) -> str:
    return tr.plain(f"roster-hint-{sheet.key}-{column.key}")
