"""Everything kept about a person, for that person: first how much, then all, marks and viewers included.

What is told is read when it is sent, so that no copy of it waits anywhere.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot import access
from bot.access import Actor, Work
from bot.base.facts import Facts
from bot.base.lengths import units
from bot.features.privacy.sources import SOURCES
from bot.settings import Settings

# Characters of a page, as Telegram counts them, below its 4,096; and of a line besides what people wrote.
PAGE, LINE = 3600, 130


# What is told at once: of which line, and which of its words is the number; None: the lines are counted.
TOTALS: dict[str, tuple[str, str | None]] = {
    "checkins": ("checkins", "count"), "corrections": ("correction", None), "patrols": ("patrols", "count"),
    "hazards": ("hazards", "told"), "requests": ("requests", "registered"), "photos": ("photos", "count"),
    "places": ("places", "count"), "household_days": ("household-days", "count"), "seen": ("seen", "count"),
}  # fmt: skip


def overview(work: Work) -> Facts:
    """The facts of the short answer; its numbers are read when it is sent."""
    access.require(work.actor, "person.read_own", access.self_of(work.actor))
    return _known(work.now, work.settings)


def load_overview(session: Session, reader: Actor, facts: Facts) -> Facts:
    """How much of what is kept now, and whether the reader heads households."""
    lines = everything(session, reader, facts)
    totals = {
        name: sum(int(line["words"][word]) if word else 1 for line in lines if line["what"] == what)
        for name, (what, word) in TOTALS.items()
    }
    return facts | {"totals": totals}


def pages(work: Work) -> list[Facts]:
    """The facts of one notice a page; the lines themselves are read when it is sent."""
    known = _known(work.now, work.settings)
    count = len(_paged(everything(work.session, work.actor, known)))
    return [known | {"page": number, "of": count} for number in range(1, count + 1)]


def _known(now: datetime, settings: Settings) -> Facts:
    return {
        "at": now.isoformat(), "location_days": settings.privacy.location_days,
        "payload_days": settings.privacy.payload_days,
    }  # fmt: skip


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The lines of one page as they are now; None where there are fewer pages by now."""
    paged = _paged(everything(session, reader, facts))
    return facts | {"lines": paged[facts["page"] - 1]} if facts["page"] <= len(paged) else None


def everything(session: Session, actor: Actor, known: Facts) -> list[Facts]:
    """One line a thing that is kept. `known`: how long what is kept, and the moment it was asked."""
    access.require(actor, "person.read_own", access.self_of(actor))
    return [line for _, source in SOURCES for line in source(session, actor, known)]


def _paged(lines: Sequence[Facts]) -> list[list[Facts]]:
    made: list[list[Facts]] = [[]]
    room = PAGE
    for line in lines:
        size = LINE + sum(units(str(word)) for word in line["words"].values())
        if size > room and made[-1]:
            made.append([])
            room = PAGE
        made[-1].append(line)
        room -= size
    return made
