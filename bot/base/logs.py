"""Logs: structured, one line an event, and never with a secret in it."""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO
from urllib.parse import quote, quote_plus

import structlog

from bot.base.repeats import Repeats

# A bot token wherever it stands: in request addresses (also percent-encoded), file links, tracebacks.
_TOKEN = re.compile(r"\d{5,16}(?::|%(?:25)*3[Aa])[A-Za-z0-9_-]{20,}")
_secrets: set[str] = set()


def hide(secret: str) -> None:
    """Never let this text into a log line or traceback."""
    if secret:
        # As it is, and as it stands in an address, in JSON and in Python.
        forms = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}
        forms |= {json.dumps(secret)[1:-1], repr(secret)[1:-1]}
        if _TOKEN.fullmatch(secret):
            # The part that matters, should it ever stand alone.
            forms.add(secret.partition(":")[2])
        _secrets.update(forms)


def scrub(text: str) -> str:
    """The text with every token and hidden secret replaced."""
    # The longer first: one may be a part of another.
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "[secret]")
    return _TOKEN.sub("[token]", text)


class _ScrubbingStream:
    """Writes what it is given, without secrets; the last gate before the terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(scrub(text))

    def flush(self) -> None:
        self._stream.flush()


def _scrub_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = scrub(value)
    return event


def set_up(level: str = "INFO", as_json: bool = False, stream: TextIO | None = None) -> None:
    """Send our logs and those of every library through one scrubbed stream."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _scrub_event,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(_ScrubbingStream(stream or sys.stderr))
    handler.setFormatter(formatter)
    handler.addFilter(Repeats())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.captureWarnings(True)
    sys.excepthook = _last_words
    threading.excepthook = lambda args: _last_words(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: _last_words(args.exc_type, args.exc_value, args.exc_traceback)


def _last_words(kind: type[BaseException], error: BaseException | None, trace: Any) -> None:
    """What Python itself would print of an error that nobody caught."""
    sys.stderr.write(scrub("".join(traceback.format_exception(kind, error, trace))))


def log(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a part."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
