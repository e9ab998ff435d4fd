"""What is said to household heads, and to the village about their households."""

from datetime import date

from bot.features.households import notices
from bot.views.base import Button, Message, Reader
from models import HouseholdOutcome

# Numbers in a row; with the name of an area behind them they are long.
A_ROW, A_ROW_NAMED = 5, 2
KINDS = ("needs_help", "hazard", "request", "not_reached")
# As many ways to ask and to thank as the texts have, so that no two days read the same.
WAYS_TO_ASK, WAYS_TO_THANK = 7, 4


def day(shown: notices.ShownDay, to: Reader) -> Message:
    """The question, the numbers, what one of them may be, or what was answered."""
    if shown.page == "kind":
        return _kinds(shown, to)
    if shown.page == "grid":
        return _grid(shown, to)
    return _answered(shown, to) if shown.answered else _question(shown, to)


def _question(shown: notices.ShownDay, to: Reader) -> Message:
    said = {"name": shown.name, "count": str(shown.count)}
    if shown.day != to.now.astimezone(to.zone).date():
        text = to.tr("household-ask-day", day=_day(shown.day, to), **said)
    elif shown.again and shown.marks:
        text = to.tr("household-ask-rest", name=shown.name, key=to.tr.plain("household-rest-button"))
    elif shown.again:
        text = to.tr("household-ask-again", **said)
    else:
        text = to.tr(f"household-ask-{shown.day.toordinal() % WAYS_TO_ASK}", **said)
    some = Button(to.tr.plain("household-some-button"), _data("some", shown.day))
    all_well = to.tr.plain("household-rest-button" if shown.marks else "household-all-button")
    lines = [text, *_marked(shown, to)]
    return Message("\n".join(lines), buttons=((Button(all_well, _data("all", shown.day)),), (some,)))


def _grid(shown: notices.ShownDay, to: Reader) -> Message:
    icons = {each.number: _icon(each.kind, to) for each in shown.marks}
    buttons = [
        Button(f"{icons.get(number, '')}{label}", _data("no", shown.day, str(number)))
        for number, label in enumerate(_labels(shown, to), start=1)
    ]
    width = A_ROW if len(shown.clusters) == 1 else A_ROW_NAMED
    rows = [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]
    if shown.answered:
        last = Button(to.tr.plain("household-done-button"), _data("back", shown.day))
    else:
        key = "household-rest-button" if shown.marks else "household-all-button"
        last = Button(to.tr.plain(key), _data("all", shown.day))
    lines = [to.tr("household-grid"), *_marked(shown, to)]
    return Message("\n".join(lines), buttons=(*rows, (last,)))


def _kinds(shown: notices.ShownDay, to: Reader) -> Message:
    number = shown.number
    chosen = [
        Button(
            to.tr.plain(f"household-kind-{kind.replace('_', '-')}-button"),
            _data("is", shown.day, f"{number}:{kind}"),
        )
        for kind in KINDS
    ]
    rows: list[tuple[Button, ...]] = [(chosen[0], chosen[1]), (chosen[2], chosen[3])]
    marked = any(each.number == number for each in shown.marks)
    if marked:
        say = Button(to.tr.plain("household-say-button"), _data("say", shown.day, str(number)))
        rows.append(
            (say, Button(to.tr.plain("household-clear-button"), _data("clear", shown.day, str(number))))
        )
    rows.append((Button(to.tr.plain("household-back-button"), _data("some", shown.day)),))
    return Message(
        to.tr("household-which-kind", household=_numbered(shown, to)[number - 1]), buttons=tuple(rows)
    )


def _answered(shown: notices.ShownDay, to: Reader) -> Message:
    """Thanks; and the way back."""
    assert shown.answered_at
    said = {"time": to.time(shown.answered_at), "count": str(shown.count)}
    marked = len(shown.marks)
    if not marked:
        way = shown.day.toordinal() % WAYS_TO_THANK
        text = to.tr(f"household-all-well-{way}", **said)
    else:
        text = to.tr("household-some-marked", rest=str(shown.count - marked), **said)
    change = Button(to.tr.plain("household-change-button"), _data("change", shown.day))
    return Message("\n".join([text, *_marked(shown, to)]), buttons=((change,),))


def _marked(shown: notices.ShownDay, to: Reader) -> list[str]:
    numbered = _numbered(shown, to)
    return [
        to.tr(
            "household-mark-said" if each.said else "household-mark",
            household=numbered[each.number - 1], kind=_kind(each.kind, to), said=each.said,
        )
        for each in shown.marks
    ]  # fmt: skip


def household_named(number: int, area: str, to: Reader) -> str:
    """A household in a sentence; `area`: where the head has households in several, else empty."""
    if not area:
        return to.tr.plain("household-number", number=str(number))
    return to.tr.plain("household-number-of", number=str(number), area=area)


def _numbered(shown: notices.ShownDay, to: Reader) -> list[str]:
    """Each household in a sentence."""
    return [household_named(number, area, to) for number, area in _each(shown)]


def _labels(shown: notices.ShownDay, to: Reader) -> list[str]:
    """Each household on a button: the number first, as the end of a long label is cut off."""
    return [
        to.tr.plain("household-label-of", number=str(number), area=area) if area else str(number)
        for number, area in _each(shown)
    ]


def _each(shown: notices.ShownDay) -> list[tuple[int, str]]:
    """The number of each household within its area, and the area where there are several."""
    clusters = shown.clusters
    several = len(clusters) > 1
    return [
        (number, each.area if several else "") for each in clusters for number in range(1, each.count + 1)
    ]


def _kind(kind: str, to: Reader) -> str:
    return to.tr.plain(f"household-kind-{kind.replace('_', '-')}")


def _icon(kind: str, to: Reader) -> str:
    return to.tr.plain(f"household-icon-{kind.replace('_', '-')}")


def _day(told: date, to: Reader) -> str:
    return to.tr.plain("household-date", month=str(told.month), day=str(told.day))


def _data(verb: str, day: date, more: str = "") -> str:
    return f"hh:{verb}:{day:%Y%m%d}:{more}" if more else f"hh:{verb}:{day:%Y%m%d}"


def told_well(told: notices.HouseholdToldWell, to: Reader) -> Message:
    """Answered by the key, without a question before."""
    rest = told.count - told.marked
    key = "household-some-marked" if told.marked else "household-all-well-0"
    text = to.tr(key, time=to.time(told.at), count=str(told.count), rest=str(rest))
    return Message(
        text, buttons=((Button(to.tr.plain("household-change-button"), _data("open", told.day)),),)
    )


def told_before(notice: notices.HouseholdToldBefore, to: Reader) -> Message:
    """Answered already today."""
    change = Button(to.tr.plain("household-change-button"), _data("open", notice.day))
    return Message(to.tr("household-told-before"), buttons=((change,),))


def marked(notice: notices.HouseholdMarked, to: Reader) -> Message:
    """Who has been told, and how to say more."""
    told = {
        "household": household_named(notice.inside or notice.number, notice.area, to),
        "names": to.tr.plain("list-comma").join(notice.told),
    }
    if not notice.told:
        lines = [to.tr("household-marked-nobody", household=told["household"])]
    elif notice.told_at:
        lines = [to.tr("household-marked-later", time=to.time(notice.told_at), **told)]
    else:
        lines = [to.tr("household-marked-told", **told)]
    if notice.mark == "needs_help":
        lines.append(to.tr("household-emergency"))
    say = Button(to.tr.plain("household-say-button"), _data("say", notice.day, str(notice.number)))
    return Message("\n".join(lines), buttons=((say,),))


def recent(notice: notices.HouseholdRecent, to: Reader) -> Message:
    """The last days; what may be made up for, only by who wants to."""
    lines, rows = [to.tr("household-recent")], []
    for each in notice.days:
        told = {"day": _day(each.day, to), "count": str(each.count), "marked": str(each.marked)}
        if not each.told:
            lines.append(to.tr("household-recent-silent", **told))
        elif each.marked:
            lines.append(to.tr("household-recent-marked", **told))
        else:
            lines.append(to.tr("household-recent-well", **told))
        if each.open:
            text = to.tr.plain("household-make-up-button", day=_day(each.day, to))
            rows.append((Button(text, _data("open", each.day)),))
    return Message("\n".join(lines), buttons=tuple(rows))


def help_wanted(notice: notices.HouseholdHelp, to: Reader) -> Message:
    """For the village: which household of whose, what is up, and who sees to it."""
    kind = _kind(notice.mark, to)
    lines = [
        to.tr(
            "household-card", icon=_icon(notice.mark, to), kind=kind,
            name=notice.name, area=notice.area, number=str(notice.number), time=to.time(notice.at),
        )
    ]  # fmt: skip
    if notice.words:
        lines.append(to.tr("household-card-words", words=notice.words))
    if notice.withdrawn:
        return Message("\n".join([*lines, to.tr("household-card-withdrawn")]))
    if notice.request:
        return Message("\n".join([*lines, to.tr("household-card-request", reference=notice.request)]))
    if notice.outcome_at:
        told = {"by": notice.outcome_by, "time": to.time(notice.outcome_at)}
        return Message("\n".join([*lines, to.tr(f"household-card-{_key(notice.outcome)}", **told)]))
    if notice.taken_at:
        by = to.tr("household-card-taken", by=notice.taken_by, time=to.time(notice.taken_at))
        return Message("\n".join([*lines, by]), buttons=_outcomes(notice, to))
    lines.append(to.tr("household-card-which", name=notice.name))
    buttons = [Button(to.tr.plain("household-take-button"), f"hhm:take:{notice.mark_id}")]
    if notice.voice:
        lines.append(to.tr("household-card-voice"))
        buttons.append(Button(to.tr.plain("household-voice-button"), f"hhm:voice:{notice.mark_id}"))
    return Message("\n".join(lines), buttons=(tuple(buttons),))


def _outcomes(told: notices.HouseholdHelp, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """What came of it, each in one tap; helped stands alone, so that a thumb does not miss it."""
    helped, *others = (
        Button(to.tr.plain(f"household-{_key(each)}-button"), f"hhm:{each}:{told.mark_id}")
        for each in HouseholdOutcome
    )
    return (helped,), tuple(others)


def _key(outcome: str) -> str:
    return outcome.replace("_", "-")


def voice(told: notices.HouseholdVoice, to: Reader) -> Message:
    """What the head said, to be played."""
    text = to.tr("household-voice", name=told.name, number=str(told.number))
    return Message(text, voice=told.voice)


def outcome(told: notices.HouseholdOutcomeTold, to: Reader) -> Message:
    """For the head: what came of it."""
    household = household_named(told.number, told.area, to)
    return Message(to.tr(f"household-outcome-{_key(told.outcome)}", by=told.by, household=household))


def taken(told: notices.HouseholdTaken, to: Reader) -> Message:
    """For the head: somebody sees to it."""
    household = household_named(told.number, told.area, to)
    return Message(to.tr("household-taken", by=told.by, household=household))
