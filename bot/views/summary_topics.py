"""A summary by topic: patrols, hazards, households, and all of it on one page."""

from datetime import date

from bot.notices import Facts
from bot.views.base import Button, Message, Picture, Reader, view
from bot.views.request_boards import data_of as board_data
from bot.views.summaries import burden, caption, data_of, requests
from bot.views.summaries import hazards as hazards_told
from bot.views.summary_pictures import bars, sheet, tiles, trend
from bot.views.summary_words import area_and_period, day_named, share

_AGES = ("age3", "age7", "age30")


@view("summary.topic")
def topic(facts: Facts, to: Reader) -> Message:
    """One of the pictures, with the figures as text."""
    which = facts["topic"]
    head = to.tr(f"summary-head-{which}", where=area_and_period(facts, to), cutoff=to.time(facts["cutoff"]))
    back = Button(to.tr.plain("summary-back"), data_of("s", facts))
    made = {
        "patrols": patrols, "hazards": hazards, "requests": residents, "households": households,
        "map": places,
    }  # fmt: skip
    if which in ("report", "page"):
        data, text = _report(facts, to), "\n".join([caption(facts, to), *burden(facts, to)])
    else:
        data = sheet(facts, to, made[which](facts, to), which)
        text = "\n".join([head, *(line for line in _told(which, facts, to))])
    if which == "requests":
        # Who has each of them, and where it can be opened.
        listed = Button(to.tr.plain("request-board-area"), board_data("area", facts["area_id"]))
        return Message(text, ((listed, back),), picture=Picture("summary", data))
    if which not in ("report", "page"):
        return Message(text, ((back,),), picture=Picture("summary", data))
    pack = Button(to.tr.plain("review-button"), data_of("r", facts))
    # Too much for a photo, which Telegram makes small; and to be printed.
    return Message(text, ((pack,), (back,)), picture=Picture("page", data))


def patrols(facts: Facts, to: Reader) -> list[Facts | None]:
    """When they set out, and which checkpoints they reached, by area."""
    rows = [{"name": _day(each["day"], to), "hours": each["hours"]} for each in facts["hours"]]
    heat: Facts = {
        "kind": "heat", "title": to.tr.plain("summary-heat"), "rows": rows,
        "from_hour": int(facts["day_start"][:2]),
        "legend": [to.tr.plain(f"summary-heat-{word}") for word in ("none", "few", "many")],
    }  # fmt: skip
    return [
        _by_area("checkpoints_reached", "checkpoints", facts, to),
        heat if any(any(row["hours"]) for row in rows) else None,
    ]


def hazards(facts: Facts, to: Reader) -> list[Facts | None]:
    """What is open, by kind and by age; and which were put right in time, by area."""
    names = _kind_names(facts["kinds"], to)
    states = (("late", "reported"), ("open", "assigned"), ("done", "fixed"))
    kinds = _by_kind("summary-hazard-kinds", facts["open"], names, states, to)
    return [kinds, _ages(facts, to), _by_area("hazards_in_time", "hazards_closed", facts, to)]


def residents(facts: Facts, to: Reader) -> list[Facts | None]:
    """Residents' requests: what is open, by kind; and which were closed in time, by area."""
    names = _kind_names(facts["request_kinds"], to)
    states = (("late", "registered"), ("open", "assigned"), ("done", "done"))
    kinds = _by_kind("summary-request-kinds", facts["open_requests"], names, states, to)
    return [kinds, _by_area("requests_in_time", "requests_closed", facts, to)]


def households(facts: Facts, to: Reader) -> list[Facts | None]:
    """How many were asked, by area."""
    return [_by_area("households_reached", "households", facts, to)]


def places(facts: Facts, to: Reader) -> list[Facts | None]:
    """Posts and open hazards on a map, where coordinates may be shown."""
    if not to.coordinates or not (facts["posts"] or facts["spots"]):
        return []
    names = _kind_names(facts["kinds"], to)
    words = ("manned", "unmanned", "hazard", "overdue")
    return [
        {
            "kind": "map", "title": to.tr.plain("summary-map"), "posts": facts["posts"],
            "legend": [to.tr.plain(f"summary-map-{word}") for word in words],
            "hazards": [spot | {"name": names.get(spot["category"], "")} for spot in facts["spots"]],
            "metres": to.tr.plain("summary-map-metres"), "kilometres": to.tr.plain("summary-map-kilometres"),
        }
    ]  # fmt: skip


def _kind_names(kinds: list[Facts], to: Reader) -> dict[str, str]:
    return {kind["code"]: kind[to.tr.locale if to.tr.locale in kind else "en"] for kind in kinds}


def _report(facts: Facts, to: Reader) -> Facts:
    return sheet(facts, to, [tiles(facts, to), bars(facts, to), trend(facts, to), *further(facts, to)])


def further(facts: Facts, to: Reader) -> list[Facts | None]:
    """Everything there is besides attendance."""
    return [*patrols(facts, to), *hazards(facts, to), *residents(facts, to), *households(facts, to)]


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
        return str(row["open"])
    return to.tr.plain("summary-open-overdue", open=str(row["open"]), overdue=str(row["overdue"]))


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
         "told": f"{counts[n]}"}
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
            "told": f"{each['counts'].get(part, 0)}/{each['counts'][whole]}"
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
