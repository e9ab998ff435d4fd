"""Handles what the inbox holds: a batch in one transaction, each update in a savepoint of its own.

An update that failed is undone alone; if the batch itself fails, it is replayed one update per transaction.
"""

import asyncio
import time
import traceback
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlmodel import Session
from telegram import Update

from bot import access
from bot.access import SYSTEM, Actor, Work
from bot.base.clock import Clock
from bot.base.errors import DatabaseBusy, GridDutyError, LeadershipLost, Refused
from bot.base.i18n import locale_of
from bot.base.logs import log, scrub
from bot.base.payload import (
    chat_id_of,
    is_private,
    is_too_long,
    pressed_of,
    query_id_of,
    sender_of,
    taken_at,
    thread_of,
    unpack,
)
from bot.base.waiting import either
from bot.features.duty import known_duty
from bot.features.duty import repository as duty_repository
from bot.features.patrols import repository as patrol_repository
from bot.features.people import accounts
from bot.features.safety import unplaced
from bot.forms import drafts as form_drafts
from bot.forms.drafts import Draft
from bot.outbox import alarms, oneshot, outbox
from bot.outbox.notices import Notice
from bot.outbox.outbox import Recipient
from bot.process.context import App, UpdateTurn, turn_now
from bot.receive import inbox
from bot.receive.inbox import UpdateOutcome
from bot.settings import Settings
from bot.storage import clock_check, values
from bot.storage.database import Database, is_trouble, savepoint
from bot.telegram_api import Api
from bot.views.notices import Failed, Refusal
from bot.words import said
from models import InboxState, Reach

BATCH = 64
# Of computing, without what is read ahead: each batch has its price, and where others crowd the machine a
# clock on the wall would make batches small and dear.
BATCH_SECONDS = 0.03
# A batch may be larger than the last one by this much.
FURTHER = 8
TRIES = 2
# A row that was in the batch when the process died this often is kept as failed.
DEATHS = 3
TOAST_SECONDS = 10
# Telegram keeps updates for a day, and no clock is wrong by one.
LONGEST_KEPT, CLOCKS_APART = timedelta(days=2), timedelta(days=1)


@dataclass(slots=True)
class Process:
    """The part that handles updates."""

    db: Database
    app: App
    api: Api
    settings: Settings
    clock: Clock
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    # Set whenever a batch is committed: there may be something to send.
    committed: asyncio.Event = field(default_factory=asyncio.Event)
    _singly: int = 0
    # The row whose present attempt is on disk already.
    _counted: int = 0
    _fitting: int = BATCH
    _toasts: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self, stop: asyncio.Event) -> None:
        """Handle updates until stopped; what is being handled is finished."""
        await self._after_start()
        while not stop.is_set():
            self.wake.clear()
            if not await self._step():
                await either(self.wake, stop, seconds=1)
        async with self.db.write() as session:
            values.put(session, "process_stopped", "clean")
        await asyncio.gather(*self._toasts)

    async def _after_start(self) -> None:
        """After an unclean stop the rows that may have caused it run singly."""
        async with self.db.write() as session:
            unclean = values.get(session, "process_stopped") == "no"
            values.put(session, "process_stopped", "no")
        self._singly = BATCH if unclean else 0

    async def _step(self) -> int:
        try:
            if self._singly:
                return await self._one_alone()
            return await self.batch(self._fitting)
        except DatabaseBusy:
            await asyncio.sleep(0.2)
            return 1
        except LeadershipLost:
            raise
        except Exception as error:
            log("process").error("batch failed, replaying singly", error=scrub(str(error)))
            self._singly = BATCH
            await self._set_aside(error)
            await asyncio.sleep(1 if is_trouble(error) else 0.2)
            return 1

    async def _set_aside(self, error: Exception) -> None:
        """There may be a row that cannot even be read."""
        if is_trouble(error):
            return
        try:
            async with self.db.write() as session:
                rows = inbox.set_aside_unreadable(session, self.settings.bot_id)
        except DBAPIError as further:
            log("process").error("database", error=scrub(str(further)))
            return
        for seq, why in rows.items():
            log("process").error("set aside", seq=seq, error=scrub(why))

    async def batch(self, most: int) -> int:
        """Handle up to `most` updates in one transaction; returns how many."""
        async with self.db.write() as session:
            rows = inbox.claim(session, self.settings.bot_id, most)
            outcomes = await self._handle(session, rows) if rows else []
        self._after_commit(outcomes)
        return len(outcomes)

    async def _one_alone(self) -> int:
        """One update; its attempt is on disk before it runs, in case it kills the process."""
        async with self.db.write() as session:
            row = next(iter(inbox.claim(session, self.settings.bot_id, 1)), None)
            # If this process has counted it before, it lives: then the database was in trouble.
            dead = row is not None and row.attempts >= DEATHS and row.seq != self._counted
            if row is not None and dead:
                words = f"the process died each of the {row.attempts} times this was handled"
                self._give_up(session, row, "process died", words)
            elif row is not None and row.seq != self._counted:
                inbox.count_attempt(session, row)
        if row is None:
            self._singly = 0
            return 0
        if not dead:
            self._counted = row.seq
            await self._batch_of(row)
        self._singly -= 1
        return 1

    async def _batch_of(self, row: Any) -> None:
        """This row as a batch. What it did may fail only in the end: then it is kept as failed."""
        try:
            await self.batch(1)
        except Exception as error:
            if not _is_own_fault(error):
                raise
            words = scrub("".join(traceback.format_exception(error)))[-8000:]
            log("process").error("update failed in its end", seq=row.seq, error=words)
            async with self.db.write() as session:
                self._give_up(session, row, type(error).__name__, words)

    def _give_up(self, session: Session, row: Any, kind: str, error: str) -> None:
        """It fails every time, and takes others with it: nobody looks into it again."""
        now = self.clock.now()
        inbox.settle(session, [UpdateOutcome(row, InboxState.FAILED, error, attempts=row.attempts)], now)
        actor = access.actors_of(session, self.settings.bot_id, [row.chat_id]).get(row.chat_id)
        if actor:
            key = f"reply:{actor.bot}:{row.update_id}:failed"
            notice, to = Failed(), outbox.recipient_of(actor)
            outbox.enqueue(Work(session, SYSTEM, now, self.settings), notice, to, key)
        alarms.tell_admins(Work(session, access.SYSTEM, now, self.settings), kind, row.seq)

    async def _handle(self, session: Session, rows: list[Any]) -> list[UpdateOutcome]:
        updates = [(row, _unpacked(row)) for row in rows]
        senders = {sender_of(data)[0] for _, data in updates if isinstance(data, dict)}
        actors = access.actors_of(session, self.settings.bot_id, sorted(senders))
        chats = sorted({row.chat_id for row in rows})
        drafts = form_drafts.drafts_of(session, self.settings.bot_id, chats, self.clock.now())
        known_duty.preload(session, actors.values(), self.clock.now(), self.settings.checkin)
        patrol_repository.preload(session, [actor.person_id for actor in actors.values()])
        duty_repository.preload(session, [actor.person_id for actor in actors.values()], self.clock.now())
        outcomes, started = [], time.thread_time()
        for row, data in updates:
            outcomes.append(await self._one(session, row, data, actors, drafts.get(row.chat_id)))
            if time.thread_time() - started > BATCH_SECONDS:
                break
        # As many as fit, so that little is read ahead in vain.
        self._fitting = min(BATCH, len(outcomes) + FURTHER)
        inbox.settle(session, outcomes, self.clock.now())
        return outcomes

    async def _one(
        self, session: Session, row: Any, data: Any, actors: dict[int, Actor], draft: Draft | None
    ) -> UpdateOutcome:
        """One update in its savepoint. A refusal is an answer; any other error is a bug."""
        turn = self._turn(session, row, data, actors)
        danger = unplaced.hear_danger(turn.actor, data, turn.at)
        if danger:
            self._answer(turn, danger, "danger")
        turn.draft = draft if draft and draft.person_id == turn.actor.person_id else None
        place = outbox.checkpoint(session)
        attempts = row.attempts + (row.seq != self._counted)
        outcome = UpdateOutcome(
            row, query_id=query_id_of(data), forget=_is_live_location(data), attempts=attempts
        )
        try:
            await self._run_handlers(turn, data, row.payload)
        except Refused as refusal:
            outbox.rollback_to(session, place)
            self._answer(turn, Refusal.of(refusal), "refused")
        except Exception as error:
            outbox.rollback_to(session, place)
            self._failed(turn, outcome, error)
        self._use_up(turn, outcome)
        outcome.toast = turn.toast
        return outcome

    def _use_up(self, turn: UpdateTurn, outcome: UpdateOutcome) -> None:
        """What can be pressed once loses its buttons, whatever came of it."""
        pressed = turn.pressed
        done = outcome.state is InboxState.DONE and not turn.turned and turn.actor.person_id
        if pressed and done and oneshot.is_once(pressed.data):
            to = outbox.recipient_of(turn.actor)
            outbox.use_up_keys(turn.session, to, pressed.message_id, turn.now)

    async def _run_handlers(self, turn: UpdateTurn, data: Any, payload: bytes) -> None:
        token = turn_now.set(turn)
        try:
            with savepoint(turn.session):
                if isinstance(data, Exception):
                    raise data
                if is_too_long(data, payload):
                    raise Refused("too-long")
                said.hear(turn.session, data, turn.at)
                if (
                    turn.actor.reach not in (Reach.OK, Reach.STOPPED)
                    and chat_id_of(data) == turn.actor.chat_id
                ):
                    # Whoever writes can be written to again.
                    accounts.set_reach(turn.session, turn.actor, Reach.OK)
                if not await self.app.take(Update.de_json(data, self.app.bot)):
                    raise RuntimeError("no handler took it")
        finally:
            turn_now.reset(token)

    def _turn(self, session: Session, row: Any, data: Any, actors: dict[int, Actor]) -> UpdateTurn:
        known = data if isinstance(data, dict) else {}
        user_id, language = sender_of(known)
        chat_id = chat_id_of(known)
        actor = actors.get(user_id) or access.stranger(
            self.settings.bot_id, user_id, user_id or max(0, chat_id), locale_of(language)
        )
        if "callback_query" in known or is_private(known):
            # Whoever presses a button in a group, where anybody reads, is answered in private.
            chat_id = actor.chat_id
        at = _counts_at(session, known, row.received_at)
        return UpdateTurn(
            session, actor, self.settings, row.update_id, chat_id, at, self.clock.now(),
            pressed=pressed_of(known), thread_id=thread_of(known),
        )  # fmt: skip

    def _failed(self, turn: UpdateTurn, outcome: UpdateOutcome, error: Exception) -> None:
        """Two tries; then kept as failed, the sender told politely, the admins once per kind."""
        if is_trouble(error):
            # A full disk, a lost server, a lock: not this update's fault.
            raise error
        row = outcome.row
        outcome.error = scrub("".join(traceback.format_exception(error)))[-8000:]
        log("process").error("handler failed", seq=row.seq, attempt=outcome.attempts, error=outcome.error)
        if outcome.attempts < TRIES:
            outcome.state = InboxState.PENDING
            self._counted = 0
            return
        outcome.state = InboxState.FAILED
        self._answer(turn, Failed(), "failed")
        alarms.tell_admins(
            Work(turn.session, access.SYSTEM, turn.now, self.settings), type(error).__name__, row.seq
        )

    def _answer(self, turn: UpdateTurn, notice: Notice, name: str) -> None:
        """Answer in private only: in a group nobody waits for it."""
        if turn.chat_id > 0 and turn.chat_id == turn.actor.chat_id:
            to = Recipient(turn.actor.bot, turn.chat_id, turn.actor.locale, turn.actor.person_id or None)
            key = f"reply:{turn.actor.bot}:{turn.update_id}:{name}"
            outbox.enqueue(Work(turn.session, SYSTEM, turn.now, self.settings), notice, to, key)

    def _after_commit(self, outcomes: list[UpdateOutcome]) -> None:
        if outcomes:
            self.committed.set()
        now = self.clock.now()
        for outcome in outcomes:
            if outcome.query_id and (now - outcome.row.received_at).total_seconds() < TOAST_SECONDS:
                task = asyncio.create_task(self._toast(outcome))
                self._toasts.add(task)
                task.add_done_callback(self._toasts.discard)

    async def _toast(self, outcome: UpdateOutcome) -> None:
        """Stop the button's spinner: once, best effort."""
        try:
            await self.api.call("answerCallbackQuery", 5, callback_query_id=outcome.query_id, **outcome.toast)
        except Exception as error:
            log("process").debug("toast not taken", error=scrub(str(error)))


def _is_own_fault(error: Exception) -> bool:
    """Whether an update failed by what it did, not by the state the database is in."""
    if isinstance(error, DBAPIError):
        return isinstance(error, (IntegrityError, DataError))
    return not isinstance(error, GridDutyError)


def _unpacked(row: Any) -> Any:
    """The update as Telegram sent it, or the error that reading it raised."""
    try:
        return unpack(row.payload)
    except Exception as error:
        return error


def _counts_at(session: Session, data: dict[str, Any], received_at: datetime) -> datetime:
    """When Telegram took it; when we did, where that cannot be and our own clock can."""
    at = taken_at(data)
    if not at or received_at - LONGEST_KEPT < at < received_at + CLOCKS_APART:
        return at or received_at
    return at if clock_check.is_wrong(session) else received_at


def _is_live_location(data: Any) -> bool:
    edited = data.get("edited_message") if isinstance(data, dict) else None
    return isinstance(edited, dict) and "location" in edited
