"""What is said about shifts: the own ones, what changed, who is away, who stands in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.features.shifts import notices
from bot.views.base import Button, Message, Reader, in_rows


def span(starts_at: datetime, ends_at: datetime, to: Reader) -> str:
    """From when to when, with the day as people say it: today, tomorrow, else date and weekday."""
    began, ended = to.local(starts_at), to.local(ends_at)
    told = {"began": f"{began:%H:%M}", "ended": f"{ended:%H:%M}"}
    if ended.date() > began.date():
        hours = to.tr.plain("shifts-ends-next-day", day=_until_told(began, ended, to), **told)
    else:
        hours = to.tr.plain("shifts-ends", **told)
    return to.tr.plain("shifts-span", day=day_told(began, to), hours=hours)


def _until_told(began: datetime, ended: datetime, to: Reader) -> str:
    """The day of an end, in the words that the day of the beginning is told in."""
    key = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(_days_from_now(ended, to))
    if key:
        return to.tr.plain(f"shifts-until-{key}")
    following = ended.date() - began.date() == timedelta(days=1)
    return to.tr.plain("shifts-until-next") if following else day_told(ended, to)


def _days_from_now(local: datetime, to: Reader) -> int:
    return (local.date() - to.now.astimezone(to.zone).date()).days


def day_told(local: datetime, to: Reader) -> str:
    """A local day as people say it."""
    days = _days_from_now(local, to)
    key = {-1: "shifts-yesterday", 0: "shifts-today", 1: "shifts-tomorrow"}.get(days, "shifts-day")
    facts = {"month": str(local.month), "day": str(local.day)}
    return to.tr.plain(key, weekday=to.tr.plain(f"shifts-weekday-{local.weekday()}"), **facts)


def crew_told(crew: Sequence[notices.CrewName], to: Reader) -> str:
    """Names of a crew, the lead marked."""
    names = [to.tr.plain("shifts-lead", name=each.name) if each.lead else each.name for each in crew]
    return to.listed(names)


def own(told: notices.ShiftsList, to: Reader) -> Message:
    """The coming shifts, and with whom; leave by one tap from the next one."""
    if not told.entries:
        return Message(to.tr("shifts-none"))
    lines = [] if told.offset else [to.tr("shifts-head")]
    rows: list[tuple[Button, ...]] = []
    for number, entry in enumerate(told.entries):
        lines += ["", *_entry(entry, to)] if lines else _entry(entry, to)
        if not entry.away:
            rows.append(_leave_buttons(entry, to, is_next=not told.offset and not number))
    return Message("\n".join(lines), buttons=(*rows, *turning("shf:page", told.before, told.after, to)))


def turning(data: str, before: int | None, after: int | None, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """The row that turns pages, to where those beside this one begin."""
    row = [
        to.button(f"shifts-{name}-button", f"{data}:{number}")
        for name, number in (("before", before), ("after", after))
        if number is not None
    ]
    return (tuple(row),) if row else ()


def _entry(entry: notices.OwnShift, to: Reader) -> list[str]:
    lines = [to.tr("shifts-entry-lead" if entry.lead else "shifts-entry", **_where(entry, to))]
    if entry.away:
        told = {"kind": to.tr.plain(f"shifts-{entry.away}"), "name": entry.substitute}
        lines.append(to.tr("shifts-away-taken" if entry.substitute else "shifts-away-open", **told))
    elif entry.crew:
        lines.append(to.tr("shifts-with", names=crew_told(entry.crew, to)))
    else:
        lines.append(to.tr("shifts-alone"))
    return lines


def _leave_buttons(entry: notices.OwnShift, to: Reader, is_next: bool) -> tuple[Button, ...]:
    number = entry.shift_id
    swap = to.button("swap-start-button", f"swap:start:{number}")
    if is_next:
        leave = to.button("shifts-leave-button", f"lv:leave:{number}")
        return (leave, to.button("shifts-sick-button", f"lv:sick:{number}"), swap)
    began = to.local(entry.starts_at)
    when = to.tr.plain("shifts-leave-then-button", day=day_told(began, to), time=f"{began:%H:%M}")
    return (Button(when, f"lv:leave:{number}"), swap)


def changed(told: notices.ShiftsChanged, to: Reader) -> Message:
    """The own next shift is another one now."""
    lines = [to.tr(f"shifts-changed-{told.what}")]
    if told.what != "added" and told.was:
        lines.append(to.tr("shifts-changed-was", **_where(told.was, to)))
    if told.now:
        lines.append(to.tr("shifts-changed-now", **_where(told.now, to)))
    else:
        lines.append(to.tr("shifts-changed-none"))
    return Message("\n".join(lines))


def _where(shift: notices.ShiftTime, to: Reader) -> dict[str, str]:
    return {"span": span(shift.starts_at, shift.ends_at, to), "place": shift.place}


def left(told: notices.ShiftsLeft, to: Reader) -> Message:
    """Leave is recorded; who knows of it; a button that takes it back."""
    lines = [to.tr(f"shifts-left-{told.away}", **_where(told, to))]
    names = to.listed(told.told)
    if not names:
        lines.append(to.tr("shifts-left-nobody"))
    elif told.held_until:
        lines.append(to.tr("shifts-left-held", names=names, time=to.time(told.held_until)))
    else:
        lines.append(to.tr("shifts-left-told", names=names))
    undo = to.button("shifts-undo-button", f"lv:undo:{told.shift_id}", minutes=str(told.minutes))
    return Message("\n".join(lines), buttons=((undo,),))


def back(told: notices.ShiftsBack, to: Reader) -> Message:
    """Leave is taken back."""
    return Message(to.tr("shifts-back", **_where(told, to)))


def away(told: notices.ShiftsAway, to: Reader) -> Message:
    """The card of a gap: for the lead and the supervisors."""
    lines = [to.tr(f"shifts-card-{told.away or 'back'}", name=told.name, **_where(told, to))]
    if told.state == "taken":
        lines.append(to.tr("shifts-card-taken", name=told.substitute, by=told.by))
        return Message("\n".join(lines))
    if told.state == "undone" and told.decided_at:
        lines.append(to.tr("shifts-card-undone", time=to.time(told.decided_at)))
        return Message("\n".join(lines))
    lines.append(_who_is_left(told, to))
    lines.append(to.tr("shifts-card-ask") if told.free else to.tr("shifts-card-nobody-free"))
    rows = (*_names(told, to), *_ask_all(told, to))
    if told.more:
        more = to.button("shifts-more-people-button", f"sub:who:{_case(told)}:0")
        rows = (*rows, (more,))
    return Message("\n".join(lines), buttons=rows)


def choice(told: notices.ShiftsChoice, to: Reader) -> Message:
    """Everybody who could come, by name."""
    key = "shifts-choice" if told.person_id else "shifts-choice-more"
    lines = [to.tr(key, name=told.name, **_where(told, to)), _who_is_left(told, to)]
    if not told.free:
        lines.append(to.tr("shifts-card-nobody-free"))
    turns = turning(f"sub:who:{_case(told)}", told.before, told.after, to)
    return Message("\n".join(lines), buttons=(*_names(told, to), *_ask_all(told, to), *turns))


def named(told: notices.ShiftsNamed, to: Reader) -> Message:
    """For who named the substitute."""
    key = "shifts-named" if told.person_id else "shifts-named-more"
    lines = [to.tr(key, substitute=told.substitute, name=told.name, **_where(told, to))]
    if told.held_until:
        lines.append(to.tr("shifts-named-held", time=to.time(told.held_until)))
    return Message("\n".join(lines))


def substitute(told: notices.ShiftsSubstitute, to: Reader) -> Message:
    """For who is to come instead."""
    key = "shifts-stand-in" if told.person_id else "shifts-come-too"
    lines = [to.tr(key, name=told.name, by=told.by, **_where(told, to))]
    if told.crew:
        lines.append(to.tr("shifts-with", names=crew_told(told.crew, to)))
    lines.append(to.tr("shifts-can-come"))
    number = told.shift_id
    row = (
        to.button("shifts-cannot-button", f"lv:leave:{number}"),
        to.button("shifts-sick-button", f"lv:sick:{number}"),
    )
    return Message("\n".join(lines), buttons=(row,))


def stood_in(told: notices.ShiftsStoodIn, to: Reader) -> Message:
    """For who is away: somebody comes instead."""
    return Message(to.tr("shifts-stood-in", name=told.substitute, **_where(told, to)))


def _who_is_left(told: notices.ShiftGap, to: Reader) -> str:
    number = {"count": str(len(told.crew)), "needed": str(told.needed)}
    if not told.crew:
        return to.tr("shifts-card-nobody-left", needed=number["needed"])
    return to.tr("shifts-card-left", names=crew_told(told.crew, to), **number)


def _case(told: notices.ShiftGap) -> str:
    return f"{told.shift_id}:{told.person_id}"


def _names(told: notices.ShiftsAway | notices.ShiftsChoice, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Two names in a row."""
    buttons = [Button(each.name, f"sub:take:{_case(told)}:{each.id}") for each in told.free]
    return in_rows(buttons, 2)


def _ask_all(told: notices.ShiftsAway | notices.ShiftsChoice, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Instead of naming one: whoever is free is asked, and the first to say yes comes."""
    if not told.free:
        return ()
    return ((to.button("swap-cover-button", f"swap:cover:{_case(told)}"),),)
