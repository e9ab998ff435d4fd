"""The duty ledger: numbers of a period, the entries behind them, what is said against one."""

from datetime import date

from bot.base.facts import Facts
from bot.base.lengths import quoted
from bot.features.duty.views.check_in import span_told
from bot.views.base import Button, Message, Reader

# How a kind and a period stand in a button.
KINDS = {
    "checkin": "c", "shift": "s", "patrol": "p", "hazard_found": "f", "hazard_fixed": "x",
    "request_taken": "r", "request_done": "d", "households": "h", "activity": "a", "commendation": "m",
}  # fmt: skip
PERIODS = {"month": "m", "quarter": "q", "year": "y"}
A_ROW = 2


def board(facts: Facts, to: Reader) -> Message:
    """What was done in the period, a line a kind; each kind opens its entries."""
    told = {"name": facts["name"], "area": facts["area"], "period": period_told(facts, to)}
    lines = [to.tr("ledger-head-own" if facts["own"] else "ledger-head", **told)]
    kinds = [kind for kind in KINDS if facts["counts"][kind][0]]
    lines += [total_told(kind, facts["counts"][kind], to) for kind in kinds]
    if not kinds:
        lines.append(to.tr("ledger-empty"))
    buttons = [Button(to.tr.plain(f"ledger-{_key(kind)}-button"), _entries(facts, kind, 0)) for kind in kinds]
    rows = [tuple(buttons[at : at + A_ROW]) for at in range(0, len(buttons), A_ROW)]
    if kinds:
        where = f"{facts['person_id']}:{PERIODS[facts['period']]}:{_day(facts['first'])}"
        page = Button(to.tr.plain("ledger-paper-button"), f"led:c:{where}")
        rows.append((page, Button(to.tr.plain("ledger-sheet-button"), f"led:t:{where}")))
    if not facts["own"]:
        rows.append((Button(to.tr.plain("ledger-write-button"), f"led:w:{facts['person_id']}"),))
    return Message("\n".join(lines), buttons=(*rows, *_turning(facts, to)))


def total_told(kind: str, counted: list[int], to: Reader) -> str:
    """A kind's numbers in words."""
    count, marked, amount = counted
    told = {"count": str(count), "marked": str(marked), "amount": str(amount)}
    line = to.tr(f"ledger-{_key(kind)}", span=span_told(amount, to), **told)
    if marked and kind in ("checkin", "shift", "patrol", "hazard_fixed", "request_done"):
        line += to.tr("ledger-of-these", what=to.tr.plain(f"ledger-{_key(kind)}-marked", **told))
    return line


def _turning(facts: Facts, to: Reader) -> list[tuple[Button, ...]]:
    who = facts["person_id"]
    other = [
        Button(to.tr.plain(f"ledger-period-{period}-button"), f"led:b:{who}:{code}:{_day(facts['first'])}")
        for period, code in PERIODS.items()
        if period != facts["period"]
    ]
    code = PERIODS[facts["period"]]
    turn = [Button(to.tr.plain("ledger-before-button"), f"led:b:{who}:{code}:{_day(facts['before'])}")]
    if facts["after"]:
        turn.append(Button(to.tr.plain("ledger-after-button"), f"led:b:{who}:{code}:{_day(facts['after'])}"))
    return [tuple(other), tuple(turn)]


def entries(facts: Facts, to: Reader) -> Message:
    """One kind's entries; the own ones can be spoken against."""
    told = {"name": facts["name"], "period": period_told(facts, to)}
    lines = [to.tr(f"ledger-{_key(facts['what'])}-head", **told)]
    rows: list[tuple[Button, ...]] = []
    numbers: list[Button] = []
    for number, entry in enumerate(facts["entries"], facts["offset"] + 1):
        lines.append(entry_told(facts["what"], number, entry, to))
        if facts["own"] and not entry["dispute"]:
            code = KINDS[facts["what"]]
            numbers.append(
                Button(
                    to.tr.plain("ledger-dispute-button", number=str(number)), f"led:x:{code}:{entry['id']}"
                )
            )
    rows += [tuple(numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
    turn = [
        Button(to.tr.plain(f"ledger-{name}-page-button"), _entries(facts, facts["what"], facts[name]))
        for name in ("before", "after")
        if facts[name] is not None
    ]
    back = Button(
        to.tr.plain("ledger-back-button"),
        f"led:b:{facts['person_id']}:{PERIODS[facts['period']]}:{_day(facts['first'])}",
    )
    return Message("\n".join(lines), buttons=(*rows, (*turn, back)))


def entry_told(kind: str, number: int, entry: Facts, to: Reader) -> str:
    """An entry in one line."""
    began = to.local(entry["at"])
    parts = [to.tr("ledger-entry", number=str(number), month=str(began.month), day=str(began.day))]
    if kind in ("checkin", "shift", "patrol"):
        until = f"{to.local(entry['until']):%H:%M}" if entry["until"] else to.tr.plain("my-open")
        parts.append(f"{began:%H:%M}–{until}")
    if entry["reference"]:
        parts.append(
            to.tr("ledger-said", words=f"{entry['reference']} {entry['label'].get(to.tr.locale, '')}".strip())
        )
    if kind == "households":
        parts.append(to.tr("ledger-households-count", count=str(entry["amount"])))
    parts += [to.tr("ledger-said", words=words) for words in (entry["place"], entry["words"]) if words]
    if entry["mark"]:
        parts.append(to.tr(f"ledger-mark-{entry['mark']}"))
    if entry.get("dispute"):
        parts.append(to.tr(f"ledger-dispute-{entry['dispute']}"))
    return " · ".join(parts)


def people(facts: Facts, to: Reader) -> Message:
    """Several of the same name, or nobody."""
    if not facts["people"]:
        return Message(to.tr("ledger-nobody", name=quoted(facts["name"])))
    day = _day(facts["day"])
    rows = tuple(
        (Button(to.tr.plain("ledger-person", name=p["name"]), f"led:b:{p['id']}:m:{day}"),)
        for p in facts["people"]
    )
    sure = all(p.get("sure", True) for p in facts["people"])
    return Message(
        to.tr("ledger-which" if sure else "ledger-meant", name=quoted(facts["name"])), buttons=rows
    )


def dispute_said(facts: Facts, to: Reader) -> Message:
    """For those who look after the area: whose entry, what is said against it, two buttons."""
    lines = [_disputed(facts, to)]
    if facts["words"]:
        lines.append(to.tr("dispute-words", words=facts["words"]))
    if facts["outcome"]:
        lines.append(to.tr(f"dispute-{facts['outcome']}-by", by=facts["by"]))
        return Message("\n".join(lines))
    yes = Button(to.tr.plain("dispute-agree-button"), f"dsp:yes:{facts['number']}")
    no = Button(to.tr.plain("dispute-keep-button"), f"dsp:no:{facts['number']}")
    rows: tuple[tuple[Button, ...], ...] = ((yes, no),)
    if facts["voice"]:
        rows = (*rows, (Button(to.tr.plain("household-voice-button"), f"dsp:voice:{facts['number']}"),))
    return Message("\n".join(lines), buttons=rows)


def dispute_answered(facts: Facts, to: Reader) -> Message:
    """For the person: what came of it."""
    return Message(_disputed(facts, to) + "\n" + to.tr(f"dispute-{facts['outcome']}-told", by=facts["by"]))


def dispute_voice(facts: Facts, to: Reader) -> Message:
    """What was said, to be played."""
    return Message(to.tr("dispute-voice", name=facts["name"]), voice=facts["voice"])


def merit_written(facts: Facts, to: Reader) -> Message:
    """For the person: it stands in the ledger now."""
    text = to.tr(f"merit-{facts['kind']}", words=facts["words"], by=facts["by"])
    return Message(text, voice=facts["voice"])


def _disputed(facts: Facts, to: Reader) -> str:
    what = to.tr.plain(f"ledger-{_key(facts['what'])}-name")
    told = {"name": facts["name"], "what": what, "place": facts["place"]}
    return to.tr("dispute-head", time=to.time(facts["entry_at"]), **told)


def period_told(facts: Facts, to: Reader) -> str:
    """The period as people say it."""
    first = date.fromisoformat(facts["first"])
    told = {"year": str(first.year), "month": str(first.month), "quarter": str((first.month + 2) // 3)}
    return to.tr.plain(f"ledger-period-{facts['period']}", **told)


def _entries(facts: Facts, kind: str, offset: int) -> str:
    period = PERIODS[facts["period"]]
    return f"led:e:{facts['person_id']}:{KINDS[kind]}:{period}:{_day(facts['first'])}:{offset}"


def _day(day: str) -> str:
    return day.replace("-", "")


def _key(kind: str) -> str:
    return kind.replace("_", "-")
