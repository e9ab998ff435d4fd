"""The parameters of one call, read strictly: a wrong type is a 400, never a guess."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from bot.base.facts import Struct
from bot.playground.replies import ApiError, bad_request

T = TypeVar("T", int, float)
_TRUE = {"true", "1", "yes"}
_FALSE = {"false", "0", "no", ""}
_BODY_LIMIT = 64 * 1024 * 1024


class Upload(Struct):
    """A file that came with the request."""

    name: str
    data: bytes
    mime: str


class Params:
    """Typed access to what was sent. Values from forms are text, from JSON they have their types."""

    __slots__ = ("files", "values")

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str) -> str | None:
        """A string, None if absent; raises 400 on another type or broken Unicode."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise bad_request(f'field "{name}" must be of type String')
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise bad_request("strings must be encoded in UTF-8") from None
        return value

    def required(self, name: str) -> str:
        """A non-empty string."""
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def integer(self, name: str) -> int | None:
        """A whole number, None if absent."""
        return self._number(name, int, (str, int))

    def decimal(self, name: str) -> float | None:
        """A number, None if absent."""
        return self._number(name, float, (str, int, float))

    def _number(self, name: str, kind: type[T], taken: tuple[type, ...]) -> T | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            if type(value) not in taken:
                raise ValueError
            return kind(value)
        except ValueError:
            raise bad_request(f'field "{name}" must be a Number') from None

    def flag(self, name: str) -> bool:
        """True or false; absent is false."""
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        lowered = str(value).lower()
        if lowered not in _TRUE | _FALSE:
            raise bad_request(f'field "{name}" must be of type Boolean')
        return lowered in _TRUE

    def json(self, name: str, what: str) -> Any:
        """A JSON value, sent as such or as text; None if absent. `what` names it in the error."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                return orjson.loads(value)
            except orjson.JSONDecodeError:
                raise bad_request(f"can't parse {what} JSON object") from None
        return value


async def read_body(receive: Callable[[], Awaitable[Any]]) -> bytes:
    """The whole request body; raises 413 over 64 MB."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts = [body]
    size = len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > _BODY_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
    return b"".join(parts)


async def read_params(scope: Any, body: bytes) -> Params:
    """Parameters from the query and from a JSON, form or multipart body; raises 400 if unreadable."""
    values: dict[str, Any] = {}
    if query := scope["query_string"]:
        values.update(parse_qsl(query.decode(), keep_blank_values=True))
    if not body:
        return Params(values)
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    if kind.startswith(b"application/json"):
        return Params(values | _from_json(body))
    if kind.startswith(b"application/x-www-form-urlencoded"):
        try:
            values.update(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return Params(values)
    if kind.startswith(b"multipart/form-data"):
        return await _from_multipart(scope, body, values)
    raise bad_request("unsupported content type")


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("can't parse request parameters JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("request parameters must be a JSON object")
    return value


async def _from_multipart(scope: Any, body: bytes, values: dict[str, Any]) -> Params:
    async def stream() -> Any:
        yield body
        yield b""

    try:
        form = await MultiPartParser(Headers(scope=scope), stream()).parse()
    except (MultiPartException, KeyError):
        raise bad_request("can't parse multipart request") from None
    files = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            data = await value.read()
            files[name] = Upload(value.filename or "", data, value.content_type or "")
        else:
            values[name] = value
    await form.close()
    return Params(values, files)
