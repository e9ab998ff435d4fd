"""Sends what the outbox holds until Telegram has taken it.

Each cycle is one short transaction: it writes down what became of the last sends and claims the
next ones, marked `sending` before they go. One message is in flight for a chat.
"""

import asyncio
import sys
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

import orjson
from sqlalchemy.exc import DBAPIError

from bot import access, calls, claims, settling
from bot.calls import Call
from bot.claims import Piece
from bot.clock import Clock
from bot.database import Database, is_trouble
from bot.errors import DatabaseBusy
from bot.i18n import translator
from bot.logs import log, scrub
from bot.menus import commands_for
from bot.nods import Nods
from bot.notices import Facts, Lane
from bot.pace import Pace
from bot.parts import either, pause
from bot.request import Api, Declined
from bot.services.loading import LOADS
from bot.settings import Settings
from bot.settling import Result
from bot.verdict import Verdict, verdict_of
from bot.views import Message, Reader, render
from models import OutboxState, OutboxVerb

WORKS_SECONDS = 60.0
STOPPED_SECONDS = 5.0
# Of a call: where it goes, not what it shows.
_WHERE = ("chat_id", "message_id", "reply_parameters")


@dataclass(slots=True)
class Deliver:
    """The part that sends."""

    db: Database
    api: Api
    settings: Settings
    clock: Clock
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _pace: Pace = field(init=False)
    _nods: Nods = field(init=False)
    _in_flight: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _results: list[Result] = field(default_factory=list)
    _looked_at: float = 0.0
    _behind: bool = False
    # Whether the last cycle looked for more than calls for help.
    _claimed: bool = False
    _closed_until: float = 0.0
    # When Telegram last took something.
    _sent_at: float = 0.0
    # Chats whose replies did not go together.
    _apart: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._pace = Pace(self.settings.delivery.rate)
        self._nods = Nods(self.api, self.settings.bot_id, self.clock)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until stopped; what is in flight is finished and written down."""
        recovered = False
        while not stop.is_set():
            self.wake.clear()
            try:
                if not recovered:
                    await self._recover()
                    recovered = True
                started = await self._cycle()
            except (DatabaseBusy, DBAPIError) as error:
                log("deliver").error("database", error=scrub(str(error)))
                await pause(stop, 0.5)
                continue
            if not started:
                await either(self.wake, stop, self._nap())
        await asyncio.gather(*self._in_flight.values())
        await self._cycle(claiming=False)
        await self._nods.finish()

    async def _recover(self) -> None:
        async with self.db.write() as session:
            claims.recover(session, self.settings.bot_id)

    def _nap(self) -> float:
        now = self.clock.monotonic()
        wait = self._pace.wait(now)
        if 0 < wait < 1:
            return wait
        if not self._claimed and self._room(now):
            # There was no room a moment ago: nobody has looked whether something waits.
            return 0.0
        return 0.25 if self._pace.closed_chats(now) else 1.0

    async def _cycle(self, claiming: bool = True) -> int:
        """One transaction: settle, claim. Returns how many sends it started."""
        now = self.clock.monotonic()
        room = self._room(now) if claiming else 0
        self._claimed = room > 0 and self._pace.room(now, 1) > 0
        if not room and not self._results:
            return 0
        results, self._results = self._results, []
        try:
            async with self.db.write() as session:
                settling.settle(session, results, self.clock.now(), self.settings.bot_id)
                self._look_around(session, now)
                pieces = self._claim(session, now, room) if room else []
        except BaseException:
            self._results = results + self._results
            raise
        for piece in pieces:
            self._start(piece, now)
        self._nods.go()
        return len(pieces)

    def _room(self, now: float) -> int:
        free = self.settings.delivery.in_flight - len(self._in_flight)
        if now < self._closed_until or free <= 0:
            return 0
        return self._pace.room(now, free) or int(self._pace.sos_room(now))

    def _claim(self, session: Any, now: float, room: int) -> list[Piece]:
        busy = [*self._in_flight, *self._pace.closed_chats(now)]
        apart = self._apart if self._behind else None
        bot, moment = self.settings.bot_id, self.clock.now()
        return claims.claim(session, bot, moment, self._lanes(now), busy, room, apart)

    def _lanes(self, now: float) -> list[int]:
        """What may go now: all; only calls for help on their own token; no reminders while replies wait."""
        if not self._pace.room(now, 1):
            return [Lane.SOS]
        if self._pace.is_paused(now):
            return [Lane.SOS, Lane.REPLY]
        if self._behind:
            return [Lane.SOS, Lane.REPLY, Lane.URGENT]
        return list(Lane)

    def _look_around(self, session: Any, now: float) -> None:
        """Once a second: release what waited, and see whether replies are late."""
        if now - self._looked_at < 1:
            return
        self._looked_at = now
        moment = self.clock.now()
        claims.release_held(session, self.settings.bot_id, moment)
        claims.drop_late(session, self.settings.bot_id, moment)
        resting = self._pace.closed_chats(now)
        self._behind = claims.replies_behind(session, self.settings.bot_id, moment, resting)
        if self._behind:
            self._nods.look(session)
        else:
            self._apart.clear()

    def _start(self, piece: Piece, now: float) -> None:
        self._pace.spend(piece.chat_id, piece.lane, now)
        self._in_flight[piece.chat_id] = asyncio.create_task(self._send(piece))

    async def _send(self, piece: Piece) -> None:
        """Send one piece; whatever happens, its result is kept for the next cycle."""
        group = [piece, *piece.more]
        try:
            results = await self._deliver(group)
        except Exception as error:
            results = [self._not_made(piece, error)]
        if len(group) > 1 and any(r.state is OutboxState.FAILED and not r.reach for r in results):
            # One of them is bad: let each go for itself.
            self._apart.add(piece.chat_id)
            results = [Result(each, OutboxState.PENDING) for each in group]
        self._results += results
        del self._in_flight[piece.chat_id]
        self.wake.set()

    def _not_made(self, piece: Piece, error: Exception) -> Result:
        if is_trouble(error):
            log("deliver").error("database", error=scrub(str(error)))
            self._pace.rest(piece.chat_id, 1.0, self.clock.monotonic())
            return Result(piece, OutboxState.PENDING, message_id=piece.message_id)
        log("deliver").error("could not make a message", kind=piece.kind, exc_info=error)
        return Result(piece, OutboxState.FAILED, scrub(repr(error)), piece.message_id, tried=True)

    async def _deliver(self, group: list[Piece]) -> list[Result]:
        """Send pieces of one chat, several in one message as far as they fit."""
        found = [(piece, self._loaded(piece)) for piece in group]
        results = [
            Result(piece, OutboxState.DROPPED, message_id=piece.message_id)
            for piece, facts in found
            if facts is None
        ]
        known = [(piece, facts) for piece, facts in found if facts is not None]
        if not known:
            return results
        piece, facts = known[0]
        call = self._call(piece, facts)
        count = 1
        if len(known) > 1:
            messages = [self._message(each, its) for each, its in known]
            count = calls.fitting(messages)
            call = calls.send(piece.chat_id, calls.merged(messages[:count]))
        mark = _mark_of(call)
        if piece.wanted and piece.message_id and mark == piece.content_hash:
            return [*results, Result(piece, OutboxState.SENT, message_id=piece.message_id)]
        result = await self._try(piece, call, facts, mark)
        results += [replace(result, piece=each) for each, _ in known[:count]]
        return results + [Result(each, OutboxState.PENDING) for each, _ in known[count:]]

    async def _try(self, piece: Piece, call: Call, facts: Facts, mark: str) -> Result:
        try:
            answer = await self.api.call(call.method, **call.values)
        except Exception as error:
            verdict = verdict_of(error, piece.kind, piece.attempts, self._most())
            if verdict.plain and "parse_mode" in call.values:
                log("deliver").error("a text does not parse", kind=piece.kind, error=scrub(str(error)))
                return await self._try(piece, calls.as_plain(call), facts, mark)
            if verdict.anew and piece.message_id:
                piece.message_id = None
                return await self._try(piece, self._call(piece, facts), facts, mark)
            self._heed(piece, verdict, error)
            shown = mark if verdict.state is OutboxState.SENT else None
            return Result(
                piece, verdict.state, scrub(str(error)), piece.message_id, shown, verdict.reach,
                verdict.migrate_to, verdict.tried,
            )  # fmt: skip
        self._sent_at = self.clock.monotonic()
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        return Result(piece, OutboxState.SENT, None, message_id or piece.message_id, mark, tried=True)

    def _most(self) -> int:
        """After how many tries a message is given up: never while Telegram takes nothing at all."""
        works = self.clock.monotonic() - self._sent_at < WORKS_SECONDS
        return self.settings.delivery.attempts if works else sys.maxsize

    def _heed(self, piece: Piece, verdict: Verdict, error: Exception) -> None:
        now = self.clock.monotonic()
        if verdict.limited:
            self._pace.pause(piece.chat_id, verdict.pause, now)
        elif verdict.pause:
            self._pace.rest(piece.chat_id, verdict.pause, now)
        if verdict.stop:
            self._closed_until = now + STOPPED_SECONDS
            level = "error" if isinstance(error, Declined) else "warning"
            getattr(log("deliver"), level)("Telegram cannot be used", error=scrub(str(error)))

    def _loaded(self, piece: Piece) -> Facts | None:
        """The facts as they are now, as the reader may see them; None where it is no longer needed."""
        load = LOADS.get(piece.kind)
        if load is None:
            return piece.facts
        with self.db.read() as session:
            actors = access.actors_of(session, self.settings.bot_id, [piece.chat_id])
            reader = actors.get(piece.chat_id)
            return load(session, reader, piece.facts) if reader else None

    def _call(self, piece: Piece, facts: Facts) -> Call:
        if piece.verb == OutboxVerb.COMMANDS:
            return commands_for(piece.chat_id, piece.facts["roles"], translator(piece.locale))
        if piece.verb == OutboxVerb.LEAVE:
            return Call("leaveChat", {"chat_id": piece.chat_id})
        message = self._message(piece, facts)
        if piece.message_id:
            return calls.edit(piece.chat_id, piece.message_id, message)
        return calls.send(piece.chat_id, message, piece.reply_to)

    def _message(self, piece: Piece, facts: Facts) -> Message:
        reader = Reader(
            translator(piece.locale),
            self.settings.work.zone,
            self.clock.now(),
            self.settings.privacy.coordinates_in_chat,
        )
        return render(piece.kind, facts, reader)


def _mark_of(call: Call) -> str:
    """What a message shows, the same whether it is sent or edited."""
    shown = {name: value for name, value in call.values.items() if name not in _WHERE}
    return blake2b(orjson.dumps(shown), digest_size=16).hexdigest()
