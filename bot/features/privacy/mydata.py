"""Everything kept about a person, for that person: first how much, then all, marks and viewers included.

What is told is read when it is sent, so that no copy of it waits anywhere.
"""

from collections.abc import Sequence

from sqlmodel import Session

from bot import access
from bot.access import Actor, Work
from bot.access.own_data import Line, OwnData
from bot.base.lengths import units
from bot.features.privacy.notices import MydataOverview, MydataPage, Overview, Page
from bot.features.privacy.sources import SOURCES

# Characters of a page, as Telegram counts them, below its 4,096; and of a line besides what people wrote.
PAGE, LINE = 3600, 130


# What is told at once: of which line, and which of its words is the number; None: the lines are counted.
TOTALS: dict[str, tuple[str, str | None]] = {
    "checkins": ("checkins", "count"), "corrections": ("correction", None), "patrols": ("patrols", "count"),
    "hazards": ("hazards", "told"), "requests": ("requests", "registered"), "photos": ("photos", "count"),
    "places": ("places", "count"), "household_days": ("household-days", "count"), "seen": ("seen", "count"),
}  # fmt: skip


def overview(work: Work) -> MydataOverview:
    """The short answer; its numbers are read when it is sent."""
    access.require(work.actor, "person.read_own", access.self_of(work.actor))
    privacy = work.settings.privacy
    return MydataOverview(work.now, privacy.location_days, privacy.payload_days)


def load_overview(session: Session, reader: Actor, told: MydataOverview) -> Overview:
    """How much of what is kept now."""
    lines = everything(session, reader, told)
    totals = {
        name: sum(int(line.words[word]) if word else 1 for line in lines if line.what == what)
        for name, (what, word) in TOTALS.items()
    }
    return told.shown_as(Overview, totals=totals)


def pages(work: Work) -> list[MydataPage]:
    """One notice a page; the lines themselves are read when it is sent."""
    told = overview(work)
    of = len(_paged(everything(work.session, work.actor, told)))
    days = (told.location_days, told.payload_days)
    return [MydataPage(told.at, *days, page=number, of=of) for number in range(1, of + 1)]


def load(session: Session, reader: Actor, told: MydataPage) -> Page | None:
    """The lines of one page as they are now; None where there are fewer pages by now."""
    paged = _paged(everything(session, reader, told))
    if told.page > len(paged):
        return None
    return told.shown_as(Page, lines=tuple(paged[told.page - 1]))


def everything(session: Session, actor: Actor, told: MydataOverview) -> list[Line]:
    """One line a thing that is kept."""
    access.require(actor, "person.read_own", access.self_of(actor))
    own = OwnData(session, actor, told.location_days, told.payload_days)
    return [line for _, source in SOURCES for line in source(own)]


def _paged(lines: Sequence[Line]) -> list[list[Line]]:
    made: list[list[Line]] = [[]]
    room = PAGE
    for line in lines:
        size = LINE + sum(units(word) for word in line.words.values())
        if size > room and made[-1]:
            made.append([])
            room = PAGE
        made[-1].append(line)
        room -= size
    return made
