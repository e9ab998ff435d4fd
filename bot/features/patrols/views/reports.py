"""The report of a patrol, and the list of reports."""

from dataclasses import asdict

from bot.base.lengths import cut, quoted
from bot.features.patrols import notices
from bot.features.patrols.views.patrol import named, section_told
from bot.features.shifts.views.shifts import day_told, turning
from bot.views.base import Button, Message, Picture, Reader, in_rows
from bot.views.keyboards import main_keyboard
from bot.views.maps import map_words
from bot.views.wording import dated, distance_told, span_told

# What a caption leaves for one person's words.
MOST_WORDS = 200
# From this rung of a ladder on it is supervisors; sections told one by one.
ABOVE, MOST_DUE = 2, 30


def report(shown: notices.ShownReport, to: Reader) -> Message:
    """Who walked what and when, which checkpoints, what was found; the picture where it is asked for."""
    picture = _picture(shown, to)
    head = [_head_shown(shown, to)] if picture else [_head(shown, to), _way(shown, to)]
    lines = [*head, *_stops(shown, to), *_found(shown, to), *_remark(shown, to)]
    if shown.state == "incomplete":
        lines.append(to.tr("patrol-report-closed"))
    return Message("\n".join(lines), buttons=_buttons(shown, to), picture=picture)


def voice(notice: notices.PatrolVoice, to: Reader) -> Message:
    """The remark as it was spoken."""
    told = {"name": notice.name, "time": to.time(notice.started_at)}
    return Message(to.tr("patrol-voice", **told), voice=notice.voice)


def closed(shown: notices.ShownClosed, to: Reader) -> Message:
    """Nobody handed it in before the shift was over: told kindly, with what was missed."""
    span = {"start": to.time(shown.started_at), "end": to.time(shown.ended_at)}
    lines = [to.tr("patrol-closed", section=section_told(shown.section, to), **span), *_stops(shown, to)]
    lines.append(to.tr("patrol-closed-help"))
    return Message("\n".join(lines), keyboard=main_keyboard(to.tr, shown))


def due(shown: notices.DuePatrols, to: Reader) -> Message:
    """Planned, and nobody has set out; where somebody has since, that too."""
    if not shown.open:
        return Message(to.tr("patrol-due-none"))
    lines = [to.tr("patrol-due-crew" if shown.level < ABOVE else "patrol-due-names")]
    for each in shown.open[:MOST_DUE]:
        told = {"section": each.section, "place": each.place, "time": to.time(each.at)}
        lines.append(to.tr("patrol-due-line", **told))
    if len(shown.open) > MOST_DUE:
        lines.append(to.tr("patrol-due-more", count=str(len(shown.open))))
    return Message("\n".join(lines))


def listed(notice: notices.PatrolList, to: Reader) -> Message:
    """Patrols newest first, with their days; a button for each report."""
    entries = notice.entries
    if not entries:
        return Message(to.tr("patrol-list-none"))
    lines = [to.tr("patrol-list-head", count=str(notice.today), complete=str(notice.complete))]
    lines = [] if notice.offset else lines
    day, buttons = "", list[Button]()
    for number, entry in enumerate(entries, start=1):
        told = day_told(to.local(entry.started_at), to)
        if told != day:
            day = told
            lines += ["", to.tr("patrol-list-day", day=day)] if lines else [to.tr("patrol-list-day", day=day)]
        lines.append(_entry(number, entry, to))
        if entry.ended_at:
            buttons.append(Button(str(number), f"pat:see:{entry.patrol_id}"))
    turns = turning("pat:list", None, notice.after, to)
    return Message("\n".join(lines), buttons=(*in_rows(buttons, 4), *turns))


def _entry(number: int, entry: notices.ListedPatrol, to: Reader) -> str:
    began, ended = to.local(entry.started_at), entry.ended_at
    end = f"{to.local(ended):%H:%M}" if ended else to.tr.plain("patrol-still-on")
    told = {
        "number": str(number), "start": f"{began:%H:%M}", "end": end, "name": entry.name,
        "section": entry.section or entry.area,
    }  # fmt: skip
    line = to.tr("patrol-list-entry", **told)
    if entry.total:
        line += to.tr("patrol-list-stops", reached=str(entry.reached), total=str(entry.total))
    if entry.found:
        line += to.tr("patrol-list-found", count=str(entry.found))
    if entry.state == "incomplete":
        line += to.tr("patrol-list-closed")
    return line


def _head(shown: notices.ShownReport, to: Reader) -> str:
    return to.tr(
        "patrol-report-head", section=section_told(shown.section, to), name=shown.name, area=shown.area
    )


def _head_shown(shown: notices.ShownReport, to: Reader) -> str:
    """Beside the map, which has the section and the times in its title: who, and how long."""
    told = {"name": shown.name, "span": span_told(shown.minutes or 0, to)}
    if not shown.metres:
        return to.tr("patrol-report-shown-time", **told)
    return to.tr("patrol-report-shown", **told, distance=distance_told(shown.metres, to))


def _way(shown: notices.ShownReport, to: Reader) -> str:
    told = {
        "start": to.time(shown.started_at), "end": to.time(shown.ended_at),
        "span": span_told(shown.minutes or 0, to),
    }  # fmt: skip
    if not shown.metres:
        return to.tr("patrol-report-time", **told)
    return to.tr("patrol-report-way", **told, distance=distance_told(shown.metres, to))


def _stops(shown: notices.ShownReport | notices.ShownClosed, to: Reader) -> list[str]:
    if not shown.total:
        return []
    count = {"reached": str(len(shown.reached)), "total": str(shown.total)}
    if not shown.missed:
        return [to.tr("patrol-report-all", **count)]
    return [
        to.tr("patrol-report-some", **count),
        to.tr("patrol-report-missed", names=named(shown.missed, to)),
    ]


def _found(shown: notices.ShownReport, to: Reader) -> list[str]:
    if not shown.found:
        return [to.tr("patrol-report-fine")] if shown.state == "done" else []
    return [
        to.tr("patrol-report-found", item=_item(each, shown, to), what=_what(each)) for each in shown.found
    ]


def _item(each: notices.FoundItem, shown: notices.ShownReport, to: Reader) -> str:
    return shown.items.get(each.item, {}).get(to.tr.locale, each.item)


def _what(each: notices.FoundItem) -> str:
    words = quoted(each.words)
    signs = ("🎤" if each.voice else "") + ("📷" if each.photos else "")
    return " ".join(filter(None, (words, signs, each.hazard)))


def _remark(shown: notices.ShownReport, to: Reader) -> list[str]:
    lines = []
    if shown.words:
        lines.append(to.tr("patrol-report-words", words=cut(shown.words, MOST_WORDS)))
    if shown.voice:
        lines.append(to.tr("patrol-report-voice"))
    return lines


def _buttons(shown: notices.ShownReport, to: Reader) -> tuple[tuple[Button, ...], ...]:
    row = []
    if shown.voice:
        row.append(to.button("patrol-voice-button", f"pat:voice:{shown.patrol_id}"))
    if not shown.own and not shown.drawing and to.coordinates:
        row.append(to.button("patrol-map-button", f"pat:map:{shown.patrol_id}"))
    return (tuple(row),) if row else ()


def _picture(shown: notices.ShownReport, to: Reader) -> Picture | None:
    """The map, unless no coordinates are to be shown."""
    drawing = shown.drawing
    if not drawing or not to.coordinates:
        return None
    stops = [
        {**asdict(stop), "at": f"{to.local(stop.at):%H:%M}" if stop.at else ""}
        for stop in drawing.checkpoints
    ]
    labels = {
        name: to.tr.plain(f"patrol-map-{name}") for name in ("reached", "missed", "track", "gap", "section")
    } | map_words(to)
    if any(len(piece) > 1 for piece in drawing.track):
        # Where only single places were sent, nothing was to be expected in between.
        span = span_told(drawing.silent_minutes, to)
        labels["gap"] = to.tr.plain("patrol-map-gap-span", span=span)
        if shown.coverage is not None:
            labels["section"] = to.tr.plain("patrol-map-section-share", percent=str(shown.coverage))
    told = {"title": section_told(shown.section, to), "subtitle": _who_and_when(shown, to)}
    return Picture("patrol", {**asdict(drawing), **told, "checkpoints": stops, "labels": labels})


def _who_and_when(shown: notices.ShownReport, to: Reader) -> str:
    """What the map is of, wherever it is sent on to: who, and when, with the year."""
    start, end = to.local(shown.started_at), to.local(shown.ended_at)
    told = {"name": shown.name, "day": dated(start.date(), to), "start": f"{start:%H:%M}"}
    return to.tr.plain("patrol-map-who", **told, end=f"{end:%H:%M}")
