"""The board of who is on duty, and the gaps of the coming days."""

from bot.base.facts import Facts
from bot.features.shifts.views.shifts import crew_told, span
from bot.views.base import Button, Message, Reader


def board(facts: Facts, to: Reader) -> Message:
    """Post by post: who is there since when, who is planned but is not."""
    if not facts["entries"]:
        return Message(to.tr("onduty-no-posts"), buttons=((_gaps(to),),))
    lines, area = [_head("onduty-head", facts, to)], ""
    for entry in facts["entries"]:
        lines += _place_lines(entry, area, to)
        area = entry["area"]
    return Message("\n".join(lines), buttons=(*_pages("od:now", facts, to), (_gaps(to),)))


def gaps(facts: Facts, to: Reader) -> Message:
    """Shift by shift: who comes, who is away, what is lacking; a button to find somebody."""
    now = Button(to.tr.plain("onduty-now-button"), "od:now:0")
    if not facts["entries"]:
        return Message(to.tr("onduty-no-gaps", days=str(facts["days"])), buttons=((now,),))
    lines, area, rows = [_head("onduty-gaps-head", facts, to)], "", []
    for number, entry in enumerate(facts["entries"], start=1 + facts["offset"]):
        if entry["area"] != area:
            area = entry["area"]
            lines += ["", to.tr("onduty-area", area=area)]
        told = {"span": span(entry["starts_at"], entry["ends_at"], to), "place": entry["place"]}
        crew = _crew_lines(entry, to) if entry["shift_id"] else [to.tr("onduty-uncovered")]
        lines += [to.tr("onduty-gap", number=str(number), **told), *crew]
        if entry["needed"]:
            away = entry["away"][0]["person_id"] if entry["away"] else 0
            label = to.tr.plain("onduty-find-button", number=str(number))
            rows.append(Button(label, f"sub:who:{entry['shift_id']}:{away}:0"))
    buttons = tuple(tuple(rows[at : at + 4]) for at in range(0, len(rows), 4))
    return Message("\n".join(lines), buttons=(*buttons, *_pages("od:gaps", facts, to), (now,)))


def _head(key: str, facts: Facts, to: Reader) -> str:
    first, shown = facts["offset"] + 1, len(facts["entries"])
    place = {"first": str(first), "last": str(first + shown - 1), "total": str(facts["total"])}
    return to.tr(key, time=to.time(to.now), days=str(facts["days"]), **place)


def _place_lines(entry: Facts, area: str, to: Reader) -> list[str]:
    lines = ["", to.tr("onduty-area", area=entry["area"])] if entry["area"] != area else []
    if entry["is_post"]:
        lines.append(to.tr("onduty-post", post=entry["place"]))
    else:
        lines.append(to.tr("onduty-no-post"))
    since = [
        to.tr.plain(_since(each), name=each["name"], time=to.time(each["since"])) for each in entry["present"]
    ]
    if since:
        lines.append(to.tr("onduty-present", names=to.tr.plain("list-comma").join(since)))
    for shift in entry["shifts"]:
        if shift["missing"]:
            names = to.tr.plain("list-comma").join(shift["missing"])
            lines.append(to.tr("onduty-missing", names=names, time=to.time(shift["starts_at"])))
        lines += _away_lines(shift, to) + _lack_lines(shift, to)
    if not since and not entry["shifts"]:
        lines.append(to.tr("onduty-nobody"))
    return lines


def _since(each: Facts) -> str:
    if each["by_other"]:
        return "onduty-since-by-other"
    return "onduty-since-went-on" if each.get("went_on") else "onduty-since"


def _crew_lines(entry: Facts, to: Reader) -> list[str]:
    crew = [to.tr("onduty-crew", names=crew_told(entry["crew"], to))] if entry["crew"] else []
    return crew + _away_lines(entry, to) + _lack_lines(entry, to)


def _away_lines(entry: Facts, to: Reader) -> list[str]:
    away = [
        to.tr.plain(f"onduty-away-{each['kind'] or 'leave'}", name=each["name"]) for each in entry["away"]
    ]
    return [to.tr("onduty-away", names=to.tr.plain("list-comma").join(away))] if away else []


def _lack_lines(entry: Facts, to: Reader) -> list[str]:
    lines = []
    if entry["needed"]:
        number = {"count": str(len(entry["crew"])), "needed": str(entry["needed"])}
        lines.append(to.tr("onduty-few", **number))
    if entry["lacks"]:
        lines.append(to.tr("onduty-lacks", titles=to.tr.plain("list-comma").join(entry["lacks"])))
    return lines


def _pages(data: str, facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    row = []
    if facts["offset"]:
        row.append(
            Button(to.tr.plain("onduty-before-button"), f"{data}:{max(0, facts['offset'] - facts['size'])}")
        )
    if facts["offset"] + len(facts["entries"]) < facts["total"]:
        row.append(Button(to.tr.plain("onduty-after-button"), f"{data}:{facts['offset'] + facts['size']}"))
    return (tuple(row),) if row else ()


def _gaps(to: Reader) -> Button:
    return Button(to.tr.plain("onduty-gaps-button"), "od:gaps:0")
