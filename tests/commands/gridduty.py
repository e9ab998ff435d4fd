"""The `gridduty` command line as scripts use it: a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.warm import ROOT, Warm


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed."""

    stdout: str
    stderr: str


@dataclass
class Gridduty:
    """Runs commands with these settings, in an empty folder."""

    folder: Path
    warm: Warm
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, *words: object, code: int = 0) -> Done:
        """Run a command to its end; it must end with this code."""
        printed = [self.folder / f".{name}" for name in ("printed", "told")]
        self.warm.start([str(word) for word in words], self._environment(), self.folder, *printed)
        ended = self.warm.wait()
        done = Done(*(file.read_text() for file in printed))
        for file in printed:
            file.unlink()
        assert ended == code, f"exit code {ended}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Start a command that goes on."""
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, cwd=self.folder, env=self._environment(),
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GRIDDUTY_")}
        return clean | {"PYTHONPATH": str(ROOT)} | self.environment
