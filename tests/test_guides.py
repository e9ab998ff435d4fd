"""The guides: each begins with what is needed first, leads to the menu, and tells every entry of it."""

import re
from functools import cache
from pathlib import Path

import pytest

from bot.base.i18n import translator
from bot.deliver.calls import commands_for
from models import RoleName
from tests.test_rules import ROOT

DOCS = ROOT / "docs"
GUIDES = sorted(DOCS.glob("guide-*.md"))
# Who reads what.
READ = {
    RoleName.GRID_WORKER: ["guide-worker.md"],
    RoleName.CREW_MEMBER: ["guide-worker.md"],
    RoleName.HOUSEHOLD_HEAD: ["guide-household-head.md"],
    RoleName.SUPERVISOR: ["guide-supervisor.md", "guide-supervisor-more.md", "guide-worker.md"],
    RoleName.DISPATCHER: ["guide-supervisor.md", "guide-supervisor-more.md", "guide-worker.md"],
    RoleName.ADMIN: ["guide-admin.md", "guide-supervisor-more.md", "guide-worker.md"],
}
FIVE = ("加入", "上岗", "下班", "看到隐患", "有危险")
# Lines that go on a sheet of A4, at the size that a browser prints.
A4 = 45


@cache
def text(name: str) -> str:
    """What a guide says."""
    return (DOCS / name).read_text(encoding="utf-8")


def menu(*roles: RoleName) -> list[str]:
    """The entries of the menu as they are read."""
    call = commands_for(1, [role.value for role in roles], translator("zh_CN"))
    return [entry["description"] for entry in call.values["commands"]]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.name)
def test_each_guide_leads_to_the_menu(guide: Path) -> None:
    assert re.search(r"左下角 ☰ 菜单（Menu）|☰ 菜单.*左下角.*（Menu）", text(guide.name))


@pytest.mark.parametrize("role", READ, ids=lambda role: role.value)
def test_every_entry_of_the_menu_is_told(role: RoleName) -> None:
    told = "\n".join(text(name) for name in READ[role])
    assert [entry for entry in menu(role) if f"「{entry}」" not in told] == []


@pytest.mark.parametrize("name", ["guide-worker.md", "guide-household-head.md"])
def test_a_list_of_the_menu_is_the_menu(name: str) -> None:
    rows = re.findall(r"^\| 「([^」]+)」 \|", text(name), re.M)
    roles = [role for role, guides in READ.items() if guides == [name]]
    assert all(rows == menu(role) for role in roles)


def test_nobody_who_taps_is_told_to_type_a_command() -> None:
    """But for what is in no menu, or comes before one."""
    for name in ("guide-worker.md", "guide-household-head.md", "guide-supervisor.md"):
        assert set(re.findall(r"(?<![\w/])/[a-z]+", re.sub(r"\]\([^)]*\)|<img[^>]*>", "", text(name)))) <= {
            "/start"
        }


def five(of: str) -> list[str]:
    """The numbered list that comes first."""
    return re.findall(r"^\d\. .+$", of, re.M)[: len(FIVE)]


def test_the_card_stands_on_top_of_the_guide_and_on_a_page_of_its_own() -> None:
    guide = text("guide-worker.md")
    headings = re.findall(r"^## (.+)$", guide, re.M)
    assert headings[0] == "先会这五样"
    assert five(guide) == five(text("card-worker.md"))
    for line, word in zip(five(guide), FIVE, strict=True):
        assert word in line.split("：")[0]


def test_the_card_goes_on_one_page() -> None:
    wide = 42
    lines = sum(1 + len(line) // wide for line in text("card-worker.md").splitlines())
    assert lines <= A4
    assert "<img" not in text("card-worker.md")


def test_who_leads_a_crew_finds_a_section() -> None:
    section = text("guide-worker.md").partition("## 您带班的话")[2].partition("\n## ")[0]
    for told in ("30 分钟", "📞 我来联系", "✅ 同意", "都问问，谁有空谁来", "巡逻报告", "看路线图", "交接班"):
        assert told in section


@pytest.mark.parametrize("said", ["START", "Location", "Share Live Location", "Reply", "Share contact"])
def test_what_a_phone_says_in_english_stands_beside_the_chinese(said: str) -> None:
    assert f"**{said}**" in text("guide-worker.md")


def test_what_a_supervisor_does_daily_is_on_one_screen() -> None:
    lines = text("guide-supervisor.md").partition("## 调度员")[0].splitlines()
    assert len(lines) <= 45
    assert [line for line in lines if line.startswith("## ")] == [
        "## 一、早上 8 点，看清单", "## 二、10 点，看谁没到", "## 三、卡片来了，点一下",
    ]  # fmt: skip
