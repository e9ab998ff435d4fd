"""Token and webhook secret stand in nothing that is printed or kept, whatever fails and at any level."""

import base64
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

ROOT = Path(__file__).parents[2]
KEY = "AAF3vXq-Zk_7uTn0WqJ5bYd2LsR8cMhPgE4"
TOKEN = f"1000001:{KEY}"
SECRET = "hook_9Zt-SECRET_wQ4"
# What shows that each way of failing was really met.
TOLD = (
    "ClientConnectorError", "ClientConnectorDNSError", "ClientConnectorSSLError", "ClientOSError",
    "ServerDisconnectedError", "ClientPayloadError", "ClientResponseError", "InvalidUrlClientError",
    "TimeoutError", "status 500", "401 no: ", "404 no: ", "refuses the token", "handler failed",
    "POST https://api.telegram.org/bot", "nobody asks for this task: ", "in a thread: ",
    "while being forgotten: ", "the last words: ", "a warning: ", "hook 403", "hook 413", "hook 200",
)  # fmt: skip


def _hidden_forms() -> list[bytes]:
    forms = [quote(TOKEN, safe=""), KEY, KEY[:20], KEY[-20:], SECRET, SECRET[:12], KEY.replace("-", "%2D")]
    encoded = [base64.b64encode(word.encode())[:24] for word in (TOKEN, KEY, SECRET)]
    return [form.encode() for form in forms] + encoded + [TOKEN.encode("utf-16-le")]


@pytest.mark.parametrize("form", ["console", "json"])
def test_no_secret_is_printed_or_kept(form: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "tests.robustness.leaky", str(tmp_path), TOKEN, SECRET, form],
        capture_output=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    printed = done.stdout + done.stderr
    assert done.returncode == 1
    missing = [told for told in TOLD if told.encode() not in printed]
    assert not missing, (missing, printed[-4000:].decode())
    assert printed.count(b"[secret]") + printed.count(b"[token]") > 50
    kept = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert len(kept) >= 10
    for hidden in _hidden_forms():
        place = printed.find(hidden)
        assert place < 0, printed[max(0, place - 1500) : place + 200].decode(errors="replace")
        assert [name for name, content in kept.items() if hidden in content] == []
