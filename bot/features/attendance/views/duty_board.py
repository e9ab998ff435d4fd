"""The board of who is on duty, and the gaps of the coming days."""

from bot.features.attendance import notices
from bot.features.attendance.notices import CrewStanding, OnDutyPage
from bot.features.shifts.views.shifts import crew_told, span, turning
from bot.views.base import Button, Message, Reader, in_rows


def board(told: notices.OnDutyBoard, to: Reader) -> Message:
    """Post by post: who is there since when, who is planned but is not."""
    if not told.entries:
        return Message(to.tr("onduty-no-posts"), buttons=((_gaps(to),),))
    lines, area = [_head("onduty-head", told, to)], ""
    for entry in told.entries:
        lines += _place_lines(entry, area, to)
        area = entry.area
    return Message("\n".join(lines), buttons=(*_pages("od:now", told, to), (_gaps(to),)))


def gaps(told: notices.OnDutyGaps, to: Reader) -> Message:
    """Shift by shift: who comes, who is away, what is lacking; a button to find somebody."""
    now = to.button("onduty-now-button", "od:now:0")
    if not told.entries:
        return Message(to.tr("onduty-no-gaps", days=str(told.days)), buttons=((now,),))
    lines, area, rows = [_head("onduty-gaps-head", told, to)], "", []
    for number, entry in enumerate(told.entries, start=1 + told.offset):
        if entry.area != area:
            area = entry.area
            lines += ["", to.tr("onduty-area", area=area)]
        when = span(entry.starts_at, entry.ends_at, to)
        crew = _crew_lines(entry, to) if entry.shift_id else [to.tr("onduty-uncovered")]
        lines += [to.tr("onduty-gap", number=str(number), span=when, place=entry.place), *crew]
        if entry.needed:
            away = entry.away[0].person_id if entry.away else 0
            label = to.tr.plain("onduty-find-button", number=str(number))
            rows.append(Button(label, f"sub:who:{entry.shift_id}:{away}:0"))
    buttons = in_rows(rows, 4)
    return Message("\n".join(lines), buttons=(*buttons, *_pages("od:gaps", told, to), (now,)))


def _head(key: str, told: OnDutyPage, to: Reader) -> str:
    first, shown = told.offset + 1, len(told.entries)
    place = {"first": str(first), "last": str(first + shown - 1), "total": str(told.total)}
    return to.tr(key, time=to.time(to.now), days=str(told.days), **place)


def _place_lines(entry: notices.MannedPlace, area: str, to: Reader) -> list[str]:
    lines = ["", to.tr("onduty-area", area=entry.area)] if entry.area != area else []
    if entry.is_post:
        lines.append(to.tr("onduty-post", post=entry.place))
    else:
        lines.append(to.tr("onduty-no-post"))
    since = [to.tr.plain(_since(each), name=each.name, time=to.time(each.since)) for each in entry.present]
    if since:
        lines.append(to.tr("onduty-present", names=to.listed(since)))
    for shift in entry.shifts:
        if shift.missing:
            names = to.listed(shift.missing)
            lines.append(to.tr("onduty-missing", names=names, time=to.time(shift.starts_at)))
        lines += _away_lines(shift, to) + _lack_lines(shift, to)
    if not since and not entry.shifts:
        lines.append(to.tr("onduty-nobody"))
    return lines


def _since(each: notices.PresentName) -> str:
    if each.by_other:
        return "onduty-since-by-other"
    return "onduty-since-went-on" if each.went_on else "onduty-since"


def _crew_lines(entry: CrewStanding, to: Reader) -> list[str]:
    crew = [to.tr("onduty-crew", names=crew_told(entry.crew, to))] if entry.crew else []
    return crew + _away_lines(entry, to) + _lack_lines(entry, to)


def _away_lines(entry: CrewStanding, to: Reader) -> list[str]:
    away = [to.tr.plain(f"onduty-away-{each.kind or 'leave'}", name=each.name) for each in entry.away]
    return [to.tr("onduty-away", names=to.listed(away))] if away else []


def _lack_lines(entry: CrewStanding, to: Reader) -> list[str]:
    lines = []
    if entry.needed:
        number = {"count": str(len(entry.crew)), "needed": str(entry.needed)}
        lines.append(to.tr("onduty-few", **number))
    if entry.lacks:
        lines.append(to.tr("onduty-lacks", titles=to.listed(entry.lacks)))
    return lines


def _pages(data: str, told: OnDutyPage, to: Reader) -> tuple[tuple[Button, ...], ...]:
    before = max(0, told.offset - told.size) if told.offset else None
    is_last = told.offset + len(told.entries) >= told.total
    return turning(data, before, None if is_last else told.offset + told.size, to)


def _gaps(to: Reader) -> Button:
    return to.button("onduty-gaps-button", "od:gaps:0")
