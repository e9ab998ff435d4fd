"""Posts updates to a bot's webhook: each chat in order, chats side by side, again until a 2xx."""

import asyncio

import aiohttp

from bot.playground.bots import BotAccount
from bot.playground.updates import Pending
from bot.playground.world import World

_LONGEST_WAIT = 5.0  # seconds between two tries
_ANSWER_WITHIN = aiohttp.ClientTimeout(30.0)


class _Pusher:
    """Empties one bot's queue into its webhook with up to `max_connections` at once."""

    def __init__(self, world: World, bot: BotAccount, retry: float) -> None:
        self._world = world
        self._bot = bot
        self._hook = bot.webhook
        self._headers = {"Content-Type": "application/json"}
        if bot.webhook.secret:
            self._headers["X-Telegram-Bot-Api-Secret-Token"] = bot.webhook.secret
        self._retry = retry
        self._loop = asyncio.get_running_loop()
        self._something = asyncio.Event()
        self._busy: set[int] = set()
        self._workers = [asyncio.create_task(self._work()) for _ in range(self._hook.max_connections)]
        bot.updates.listeners.append(self.wake)

    def wake(self) -> None:
        """Look into the queue again; from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._something.set)

    def stop(self) -> None:
        """Post nothing more; from any thread."""
        self._bot.updates.listeners.remove(self.wake)
        if not self._loop.is_closed():
            for worker in self._workers:
                self._loop.call_soon_threadsafe(worker.cancel)

    async def _work(self) -> None:
        async with aiohttp.ClientSession(headers=self._headers) as session:
            while True:
                entry = self._next()
                if entry is None:
                    self._something.clear()
                    await self._something.wait()
                    continue
                try:
                    await self._deliver(session, entry)
                finally:
                    self._busy.discard(entry.lane)
                self._something.set()

    def _next(self) -> Pending | None:
        with self._world.lock:
            for entry in self._bot.updates.pending:
                if entry.lane not in self._busy:
                    self._busy.add(entry.lane)
                    return entry
        return None

    async def _deliver(self, session: aiohttp.ClientSession, entry: Pending) -> None:
        wait = self._retry
        while (problem := await self._try(session, entry)) is not None:
            self._hook.last_error, self._hook.last_error_date = problem, self._world.timestamp()
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
        with self._world.lock:
            self._bot.updates.pending.remove(entry)
            self._bot.updates.acknowledge(entry)

    async def _try(self, session: aiohttp.ClientSession, entry: Pending) -> str | None:
        url, within = self._hook.url, _ANSWER_WITHIN
        try:
            async with session.post(url, data=entry.body, timeout=within, allow_redirects=False) as answer:
                taken = 200 <= answer.status < 300
                return None if taken else f"Wrong response from the webhook: {answer.status}"
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError):
            return "Connection failed"


class Webhooks:
    """The pushers of all bots that have a webhook."""

    def __init__(self, world: World, retry: float) -> None:
        self._world = world
        self._retry = retry
        self._pushers: dict[int, _Pusher] = {}

    def refresh(self, bot: BotAccount) -> None:
        """Start, stop or change the bot's pusher after setWebhook or deleteWebhook."""
        with self._world.lock:
            if old := self._pushers.pop(bot.id, None):
                old.stop()
            if bot.webhook.url:
                self._pushers[bot.id] = _Pusher(self._world, bot, self._retry)
                self._pushers[bot.id].wake()

    def stop_all(self) -> None:
        """Stop every pusher: the playground closes."""
        with self._world.lock:
            for pusher in self._pushers.values():
                pusher.stop()
            self._pushers.clear()
