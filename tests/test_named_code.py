"""What the documents say of the code is there: each file, and each name in it, that a page tells of."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.test_docs import TOLD
from tests.test_rules import ROOT, Function, name_of, tree

# Page → how much code it names at the least: a page whose marks were changed would else hold for nothing.
MANY = {"CONTRIBUTING.md": 15, "docs/forms.md": 30, "docs/glossary.md": 60, "docs/walk.md": 60}
# `bot/outbox/outbox.py` or `bot/outbox/outbox.py:enqueue`
MARK = re.compile(r"`((?:bot|handlers|jobs|models)/[\w/]+\.py)(?::([\w.]+))?`")


@cache
def _named(page: str) -> tuple[tuple[str, str], ...]:
    """File and name of everything that a page marks as code of ours."""
    return tuple(dict.fromkeys(MARK.findall((ROOT / page).read_text(encoding="utf-8"))))


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    """Every name a module gives at its top, and `Class.method`."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{name}" for name in _defined(node.body))
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


@pytest.mark.parametrize("page", [name_of(file) for file in TOLD])
def test_every_file_and_name_is_there(page: str) -> None:
    for file, name in _named(page):
        assert (ROOT / file).is_file(), f"{page}: {file} is not there"
        if name:
            assert name in set(_defined(tree(ROOT / file).body)), f"{page}: no {name} in {file}"


@pytest.mark.parametrize("page", MANY)
def test_code_was_looked_for(page: str) -> None:
    assert len(_named(page)) >= MANY[page]
