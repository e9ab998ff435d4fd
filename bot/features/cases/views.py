"""What the messages about every kind of case are made of: lines of lists, keys, what happened, who has it."""

from collections.abc import Sequence
from datetime import datetime

from bot.base.lengths import cut, length
from bot.features.cases import notices
from bot.views.base import Button, Message, Reader
from bot.views.wording import duration_told

Keys = tuple[tuple[Button, ...], ...]
# The key of a button's text, and what it says.
KeyRow = tuple[tuple[str, str], ...]

# As much as goes into one message, with room for the rest of it.
ROOM = 3_500
# A caption holds 1,024 characters; the whole is told by 经过.
SHOWN = 240
MOST_LATE, MOST_WAITING = 12, 20
A_ROW = 3


def kind(label: notices.Label, to: Reader) -> str:
    """The category's name in the reader's language."""
    return label["zh_CN" if to.tr.locale == "zh_CN" else "en"]


def place(where: Sequence[str | None], to: Reader) -> str:
    """From the area down, as far as it is known."""
    return to.tr.plain("hazard-dot").join(part for part in where if part)


def on(moment: datetime, to: Reader) -> str:
    """Day and time in full: the message may be read on another day."""
    local = to.local(moment)
    told = {"time": local.strftime("%H:%M"), "month": str(local.month), "day": str(local.day)}
    return to.tr.plain("time-other-day", **told)


def took(start: datetime, end: datetime, to: Reader) -> str:
    """How long it took, in words."""
    return to.tr.plain("hazard-took", span=duration_told(start, end, to))


def short(words: str) -> str:
    """As much as goes into a caption."""
    return cut(words, SHOWN)


def joined(names: Sequence[str], to: Reader) -> str:
    """One after another."""
    return to.tr.plain("list-comma").join(names)


def what(key: str, told: notices.CaseRef, to: Reader, **more: str) -> str:
    """A sentence about a case: its icon, what it is called, of what category it is; and `more`."""
    named = {"icon": told.label["icon"], "reference": told.called, "kind": kind(told.label, to)}
    return to.tr(key, **named | more)


def answer(key: str, told: notices.CaseReceipt, to: Reader, **more: str) -> str:
    """The same with when it is due."""
    return what(key, told, to, due=to.time(told.due_at), **more)


def rows_of(buttons: Sequence[Button], long: int = A_ROW) -> Keys:
    """Buttons, so many in a row."""
    return tuple(tuple(buttons[at : at + long]) for at in range(0, len(buttons), long))


def opening(rows: Sequence[notices.CaseRef], to: Reader, long: int = A_ROW) -> Keys:
    """A button that opens each of these."""
    labels = [
        to.tr.plain("hazard-row-button", icon=each.label["icon"], number=str(each.number)) for each in rows
    ]
    return rows_of(
        [
            Button(label, f"{each.family.keys}:show:{each.case_id}")
            for label, each in zip(labels, rows, strict=True)
        ],
        long,
    )


def moved(told: notices.CaseMoved, to: Reader) -> Message:
    """What stands where the living message was before."""
    return Message(what(f"{told.family.name}-moved", told, to), photo=told.photo)


def undone(told: notices.CaseUndone, to: Reader) -> Message:
    """Taken back."""
    return Message(to.tr("hazard-undone", reference=told.reference))


def assigned(told: notices.CaseAssigned, to: Reader) -> Message:
    """Who has it now, or who is on it besides."""
    key = f"{told.family.name}-assigned{'-joint' if told.joint else ''}"
    return Message(answer(key, told, to, name=told.to, time=to.time(told.due_at)))


def who_is_told(told: notices.CaseReceipt, to: Reader) -> str:
    """Until when it is due and who knows of it; at night one thing only: at what time who is told."""
    due, names = to.time(told.due_at), joined(told.told, to)
    if not names:
        return to.tr(f"{told.family.name}-sent-to-nobody", due=due)
    if not told.held_until:
        return to.tr(f"{told.family.name}-sent-to", due=due, names=names)
    return to.tr("hazard-sent-to-later", due=due, names=names, time=to.time(told.held_until))


def who_knows(told: notices.CaseReceipt, to: Reader, key: str, nobody: str) -> str:
    """Who is to do something now."""
    return to.tr(key, names=joined(told.told, to)) if told.told else to.tr(nobody)


def voice(told: notices.CaseVoice, to: Reader) -> Message:
    """A voice note, to be played."""
    return Message(to.tr("hazard-voice", reference=told.called, name=told.name), voice=told.voice)


def history(told: notices.CaseHistory, to: Reader) -> Message:
    """Step by step: when, who, what; as much as goes into a message."""
    lines = [what("hazard-history", told, to)]
    for event in told.events:
        who = event.name or to.tr.plain("hazard-by-clock")
        key = f"{told.family.name}-step-{event.step.replace('_', '-')}"
        step = to.tr.plain(key, name=event.to, time=to.time(event.until) if event.until else "")
        lines.append(to.tr("hazard-event", time=to.time(event.at), who=who, step=step))
        if event.words:
            lines.append(to.tr("hazard-event-words", words=event.words))
        elif event.voice:
            lines.append(to.tr("hazard-event-voice"))
    kept = len(lines)
    while sum(length(line) + 1 for line in lines[1:kept]) > ROOM:
        kept -= 1
    rest = [to.tr("hazard-history-more", count=str(len(lines) - kept))] if kept < len(lines) else []
    return Message("\n".join([*lines[:kept], *rest]))


def line(each: notices.CaseLine, to: Reader, done: str = "") -> str:
    """A line of a list. `done`: how what is done is told there, else as everywhere."""
    name, late_now = each.family.name, to.local(each.due_at) < to.now
    if each.state == each.family.done:
        key = done or f"{name}-row-{each.state}"
    else:
        key = f"{name}-row-late" if late_now else f"{name}-row"
    where = place(each.where, to)
    return what(key, each, to, place=where, area=each.area, time=to.time(each.due_at))


def waiting(told: notices.CaseWaiting, to: Reader) -> Message:
    """What is this person's to see to; a button opens each."""
    name = told.family.name
    if not told.rows:
        return Message(to.tr(f"{name}-waiting-none"))
    shown = told.rows[:MOST_WAITING]
    head = f"{name}-waiting" if len(shown) == len(told.rows) else f"{name}-waiting-first"
    lines = [to.tr(head, count=str(len(shown)))] + [line(each, to) for each in shown]
    return Message("\n".join(lines), buttons=opening(shown, to))


def late(told: notices.CasesLate, to: Reader) -> Message:
    """What nobody has seen to; what somebody has by now stays as done."""
    return _open_ones(f"{told.family.name}-late-{'above' if told.level else 'own'}", told, to)


def soon(told: notices.CasesSoon, to: Reader) -> Message:
    """For who has it: it is due soon."""
    return _open_ones(f"{told.family.name}-soon", told, to)


def _open_ones(head: str, told: notices.CasesSoon, to: Reader) -> Message:
    shown, more = told.rows[:MOST_LATE], len(told.rows) - MOST_LATE
    lines = [to.tr(head), *(_late_line(each, to) for each in shown)]
    if more > 0:
        lines.append(to.tr(f"{told.family.name}-late-more", count=str(more)))
    return Message("\n".join(lines), buttons=opening(shown, to))


def _late_line(each: notices.LateCase, to: Reader) -> str:
    name, told = each.family.name, {"place": place(each.where, to), "area": each.area}
    if not each.open:
        return what(f"{name}-late-done", each, to, **told)
    if each.why == f"{name}_new":
        return what(f"{name}-late-nobody", each, to, **told)
    if each.why == f"{name}_{each.family.look}":
        key, who = each.unseen
        return what(key, each, to, name=who, **told)
    names = joined(each.named, to) or to.tr.plain("hazard-nobody")
    return what(f"{name}-late-due", each, to, names=names, time=on(each.due_at, to), **told)


def who_has_it(told: notices.CaseShown, to: Reader) -> str:
    """Who is named, and until when it is due."""
    key = f"{told.family.name}-by"
    if to.local(told.due_at) < to.now:
        key = f"{told.family.name}-late"
    due = to.tr.plain(key, time=on(told.due_at, to))
    if not told.named:
        return to.tr("hazard-line-nobody", due=due)
    first, *others = told.named
    if not others:
        return to.tr("hazard-line-named", name=first, due=due)
    return to.tr("hazard-line-joint", name=first, others=joined(others, to), due=due)


def wish(told: notices.CaseShown, to: Reader) -> list[str]:
    """Who asks for how much more time."""
    if told.wished_due_at is None:
        return []
    until = on(told.wished_due_at, to)
    return [to.tr("hazard-wish-line", name=told.wisher or "", time=until)]


def card_keys(told: notices.CaseShown, look: Sequence[KeyRow], work: KeyRow) -> list[KeyRow]:
    """The rows of a living message, each where the reader may: `look` at what is done, more time, naming,
    `work` on it."""
    keys, number = told.family.keys, told.case_id
    rows = list(look)
    if "extend" in told.acts:
        grant, refuse = (f"{keys}:{verb}:{number}:{told.version}" for verb in ("more", "less"))
        rows.append((("hazard-grant-button", grant), ("hazard-refuse-button", refuse)))
    # Who can name somebody mostly does: the first button is not to make them the one who did it.
    if "assign" in told.acts and not told.named:
        rows.append((("hazard-assign-button", f"{keys}:to:{number}"),))
    if work:
        rows.append(work)
    if "assign" in told.acts and told.named:
        again, joint = f"{keys}:to:{number}", f"{keys}:with:{number}"
        rows.append((("hazard-assign-again-button", again), ("hazard-joint-button", joint)))
    return rows


def drawn(rows: Sequence[KeyRow], to: Reader) -> Keys:
    """Rows of buttons with their texts."""
    return tuple(tuple(Button(to.tr.plain(key), data) for key, data in row) for row in rows if row)


def data_of(
    family: notices.Family, board: str, area_id: int, category: str = "", offset: int = 0, verb: str = "page"
) -> str:
    """What a button of a list says: `hb:page:area:12:fire:8`; of lists without categories
    `rb:page:area:12:8`."""
    middle = f"{area_id}:{category}" if family.narrows else f"{area_id}"
    return f"{family.pages}:{verb}:{board}:{middle}:{offset}"


def board_named(told: notices.CaseBoard | notices.CaseBoardAreas, to: Reader) -> str:
    """What a list is called."""
    return to.tr.plain(f"{told.family.name}-board-{told.board}")


def counted(number: int, most: int, to: Reader) -> str:
    """How many, as far as it was counted."""
    return to.tr.plain("hazard-board-many", count=str(number)) if number >= most else str(number)


def board_head(told: notices.CaseBoard, named: str, to: Reader) -> str:
    """What is listed, how many there are, and which of them are on this page."""
    of_area = to.tr.plain("hazard-board-in", area=told.area, board=named) if told.area else named
    head = {"board": of_area, "count": counted(told.total, told.most, to)}
    last = told.offset + len(told.rows)
    if not told.offset and not goes_on(told):
        return to.tr("hazard-board-head", **head)
    first = told.offset + 1
    return to.tr("hazard-board-head-page", first=str(first), last=str(max(first, last)), **head)


def goes_on(told: notices.CaseBoard) -> bool:
    """Whether there is a page after this one."""
    return told.more if told.more is not None else told.offset + len(told.rows) < told.total


def turning(told: notices.CaseBoard) -> KeyRow:
    """To the page before, and to the one after."""
    here = told.family, told.board, told.area_id, told.category
    pages = []
    if told.offset:
        pages.append(("hazard-board-before", data_of(*here, max(0, told.offset - told.size))))
    if goes_on(told):
        pages.append(("hazard-board-after", data_of(*here, told.offset + told.size)))
    return tuple(pages)


def narrowing(told: notices.CaseBoard) -> KeyRow:
    """To all areas, and to those below."""
    ways = []
    if told.area_id:
        ways.append(("hazard-board-up-button", data_of(told.family, told.board, 0, told.category)))
    if told.below:
        below = data_of(told.family, told.board, told.area_id, told.category, verb="below")
        ways.append(("hazard-board-below-button", below))
    return tuple(ways)


def others(told: notices.CaseBoard) -> KeyRow:
    """To the other lists."""
    family, area_id = told.family, told.area_id
    return tuple(
        (f"{family.name}-board-{other}", data_of(family, other, 0 if other == "mine" else area_id))
        for other in told.boards
        if other != told.board
    )


def board_areas(told: notices.CaseBoardAreas, to: Reader) -> Message:
    """Area by area, in the order of the roster; a button shows one alone."""
    area = told.area or to.tr.plain("hazard-board-all-areas")
    lines = [to.tr("hazard-board-areas", area=area, board=board_named(told, to))]
    for each in told.areas:
        count = counted(each.count, told.most, to)
        lines.append(to.tr("hazard-board-area-line", name=each.name, count=count))
    family, board = told.family, told.board
    buttons = [Button(each.name, data_of(family, board, each.area_id, told.category)) for each in told.areas]
    return Message("\n".join(lines), buttons=rows_of(buttons))
