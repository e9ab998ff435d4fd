"""What goes wrong again and again is told once in full, and then counted."""

import logging
import re
import threading
import time
from collections import OrderedDict
from typing import Any

# A line for what keeps repeating: this often at most, but for the 10th, 100th, 1,000th time.
EVERY_SECONDS = 60.0
# After so long without it, it is told in full again.
FORGOTTEN_SECONDS = 3600.0
MOST_KINDS = 500
_SHORT = 200
_PLACE = re.compile(r'File "[^"]*", line \d+')
_NUMBERS = re.compile(r"\d+|0x[0-9a-f]+")
# Not what Telegram numbers its refusals with.
_IDS = re.compile(r"\d{4,}|0x[0-9a-f]+")


class Repeats(logging.Filter):
    """Lets a warning or an error through the first time, and of its repetitions a short line now and then."""

    def __init__(self) -> None:
        super().__init__()
        # By kind: how often, when last, and when last told.
        self._seen: OrderedDict[Any, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written; it may be shortened."""
        if record.levelno < logging.WARNING:
            return True
        now = time.monotonic()
        with self._lock:
            times = self._counted(_kind_of(record), now)
        if times > 1:
            _shorten(record, times)
        return times > 0

    def _counted(self, kind: Any, now: float) -> int:
        """How often it was met, where that is to be told; else 0."""
        count, last, told = self._seen.pop(kind, None) or [0.0, now, now]
        if now - last > FORGOTTEN_SECONDS:
            count = 0.0
        count += 1
        is_told = count == 1 or now - told >= EVERY_SECONDS or _is_round(int(count))
        self._seen[kind] = [count, now, now if is_told else told]
        if len(self._seen) > MOST_KINDS:
            self._seen.popitem(last=False)
        return int(count) if is_told else 0


def _is_round(count: int) -> bool:
    return count >= 10 and set(str(count)[1:]) == {"0"} and str(count)[0] == "1"


def _kind_of(record: logging.LogRecord) -> Any:
    """What makes two lines the same: who says what of which thing, and where in the code it went wrong;
    whatever its numbers."""
    if not isinstance(record.msg, dict):
        return record.name, record.levelno, str(record.msg)[:_SHORT]
    event = dict(record.msg)
    told = str(event.pop("exception", None) or event.pop("error", None) or "").strip()
    place = _PLACE.findall(told)[-1:]
    last = (told.splitlines() or [""])[-1]
    # Of a traceback its place and the kind of error, for its words hold what somebody sent.
    words = last.partition(":")[0] if place else _IDS.sub("#", last)
    event.pop("timestamp", None)
    about = sorted((name, _NUMBERS.sub("#", str(value))[:_SHORT]) for name, value in event.items())
    return record.name, record.levelno, *place, words[:_SHORT], *about


def _shorten(record: logging.LogRecord, times: int) -> None:
    if not isinstance(record.msg, dict):
        record.exc_info, record.exc_text = None, None
        record.msg, record.args = f"{record.getMessage()[:_SHORT]} (for the {times}th time)", None
        return
    event = {name: value for name, value in record.msg.items() if name != "exception"}
    if "error" in event:
        event["error"] = (str(event["error"]).strip().splitlines() or [""])[-1][:_SHORT]
    record.msg = event | {"times": times}
