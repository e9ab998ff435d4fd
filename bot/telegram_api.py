"""HTTP to Telegram: one aiohttp session behind python-telegram-bot's interface, and a lean caller on it.

The bot token stands in every address, so no address ever gets into an error.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.base import answers as base_answers
from bot.base import logs
from bot.base.answers import TOO_LARGE, Declined, NotSent, Odd, Unsure
from bot.settings import TelegramSettings

__all__ = ["AiohttpRequest", "Api", "Declined", "Files", "NotSent", "Odd", "Unsure"]

CONNECT_SECONDS = 10
# What Telegram lets a bot download, and how slow a line may be (bytes a second) before we give up.
MOST_BYTES = 20 * 1024 * 1024
SLOWEST = 50_000
# No answer is longer: a message; a hundred updates of the longest kind.
LONGEST_ANSWER, LONGEST_BATCH = 4 * 1024 * 1024, 64 * 1024 * 1024


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's HTTP by aiohttp: httpx's pool is the brake when many calls are in flight."""

    def __init__(self, connections: int = 64, timeout: float = 20) -> None:
        self._connections = connections
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None
        # What time it was by the last answer, as it said it.
        self._date: str | None = None

    @property
    def told_at(self) -> datetime | None:
        """What time it was by the last answer, in UTC; None where it did not say."""
        return _date_in(self._date)

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._timeout

    async def initialize(self) -> None:
        """Open the session."""
        self._open()

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session:
            await self._session.close()
            self._session = None

    async def exchange(
        self, url: str, timeout: float | None = None, most: int = LONGEST_ANSWER, **content: Any
    ) -> tuple[int, bytes]:
        """Status and body of the answer to a POST, of `most` bytes. Raises NotSent or Unsure, without the
        address."""
        answer = await self._exchanged("POST", url, timeout or self._timeout, most, **content)
        if answer is None:
            raise Unsure("an answer without end")
        return answer

    async def download(self, url: str, timeout: float, most: int) -> tuple[int, bytes]:
        """Status and body of the answer to a GET. Raises NotSent or Unsure, without the address; Declined
        where there is more than `most` bytes."""
        answer = await self._exchanged("GET", url, timeout, most)
        if answer is None:
            raise Declined(TOO_LARGE, "the file is larger than a bot may download")
        return answer

    async def _exchanged(
        self, way: str, url: str, timeout: float, most: int, **content: Any
    ) -> tuple[int, bytes] | None:
        """Status and body; None where there is more than `most` bytes."""
        limit = aiohttp.ClientTimeout(total=timeout, connect=CONNECT_SECONDS)
        try:
            async with self._open().request(
                way, url, timeout=limit, allow_redirects=False, **content
            ) as answer:
                body = bytearray()
                async for part in answer.content.iter_any():
                    body += part
                    if len(body) > most:
                        answer.close()
                        return None
                self._date = answer.headers.get("Date")
                return answer.status, bytes(body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(_why(error)) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise Unsure(_why(error)) from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call of python-telegram-bot. Raises TimedOut or NetworkError."""
        seconds = None if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            return await self.exchange(url, seconds, data=_form(request_data))
        except Unsure as error:
            raise TimedOut(str(error)) from None
        except NotSent as error:
            raise NetworkError(str(error)) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session


# Files that go along with a call, by the name they are attached under: file name, content, MIME type.
Files = dict[str, tuple[str, bytes, str]]


class Api:
    """Calls Bot API methods with plain values."""

    def __init__(
        self,
        settings: TelegramSettings,
        timeout: float = 20,
        connections: int = 64,
        on_odd: Callable[[Odd], None] = lambda odd: None,
    ) -> None:
        """`on_odd` is told of every answer that is not as documented."""
        self._on_odd = on_odd
        token = settings.token.get_secret_value()
        logs.hide(token)
        self._base = f"{settings.base_url}{token}/"
        self._files = f"{settings.base_file_url}{token}/"
        self._timeout = timeout
        self._request = AiohttpRequest(connections, timeout)

    @property
    def told_at(self) -> datetime | None:
        """What time it was where the last answer came from, in UTC; None where it did not say."""
        return self._request.told_at

    async def call(self, method: str, timeout: float | None = None, **values: Any) -> Any:
        """The result of a method. Raises NotSent, Unsure or Declined."""
        answer = await self.post(method, orjson.dumps(values), timeout)
        return self._read(lambda: base_answers.result_of(method, *answer))

    async def updates(self, asked: dict[str, Any], timeout: float) -> list[Any]:
        """The updates that getUpdates gives, each as it came. Raises NotSent, Unsure or Declined."""
        status, body = await self.post("getUpdates", orjson.dumps(asked), timeout)
        updates: list[Any] = self._read(lambda: base_answers.updates_of(status, body))
        return updates

    async def post(self, method: str, body: bytes, timeout: float | None = None) -> tuple[int, bytes]:
        """Status and body of the answer to a JSON body. Raises NotSent or Unsure."""
        headers = {"Content-Type": "application/json"}
        most = LONGEST_BATCH if method == "getUpdates" else LONGEST_ANSWER
        return await self._request.exchange(self._base + method, timeout, most, data=body, headers=headers)

    async def upload(self, method: str, values: dict[str, Any], files: Files) -> Any:
        """The result of a method with files, which the values name as `attach://NAME`.

        Raises NotSent, Unsure or Declined; ValueError for what cannot be sent at all. A large file is given
        the time a slow line needs.
        """
        # Built before it is sent: what cannot be written never looks like a call that broke off.
        # Telegram takes names as they are: quoted, a Chinese one would be shown as so many percent signs.
        form = aiohttp.FormData(quote_fields=False)
        for name, value in values.items():
            form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
        for name, (filename, content, mime) in files.items():
            form.add_field(name, io.BytesIO(content), filename=filename, content_type=mime)
        seconds = self._timeout + sum(len(content) for _, content, _ in files.values()) / SLOWEST
        answer = await self._request.exchange(self._base + method, seconds, data=form())
        return self._read(lambda: base_answers.result_of(method, *answer))

    async def download(self, file_id: str) -> bytes:
        """A file's bytes. Raises NotSent, Unsure, or Declined where Telegram does not give it out."""
        found = await self.call("getFile", file_id=file_id)
        size = found.get("file_size")
        known = isinstance(size, int) and 0 < size < MOST_BYTES
        seconds = self._timeout + (size if known else MOST_BYTES) / SLOWEST
        address = self._files + quote(found["file_path"])
        status, body = await self._request.download(address, seconds, MOST_BYTES)
        if status >= 500:
            raise Unsure(f"status {status}")
        if status != 200:
            raise Declined(status, "the file is not given out")
        return body

    def _read(self, reading: Callable[[], Any]) -> Any:
        try:
            return reading()
        except Odd as odd:
            self._on_odd(odd)
            raise

    async def close(self) -> None:
        """Close every connection."""
        await self._request.shutdown()


# What an operator can do about a line that is down, the particular before the general; no address in it.
_HINTS: tuple[tuple[type[Exception], str], ...] = (
    (
        aiohttp.ClientConnectorDNSError,
        "its name is not found: is this machine online, and does its DNS work?",
    ),
    (
        aiohttp.ClientConnectorCertificateError,
        "its certificate is not valid: is the clock right, or a proxy between?",
    ),
    (aiohttp.ClientSSLError, "no secure connection: is something between that breaks TLS?"),
    (aiohttp.InvalidURL, "telegram.base_url is no address"),
    (aiohttp.ConnectionTimeoutError, "no answer in time: is a firewall in the way, or is a proxy needed?"),
    (
        aiohttp.ClientConnectorError,
        "the connection is refused: is the server running, is a firewall in the way?",
    ),
    (TimeoutError, "no answer in time"),
)


def _date_in(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header or "").astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _why(error: Exception) -> str:
    """The kind of trouble, and what to look at."""
    hint = next((words for kind, words in _HINTS if isinstance(error, kind)), "")
    return f"{type(error).__name__}: {hint}" if hint else type(error).__name__


def _form(request_data: RequestData | None) -> Any:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return dict(request_data.json_parameters)
    form = aiohttp.FormData(dict(request_data.json_parameters), quote_fields=False)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        body = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, body, filename=filename, content_type=mime)
    return form
