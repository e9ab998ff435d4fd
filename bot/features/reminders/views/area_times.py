"""At what time an area is asked and reminded, and the buttons that change it."""

from bot.base.facts import Facts
from bot.base.lengths import cut
from bot.views.base import Button, Message, Reader

# What is not done every day: on which it is.
_ON_DAYS = ("summary_weekly", "summary_monthly", "summary_quarterly")
# Those with a name of their own; other rules are called by their words.
NAMED = (
    "ask_households", "remind_households", "tell_silent_duty", "tell_silent_heads", "before_start",
    "after_end", "digest", "summary_daily", "summary_weekly", "summary_monthly", "summary_quarterly",
)  # fmt: skip
_WORDS = 25


def overview(facts: Facts, to: Reader) -> Message:
    """Everything that can be chosen, each one tap away."""
    lines = [to.tr("times-head", area=facts["area"]), ""]
    rows: list[tuple[Button, ...]] = []
    for entry in facts["entries"]:
        lines.append(to.tr("times-line", name=_name(entry, to), state=_state(entry, to)))
        rows.append((Button(_name(entry, to), f"tt:r:{facts['area_id']}:{entry['code']}"),))
    areas = [Button(each["name"], f"tt:a:{each['id']}") for each in facts["others"]]
    rows += [tuple(areas[at : at + 3]) for at in range(0, len(areas), 3)]
    return Message("\n".join(lines), buttons=tuple(rows))


def one(facts: Facts, to: Reader) -> Message:
    """One of them: how it stands, and what may be chosen."""
    lines = [to.tr("times-one", area=facts["area"], name=_name(facts, to), state=_state(facts, to))]
    if facts["zh_CN"]:
        lines += ["", to.tr("times-words", words=_words(facts, to))]
    if facts["usual"]:
        lines.append(to.tr("times-limits", earliest=facts["earliest"], latest=facts["latest"]))
    if facts.get("today") and facts["code"] not in _ON_DAYS:
        lines.append(to.tr(f"times-today-{facts['today']}"))
    return Message("\n".join(lines), buttons=tuple(row for row in _rows(facts, to) if row))


def _rows(facts: Facts, to: Reader) -> list[tuple[Button, ...]]:
    which = f"{facts['area_id']}:{facts['code']}"
    offers = facts["offers"] if facts["is_on"] else []
    times = tuple(Button(told, f"tt:t:{which}:{told.replace(':', '')}") for told in offers)
    switch = Button(
        to.tr.plain("times-off-button" if facts["is_on"] else "times-on-button"),
        f"tt:o:{which}:{0 if facts['is_on'] else 1}",
    )
    changes = [switch]
    if facts["own"]:
        changes.append(Button(to.tr.plain("times-follow-button"), f"tt:f:{which}"))
    leeways = facts["leeways"] if facts["is_on"] else []
    binding = [
        Button(to.tr.plain(f"times-leeway-{_tag(each)}"), f"tt:l:{which}:{_tag(each)}") for each in leeways
    ]
    back = Button(to.tr.plain("times-back-button"), f"tt:a:{facts['area_id']}")
    return [times, tuple(changes), tuple(binding[:2]), tuple(binding[2:]), (back,)]


def _tag(leeway: int) -> str:
    return "x" if leeway < 0 else str(leeway)


def _state(entry: Facts, to: Reader) -> str:
    """When, or that it is off; and whose choice that is."""
    if not entry["is_on"]:
        key = "times-off"
    elif not entry["usual"]:
        key = "times-on"
    else:
        on_days = f"-{entry['code'].replace('_', '-')}" if entry["code"] in _ON_DAYS else ""
        key = f"times-at{on_days}"
    told = to.tr.plain(key, time=entry["time"])
    if entry["own"]:
        return to.tr.plain("times-own", state=told)
    return to.tr.plain("times-above", state=told, area=entry["by"]) if entry["by"] else told


def _name(entry: Facts, to: Reader) -> str:
    if entry["code"] in NAMED:
        return to.tr.plain(f"times-name-{entry['code'].replace('_', '-')}")
    words = _words(entry, to)
    return cut(words, _WORDS)


def _words(entry: Facts, to: Reader) -> str:
    told: str = entry["zh_CN" if to.tr.locale.startswith("zh") else "en"] or entry["code"]
    return told
