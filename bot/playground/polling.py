"""getUpdates: confirms by offset, waits for something new, yields to a newer poll."""

import asyncio
from dataclasses import dataclass

from bot.playground.bots import BotAccount
from bot.playground.methods.calls import Call
from bot.playground.methods.profile import remember_allowed
from bot.playground.replies import conflict
from bot.playground.updates import Pending

LONGEST = 50  # seconds Telegram lets a poll wait
_OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(slots=True, eq=False)
class _Poll:
    loop: asyncio.AbstractEventLoop
    woken: asyncio.Event
    ended: str = ""

    def wake(self) -> None:
        # After the server has stopped, people may go on acting: there is no one to wake then.
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.woken.set)


class Polls:
    """The open polls, at most one a bot."""

    def __init__(self) -> None:
        self._open: dict[int, _Poll] = {}
        self.closing = False

    async def answer(self, call: Call) -> list[Pending]:
        """The updates to hand out; raises 409 if another poll or a webhook takes over."""
        bot, params = call.bot, call.params
        if bot.webhook.url:
            raise conflict(_WEBHOOK)
        offset = params.integer("offset") or 0
        limit = min(100, max(1, params.integer("limit") or 100))
        timeout = min(LONGEST, max(0, params.integer("timeout") or 0))
        remember_allowed(call)
        self.end(bot, _OTHER)
        with call.world.lock:
            batch = bot.updates.take(offset, limit)
            if batch or not timeout:
                return batch
            poll = _Poll(asyncio.get_running_loop(), asyncio.Event())
            self._open[bot.id] = poll
            bot.updates.listeners.append(poll.wake)
        try:
            return await self._wait(call, poll, limit, timeout)
        finally:
            with call.world.lock:
                bot.updates.listeners.remove(poll.wake)
                if self._open.get(bot.id) is poll:
                    del self._open[bot.id]

    async def _wait(self, call: Call, poll: _Poll, limit: int, seconds: int) -> list[Pending]:
        deadline = poll.loop.time() + seconds
        while not self.closing and (left := deadline - poll.loop.time()) > 0:
            try:
                await asyncio.wait_for(poll.woken.wait(), left)
            except TimeoutError:
                break
            poll.woken.clear()
            if poll.ended:
                raise conflict(poll.ended)
            with call.world.lock:
                if batch := call.bot.updates.take(0, limit):
                    return batch
        return []

    def end(self, bot: BotAccount, reason: str) -> None:
        """Answer an open poll of this bot with 409."""
        if (poll := self._open.get(bot.id)) is not None:
            poll.ended = reason
            poll.wake()

    def end_all(self) -> None:
        """Answer every open poll at once with nothing: the playground closes."""
        self.closing = True
        for poll in list(self._open.values()):
            poll.wake()
