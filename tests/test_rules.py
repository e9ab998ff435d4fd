"""The house rules that can be checked, checked."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).parents[1]
OURS = ("bot", "handlers", "jobs", "models")
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
MOST_LINES_A_FILE, MOST_LINES_A_FUNCTION = 400, 40
# Tests are read one by one, not as a whole.
MOST_LINES_A_TEST_FILE, MOST_LINES_A_TEST = 500, 60
# Who may talk python-telegram-bot's language.
EDGE = {
    "bot/app.py", "bot/telegram_api.py", "bot/process/process.py", "bot/process/context.py",
    "bot/process/filters.py", "bot/process/incoming.py", "bot/process/routing.py",
}  # fmt: skip
# Spelt so that this file does not hold what it looks for.
PLACES = re.compile(
    r"[/]work/|[/]root/|[/]home/|[/]opt/pypi|pypi[.]org|python[h]osted[.]org|(?<!no-emit-)index[-]url"
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*folders: str) -> tuple[Path, ...]:
    """Our Python files, those of the migrations' versions left out: they are written by a program.

    A folder that holds none is a folder that has moved: a rule about it would hold for nothing.
    """
    found = {folder: list((ROOT / folder).rglob("*.py")) for folder in folders}
    assert all(found.values()), f"nothing is checked in {[name for name in found if not found[name]]}"
    every = (file for files in found.values() for file in files)
    return tuple(sorted(file for file in every if "versions" not in file.parts))


@cache
def tree(file: Path) -> ast.Module:
    """What a file says."""
    return ast.parse(file.read_text(encoding="utf-8"))


def name_of(file: Path) -> str:
    """A file as told in a failure."""
    return file.relative_to(ROOT).as_posix()


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last name of what is called."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield name, node


def imported(file: Path) -> Iterator[str]:
    """Every module a file imports."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def importing(package: str) -> set[str]:
    """Our files that import a package."""
    return {
        name_of(file)
        for file in files(*OURS)
        if any(module == package or module.startswith(package + ".") for module in imported(file))
    }


def test_imports_run_one_way(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = cli.lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_every_package_has_its_layer() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    lines = [{module.strip() for module in re.split("[:|]", line)} for line in told["layers"]]
    layered = set().union(*lines)
    assert all(len(re.split(":", line)) <= 2 for line in told["layers"]), "more than two may know each other"
    folders = {f"bot.{path.name.removesuffix('.py')}" for path in (ROOT / "bot").iterdir()}
    features = {f"bot.features.{path.parent.name}" for path in (ROOT / "bot/features").glob("*/__init__.py")}
    wanted = (folders - {"bot.__init__", "bot.__pycache__", "bot.features"}) | features
    assert len(features) > 15
    assert wanted == {module for module in layered if module.startswith("bot.")}


def test_telegram_is_known_at_the_edge_only() -> None:
    inside = {name for name in importing("telegram") if not name.startswith("handlers/")}
    assert inside == EDGE


def test_charts_are_drawn_in_one_place() -> None:
    drawing = importing("matplotlib")
    assert drawing
    assert all(name.startswith("bot/charts/") for name in drawing)


def test_only_the_database_commits() -> None:
    committing = {name_of(file) for file in files(*OURS) for name, _ in calls(file) if name == "commit"}
    assert committing == {"bot/storage/database.py"}


def test_no_handler_runs_beside_the_others() -> None:
    for file in files(*OURS):
        for _, call in calls(file):
            blocks = [word.value for word in call.keywords if word.arg == "block"]
            assert all(getattr(value, "value", True) is not False for value in blocks), name_of(file)


def _functions_of(file: Path) -> dict[str, Function]:
    return {node.name: node for node in tree(file).body if isinstance(node, Function)}


def _sources_of(file: Path) -> dict[str, str]:
    """Names a module takes from others: `name` or `module` → where it is."""
    return {
        each.asname or each.name: f"{node.module}.{each.name}"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.")
        for each in node.names
    }


def _asked(file: Path, name: str, seen: frozenset[tuple[Path, str]] = frozenset()) -> bool:
    """Whether a function asks `access`, itself or through what it calls."""
    function = _functions_of(file).get(name)
    if function is None or (file, name) in seen:
        return False
    sources = _sources_of(file)
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        words = ast.unparse(node.func).split(".")
        if words[0] == "access" and words[-1] in {"require", "require_anywhere", "visible", "allows"}:
            return True
        where = ".".join([sources.get(words[0], words[0]), *words[1:]])
        home, _, called = where.rpartition(".")
        target = (
            ROOT / (home.replace(".", "/") + ".py")
            if home.startswith(("bot.features", "bot.photos"))
            else file
        )
        if target.exists() and _asked(target, called, seen | {(file, name)}):
            return True
    return False


def _forms() -> list[Path]:
    """Conversations: what they end with is done by a service."""
    found = [each for each in files("bot/features") if "forms" in (each.stem, each.parent.name)]
    assert len(found) > 10
    return found


@cache
def _used_at_the_edge() -> frozenset[tuple[str, str]]:
    """Module and name of everything that handlers, jobs, forms and the command line speak of."""
    found: set[tuple[str, str]] = set()
    for file in (*files("handlers", "jobs", "bot/commands"), *_forms()):
        sources = _sources_of(file)
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add((sources.get(node.value.id, ""), node.attr))
        found |= {(where.rpartition(".")[0], where.rpartition(".")[2]) for where in sources.values()}
    return frozenset(found)


# Rows without rules: what they are asked for, a service asks `access` first.
ROWS = {"repository", "known_duty", "crews"}


@pytest.mark.parametrize(
    "file", [each for each in files("bot/features") if each.stem not in ROWS], ids=name_of
)
def test_every_service_asks_whether_it_may(file: Path) -> None:
    module = name_of(file).removesuffix(".py").replace("/", ".")
    for name, takes in _services_of(file):
        at_the_edge = (module, name) in _used_at_the_edge()
        if "Actor" in takes or ("Work" in takes and at_the_edge):
            assert _asked(file, name), f"{name_of(file)}: {name} does not ask access"
        elif "Session" in takes:
            # Part of another service, which asks: nobody else may call it.
            assert not at_the_edge, f"{name_of(file)}: {name} takes no actor"


def _services_of(file: Path) -> Iterator[tuple[str, set[str]]]:
    """Public functions that are handed a transaction, and the types of what they take."""
    for name, function in _functions_of(file).items():
        words = function.args
        takes = {ast.unparse(arg.annotation) for arg in words.args + words.kwonlyargs if arg.annotation}
        if not name.startswith("_") and takes & {"Session", "Work"}:
            yield name, takes


def test_services_were_looked_at() -> None:
    served = [(file, name) for file in files("bot/features") for name, _ in _services_of(file)]
    assert len(served) > 400
    assert len([each for each in _used_at_the_edge() if each[0].startswith("bot.features")]) > 150


@pytest.mark.parametrize("file", files(*OURS, "tests", "migrations"), ids=name_of)
def test_nothing_is_long(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    own = (MOST_LINES_A_FILE, MOST_LINES_A_FUNCTION)
    most, most_a_function = own if "tests" not in file.parts else (MOST_LINES_A_TEST_FILE, MOST_LINES_A_TEST)
    assert lines <= most, f"{name_of(file)}: {lines} lines"
    for node in ast.walk(tree(file)):
        if isinstance(node, Function):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= most_a_function, f"{name_of(file)}: {node.name}: {length} lines"


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [name_of(file) for file in files(*OURS, "tests") if file.stem in BANNED_NAMES]


def test_no_file_names_a_machine_or_an_index() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], check=False, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a clone")
    for name in filter(None, listed.stdout.split("\0")):
        file = ROOT / name
        if not file.is_file():
            continue
        found = PLACES.search(file.read_text(encoding="utf-8", errors="replace"))
        assert not found, f"{name}: {found and found.group()}"


def test_every_decision_has_its_own_number() -> None:
    numbers = [file.name[:4] for file in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
