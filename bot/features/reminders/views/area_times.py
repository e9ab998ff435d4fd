"""At what time an area is asked and reminded, and the buttons that change it."""

from bot.base.lengths import cut
from bot.features.reminders.notices import TimesEntry, TimesOne, TimesOverview
from bot.views.base import Button, Message, Reader

# What is not done every day: on which it is.
_ON_DAYS = ("summary_weekly", "summary_monthly", "summary_quarterly")
# Those with a name of their own; other rules are called by their words.
NAMED = (
    "ask_households", "remind_households", "tell_silent_duty", "tell_silent_heads", "before_start",
    "after_end", "digest", "summary_daily", "summary_weekly", "summary_monthly", "summary_quarterly",
)  # fmt: skip
_WORDS = 25


def overview(told: TimesOverview, to: Reader) -> Message:
    """Everything that can be chosen, each one tap away."""
    lines = [to.tr("times-head", area=told.area), ""]
    rows: list[tuple[Button, ...]] = []
    for entry in told.entries:
        lines.append(to.tr("times-line", name=_name(entry, to), state=_state(entry, to)))
        rows.append((Button(_name(entry, to), f"tt:r:{told.area_id}:{entry.code}"),))
    areas = [Button(each.name, f"tt:a:{each.id}") for each in told.others]
    rows += [tuple(areas[at : at + 3]) for at in range(0, len(areas), 3)]
    return Message("\n".join(lines), buttons=tuple(rows))


def one(told: TimesOne, to: Reader) -> Message:
    """One of them: how it stands, and what may be chosen."""
    lines = [to.tr("times-one", area=told.area, name=_name(told, to), state=_state(told, to))]
    if told.zh_CN:
        lines += ["", to.tr("times-words", words=_words(told, to))]
    if told.usual:
        lines.append(to.tr("times-limits", earliest=told.earliest, latest=told.latest))
    if told.today and told.code not in _ON_DAYS:
        lines.append(to.tr(f"times-today-{told.today}"))
    return Message("\n".join(lines), buttons=tuple(row for row in _rows(told, to) if row))


def _rows(told: TimesOne, to: Reader) -> list[tuple[Button, ...]]:
    which = f"{told.area_id}:{told.code}"
    offers = told.offers if told.is_on else ()
    times = tuple(Button(time, f"tt:t:{which}:{time.replace(':', '')}") for time in offers)
    switch = Button(
        to.tr.plain("times-off-button" if told.is_on else "times-on-button"),
        f"tt:o:{which}:{0 if told.is_on else 1}",
    )
    changes = [switch]
    if told.own:
        changes.append(Button(to.tr.plain("times-follow-button"), f"tt:f:{which}"))
    leeways = told.leeways if told.is_on else ()
    binding = [
        Button(to.tr.plain(f"times-leeway-{_tag(each)}"), f"tt:l:{which}:{_tag(each)}") for each in leeways
    ]
    back = Button(to.tr.plain("times-back-button"), f"tt:a:{told.area_id}")
    return [times, tuple(changes), tuple(binding[:2]), tuple(binding[2:]), (back,)]


def _tag(leeway: int) -> str:
    return "x" if leeway < 0 else str(leeway)


def _state(entry: TimesEntry, to: Reader) -> str:
    """When, or that it is off; and whose choice that is."""
    if not entry.is_on:
        key = "times-off"
    elif not entry.usual:
        key = "times-on"
    else:
        on_days = f"-{entry.code.replace('_', '-')}" if entry.code in _ON_DAYS else ""
        key = f"times-at{on_days}"
    told = to.tr.plain(key, time=entry.time)
    if entry.own:
        return to.tr.plain("times-own", state=told)
    return to.tr.plain("times-above", state=told, area=entry.by) if entry.by else told


def _name(entry: TimesEntry, to: Reader) -> str:
    if entry.code in NAMED:
        return to.tr.plain(f"times-name-{entry.code.replace('_', '-')}")
    words = _words(entry, to)
    return cut(words, _WORDS)


def _words(entry: TimesEntry, to: Reader) -> str:
    return (entry.zh_CN if to.tr.locale.startswith("zh") else entry.en) or entry.code
