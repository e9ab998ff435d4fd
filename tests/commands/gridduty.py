"""The `gridduty` command line as scripts use it: a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class Gridduty:
    """Runs commands with these settings, in an empty folder."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, *words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; it must end with this code."""
        command, environment = self._command(words), self._environment()
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, cwd=self.folder, env=environment
        )
        assert done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Start a command that goes on."""
        return subprocess.Popen(
            self._command(words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            cwd=self.folder, env=self._environment(),
        )  # fmt: skip

    def _command(self, words: tuple[object, ...]) -> list[str]:
        return [sys.executable, "-m", "bot", *map(str, words)]

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GRIDDUTY_")}
        return clean | {"PYTHONPATH": str(ROOT)} | self.environment
