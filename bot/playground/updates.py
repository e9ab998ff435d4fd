"""The queue of one bot's updates: what waits, what was handed out, what was acknowledged."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import orjson

from bot.playground.replies import JsonObject

# Those Telegram sends only to bots that ask for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "message_reaction",
        "chat_member",
        "message_reaction_count",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "purchased_paid_media",
    }
)
_FUTURE = 10  # Telegram holds an offset further ahead than this to be meaningless


@dataclass(slots=True, eq=False)
class Pending:
    """One update on its way; `again` marks a second delivery, which no earlier offset confirms."""

    update_id: int
    body: bytes
    lane: int
    again: bool = False
    handed_out: bool = False


class UpdateQueue:
    """Updates in the order of delivery. Not thread-safe: the world's lock is held by all callers."""

    def __init__(
        self, first_id: int, monotonic: Callable[[], float] = time.monotonic, keep: int = 200_000
    ) -> None:
        self.next_id = first_id
        self.pending: deque[Pending] = deque()
        self.allowed: list[str] | None = None
        self.acknowledged_at: dict[int, float] = {}
        self.created = 0
        self.listeners: list[Callable[[], None]] = []
        self._monotonic = monotonic
        self._kept: dict[int, Pending] = {}
        self._keep = keep
        self._out_of_order = False

    def allows(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def add(self, kind: str, body: JsonObject, lane: int) -> int:
        """Queue an update and give its id; 0 if the bot did not ask for its kind.

        `lane` is the chat: a webhook gets one chat's updates one after another.
        """
        if not self.allows(kind):
            return 0
        return self.add_raw(orjson.dumps({"update_id": self.next_id, kind: body}), lane)

    def add_raw(self, body: bytes, lane: int) -> int:
        """Queue bytes as they are, readable or not; gives the id the queue holds them under."""
        entry = Pending(self.next_id, body, lane)
        self.next_id += 1
        self.created += 1
        self.pending.append(entry)
        self._kept[entry.update_id] = entry
        if len(self._kept) > self._keep:
            del self._kept[next(iter(self._kept))]
        self._tell()
        return entry.update_id

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()

    def redeliver(self, update_ids: Iterable[int]) -> None:
        """Put updates into the queue once more, in the given order, though acknowledged before."""
        for update_id in update_ids:
            old = self._kept[update_id]
            self.pending.append(Pending(update_id, old.body, old.lane, again=True))
        self._out_of_order = True
        self._tell()

    def restart_ids(self, next_id: int) -> None:
        """Go on counting from another number, as Telegram may after a quiet week."""
        self.next_id = next_id
        self._out_of_order = True

    def take(self, offset: int, limit: int) -> list[Pending]:
        """Confirm by `offset` as getUpdates does, then give up to `limit` of what is left."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.acknowledge(self.pending.popleft())
        elif offset and offset <= self.next_id + _FUTURE:
            self._confirm(offset)
        batch = [self.pending[i] for i in range(min(limit, len(self.pending)))]
        for entry in batch:
            entry.handed_out = True
        return batch

    def _confirm(self, offset: int) -> None:
        if self._out_of_order:
            left: deque[Pending] = deque()
            for entry in self.pending:
                if entry.update_id < offset and (entry.handed_out or not entry.again):
                    self.acknowledge(entry)
                else:
                    left.append(entry)
            self.pending = left
            self._out_of_order = bool(left)
            return
        while self.pending and self.pending[0].update_id < offset:
            self.acknowledge(self.pending.popleft())

    def acknowledge(self, entry: Pending) -> None:
        """Note when the bot took this update."""
        self.acknowledged_at[entry.update_id] = self._monotonic()

    def drop(self) -> None:
        """Forget what waits, as `drop_pending_updates` does; nothing of it counts as acknowledged."""
        self.pending.clear()
        self._out_of_order = False
