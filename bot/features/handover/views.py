"""交接班 as people see it: one card for both crews, with the buttons that are theirs."""

from collections.abc import Sequence
from datetime import timedelta

from bot.features.handover import notices
from bot.features.shifts.notices import CrewName
from bot.features.shifts.views.shifts import crew_told, span, turning
from bot.views.base import Button, Message, Reader, in_rows

SIGNS = {"there": "✅", "missing": "❌", "broken": "⚠️"}
_DAY, _JUST_OVER = timedelta(days=1), timedelta(hours=4)
# So many of a crew are told by name.
FEW = 2
# Of many that are late, so many have a button.
MOST_LATE = 8
Rows = tuple[tuple[Button, ...], ...]


def card(shown: notices.ShownHandover, to: Reader) -> Message:
    """The whole of it; buttons only for what is the reader's to do now."""
    lines = [
        to.tr("handover-head", place=shown.place), *_crews(shown, to), *_open(shown, to),
        *_things(shown, to), *_state(shown, to),
    ]  # fmt: skip
    return Message("\n".join(lines), buttons=(*_buttons(shown, to), *_voices(shown, to)))


def moved(shown: notices.ShownHandover, to: Reader) -> Message:
    """What stands where the card was, for who is asked to take over further down."""
    return Message(to.tr("handover-moved", place=shown.place))


def differs(shown: notices.ShownHandover, to: Reader) -> Message:
    """For who gave: it was found otherwise."""
    lines = [to.tr("handover-differs-head", place=shown.place, name=shown.taker)]
    return Message("\n".join([*lines, *_differences(shown, to)]), buttons=_voices(shown, to))


def voice(told: notices.HandoverVoice, to: Reader) -> Message:
    """A voice note of the card, played."""
    text = to.tr("handover-voice-caption", name=told.name, place=told.place, time=to.time(told.at))
    return Message(text, voice=told.voice)


def late(shown: notices.LateHandovers, to: Reader) -> Message:
    """Not settled in time: for those who are to do it, and for those above."""
    if not shown.open:
        return Message(to.tr("handover-late-settled"))
    lines, buttons = [to.tr("handover-late-head-above" if shown.level > 1 else "handover-late-head")], []
    for number, each in enumerate(shown.open, start=1):
        told = {"area": each.area, "place": each.place, "time": to.time(each.due_at)}
        key = "handover-late-given" if each.giver else "handover-late-open"
        lines.append(to.tr(key, number=str(number), giver=each.giver, **told))
        label = to.tr.plain("handover-late-button", place=each.place)
        buttons.append((Button(label, f"ho:show:{each.handover_id}"),))
    return Message("\n".join(lines), buttons=tuple(buttons[:MOST_LATE]))


def recent(shown: notices.HandoverList, to: Reader) -> Message:
    """For supervisors: how each post was handed over lately; each leads to its card."""
    if not shown.entries:
        return Message(to.tr("handover-list-none"))
    lines, area, buttons = [to.tr("handover-list-head", total=str(shown.total))], "", []
    for number, entry in enumerate(shown.entries, start=shown.offset + 1):
        if entry.area != area:
            area = entry.area
            lines += ["", to.tr("onduty-area", area=area)]
        told = {"number": str(number), "place": entry.place, "time": to.time(entry.due_at)}
        lines.append(to.tr("handover-list-entry", state=_in_short(entry, to), **told))
        buttons.append(Button(str(number), f"ho:show:{entry.handover_id}"))
    rows = in_rows(buttons, 4)
    return Message("\n".join(lines), buttons=(*rows, *turning("ho:list", shown.before, shown.after, to)))


def _crews(shown: notices.ShownHandover, to: Reader) -> list[str]:
    """Who leaves, and who comes; when, unless it is right after the others."""
    out, following = shown.outgoing, shown.incoming
    lines = [to.tr("handover-outgoing", names=_crew(out.crew, to), span=_when(out, to))]
    if following is None:
        return [*lines, to.tr("handover-nobody-follows")]
    names = _crew(following.crew, to)
    if out.ends_at == following.starts_at:
        return [*lines, to.tr("handover-incoming-next", names=names)]
    return [*lines, to.tr("handover-incoming", names=names, span=_when(following, to))]


def _when(shift: notices.HandoverShift, to: Reader) -> str:
    """From when to when; without the days where only one shift can be meant: shorter than a day, and now
    or just over."""
    began, ended = to.local(shift.starts_at), to.local(shift.ends_at)
    if ended - began < _DAY and began <= to.now < ended + _JUST_OVER:
        return to.tr.plain("shifts-ends", began=f"{began:%H:%M}", ended=f"{ended:%H:%M}")
    return span(shift.starts_at, shift.ends_at, to)


def _crew(crew: Sequence[CrewName], to: Reader) -> str:
    """Names of a small crew; of a larger one, its lead and how many they are."""
    if not crew:
        return to.tr.plain("handover-no-crew")
    if len(crew) <= FEW:
        return crew_told(crew, to)
    first = next((each for each in crew if each.lead), crew[0])
    return to.tr.plain("handover-crew", name=crew_told([first], to), count=str(len(crew)))


def _open(shown: notices.ShownHandover, to: Reader) -> list[str]:
    """What is left to do, numbered as on the buttons; what was ticked off is struck through."""
    matters = [each for each in shown.matters if each.kind != "differs" or shown.state != "taken"]
    if not matters and not shown.hazards:
        return [to.tr("handover-nothing-open")]
    lines, began = [], to.local(shown.outgoing.starts_at)
    for number, each in enumerate(shown.matters, start=1):
        if each not in matters:
            continue
        key = "handover-matter-done" if each.closer else "handover-matter"
        # What the crew that hands over says now needs no name; what comes from earlier does.
        named = each.kind == "differs" or to.local(each.told_at) < began
        told = matter_told(each, to, named=named)
        lines.append(to.tr(key, number=str(number), told=told, closer=each.closer))
    lines += [to.tr("handover-hazard", code=each.code, words=each.words) for each in shown.hazards]
    if len(lines) == 1:
        return [to.tr.plain("handover-open-one", told=lines[0])]
    return [to.tr("handover-open-head"), *lines]


def matter_told(each: notices.Matter, to: Reader, *, named: bool = True) -> str:
    """One open matter in words, and who told it when, if that is not plain; of a patrol, what it missed."""
    if each.kind == "patrol":
        told = {"time": to.time(each.told_at), "section": each.section or ""}
        missed = to.listed(each.missed or ())
        return to.tr.plain(
            "handover-patrol-missed" if missed else "handover-patrol-open", missed=missed, **told
        )
    words = each.words or to.tr.plain("handover-spoken")
    if not named:
        return str(words)
    return to.tr.plain("handover-said", words=words, name=each.teller, time=to.time(each.told_at))


def _things(shown: notices.ShownHandover, to: Reader) -> list[str]:
    """What is missing or broken by name, the rest as a number: the list itself is behind its button."""
    lines = []
    for state in ("missing", "broken"):
        names = [_thing(each, to) for each in shown.things if each.given == state]
        if names:
            lines.append(to.tr(f"handover-things-{state}", names=to.listed(names)))
    there = sum(1 for each in shown.things if each.given == "there")
    if there:
        lines.append(to.tr("handover-things-rest" if lines else "handover-things-there", count=str(there)))
    return lines


def _thing(each: notices.Equipment, to: Reader) -> str:
    name = each.zh_CN if to.tr.locale == "zh_CN" else each.en
    return f"{name}×{each.count}" if each.count > 1 else str(name)


def _differences(shown: notices.ShownHandover, to: Reader) -> list[str]:
    lines = []
    for each in shown.things:
        if each.found:
            told = {"given": each.given, "found": each.found}
            states = {side: to.tr.plain(f"handover-is-{state}") for side, state in told.items()}
            lines.append(to.tr("handover-difference", thing=_thing(each, to), **states))
    said = [each for each in shown.matters if each.kind == "differs"]
    return lines + [to.tr("handover-difference-said", told=matter_told(each, to)) for each in said]


def _state(shown: notices.ShownHandover, to: Reader) -> list[str]:
    """How it stands: what each side has said, and what is awaited."""
    if shown.state == "lapsed":
        return [to.tr("handover-lapsed")]
    given, taken = shown.given_at, shown.taken_at
    lines = [to.tr("handover-given", name=shown.giver, time=to.time(given))] if given else []
    if taken:
        key = (
            ("handover-taken-differs" if shown.differs else "handover-taken")
            if given
            else "handover-taken-alone"
        )
        return [*lines, to.tr(key, name=shown.taker, time=to.time(taken)), *_differences(shown, to)]
    if shown.late:
        lines.append(to.tr("handover-late-taking" if given else "handover-late-giving"))
    return [*lines, *_differences(shown, to), *_awaited(shown, to)]


def _awaited(shown: notices.ShownHandover, to: Reader) -> list[str]:
    if shown.given_at:
        awaits = "take" if shown.takes else "taking"
    elif shown.gives:
        awaits = "give"
    else:
        awaits = "take-alone" if _may_take_alone(shown, to) else "giving"
    return [to.tr(f"handover-awaits-{awaits}")]


def _buttons(shown: notices.ShownHandover, to: Reader) -> Rows:
    if shown.state not in ("open", "given"):
        return ()
    page = shown.page
    if page == "differs" and shown.takes:
        return _differing(shown, to)
    if page in ("things", "matters") and shown.gives:
        return _listing(shown, to, page)
    rows: list[tuple[Button, ...]] = []
    if shown.gives:
        rows += _giving(shown, to)
    if (shown.takes and shown.state == "given") or _may_take_alone(shown, to):
        rows += _taking(shown, to)
    return tuple(rows)


def _may_take_alone(shown: notices.ShownHandover, to: Reader) -> bool:
    """Nobody has given although it is time: who comes need not wait. Who leaves as well gives first."""
    theirs = shown.takes and not shown.gives and shown.state == "open"
    return theirs and to.now >= shown.due_at


def _giving(shown: notices.ShownHandover, to: Reader) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if shown.state == "open":
        rows.append((_button("give", shown, to),))
    more = [_button("say", shown, to)]
    if shown.matters:
        more.append(_button("page", shown, to, "matters"))
    if shown.things and shown.state == "open":
        more.append(_button("page", shown, to, "things"))
    return (*rows, tuple(more))


def _taking(shown: notices.ShownHandover, to: Reader) -> Rows:
    differs = any(each.found for each in shown.things) or any(
        each.kind == "differs" for each in shown.matters
    )
    how = "alone" if shown.state == "open" else "differs" if differs else "right"
    take = to.button(f"handover-take-{how}-button", f"ho:take:{shown.handover_id}")
    return ((take,), (_button("page", shown, to, "differs"),))


def _listing(shown: notices.ShownHandover, to: Reader, page: str) -> Rows:
    """A button a thing, or a matter, each turned by a tap; and the way back."""
    back = (_button("page", shown, to, ""),)
    if page == "things":
        return (*_thing_buttons(shown, to, page), back)
    buttons = [
        Button(f"{'☑️' if each.closer else '⬜️'} {number}", f"ho:tick:{shown.handover_id}:{each.id}")
        for number, each in enumerate(shown.matters, start=1)
    ]
    return (*in_rows(buttons, 4), back)


def _differing(shown: notices.ShownHandover, to: Reader) -> Rows:
    say = (_button("differ", shown, to),)
    return (
        *_thing_buttons(shown, to, "differs"),
        say,
        *_taking(shown, to)[:1],
        (_button("page", shown, to, ""),),
    )


def _thing_buttons(shown: notices.ShownHandover, to: Reader, page: str) -> Rows:
    """Two in a row: as given, or as found."""
    buttons = []
    for each in shown.things:
        state = each.given if page == "things" else each.found or each.given
        label = f"{SIGNS[state]} {_thing(each, to)}"
        buttons.append(Button(label, f"ho:thing:{shown.handover_id}:{page}:{each.code}"))
    return in_rows(buttons, 2)


def _voices(shown: notices.ShownHandover, to: Reader) -> Rows:
    """A button a voice note, two in a row."""
    data = f"ho:voice:{shown.handover_id}"
    buttons = [
        to.button("handover-voice-button", f"{data}:{each.id}", number=str(number))
        for number, each in enumerate(shown.matters, start=1)
        if each.voice and not each.closer
    ]  # fmt: skip
    return in_rows(buttons, 2)


def _button(verb: str, shown: notices.ShownHandover, to: Reader, page: str | None = None) -> Button:
    label = verb if page is None else page or "back"
    data = f"ho:{verb}:{shown.handover_id}" + (f":{page}" if page is not None else "")
    return to.button(f"handover-{label}-button", data)


def _in_short(entry: notices.ListedHandover, to: Reader) -> str:
    """How one stands, in a few words."""
    if entry.state == "taken":
        key = "alone" if not entry.giver else "differs" if entry.differs else "right"
    elif entry.state == "lapsed":
        key = "lapsed"
    else:
        key = ("late-" if entry.late else "") + entry.state
    return to.tr.plain(f"handover-short-{key}", giver=entry.giver, taker=entry.taker)
