"""The report of a patrol, and the list of reports."""

from typing import Any

from bot.base.facts import Facts
from bot.base.lengths import cut, quoted
from bot.features.duty.views.check_in import distance_told, span_told
from bot.features.patrols.views.patrol import named
from bot.features.shifts.views.shifts import day_told
from bot.views.base import Button, Message, Picture, Reader
from bot.views.keyboards import main_keyboard
from bot.views.maps import map_words
from bot.views.wording import dated

# What a caption leaves for one person's words.
MOST_WORDS = 200
# From this rung of a ladder on it is supervisors; sections told one by one.
ABOVE, MOST_DUE = 2, 30


def report(facts: Facts, to: Reader) -> Message:
    """Who walked what and when, which checkpoints, what was found; the picture where it is asked for."""
    picture = _picture(facts, to)
    head = [_head_shown(facts, to)] if picture else [_head(facts, to), _way(facts, to)]
    lines = [*head, *_stops(facts, to), *_found(facts, to), *_remark(facts, to)]
    if facts["state"] == "incomplete":
        lines.append(to.tr("patrol-report-closed"))
    return Message("\n".join(lines), buttons=_buttons(facts, to), picture=picture)


def voice(facts: Facts, to: Reader) -> Message:
    """The remark as it was spoken."""
    told = {"name": facts["name"], "time": to.time(facts["started_at"])}
    return Message(to.tr("patrol-voice", **told), voice=facts["voice"])


def closed(facts: Facts, to: Reader) -> Message:
    """Nobody handed it in before the shift was over: told kindly, with what was missed."""
    span = {"start": to.time(facts["started_at"]), "end": to.time(facts["ended_at"])}
    lines = [to.tr("patrol-closed", section=_section(facts, to), **span), *_stops(facts, to)]
    lines.append(to.tr("patrol-closed-help"))
    return Message("\n".join(lines), keyboard=main_keyboard(to.tr, facts))


def due(facts: Facts, to: Reader) -> Message:
    """Planned, and nobody has set out; where somebody has since, that too."""
    if not facts["open"]:
        return Message(to.tr("patrol-due-none"))
    lines = [to.tr("patrol-due-crew" if facts["level"] < ABOVE else "patrol-due-names")]
    for each in facts["open"][:MOST_DUE]:
        told = {"section": each["section"], "place": each["place"], "time": to.time(each["at"])}
        lines.append(to.tr("patrol-due-line", **told))
    if len(facts["open"]) > MOST_DUE:
        lines.append(to.tr("patrol-due-more", count=str(len(facts["open"]))))
    return Message("\n".join(lines))


def listed(facts: Facts, to: Reader) -> Message:
    """Patrols newest first, with their days; a button for each report."""
    entries = facts["entries"]
    if not entries:
        return Message(to.tr("patrol-list-none"))
    lines = [to.tr("patrol-list-head", count=str(facts["today"]), complete=str(facts["complete"]))]
    lines = [] if facts["offset"] else lines
    day, buttons = "", []
    for number, entry in enumerate(entries, start=1):
        told = day_told(to.local(entry["started_at"]), to)
        if told != day:
            day = told
            lines += ["", to.tr("patrol-list-day", day=day)] if lines else [to.tr("patrol-list-day", day=day)]
        lines.append(_entry(number, entry, to))
        if entry["ended_at"]:
            buttons.append(Button(str(number), f"pat:see:{entry['patrol_id']}"))
    return Message("\n".join(lines), buttons=(*_rows(buttons), *_turning(facts, to)))


def _rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[place : place + 4]) for place in range(0, len(buttons), 4)]


def _turning(facts: Facts, to: Reader) -> list[tuple[Button, ...]]:
    if facts["after"] is None:
        return []
    return [(Button(to.tr.plain("patrol-older-button"), f"pat:list:{facts['after']}"),)]


def _entry(number: int, entry: Facts, to: Reader) -> str:
    began, ended = to.local(entry["started_at"]), entry["ended_at"]
    end = f"{to.local(ended):%H:%M}" if ended else to.tr.plain("patrol-still-on")
    told = {
        "number": str(number), "start": f"{began:%H:%M}", "end": end, "name": entry["name"],
        "section": entry["section"] or entry["area"],
    }  # fmt: skip
    line = to.tr("patrol-list-entry", **told)
    if entry["total"]:
        line += to.tr("patrol-list-stops", reached=str(entry["reached"]), total=str(entry["total"]))
    if entry["found"]:
        line += to.tr("patrol-list-found", count=str(entry["found"]))
    if entry["state"] == "incomplete":
        line += to.tr("patrol-list-closed")
    return line


def _section(facts: Facts, to: Reader) -> str:
    return facts["section"] or to.tr.plain("patrol-free")


def _head(facts: Facts, to: Reader) -> str:
    return to.tr("patrol-report-head", section=_section(facts, to), name=facts["name"], area=facts["area"])


def _head_shown(facts: Facts, to: Reader) -> str:
    """Beside the map, which has the section and the times in its title: who, and how long."""
    told = {"name": facts["name"], "span": span_told(facts["minutes"] or 0, to)}
    if not facts["metres"]:
        return to.tr("patrol-report-shown-time", **told)
    return to.tr("patrol-report-shown", **told, distance=distance_told(facts["metres"], to))


def _way(facts: Facts, to: Reader) -> str:
    told = {
        "start": to.time(facts["started_at"]), "end": to.time(facts["ended_at"]),
        "span": span_told(facts["minutes"] or 0, to),
    }  # fmt: skip
    if not facts["metres"]:
        return to.tr("patrol-report-time", **told)
    return to.tr("patrol-report-way", **told, distance=distance_told(facts["metres"], to))


def _stops(facts: Facts, to: Reader) -> list[str]:
    if not facts["total"]:
        return []
    count = {"reached": str(len(facts["reached"])), "total": str(facts["total"])}
    if not facts["missed"]:
        return [to.tr("patrol-report-all", **count)]
    return [
        to.tr("patrol-report-some", **count),
        to.tr("patrol-report-missed", names=named(facts["missed"], to)),
    ]


def _found(facts: Facts, to: Reader) -> list[str]:
    if not facts["found"]:
        return [to.tr("patrol-report-fine")] if facts["state"] == "done" else []
    return [
        to.tr("patrol-report-found", item=_item(each, facts, to), what=_what(each)) for each in facts["found"]
    ]


def _item(each: Facts, facts: Facts, to: Reader) -> str:
    names: dict[str, Any] = facts["items"].get(each["item"], {})
    return str(names.get(to.tr.locale, each["item"]))


def _what(each: Facts) -> str:
    words = quoted(each["words"])
    signs = ("🎤" if each["voice"] else "") + ("📷" if each["photos"] else "")
    return " ".join(filter(None, (words, signs, each["hazard"])))


def _remark(facts: Facts, to: Reader) -> list[str]:
    lines = []
    if facts["words"]:
        lines.append(to.tr("patrol-report-words", words=cut(facts["words"], MOST_WORDS)))
    if facts["voice"]:
        lines.append(to.tr("patrol-report-voice"))
    return lines


def _buttons(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    row = []
    if facts["voice"]:
        row.append(Button(to.tr.plain("patrol-voice-button"), f"pat:voice:{facts['patrol_id']}"))
    if not facts["own"] and not facts["drawing"] and to.coordinates:
        row.append(Button(to.tr.plain("patrol-map-button"), f"pat:map:{facts['patrol_id']}"))
    return (tuple(row),) if row else ()


def _picture(facts: Facts, to: Reader) -> Picture | None:
    """The map, unless no coordinates are to be shown."""
    drawing = facts["drawing"]
    if not drawing or not to.coordinates:
        return None
    stops = [
        {**stop, "at": f"{to.local(stop['at']):%H:%M}" if stop["at"] else ""}
        for stop in drawing["checkpoints"]
    ]
    labels = {
        name: to.tr.plain(f"patrol-map-{name}") for name in ("reached", "missed", "track", "gap", "section")
    } | map_words(to)
    if any(len(piece) > 1 for piece in drawing["track"]):
        # Where only single places were sent, nothing was to be expected in between.
        span = span_told(drawing["silent_minutes"], to)
        labels["gap"] = to.tr.plain("patrol-map-gap-span", span=span)
        if facts["coverage"] is not None:
            labels["section"] = to.tr.plain("patrol-map-section-share", percent=str(facts["coverage"]))
    told = {"title": _section(facts, to), "subtitle": _who_and_when(facts, to)}
    return Picture("patrol", {**drawing, **told, "checkpoints": stops, "labels": labels})


def _who_and_when(facts: Facts, to: Reader) -> str:
    """What the map is of, wherever it is sent on to: who, and when, with the year."""
    start, end = (to.local(facts[name]) for name in ("started_at", "ended_at"))
    told = {"name": facts["name"], "day": dated(start.date(), to), "start": f"{start:%H:%M}"}
    return to.tr.plain("patrol-map-who", **told, end=f"{end:%H:%M}")
