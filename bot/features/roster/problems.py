"""What is wrong with a workbook: every problem counted, the first ones kept."""

from collections.abc import Callable
from dataclasses import field

from bot.base.facts import Struct
from bot.base.i18n import Translator

# How many are listed, and how many are kept to be marked in the workbook.
SHOWN, KEPT = 200, 20_000

# Told how far a step is: its name, rows done, rows in all.
Tick = Callable[[str, int, int], None]


def no_tick(step: str, done: int, total: int) -> None:
    """Tell nobody."""


class Problem(Struct):
    """One problem: sentence `key` of `roster.ftl` filled with `facts`; `row` is the sheet's own number."""

    key: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    def text(self, tr: Translator) -> str:
        """What is wrong and what to do, without the place."""
        return tr.plain(self.key, **self.facts)

    def place(self, tr: Translator) -> str:
        """Sheet, row and column as they are told."""
        return tr.plain(
            "roster-where", sheet=self.sheet, row=str(self.row or ""), column=self.column, has=self._parts()
        )

    def line(self, tr: Translator) -> str:
        """The place and the text."""
        return f"{self.place(tr)}{self.text(tr)}"

    def _parts(self) -> str:
        if not self.sheet:
            return "none"
        if self.row is None:
            return "column" if self.column else "sheet"
        return "cell" if self.column else "row"


class Problems:
    """Collects problems; keeps the first `KEPT`."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.total = 0

    def add(
        self, key: str, sheet: str = "", row: int | None = None, column: str = "", **facts: object
    ) -> None:
        """Note a problem. Facts are shown as text, so that numbers keep their digits unbroken."""
        self.total += 1
        if len(self.kept) < KEPT:
            words = {name: str(value) for name, value in facts.items()}
            self.kept.append(Problem(key, sheet, row, column, words))

    @property
    def first(self) -> list[Problem]:
        """Those that are listed."""
        return self.kept[:SHOWN]

    def __bool__(self) -> bool:
        return self.total > 0
