"""A summary by topic: patrols, hazards, households, and all of it on one page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta

from bot.features.requests.views.lists import data_of as board_data
from bot.features.summaries.notices import CategoryName, HoursOfDay, OpenCases, TopicFigures
from bot.features.summaries.views.periods import area_and_period
from bot.features.summaries.views.pictures import Section, bars, sheet, tiles, trend
from bot.features.summaries.views.summary import burden, caption, data_of, requests
from bot.features.summaries.views.summary import hazards as hazards_told
from bot.views.base import Button, Message, Picture, Reader
from bot.views.maps import map_words
from bot.views.wording import day_named, many, moment_dated, share

_AGES = ("age3", "age7", "age30")
# With so many areas, what there is by area is a picture of its own; its topic ends like this.
_MANY, AREAS = 24, "-areas"
# What a topic tells of the whole, and by area.
_Parts = tuple[list[Section | None], Section | None]


def topic(told: TopicFigures, to: Reader) -> Message:
    """One of the pictures, with the figures as text."""
    if told.topic in ("report", "page"):
        return _page(told, to)
    which, part = told.topic.removesuffix(AREAS), told.topic.endswith(AREAS)
    head = to.tr(f"summary-head-{which}", where=area_and_period(told, to), cutoff=to.time(told.cutoff))
    text = "\n".join([head, *_told(which, told, to)])
    if which == "map":
        return Message(text, ((_back(told, to),),), picture=Picture("summary", _map(told, to)))
    whole, by_area = MADE[which](told, to)
    row = [_back(told, to)]
    if which == "requests":
        # Who has each of them, and where it can be opened.
        row.insert(0, Button(to.tr.plain("request-board-area"), board_data("area", told.area_id)))
    if by_area and any(whole) and len(told.areas) >= _MANY:
        # Two pictures: one with everything would be too high for a photo.
        key, other = ("summary-whole-button", which) if part else ("summary-areas-button", which + AREAS)
        row.insert(0, Button(to.tr.plain(key), data_of(f"t:{other}", told)))
        whole, by_area = ([], by_area) if part else (whole, None)
    return Message(
        text, (tuple(row),), picture=Picture("summary", sheet(told, to, [*whole, by_area], which))
    )  # fmt: skip


def _back(told: TopicFigures, to: Reader) -> Button:
    return Button(to.tr.plain("summary-back"), data_of("s", told))


def _page(told: TopicFigures, to: Reader) -> Message:
    """All of it, as a PDF: too much for a photo, which Telegram makes small; and to be printed."""
    sections = [tiles(told, to), bars(told, to), trend(told, to), *further(told, to)]
    pack = Button(to.tr.plain("review-button"), data_of("r", told))
    text = "\n".join([caption(told, to), *burden(told, to)])
    return Message(text, ((pack,), (_back(told, to),)), picture=Picture("page", sheet(told, to, sections)))


def _map(told: TopicFigures, to: Reader) -> Section:
    """What is so at this moment, in no order and of no period."""
    data = sheet(told, to, places(told, to), "map")
    title = to.tr.plain("summary-title-map", where=told.area)
    return data | {"title": title, "subtitle": moment_dated(told.cutoff, to), "footer": ""}


def patrols(told: TopicFigures, to: Reader) -> _Parts:
    """When they set out; and which checkpoints they reached, by area."""
    start = told.day_start.hour
    counted = [(each.day, _until_now(each, told, to)) for each in told.hours]
    heat: Section = {
        "kind": "heat", "title": to.tr.plain("summary-heat"),
        "rows": [{"name": day_named(day, to), "hours": hours} for day, hours in counted],
        "hours": [to.tr.plain("summary-heat-hour", hour=str((start + n) % 24)) for n in range(24)],
        "none": to.tr.plain("summary-heat-none"),
        "note": to.tr.plain("summary-heat-note", hour=str(start)),
    }  # fmt: skip
    shown = heat if any(any(hours) for _, hours in counted) else None
    return [shown], _by_area("checkpoints_reached", "checkpoints", told, to)


def _until_now(each: HoursOfDay, told: TopicFigures, to: Reader) -> list[int | None]:
    """The numbers of a work day's hours; of an hour that has not begun there is none."""
    midnight = datetime.combine(each.day, time(), to.zone)
    begins = midnight + timedelta(hours=told.day_start.hour)
    cutoff = to.local(told.cutoff)
    return [number if begins + timedelta(hours=n) <= cutoff else None for n, number in enumerate(each.hours)]


def hazards(told: TopicFigures, to: Reader) -> _Parts:
    """What is open, by kind and by age; and which were put right in time, by area."""
    names = _kind_names(told.kinds, to)
    states = (("late", "reported"), ("open", "assigned"), ("done", "fixed"))
    kinds = _by_kind("summary-hazard-kinds", told.open, names, states, to)
    return [kinds, _ages(told, to)], _by_area("hazards_in_time", "hazards_closed", told, to)


def residents(told: TopicFigures, to: Reader) -> _Parts:
    """Residents' requests: what is open, by kind; and which were closed in time, by area."""
    names = _kind_names(told.request_kinds, to)
    states = (("late", "registered"), ("open", "assigned"), ("done", "done"))
    kinds = _by_kind("summary-request-kinds", told.open_requests, names, states, to)
    return [kinds], _by_area("requests_in_time", "requests_closed", told, to)


def households(told: TopicFigures, to: Reader) -> _Parts:
    """How many were asked, by area."""
    return [], _by_area("households_reached", "households", told, to)


MADE: dict[str, Callable[[TopicFigures, Reader], _Parts]] = {
    "patrols": patrols, "hazards": hazards, "requests": residents, "households": households,
}  # fmt: skip


def places(told: TopicFigures, to: Reader) -> list[Section | None]:
    """Posts and open hazards on a map, where coordinates may be shown."""
    if not to.coordinates or not (told.posts or told.spots):
        return []
    names = _kind_names(told.kinds, to)
    words = ("manned", "unmanned", "hazard", "overdue")
    return [
        {
            "kind": "map", "title": to.tr.plain("summary-map"),
            "posts": [asdict(post) for post in told.posts],
            "hazards": [asdict(spot) | {"name": names.get(spot.category, "")} for spot in told.spots],
            "areas": [asdict(place) for place in told.places],
            "labels": {word: to.tr.plain(f"summary-map-{word}") for word in words} | map_words(to),
        }
    ]  # fmt: skip


def _kind_names(kinds: Sequence[CategoryName], to: Reader) -> dict[str, str]:
    return {kind.code: kind.zh_CN if to.tr.locale == "zh_CN" else kind.en for kind in kinds}


def further(told: TopicFigures, to: Reader) -> list[Section | None]:
    """Everything there is besides attendance."""
    return [part for made in MADE.values() for part in _together(made(told, to))]


def _together(parts: _Parts) -> list[Section | None]:
    whole, by_area = parts
    return [*whole, by_area]


def _by_kind(
    title: str,
    open_rows: Sequence[OpenCases],
    names: Mapping[str, str],
    states: tuple[tuple[str, str], ...],
    to: Reader,
) -> Section | None:
    """What is open of each kind, by state: each with its colour."""
    open_ = {row.category: row for row in open_rows}
    if not open_:
        return None
    most = max(row.open for row in open_.values())
    rows = [
        {
            "name": names[code], "whole": most,
            "parts": [[colour, getattr(open_[code], state)] for colour, state in states],
            "told": _open_told(open_[code], to),
        }
        for code in names
        if code in open_
    ]  # fmt: skip
    legend = [[colour, to.tr.plain(f"summary-legend-{state}")] for colour, state in states]
    return {
        "kind": "bars", "title": to.tr.plain(title), "legend": legend, "rows": rows,
        "bare": True,
    }  # fmt: skip


def _open_told(row: OpenCases, to: Reader) -> str:
    if not row.overdue:
        return many(row.open)
    return to.tr.plain("summary-open-overdue", open=many(row.open), overdue=many(row.overdue))


def _ages(told: TopicFigures, to: Reader) -> Section | None:
    """How long they have been open."""
    total = sum(row.open for row in told.open)
    if not total:
        return None
    upto = [sum(getattr(row, age) for row in told.open) for age in _AGES]
    counts = [upto[0], upto[1] - upto[0], upto[2] - upto[1], total - upto[2]]
    colours = ("done", "partly", "open", "late")
    rows = [
        {"name": to.tr.plain(f"summary-age-{n}"), "parts": [[colours[n], counts[n]]], "whole": total,
         "told": many(counts[n])}
        for n in range(4)
    ]  # fmt: skip
    return {
        "kind": "bars", "title": to.tr.plain("summary-hazard-ages"), "legend": [], "rows": rows, "bare": True,
    }  # fmt: skip


def _by_area(part: str, whole: str, told: TopicFigures, to: Reader) -> Section | None:
    """Areas in roster order, each with what its share is of."""
    counts = [(each.name, each.counts.get(part, 0), each.counts.get(whole, 0)) for each in told.areas]
    if not any(of for _, _, of in counts):
        return None
    rows = [
        {
            "name": name, "parts": [["done", done]], "whole": of,
            "told": f"{done:,}/{of:,}" if of else "–",
        }
        for name, done, of in counts
    ]  # fmt: skip
    key = part.replace("_", "-")
    legend = [["done", to.tr.plain(f"summary-legend-{key}")], ["rest", to.tr.plain(f"summary-rest-{key}")]]
    return {"kind": "bars", "title": to.tr.plain(f"summary-bars-{key}"), "legend": legend, "rows": rows}


def _told(which: str, told: TopicFigures, to: Reader) -> list[str]:
    whole = told.whole
    if which == "patrols":
        part, of = whole.get("checkpoints_reached", 0), whole.get("checkpoints", 0)
        words = {
            "patrols": str(whole.get("patrols", 0)),
            "incomplete": str(whole.get("patrols_incomplete", 0)),
        }
        return [to.tr("summary-patrols", reached=str(part), checkpoints=str(of), **words)]
    if which == "households":
        part, of = whole.get("households_reached", 0), whole.get("households", 0)
        words = {"reached": str(part), "households": str(of), "share": share(part, of), "change": ""}
        return [to.tr("summary-households", **words)]
    if which == "requests":
        return requests(told, to)
    if which == "map":
        standing = sum(post.manned for post in told.posts)
        words = {
            "manned": str(standing),
            "posts": str(len(told.posts)),
            "hazards": str(len(told.spots)),
        }
        return [to.tr("summary-map-told" if to.coordinates else "summary-map-hidden", **words)]
    return hazards_told(told, to)
