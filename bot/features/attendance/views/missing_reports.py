"""Whose report is missing: the board, and the nudge itself."""

from datetime import date, datetime

from bot.features.attendance import notices
from bot.features.shifts.views.shifts import day_told, turning
from bot.views.base import Button, Message, Reader
from models import ReportKind

_MOST_AWAY = 12
_SHORT = {ReportKind.DUTY: "d", ReportKind.HOUSEHOLDS: "h"}


def board(told: notices.ShownBoard, to: Reader) -> Message:
    """Names, why as far as known, the last report; counts below, each one tap away."""
    counted = {
        "area": _area(told, to), "day": _day(told.day, to), "due": str(told.due),
        "time": f"{to.local(told.at):%H:%M}", "left": str(told.due - told.reported),
    }  # fmt: skip
    if told.reported >= told.due:
        key = "silent-all" if told.due else "silent-nobody-due"
        lines = [to.tr(f"{key}-{told.report}", **counted), *_away(told, to)]
        return Message("\n".join(lines), buttons=_turning(told, to))
    lines = [to.tr(f"silent-head-{told.report}", **counted)]
    lines += [_line(each, number, to) for number, each in enumerate(told.people, told.offset + 1)]
    lines += _away(told, to)
    rows: list[tuple[Button, ...]] = []
    if told.silent:
        text = to.tr.plain("silent-nudge-button", count=str(told.silent))
        rows.append((Button(text, _data("n", told, told.area_id)),))
    if told.acts:
        rows.append((to.button("behalf-button", f"bhf:{told.area_id}"),))
    for each in told.below:
        if each.reported < each.due:
            left, due = str(each.due - each.reported), str(each.due)
            text = to.tr.plain(f"silent-below-{told.report}-button", name=each.name, left=left, due=due)
            rows.append((Button(text, _data("b", told, each.area_id, 0)),))
    return Message("\n".join(lines), buttons=(*rows, *_turning(told, to)))


def _area(told: notices.ShownBoard, to: Reader) -> str:
    """The name of the area; of several, all of them."""
    return told.area if isinstance(told.area, str) else to.listed(told.area)


def _line(person: notices.MissingName, number: int, to: Reader) -> str:
    why = to.tr.plain(f"silent-{person.silence.replace('_', '-')}")
    told = {"number": str(number), "name": person.name, "why": why}
    if person.last is None:
        return to.tr("silent-person-never", **told)
    if person.dated and isinstance(person.last, datetime):
        return to.tr("silent-person", last=to.time(person.last), **told)
    return to.tr("silent-person", last=_day(person.last, to), **told)


def _away(told: notices.ShownBoard, to: Reader) -> list[str]:
    """Who is on leave and so not among those due; on the first page."""
    names = told.away
    if not names or told.offset:
        return []
    key = "silent-away-more" if len(names) > _MOST_AWAY else "silent-away"
    shown = to.listed(names[:_MOST_AWAY])
    return [to.tr(key, names=shown, count=str(len(names)))]


def _turning(told: notices.ShownBoard, to: Reader) -> tuple[tuple[Button, ...], ...]:
    turns = turning(_data("b", told, told.area_id), told.before, told.after, to)
    row = [*turns[0]] if turns else []
    if told.above:
        row.append(to.button("silent-above-button", _data("b", told, told.above, 0)))
    again = to.button("silent-again-button", _data("b", told, told.area_id, 0))
    return ((*row, again),)


def _data(verb: str, told: notices.ShownBoard, area_id: int, offset: int | None = None) -> str:
    data = f"sil:{verb}:{_SHORT[told.report]}:{area_id}:{told.day:%Y%m%d}"
    return data if offset is None else f"{data}:{offset}"


def _day(day: date, to: Reader) -> str:
    return day_told(datetime(day.year, day.month, day.day, tzinfo=to.zone), to)


def nudged(told: notices.SilentNudged, to: Reader) -> Message:
    """Who was reminded."""
    names = to.listed(told.names)
    if not names:
        return Message(to.tr("silent-nudged-nobody", minutes=str(told.minutes)))
    if told.held_until:
        return Message(to.tr("silent-nudged-held", names=names, time=to.time(told.held_until)))
    return Message(to.tr("silent-nudged", names=names))


def nudge_duty(told: notices.NudgeDuty, to: Reader) -> Message:
    """Are you on duty? One tap either way."""
    key = to.tr.plain("key-check-in")
    off = to.button("nudge-off-button", f"ndg:off:{told.day:%Y%m%d}")
    return Message(to.tr("nudge-duty", by=told.by, key=key), buttons=((off,),))


def nudge_households(told: notices.NudgeHouseholds, to: Reader) -> Message:
    """Are the households well? One tap."""
    well = to.button("household-all-button", f"hh:all:{told.day:%Y%m%d}")
    some = to.button("household-some-button", f"hh:open:{told.day:%Y%m%d}")
    return Message(to.tr("nudge-households", by=told.by), buttons=((well,), (some,)))
