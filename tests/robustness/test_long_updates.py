"""An update longer than Telegram sends any: its sender hears of it within seconds, others notice nothing."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.base.payload import cut_update
from bot.playground.people import Person as Phone
from tests.e2e.town import Town
from tests.robustness.stage import stage

TOO_LONG = "这条太长了"
SECRET = "a-secret_of-the-hook"
WORDS = {
    "letters": "a", "Chinese": "岗", "markup": "<b>", "numbers": "1 ", "a name": "/for 岩",
    "times": "昨晚12点半",
}  # fmt: skip


def _hook() -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    return {
        "TELEGRAM__WEBHOOK_URL": f"http://{address}", "TELEGRAM__WEBHOOK_LISTEN": address,
        "TELEGRAM__WEBHOOK_SECRET": SECRET,
    }  # fmt: skip


def _message(phone: Phone, words: str) -> bytes:
    sender = {"id": phone.id, "is_bot": False, "first_name": "x"}
    chat = {"id": phone.id, "type": "private", "first_name": "x"}
    said: dict[str, Any] = {"message_id": 50_000, "from": sender, "chat": chat, "date": 1, "text": words}
    return json.dumps(said, ensure_ascii=False).encode()


def _play(town: Town, size: int) -> None:
    worker, other = town.join("岩罕"), town.join("玉香")
    for words in WORDS.values():
        worker.send("/feedback")
        worker.wait_for()
        said = words * (size // len(words.encode()))
        town.playground.inject_raw("message", _message(worker, said))
        other.send("你好")
        # Neither waits for as long as one that is tried again and again.
        other.wait_for()
        worker.wait_for(TOO_LONG)
    town.settle()
    assert town.count("inbox", "state <> 'done'") == 0
    assert town.count("feedback") == 0


@pytest.mark.parametrize("size", [1_000_000, 1_500_000])
@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_a_long_update_is_refused_and_holds_up_nobody(way: str, size: int, tmp_path: Path) -> None:
    with stage(tmp_path, **(_hook() if way == "webhook" else {})) as town:
        _play(town, size)


HEAD = b'{"update_id":5,"message":{"message_id":1,"from":{"id":7,"is_bot":false},"chat":{"id":-9},"text":"x'


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        (HEAD, {"from": {"id": 7}, "chat": {"id": -9}}),
        (b'{"update_id": 5, "message":{"text":"xxx', {}),
        # Words are no sender, whatever they say.
        (b'{"update_id":5,"message":{"text":"\\"from\\":{\\"id\\":8}', {}),
        (b'{"update_id":5,"callback_query":{"id":"1","from":{"id":8,"is_bot"', {"from": {"id": 8}}),
    ],
)
def test_of_a_cut_one_the_sender_is_kept(head: bytes, kept: dict[str, Any]) -> None:
    assert cut_update(head, 2_000_000) == {"update_id": 5, "too_long": 2_000_000, "message": kept}


@pytest.mark.parametrize(
    "head", [b"", b"xxxx", b'{"message":{}}', b'[{"update_id":5}]', b'{"update_id":"x"}']
)
def test_what_does_not_begin_like_an_update_is_none(head: bytes) -> None:
    assert cut_update(head, 2_000_000) is None
