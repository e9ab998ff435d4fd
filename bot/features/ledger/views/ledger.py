"""The duty ledger: numbers of a period, the entries behind them, what is said against one."""

from datetime import date

from bot.base.lengths import quoted
from bot.features.ledger import notices
from bot.views.base import Button, Message, Reader
from bot.views.wording import span_told

# How a kind and a period stand in a button.
KINDS = {
    "checkin": "c", "shift": "s", "patrol": "p", "hazard_found": "f", "hazard_fixed": "x",
    "request_taken": "r", "request_done": "d", "households": "h", "activity": "a", "commendation": "m",
}  # fmt: skip
PERIODS = {"month": "m", "quarter": "q", "year": "y"}
A_ROW = 2


def board(told: notices.LedgerBoard, to: Reader) -> Message:
    """What was done in the period, a line a kind; each kind opens its entries."""
    about = {"name": told.name, "area": told.area, "period": period_told(told, to)}
    lines = [to.tr("ledger-head-own" if told.own else "ledger-head", **about)]
    kinds = [kind for kind in KINDS if told.counts[kind][0]]
    lines += [total_told(kind, told.counts[kind], to) for kind in kinds]
    if not kinds:
        lines.append(to.tr("ledger-empty"))
    buttons = [Button(to.tr.plain(f"ledger-{_key(kind)}-button"), _entries(told, kind, 0)) for kind in kinds]
    rows = [tuple(buttons[at : at + A_ROW]) for at in range(0, len(buttons), A_ROW)]
    if kinds:
        where = f"{told.person_id}:{PERIODS[told.period]}:{_day(told.first)}"
        page = Button(to.tr.plain("ledger-paper-button"), f"led:c:{where}")
        rows.append((page, Button(to.tr.plain("ledger-sheet-button"), f"led:t:{where}")))
    if not told.own:
        rows.append((Button(to.tr.plain("ledger-write-button"), f"led:w:{told.person_id}"),))
    return Message("\n".join(lines), buttons=(*rows, *_turning(told, to)))


def total_told(kind: str, counted: notices.Counted, to: Reader) -> str:
    """A kind's numbers in words."""
    count, marked, amount = counted
    told = {"count": str(count), "marked": str(marked), "amount": str(amount)}
    line = to.tr(f"ledger-{_key(kind)}", span=span_told(amount, to), **told)
    if marked and kind in ("checkin", "shift", "patrol", "hazard_fixed", "request_done"):
        line += to.tr("ledger-of-these", what=to.tr.plain(f"ledger-{_key(kind)}-marked", **told))
    return line


def _turning(told: notices.LedgerBoard, to: Reader) -> list[tuple[Button, ...]]:
    def period_button(key: str, code: str, day: date) -> Button:
        return Button(to.tr.plain(f"ledger-{key}-button"), f"led:b:{told.person_id}:{code}:{_day(day)}")

    other = [
        period_button(f"period-{period}", code, told.first)
        for period, code in PERIODS.items()
        if period != told.period
    ]
    code = PERIODS[told.period]
    turn = [period_button("before", code, told.before)]
    if told.after:
        turn.append(period_button("after", code, told.after))
    return [tuple(other), tuple(turn)]


def entries(told: notices.LedgerEntries, to: Reader) -> Message:
    """One kind's entries; the own ones can be spoken against."""
    head = to.tr(f"ledger-{_key(told.what)}-head", name=told.name, period=period_told(told, to))
    lines = [head]
    rows: list[tuple[Button, ...]] = []
    numbers: list[Button] = []
    for number, entry in enumerate(told.entries, told.offset + 1):
        lines.append(entry_told(told.what, number, entry, to))
        if told.own and not entry.dispute:
            text = to.tr.plain("ledger-dispute-button", number=str(number))
            numbers.append(Button(text, f"led:x:{KINDS[told.what]}:{entry.id}"))
    rows += [tuple(numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
    turn = [
        Button(to.tr.plain(f"ledger-{name}-page-button"), _entries(told, told.what, offset))
        for name, offset in (("before", told.before), ("after", told.after))
        if offset is not None
    ]
    where = f"led:b:{told.person_id}:{PERIODS[told.period]}:{_day(told.first)}"
    back = Button(to.tr.plain("ledger-back-button"), where)
    return Message("\n".join(lines), buttons=(*rows, (*turn, back)))


def entry_told(kind: str, number: int, entry: notices.LedgerEntry, to: Reader) -> str:
    """An entry in one line."""
    began = to.local(entry.at)
    parts = [to.tr("ledger-entry", number=str(number), month=str(began.month), day=str(began.day))]
    if kind in ("checkin", "shift", "patrol"):
        until = f"{to.local(entry.until):%H:%M}" if entry.until else to.tr.plain("my-open")
        parts.append(f"{began:%H:%M}–{until}")
    if entry.reference:
        parts.append(
            to.tr("ledger-said", words=f"{entry.reference} {entry.label.get(to.tr.locale, '')}".strip())
        )
    if kind == "households":
        parts.append(to.tr("ledger-households-count", count=str(entry.amount)))
    parts += [to.tr("ledger-said", words=words) for words in (entry.place, entry.words) if words]
    if entry.mark:
        parts.append(to.tr(f"ledger-mark-{entry.mark}"))
    if entry.dispute:
        parts.append(to.tr(f"ledger-dispute-{entry.dispute}"))
    return " · ".join(parts)


def people(told: notices.LedgerPeople, to: Reader) -> Message:
    """Several of the same name, or nobody."""
    name = quoted(told.name)
    if not told.people:
        return Message(to.tr("ledger-nobody", name=name))
    rows = tuple(
        (Button(to.tr.plain("ledger-person", name=each.name), f"led:b:{each.id}:m:{_day(told.day)}"),)
        for each in told.people
    )
    sure = all(each.sure for each in told.people)
    return Message(to.tr("ledger-which" if sure else "ledger-meant", name=name), buttons=rows)


def dispute_said(told: notices.Disputed, to: Reader) -> Message:
    """For those who look after the area: whose entry, what is said against it, two buttons."""
    lines = [_disputed(told, to)]
    if told.words:
        lines.append(to.tr("dispute-words", words=told.words))
    if told.outcome:
        lines.append(to.tr(f"dispute-{told.outcome}-by", by=told.by))
        return Message("\n".join(lines))
    yes = Button(to.tr.plain("dispute-agree-button"), f"dsp:yes:{told.number}")
    no = Button(to.tr.plain("dispute-keep-button"), f"dsp:no:{told.number}")
    rows: tuple[tuple[Button, ...], ...] = ((yes, no),)
    if told.voice:
        rows = (*rows, (Button(to.tr.plain("household-voice-button"), f"dsp:voice:{told.number}"),))
    return Message("\n".join(lines), buttons=rows)


def dispute_answered(told: notices.Disputed, to: Reader) -> Message:
    """For the person: what came of it."""
    return Message(_disputed(told, to) + "\n" + to.tr(f"dispute-{told.outcome}-told", by=told.by))


def dispute_voice(told: notices.DisputeVoice, to: Reader) -> Message:
    """What was said, to be played."""
    return Message(to.tr("dispute-voice", name=told.name), voice=told.voice)


def merit_written(told: notices.MeritWritten, to: Reader) -> Message:
    """For the person: it stands in the ledger now."""
    return Message(to.tr(f"merit-{told.what}", words=told.words, by=told.by), voice=told.voice)


def _disputed(told: notices.Disputed, to: Reader) -> str:
    what = to.tr.plain(f"ledger-{_key(told.what)}-name")
    return to.tr("dispute-head", time=to.time(told.entry_at), name=told.name, what=what, place=told.place)


def period_told(told: notices.LedgerBoard | notices.LedgerEntries, to: Reader) -> str:
    """The period as people say it."""
    year, month = told.first.year, told.first.month
    words = {"year": str(year), "month": str(month), "quarter": str((month + 2) // 3)}
    return to.tr.plain(f"ledger-period-{told.period}", **words)


def _entries(told: notices.LedgerBoard | notices.LedgerEntries, kind: str, offset: int) -> str:
    period = PERIODS[told.period]
    return f"led:e:{told.person_id}:{KINDS[kind]}:{period}:{_day(told.first)}:{offset}"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _key(kind: str) -> str:
    return kind.replace("_", "-")
