"""The list of the morning: what waits for one."""

from collections.abc import Sequence

from bot.features.reminders.notices import Digest, DigestItem, LeftBehindShown
from bot.views.base import Button, Message, Reader

MOST = 15
A_ROW = 5
MOST_NAMES = 3
# So many greetings take turns, a day each.
GREETINGS = 3
# The command that brings up what a kind asks for.
_COMMANDS = {
    "hazard": "/h",
    "request": "/r",
    "asking": "/r",
    "correction": "/corrections",
    "handover": "/handover",
}


def left_behind(shown: LeftBehindShown, to: Reader) -> Message:
    """What somebody who left had in hand, with a key that opens each."""
    items, names = shown.items, shown.names
    told = to.tr.plain("digest-left-names", names="、".join(names[:MOST_NAMES]), count=str(len(names)))
    who = "、".join(names) if len(names) <= MOST_NAMES else told
    lines = [to.tr("digest-left" if names else "digest-left-nobody", names=who, count=str(len(items)))]
    numbered = list(enumerate(items[:MOST], start=1))
    lines += [_line(number, item, to) for number, item in numbered]
    if len(items) > MOST:
        lines += ["", to.tr("digest-more", count=str(len(items) - MOST))]
    return Message("\n".join(lines), buttons=_keys(numbered))


def digest(told: Digest, to: Reader) -> Message:
    """Kind by kind, with the command that leads there; once all is done, a kind word."""
    items = told.items
    if not items:
        return Message(to.tr("digest-done", count=str(told.of)))
    left = len(items) + len(told.more)
    today = to.now.astimezone(to.zone).toordinal()
    lines = [to.tr(f"digest-head-{today % GREETINGS}", count=str(left))]
    if told.of > left:
        lines.append(to.tr("digest-done-some", count=str(told.of - left)))
    kind, numbered = "", list(enumerate(items[:MOST], start=1))
    for number, item in numbered:
        if item.kind != kind:
            kind = item.kind
            lines += ["", to.tr(f"digest-kind-{kind}", command=_COMMANDS.get(kind, ""))]
        lines.append(_line(number, item, to))
    if left > MOST:
        lines += ["", to.tr("digest-more", count=str(left - MOST))]
    return Message("\n".join(lines), buttons=_keys(numbered))


def _keys(numbered: Sequence[tuple[int, DigestItem]]) -> tuple[tuple[Button, ...], ...]:
    """A number opens what stands behind it."""
    buttons = [Button(str(number), f"dg:{item.subject}") for number, item in numbered]
    return tuple(tuple(buttons[at : at + A_ROW]) for at in range(0, len(buttons), A_ROW))


def _line(number: int, item: DigestItem, to: Reader) -> str:
    told = {"number": str(number), "what": item.what, "who": item.who, "time": to.time(item.at)}
    if item.label is None:
        return to.tr(f"digest-item-{item.kind}", **told)
    # Where it is: the area, and the words for the place if there are any.
    told["what"] = " ".join(filter(None, (item.what, item.who)))
    kind = item.label["zh_CN" if to.tr.locale == "zh_CN" else "en"]
    late = to.local(item.at) < to.now.astimezone(to.zone)
    key = "asking" if item.kind == "asking" else "overdue" if late else "hazard"
    code = str(item.number)
    line = to.tr(f"digest-item-{key}", **told, icon=item.label["icon"], kind=kind, code=code)
    return line + to.tr("digest-item-unnamed") if item.unnamed else line
