"""Figures of the house: how much code there is, how it hangs together, and what is loosely typed.

`python -m benchmarks.house` reads the work tree; each `--rev REV` is a column that is read from a revision
instead: `python -m benchmarks.house --rev d9e2b4c --rev HEAD` puts before and after side by side.
"""

import argparse
import ast
import io
import re
import statistics
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("bot", "handlers", "jobs", "models")
COMMAND_LINE = "bot/commands/"
# What a feature is made of, and where it stood before it had a folder of its own.
FEATURES = ("bot/features/", "bot/services/", "bot/views/", "bot/forms/", "handlers/", "jobs/")
LOOSE = re.compile(r"\bdict\[str, Any\]|\bFacts\b")
ANY = re.compile(r"\bAny\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Sources = dict[str, str]
Trees = dict[str, ast.Module]
Row = tuple[str, str]


def working_tree() -> Sources:
    """Path and text of every Python file of the product, as they lie on the disk."""
    files = (file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")))
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def revision(rev: str) -> Sources:
    """The same as it was in a revision; raises `CalledProcessError` for one that is not there."""
    command = ["git", "archive", "--format=tar", rev, *FOLDERS]
    packed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = [each for each in archive if each.isfile() and each.name.endswith(".py")]
        return {file.name: archive.extractfile(file).read().decode() for file in files}  # type: ignore[union-attr]


def figures(sources: Sources) -> list[Row]:
    """What the table tells of these files: name and value of each figure."""
    trees = {path: tree for path, text in sources.items() if _says_something(tree := ast.parse(text))}
    folders = Counter(path.rpartition("/")[0] for path in trees)
    fullest, most = folders.most_common(1)[0]
    return [
        ("lines of code", f"{sum(len(text.splitlines()) for text in sources.values()):,}"),
        ("modules", f"{len(trees)}"),
        ("most modules in one folder", f"{most} ({fullest})"),
        ("folders with more than 40 modules", f"{sum(count > 40 for count in folders.values())}"),
        ("public names", f"{sum(len(_public(tree)) for tree in trees.values()):,}"),
        *_importer_rows(trees),
        *_function_rows(trees),
        *_annotation_rows(trees),
    ]


def table(columns: dict[str, list[Row]]) -> str:
    """Figures side by side, as a table of Markdown; columns by the name of what was read."""
    rows = zip(*columns.values(), strict=True)
    lines = [["", *columns], ["---"] * (len(columns) + 1)]
    lines += ([row[0][0], *(value for _, value in row)] for row in rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _says_something(tree: ast.Module) -> bool:
    """Whether there is more in a file than its docstring: an empty `__init__` is no module to be read."""
    return len(tree.body) > (ast.get_docstring(tree) is not None)


def _public(tree: ast.Module) -> set[str]:
    """What a module defines at its top under a name without an underscore."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {
                each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
            }
    return {name for name in names if not name.startswith("_")}


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported(tree: ast.Module, modules: set[str]) -> Iterator[str]:
    """The modules of ours that a file imports; of `from package import module`, the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{each.name}" for each in node.names)
            yield from (name if name in modules else node.module for name in names)


def _importer_rows(trees: Trees) -> Iterator[Row]:
    modules = {_dotted(path) for path in trees}
    importers = Counter(dict.fromkeys(modules, 0))
    for path, tree in trees.items():
        importers.update((set(_imported(tree, modules)) & modules) - {_dotted(path)})
    name, most = importers.most_common(1)[0]
    yield "importers of a module, median", _median(list(importers.values()))
    yield "importers of a module, most", f"{most} ({name})"


def _functions(trees: Trees) -> Iterator[tuple[str, Function]]:
    for path, tree in trees.items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, Function))


def _function_rows(trees: Trees) -> Iterator[Row]:
    functions = list(_functions(trees))
    lines = [(node.end_lineno or node.lineno) - node.lineno + 1 for _, node in functions]
    taken = [_parameters(node) for path, node in functions if not path.startswith(COMMAND_LINE)]
    typed = [_parameters(node) for path, node in functions if path.startswith(COMMAND_LINE)]
    yield "functions", f"{len(functions):,}"
    yield "lines of a function: median, p90, most", _spread(lines)
    yield "parameters: median, p90, most", _spread(taken)
    yield "parameters on the command line: median, p90, most", _spread(typed)


def _parameters(function: Function) -> int:
    """How many parameters a caller may fill; `self` and `cls` are filled by Python."""
    words = function.args
    names = [each.arg for each in (*words.posonlyargs, *words.args, *words.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def _annotation_rows(trees: Trees) -> Iterator[Row]:
    features = [note for path in trees if path.startswith(FEATURES) for note in _annotations(trees[path])]
    product = [note for tree in trees.values() for note in _annotations(tree)]
    for where, notes in (("features, handlers, jobs", features), ("all", product)):
        yield f"annotations with `Any`: {where}", f"{sum(bool(ANY.search(note)) for note in notes):,}"
        yield f"`dict[str, Any]` or `Facts`: {where}", f"{sum(bool(LOOSE.search(note)) for note in notes):,}"


def _annotations(tree: ast.Module) -> Iterator[str]:
    """Each annotation as it is written: of parameters, of results, of names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield ast.unparse(node.annotation)
        elif isinstance(node, Function) and node.returns:
            yield ast.unparse(node.returns)


def _median(values: Sequence[int]) -> str:
    return f"{statistics.median(values or [0]):g}"


def _spread(values: Sequence[int]) -> str:
    """Median, the value that nine of ten do not exceed, and the largest."""
    ordered = sorted(values) or [0]
    return f"{_median(ordered)}, {ordered[-(-len(ordered) * 9 // 10) - 1]}, {ordered[-1]}"


def main() -> None:
    """Print the table: of the work tree, or of each revision that is named."""
    parser = argparse.ArgumentParser(description="Figures of the house.")
    parser.add_argument(
        "--rev", action="append", default=[], help="a revision instead of the work tree; repeatable"
    )
    revs = parser.parse_args().rev
    print(table({rev: figures(revision(rev)) for rev in revs} or {"work tree": figures(working_tree())}))


if __name__ == "__main__":
    main()
