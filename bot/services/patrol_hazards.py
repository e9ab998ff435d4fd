"""What was not in order on a patrol becomes hazards, with the place filled in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from bot.settings import Settings


def raise_of(session: Session, patrol: Row[Any], now: datetime, settings: Settings) -> int:
    """Raise hazards from what was noted; how many."""
    return 0
