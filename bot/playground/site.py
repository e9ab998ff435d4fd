"""The page's own part of the server: its files, the township's people, QR codes, pictures, the clock.

GET  /, /app.js, …              the page
GET  /demo/town                 {bot, zone, language, members, posts, pictures}
GET  /chinese.ttf               the Chinese font, for a computer that has none
GET  /demo/qr/PAYLOAD.svg       the QR code of a start link
GET  /demo/pictures/NAME.jpg    a picture to send
POST /demo/clock                {minutes} moves the clock on, {until: "08:00"} to the next such time,
                                {until: "shift_end"} to the end of the next shift → {now}
POST /demo/language             {language}: "en" or "zh_CN" for everybody and everything → {}

Everything else the page does goes through the control API. Only this machine is answered.
"""

import asyncio
import io
import mimetypes
import re
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from pathlib import Path

import orjson
import segno

from bot.base import fonts
from bot.base.clock import Clock
from bot.playground import pictures
from bot.playground.api import Receive, Scope, Send
from bot.playground.backstage import Backstage
from bot.playground.guard import is_local
from bot.playground.params import read_body
from bot.playground.runner import Playground
from bot.settings import Settings

PAGE = Path(__file__).parent / "page"
_LONGEST_MOVE = timedelta(days=31)
_CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_FONT = "/chinese.ttf"
# The page changes with each version; the font does not.
_NEVER, _FOR_LONG = (
    (b"cache-control", b"no-store"),
    (b"cache-control", b"public, max-age=31536000, immutable"),
)
_JSON, _FONT_KIND = "application/json", "font/ttf"


class Refusal(Exception):
    """The request cannot be answered; `status` says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Site:
    """Answers what the playground itself does not."""

    def __init__(
        self, playground: Playground, clock: Clock, settings: Settings, backstage: Backstage
    ) -> None:
        self._playground = playground
        self._clock = clock
        self._settings = settings
        self._backstage = backstage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            if not is_local(scope):
                raise Refusal(HTTPStatus.FORBIDDEN)
            status = HTTPStatus.OK
            if scope["method"] == "POST":
                body, kind = await self._post(scope, await read_body(receive)), _JSON
            else:
                body, kind = self._get(scope["path"])
        except Refusal as refusal:
            status, body, kind = refusal.status, refusal.status.phrase.encode(), "text/plain"
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), *_HEADERS]
        headers.append(_FOR_LONG if kind == _FONT_KIND else _NEVER)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _get(self, path: str) -> tuple[bytes, str]:
        if path == _FONT:
            return fonts.chinese().read_bytes(), _FONT_KIND
        if path == "/demo/town":
            return orjson.dumps(self._town()), _JSON
        if match := re.fullmatch(r"/demo/qr/([A-Za-z0-9_-]{1,64})\.svg", path):
            return self._qr(match[1]), "image/svg+xml"
        if match := re.fullmatch(r"/demo/pictures/([a-z]+)\.jpg", path):
            if match[1] not in pictures.NAMES:
                raise Refusal(HTTPStatus.NOT_FOUND)
            return pictures.draw(match[1]), "image/jpeg"
        return _page_file(path.removeprefix("/") or "index.html")

    def _town(self) -> dict[str, object]:
        return {
            "bot": {"name": self._playground.bot.name, "username": self._playground.bot.username},
            "zone": self._settings.work.timezone,
            **self._backstage.town(),
            "pictures": pictures.NAMES,
        }

    def _qr(self, payload: str) -> bytes:
        out = io.BytesIO()
        link = f"https://t.me/{self._playground.bot.username}?start={payload}"
        segno.make(link, error="m").save(out, kind="svg", scale=6, border=3, light="white")
        return out.getvalue()

    async def _post(self, scope: Scope, body: bytes) -> bytes:
        if scope["path"] not in ("/demo/clock", "/demo/language"):
            raise Refusal(HTTPStatus.NOT_FOUND)
        # A foreign page can send a form without asking, but not this type.
        if (b"content-type", b"application/json") not in scope["headers"]:
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        try:
            wish = orjson.loads(body)
            if scope["path"] == "/demo/language":
                await asyncio.to_thread(self._backstage.speak, wish["language"])
                return b"{}"
            step = self._step(wish)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            raise Refusal(HTTPStatus.BAD_REQUEST) from error
        self._clock.move(step)
        return orjson.dumps({"now": self._clock.now()})

    def _step(self, wish: dict[str, object]) -> timedelta:
        if "minutes" in wish:
            step = timedelta(minutes=float(str(wish["minutes"])))
            if not timedelta() <= step <= _LONGEST_MOVE:
                raise ValueError("the clock only moves forward, a month at most")
            return step
        now = self._clock.now().astimezone(self._settings.work.zone)
        if wish["until"] == "shift_end":
            return (self._backstage.next_end(now) or now) - now
        then = datetime.strptime(str(wish["until"]), "%H:%M")
        goal = now.replace(hour=then.hour, minute=then.minute, second=0, microsecond=0)
        return (goal if goal > now else goal + timedelta(days=1)) - now


@cache
def _page_files() -> frozenset[str]:
    return frozenset(file.name for file in PAGE.iterdir() if file.is_file())


def _page_file(name: str) -> tuple[bytes, str]:
    if name not in _page_files():
        raise Refusal(HTTPStatus.NOT_FOUND)
    kind = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0] or "text/plain"
    return (PAGE / name).read_bytes(), f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
