"""The core of GridDuty and its wiring."""

import os

# python-telegram-bot reads this on import: durations as timedelta, its future default.
os.environ.setdefault("PTB_TIMEDELTA", "1")
