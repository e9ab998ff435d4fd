"""The figures of the house count what they say they count."""

from benchmarks import house

ANY = "annotations with `Any`: features, handlers, jobs"

SOURCES = {
    "bot/__init__.py": "",
    "bot/base.py": '"""Words."""\nNOW = 1\n_kept, SHOWN = 1, 2\n',
    "bot/features/one.py": (
        "from typing import Any\n"
        "from bot import base\n"
        "def told(a: int, *, facts: Facts) -> dict[str, Any]:\n"
        "    inner: Any = base.NOW\n"
        "    return inner\n"
    ),
    "bot/commands/run.py": (
        "import bot.base\nfrom bot.features.one import told\nclass Run:\n    def now(self, a, b, c): ...\n"
    ),
}


def test_each_figure_is_what_there_is() -> None:
    told = dict(house.figures(SOURCES))
    assert told["lines of code"] == "12"
    assert told["modules"] == "3", "an empty __init__ is none"
    assert told["public names"] == "4", "NOW, SHOWN, told, Run"
    assert told["importers of a module, most"] == "2 (bot.base)"
    assert told["importers of a module, median"] == "1"
    assert told["functions"] == "2"
    assert told["lines of a function: median, p90, most"] == "2, 3, 3"
    assert told["parameters: median, p90, most"] == "2, 2, 2"
    assert told["parameters on the command line: median, p90, most"] == "3, 3, 3", "self is none"
    assert told["annotations with `Any`: all"] == "2"
    assert told["`dict[str, Any]` or `Facts`: all"] == "2"


def test_the_fullest_folder_is_named() -> None:
    sources = {f"bot/services/m{number}.py": "X = 1" for number in range(41)}
    told = dict(house.figures({**sources, "jobs/one.py": "X = 1"}))
    assert told["most modules in one folder"] == "41 (bot/services)"
    assert told["folders with more than 40 modules"] == "1"


def test_nine_of_ten_do_not_exceed_p90() -> None:
    assert house._spread([1] * 9 + [7]) == "1, 1, 7"
    assert house._spread([1] * 8 + [6, 7]) == "1, 6, 7"


def test_columns_stand_side_by_side() -> None:
    told = house.table({"before": [("modules", "1")], "after": [("modules", "2")]})
    assert told.splitlines()[::2] == ["|  | before | after |", "| modules | 1 | 2 |"]


def test_the_work_tree_is_read() -> None:
    paths = house.working_tree()
    assert "bot/features/registry/forms.py" in paths
    assert not any(path.startswith(("tests/", "benchmarks/")) for path in paths)


def test_what_goes_between_the_layers_has_types() -> None:
    own = {path: source for path, source in house.working_tree().items() if path.startswith(house.FEATURES)}
    assert len(own) > 250
    assert dict(house.figures(own))[ANY] == "0"
