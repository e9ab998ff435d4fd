"""Progress bars."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.base.i18n import Translator
from bot.features.roster.problems import Tick


@contextmanager
def progress(tr: Translator) -> Iterator[Tick]:
    """A progress bar for each step, on a terminal only."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bars: dict[str, Any] = {}
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as shown:

        def tick(step: str, done: int, total: int) -> None:
            if step not in bars:
                named = step if step not in {"write", "cards"} else tr.plain(f"roster-step-{step}")
                bars[step] = shown.add_task(named, total=total)
            shown.update(bars[step], completed=done, total=total)

        yield tick
