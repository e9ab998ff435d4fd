"""The demo as a process of its own, as a person starts it."""

import re
import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
# A Monday, twelve minutes before the next watch at the border post.
MORNING = "2026-11-23T07:48:00+08:00"
_CODE = """
import sys
from datetime import datetime
from bot.playground.demo import serve
serve(int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
"""


class DemoProcess(AbstractContextManager["DemoProcess"]):
    """A running demo; `url` is the page's address, `said` the line it printed."""

    def __init__(self, port: int = 0) -> None:
        command = [sys.executable, "-c", _CODE, str(port), MORNING]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.said = self._process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said)
        assert found, self._process.communicate()[1]
        self.url = found[0]

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; gives the exit code and what was written as an error."""
        self._process.send_signal(signal.SIGINT)
        _, errors = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, errors

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self.stop()
