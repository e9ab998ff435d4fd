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
from bot.base.facts import Struct
from bot.base.i18n import translator
from bot.base.lengths import CAPTION_LIMIT, TEXT_LIMIT
from bot.base.logs import log, scrub
from bot.deliver import calls
from bot.deliver.attachments import Attachments, key_of
from bot.deliver.calls import Attached, Call, commands_for
from bot.deliver.queue import Delivery, Result, may_repeat
from bot.deliver.send_errors import RetryDecision, decide
from bot.features import registry  # noqa: F401  (makes every kind of message known)
from bot.settings import Settings
from bot.storage.database import Database
from bot.telegram_api import Api, Declined, NotSent, Unsure
from bot.views import messages
from bot.views.base import Message, Reader
from models import OutboxState, OutboxVerb

WORKS_SECONDS = 60.0
# So often a message follows a group to a new number.
MOST_MOVES = 5
# What may come of a call. Anything else is a fault of ours: whoever asked for the sending sets it aside.
_OF_TELEGRAM = (NotSent, Unsure, Declined)


class _Attempt(Struct):
    """A delivery on its way: what it says, what goes along, and what was tried already."""

    delivery: Delivery
    message: Message
    attached: Attached | None = None
    plain: bool = False
    # A message that this one takes the place of, because it could not be edited into it.
    gone: int = 0


@dataclass(slots=True)
class Sender:
    """Sends deliveries. `on_refusal` is told of every refusal."""

    db: Database
    api: Api
    settings: Settings
    clock: Clock
    attachments: Attachments
    on_refusal: Callable[[Delivery, RetryDecision, Exception], None]
    wake: asyncio.Event
    # Chats whose message waits for its picture: it takes up none of the places for sends.
    waiting: set[int] = field(default_factory=set)
    # When Telegram last took something.
    _sent_at: float = 0.0

    async def post(self, group: list[Delivery]) -> list[Result]:
        """Send deliveries of one chat, several in one message as far as they fit."""
        found = [(delivery, self._loaded(delivery)) for delivery in group]
        results = [await self._needless(delivery) for delivery, shown in found if shown is None]
        known = [(delivery, shown) for delivery, shown in found if shown is not None]
        if not known:
            return results
        delivery = known[0][0]
        if delivery.verb != OutboxVerb.SEND:
            return [*results, await self._run_command(delivery)]
        messages = [self._message(each, shown) for each, shown in known]
        count = calls.fitting(messages)
        message = calls.merged(messages[:count]) if count > 1 else messages[0]
        result = await self._send_message(delivery, message)
        results += [replace(result, delivery=each) for each, _ in known[:count]]
        return results + [Result(each, OutboxState.PENDING) for each, _ in known[count:]]

    async def _needless(self, delivery: Delivery) -> Result:
        """What the reader need not, or may not, see any more is not sent; what stands in the chat already
        loses its keys, which would be refused."""
        if delivery.wanted and delivery.message_id:
            return await self._send_message(delivery, Message(""))
        return Result(delivery, OutboxState.DROPPED, message_id=delivery.message_id)

    async def _run_command(self, delivery: Delivery) -> Result:
        """What is no message: the menu of commands, leaving a group."""
        match delivery.verb:
            case OutboxVerb.COMMANDS:
                call = commands_for(delivery.chat_id, delivery.facts["roles"], translator(delivery.locale))
            case OutboxVerb.LEAVE:
                call = Call("leaveChat", {"chat_id": delivery.chat_id})
            case _:
                raise ValueError(f"no such verb: {delivery.verb!r}")
        try:
            await self._call_api(call)
        except _OF_TELEGRAM as error:
            return self._refused(delivery, self._decision(delivery, error), error)
        return Result(delivery, OutboxState.SENT, None, delivery.message_id, tried=True)

    async def _send_message(self, delivery: Delivery, message: Message) -> Result:
        """Send a message, with what goes along with it."""
        key = key_of(message)
        if delivery.wanted and delivery.message_id:
            expected = calls.content_hash(message, Attached(key, "photo") if key else None)
            if expected == delivery.content_hash:
                return Result(delivery, OutboxState.SENT, message_id=delivery.message_id)
        if not key:
            return await self._send(_Attempt(delivery, message))
        with self._off_the_clock(delivery.chat_id):
            async with self.attachments.upload_lock(key):
                try:
                    attached = await self.attachments.find(message, delivery.lane)
                    self.waiting.discard(delivery.chat_id)
                    return await self._send(_spoken(_Attempt(delivery, message, attached)))
                except NotSent as error:
                    return self._refused(delivery, self._decision(delivery, error), error)

    @contextmanager
    def _off_the_clock(self, chat: int) -> Iterator[None]:
        """Make room for others until the message can go."""
        self.waiting.add(chat)
        self.wake.set()
        try:
            yield
        finally:
            self.waiting.discard(chat)

    async def _send(self, attempt: _Attempt) -> Result:
        """Send or edit; what Telegram refuses is tried otherwise, as long as there is another way."""
        delivery, message, attached = attempt.delivery, attempt.message, attempt.attached
        if lengths.length(message.text) > (CAPTION_LIMIT if attached or message.by_id else TEXT_LIMIT):
            return await self._send_in_two(attempt)
        mark = calls.content_hash(message, attached)
        attempt = _replacing(attempt, mark)
        try:
            answer = await self._call_api(self._call(attempt))
        except _OF_TELEGRAM as error:
            decision = self._decision(delivery, error)
            other = await self._fallback(attempt, decision, error)
            return await self._send(other) if other else self._refused(delivery, decision, error, mark)
        if attempt.gone:
            await self._remove(delivery.chat_id, attempt.gone)
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        learnt = self.attachments.learn(attached, answer)
        return Result(
            delivery,
            OutboxState.SENT,
            None,
            message_id or delivery.message_id,
            mark,
            tried=True,
            learnt=learnt,
        )

    async def _send_in_two(self, attempt: _Attempt) -> Result:
        """More words than fit: first a picture or a voice note, then the words in parts, the last with the
        buttons. A living message is one message: it keeps the beginning of its words, and no picture."""
        message = attempt.message
        if attempt.delivery.wanted:
            log("deliver").error("too many words for a message", kind=attempt.delivery.kind)
            most = CAPTION_LIMIT if message.by_id else TEXT_LIMIT
            words = replace(message, text=lengths.fit(message.text, most))
            return await self._send(replace(attempt, message=words, attached=None))
        first = None
        if attempt.attached or message.by_id:
            first = await self._send(replace(attempt, message=Message("", media=message.by_id)))
            if first.state is not OutboxState.SENT:
                return first
        *before, last = lengths.split(message.text, TEXT_LIMIT)
        for text in before:
            told = await self._send(replace(attempt, message=Message(text), attached=None))
            if told.state is not OutboxState.SENT:
                return told
        rest = replace(message, text=last, voice="", media=None, picture=None, photo=None, file=None)
        told = await self._send(replace(attempt, message=rest, attached=None))
        return replace(told, learnt=first.learnt) if first else told

    async def _fallback(
        self, attempt: _Attempt, decision: RetryDecision, error: Exception
    ) -> _Attempt | None:
        """Another way to say it; None where there is none."""
        delivery = attempt.delivery
        if decision.plain and not attempt.plain:
            log("deliver").error("a text does not parse", kind=delivery.kind, error=scrub(str(error)))
            return replace(attempt, plain=True)
        if decision.no_topic and delivery.thread_id:
            delivery.lost_thread, delivery.thread_id = delivery.thread_id, None
            return attempt
        if decision.anew and not attempt.message.text and not attempt.attached:
            # Only its buttons were to go, and they are gone with it.
            return None
        if decision.anew and delivery.message_id:
            gone = delivery.message_id if decision.replace else 0
            delivery.message_id = None
            return replace(attempt, gone=gone)
        if decision.unfit and attempt.attached:
            attached = await self.attachments.instead(attempt.message, attempt.attached)
            return _spoken(replace(attempt, attached=attached))
        return None

    def _call(self, attempt: _Attempt) -> Call:
        delivery = attempt.delivery
        if delivery.message_id:
            call = calls.edit(delivery.chat_id, delivery.message_id, attempt.message, attempt.attached)
        else:
            call = calls.send(
                delivery.chat_id, attempt.message, delivery.reply_to, attempt.attached, delivery.thread_id
            )
        return calls.as_plain(call) if attempt.plain else call

    async def _call_api(self, call: Call) -> Any:
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

    def _decision(self, delivery: Delivery, error: Exception) -> RetryDecision:
        return decide(error, may_repeat(delivery), delivery.attempts, self._most())

    def _refused(
        self, delivery: Delivery, decision: RetryDecision, error: Exception, mark: str | None = None
    ) -> Result:
        self.on_refusal(delivery, decision, error)
        shown = mark if decision.state is OutboxState.SENT else None
        state, grown = decision.state, decision.migrate_to
        if grown and (delivery.chat_id > 0 or grown == delivery.chat_id or delivery.attempts >= MOST_MOVES):
            # A person does not become a group, nor a group itself.
            state, grown = OutboxState.FAILED, None
        return Result(
            delivery, state, scrub(str(error)), delivery.message_id, shown, decision.reach, grown,
            decision.tried or grown is not None,
        )  # fmt: skip

    def _most(self) -> int:
        """After how many tries a message is given up: never while Telegram takes nothing at all."""
        works = self.clock.monotonic() - self._sent_at < WORKS_SECONDS
        return self.settings.delivery.attempts if works else sys.maxsize

    def _loaded(self, delivery: Delivery) -> Any:
        """What is shown now, as the reader may see it; None where it is no longer needed."""
        if delivery.verb != OutboxVerb.SEND:
            return delivery.facts
        notice = messages.read(delivery.kind, delivery.facts)
        if not messages.loads(delivery.kind):
            return notice
        with self.db.read() as session:
            actors = access.actors_of(session, self.settings.bot_id, [delivery.chat_id])
            reader = actors.get(delivery.chat_id)
            return messages.load(session, reader, notice) if reader else None

    def _message(self, delivery: Delivery, shown: Any) -> Message:
        reader = Reader(
            translator(delivery.locale),
            self.settings.work.zone,
            self.clock.now(),
            self.settings.privacy.coordinates_in_chat,
        )
        return messages.view(delivery.kind, shown, reader)


def _spoken(attempt: _Attempt) -> _Attempt:
    """With words of its own where neither words nor a picture would be left."""
    if attempt.attached or attempt.message.text:
        return attempt
    words = translator(attempt.delivery.locale)("picture-missing")
    return replace(attempt, message=replace(attempt.message, text=words))


def _replacing(attempt: _Attempt, mark: str) -> _Attempt:
    """A new message where the one shown cannot be edited into this one: a text can become a picture, and
    nothing else changes its shape."""
    delivery = attempt.delivery
    shown, _, _ = (delivery.content_hash or "").partition(":")
    wanted, _, _ = mark.partition(":")
    if not delivery.message_id or shown not in ("text", "media", "voice", "video", "audio", "document"):
        return attempt
    if not attempt.message.text and not attempt.attached:
        # Only its buttons go.
        return attempt
    if shown == wanted or (shown, wanted) == ("text", "media"):
        return attempt
    gone, delivery.message_id = delivery.message_id, None
    return replace(attempt, gone=gone)
