"""The drawing process: once for all, gone when idle, replaced when it dies, given up when it hangs."""

import asyncio
import io
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image
from structlog.testing import capture_logs

from bot.charts import DRAWINGS, find
from bot.deliver import drawing
from bot.deliver.drawing import DrawingProcess, NotDrawn
from bot.outbox.notices import Lane
from bot.settings.core import DrawingSettings
from tests.waiting import until

DATA: dict[str, Any] = {
    "title": "芒里村 到岗",
    "legend": ["到齐", "未到齐"],
    "rows": [["芒里第一网格", 3, 4]],
}
ROOT = Path(__file__).parents[2]


def _with_studio(deed: Callable[[DrawingProcess], Awaitable[None]], **own: float) -> None:
    """Do this with a drawing that is closed afterwards and leaves nothing behind."""

    async def run() -> None:
        drawing = DrawingProcess(DrawingSettings(**({"timeout_seconds": 20, "idle_seconds": 60} | own)))
        try:
            await deed(drawing)
        finally:
            await drawing.close()

    asyncio.run(run())
    assert not _drawing_here()


def _drawing_here() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "bot.charts" in child.cmdline()]


def _pid(drawing: DrawingProcess) -> int:
    assert drawing.pid
    return drawing.pid


def test_every_drawing_can_be_found() -> None:
    assert all(callable(find(name)) for name in DRAWINGS)


def test_the_same_picture_is_drawn_once_however_many_ask() -> None:
    async def deed(drawing: DrawingProcess) -> None:
        pictures = await asyncio.gather(*(drawing.draw("sample", dict(DATA), []) for _ in range(56)))
        again = await drawing.draw("sample", DATA, [])
        other = await drawing.draw("sample", {**DATA, "title": "那目村 到岗"}, [])
        assert {*pictures, again} == {pictures[0]} != {other}
        assert drawing.drawn == 2
        with Image.open(io.BytesIO(pictures[0])) as image:
            assert (image.format, image.width) == ("PNG", 1080)

    _with_studio(deed)


def test_what_somebody_waits_for_is_drawn_before_what_is_sent_round() -> None:
    done: list[str] = []

    async def deed(drawing: DrawingProcess) -> None:
        async def draw(words: str, lane: Lane) -> None:
            await drawing.draw("sample", {**DATA, "subtitle": words}, [], lane)
            done.append(words)

        rounds = [draw(f"round {number}", Lane.REMINDER) for number in range(3)]
        await asyncio.gather(*rounds, draw("reply", Lane.REPLY))
        assert done == ["round 0", "reply", "round 1", "round 2"]

    _with_studio(deed)


def test_what_cannot_be_drawn_is_said_once_and_not_tried_again_at_once() -> None:
    async def deed(drawing: DrawingProcess) -> None:
        with capture_logs() as logs:
            for _ in range(3):
                with pytest.raises(NotDrawn):
                    await drawing.draw("sample", {"rows": []}, [])
        assert [line["error"] for line in logs] == ["KeyError: 'title'"]
        pid = _pid(drawing)
        assert await drawing.draw("sample", DATA, [])
        assert _pid(drawing) == pid

    _with_studio(deed)


def test_a_process_that_is_killed_in_the_middle_is_replaced() -> None:
    async def deed(drawing: DrawingProcess) -> None:
        await drawing.draw("sample", DATA, [])
        first = _pid(drawing)
        os.kill(first, signal.SIGSTOP)
        asked = asyncio.create_task(drawing.draw("sample", {**DATA, "subtitle": "两次"}, []))
        await asyncio.sleep(0.1)
        assert not asked.done()
        os.kill(first, signal.SIGKILL)
        assert await asked
        assert _pid(drawing) != first

    _with_studio(deed)


def test_one_that_dies_each_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def dying() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", ""], stdin=-1, stdout=-1)

    async def deed(drawing: DrawingProcess) -> None:
        with pytest.raises(NotDrawn, match="ended"):
            await drawing.draw("sample", DATA, [b"x" * 200_000])

    monkeypatch.setattr(drawing, "_start", dying)
    _with_studio(deed)


def test_one_that_hangs_is_ended_and_the_next_goes_on() -> None:
    async def deed(drawing: DrawingProcess) -> None:
        await drawing.draw("sample", DATA, [])
        os.kill(_pid(drawing), signal.SIGSTOP)
        slow = drawing.draw("sample", {**DATA, "subtitle": "一"}, [])
        behind = drawing.draw("sample", {**DATA, "subtitle": "二"}, [])
        hung, drawn = await asyncio.gather(slow, behind, return_exceptions=True)
        assert isinstance(hung, NotDrawn)
        assert isinstance(drawn, bytes)

    _with_studio(deed, timeout_seconds=8)


def test_closing_does_not_wait_for_one_that_hangs() -> None:
    async def deed(drawing: DrawingProcess) -> None:
        await drawing.draw("sample", DATA, [])
        os.kill(_pid(drawing), signal.SIGSTOP)
        asked = [
            asyncio.create_task(drawing.draw("sample", {**DATA, "subtitle": str(number)}, [bytes(200_000)]))
            for number in range(3)
        ]
        await asyncio.sleep(0.1)
        await asyncio.wait_for(drawing.close(), 30)
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert all(isinstance(each, NotDrawn) for each in found)

    _with_studio(deed, timeout_seconds=100)


def test_it_leaves_when_there_is_nothing_to_draw() -> None:
    async def deed(drawing: DrawingProcess) -> None:
        await drawing.draw("sample", DATA, [])
        pid = _pid(drawing)
        while drawing.pid or psutil.pid_exists(pid):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        assert await drawing.draw("sample", {**DATA, "subtitle": "又一张"}, [])

    _with_studio(deed, idle_seconds=0.1)


def test_it_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDDUTY_TELEGRAM__TOKEN", "1000001:" + "t" * 35)

    async def deed(drawing: DrawingProcess) -> None:
        await drawing.draw("sample", DATA, [])
        assert not [name for name in psutil.Process(_pid(drawing)).environ() if name.startswith("GRIDDUTY_")]

    _with_studio(deed)


def test_its_memory_does_not_grow() -> None:
    photo = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(photo, "JPEG")

    async def deed(drawing: DrawingProcess) -> None:
        async def draw(numbers: range) -> int:
            for number in numbers:
                await drawing.draw("sample", {**DATA, "subtitle": f"第 {number} 张"}, [photo.getvalue()])
            return int(psutil.Process(_pid(drawing)).memory_info().rss)

        before = await draw(range(40))
        # One picture is 4 MB before it is packed: a leak would be hundreds.
        assert await draw(range(40, 120)) < before + 30_000_000

    _with_studio(deed)


# Draws, tells the number of its drawing process, and waits.
_PARENT = """
import asyncio
from bot.deliver.drawing import DrawingProcess
from bot.settings.core import DrawingSettings

async def main():
    drawing = DrawingProcess(DrawingSettings())
    await drawing.draw("sample", {"title": "x"}, [])
    print(drawing.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def test_it_leaves_with_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
