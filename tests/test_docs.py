"""The documents: nothing missing, nothing that is not there any more, every link leads somewhere."""

import asyncio
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main
from telegram.ext import CommandHandler

from bot import app
from bot.__main__ import app as line
from bot.process.menus import COMMANDS
from bot.settings import Settings
from jobs import ALL
from tests.test_rules import ROOT

DOCS = ROOT / "docs"
TOLD = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _anchors(file: Path) -> set[str]:
    """What a link into this file may name: its headings, small, without punctuation."""
    headings = re.findall(r"^#+ (.+)$", _text(file), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _links(file: Path) -> Iterator[tuple[str, str]]:
    """Path and anchor of each link and picture that stays in the project."""
    prose = re.sub(r"```.*?```", "", _text(file), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", prose):
        link = target[0] or target[1]
        if not re.match(r"[a-z]+:", link):
            path, _, anchor = link.partition("#")
            yield path, anchor


@pytest.mark.parametrize("file", TOLD, ids=_name)
def test_every_link_leads_somewhere(file: Path) -> None:
    for path, anchor in _links(file):
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), f"{path} is not there"
        if anchor:
            named = anchor.rstrip("-")
            assert named in {each.rstrip("-") for each in _anchors(target)}, f"{path}#{anchor}"


def test_every_document_is_in_the_index() -> None:
    named = {path for path, _ in _links(DOCS / "README.md")}
    assert {file.name for file in DOCS.glob("*.md")} - named - {"README.md"} == set()


def test_every_picture_is_shown_somewhere() -> None:
    shown = {path.rsplit("/", 1)[-1] for file in TOLD for path, _ in _links(file)}
    assert {file.name for file in (DOCS / "pictures").iterdir()} - shown == set()


def test_every_job_is_in_the_timetable() -> None:
    told = _text(DOCS / "operations.md")
    assert {job.name for job in ALL if f"`{job.name}`" not in told} == set()


def test_the_timetable_names_no_job_that_is_not_there() -> None:
    rows = re.findall(
        r"^\| (`[a-z_]+`(?:, `[a-z_]+`)*) \| [^|]*(?:every|\d\d:\d\d)", _text(DOCS / "operations.md"), re.M
    )
    named = {name for row in rows for name in re.findall(r"[a-z_]+", row)}
    assert named == {job.name for job in ALL}


def test_no_document_names_a_command_that_is_not_there() -> None:
    async def handled() -> set[str]:
        built = await app.build(Settings())
        handlers = [handler for group in built.handlers.values() for handler in group]
        return {name for each in handlers if isinstance(each, CommandHandler) for name in each.commands}

    # /start is taken by no handler of commands, since who opens a link need not have joined; /newbot is
    # what one says to Telegram's own bot.
    known = asyncio.run(handled()) | {"start", "newbot"}
    for file in [*DOCS.glob("*.md"), ROOT / "README.md"]:
        prose = re.sub(r"```.*?```|\]\([^)]*\)", "", _text(file), flags=re.S)
        named = set(re.findall(r"(?<![\w/.…>:\"])/([a-z]+)(?![\w/.])", prose))
        assert named <= known, f"{file.name}: {sorted(named - known)}"


def test_every_command_is_told() -> None:
    told = _text(DOCS / "commands.md")
    assert {name for name in COMMANDS if f"`/{name}`" not in told} == set()
    named = vars(typer.main.get_command(line))["commands"]
    assert {name for name in named if f"`gridduty {name}" not in told} == set()


def test_a_decision_is_headed_by_its_number() -> None:
    for file in (DOCS / "decisions").glob("*.md"):
        assert re.match(rf"# {file.name[:4]}\b", _text(file)), file.name
