"""Files that commands write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from bot.base.errors import OperatorError


def require_suffix(file: Path, *suffixes: str) -> None:
    """Wrong usage unless the file's name ends so."""
    if file.suffix.lower() not in suffixes:
        raise typer.BadParameter(f"{file.name}: the name must end in {' or '.join(suffixes)}")


@contextmanager
def written(file: Path) -> Iterator[Path]:
    """A file beside the wanted one that takes its place once all is well; readable by its owner alone."""
    partial = file.with_name(f".{file.stem}.partial{file.suffix}")
    try:
        partial.touch(mode=0o600)
        yield partial
        partial.replace(file)
    except OSError as error:
        raise OperatorError(f"{file}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
