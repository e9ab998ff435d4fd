"""A message changed in the chat: its new words stand beside those of before, marked with the time.

The mark is the same in every language, for it stands with the words wherever they are shown: on cards, in
lists and spreadsheets.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.base.facts import Struct
from bot.base.lengths import cut
from bot.storage.rows import Expression

# As much of what was said before as stands beside what is said now.
MOST_BEFORE = 500


class Change(Struct):
    """`old` (empty: nothing was written below the photo) became `new` when Telegram took the edit."""

    old: str
    new: str
    at: datetime
    zone: ZoneInfo

    @property
    def words(self) -> str:
        """Both, the new ones first: 明天9点拆 ✏️11-24 14:05 ← 别拆."""
        mark = f"{self.new} ✏️{self.at.astimezone(self.zone):%m-%d %H:%M}"
        return f"{mark} ← {cut(self.old, MOST_BEFORE)}" if self.old else mark

    def within(self, text: str) -> str:
        """A text in which the old words stand, alone or among others, with both in their place."""
        if self.old:
            return text.replace(self.old, self.words, 1)
        return "\n".join(filter(None, (text, self.words)))


def put(session: Session, column: Any, change: Change, *where: Expression) -> bool:
    """Let both stand where the old words do, in one row of these; False where they stand in none."""
    key = column.class_.id
    for number, text in session.execute(select(col(key), col(column)).where(*where).order_by(col(key))):
        if change.old in (text or ""):
            changed = update(column.class_).where(col(key) == number)
            session.execute(changed.values({column.key: change.within(text or "")}))
            return True
    return False
