"""A summary by topic: patrols, hazards, households, and all of it on one page."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.base.facts import Facts
from bot.features.requests.views.lists import data_of as board_data
from bot.features.summaries.views.pictures import bars, sheet, tiles, trend
from bot.features.summaries.views.summary import burden, caption, data_of, requests
from bot.features.summaries.views.summary import hazards as hazards_told
from bot.views.base import Button, Message, Picture, Reader
from bot.views.maps import map_words
from bot.views.wording import area_and_period, day_named, many, moment_dated, share

_AGES = ("age3", "age7", "age30")
# With so many areas, what there is by area is a picture of its own; its topic ends like this.
_MANY, AREAS = 24, "-areas"
# What a topic tells of the whole, and by area.
_Parts = tuple[list[Facts | None], Facts | None]


def topic(facts: Facts, to: Reader) -> Message:
    """One of the pictures, with the figures as text."""
    if facts["topic"] in ("report", "page"):
        return _page(facts, to)
    which, part = facts["topic"].removesuffix(AREAS), facts["topic"].endswith(AREAS)
    head = to.tr(f"summary-head-{which}", where=area_and_period(facts, to), cutoff=to.time(facts["cutoff"]))
    text = "\n".join([head, *_told(which, facts, to)])
    if which == "map":
        return Message(text, ((_back(facts, to),),), picture=Picture("summary", _map(facts, to)))
    whole, by_area = MADE[which](facts, to)
    row = [_back(facts, to)]
    if which == "requests":
        # Who has each of them, and where it can be opened.
        row.insert(0, Button(to.tr.plain("request-board-area"), board_data("area", facts["area_id"])))
    if by_area and any(whole) and len(by_area["rows"]) >= _MANY:
        # Two pictures: one with everything would be too high for a photo.
        key, other = ("summary-whole-button", which) if part else ("summary-areas-button", which + AREAS)
        row.insert(0, Button(to.tr.plain(key), data_of(f"t:{other}", facts)))
        whole, by_area = ([], by_area) if part else (whole, None)
    return Message(
        text, (tuple(row),), picture=Picture("summary", sheet(facts, to, [*whole, by_area], which))
    )  # fmt: skip


def _back(facts: Facts, to: Reader) -> Button:
    return Button(to.tr.plain("summary-back"), data_of("s", facts))


def _page(facts: Facts, to: Reader) -> Message:
    """All of it, as a PDF: too much for a photo, which Telegram makes small; and to be printed."""
    sections = [tiles(facts, to), bars(facts, to), trend(facts, to), *further(facts, to)]
    pack = Button(to.tr.plain("review-button"), data_of("r", facts))
    text = "\n".join([caption(facts, to), *burden(facts, to)])
    return Message(text, ((pack,), (_back(facts, to),)), picture=Picture("page", sheet(facts, to, sections)))


def _map(facts: Facts, to: Reader) -> Facts:
    """What is so at this moment, in no order and of no period."""
    data = sheet(facts, to, places(facts, to), "map")
    title = to.tr.plain("summary-title-map", where=facts["area"])
    return data | {"title": title, "subtitle": moment_dated(facts["cutoff"], to), "footer": ""}


def patrols(facts: Facts, to: Reader) -> _Parts:
    """When they set out; and which checkpoints they reached, by area."""
    start = int(facts["day_start"][:2])
    rows = [{"name": _day(each["day"], to), "hours": _until_now(each, facts, to)} for each in facts["hours"]]
    heat: Facts = {
        "kind": "heat", "title": to.tr.plain("summary-heat"), "rows": rows,
        "hours": [to.tr.plain("summary-heat-hour", hour=str((start + n) % 24)) for n in range(24)],
        "none": to.tr.plain("summary-heat-none"),
        "note": to.tr.plain("summary-heat-note", hour=str(start)),
    }  # fmt: skip
    shown = heat if any(any(row["hours"]) for row in rows) else None
    return [shown], _by_area("checkpoints_reached", "checkpoints", facts, to)


def _until_now(each: Facts, facts: Facts, to: Reader) -> list[int | None]:
    """The numbers of a work day's hours; of an hour that has not begun there is none."""
    midnight = datetime.combine(date.fromisoformat(each["day"]), time(), to.zone)
    begins = midnight + timedelta(hours=int(facts["day_start"][:2]))
    cutoff = to.local(facts["cutoff"])
    return [
        number if begins + timedelta(hours=n) <= cutoff else None for n, number in enumerate(each["hours"])
    ]


def hazards(facts: Facts, to: Reader) -> _Parts:
    """What is open, by kind and by age; and which were put right in time, by area."""
    names = _kind_names(facts["kinds"], to)
    states = (("late", "reported"), ("open", "assigned"), ("done", "fixed"))
    kinds = _by_kind("summary-hazard-kinds", facts["open"], names, states, to)
    return [kinds, _ages(facts, to)], _by_area("hazards_in_time", "hazards_closed", facts, to)


def residents(facts: Facts, to: Reader) -> _Parts:
    """Residents' requests: what is open, by kind; and which were closed in time, by area."""
    names = _kind_names(facts["request_kinds"], to)
    states = (("late", "registered"), ("open", "assigned"), ("done", "done"))
    kinds = _by_kind("summary-request-kinds", facts["open_requests"], names, states, to)
    return [kinds], _by_area("requests_in_time", "requests_closed", facts, to)


def households(facts: Facts, to: Reader) -> _Parts:
    """How many were asked, by area."""
    return [], _by_area("households_reached", "households", facts, to)


MADE: dict[str, Callable[[Facts, Reader], _Parts]] = {
    "patrols": patrols, "hazards": hazards, "requests": residents, "households": households,
}  # fmt: skip


def places(facts: Facts, to: Reader) -> list[Facts | None]:
    """Posts and open hazards on a map, where coordinates may be shown."""
    if not to.coordinates or not (facts["posts"] or facts["spots"]):
        return []
    names = _kind_names(facts["kinds"], to)
    words = ("manned", "unmanned", "hazard", "overdue")
    return [
        {
            "kind": "map", "title": to.tr.plain("summary-map"), "posts": facts["posts"],
            "hazards": [spot | {"name": names.get(spot["category"], "")} for spot in facts["spots"]],
            "areas": facts.get("places", []),
            "labels": {word: to.tr.plain(f"summary-map-{word}") for word in words} | map_words(to),
        }
    ]  # fmt: skip


def _kind_names(kinds: list[Facts], to: Reader) -> dict[str, str]:
    return {kind["code"]: kind[to.tr.locale if to.tr.locale in kind else "en"] for kind in kinds}


def further(facts: Facts, to: Reader) -> list[Facts | None]:
    """Everything there is besides attendance."""
    return [part for made in MADE.values() for part in _together(made(facts, to))]


def _together(parts: _Parts) -> list[Facts | None]:
    whole, by_area = parts
    return [*whole, by_area]


def _by_kind(
    title: str, open_rows: list[Facts], names: dict[str, str], states: tuple[tuple[str, str], ...], to: Reader
) -> Facts | None:
    """What is open of each kind, by state: each with its colour."""
    open_ = {row["category"]: row for row in open_rows}
    if not open_:
        return None
    most = max(row["open"] for row in open_.values())
    rows = [
        {
            "name": names[code], "whole": most,
            "parts": [[colour, open_[code][state]] for colour, state in states],
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


def _open_told(row: Facts, to: Reader) -> str:
    if not row["overdue"]:
        return many(row["open"])
    return to.tr.plain("summary-open-overdue", open=many(row["open"]), overdue=many(row["overdue"]))


def _ages(facts: Facts, to: Reader) -> Facts | None:
    """How long they have been open."""
    total = sum(row["open"] for row in facts["open"])
    if not total:
        return None
    upto = [sum(row[age] for row in facts["open"]) for age in _AGES]
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


def _by_area(part: str, whole: str, facts: Facts, to: Reader) -> Facts | None:
    """Areas in roster order, each with what its share is of."""
    if not any(each["counts"].get(whole) for each in facts["areas"]):
        return None
    rows = [
        {
            "name": each["name"], "parts": [["done", each["counts"].get(part, 0)]],
            "whole": each["counts"].get(whole, 0),
            "told": f"{each['counts'].get(part, 0):,}/{each['counts'][whole]:,}"
            if each["counts"].get(whole) else "–",
        }
        for each in facts["areas"]
    ]  # fmt: skip
    key = part.replace("_", "-")
    legend = [["done", to.tr.plain(f"summary-legend-{key}")], ["rest", to.tr.plain(f"summary-rest-{key}")]]
    return {"kind": "bars", "title": to.tr.plain(f"summary-bars-{key}"), "legend": legend, "rows": rows}


def _told(which: str, facts: Facts, to: Reader) -> list[str]:
    whole = facts["whole"]
    if which == "patrols":
        part, of = whole.get("checkpoints_reached", 0), whole.get("checkpoints", 0)
        told = {
            "patrols": str(whole.get("patrols", 0)),
            "incomplete": str(whole.get("patrols_incomplete", 0)),
        }
        return [to.tr("summary-patrols", reached=str(part), checkpoints=str(of), **told)]
    if which == "households":
        part, of = whole.get("households_reached", 0), whole.get("households", 0)
        told = {"reached": str(part), "households": str(of), "share": share(part, of), "change": ""}
        return [to.tr("summary-households", **told)]
    if which == "requests":
        return requests(facts, to)
    if which == "map":
        standing = sum(post["manned"] for post in facts["posts"])
        told = {
            "manned": str(standing),
            "posts": str(len(facts["posts"])),
            "hazards": str(len(facts["spots"])),
        }
        return [to.tr("summary-map-told" if to.coordinates else "summary-map-hidden", **told)]
    return hazards_told(facts, to)


def _day(told: str, to: Reader) -> str:
    return day_named(date.fromisoformat(told), to)
