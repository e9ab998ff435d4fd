"""The workbook's layout: its sheets and columns, what they may be called, and the words inside."""

import re
import unicodedata

from bot.base.facts import Struct
from models import AreaKind, DefenceLine, Pattern, RoleName

FAULTS = "错误清单"
_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]\s*$", re.DOTALL)
# What people add to a sheet's name.
_ADDED = re.compile(
    r"名单|名册|花名册|明细|信息|情况|汇总|统计|数据|台账|总表|表格|表|list|table|sheet|[\d年月日().:：]+"
)


class Column(Struct):
    """A column: its English heading (`key`), the Chinese one, and others that are understood."""

    key: str
    zh: str
    required: bool = False
    others: tuple[str, ...] = ()


class Sheet(Struct):
    """A sheet: its English name (`key`), the Chinese one, its columns."""

    key: str
    zh: str
    columns: tuple[Column, ...] = ()
    others: tuple[str, ...] = ()


_CODE = Column("code", "编码", True, ("编号", "代码"))
_AREA = Column("area", "区域", True, ("所属区域", "区域编码", "area_code"))
_PLACE = (
    Column("latitude", "纬度", False, ("lat",)),
    Column("longitude", "经度", False, ("lon", "lng")),
    Column("radius", "半径", False, ("半径米", "radius_m", "radius_metres")),
)

AREAS = Sheet(
    "areas",
    "区域",
    (
        _CODE,
        Column("name", "名称", True),
        Column("kind", "级别", True, ("类型", "层级", "level")),
        Column("parent", "上级", True, ("上级编码", "上级区域", "parent_code")),
        *_PLACE,
    ),
    ("area",),
)
POSTS = Sheet(
    "posts",
    "卡点",
    (_CODE, Column("name", "名称", True), _AREA, Column("line", "防线", False, ("五道防线",)), *_PLACE),
    ("post", "执勤点", "点位"),
)
SECTIONS = Sheet(
    "sections",
    "巡逻段",
    (
        _CODE,
        Column("name", "名称", True),
        Column("area", "区域", False, ("所属区域", "区域编码", "area_code")),
        Column("post", "卡点", False, ("点位", "执勤点", "post_code")),
        Column("path", "路线", False, ("线路", "坐标", "points", "line")),
        Column("checklist", "清单", False, ("检查清单",)),
        Column("times", "出发时间", False, ("巡逻时间", "time")),
    ),
    ("section", "巡段"),
)
CHECKPOINTS = Sheet(
    "checkpoints",
    "必到点",
    (
        _CODE,
        Column("section", "巡逻段", True, ("巡段", "所属巡逻段", "section_code")),
        Column("name", "名称", True),
        *_PLACE,
    ),
    ("checkpoint", "打卡点"),
)
PEOPLE = Sheet(
    "people",
    "人员",
    (
        _CODE,
        Column("name", "姓名", True, ("名称",)),
        Column("phone", "电话", False, ("手机", "手机号", "手机号码", "联系电话", "电话号码")),
        _AREA,
        Column("titles", "职务", False, ("岗位", "头衔", "title")),
        Column("posts", "卡点", False, ("点位", "执勤点", "post")),
        Column("language", "语言", False, ("locale",)),
    ),
    ("person", "persons"),
)
ROLES = Sheet(
    "roles",
    "角色",
    (Column("person", "人员", True, ("人员编码", "person_code")), Column("role", "角色", True), _AREA),
    ("role",),
)
HOUSEHOLDS = Sheet(
    "households",
    "联户",
    (
        Column("head", "中心户", True, ("中心户编码", "户长", "head_code")),
        _AREA,
        Column("count", "户数", True, ("联户数", "households")),
    ),
    ("household",),
)
SHIFTS = Sheet(
    "shifts",
    "班次",
    (
        _CODE,
        Column("post", "卡点", False, ("点位", "执勤点", "post_code")),
        Column("area", "区域", False, ("所属区域", "区域编码", "area_code")),
        Column("duty_type", "值守类型", False, ("勤务类型", "类型", "勤务", "duty")),
        Column("date", "日期", False),
        Column("start", "开始", True, ("开始时间", "starts_at", "start_time")),
        Column("end", "结束", True, ("结束时间", "ends_at", "end_time")),
        Column("people", "人员", False, ("班组", "人员编码", "crew")),
        Column("lead", "带班", False, ("组长", "带班人", "班组长", "leader")),
    ),
    ("shift",),
)
ROTATIONS = Sheet(
    "rotations",
    "轮班",
    (
        Column("post", "卡点", True, ("点位", "执勤点", "post_code")),
        Column("pattern", "方式", True, ("轮法", "模式")),
        Column("times", "时间", False, ("班次时间", "开始时间", "time")),
        Column("first_day", "首日", True, ("开始日期", "起始日", "since")),
        Column("until", "到", False, ("截止", "最后一天", "last_day")),
        Column("crews", "班组", True, ("人员", "分组", "crew")),
    ),
    ("rotation", "轮班表"),
)
SETTINGS = Sheet("settings", "设置", (), ("setting",))
# What is wrong stands in a sheet of its own in a workbook that was given back.
NOTES = Sheet("notes", "说明", (), ("示例", "readme", "examples", FAULTS))

# In the order in which they build on one another.
DATA_SHEETS = (AREAS, POSTS, SECTIONS, CHECKPOINTS, PEOPLE, ROLES, HOUSEHOLDS, SHIFTS, ROTATIONS)
SHEETS = (*DATA_SHEETS, SETTINGS, NOTES)
# Columns for the operator's own use.
REMARKS = frozenset({"备注", "remark", "remarks", "note", "notes"})

KINDS: dict[str, AreaKind] = {
    "州": AreaKind.PREFECTURE, "自治州": AreaKind.PREFECTURE, "地州": AreaKind.PREFECTURE,
    "州市": AreaKind.PREFECTURE, "市州": AreaKind.PREFECTURE, "地级市": AreaKind.PREFECTURE,
    "县市": AreaKind.COUNTY, "县": AreaKind.COUNTY, "市": AreaKind.COUNTY, "区县": AreaKind.COUNTY,
    "乡镇": AreaKind.TOWNSHIP, "乡": AreaKind.TOWNSHIP, "镇": AreaKind.TOWNSHIP,
    "街道": AreaKind.TOWNSHIP, "农场": AreaKind.TOWNSHIP, "乡镇街道": AreaKind.TOWNSHIP,
    "乡镇街道农场": AreaKind.TOWNSHIP,
    "村": AreaKind.VILLAGE, "社区": AreaKind.VILLAGE, "村社区": AreaKind.VILLAGE,
    "行政村": AreaKind.VILLAGE, "网格": AreaKind.GRID,
}  # fmt: skip
LINES: dict[str, DefenceLine] = {
    "边": DefenceLine.BORDER, "带": DefenceLine.BELT, "城": DefenceLine.TOWN,
    "路": DefenceLine.ROAD, "援": DefenceLine.SUPPORT,
}  # fmt: skip
ROLE_NAMES: dict[str, RoleName] = {
    "网格员": RoleName.GRID_WORKER, "班组成员": RoleName.CREW_MEMBER, "班组": RoleName.CREW_MEMBER,
    "中心户": RoleName.HOUSEHOLD_HEAD, "党员中心户": RoleName.HOUSEHOLD_HEAD,
    "书记": RoleName.SUPERVISOR, "网格长": RoleName.SUPERVISOR, "书记/网格长": RoleName.SUPERVISOR,
    "调度员": RoleName.DISPATCHER, "成员": RoleName.MEMBER, "管理员": RoleName.ADMIN,
}  # fmt: skip
PATTERNS: dict[str, Pattern] = {
    "三班倒": Pattern.THREE_EIGHT, "3班倒": Pattern.THREE_EIGHT, "两班倒": Pattern.TWO_TWELVE,
    "二班倒": Pattern.TWO_TWELVE, "2班倒": Pattern.TWO_TWELVE, "24休48": Pattern.DAY_AND_TWO_OFF,
    "上24休48": Pattern.DAY_AND_TWO_OFF, "自定": Pattern.CUSTOM, "自定义": Pattern.CUSTOM,
    "别的时间": Pattern.CUSTOM,
}  # fmt: skip
LANGUAGES: dict[str, str] = {
    "zh_cn": "zh_CN", "zh": "zh_CN", "中文": "zh_CN", "汉语": "zh_CN", "简体中文": "zh_CN",
    "en": "en", "english": "en", "英文": "en", "英语": "en",
}  # fmt: skip


def plain_word(text: str) -> str:
    """A word as it is compared: one width, one case, without blanks, dashes and asterisks."""
    return re.sub(r"[\s_\-*、·]+", "", unicodedata.normalize("NFKC", text)).lower()


def words_of(
    chinese: dict[str, AreaKind] | dict[str, DefenceLine] | dict[str, RoleName] | dict[str, Pattern],
) -> dict[str, str]:
    """Every way to write a word of a closed list, Chinese and English, as `plain_word` leaves it."""
    words = {plain_word(word): str(value) for word, value in chinese.items()}
    return words | {plain_word(str(value)): str(value) for value in chinese.values()}


def sheet_called(name: str) -> Sheet | None:
    """The sheet of this name; "人员 people" and "people人员" are understood too."""
    return _SHEETS.get(plain_word(name))


def sheet_like(name: str, headings: list[str]) -> Sheet | None:
    """The sheet that this one may be meant as: by what is left of its name, else by its headings."""
    called = sheet_called(_ADDED.sub("", plain_word(name)))
    if called in DATA_SHEETS:
        return called
    meant = [sheet for sheet in DATA_SHEETS if has_headings(sheet, headings)]
    return meant[0] if len(meant) == 1 else None


def has_headings(sheet: Sheet, cells: list[str]) -> bool:
    """Whether these cells are the headings of a sheet: every column that must be there is."""
    found = {column_called(sheet, cell) for cell in cells}
    return all(column in found for column in sheet.columns if column.required)


def column_called(sheet: Sheet, heading: str) -> Column | None:
    """The sheet's column with this heading; what stands in brackets behind it is no part of it."""
    known = _COLUMNS[sheet.key]
    return known.get(plain_word(heading)) or known.get(plain_word(_BRACKETS.sub("", heading)))


def _names(thing: Sheet | Column) -> list[str]:
    key, zh = plain_word(thing.key), plain_word(thing.zh)
    return [key, zh, key + zh, zh + key, *(plain_word(other) for other in thing.others)]


_SHEETS = {name: sheet for sheet in SHEETS for name in _names(sheet)}
_COLUMNS = {
    sheet.key: {name: column for column in reversed(sheet.columns) for name in _names(column)}
    for sheet in SHEETS
}
