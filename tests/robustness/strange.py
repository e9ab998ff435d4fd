"""Answers as Telegram never gives them, made from the right ones, and the methods that the bot calls."""

import ast
import json
import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from bot.playground.methods import METHODS

BOT = Path(__file__).parents[2] / "bot"
# What may stand anywhere instead of what should.
WRONG: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 2**31, 2**63, 2**70, -(2**70), 1.5, -0.0, 1e308, "", "x", "7", "-1",
    "\0", "岗" * 3000, [], {}, [[]], [None], {"a": 1}, [{"id": 1}], {"message_id": {}},
    "../../etc/passwd", "https://elsewhere.invalid/x", "/etc/passwd", "photos/../../x", "a\\b", "a\nb",
)  # fmt: skip
# Bytes that are nothing, or something else altogether.
NO_ANSWERS: tuple[bytes, ...] = (
    b"", b" ", b"null", b"true", b"[]", b"{}", b"5", b'"ok"', b"NaN", b"-Infinity", b"{", b'{"ok":',
    b'{"ok":true', b'{"ok":true}', b'{"ok":"true","result":true}', b'{"ok":1,"result":true}',
    b'{"ok":null}', b'{"result":true}', b'{"ok":false}', b'{"ok":false,"error_code":[]}',
    b'{"ok":false,"error_code":{"a":1},"description":"x"}', b'{"ok":false,"error_code":true}',
    b'{"ok":false,"error_code":"400","description":"x"}',
    b'{"ok":false,"error_code":99999,"description":"x"}', b'{"ok":false,"error_code":-400}',
    b'{"ok":false,"error_code":400,"description":["x"]}',
    b'{"ok":false,"error_code":400,"description":{"x":[]}}',
    b'{"ok":false,"error_code":400,"description":null}',
    b'{"ok":false,"error_code":400.5,"description":"x"}',
    b'{"ok":false,"error_code":500,"description":"Internal Server Error"}', b'{"ok":true,"result":NaN}',
    b'{"ok":true,"result":{"message_id":NaN}}', b'{"ok":true,"result":{"message_id":1e999}}',
    b'{"ok":true,"result":"\\ud800"}', b'{"ok":true,"result":{"message_id":5,"text":"\\udfff"}}',
    b"\xff\xfe\x00", b'{"ok":true,"result":"\xff"}', b"<html><body>502 Bad Gateway</body></html>",
    b"\xef\xbb\xbf{}", b'{"ok":true,"ok":false,"result":{"message_id":1}}', b"[" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b'{"ok":true,"result":' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"ok":true,"result":' + b"9" * 5000 + b"}", b"x" * 200_000,
)  # fmt: skip
_HINTS: tuple[Any, ...] = (
    "x", [], 5, None, {"retry_after": "soon"}, {"retry_after": -5}, {"retry_after": []},
    {"retry_after": None}, {"migrate_to_chat_id": "x"}, {"migrate_to_chat_id": 5},
    {"migrate_to_chat_id": 2**70}, {"migrate_to_chat_id": []},
)  # fmt: skip


def methods_called() -> list[str]:
    """Every method of the Bot API that stands in the bot's own code, the playground's left out."""
    words: set[str] = set()
    for file in BOT.rglob("*.py"):
        if "playground" not in file.parts:
            nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            words |= {
                node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return sorted(words & METHODS.keys())


class Strange:
    """Makes strange answers out of right ones, from a seed; `made` counts them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.made = 0

    def __call__(self, right: bytes) -> tuple[int, bytes]:
        """What is answered instead: status and body."""
        self.made += 1
        ways: list[Callable[[bytes], tuple[int, bytes]]] = [
            self._twisted,
            self._twisted,
            self._bytes,
            self._refusal,
        ]
        return self.chance.choice(ways)(right)

    def _bytes(self, right: bytes) -> tuple[int, bytes]:
        cut = right[: self.chance.randrange(len(right))]
        return self.chance.choice([200, 200, 200, 302, 400, 500]), self.chance.choice(
            [*NO_ANSWERS, cut, right + b"}"]
        )

    def _refusal(self, _: bytes) -> tuple[int, bytes]:
        code = self.chance.choice([400, 403, 418, 499, *WRONG[:16]])
        said = {
            "ok": False,
            "error_code": code,
            "description": self.chance.choice(["Bad Request: x", *WRONG]),
        }
        said["parameters"] = self.chance.choice(_HINTS)
        for name in list(said):
            if name != "ok" and self.chance.random() < 0.1:
                del said[name]
        return self.chance.choice([200, 400, 403]), json.dumps(said).encode()

    def _twisted(self, right: bytes) -> tuple[int, bytes]:
        """The right answer, one to three values of it replaced or gone."""
        try:
            whole = {"it": json.loads(right)}
        except ValueError:
            return self._bytes(right)
        for _ in range(self.chance.randint(1, 3)):
            self._twist(whole)
        return 200, json.dumps(whole["it"]).encode()

    def _twist(self, whole: Any) -> None:
        holder, key = whole, "it"
        while isinstance(holder[key], dict | list) and holder[key] and self.chance.random() < 0.75:
            holder = holder[key]
            key = self.chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        if holder is not whole and isinstance(holder, dict) and self.chance.random() < 0.2:
            del holder[key]
        else:
            holder[key] = deepcopy(self.chance.choice(WRONG))
