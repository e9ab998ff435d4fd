"""Makes of what is to be sent the calls to Telegram, and tells what became of them."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from bot import access
from bot.base import lengths
from bot.base.clock import Clock
from bot.base.facts import Facts
from bot.base.i18n import translator
from bot.base.lengths import CAPTION_LIMIT, TEXT_LIMIT
from bot.base.logs import log, scrub
from bot.deliver import calls
from bot.deliver.attachments import Attachments, key_of
from bot.deliver.calls import Attached, Call, commands_for
from bot.deliver.claiming import Piece
from bot.deliver.send_errors import Verdict, verdict_of
from bot.deliver.settling import Result
from bot.features.registry.loading import LOADS
from bot.settings import Settings
from bot.storage.database import Database
from bot.telegram_api import Api, Declined, NotSent, Unsure
from bot.views.base import Message, Reader, render
from models import OutboxState, OutboxVerb

WORKS_SECONDS = 60.0
# So often a message follows a group to a new number.
MOST_MOVES = 5
# What may come of a call. Anything else is a fault of ours: whoever asked for the sending sets it aside.
_OF_TELEGRAM = (NotSent, Unsure, Declined)


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A piece on its way: what it says, what goes along, and what was tried already."""

    piece: Piece
    message: Message
    attached: Attached | None = None
    plain: bool = False
    # A message that this one takes the place of, because it could not be edited into it.
    gone: int = 0


@dataclass(slots=True)
class Posting:
    """Sends pieces. `heed` is told of every refusal."""

    db: Database
    api: Api
    settings: Settings
    clock: Clock
    attachments: Attachments
    heed: Callable[[Piece, Verdict, Exception], None]
    wake: asyncio.Event
    # Chats whose message waits for its picture: it takes up none of the places for sends.
    waiting: set[int] = field(default_factory=set)
    # When Telegram last took something.
    _sent_at: float = 0.0

    async def post(self, group: list[Piece]) -> list[Result]:
        """Send pieces of one chat, several in one message as far as they fit."""
        found = [(piece, self._loaded(piece)) for piece in group]
        results = [await self._needless(piece) for piece, facts in found if facts is None]
        known = [(piece, facts) for piece, facts in found if facts is not None]
        if not known:
            return results
        piece = known[0][0]
        if piece.verb != OutboxVerb.SEND:
            return [*results, await self._bid(piece)]
        messages = [self._message(each, facts) for each, facts in known]
        count = calls.fitting(messages)
        message = calls.merged(messages[:count]) if count > 1 else messages[0]
        result = await self._said(piece, message)
        results += [replace(result, piece=each) for each, _ in known[:count]]
        return results + [Result(each, OutboxState.PENDING) for each, _ in known[count:]]

    async def _needless(self, piece: Piece) -> Result:
        """What the reader need not, or may not, see any more is not sent; what stands in the chat already
        loses its keys, which would be refused."""
        if piece.wanted and piece.message_id:
            return await self._said(piece, Message(""))
        return Result(piece, OutboxState.DROPPED, message_id=piece.message_id)

    async def _bid(self, piece: Piece) -> Result:
        """What is no message: the menu of commands, leaving a group."""
        match piece.verb:
            case OutboxVerb.COMMANDS:
                call = commands_for(piece.chat_id, piece.facts["roles"], translator(piece.locale))
            case OutboxVerb.LEAVE:
                call = Call("leaveChat", {"chat_id": piece.chat_id})
            case _:
                raise ValueError(f"no such verb: {piece.verb!r}")
        try:
            await self._made(call)
        except _OF_TELEGRAM as error:
            return self._refused(piece, self._verdict(piece, error), error)
        return Result(piece, OutboxState.SENT, None, piece.message_id, tried=True)

    async def _said(self, piece: Piece, message: Message) -> Result:
        """Send a message, with what goes along with it."""
        key = key_of(message)
        expected = calls.mark(message, Attached(key, "photo") if key else None)
        if piece.wanted and piece.message_id and expected == piece.content_hash:
            return Result(piece, OutboxState.SENT, message_id=piece.message_id)
        if not key:
            return await self._send(_Parcel(piece, message))
        with self._aside(piece.chat_id):
            async with self.attachments.turn(key):
                try:
                    attached = await self.attachments.find(message, piece.lane)
                    self.waiting.discard(piece.chat_id)
                    return await self._send(_spoken(_Parcel(piece, message, attached)))
                except NotSent as error:
                    return self._refused(piece, self._verdict(piece, error), error)

    @contextmanager
    def _aside(self, chat: int) -> Iterator[None]:
        """Make room for others until the message can go."""
        self.waiting.add(chat)
        self.wake.set()
        try:
            yield
        finally:
            self.waiting.discard(chat)

    async def _send(self, parcel: _Parcel) -> Result:
        """Send or edit; what Telegram refuses is tried otherwise, as long as there is another way."""
        piece, message, attached = parcel.piece, parcel.message, parcel.attached
        if lengths.length(message.text) > (CAPTION_LIMIT if attached or message.voice else TEXT_LIMIT):
            return await self._apart(parcel)
        mark = calls.mark(message, attached)
        parcel = _replacing(parcel, mark)
        try:
            answer = await self._made(self._call(parcel))
        except _OF_TELEGRAM as error:
            verdict = self._verdict(piece, error)
            other = await self._otherwise(parcel, verdict, error)
            return await self._send(other) if other else self._refused(piece, verdict, error, mark)
        if parcel.gone:
            await self._remove(piece.chat_id, parcel.gone)
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        learnt = self.attachments.learn(attached, answer)
        return Result(
            piece, OutboxState.SENT, None, message_id or piece.message_id, mark, tried=True, learnt=learnt
        )

    async def _apart(self, parcel: _Parcel) -> Result:
        """More words than fit: first a picture or a voice note, then the words in parts, the last with the
        buttons. A living message is one message: it keeps the beginning of its words, and no picture."""
        message = parcel.message
        if parcel.piece.wanted:
            log("deliver").error("too many words for a message", kind=parcel.piece.kind)
            most = CAPTION_LIMIT if message.voice else TEXT_LIMIT
            words = replace(message, text=lengths.fit(message.text, most))
            return await self._send(replace(parcel, message=words, attached=None))
        first = None
        if parcel.attached or message.voice:
            first = await self._send(replace(parcel, message=Message("", voice=message.voice)))
            if first.state is not OutboxState.SENT:
                return first
        *before, last = lengths.split(message.text, TEXT_LIMIT)
        for text in before:
            told = await self._send(replace(parcel, message=Message(text), attached=None))
            if told.state is not OutboxState.SENT:
                return told
        rest = replace(message, text=last, voice="", picture=None, photo=None, file=None)
        told = await self._send(replace(parcel, message=rest, attached=None))
        return replace(told, learnt=first.learnt) if first else told

    async def _otherwise(self, parcel: _Parcel, verdict: Verdict, error: Exception) -> _Parcel | None:
        """Another way to say it; None where there is none."""
        piece = parcel.piece
        if verdict.plain and not parcel.plain:
            log("deliver").error("a text does not parse", kind=piece.kind, error=scrub(str(error)))
            return replace(parcel, plain=True)
        if verdict.no_topic and piece.thread_id:
            piece.lost_thread, piece.thread_id = piece.thread_id, None
            return parcel
        if verdict.anew and not parcel.message.text and not parcel.attached:
            # Only its buttons were to go, and they are gone with it.
            return None
        if verdict.anew and piece.message_id:
            gone = piece.message_id if verdict.replace else 0
            piece.message_id = None
            return replace(parcel, gone=gone)
        if verdict.unfit and parcel.attached:
            attached = await self.attachments.instead(parcel.message, parcel.attached)
            return _spoken(replace(parcel, attached=attached))
        return None

    def _call(self, parcel: _Parcel) -> Call:
        piece = parcel.piece
        if piece.message_id:
            call = calls.edit(piece.chat_id, piece.message_id, parcel.message, parcel.attached)
        else:
            call = calls.send(piece.chat_id, parcel.message, piece.reply_to, parcel.attached, piece.thread_id)
        return calls.as_plain(call) if parcel.plain else call

    async def _made(self, call: Call) -> Any:
        if call.files:
            answer = await self.api.upload(call.method, call.values, call.files)
        else:
            answer = await self.api.call(call.method, **call.values)
        self._sent_at = self.clock.monotonic()
        return answer

    async def _remove(self, chat: int, message_id: int) -> None:
        """Take away a message that another has replaced; where it is too old for that, its buttons."""
        where = {"chat_id": chat, "message_id": message_id}
        for method in ("deleteMessage", "editMessageReplyMarkup"):
            try:
                await self.api.call(method, **where)
                return
            except Exception as error:
                if not isinstance(error, Declined):
                    log("deliver").warning("an old message stays", error=scrub(str(error)))
                    return

    def _verdict(self, piece: Piece, error: Exception) -> Verdict:
        return verdict_of(error, piece.kind, piece.attempts, self._most())

    def _refused(self, piece: Piece, verdict: Verdict, error: Exception, mark: str | None = None) -> Result:
        self.heed(piece, verdict, error)
        shown = mark if verdict.state is OutboxState.SENT else None
        state, grown = verdict.state, verdict.migrate_to
        if grown and (piece.chat_id > 0 or grown == piece.chat_id or piece.attempts >= MOST_MOVES):
            # A person does not become a group, nor a group itself.
            state, grown = OutboxState.FAILED, None
        return Result(
            piece, state, scrub(str(error)), piece.message_id, shown, verdict.reach, grown,
            verdict.tried or grown is not None,
        )  # fmt: skip

    def _most(self) -> int:
        """After how many tries a message is given up: never while Telegram takes nothing at all."""
        works = self.clock.monotonic() - self._sent_at < WORKS_SECONDS
        return self.settings.delivery.attempts if works else sys.maxsize

    def _loaded(self, piece: Piece) -> Facts | None:
        """The facts as they are now, as the reader may see them; None where it is no longer needed."""
        load = LOADS.get(piece.kind)
        if load is None:
            return piece.facts
        with self.db.read() as session:
            actors = access.actors_of(session, self.settings.bot_id, [piece.chat_id])
            reader = actors.get(piece.chat_id)
            return load(session, reader, piece.facts) if reader else None

    def _message(self, piece: Piece, facts: Facts) -> Message:
        reader = Reader(
            translator(piece.locale),
            self.settings.work.zone,
            self.clock.now(),
            self.settings.privacy.coordinates_in_chat,
        )
        return render(piece.kind, facts, reader)


def _spoken(parcel: _Parcel) -> _Parcel:
    """With words of its own where neither words nor a picture would be left."""
    if parcel.attached or parcel.message.text:
        return parcel
    words = translator(parcel.piece.locale)("picture-missing")
    return replace(parcel, message=replace(parcel.message, text=words))


def _replacing(parcel: _Parcel, mark: str) -> _Parcel:
    """A new message where the one shown cannot be edited into this one: a text can become anything but a
    voice note, and nothing else changes its shape."""
    piece = parcel.piece
    shown, _, _ = (piece.content_hash or "").partition(":")
    wanted, _, _ = mark.partition(":")
    if not piece.message_id or shown not in ("text", "media", "voice"):
        return parcel
    if not parcel.message.text and not parcel.attached:
        # Only its buttons go.
        return parcel
    if shown == wanted or (shown, wanted) == ("text", "media"):
        return parcel
    gone, piece.message_id = piece.message_id, None
    return replace(parcel, gone=gone)
