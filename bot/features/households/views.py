"""What is said to household heads, and to the village about their households."""

from datetime import date

from bot.base.facts import Facts
from bot.views.base import Button, Message, Reader
from models import HouseholdOutcome

# Numbers in a row; with the name of an area behind them they are long.
A_ROW, A_ROW_NAMED = 5, 2
KINDS = ("needs_help", "hazard", "request", "not_reached")
# As many ways to ask and to thank as the texts have, so that no two days read the same.
WAYS_TO_ASK, WAYS_TO_THANK = 7, 4


def day(facts: Facts, to: Reader) -> Message:
    """The question, the numbers, what one of them may be, or what was answered."""
    if facts["page"] == "kind":
        return _kinds(facts, to)
    if facts["page"] == "grid":
        return _grid(facts, to)
    return _answered(facts, to) if facts["answered"] else _question(facts, to)


def _question(facts: Facts, to: Reader) -> Message:
    told_day = date.fromisoformat(facts["day"])
    said = {"name": facts["name"], "count": str(facts["count"])}
    if told_day != to.now.astimezone(to.zone).date():
        text = to.tr("household-ask-day", day=_day(facts, to), **said)
    elif facts["again"] and facts["marks"]:
        text = to.tr("household-ask-rest", name=facts["name"], key=to.tr.plain("household-rest-button"))
    elif facts["again"]:
        text = to.tr("household-ask-again", **said)
    else:
        text = to.tr(f"household-ask-{told_day.toordinal() % WAYS_TO_ASK}", **said)
    some = Button(to.tr.plain("household-some-button"), _data("some", facts))
    all_well = to.tr.plain("household-rest-button" if facts["marks"] else "household-all-button")
    lines = [text, *_marked(facts, to)]
    return Message("\n".join(lines), buttons=((Button(all_well, _data("all", facts)),), (some,)))


def _grid(facts: Facts, to: Reader) -> Message:
    icons = {each["number"]: _icon(each["kind"], to) for each in facts["marks"]}
    buttons = [
        Button(f"{icons.get(number, '')}{label}", _data("no", facts, str(number)))
        for number, label in enumerate(_labels(facts, to), start=1)
    ]
    width = A_ROW if len(facts["clusters"]) == 1 else A_ROW_NAMED
    rows = [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]
    if facts["answered"]:
        last = Button(to.tr.plain("household-done-button"), _data("back", facts))
    else:
        key = "household-rest-button" if facts["marks"] else "household-all-button"
        last = Button(to.tr.plain(key), _data("all", facts))
    lines = [to.tr("household-grid"), *_marked(facts, to)]
    return Message("\n".join(lines), buttons=(*rows, (last,)))


def _kinds(facts: Facts, to: Reader) -> Message:
    number = facts["number"]
    chosen = [
        Button(
            to.tr.plain(f"household-kind-{kind.replace('_', '-')}-button"),
            _data("is", facts, f"{number}:{kind}"),
        )
        for kind in KINDS
    ]
    rows: list[tuple[Button, ...]] = [(chosen[0], chosen[1]), (chosen[2], chosen[3])]
    marked = any(each["number"] == number for each in facts["marks"])
    if marked:
        say = Button(to.tr.plain("household-say-button"), _data("say", facts, str(number)))
        rows.append((say, Button(to.tr.plain("household-clear-button"), _data("clear", facts, str(number)))))
    rows.append((Button(to.tr.plain("household-back-button"), _data("some", facts)),))
    return Message(
        to.tr("household-which-kind", household=_numbered(facts, to)[number - 1]), buttons=tuple(rows)
    )


def _answered(facts: Facts, to: Reader) -> Message:
    """Thanks; and the way back."""
    said = {"time": to.time(facts["answered_at"]), "count": str(facts["count"])}
    marked = len(facts["marks"])
    if not marked:
        way = date.fromisoformat(facts["day"]).toordinal() % WAYS_TO_THANK
        text = to.tr(f"household-all-well-{way}", **said)
    else:
        text = to.tr("household-some-marked", rest=str(facts["count"] - marked), **said)
    change = Button(to.tr.plain("household-change-button"), _data("change", facts))
    return Message("\n".join([text, *_marked(facts, to)]), buttons=((change,),))


def _marked(facts: Facts, to: Reader) -> list[str]:
    numbered = _numbered(facts, to)
    return [
        to.tr(
            "household-mark-said" if each["said"] else "household-mark",
            household=numbered[each["number"] - 1], kind=_kind(each["kind"], to), said=each["said"],
        )
        for each in facts["marks"]
    ]  # fmt: skip


def household_named(number: int, area: str, to: Reader) -> str:
    """A household in a sentence; `area`: where the head has households in several, else empty."""
    if not area:
        return to.tr.plain("household-number", number=str(number))
    return to.tr.plain("household-number-of", number=str(number), area=area)


def _numbered(facts: Facts, to: Reader) -> list[str]:
    """Each household in a sentence."""
    return [household_named(number, area, to) for number, area in _each(facts)]


def _labels(facts: Facts, to: Reader) -> list[str]:
    """Each household on a button: the number first, as the end of a long label is cut off."""
    return [
        to.tr.plain("household-label-of", number=str(number), area=area) if area else str(number)
        for number, area in _each(facts)
    ]


def _each(facts: Facts) -> list[tuple[int, str]]:
    """The number of each household within its area, and the area where there are several."""
    clusters = facts["clusters"]
    several = len(clusters) > 1
    return [
        (number, each["area"] if several else "")
        for each in clusters
        for number in range(1, each["count"] + 1)
    ]


def _kind(kind: str, to: Reader) -> str:
    return to.tr.plain(f"household-kind-{kind.replace('_', '-')}")


def _icon(kind: str, to: Reader) -> str:
    return to.tr.plain(f"household-icon-{kind.replace('_', '-')}")


def _day(facts: Facts, to: Reader) -> str:
    told = date.fromisoformat(facts["day"])
    return to.tr.plain("household-date", month=str(told.month), day=str(told.day))


def _data(verb: str, facts: Facts, more: str = "") -> str:
    compact = facts["day"].replace("-", "")
    return f"hh:{verb}:{compact}:{more}" if more else f"hh:{verb}:{compact}"


def told_well(facts: Facts, to: Reader) -> Message:
    """Answered by the key, without a question before."""
    rest = facts["count"] - facts["marked"]
    key = "household-some-marked" if facts["marked"] else "household-all-well-0"
    text = to.tr(key, time=to.time(facts["at"]), count=str(facts["count"]), rest=str(rest))
    return Message(text, buttons=((Button(to.tr.plain("household-change-button"), _data("open", facts)),),))


def told_before(facts: Facts, to: Reader) -> Message:
    """Answered already today."""
    change = Button(to.tr.plain("household-change-button"), _data("open", facts))
    return Message(to.tr("household-told-before"), buttons=((change,),))


def marked(facts: Facts, to: Reader) -> Message:
    """Who has been told, and how to say more."""
    told = {
        "household": household_named(
            facts["inside"] if "inside" in facts else facts["number"], facts.get("area", ""), to
        ),
        "names": to.tr.plain("list-comma").join(facts["told"]),
    }
    if not facts["told"]:
        lines = [to.tr("household-marked-nobody", household=told["household"])]
    elif facts.get("told_at"):
        lines = [to.tr("household-marked-later", time=to.time(facts["told_at"]), **told)]
    else:
        lines = [to.tr("household-marked-told", **told)]
    if facts["kind"] == "needs_help":
        lines.append(to.tr("household-emergency"))
    say = Button(to.tr.plain("household-say-button"), _data("say", facts, str(facts["number"])))
    return Message("\n".join(lines), buttons=((say,),))


def recent(facts: Facts, to: Reader) -> Message:
    """The last days; what may be made up for, only by who wants to."""
    lines, rows = [to.tr("household-recent")], []
    for each in facts["days"]:
        told = {"day": _day(each, to), "count": str(each["count"]), "marked": str(each["marked"])}
        if not each["told"]:
            lines.append(to.tr("household-recent-silent", **told))
        elif each["marked"]:
            lines.append(to.tr("household-recent-marked", **told))
        else:
            lines.append(to.tr("household-recent-well", **told))
        if each["open"]:
            text = to.tr.plain("household-make-up-button", day=_day(each, to))
            rows.append((Button(text, _data("open", each)),))
    return Message("\n".join(lines), buttons=tuple(rows))


def help_wanted(facts: Facts, to: Reader) -> Message:
    """For the village: which household of whose, what is up, and who sees to it."""
    kind = _kind(facts["kind"], to)
    lines = [
        to.tr(
            "household-card", icon=_icon(facts["kind"], to), kind=kind,
            name=facts["name"], area=facts["area"], number=str(facts["number"]), time=to.time(facts["at"]),
        )
    ]  # fmt: skip
    if facts["words"]:
        lines.append(to.tr("household-card-words", words=facts["words"]))
    if facts["withdrawn"]:
        return Message("\n".join([*lines, to.tr("household-card-withdrawn")]))
    if facts["request"]:
        return Message("\n".join([*lines, to.tr("household-card-request", reference=facts["request"])]))
    if facts.get("outcome"):
        told = {"by": facts["outcome_by"], "time": to.time(facts["outcome_at"])}
        return Message("\n".join([*lines, to.tr(f"household-card-{_key(facts['outcome'])}", **told)]))
    if facts["taken_by"]:
        by = to.tr("household-card-taken", by=facts["taken_by"], time=to.time(facts["taken_at"]))
        return Message("\n".join([*lines, by]), buttons=_outcomes(facts, to))
    lines.append(to.tr("household-card-which", name=facts["name"]))
    buttons = [Button(to.tr.plain("household-take-button"), f"hhm:take:{facts['mark_id']}")]
    if facts["voice"]:
        lines.append(to.tr("household-card-voice"))
        buttons.append(Button(to.tr.plain("household-voice-button"), f"hhm:voice:{facts['mark_id']}"))
    return Message("\n".join(lines), buttons=(tuple(buttons),))


def _outcomes(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """What came of it, each in one tap; helped stands alone, so that a thumb does not miss it."""
    helped, *others = (
        Button(to.tr.plain(f"household-{_key(each)}-button"), f"hhm:{each}:{facts['mark_id']}")
        for each in HouseholdOutcome
    )
    return (helped,), tuple(others)


def _key(outcome: str) -> str:
    return outcome.replace("_", "-")


def voice(facts: Facts, to: Reader) -> Message:
    """What the head said, to be played."""
    text = to.tr("household-voice", name=facts["name"], number=str(facts["number"]))
    return Message(text, voice=facts["voice"])


def outcome(facts: Facts, to: Reader) -> Message:
    """For the head: what came of it."""
    household = household_named(facts["number"], facts["area"], to)
    return Message(to.tr(f"household-outcome-{_key(facts['outcome'])}", by=facts["by"], household=household))


def taken(facts: Facts, to: Reader) -> Message:
    """For the head: somebody sees to it."""
    household = household_named(facts["number"], facts.get("area", ""), to)
    return Message(to.tr("household-taken", by=facts["by"], household=household))
