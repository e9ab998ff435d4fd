"""Texts, kinds, settings, commands and methods: what one place names, the others know."""

import ast
import asyncio
import re
from collections.abc import Iterator
from dataclasses import astuple
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as ftl
from telegram.ext import CommandHandler

from bot import app
from bot.base import i18n
from bot.features import registry  # noqa: F401  (makes every view known)
from bot.features.registry.cases import CASES
from bot.outbox.notices import Notice
from bot.playground.methods import METHODS
from bot.process.menus import COMMANDS
from bot.settings import Section, Settings
from bot.views.messages import KINDS
from tests.test_rules import OURS, ROOT, calls, files, name_of, tree

# Methods about the connection itself; the playground's server answers them.
CONNECTION = {"getUpdates", "setWebhook", "deleteWebhook", "getMe"}


_CASES = "|".join(kind.family.name for kind in CASES)


class _Placeables(visitor.Visitor):
    """Gathers the names that fill a text."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)


@cache
def texts(locale: str) -> dict[str, frozenset[str]]:
    """Every key of a locale with the names that fill it."""
    found: dict[str, frozenset[str]] = {}
    for file in i18n.locale_files(locale):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{locale}: {entry.id.name} stands there twice"
                gathered = _Placeables()
                gathered.visit(entry)
                found[entry.id.name] = frozenset(gathered.names)
    return found


def spoken(*names: str) -> Iterator[tuple[Path, str]]:
    """The first text that each call of these names is given, where it stands there in full."""
    for file in files(*OURS):
        for name, call in calls(file):
            told = [each.value for each in call.args if isinstance(each, ast.Constant)]
            if name in names and told and isinstance(told[0], str):
                yield file, told[0]


def test_every_language_has_the_same_keys_and_placeholders() -> None:
    chinese, english = texts("zh_CN"), texts("en")
    assert chinese.keys() ^ english.keys() == set()
    assert {key for key in chinese if chinese[key] != english[key]} == set()


def test_every_language_has_the_same_files() -> None:
    chinese, english = ({file.name for file in i18n.locale_files(each)} for each in i18n.LOCALES)
    assert chinese == english


def test_every_text_asked_for_exists() -> None:
    asked = list(spoken("tr", "plain", "button", "says", "confirm", "Refused", "toast", "texts_of"))
    assert len(asked) > 20
    missing = {(name_of(file), key) for file, key in asked if key not in texts("zh_CN")}
    assert missing == set()


@cache
def _said(besides: str = "") -> tuple[frozenset[str], re.Pattern[str]]:
    """Every text in the code as it stands, and what those put together may become."""
    words: set[str] = set()
    patterns: list[str] = []
    for file in files(*OURS):
        if file.stem == besides:
            continue
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                fixed = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                rest = "".join(".*" if part is None else re.escape(str(part)) for part in fixed[1:])
                if fixed[0] is None and re.match("-[a-z]", str(fixed[1:] and fixed[1])):
                    # Of whichever kind of case it is.
                    patterns.append(f"(?:{_CASES}){rest}")
                if re.fullmatch(r"[a-z]+[-.][a-z_-]*", str(fixed[0])):
                    patterns.append("".join(".+" if part is None else re.escape(str(part)) for part in fixed))
    return frozenset(words), re.compile("|".join(patterns))


def test_every_text_is_asked_for() -> None:
    words, composed = _said()
    assert {key for key in texts("zh_CN") if key not in words and not composed.fullmatch(key)} == set()


def _notices(of: type[Notice] = Notice) -> Iterator[type[Notice]]:
    """Every kind of notice there is a class for."""
    for each in of.__subclasses__():
        if each.__module__.startswith(OURS):
            yield from _notices(each)
            yield each


def test_every_kind_has_a_view() -> None:
    said = {each.kind for each in _notices() if isinstance(each.__dict__.get("kind"), str)}
    assert len(said) > 150
    assert said - KINDS.keys() == {"commands", "leave"}


def _handed_on(file: Path) -> Iterator[str]:
    """What a file hands on to be called: a class in a dictionary, or given to a function."""
    for node in ast.walk(tree(file)):
        given = node.args if isinstance(node, ast.Call) else node.values if isinstance(node, ast.Dict) else []
        parts = [part for each in given for part in (each.elts if isinstance(each, ast.Tuple) else [each])]
        yield from (part.id for part in parts if isinstance(part, ast.Name))
        yield from (part.attr for part in parts if isinstance(part, ast.Attribute))


def test_every_view_is_of_use() -> None:
    ours = [file for file in files(*OURS) if file.stem != "messages"]
    made = {called for file in ours for called, _ in calls(file)}.union(*map(_handed_on, ours))
    # What a kind of case says is made by what all kinds share.
    made |= {notice.__name__ for kind in CASES for notice in astuple(kind.notices)}
    assert {kind.notice.__name__ for kind in KINDS.values()} - made == set()


def test_every_method_we_call_is_played() -> None:
    called = {method for _, method in spoken("Call", "call", "post")}
    assert {"sendMessage", "editMessageText", "answerCallbackQuery"} <= called
    assert called - METHODS.keys() - CONNECTION == set()


def _settings() -> Iterator[tuple[str, str]]:
    for section, field in Settings.model_fields.items():
        model = field.annotation
        assert isinstance(model, type)
        assert issubclass(model, Section)
        yield from ((section, known.alias or key) for key, known in model.model_fields.items())


@pytest.mark.parametrize(("section", "key"), list(_settings()))
def test_every_setting_is_in_the_file_and_the_docs(section: str, key: str) -> None:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    tables = re.split(r"^\[+", text, flags=re.M)
    own = [table for table in tables if re.match(rf"{section}(\.\w+)?\]", table)]
    as_table = f"{section}.{key}]" in text
    assert as_table or any(re.search(rf"^(# )?{key} = ", table, re.M) for table in own)
    docs = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert f"`{section}.{key}`" in docs


def test_the_docs_name_no_setting_that_is_not_there() -> None:
    docs = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-z]+)\.([a-z_]+)`", docs, re.M))
    assert named == set(_settings())


def test_every_command_of_the_menu_is_handled_and_described() -> None:
    async def handled() -> set[str]:
        built = await app.build(Settings())
        return {
            command
            for group in built.handlers.values()
            for handler in group
            if isinstance(handler, CommandHandler)
            for command in handler.commands
        }

    assert COMMANDS.keys() <= asyncio.run(handled())
    docs = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert {name for name in COMMANDS if f"`/{name}`" not in docs} == set()
