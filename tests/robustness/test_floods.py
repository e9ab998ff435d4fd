"""Thousands of updates that make no sense: neither the log nor the memory grows with them."""

import asyncio
import io
import json
import logging
import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bot.base import logs
from tests.robustness.siege import open_town

MALFORMED = 1500
LOG_BYTES, GROWN_MB = 60_000, 120


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log says meanwhile."""
    stream, root = io.StringIO(), logging.getLogger()
    kept, hooks = root.handlers[:], (sys.excepthook, threading.excepthook, sys.unraisablehook)
    level = root.level
    logs.set_up("INFO", stream=stream)
    yield stream
    root.handlers[:], root.level = kept, level
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(False)


def _resident() -> float:
    """Megabytes of memory that are in use."""
    return float(psutil.Process().memory_info().rss) / 1e6


def _malformed(chance: random.Random, number: int) -> bytes:
    user = 7_000_000_000 + number % 50
    if number % 10 == 0:
        return b'{"update_id":%d,"message":' % number + b"[" * 100_000 + b"]" * 100_000 + b"}"
    message = {
        "message_id": 5, "date": 1, "chat": {"id": user, "type": "private"},
        "from": {"id": user, "is_bot": False, "first_name": "x"}, "text": f"上岗 {number}",
    }  # fmt: skip
    wrong = chance.choice(["date", "text", "from", "message_id"])
    message[wrong] = chance.choice([{"a": number}, [[]], None])
    return json.dumps({"update_id": number, "message": message, "edited_message": [number]}).encode()


def test_a_flood_of_malformed_updates_fills_neither_log_nor_memory(
    tmp_path: Path, written: io.StringIO
) -> None:
    chance = random.Random(1)
    with open_town(tmp_path) as stage:

        async def flood(first: int, last: int) -> None:
            for number in range(first, last, 250):
                await stage.take([_malformed(chance, n) for n in range(number, number + 250)])

        asyncio.run(flood(1000, 1500))
        before = _resident()
        asyncio.run(flood(1500, 1500 + MALFORMED))
        grown, said = _resident() - before, len(written.getvalue())
        (failed,) = stage.rows("SELECT count(*) AS count FROM inbox WHERE state = 'failed'")
    print(f"{failed.count} failed, {said / 1000:.0f} kB of log, {grown:.0f} MB more memory")
    assert failed.count > MALFORMED * 0.5
    assert said < LOG_BYTES
    assert grown < GROWN_MB
