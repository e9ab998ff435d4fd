"""What the commands print holds neither token nor webhook secret, whatever Telegram answers."""

import base64
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest

from tests.commands.gridduty import Gridduty
from tests.waiting import PATIENCE, until

KEY = "AAFq7-Zk_uTn0WqJ5bYd2LsR8cMhPgE4xv3"
TOKEN, SECRET = f"1000001:{KEY}", "hook-9Zt_SECRET-wQ4"


class _Echo(BaseHTTPRequestHandler):
    """Repeats the address it was asked at, as a proxy in between may; its first part says how."""

    asked = 0

    def do_POST(self) -> None:
        """Answer."""
        way = self.path.split("/")[1]
        _Echo.asked += 1
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = {
            "html": f"<html>{self.path}</html>",
            "quoted": json.dumps({"ok": False, "error_code": 400, "description": quote(self.path, safe="")}),
            "name": json.dumps({"ok": True, "result": {"id": 1, "username": self.path}}),
            "odd": json.dumps({"ok": False, "error_code": self.path, "description": [self.path]}),
            "text": json.dumps({"ok": True, "result": self.path}),
        }.get(way)
        known = {"ok": False, "error_code": int(way), "description": self.path} if way.isdigit() else {}
        body = (said or json.dumps(known)).encode()
        self.send_response(int(way) if way.isdigit() else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def echo() -> Iterator[str]:
    """A server that tells what it should not."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _check_clean(printed: str) -> None:
    encoded = [base64.b64encode(word.encode()).decode()[:24] for word in (TOKEN, KEY, SECRET)]
    for hidden in (KEY, KEY[:20], KEY[-20:], quote(KEY, safe=""), SECRET, SECRET[:14], *encoded):
        place = printed.find(hidden)
        assert place < 0, printed[max(0, place - 500) : place + 100]


def _secretive(gridduty: Gridduty, base_url: str) -> Gridduty:
    gridduty.environment |= {
        "GRIDDUTY_TELEGRAM__TOKEN": TOKEN,
        "GRIDDUTY_TELEGRAM__WEBHOOK_SECRET": SECRET,
        "GRIDDUTY_TELEGRAM__BASE_URL": f"{base_url}/bot",
        "GRIDDUTY_LOGS__LEVEL": "DEBUG",
    }
    return gridduty


@pytest.mark.parametrize("way", ["401", "quoted", "name", "odd", "text"])
def test_check_tells_no_secret(way: str, unmigrated: Gridduty, echo: str) -> None:
    bold = _secretive(unmigrated, f"{echo}/{way}")
    done = bold("check", "--json", code=1)
    _check_clean(done.stdout + done.stderr)
    told = json.loads(done.stdout)
    assert told["token"]["told"]
    assert told["token"]["ok"] == (way == "name")
    assert told["configuration"]["ok"]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:9", "https://ECHO", "nonsense"])
def test_check_tells_no_secret_where_nobody_answers(base_url: str, unmigrated: Gridduty, echo: str) -> None:
    bold = _secretive(unmigrated, base_url.replace("ECHO", echo.removeprefix("http://")))
    done = bold("check", code=1)
    _check_clean(done.stdout + done.stderr)
    assert "FAILED token: " in done.stdout


@pytest.mark.parametrize("way", ["401", "quoted"])
def test_run_tells_no_secret(way: str, gridduty: Gridduty, echo: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        hook = f"127.0.0.1:{probe.getsockname()[1]}"
    bold = _secretive(gridduty, f"{echo}/{way}")
    bold.environment |= {"PYTHONASYNCIODEBUG": "1", "GRIDDUTY_LOGS__JSON": "true"}
    if way == "quoted":
        bold.environment["GRIDDUTY_TELEGRAM__WEBHOOK_URL"] = "https://bot.example"
        bold.environment["GRIDDUTY_TELEGRAM__WEBHOOK_LISTEN"] = hook
    running = bold.start("run")
    said: list[str] = []
    reading = threading.Thread(target=lambda: said.extend(running.stderr or ()))
    reading.start()
    until(lambda: any("could not receive" in line for line in said), what=said)
    running.terminate()
    reading.join(20)
    stdout, _ = running.communicate(timeout=PATIENCE)
    stderr = "".join(said)
    _check_clean(stdout + stderr)
    assert running.returncode == 0, stderr[-2000:]


@pytest.mark.parametrize(
    ("name", "value"),
    [("TOKEN", f"²{TOKEN}"), ("TOKEN", f"[{TOKEN}"),
      ("TOKEN", f"x{TOKEN}"), ("WEBHOOK_SECRET", f"{SECRET} !")],
)  # fmt: skip
def test_a_secret_that_is_wrong_is_not_repeated(name: str, value: str, unmigrated: Gridduty) -> None:
    bold = _secretive(unmigrated, "http://127.0.0.1:9")
    bold.environment[f"GRIDDUTY_TELEGRAM__{name}"] = value
    done = bold("check", code=1)
    _check_clean(done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


def test_a_broken_file_is_not_repeated(unmigrated: Gridduty) -> None:
    for line in (f'token = "{TOKEN}', f'tokn = "{TOKEN}"', f'token = ["{TOKEN}"]'):
        (unmigrated.folder / "config.toml").write_text(f"[telegram]\n{line}\n")
        done = unmigrated("check", code=1)
        _check_clean(done.stdout + done.stderr)
        assert "FAILED configuration" in done.stdout or "FAILED database" in done.stdout
