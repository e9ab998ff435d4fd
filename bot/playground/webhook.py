"""Posts updates to a bot's webhook: each chat in order, chats side by side, again until a 2xx."""

import asyncio
import ssl
from urllib.parse import urlsplit

from bot.playground.bots import BotAccount, Webhook
from bot.playground.updates import Pending
from bot.playground.world import World

_LONGEST_WAIT = 5.0  # seconds between two tries
_ANSWER_WITHIN = 30.0


class _Connection:
    """One kept-alive connection to the webhook's server."""

    def __init__(self, hook: Webhook) -> None:
        self._hook = hook
        self._parts = urlsplit(hook.url)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, body: bytes) -> int:
        """Send one update and give the HTTP status; raises OSError or EOFError if the line breaks."""
        if self._writer is None:
            await self._connect()
        assert self._reader is not None
        assert self._writer is not None
        self._writer.write(self._head(len(body)) + body)
        await self._writer.drain()
        head = await self._reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        await self._reader.readexactly(int(fields.get("content-length", 0)))
        if fields.get("connection") == "close" or "transfer-encoding" in fields:
            self.close()
        return int(lines[0].split()[1])

    async def _connect(self) -> None:
        secure = self._parts.scheme == "https"
        port = self._parts.port or (443 if secure else 80)
        context = ssl.create_default_context() if secure else None
        self._reader, self._writer = await asyncio.open_connection(self._parts.hostname, port, ssl=context)

    def _head(self, length: int) -> bytes:
        path = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        lines = [f"POST {path} HTTP/1.1", f"Host: {self._parts.netloc}", "Content-Type: application/json"]
        if self._hook.secret:
            lines.append(f"X-Telegram-Bot-Api-Secret-Token: {self._hook.secret}")
        lines.append(f"Content-Length: {length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


class _Pusher:
    """Empties one bot's queue into its webhook with up to `max_connections` at once."""

    def __init__(self, world: World, bot: BotAccount, retry: float) -> None:
        self._world = world
        self._bot = bot
        self._hook = bot.webhook
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
        connection = _Connection(self._hook)
        try:
            while True:
                entry = self._next()
                if entry is None:
                    self._something.clear()
                    await self._something.wait()
                    continue
                try:
                    await self._deliver(connection, entry)
                finally:
                    self._busy.discard(entry.lane)
                self._something.set()
        finally:
            connection.close()

    def _next(self) -> Pending | None:
        with self._world.lock:
            for entry in self._bot.updates.pending:
                if entry.lane not in self._busy:
                    self._busy.add(entry.lane)
                    return entry
        return None

    async def _deliver(self, connection: _Connection, entry: Pending) -> None:
        wait = self._retry
        while (problem := await self._try(connection, entry)) is not None:
            self._hook.last_error, self._hook.last_error_date = problem, self._world.timestamp()
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
        with self._world.lock:
            self._bot.updates.pending.remove(entry)
            self._bot.updates.acknowledge(entry)

    async def _try(self, connection: _Connection, entry: Pending) -> str | None:
        try:
            status = await asyncio.wait_for(connection.post(entry.body), _ANSWER_WITHIN)
        except TimeoutError:
            connection.close()
            return "Read timeout expired"
        except (OSError, EOFError, ValueError):
            connection.close()
            return "Connection failed"
        return None if 200 <= status < 300 else f"Wrong response from the webhook: {status}"


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
