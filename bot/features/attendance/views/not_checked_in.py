"""Who was to come and has not: said to that person, to the lead, to the supervisors."""

from bot.features.attendance.notices import Late, LateName
from bot.features.shifts.views.shifts import day_told
from bot.views.base import Message, Reader

MOST = 40


def own(told: Late, to: Reader) -> Message:
    """To the person: a friendly word, and one tap for who cannot come."""
    missing = told.missing[0]
    text = to.tr("late-own", time=to.time(missing.starts_at), place=missing.place)
    row = (
        to.button("shifts-leave-button", f"lv:leave:{missing.shift_id}"),
        to.button("shifts-sick-button", f"lv:sick:{missing.shift_id}"),
    )
    return Message(text, buttons=(row,))


def crew(told: Late, to: Reader) -> Message:
    """To the lead: who of the own shift is missing."""
    return _names("late-crew-head", told, to)


def names(told: Late, to: Reader) -> Message:
    """To the supervisors: who is missing where, since when, and what is known of why."""
    return _names("late-names-head", told, to)


def _names(head: str, told: Late, to: Reader) -> Message:
    missing = told.missing
    if not missing:
        return Message(to.tr("late-all-come", count=str(told.of)))
    lines, above = [to.tr(head, count=str(len(missing)), of=str(told.of))], ""
    for each in missing[:MOST]:
        place = to.tr("late-place", area=each.area, place=each.place, time=to.time(each.starts_at))
        if each.area == each.place:
            place = to.tr("late-area", area=each.area, time=to.time(each.starts_at))
        lines += ["", place] if place != above else []
        above = place
        lines.append(to.tr("late-name", name=each.name, why=_why(each, to)))
    if len(missing) > MOST:
        lines.append(to.tr("late-more", count=str(len(missing) - MOST)))
    board = to.button("onduty-now-button", "od:now:0")
    if told.taken_by:
        by = to.listed(told.taken_by)
        lines += ["", to.tr("late-taken-by", names=by)]
        return Message("\n".join(lines), buttons=((board,),) if told.level > 1 else ())
    lines += ["", to.tr("late-call")]
    see = to.button("late-take-button", "late:take")
    return Message("\n".join(lines), buttons=((see, board),) if told.level > 1 else ((see,),))


def _why(each: LateName, to: Reader) -> str:
    """What is known: cannot be reached, or when the last report came."""
    if each.why != "ok":
        return to.tr.plain("late-never-joined" if each.why == "never_joined" else "late-blocked")
    if not each.last_at:
        return to.tr.plain("late-no-report")
    local = to.local(each.last_at)
    return to.tr.plain("late-last", day=day_told(local, to), time=f"{local:%H:%M}")
