"""What a person sees of the own record, and the choice of language."""

from collections.abc import Iterable

from bot.base.lengths import quoted
from bot.features.ledger import notices
from bot.views.base import Button, Message, Reader
from bot.views.keyboards import main_keyboard
from bot.views.wording import distance_told, span_told


def roles_named(roles: Iterable[str], to: Reader) -> str:
    """The roles in words."""
    names = [to.tr.plain(f"role-{role.replace('_', '-')}") for role in roles]
    return to.tr.plain("list-comma").join(names) or to.tr.plain("role-none")


def language_choice(told: notices.LanguageChoice, to: Reader) -> Message:
    """Which language to speak."""
    row = (Button("中文", "lang:zh_CN"), Button("English", "lang:en"))
    return Message(to.tr("language-choice"), buttons=(row,))


def language_changed(told: notices.LanguageChanged, to: Reader) -> Message:
    """From now on in this language, keyboard included."""
    return Message(to.tr("language-changed"), keyboard=main_keyboard(to.tr, told))


def role_changed(told: notices.AccountRoleChanged, to: Reader) -> Message:
    """The roster says something else of the person now: the keys that go with it."""
    text = to.tr("role-changed", role=roles_named(told.roles, to))
    return Message(text, keyboard=main_keyboard(to.tr, told))


def my(told: notices.My, to: Reader) -> Message:
    """This month in a line or two, then the newest days, a line each."""
    month = {"month": str(told.month)}
    if not told.checkins:
        lines = [to.tr("my-month-empty", **month)]
    else:
        span = span_told(told.minutes, to)
        lines = [to.tr("my-month", checkins=str(told.checkins), span=span, **month)]
    counted = {
        "my-late": told.late, "my-corrections": told.corrections,
        "my-corrections-open": told.corrections_open,
    }  # fmt: skip
    marks = [to.tr(key, count=str(count)) for key, count in counted.items() if count]
    lines += [to.tr.plain("my-comma").join(marks)] if marks else []
    ledger = Button(to.tr.plain("ledger-my-button"), "led:b:0:m:now")
    return Message("\n".join(lines + _entries(told, to)), buttons=(*_older(told, to), (ledger,)))


def my_older(told: notices.MyOlder, to: Reader) -> Message:
    """Earlier days."""
    return Message("\n".join(_entries(told, to) or [to.tr("my-no-older")]), buttons=_older(told, to))


def _older(told: notices.MyOlder, to: Reader) -> tuple[tuple[Button, ...], ...]:
    if not told.older:
        return ()
    return ((Button(to.tr.plain("my-older-button"), f"my:older:{told.older}"),),)


def _entries(told: notices.MyOlder, to: Reader) -> list[str]:
    """A line a day: from when to when, and what is not as always; the post only where it is another one than
    in the line above."""
    lines, above = [], ""
    for entry in told.entries:
        lines.append(_entry(entry, to, entry.post if entry.post != above else ""))
        above = entry.post
    return lines


def _entry(entry: notices.OwnCheckIn, to: Reader, post: str) -> str:
    began = to.local(entry.in_at)
    ended = to.local(entry.out_at).strftime("%H:%M") if entry.out_at else to.tr.plain("my-open")
    if entry.out_at and to.local(entry.out_at).date() > began.date():
        ended = to.tr.plain("my-next-day", time=ended)
    day = {"month": str(began.month), "day": str(began.day)}
    parts = [to.tr("my-entry", **day, began=f"{began:%H:%M}", ended=ended)]
    parts += [to.tr("my-entry-post", post=post)] if post else []
    right, *marks = _marks(entry, to)
    parts += [right] if right else []
    parts += [to.tr.plain("my-comma").join(marks)] if marks else []
    return " ".join(parts)


def _marks(entry: notices.OwnCheckIn, to: Reader) -> list[str]:
    """First whether the place was the right one (empty where it was not), then what is worth a look."""
    # The code of another post says where one was, not that it was the right place.
    scanned = entry.evidence == "qr" and entry.grade != "off_site"
    right = scanned or entry.grade == "on_site"
    marks = [to.tr("my-place-right") if right else ""]
    if not right and entry.grade != "not_graded":
        distance = distance_told(entry.distance or 0, to)
        marks.append(to.tr(f"my-place-{entry.grade.replace('_', '-')}", distance=distance))
    if entry.late_minutes:
        marks.append(to.tr("my-entry-late", span=span_told(entry.late_minutes, to)))
    if entry.early_minutes:
        marks.append(to.tr("my-entry-early", span=span_told(entry.early_minutes, to)))
    flags = {
        "my-entry-forwarded": entry.evidence == "forwarded", "my-entry-too-fast": entry.too_fast,
        "my-entry-corrected": entry.corrected, "my-entry-closed": entry.closed_by_system,
        "my-entry-made-by-other": entry.made_by_other,
        "my-entry-went-on": entry.evidence == "went_on",
    }  # fmt: skip
    said = [to.tr("my-entry-remark", words=quoted(entry.remark))] if entry.remark else []
    return marks + [to.tr(key) for key, is_so in flags.items() if is_so] + said
