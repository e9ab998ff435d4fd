"""Whose report is missing: the board, and the nudge itself."""

from datetime import date, datetime

from bot.base.facts import Facts
from bot.features.shifts.views.shifts import day_told
from bot.views.base import Button, Message, Reader

_MOST_AWAY = 12
_SHORT = {"duty": "d", "households": "h"}


def board(facts: Facts, to: Reader) -> Message:
    """Names, why as far as known, the last report; counts below, each one tap away."""
    told = {
        "area": _area(facts, to), "day": _day(facts["day"], to), "due": str(facts["due"]),
        "time": to.local(facts["at"]).strftime("%H:%M"), "left": str(facts["due"] - facts["reported"]),
    }  # fmt: skip
    if facts["reported"] >= facts["due"]:
        key = "silent-all" if facts["due"] else "silent-nobody-due"
        lines = [to.tr(f"{key}-{facts['kind']}", **told), *_away(facts, to)]
        return Message("\n".join(lines), buttons=_turning(facts, to))
    lines = [to.tr(f"silent-head-{facts['kind']}", **told)]
    lines += [_line(each, number, to) for number, each in enumerate(facts["people"], facts["offset"] + 1)]
    lines += _away(facts, to)
    rows: list[tuple[Button, ...]] = []
    if facts["silent"]:
        text = to.tr.plain("silent-nudge-button", count=str(facts["silent"]))
        rows.append((Button(text, _data("n", facts, facts["area_id"])),))
    if facts["acts"]:
        rows.append((Button(to.tr.plain("behalf-button"), f"bhf:{facts['area_id']}"),))
    for each in facts["below"]:
        if each["reported"] < each["due"]:
            counted = {"left": str(each["due"] - each["reported"]), "due": str(each["due"])}
            text = to.tr.plain(f"silent-below-{facts['kind']}-button", name=each["name"], **counted)
            rows.append((Button(text, _data("b", facts, each["area_id"], 0)),))
    return Message("\n".join(lines), buttons=(*rows, *_turning(facts, to)))


def _area(facts: Facts, to: Reader) -> str:
    """The name of the area; of several, all of them."""
    names = facts["area"] if isinstance(facts["area"], list) else [facts["area"]]
    return to.tr.plain("list-comma").join(names)


def _line(person: Facts, number: int, to: Reader) -> str:
    why = to.tr.plain(f"silent-{person['silence'].replace('_', '-')}")
    told = {"number": str(number), "name": person["name"], "why": why}
    if not person["last"]:
        return to.tr("silent-person-never", **told)
    if person["dated"]:
        return to.tr("silent-person", last=to.time(person["last"]), **told)
    return to.tr("silent-person", last=_day(person["last"], to), **told)


def _away(facts: Facts, to: Reader) -> list[str]:
    """Who is on leave and so not among those due; on the first page."""
    names = facts.get("away", [])
    if not names or facts["offset"]:
        return []
    key = "silent-away-more" if len(names) > _MOST_AWAY else "silent-away"
    shown = to.tr.plain("list-comma").join(names[:_MOST_AWAY])
    return [to.tr(key, names=shown, count=str(len(names)))]


def _turning(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    row = [
        Button(to.tr.plain(f"silent-{name}-button"), _data("b", facts, facts["area_id"], facts[name]))
        for name in ("before", "after")
        if facts[name] is not None
    ]
    if facts["above"]:
        row.append(Button(to.tr.plain("silent-above-button"), _data("b", facts, facts["above"], 0)))
    again = Button(to.tr.plain("silent-again-button"), _data("b", facts, facts["area_id"], 0))
    return ((*row, again),)


def _data(verb: str, facts: Facts, area_id: int, offset: int | None = None) -> str:
    data = f"sil:{verb}:{_SHORT[facts['kind']]}:{area_id}:{facts['day'].replace('-', '')}"
    return data if offset is None else f"{data}:{offset}"


def _day(day: str, to: Reader) -> str:
    return day_told(datetime.combine(date.fromisoformat(day), datetime.min.time(), to.zone), to)


def nudged(facts: Facts, to: Reader) -> Message:
    """Who was reminded."""
    names = to.tr.plain("list-comma").join(facts["names"])
    if not names:
        return Message(to.tr("silent-nudged-nobody", minutes=str(facts["minutes"])))
    if facts["held_until"]:
        return Message(to.tr("silent-nudged-held", names=names, time=to.time(facts["held_until"])))
    return Message(to.tr("silent-nudged", names=names))


def nudge_duty(facts: Facts, to: Reader) -> Message:
    """Are you on duty? One tap either way."""
    key = to.tr.plain("key-check-in")
    off = Button(to.tr.plain("nudge-off-button"), f"ndg:off:{facts['day'].replace('-', '')}")
    return Message(to.tr("nudge-duty", by=facts["by"], key=key), buttons=((off,),))


def nudge_households(facts: Facts, to: Reader) -> Message:
    """Are the households well? One tap."""
    day = facts["day"].replace("-", "")
    well = Button(to.tr.plain("household-all-button"), f"hh:all:{day}")
    some = Button(to.tr.plain("household-some-button"), f"hh:open:{day}")
    return Message(to.tr("nudge-households", by=facts["by"]), buttons=((well,), (some,)))


def nudge_off(facts: Facts, to: Reader) -> Message:
    """A day off, noted."""
    return Message(to.tr("nudge-off"))
