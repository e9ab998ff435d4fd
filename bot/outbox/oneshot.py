"""Buttons that do something once: with that, or once it is too late, the message they stand on loses them."""

import re

# What stands below a message alone, and is settled by a tap: taking something back, a day off, yes or no.
_ONCE = re.compile(
    r"(?:chk:(?:undo|noplace)|lv:undo|(?:hz|rq):undo|hz:apart|rota:stop|ndg:off|stop|pat:at|pat:bad:\d+(?=:))(?::|$)"
)


def is_once(data: str) -> bool:
    """Whether a button with this data is settled by being pressed, whatever came of it."""
    return _ONCE.match(data) is not None
