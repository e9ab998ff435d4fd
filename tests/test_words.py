"""One word for one thing: the words that went, and that what is quoted stands where it is said to stand."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.base import i18n
from tests.test_rules import ROOT

# A pattern that must not be met any more, and what is said instead.
CHINESE = {
    "签到|打卡(?!点)": "上岗",
    "签退|下岗": "下班",
    "点位": "卡点",
    "勤务类型": "值守类型",
    "忘点|忘了下班": "没点下班",
    "没走完": "没点「巡完了」",
    "移动过快": "位置待核对",
    "当场答办": "现场答办",
    "出入": "有不对的",
    "(?<!必)到点": "到时间, or 我到了 of a checkpoint",
    "返工|返修": "重新办",
    "静默时段": "休息时间",
    "(?:隐患|诉求)[^，。；]*过期|过了期(?!限)": "超期; 过期 is for links and buttons",
    "巡查": "巡逻",
    "缺班": "不来",
    "打点": "记到",
    "作废": "不能用了, or 不算了",
    "几家(?:联动|一起)": "几个部门, or 几个单位",
    "(?:联户|没)问到": "报平安, 没报",
    "维持原样": "先不改",
    "记一笔": "记活动、表彰, or 会留下记录",
    "离点|离得(?:有点|较)?远": "位置较远",
    "换号|新号(?!码)": "新账号",
    "自动收的尾": "自动收尾",
    "代码": "编码",
}
ENGLISH = {
    r"\b(?:take|takes|taken|taking|took) down\b": "register",
    r"\bDrop it\b": "Cancel",
    r"\bput(?:s|ting)? (?:it |them )?right\b": "fix",
    r"\bto be right\b": "due, or to be fixed",
    r"\bFollowing you\b": "Live location received",
    r"\bforg[eo]t(?:ten)?\b": "no check-out",
    r"\bparted by\b": "separated by",
    r"\b(?:Taken|Take it|took it|taken) back\b": "withdrawn",
    r"\bthose above\b": "the supervisors",
    r"\bgone on with\b": "continued",
    r"\bring first\b": "call first",
    r"\bis no (?:code|number|time|day|phone)\b": "is not a …",
    r"\b(?:send|sent|got|share) (?:your|a|the) place\b|\bplace (?:unsure|not graded)\b": "location",
}
# Where such a word is right in another sense, exactly there, and why.
RIGHT: dict[tuple[str, str], str] = {
    ("en/correction.ftl", "forgot"): "what people say themselves, as a reason",
    ("docs/metrics.md", "forgotten"): "the code of a figure",
    ("docs/roster.md", "点位"): "a heading of older workbooks, which are still read",
    ("docs/roster.md", "勤务类型"): "likewise",
}
PAGE = ROOT / "bot" / "playground" / "page"


@cache
def sources() -> dict[str, tuple[str, ...]]:
    """Every line that people read, by the name of its file. What was decided stays as it was written."""
    files = [ROOT / "README.md", ROOT / "config.toml", *(ROOT / "docs").glob("*.md"), *PAGE.iterdir()]
    read = {
        file.relative_to(ROOT).as_posix(): tuple(file.read_text(encoding="utf-8").splitlines())
        for file in files
        if file.suffix in (".md", ".toml", ".js", ".html")
    }
    for locale in i18n.LOCALES:
        for file in i18n.locale_files(locale):
            read[f"{locale}/{file.name}"] = tuple(_values(file))
    return read


def _values(file: Path) -> Iterator[str]:
    """Texts without their keys and comments; what people may type, old words too, is left out."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not re.match("#|(?:key|command|form)-words-", line):
            yield re.sub(r"^[a-z][\w-]* =|\$\w+", "", line)


def test_there_is_something_to_read() -> None:
    read = sources()
    assert len(read) > 70
    assert sum(len(lines) for lines in read.values()) > 5_000
    assert {"README.md", "config.toml", "docs/guide-worker.md", "bot/playground/page/words.js"} <= read.keys()


@pytest.mark.parametrize(("gone", "instead"), [*CHINESE.items(), *ENGLISH.items()])
def test_a_word_that_went_is_nowhere(gone: str, instead: str) -> None:
    met = [
        f"{name}: {line.strip()[:90]}"
        for name, lines in sources().items()
        for line in lines
        for found in re.findall(gone, line, re.IGNORECASE)
        if (name, found) not in RIGHT
    ]
    assert met == [], f"say {instead}"


def test_every_exception_is_still_needed() -> None:
    for name, word in RIGHT:
        assert any(word in line for line in sources()[name]), f"{word} is not in {name} any more"


@cache
def _texts(locale: str = "zh_CN") -> dict[str, str]:
    """Texts of one line by key, as they stand in the files."""
    joined = "\n".join(file.read_text(encoding="utf-8") for file in i18n.locale_files(locale))
    return dict(re.findall(r"^([a-z][\w-]*) = (.*)$", joined, re.M))


@cache
def _sayings() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every text up to its first fact, and with any facts filled in."""
    texts = _texts().values()
    told = {*texts, *(_without_sign(text).rstrip("：") for text in texts)}
    parts = [re.split(r"\{[^}]*\}", text) for text in told]
    # A text that is facts alone says everything.
    filled = [fixed for fixed in parts if len(fixed) > 1 and re.search("[\u4e00-\u9fff]", "".join(fixed))]
    patterns = tuple(re.compile(".+".join(re.escape(part) for part in fixed)) for fixed in filled)
    return frozenset(fixed[0].strip() for fixed in parts), patterns


def _is_said(quoted: str) -> bool:
    """Whether a text says this: whole, up to its first fact, or with its facts filled in; with the sign
    before it and the colon behind it or without."""
    beginnings, patterns = _sayings()
    return quoted in beginnings or any(pattern.fullmatch(quoted) for pattern in patterns)


# What stands on a phone by Telegram itself, and what a workbook calls its sheets and cells.
TELEGRAMS = {"开始", "位置", "共享实时位置", "回复"}
WORKBOOKS = {"人员名单", "点位", "勤务类型", "文本", "说明", "错误清单", "Strict Open XML"}


def _is_typed(quoted: str) -> bool:
    """Whether it is one of the words that are understood, typed instead of tapped, or said in danger."""
    lists = [text for key, text in _texts().items() if re.search("-words(?:-|$)", key)]
    return any(quoted in re.split("[、|]", words) for words in lists)


def _without_sign(text: str) -> str:
    return re.sub("^[^\\w{]+", "", text)


@pytest.mark.parametrize("name", [name for name in sources() if name.startswith("docs/")])
def test_what_is_quoted_is_said_so(name: str) -> None:
    told = "\n".join(sources()[name])
    quoted = set(re.findall(r"「([^」\n]+)」", told)) - TELEGRAMS
    if name == "docs/roster.md":
        quoted -= WORKBOOKS
    buttons = {_without_sign(text) for text in _texts().values()}
    assert {q for q in quoted if not (_is_said(q) or q in buttons or _is_typed(q))} == set()


@pytest.mark.parametrize("name", [name for name in sources() if name.startswith("docs/")])
def test_a_button_that_is_quoted_in_english_is_called_so(name: str) -> None:
    quoted = set(re.findall(r"“([^”\n]+)”", "\n".join(sources()[name])))
    buttons = {each for each in quoted if re.match("[\u2190-\u2bff\U0001f000-\U0001ffff]", each)}
    assert {each for each in buttons if not _is_said(each)} == set()


def test_figures_are_called_as_in_the_sheets() -> None:
    rows = [line.split("|") for line in sources()["docs/metrics.md"] if line.startswith("| `")]
    assert len(rows) > 15
    for _, codes, names, *_ in rows:
        keys = [f"figure-{code.replace('_', '-')}" for code in re.findall(r"`(\w+)`", codes)]
        if keys[0] in _texts():
            assert [_texts()[key] for key in keys] == names.strip().split("、"), codes


def test_buttons_of_the_readme_are_called_so() -> None:
    told = "\n".join(line for line in sources()["README.md"] if line.startswith(("- **", "  ")))
    named = re.findall(r"[✀-➿🌀-🫿]️? [一-鿿]+(?:，[一-鿿]+)*", told)
    assert len(named) > 8
    assert [each for each in named if not _is_said(each)] == []
