"""Refusals in Telegram's own shape and words."""

from typing import Any

import orjson

JsonObject = dict[str, Any]


class ApiError(Exception):
    """A refusal; `parameters` become Telegram's `parameters` object (retry_after, migrate_to_chat_id)."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> bytes:
        """The JSON Telegram would answer with."""
        reply: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            reply["parameters"] = self.parameters
        return orjson.dumps(reply)


def bad_request(reason: str) -> ApiError:
    """400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403 with Telegram's prefix."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409 with Telegram's prefix."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the wait in whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def done(result: object) -> bytes:
    """The JSON of a success."""
    return orjson.dumps({"ok": True, "result": result})
