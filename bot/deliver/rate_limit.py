"""Pace: when the next message may go, by Telegram's limits for the bot and for each chat."""

from dataclasses import dataclass, field

from bot.outbox.notices import Lane

# Of the three messages a private chat takes at once we spend two; edits and replays need the third.
PRIVATE_BURST, PRIVATE_RATE = 2.0, 1.0
GROUP_BURST, GROUP_RATE = 18.0, 20 / 60
SOS_RATE = 1.0
# So many messages that a busy machine is late with are made up for at once: Telegram lends thirty.
CATCH_UP = 5
# While the bot as a whole is paused, one reply goes this often.
PROBE_SECONDS = 1.0
# 429s from this many chats within this many seconds mean the bot as a whole is too fast.
ALARM_CHATS, ALARM_SECONDS, ALARM_WAIT = 3, 2.0, 30.0


@dataclass(slots=True)
class TokenBucket:
    """Tokens that come back with time, up to a number."""

    tokens: float
    filled_at: float

    def level(self, now: float, rate: float, capacity: float) -> float:
        """Tokens there now."""
        return min(capacity, self.tokens + (now - self.filled_at) * rate)

    def take(self, now: float, rate: float, capacity: float) -> None:
        """Spend one."""
        self.tokens = self.level(now, rate, capacity) - 1
        self.filled_at = now


@dataclass(slots=True)
class RateLimiter:
    """Evenly spaced sends: `rate` a second for the bot (0: no limits at all)."""

    rate: float
    _next: float = 0.0
    _sos: TokenBucket = field(default_factory=lambda: TokenBucket(1, 0))
    _chats: dict[int, TokenBucket] = field(default_factory=dict)
    _paused: dict[int, float] = field(default_factory=dict)
    _paused_all: float = 0.0
    _refused: dict[int, float] = field(default_factory=dict)

    def wait(self, now: float) -> float:
        """Seconds until the next message may go."""
        return max(0.0, self._next - now) if self._is_counting(now) else 0.0

    def is_paused(self, now: float) -> bool:
        """Whether Telegram said the bot as a whole is too fast; then one reply a second probes."""
        return now < self._paused_all

    def room(self, now: float, most: int) -> int:
        """How many messages may go now."""
        if not self._is_counting(now):
            return most
        if now < self._next:
            return 0
        late = 0 if self.is_paused(now) else min(CATCH_UP, int((now - self._next) * self.rate))
        return min(most, 1 + late)

    def _is_counting(self, now: float) -> bool:
        return self.rate > 0 or self.is_paused(now)

    def sos_room(self, now: float) -> bool:
        """Whether the token kept for calls for help is there."""
        return not self._is_counting(now) or self._sos.level(now, SOS_RATE, 1) >= 1

    def closed_chats(self, now: float) -> list[int]:
        """Chats that take nothing just now; forgets those that are full again."""
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        closed = list(self._paused)
        for chat, bucket in list(self._chats.items()):
            rate, burst = _limits(chat)
            level = bucket.level(now, rate, burst)
            if level >= burst:
                del self._chats[chat]
            elif level < 1:
                closed.append(chat)
        return closed

    def spend(self, chat: int, lane: int, now: float) -> None:
        """A message goes to this chat now."""
        paused = self.is_paused(now)
        if not self._is_counting(now):
            return
        gap = PROBE_SECONDS if paused else 1 / self.rate
        if lane == Lane.SOS and now < self._next:
            # Out of turn, but within the rate: the next one waits for it.
            self._sos.take(now, SOS_RATE, 1)
            self._next += gap
        else:
            self._next = max(self._next, now if paused else now - CATCH_UP * gap) + gap
        rate, burst = _limits(chat)
        self._chats.setdefault(chat, TokenBucket(burst, now)).take(now, rate, burst)

    def rest(self, chat: int, seconds: float, now: float) -> None:
        """Leave this chat alone for so long."""
        self._paused[chat] = now + seconds

    def pause(self, chat: int, seconds: float, now: float) -> None:
        """Telegram said 429 for this chat: leave it alone for so long, and the bot if it is many chats."""
        self.rest(chat, seconds, now)
        self._refused = {c: at for c, at in self._refused.items() if now - at < ALARM_SECONDS} | {chat: now}
        if len(self._refused) >= ALARM_CHATS or seconds > ALARM_WAIT:
            self._paused_all = max(self._paused_all, now + seconds)


def _limits(chat: int) -> tuple[float, float]:
    return (PRIVATE_RATE, PRIVATE_BURST) if chat > 0 else (GROUP_RATE, GROUP_BURST)
