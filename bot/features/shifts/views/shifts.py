"""What is said about shifts: the own ones, what changed, who is away, who stands in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.base.facts import Facts
from bot.features.shifts.notices import CrewName
from bot.views.base import Button, Message, Reader


def span(starts_at: str | datetime, ends_at: str | datetime, to: Reader) -> str:
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


def crew_told(crew: Sequence[CrewName], to: Reader) -> str:
    """Names of a crew, the lead marked."""
    names = [to.tr.plain("shifts-lead", name=each.name) if each.lead else each.name for each in crew]
    return to.tr.plain("list-comma").join(names)


def own(facts: Facts, to: Reader) -> Message:
    """The coming shifts, and with whom; leave by one tap from the next one."""
    if not facts["entries"]:
        return Message(to.tr("shifts-none"))
    lines = [] if facts["offset"] else [to.tr("shifts-head")]
    rows: list[tuple[Button, ...]] = []
    for number, entry in enumerate(facts["entries"]):
        lines += ["", *_entry(entry, to)] if lines else _entry(entry, to)
        if not entry["away"]:
            rows.append(_leave_buttons(entry, to, is_next=not facts["offset"] and not number))
    return Message(
        "\n".join(lines), buttons=(*rows, *turning("shf:page", facts["before"], facts["after"], to))
    )


def turning(data: str, before: int | None, after: int | None, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """The row that turns pages, to where those beside this one begin."""
    row = [
        Button(to.tr.plain(f"shifts-{name}-button"), f"{data}:{number}")
        for name, number in (("before", before), ("after", after))
        if number is not None
    ]
    return (tuple(row),) if row else ()


def _entry(entry: Facts, to: Reader) -> list[str]:
    told = {"span": span(entry["starts_at"], entry["ends_at"], to), "place": entry["place"]}
    lines = [to.tr("shifts-entry-lead" if entry["lead"] else "shifts-entry", **told)]
    if entry["away"]:
        told = {"kind": to.tr.plain(f"shifts-{entry['away']}"), "name": entry["substitute"]}
        lines.append(to.tr("shifts-away-taken" if entry["substitute"] else "shifts-away-open", **told))
    elif entry["crew"]:
        lines.append(to.tr("shifts-with", names=crew_told([CrewName(**each) for each in entry["crew"]], to)))
    else:
        lines.append(to.tr("shifts-alone"))
    return lines


def _leave_buttons(entry: Facts, to: Reader, is_next: bool) -> tuple[Button, ...]:
    number = entry["shift_id"]
    swap = Button(to.tr.plain("swap-start-button"), f"swap:start:{number}")
    if is_next:
        leave = Button(to.tr.plain("shifts-leave-button"), f"lv:leave:{number}")
        return (leave, Button(to.tr.plain("shifts-sick-button"), f"lv:sick:{number}"), swap)
    began = to.local(entry["starts_at"])
    when = to.tr.plain("shifts-leave-then-button", day=day_told(began, to), time=f"{began:%H:%M}")
    return (Button(when, f"lv:leave:{number}"), swap)


def changed(facts: Facts, to: Reader) -> Message:
    """The own next shift is another one now."""
    was, is_now = facts["was"], facts["now"]
    lines = [to.tr(f"shifts-changed-{facts['what']}")]
    if facts["what"] != "added" and was:
        lines.append(to.tr("shifts-changed-was", **_where(was, to)))
    if is_now:
        lines.append(to.tr("shifts-changed-now", **_where(is_now, to)))
    else:
        lines.append(to.tr("shifts-changed-none"))
    return Message("\n".join(lines))


def _where(shift: Facts, to: Reader) -> dict[str, Any]:
    return {"span": span(shift["starts_at"], shift["ends_at"], to), "place": shift["place"]}


def left(facts: Facts, to: Reader) -> Message:
    """Leave is recorded; who knows of it; a button that takes it back."""
    lines = [to.tr(f"shifts-left-{facts['kind']}", **_where(facts, to))]
    names = to.tr.plain("list-comma").join(facts["told"])
    if not names:
        lines.append(to.tr("shifts-left-nobody"))
    elif facts["held_until"]:
        lines.append(to.tr("shifts-left-held", names=names, time=to.time(facts["held_until"])))
    else:
        lines.append(to.tr("shifts-left-told", names=names))
    undo = Button(
        to.tr.plain("shifts-undo-button", minutes=str(facts["minutes"])), f"lv:undo:{facts['shift_id']}"
    )
    return Message("\n".join(lines), buttons=((undo,),))


def back(facts: Facts, to: Reader) -> Message:
    """Leave is taken back."""
    return Message(to.tr("shifts-back", **_where(facts, to)))


def away(facts: Facts, to: Reader) -> Message:
    """The card of a gap: for the lead and the supervisors."""
    lines = [to.tr(f"shifts-card-{facts['kind'] or 'back'}", name=facts["name"], **_where(facts, to))]
    if facts["state"] == "taken":
        lines.append(to.tr("shifts-card-taken", name=facts["substitute"], by=facts["by"]))
        return Message("\n".join(lines))
    if facts["state"] == "undone":
        lines.append(to.tr("shifts-card-undone", time=to.time(facts["decided_at"])))
        return Message("\n".join(lines))
    lines.append(_who_is_left(facts, to))
    lines.append(to.tr("shifts-card-ask") if facts["free"] else to.tr("shifts-card-nobody-free"))
    rows = (*_names(facts, to), *_ask_all(facts, to))
    if facts["more"]:
        more = Button(to.tr.plain("shifts-more-people-button"), f"sub:who:{_case(facts)}:0")
        rows = (*rows, (more,))
    return Message("\n".join(lines), buttons=rows)


def choice(facts: Facts, to: Reader) -> Message:
    """Everybody who could come, by name."""
    key = "shifts-choice" if facts["person_id"] else "shifts-choice-more"
    lines = [to.tr(key, name=facts["name"], **_where(facts, to)), _who_is_left(facts, to)]
    if not facts["free"]:
        lines.append(to.tr("shifts-card-nobody-free"))
    turns = turning(f"sub:who:{_case(facts)}", facts["before"], facts["after"], to)
    return Message("\n".join(lines), buttons=(*_names(facts, to), *_ask_all(facts, to), *turns))


def named(facts: Facts, to: Reader) -> Message:
    """For who named the substitute."""
    key = "shifts-named" if facts["person_id"] else "shifts-named-more"
    told = {"substitute": facts["substitute"], "name": facts["name"]}
    lines = [to.tr(key, **told, **_where(facts, to))]
    if facts["held_until"]:
        lines.append(to.tr("shifts-named-held", time=to.time(facts["held_until"])))
    return Message("\n".join(lines))


def substitute(facts: Facts, to: Reader) -> Message:
    """For who is to come instead."""
    key = "shifts-stand-in" if facts["person_id"] else "shifts-come-too"
    lines = [to.tr(key, name=facts["name"], by=facts["by"], **_where(facts, to))]
    if facts["crew"]:
        lines.append(to.tr("shifts-with", names=crew_told([CrewName(**each) for each in facts["crew"]], to)))
    lines.append(to.tr("shifts-can-come"))
    number = facts["shift_id"]
    row = (
        Button(to.tr.plain("shifts-cannot-button"), f"lv:leave:{number}"),
        Button(to.tr.plain("shifts-sick-button"), f"lv:sick:{number}"),
    )
    return Message("\n".join(lines), buttons=(row,))


def stood_in(facts: Facts, to: Reader) -> Message:
    """For who is away: somebody comes instead."""
    return Message(to.tr("shifts-stood-in", name=facts["substitute"], **_where(facts, to)))


def _who_is_left(facts: Facts, to: Reader) -> str:
    number = {"count": str(len(facts["crew"])), "needed": str(facts["needed"])}
    if not facts["crew"]:
        return to.tr("shifts-card-nobody-left", needed=number["needed"])
    return to.tr(
        "shifts-card-left", names=crew_told([CrewName(**each) for each in facts["crew"]], to), **number
    )


def _case(facts: Facts) -> str:
    return f"{facts['shift_id']}:{facts['person_id']}"


def _names(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Two names in a row."""
    buttons = [Button(each["name"], f"sub:take:{_case(facts)}:{each['id']}") for each in facts["free"]]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _ask_all(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Instead of naming one: whoever is free is asked, and the first to say yes comes."""
    if not facts["free"]:
        return ()
    return ((Button(to.tr.plain("swap-cover-button"), f"swap:cover:{_case(facts)}"),),)
