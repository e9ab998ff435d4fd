"""Draws pictures in a process of their own: drawing is slow, holds the interpreter and may crash.

The process starts when something is to be drawn, stays warm while there is work and leaves when there is
none. The same picture is drawn once, however many ask for it.
"""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heappop, heappush
from pathlib import Path

import orjson

from bot.base.errors import GridDutyError
from bot.base.facts import Facts
from bot.base.logs import log, scrub
from bot.outbox.notices import Lane
from bot.settings import PREFIX
from bot.settings.core import DrawingSettings

# Bytes of pictures kept for those who ask for the same ones.
KEPT_BYTES = 16 * 1024 * 1024
END_SECONDS = 2.0
# So long, what could not be drawn is not tried again: many may wait for the same picture.
GIVEN_UP_SECONDS = 60.0
_ROOT = Path(__file__).parents[2]


class NotDrawn(GridDutyError):
    """The picture could not be drawn; why stands in the log."""


@dataclass(slots=True)
class _Turns:
    """One at a time; who is more urgent (a lower number) goes first."""

    taken: bool = False
    _waiting: list[tuple[int, int, asyncio.Future[None]]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @asynccontextmanager
    async def turn(self, urgency: int) -> AsyncIterator[None]:
        """Held while it is one's turn."""
        if self.taken:
            mine = asyncio.get_running_loop().create_future()
            heappush(self._waiting, (urgency, next(self._numbers), mine))
            await mine
        self.taken = True
        try:
            yield
        finally:
            if self._waiting:
                heappop(self._waiting)[2].set_result(None)
            else:
                self.taken = False


@dataclass(slots=True)
class DrawingProcess:
    """Draws, one picture at a time."""

    settings: DrawingSettings
    # How many pictures were really drawn.
    drawn: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _turns: _Turns = field(default_factory=_Turns)
    _asked: dict[str, asyncio.Task[bytes]] = field(default_factory=dict)
    _kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _given_up: dict[str, float] = field(default_factory=dict)
    _leaving: asyncio.TimerHandle | None = None
    _closed: bool = False

    async def draw(self, name: str, data: Facts, photos: list[bytes], lane: int = Lane.REPLY) -> bytes:
        """The picture, as PNG or JPEG; those of a lower lane are drawn first. Raises NotDrawn."""
        key = _key(name, data, photos)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if self._given_up.get(key, 0) > time.monotonic():
            raise NotDrawn("it was tried a moment ago")
        if key not in self._asked:
            self._asked[key] = asyncio.create_task(self._draw(key, lane, name, data, photos))
        # Who stops waiting does not stop it for the others.
        return await asyncio.shield(self._asked[key])

    async def close(self) -> None:
        """End the process, at once."""
        self._closed = True
        self._stay()
        process, self._process = self._process, None
        if process:
            if self._turns.taken:
                process.kill()
            await asyncio.to_thread(_end, process)
        await asyncio.gather(*self._asked.values(), return_exceptions=True)

    @property
    def pid(self) -> int | None:
        """The number of the drawing process; None where there is none."""
        return self._process.pid if self._process else None

    async def _draw(self, key: str, lane: int, name: str, data: Facts, photos: list[bytes]) -> bytes:
        try:
            async with self._turns.turn(lane):
                self._stay()
                picture = await self._drawn(name, data, photos)
                loop = asyncio.get_running_loop()
                self._leaving = loop.call_later(self.settings.idle_seconds, self._leave)
        except NotDrawn as error:
            if not self._closed:
                log("drawing").error("not drawn", drawing=name, error=scrub(str(error)))
                self._give_up(key)
            raise
        finally:
            del self._asked[key]
        self.drawn += 1
        self._keep(key, picture)
        return picture

    async def _drawn(self, name: str, data: Facts, photos: list[bytes]) -> bytes:
        """Have it drawn. A process that is gone is replaced once; one that hangs is ended."""
        asked = {"name": name, "data": data, "photos": [len(photo) for photo in photos]}
        seconds = self.settings.timeout_seconds
        head = orjson.dumps(asked | {"seconds": seconds})
        request = b"".join((head, b"\n", *photos))
        for last in (False, True):
            if self._closed:
                raise NotDrawn("nothing is drawn any more")
            process = self._process = self._process or _start()
            reading = asyncio.create_task(asyncio.to_thread(_exchange, process, request))
            try:
                error, picture = await asyncio.wait_for(asyncio.shield(reading), seconds)
            except TimeoutError:
                await self._replace(process, reading)
                raise NotDrawn(f"took longer than {seconds:g} s") from None
            except OSError as gone:
                await self._replace(process, reading)
                if last:
                    raise NotDrawn(f"the drawing process ended: {gone}") from None
                continue
            if error:
                raise NotDrawn(error)
            return picture
        raise AssertionError("one of the two tries returns or raises")

    async def _replace(self, process: subprocess.Popen[bytes], reading: "asyncio.Task[object]") -> None:
        self._process = None
        process.kill()
        await asyncio.to_thread(_end, process)
        await asyncio.gather(reading, return_exceptions=True)

    def _keep(self, key: str, picture: bytes) -> None:
        self._kept[key] = picture
        while sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)

    def _give_up(self, key: str) -> None:
        now = time.monotonic()
        self._given_up = {k: until for k, until in self._given_up.items() if until > now}
        self._given_up[key] = now + GIVEN_UP_SECONDS

    def _stay(self) -> None:
        if self._leaving:
            self._leaving.cancel()
            self._leaving = None

    def _leave(self) -> None:
        process, self._process = self._process, None
        if process:
            asyncio.get_running_loop().run_in_executor(None, _end, process)


def _start() -> subprocess.Popen[bytes]:
    # It needs no token and no password, so it gets none.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.Popen(
        [sys.executable, "-m", "bot.charts"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT, env=environment,
    )  # fmt: skip


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> tuple[str, bytes]:
    """The error and the picture. Raises OSError where the process is gone."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(request)
    process.stdin.flush()
    head = process.stdout.readline()
    if not head:
        raise BrokenPipeError("no answer")
    told = json.loads(head)
    picture = process.stdout.read(told["size"])
    if len(picture) < told["size"]:
        raise BrokenPipeError("half an answer")
    return told["error"], picture


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the process leave, and see that it does."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.close()
    except OSError:
        log("drawing").debug("the process was gone already")
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


def _key(name: str, data: Facts, photos: list[bytes]) -> str:
    told = orjson.dumps([name, data], option=orjson.OPT_SORT_KEYS)
    mark = blake2b(told, digest_size=16)
    for photo in photos:
        mark.update(blake2b(photo, digest_size=16).digest())
    return mark.hexdigest()
