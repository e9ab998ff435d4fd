"""Reactions: one on each message whose answer takes a while, so that nobody sends it again."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlmodel import Session, col

from bot.base.clock import Clock
from bot.base.logs import log, scrub
from bot.base.payload import unpack
from bot.outbox.notices import Lane
from bot.telegram_api import Api, Declined
from models import InboxRow, OutboxRow

NOD = [{"type": "emoji", "emoji": "👌"}]
# In one look; the newest, for whoever has waited longer is answered sooner.
MOST = 30
SECONDS = 5.0

_BOX = OutboxRow.__table__  # type: ignore[attr-defined]
_WAITING = (
    select(_BOX.c.id, _BOX.c.key)
    .where(
        _BOX.c.bot == bindparam("bot"),
        text("state = 'pending'"),
        _BOX.c.lane == int(Lane.REPLY),
        _BOX.c.id > bindparam("after"),
        _BOX.c.key.like("reply:%"),
    )
    .order_by(_BOX.c.id.desc())
    .limit(MOST)
)


@dataclass(slots=True)
class BacklogReactions:
    """Who is nodded to: best effort, and only while answers are late."""

    api: Api
    bot: int
    clock: Clock
    _after: int = 0
    _found: list[tuple[int, int]] = field(default_factory=list)
    _sending: asyncio.Task[None] | None = None
    _closed_until: float = 0.0

    def look(self, session: Session) -> None:
        """Find the messages behind the answers that have begun to wait since the last look."""
        if self._sending or self.clock.monotonic() < self._closed_until:
            return
        rows = session.connection().execute(_WAITING, {"bot": self.bot, "after": self._after}).all()
        if not rows:
            return
        self._after = rows[0].id
        # The key of an answer names its update: see `Context.reply`.
        updates = {int(row.key.split(":")[2]) for row in rows}
        payloads = session.execute(
            select(col(InboxRow.payload)).where(
                col(InboxRow.bot) == self.bot, col(InboxRow.update_id).in_(updates)
            )
        ).scalars()
        self._found = [place for payload in payloads if payload and (place := _place_of(payload))]

    def go(self) -> None:
        """Send what the last look found."""
        if self._found and not self._sending:
            found, self._found = self._found, []
            self._sending = asyncio.create_task(self._send(found))

    async def finish(self) -> None:
        """Wait for what is being sent."""
        if self._sending:
            await self._sending

    async def _send(self, places: list[tuple[int, int]]) -> None:
        await asyncio.gather(*(self._nod(chat, message) for chat, message in places))
        self._sending = None

    async def _nod(self, chat: int, message: int) -> None:
        try:
            await self.api.call("setMessageReaction", SECONDS, chat_id=chat, message_id=message, reaction=NOD)
        except Exception as error:
            if isinstance(error, Declined) and error.code == 429:
                self._closed_until = self.clock.monotonic() + (error.retry_after or 1)
            log("deliver").debug("nod not taken", error=scrub(str(error)))


def _place_of(payload: bytes) -> tuple[int, int] | None:
    """Chat and number of a message somebody wrote in private; None for any other update."""
    try:
        message: Any = unpack(payload).get("message")
        chat, number = message["chat"]["id"], message["message_id"]
    except (ValueError, TypeError, KeyError):
        return None
    return (chat, number) if isinstance(chat, int) and isinstance(number, int) and chat > 0 else None
