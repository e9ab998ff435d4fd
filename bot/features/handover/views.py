"""交接班 as people see it: one card for both crews, with the buttons that are theirs."""

from datetime import timedelta

from bot.base.facts import Facts
from bot.features.shifts.views.shifts import crew_told, span, turning
from bot.views.base import Button, Message, Reader

SIGNS = {"there": "✅", "missing": "❌", "broken": "⚠️"}
_DAY, _JUST_OVER = timedelta(days=1), timedelta(hours=4)
# So many of a crew are told by name.
FEW = 2
# Of many that are late, so many have a button.
MOST_LATE = 8
Rows = tuple[tuple[Button, ...], ...]


def card(facts: Facts, to: Reader) -> Message:
    """The whole of it; buttons only for what is the reader's to do now."""
    lines = [
        to.tr("handover-head", place=facts["place"]), *_crews(facts, to), *_open(facts, to),
        *_things(facts, to), *_state(facts, to),
    ]  # fmt: skip
    return Message("\n".join(lines), buttons=(*_buttons(facts, to), *_voices(facts, to)))


def moved(facts: Facts, to: Reader) -> Message:
    """What stands where the card was, for who is asked to take over further down."""
    return Message(to.tr("handover-moved", place=facts["place"]))


def differs(facts: Facts, to: Reader) -> Message:
    """For who gave: it was found otherwise."""
    lines = [to.tr("handover-differs-head", place=facts["place"], name=facts["taker"])]
    return Message("\n".join([*lines, *_differences(facts, to)]), buttons=_voices(facts, to))


def voice(facts: Facts, to: Reader) -> Message:
    """A voice note of the card, played."""
    told = {"name": facts["name"], "place": facts["place"], "time": to.time(facts["at"])}
    return Message(to.tr("handover-voice-caption", **told), voice=facts["voice"])


def late(facts: Facts, to: Reader) -> Message:
    """Not settled in time: for those who are to do it, and for those above."""
    if not facts["open"]:
        return Message(to.tr("handover-late-settled"))
    lines, buttons = [to.tr("handover-late-head-above" if facts["level"] > 1 else "handover-late-head")], []
    for number, each in enumerate(facts["open"], start=1):
        told = {"area": each["area"], "place": each["place"], "time": to.time(each["due_at"])}
        key = "handover-late-given" if each["giver"] else "handover-late-open"
        lines.append(to.tr(key, number=str(number), giver=each["giver"], **told))
        label = to.tr.plain("handover-late-button", place=each["place"])
        buttons.append((Button(label, f"ho:show:{each['handover_id']}"),))
    return Message("\n".join(lines), buttons=tuple(buttons[:MOST_LATE]))


def recent(facts: Facts, to: Reader) -> Message:
    """For supervisors: how each post was handed over lately; each leads to its card."""
    if not facts["entries"]:
        return Message(to.tr("handover-list-none"))
    lines, area, buttons = [to.tr("handover-list-head", total=str(facts["total"]))], "", []
    for number, entry in enumerate(facts["entries"], start=facts["offset"] + 1):
        if entry["area"] != area:
            area = entry["area"]
            lines += ["", to.tr("onduty-area", area=area)]
        told = {"number": str(number), "place": entry["place"], "time": to.time(entry["due_at"])}
        lines.append(to.tr("handover-list-entry", state=_in_short(entry, to), **told))
        buttons.append(Button(str(number), f"ho:show:{entry['handover_id']}"))
    rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    return Message("\n".join(lines), buttons=(*rows, *turning("ho:list", facts, to)))


def _crews(facts: Facts, to: Reader) -> list[str]:
    lines = []
    for side in ("outgoing", "incoming"):
        shift = facts[side]
        if shift is None:
            lines.append(to.tr("handover-nobody-follows"))
            continue
        when, names = _when(shift, to), _crew(shift["crew"], to)
        before = facts["outgoing"] if side == "incoming" else None
        if before and before["ends_at"] == shift["starts_at"]:
            lines.append(to.tr("handover-incoming-next", names=names))
        else:
            lines.append(to.tr(f"handover-{side}", names=names, span=when))
    return lines


def _when(shift: Facts, to: Reader) -> str:
    """From when to when; without the days where only one shift can be meant: shorter than a day, and now
    or just over."""
    began, ended = to.local(shift["starts_at"]), to.local(shift["ends_at"])
    if ended - began < _DAY and began <= to.now < ended + _JUST_OVER:
        return to.tr.plain("shifts-ends", began=f"{began:%H:%M}", ended=f"{ended:%H:%M}")
    return span(shift["starts_at"], shift["ends_at"], to)


def _crew(crew: list[Facts], to: Reader) -> str:
    """Names of a small crew; of a larger one, its lead and how many they are."""
    if not crew:
        return to.tr.plain("handover-no-crew")
    if len(crew) <= FEW:
        return crew_told(crew, to)
    first = next((each for each in crew if each["lead"]), crew[0])
    return to.tr.plain("handover-crew", name=crew_told([first], to), count=str(len(crew)))


def _open(facts: Facts, to: Reader) -> list[str]:
    """What is left to do, numbered as on the buttons; what was ticked off is struck through."""
    matters = [each for each in facts["matters"] if each["kind"] != "differs" or facts["state"] != "taken"]
    if not matters and not facts["hazards"]:
        return [to.tr("handover-nothing-open")]
    lines, began = [], to.local(facts["outgoing"]["starts_at"])
    for number, each in enumerate(facts["matters"], start=1):
        if each not in matters:
            continue
        key = "handover-matter-done" if each["closer"] else "handover-matter"
        # What the crew that hands over says now needs no name; what comes from earlier does.
        named = each["kind"] == "differs" or to.local(each["told_at"]) < began
        told = matter_told(each, to, named=named)
        lines.append(to.tr(key, number=str(number), told=told, closer=each["closer"]))
    lines += [to.tr("handover-hazard", code=each["code"], words=each["words"]) for each in facts["hazards"]]
    if len(lines) == 1:
        return [to.tr.plain("handover-open-one", told=lines[0])]
    return [to.tr("handover-open-head"), *lines]


def matter_told(each: Facts, to: Reader, *, named: bool = True) -> str:
    """One open matter in words, and who told it when, if that is not plain; of a patrol, what it missed."""
    if each["kind"] == "patrol":
        told = {"time": to.time(each["told_at"]), "section": each["section"]}
        missed = to.tr.plain("list-comma").join(each["missed"])
        return to.tr.plain(
            "handover-patrol-missed" if missed else "handover-patrol-open", missed=missed, **told
        )
    words = each["words"] or to.tr.plain("handover-spoken")
    if not named:
        return str(words)
    return to.tr.plain("handover-said", words=words, name=each["teller"], time=to.time(each["told_at"]))


def _things(facts: Facts, to: Reader) -> list[str]:
    """What is missing or broken by name, the rest as a number: the list itself is behind its button."""
    lines = []
    for state in ("missing", "broken"):
        names = [_thing(each, to) for each in facts["things"] if each["given"] == state]
        if names:
            lines.append(to.tr(f"handover-things-{state}", names=to.tr.plain("list-comma").join(names)))
    there = sum(1 for each in facts["things"] if each["given"] == "there")
    if there:
        lines.append(to.tr("handover-things-rest" if lines else "handover-things-there", count=str(there)))
    return lines


def _thing(each: Facts, to: Reader) -> str:
    name = each["zh_CN"] if to.tr.locale == "zh_CN" else each["en"]
    return f"{name}×{each['count']}" if each["count"] > 1 else str(name)


def _differences(facts: Facts, to: Reader) -> list[str]:
    lines = []
    for each in facts["things"]:
        if each["found"]:
            states = {side: to.tr.plain(f"handover-is-{each[side]}") for side in ("given", "found")}
            lines.append(to.tr("handover-difference", thing=_thing(each, to), **states))
    said = [each for each in facts["matters"] if each["kind"] == "differs"]
    return lines + [to.tr("handover-difference-said", told=matter_told(each, to)) for each in said]


def _state(facts: Facts, to: Reader) -> list[str]:
    """How it stands: what each side has said, and what is awaited."""
    if facts["state"] == "lapsed":
        return [to.tr("handover-lapsed")]
    given, taken = facts["given_at"], facts["taken_at"]
    lines = [to.tr("handover-given", name=facts["giver"], time=to.time(given))] if given else []
    if taken:
        key = (
            ("handover-taken-differs" if facts["differs"] else "handover-taken")
            if given
            else "handover-taken-alone"
        )
        return [*lines, to.tr(key, name=facts["taker"], time=to.time(taken)), *_differences(facts, to)]
    if facts["late"]:
        lines.append(to.tr("handover-late-taking" if given else "handover-late-giving"))
    return [*lines, *_differences(facts, to), *_awaited(facts, to)]


def _awaited(facts: Facts, to: Reader) -> list[str]:
    if facts["given_at"]:
        awaits = "take" if facts["takes"] else "taking"
    elif facts["gives"]:
        awaits = "give"
    else:
        awaits = "take-alone" if _may_take_alone(facts, to) else "giving"
    return [to.tr(f"handover-awaits-{awaits}")]


def _buttons(facts: Facts, to: Reader) -> Rows:
    if facts["state"] not in ("open", "given"):
        return ()
    page = facts["page"]
    if page == "differs" and facts["takes"]:
        return _differing(facts, to)
    if page in ("things", "matters") and facts["gives"]:
        return _listing(facts, to, page)
    rows: list[tuple[Button, ...]] = []
    if facts["gives"]:
        rows += _giving(facts, to)
    if (facts["takes"] and facts["state"] == "given") or _may_take_alone(facts, to):
        rows += _taking(facts, to)
    return tuple(rows)


def _may_take_alone(facts: Facts, to: Reader) -> bool:
    """Nobody has given although it is time: who comes need not wait. Who leaves as well gives first."""
    theirs = facts["takes"] and not facts["gives"] and facts["state"] == "open"
    return theirs and to.now >= to.local(facts["due_at"])


def _giving(facts: Facts, to: Reader) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if facts["state"] == "open":
        rows.append((_button("give", facts, to),))
    more = [_button("say", facts, to)]
    if facts["matters"]:
        more.append(_button("page", facts, to, "matters"))
    if facts["things"] and facts["state"] == "open":
        more.append(_button("page", facts, to, "things"))
    return (*rows, tuple(more))


def _taking(facts: Facts, to: Reader) -> Rows:
    differs = any(each["found"] for each in facts["things"]) or any(
        each["kind"] == "differs" for each in facts["matters"]
    )
    how = "alone" if facts["state"] == "open" else "differs" if differs else "right"
    take = Button(to.tr.plain(f"handover-take-{how}-button"), f"ho:take:{facts['handover_id']}")
    return ((take,), (_button("page", facts, to, "differs"),))


def _listing(facts: Facts, to: Reader, page: str) -> Rows:
    """A button a thing, or a matter, each turned by a tap; and the way back."""
    back = (_button("page", facts, to, ""),)
    if page == "things":
        return (*_thing_buttons(facts, to, page), back)
    buttons = [
        Button(f"{'☑️' if each['closer'] else '⬜️'} {number}", f"ho:tick:{facts['handover_id']}:{each['id']}")
        for number, each in enumerate(facts["matters"], start=1)
    ]
    return (*(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)), back)


def _differing(facts: Facts, to: Reader) -> Rows:
    say = (_button("differ", facts, to),)
    return (
        *_thing_buttons(facts, to, "differs"),
        say,
        *_taking(facts, to)[:1],
        (_button("page", facts, to, ""),),
    )


def _thing_buttons(facts: Facts, to: Reader, page: str) -> Rows:
    """Two in a row: as given, or as found."""
    buttons = []
    for each in facts["things"]:
        state = each["given"] if page == "things" else each["found"] or each["given"]
        label = f"{SIGNS[state]} {_thing(each, to)}"
        buttons.append(Button(label, f"ho:thing:{facts['handover_id']}:{page}:{each['code']}"))
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _voices(facts: Facts, to: Reader) -> Rows:
    """A button a voice note, two in a row."""
    data = f"ho:voice:{facts['handover_id']}"
    buttons = [
        Button(to.tr.plain("handover-voice-button", number=str(number)), f"{data}:{each['id']}")
        for number, each in enumerate(facts["matters"], start=1)
        if each["voice"] and not each["closer"]
    ]  # fmt: skip
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _button(verb: str, facts: Facts, to: Reader, page: str | None = None) -> Button:
    label = verb if page is None else page or "back"
    data = f"ho:{verb}:{facts['handover_id']}" + (f":{page}" if page is not None else "")
    return Button(to.tr.plain(f"handover-{label}-button"), data)


def _in_short(entry: Facts, to: Reader) -> str:
    """How one stands, in a few words."""
    if entry["state"] == "taken":
        key = "alone" if not entry["giver"] else "differs" if entry["differs"] else "right"
    elif entry["state"] == "lapsed":
        key = "lapsed"
    else:
        key = ("late-" if entry["late"] else "") + entry["state"]
    return to.tr.plain(f"handover-short-{key}", giver=entry["giver"], taker=entry["taker"])
