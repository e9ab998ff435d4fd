"""What Telegram was sent, message by message, and what kind each is by its words."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.stage import Stage

# How messages begin, and what they are. The first that fits counts.
SIGNS = {
    "✅ 已上岗": "answers to who came",
    "🏁 已下班": "answers to who went",
    "您现在不在岗": "answers to who was not there",
    "⏰": "before the start",
    "🏁": "after the end",
    "👋": "not checked in",
    "没收到您点": "closed by the system",
    "🕗 您带的班": "told to leads",
    "🕗 还有": "told to supervisors",
    "🕙": "boards of duty",
    "🕘": "boards of heads",
    "!": "urgent",
    "📣": "broadcast",
    "🌙急": "said at night, urgent",
    "🌙": "said at night",
    "🧺": "said too often",
}
# What heads are asked goes by the day of the week; each begins with their name.
_NAMED = re.compile(r"· 岩(\d+)")
AGAIN = "还没有您的消息"
# What may come at night besides answers to who has just done something.
THROUGH = (
    "before the start", "after the end", "urgent", "answers to who came", "answers to who went",
    "answers to who was not there",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """One message that arrived."""

    at: datetime
    chat: int
    text: str

    @property
    def named(self) -> list[int]:
        """The numbers of the people it names in a list."""
        return [int(number) for number in _NAMED.findall(self.text)]


class Mail:
    """All messages that arrived, by kind and chat, each oldest first."""

    def __init__(self, stage: Stage) -> None:
        self.unknown: list[Letter] = []
        self._kinds: dict[str, dict[int, list[Letter]]] = defaultdict(lambda: defaultdict(list))
        for call in stage.sent():
            letter = Letter(stage.moment(call), call.chat or 0, str(call.params.get("text", "")))
            kind = _kind(letter.text)
            if kind:
                self._kinds[kind][letter.chat].append(letter)
            else:
                self.unknown.append(letter)

    def of(self, kind: str) -> dict[int, list[Letter]]:
        """The messages of a kind, by chat."""
        return self._kinds[kind]

    def got(self, kind: str, chat: int, since: datetime, until: datetime) -> list[Letter]:
        """The messages of a kind that a chat got between two moments."""
        return [each for each in self._kinds[kind].get(chat, ()) if since <= each.at <= until]

    def all(self, kinds: Sequence[str] = ()) -> list[tuple[str, Letter]]:
        """Every message with its kind; only of these kinds where some are named."""
        return [
            (kind, letter)
            for kind in kinds or tuple(self._kinds)
            for letters in self._kinds[kind].values()
            for letter in letters
        ]

    def by_words(self, kind: str) -> dict[str, list[datetime]]:
        """When each of the messages of a kind arrived, by their words."""
        times: dict[str, list[datetime]] = defaultdict(list)
        for _, letter in self.all([kind]):
            times[letter.text].append(letter.at)
        return times

    def counts(self) -> Counter[str]:
        """How many there are of each kind."""
        return Counter({kind: sum(map(len, chats.values())) for kind, chats in self._kinds.items()})


def _kind(text: str) -> str:
    found = next((kind for sign, kind in SIGNS.items() if text.startswith(sign)), "")
    if found or not text.startswith("岩"):
        return found
    return "heads reminded" if AGAIN in text else "heads asked"


def is_quiet(moment: datetime, stage: Stage) -> bool:
    """Whether it is in quiet hours."""
    clock, quiet = moment.astimezone(stage.settings.work.zone).time(), stage.settings.quiet
    return clock >= quiet.start or clock < quiet.end


def morning_after(moment: datetime, stage: Stage) -> datetime:
    """When quiet hours end after this moment, which lies in them."""
    local = moment.astimezone(stage.settings.work.zone)
    day = local.date() + timedelta(days=local.time() >= stage.settings.quiet.start)
    return datetime.combine(day, stage.settings.quiet.end, stage.settings.work.zone)
