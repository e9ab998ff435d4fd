"""Takes updates from Telegram into the inbox: stored, and only then acknowledged.

It parses no more than where one update ends and which chat it belongs to. The polling offset is
that of the last stored batch, never the highest id: ids may restart.
"""

import asyncio
import hmac
import json
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

import uvicorn
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.access import SYSTEM, Work
from bot.base import answers as base_answers
from bot.base import logs
from bot.base.clock import Clock
from bot.base.errors import GridDutyError, LeadershipLost, OperatorError
from bot.base.logs import log, scrub
from bot.base.payload import chat_id_of, cut_update, read_update, taken_at, write_json
from bot.base.waiting import pause
from bot.outbox.troubles import Troubles
from bot.receive import outage, outage_notices
from bot.receive.connections import Guarded
from bot.settings import Settings
from bot.storage import clock_check, values
from bot.storage.database import Database, insert_new
from bot.telegram_api import Api, Declined, Odd
from models import InboxRow, InboxState

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
MOST = 100
LONGEST_WAIT, ODD_WAIT = 30.0, 4.0
# Before what it has told already is asked for once more.
AGAIN_SECONDS = 1.0
# Telegram counts updates with 31 bits.
FARTHEST = 1 << 31
WEBHOOK_PATH = "/telegram"
# So much of a body that is too large is looked at.
HEAD_BYTES = 16_384
# Telegram sends a body at once.
BODY_SECONDS = 10.0


def store(session: Session, bot: int, updates: Sequence[Any], clock: Clock) -> None:
    """Put updates into the inbox in the order they came; those already there are left out."""
    now = clock.now()
    rows = [
        {
            "bot": bot, "update_id": _id_of(update), "chat_id": chat_id_of(update), "received_at": now,
            "payload": _payload(update), "state": InboxState.PENDING, "attempts": 0,
        }
        for update in updates
    ]  # fmt: skip
    insert_new(session, InboxRow, rows)


def _id_of(update: Any) -> int:
    """Telegram's id of an update; something unreadable is kept under a number of its own, below zero."""
    found = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 1 << 62:
        return found
    return -1 - int.from_bytes(blake2b(_payload(update), digest_size=6).digest())


def _payload(update: Any) -> bytes:
    try:
        return write_json(update)
    except ValueError:
        return write_json({"unreadable": "nested too deeply"})


@dataclass(slots=True)
class Receive:
    """The part that takes updates in, by long polling or by webhook."""

    db: Database
    api: Api
    settings: Settings
    clock: Clock
    # Set whenever updates were stored.
    stored: asyncio.Event = field(default_factory=asyncio.Event)
    troubles: Troubles = field(default_factory=Troubles)
    _waiting: list[tuple[Any, asyncio.Future[None]]] = field(default_factory=list)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    # Whether there may be updates that were not taken in yet.
    _behind: bool = False
    # Whether the clock cannot be right; None: it was not compared yet.
    _is_wrong: bool | None = None
    _wrong_times: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Take updates in until stopped."""
        await self._fall_behind()
        if self.settings.telegram.webhook_url:
            await self._serve(stop)
        else:
            await self._poll(stop)

    async def _keep(self, updates: Sequence[Any]) -> None:
        async with self.db.write() as session:
            store(session, self.settings.bot_id, updates, self.clock)
        self.stored.set()

    async def _compare_clocks(self, updates: Sequence[Any], told_at: datetime | None = None) -> None:
        """Say it where the clock cannot be right, and when it is again; whatever it says, nothing waits."""
        now = self.clock.now()
        if told_at:
            apart = clock_check.by_answer(now, told_at)
        else:
            apart = clock_check.by_messages(
                now, [taken_at(each) for each in updates if isinstance(each, dict)]
            )
        self._wrong_times = self._wrong_times + 1 if apart else 0
        # Once: it may have been set while the answer was on its way.
        if self._wrong_times == 1 or self._is_wrong == bool(apart):
            return
        async with self.db.write() as session:
            changed = clock_check.note(session, apart)
        self._is_wrong = bool(apart)
        if apart:
            log("receive").error("clock", error=clock_check.words(apart))
            self.troubles.note("clock", clock_check.words(apart))
        elif changed:
            log("receive").info("the clock is right again")

    async def _fall_behind(self) -> None:
        """From now on there may be updates we know nothing of."""
        self._behind = True
        try:
            async with self.db.write() as session:
                outage.begin(session, self.clock.now())
        except LeadershipLost:
            raise
        except Exception as error:
            log("receive").error("outage not noted", error=scrub(repr(error)))

    async def _beside(self, deed: Coroutine[Any, Any, None]) -> None:
        """Do what is of use, but what nothing that was sent may wait for."""
        try:
            await deed
        except LeadershipLost:
            raise
        except Exception as error:
            log("receive").error("left out", exc_info=error)
            self.troubles.note("receive", type(error).__name__)

    async def _catch_up(self) -> None:
        """Telegram has nothing more for us; those in charge hear of it, if it took long."""
        self._behind = False
        async with self.db.write() as session:
            since, now = outage.behind_since(session), self.clock.now()
            if since is not None:
                outage.end(session)
                outage_notices.tell(Work(session, SYSTEM, now, self.settings), since)

    # Long polling

    async def _poll(self, stop: asyncio.Event) -> None:
        offset, failures, introduced = None, 0, False
        while not stop.is_set():
            try:
                if not introduced:
                    await self._introduce()
                    await self.api.call("deleteWebhook", drop_pending_updates=False)
                    introduced = True
                offset = await self._poll_once(offset, stop)
                failures = 0
            except LeadershipLost:
                raise
            except Exception as error:
                # Whatever it is: what Telegram holds for us is asked for again.
                failures += 1
                if not self._behind:
                    await self._fall_behind()
                await self._after_failure(error, failures, stop)

    async def _poll_once(self, offset: int | None, stop: asyncio.Event) -> int | None:
        """One getUpdates; returns the offset that acknowledges what is now stored."""
        # What waits there comes at once, and it is known when there is no more.
        wait = 0 if self._behind else self.settings.telegram.poll_seconds
        asked = {"timeout": wait, "limit": MOST, "allowed_updates": ALLOWED_UPDATES}
        asked |= {"offset": offset} if offset is not None else {}
        call = asyncio.ensure_future(self.api.updates(asked, wait + LONGEST_WAIT))
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait([call, stopped], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not call.done():
            # Nothing unstored is acknowledged by giving up this wait.
            call.cancel()
            return offset
        updates = call.result()
        if updates:
            await self._keep(updates)
        await self._beside(self._compare_clocks(updates, getattr(self.api, "told_at", None)))
        if self._behind and len(updates) < MOST:
            await self._beside(self._catch_up())
        if not updates:
            return offset
        further = _further(offset, updates)
        if further == offset:
            await pause(stop, AGAIN_SECONDS)
        return further

    async def _after_failure(self, error: Exception, failures: int, stop: asyncio.Event) -> None:
        # One that answers is there: it is asked again soon.
        longest = ODD_WAIT if isinstance(error, Odd | ValueError) else LONGEST_WAIT
        wait = min(2 ** min(failures, 6) / 2, longest)
        if isinstance(error, Declined):
            wait = max(wait, error.retry_after)
            if error.code in (401, 404):
                log("receive").error("Telegram refuses the token (telegram.token)", error=str(error))
                wait = LONGEST_WAIT
        told = str(error) if isinstance(error, GridDutyError | DBAPIError) else repr(error)
        log("receive").warning("could not receive", error=scrub(told), again_in=wait)
        await pause(stop, wait)

    async def _introduce(self) -> None:
        """Ask who the bot is, and keep the answer for a start without Telegram."""
        user = base_answers.bot_of(await self.api.call("getMe"))
        if user is None:
            raise base_answers.Odd("getMe")
        async with self.db.write() as session:
            values.put(session, "bot_user", json.dumps(user))
            values.put(session, "bot_username", user["username"])

    # Webhook

    def webhook(self) -> Starlette:
        """The application that Telegram posts updates to."""
        return Starlette(routes=[Route(WEBHOOK_PATH, self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        """One update: 200 only once it is stored."""
        secret = self.settings.telegram.webhook_secret.get_secret_value()
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            body = await asyncio.wait_for(
                _capped(request, self.settings.telegram.webhook_max_body), BODY_SECONDS
            )
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        if isinstance(body, bytes):
            update = read_update(body)
        elif (update := cut_update(*body)) is None:
            return Response(status_code=413)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, done))
        self._arrived.set()
        try:
            await done
        except Exception as error:
            log("receive").error("could not store an update", error=scrub(str(error)))
            return Response(status_code=503)
        return Response(status_code=200)

    async def _store_arriving(self) -> None:
        """Store what has come in meanwhile, together: one commit for many updates."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            taken, self._waiting = self._waiting, []
            failure: Exception | None = None
            try:
                updates = [update for update, _ in taken]
                await self._keep(updates)
                await self._beside(self._compare_clocks(updates))
            except Exception as error:
                # Whatever it is, those who wait are told, and what comes next is tried again.
                failure = error
            for _, done in taken:
                if not done.done():
                    done.set_exception(failure) if failure else done.set_result(None)

    async def _serve(self, stop: asyncio.Event) -> None:
        telegram = self.settings.telegram
        if not telegram.webhook_secret.get_secret_value():
            raise OperatorError("telegram.webhook_secret: needed where telegram.webhook_url is set")
        logs.hide(telegram.webhook_secret.get_secret_value())
        host, _, port = telegram.webhook_listen.rpartition(":")
        config = uvicorn.Config(
            self.webhook(), host=host, port=int(port), http=Guarded, ws="none", lifespan="off",
            log_config=None, access_log=False, timeout_graceful_shutdown=3,
        )  # fmt: skip
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        tasks = [asyncio.create_task(step) for step in (self._store_arriving(), self._announce(stop))]
        serving = asyncio.create_task(server._serve())
        await stop.wait()
        server.should_exit = True
        await serving
        for task in tasks:
            task.cancel()

    async def _announce(self, stop: asyncio.Event) -> None:
        """Tell Telegram where to post; again until it has taken it."""
        telegram, failures = self.settings.telegram, 0
        while not stop.is_set():
            try:
                await self._introduce()
                await self.api.call(
                    "setWebhook",
                    url=telegram.webhook_url.rstrip("/") + WEBHOOK_PATH,
                    secret_token=telegram.webhook_secret.get_secret_value(),
                    allowed_updates=ALLOWED_UPDATES,
                )
                await self._beside(self._catch_up())
                return
            except Exception as error:
                failures += 1
                await self._after_failure(error, failures, stop)


def _further(offset: int | None, updates: Sequence[Any]) -> int:
    """The offset that acknowledges these: the last of them, for ids may restart. Raises ValueError for none.

    An id that is nowhere near the others is none: acknowledging it would let go of all that are to come.
    """
    ids = [number for number in map(_id_of, updates) if number >= 0]
    known = offset if offset is not None else min(ids, default=0)
    near = [number for number in ids if abs(number - known) < FARTHEST]
    if not near:
        # They would come again at once, for ever.
        raise ValueError("updates without ids")
    return near[-1] + 1


async def _capped(request: Request, most: int) -> bytes | tuple[bytes, int]:
    """The body; of one larger than `most` bytes its beginning and its length: Telegram sends again and again
    what is refused, and nothing else meanwhile."""
    body, length = bytearray(), 0
    async for chunk in request.stream():
        length += len(chunk)
        body += chunk[: most - len(body)]
    return bytes(body) if length <= most else (bytes(body[:HEAD_BYTES]), length)
