"""Summaries: figures as text, as a picture, and the buttons to what stands behind them."""

from datetime import date, timedelta

from bot.base.facts import Facts
from bot.features.requests.views.lists import data_of as board_data
from bot.features.summaries.views.pictures import picture_of
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import area_and_period, change, period_named, share

# Buttons of areas on a page, and in a row.
AREAS, IN_A_ROW = 24, 2
TOPICS_IN_A_ROW = 3
# Lines of a caption below its head, as many as a small phone shows beside the picture.
MOST_LINES = 4
_LETTERS = {"day": "d", "week": "w", "month": "m", "quarter": "q"}


def summary(facts: Facts, to: Reader) -> Message:
    """What a supervisor asked for."""
    return Message(caption(facts, to), _buttons(facts, to), picture=Picture("summary", picture_of(facts, to)))


def more(facts: Facts, to: Reader) -> Message:
    """The same, with the keys that are needed less often."""
    return Message(caption(facts, to), _folded(facts, to), picture=Picture("summary", picture_of(facts, to)))


def scheduled(facts: Facts, to: Reader) -> Message:
    """The summary of the day, week, month or quarter that is over, unasked."""
    head = to.tr(f"summary-scheduled-{facts['period']}")
    text = f"{head}\n{caption(facts, to)}"
    return Message(text, _buttons(facts, to), picture=Picture("summary", picture_of(facts, to)))


def group(facts: Facts, to: Reader) -> Message:
    """The same for a group: without buttons, since names are not for everybody in it."""
    head = to.tr(f"summary-scheduled-{facts['period']}")
    text = f"{head}\n{caption(facts, to)}"
    return Message(text, picture=Picture("summary", picture_of(facts, to)))


def below(facts: Facts, to: Reader) -> Message:
    """The areas one level down, to choose from."""
    text = to.tr("summary-below-head", area=facts["area"], period=period_named(facts, to))
    shown = facts["areas"][facts["offset"] : facts["offset"] + AREAS]
    buttons = [Button(each["name"], data_of("s", facts, each["area_id"])) for each in shown]
    rows = [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]
    turn = []
    if facts["offset"]:
        turn.append(
            Button(to.tr.plain("summary-pages-before"), data_of("b", facts, offset=facts["offset"] - AREAS))
        )
    if facts["offset"] + AREAS < len(facts["areas"]):
        turn.append(
            Button(to.tr.plain("summary-pages-after"), data_of("b", facts, offset=facts["offset"] + AREAS))
        )
    return Message(text, (*rows, tuple(turn)) if turn else tuple(rows))


def caption(facts: Facts, to: Reader) -> str:
    """What matters most as text, in a few lines; the rest stands in the picture."""
    head = to.tr("summary-head", where=area_and_period(facts, to), cutoff=to.time(facts["cutoff"]))
    lines = [line for part in _PARTS for line in part(facts, to)][:MOST_LINES]
    return "\n".join([head, *(lines or [to.tr("summary-nothing")])])


def _attendance(facts: Facts, to: Reader) -> list[str]:
    """Who was to come and who came: people of crews, and grid workers without shifts."""
    whole = facts["whole"]
    due, came, planned = (whole.get(code, 0) for code in ("due", "came", "planned"))
    if not due:
        return []
    told = {
        "due": str(due), "came": str(came), "absent": str(due - came), "late": str(whole.get("late", 0)),
        "share": share(came, due), "change": change(facts, "came", "due", to),
    }  # fmt: skip
    # Nobody is late who has no shift.
    return to.tr("summary-attendance-crews" if planned else "summary-attendance-workers", **told).split("\n")


def _checkins(facts: Facts, to: Reader) -> list[str]:
    whole = facts["whole"]
    if not whole.get("checkins"):
        return []
    hours = round(whole.get("minutes", 0) / 60)
    told = {"people": str(whole.get("people", 0)), "hours": str(hours)}
    marks = [
        to.tr(f"summary-{code.replace('_', '-')}", count=str(whole[code]))
        for code in ("off_site", "forgotten", "corrected")
        if whole.get(code)
    ]
    return [
        to.tr.plain("summary-comma").join(
            [to.tr("summary-people-hours" if hours else "summary-people", **told), *marks]
        )
    ]


def _patrols(facts: Facts, to: Reader) -> list[str]:
    whole = facts["whole"]
    if not whole.get("patrols"):
        return []
    told = {
        "patrols": str(whole["patrols"]), "reached": str(whole.get("checkpoints_reached", 0)),
        "checkpoints": str(whole.get("checkpoints", 0)),
    }  # fmt: skip
    return [to.tr("summary-patrols", **told)]


def _open_told(case: str, now: Facts, to: Reader) -> list[str]:
    """How many hazards or requests are open now; of the overdue only where there are any."""
    if not now["open"]:
        return []
    told = {name: str(number) for name, number in now.items()}
    return [to.tr(f"summary-{case}-{'overdue' if now['overdue'] else 'open'}", **told)]


def _open_hazards(facts: Facts, to: Reader) -> list[str]:
    return _open_told("hazards", facts["hazards"], to)


def _open_requests(facts: Facts, to: Reader) -> list[str]:
    return _open_told("requests", facts["requests"], to)


def _counted_hazards(facts: Facts, to: Reader) -> list[str]:
    whole = facts["whole"]
    if not (whole.get("hazards_found") or whole.get("hazards_closed")):
        return []
    told = {
        "found": str(whole.get("hazards_found", 0)), "closed": str(whole.get("hazards_closed", 0)),
        "in_time": str(whole.get("hazards_in_time", 0)),
    }  # fmt: skip
    return [to.tr("summary-hazards", **told)]


def _counted_requests(facts: Facts, to: Reader) -> list[str]:
    whole = facts["whole"]
    if not (whole.get("requests_registered") or whole.get("requests_closed")):
        return []
    told = {
        "registered": str(whole.get("requests_registered", 0)),
        "closed": str(whole.get("requests_closed", 0)), "in_time": str(whole.get("requests_in_time", 0)),
    }  # fmt: skip
    return [to.tr("summary-requests", **told)]


def hazards(facts: Facts, to: Reader) -> list[str]:
    """Hazards: how many came, were closed, are open."""
    return [*_counted_hazards(facts, to), *_open_hazards(facts, to)]


def requests(facts: Facts, to: Reader) -> list[str]:
    """Residents' requests: how many came, were closed, are open."""
    return [*_counted_requests(facts, to), *_open_requests(facts, to)]


def _households(facts: Facts, to: Reader) -> list[str]:
    whole = facts["whole"]
    if not whole.get("households"):
        return []
    reached = whole.get("households_reached", 0)
    told = {"reached": str(reached), "households": str(whole["households"])}
    share_ = share(reached, whole["households"])
    return [
        to.tr(
            "summary-households",
            **told,
            share=share_,
            change=change(facts, "households_reached", "households", to),
        )
    ]


def burden(facts: Facts, to: Reader) -> list[str]:
    """What the bot itself costs a person a day."""
    counted = facts["burden"]
    if not {"received", "taps"} <= counted.keys():
        return []
    told = {
        f"{kind}_{name}": str(counted[kind][name])
        for kind in ("received", "taps")
        for name in ("median", "p95")
    }
    return [to.tr("summary-burden", **told)]


# The first of what there is goes into the caption.
_PARTS = (
    _attendance, _open_hazards, _open_requests, _patrols, _households, _checkins, _counted_hazards,
    _counted_requests,
)  # fmt: skip


def _buttons(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Periods, the period before and after, the names behind the figures, the areas below and above; all else
    behind one key."""
    periods = tuple(
        Button(to.tr.plain(f"summary-period-{kind}{'-chosen' if kind == facts['period'] else ''}"),
               data_of("s", facts, period=kind))
        for kind in _LETTERS
    )  # fmt: skip
    first, last = date.fromisoformat(facts["day"]), date.fromisoformat(facts["last"])
    turn = [Button(to.tr.plain("summary-before"), data_of("s", facts, day=first - timedelta(days=1)))]
    if last < date.fromisoformat(facts["today"]):
        turn.append(Button(to.tr.plain("summary-after"), data_of("s", facts, day=last + timedelta(days=1))))
    level = []
    if facts["below"]:
        level.append(Button(to.tr.plain("summary-below"), data_of("b", facts, offset=0)))
    if facts["above"]:
        level.append(Button(to.tr.plain("summary-above"), data_of("s", facts, facts["above"])))
    level.append(Button(to.tr.plain("summary-more"), data_of("m", facts)))
    return (periods, tuple(turn), *_names(facts, to), tuple(level))


def _folded(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Further pictures, the spreadsheet, other areas of the reader's, and the way back."""
    others = [Button(each["name"], data_of("s", facts, each["area_id"])) for each in facts["others"][:3]]
    sheet = Button(to.tr.plain("summary-sheet"), data_of("x", facts))
    back = Button(to.tr.plain("summary-less"), data_of("s", facts))
    return tuple(row for row in (*_topics(facts, to), tuple(others), (sheet, back)) if row)


def _names(facts: Facts, to: Reader) -> list[tuple[Button, ...]]:
    """A button for each figure with somebody behind it."""
    whole = facts["whole"]
    counts = {
        "absent": whole.get("due", 0) - whole.get("came", 0), "late": whole.get("late", 0),
        "off_site": whole.get("off_site", 0), "forgotten": whole.get("forgotten", 0),
    }  # fmt: skip
    buttons = [
        Button(
            to.tr.plain(f"summary-names-{which.replace('_', '-')}", count=str(count)),
            data_of(f"n:{which}", facts, offset=0),
        )
        for which, count in counts.items()
        if count > 0
    ]
    if late := facts["hazards"]["overdue"]:
        text = to.tr.plain("summary-names-hazards", count=str(late))
        buttons.append(Button(text, f"hb:page:late:{facts['area_id']}::0"))
    silent = whole.get("households", 0) - whole.get("households_reached", 0)
    if silent > 0 and facts["period"] == "day":
        text = to.tr.plain("summary-names-households", count=str(silent))
        buttons.append(Button(text, f"sil:b:h:{facts['area_id']}:{facts['day'].replace('-', '')}:0"))
    if late := facts["requests"]["overdue"]:
        # Who has them stands in the list of the area, where each can be opened.
        text = to.tr.plain("summary-names-requests", count=str(late))
        buttons.append(Button(text, board_data("late", facts["area_id"])))
    return [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]


def _topics(facts: Facts, to: Reader) -> list[tuple[Button, ...]]:
    """Further pictures, of what there is."""
    whole = facts["whole"]
    there = {
        "patrols": "patrols" in whole, "hazards": facts["hazards"]["open"] or "hazards_found" in whole,
        "requests": facts["requests"]["open"] or "requests_registered" in whole,
        "households": "households" in whole, "map": to.coordinates, "report": bool(whole),
    }  # fmt: skip
    buttons = [
        Button(to.tr.plain(f"summary-topic-{topic}"), data_of(f"t:{topic}", facts))
        for topic, is_there in there.items()
        if is_there
    ]
    # Four or more in a row would be broken on a phone.
    return [tuple(buttons[at : at + TOPICS_IN_A_ROW]) for at in range(0, len(buttons), TOPICS_IN_A_ROW)]


def data_of(
    verb: str, facts: Facts, area_id: int | None = None, *, period: str | None = None,
    day: date | None = None, offset: int | None = None,
) -> str:  # fmt: skip
    """Callback data: what is asked for, by number; the service asks for the right to it again."""
    at = day or date.fromisoformat(facts["day"])
    if period:
        # The newest day shown, so that going from a month to its days does not jump to the first.
        at = min(date.fromisoformat(facts["last"]), date.fromisoformat(facts["today"]))
    parts = [
        "sum",
        verb,
        str(area_id or facts["area_id"]),
        _LETTERS[period or facts["period"]],
        f"{at:%y%m%d}",
    ]
    return ":".join([*parts, str(max(0, offset))] if offset is not None else parts)
