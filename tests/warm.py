"""Commands without their start: a warm process forks for each, so nothing is imported again.

`python -m tests.warm` reads one JSON order a line: the words, the environment, the folder, and the files that
take what is printed. It answers with the process id, and with the exit code once that has ended.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


class Warm:
    """A warm process; it runs one command at a time."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.warm"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip

    def start(
        self, words: Sequence[str], environment: dict[str, str], folder: Path, out: Path, err: Path
    ) -> int:
        """Start `gridduty` with these words; its process id."""
        assert self._server.stdin is not None
        order = [list(words), environment, str(folder), str(out), str(err)]
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        return self._number()

    def wait(self) -> int:
        """The exit code of what was started, or minus the signal that ended it."""
        return self._number()

    def close(self) -> None:
        """No more commands."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.wait(20)
        self._server.stdout.close()

    def _number(self) -> int:
        assert self._server.stdout is not None
        return int(self._server.stdout.readline())


def _become(environment: dict[str, str], folder: str, out: str, err: str) -> None:
    """Take what a new process is given."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, file in enumerate((os.devnull, out, err)):
        way = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(file, way), number)


def _end(main: Callable[[], int]) -> None:
    """Run it and be gone: to forget all modules one by one takes longer than most commands."""
    try:
        code = main()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def serve() -> None:
    """Fork a command for every line until there are no more."""
    # The reason for this process: these take a second.
    import bot.run
    from bot.__main__ import main

    assert bot.run.PARTS
    for line in sys.stdin:
        words, *given = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(*given)
            sys.argv = ["gridduty", *words]
            _end(main)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()
