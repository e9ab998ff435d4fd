"""What a person sees of the own record, and the choice of language."""

from bot.notices import Facts
from bot.views.base import Button, Message, Reader, view
from bot.views.checkin import distance_told, span_told
from bot.views.keyboards import main_keyboard


def roles_named(facts: Facts, to: Reader) -> str:
    """The roles in words."""
    names = [to.tr.plain(f"role-{role.replace('_', '-')}") for role in facts["roles"]]
    return to.tr.plain("list-comma").join(names) or to.tr.plain("role-none")


@view("language.choice")
def language_choice(facts: Facts, to: Reader) -> Message:
    """Which language to speak."""
    row = (Button("中文", "lang:zh_CN"), Button("English", "lang:en"))
    return Message(to.tr("language-choice"), buttons=(row,))


@view("language.changed")
def language_changed(facts: Facts, to: Reader) -> Message:
    """From now on in this language, keyboard included."""
    keyboard = main_keyboard(to.tr, facts)
    return Message(to.tr("language-changed"), keyboard=keyboard)


@view("account.role_changed")
def role_changed(facts: Facts, to: Reader) -> Message:
    """The roster says something else of the person now: the keys that go with it."""
    text = to.tr("role-changed", role=roles_named(facts, to))
    return Message(text, keyboard=main_keyboard(to.tr, facts))


@view("my")
def my(facts: Facts, to: Reader) -> Message:
    """This month in one line, then the newest days."""
    head = to.tr("my-head", name=facts["name"], month=str(facts["month"]))
    if not facts["checkins"]:
        total = to.tr("my-month-empty")
    else:
        span = span_told(facts["minutes"], to)
        total = to.tr("my-month", checkins=str(facts["checkins"]), span=span)
    marks = [
        to.tr(f"my-{name.replace('_', '-')}", count=str(facts[name]))
        for name in ("late", "corrections", "corrections_open")
        if facts[name]
    ]
    lines = [head, to.tr.plain("my-comma").join([total, *marks])]
    if facts["entries"]:
        lines += ["", *(_entry(entry, to) for entry in facts["entries"])]
    ledger = Button(to.tr.plain("ledger-my-button"), "led:b:0:m:now")
    return Message("\n".join(lines), buttons=(*_older(facts, to), (ledger,)))


@view("my.older")
def my_older(facts: Facts, to: Reader) -> Message:
    """Earlier days."""
    lines = [_entry(entry, to) for entry in facts["entries"]]
    return Message("\n".join(lines or [to.tr("my-no-older")]), buttons=_older(facts, to))


def _older(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    if not facts["older"]:
        return ()
    return ((Button(to.tr.plain("my-older-button"), f"my:older:{facts['older']}"),),)


def _entry(entry: Facts, to: Reader) -> str:
    """A day: from when to when, where, and what is worth a look."""
    began = to.local(entry["in_at"])
    ended = to.local(entry["out_at"]).strftime("%H:%M") if entry["out_at"] else to.tr.plain("my-open")
    if entry["out_at"] and to.local(entry["out_at"]).date() > began.date():
        ended = to.tr.plain("my-next-day", time=ended)
    day = {"month": str(began.month), "day": str(began.day)}
    parts = [to.tr("my-entry", **day, began=f"{began:%H:%M}", ended=ended)]
    if entry["post"]:
        parts.append(to.tr("my-entry-post", post=entry["post"]))
    return " · ".join(parts + _marks(entry, to))


def _marks(entry: Facts, to: Reader) -> list[str]:
    marks = []
    # The code of another post says where one was, not that it was the right place.
    if entry["evidence"] == "qr" and entry["grade"] != "off_site":
        marks.append(to.tr("my-place-qr"))
    elif entry["grade"] != "not_graded":
        distance = distance_told(entry["distance"] or 0, to)
        marks.append(to.tr(f"my-place-{entry['grade'].replace('_', '-')}", distance=distance))
    if entry["late_minutes"]:
        marks.append(to.tr("my-entry-late", span=span_told(entry["late_minutes"], to)))
    if entry["early_minutes"]:
        marks.append(to.tr("my-entry-early", span=span_told(entry["early_minutes"], to)))
    flags = {
        "my-entry-forwarded": entry["evidence"] == "forwarded", "my-entry-too-fast": entry["too_fast"],
        "my-entry-corrected": entry["corrected"], "my-entry-closed": entry["closed_by_system"],
        "my-entry-made-by-other": entry["made_by_other"],
        "my-entry-went-on": entry["evidence"] == "went_on",
    }  # fmt: skip
    return marks + [to.tr(key) for key, is_so in flags.items() if is_so]
