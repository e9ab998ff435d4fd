"""Summaries: figures as text, as a picture, and the buttons to what stands behind them."""

from dataclasses import replace
from datetime import date, timedelta

from bot.features.figures.periods import PeriodKind
from bot.features.requests.views.lists import data_of as board_data
from bot.features.summaries.notices import Figures, OpenNow, SummaryBelow, SummaryOf
from bot.features.summaries.views.periods import area_and_period, change, period_named
from bot.features.summaries.views.pictures import picture_of
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import share

# Buttons of areas on a page, and in a row.
AREAS, IN_A_ROW = 24, 2
TOPICS_IN_A_ROW = 3
# Lines of a caption below its head, as many as a small phone shows beside the picture.
MOST_LINES = 4
_LETTERS = {kind: kind[0] for kind in PeriodKind}


def summary(told: Figures, to: Reader) -> Message:
    """What a supervisor asked for."""
    keys = _folded(told, to) if told.more else _buttons(told, to)
    return Message(caption(told, to), keys, picture=Picture("summary", picture_of(told, to)))


def scheduled(told: Figures, to: Reader) -> Message:
    """The summary of the day, week, month or quarter that is over, unasked."""
    return replace(scheduled_for_group(told, to), buttons=_buttons(told, to))


def scheduled_for_group(told: Figures, to: Reader) -> Message:
    """The same for a group: without buttons, since names are not for everybody in it."""
    head = to.tr(f"summary-scheduled-{told.period}")
    return Message(f"{head}\n{caption(told, to)}", picture=Picture("summary", picture_of(told, to)))


def below(told: SummaryBelow, to: Reader) -> Message:
    """The areas one level down, to choose from."""
    text = to.tr("summary-below-head", area=told.area, period=period_named(told, to))
    shown = told.areas[told.offset : told.offset + AREAS]
    buttons = [Button(each.name, data_of("s", told, each.area_id)) for each in shown]
    rows = [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]
    return Message(text, (*rows, *pages("b", told, told.offset, AREAS, len(told.areas), to)))


def pages(
    verb: str, told: SummaryOf, offset: int, size: int, total: int, to: Reader
) -> tuple[tuple[Button, ...], ...]:
    """A row of the keys to the pages before and after, where there are any."""
    turn = []
    if offset:
        turn.append(Button(to.tr.plain("summary-pages-before"), data_of(verb, told, offset=offset - size)))
    if offset + size < total:
        turn.append(Button(to.tr.plain("summary-pages-after"), data_of(verb, told, offset=offset + size)))
    return (tuple(turn),) if turn else ()


def caption(told: Figures, to: Reader) -> str:
    """What matters most as text, in a few lines; the rest stands in the picture."""
    head = to.tr("summary-head", where=area_and_period(told, to), cutoff=to.time(told.cutoff))
    lines = [line for part in _PARTS for line in part(told, to)][:MOST_LINES]
    return "\n".join([head, *(lines or [to.tr("summary-nothing")])])


def _attendance(told: Figures, to: Reader) -> list[str]:
    """Who was to come and who came: people of crews, and grid workers without shifts."""
    whole = told.whole
    due, came, planned = (whole.get(code, 0) for code in ("due", "came", "planned"))
    if not due:
        return []
    words = {
        "due": str(due), "came": str(came), "absent": str(due - came), "late": str(whole.get("late", 0)),
        "share": share(came, due), "change": change(told, "came", "due", to),
    }  # fmt: skip
    # Nobody is late who has no shift.
    return to.tr("summary-attendance-crews" if planned else "summary-attendance-workers", **words).split("\n")


def _checkins(told: Figures, to: Reader) -> list[str]:
    whole = told.whole
    if not whole.get("checkins"):
        return []
    hours = round(whole.get("minutes", 0) / 60)
    words = {"people": str(whole.get("people", 0)), "hours": str(hours)}
    marks = [
        to.tr(f"summary-{code.replace('_', '-')}", count=str(whole[code]))
        for code in ("off_site", "forgotten", "corrected")
        if whole.get(code)
    ]
    return [
        to.tr.plain("summary-comma").join(
            [to.tr("summary-people-hours" if hours else "summary-people", **words), *marks]
        )
    ]


def _patrols(told: Figures, to: Reader) -> list[str]:
    whole = told.whole
    if not whole.get("patrols"):
        return []
    words = {
        "patrols": str(whole["patrols"]), "reached": str(whole.get("checkpoints_reached", 0)),
        "checkpoints": str(whole.get("checkpoints", 0)),
    }  # fmt: skip
    return [to.tr("summary-patrols", **words)]


def _open_told(case: str, now: OpenNow, to: Reader) -> list[str]:
    """How many hazards or requests are open now; of the overdue only where there are any."""
    if not now.open:
        return []
    words = {"open": str(now.open), "overdue": str(now.overdue)}
    return [to.tr(f"summary-{case}-{'overdue' if now.overdue else 'open'}", **words)]


def _open_hazards(told: Figures, to: Reader) -> list[str]:
    return _open_told("hazards", told.hazards, to)


def _open_requests(told: Figures, to: Reader) -> list[str]:
    return _open_told("requests", told.requests, to)


def _counted_hazards(told: Figures, to: Reader) -> list[str]:
    whole = told.whole
    if not (whole.get("hazards_found") or whole.get("hazards_closed")):
        return []
    words = {
        "found": str(whole.get("hazards_found", 0)), "closed": str(whole.get("hazards_closed", 0)),
        "in_time": str(whole.get("hazards_in_time", 0)),
    }  # fmt: skip
    return [to.tr("summary-hazards", **words)]


def _counted_requests(told: Figures, to: Reader) -> list[str]:
    whole = told.whole
    if not (whole.get("requests_registered") or whole.get("requests_closed")):
        return []
    words = {
        "registered": str(whole.get("requests_registered", 0)),
        "closed": str(whole.get("requests_closed", 0)), "in_time": str(whole.get("requests_in_time", 0)),
    }  # fmt: skip
    return [to.tr("summary-requests", **words)]


def hazards(told: Figures, to: Reader) -> list[str]:
    """Hazards: how many came, were closed, are open."""
    return [*_counted_hazards(told, to), *_open_hazards(told, to)]


def requests(told: Figures, to: Reader) -> list[str]:
    """Residents' requests: how many came, were closed, are open."""
    return [*_counted_requests(told, to), *_open_requests(told, to)]


def _households(told: Figures, to: Reader) -> list[str]:
    whole = told.whole
    if not whole.get("households"):
        return []
    reached = whole.get("households_reached", 0)
    words = {"reached": str(reached), "households": str(whole["households"])}
    share_ = share(reached, whole["households"])
    return [
        to.tr(
            "summary-households",
            **words,
            share=share_,
            change=change(told, "households_reached", "households", to),
        )
    ]


def burden(told: Figures, to: Reader) -> list[str]:
    """What the bot itself costs a person a day."""
    if not {"received", "taps"} <= told.burden.keys():
        return []
    words: dict[str, str] = {}
    for kind in ("received", "taps"):
        spread = told.burden[kind]
        words |= {f"{kind}_median": str(spread.median), f"{kind}_p95": str(spread.p95)}
    return [to.tr("summary-burden", **words)]


# The first of what there is goes into the caption.
_PARTS = (
    _attendance, _open_hazards, _open_requests, _patrols, _households, _checkins, _counted_hazards,
    _counted_requests,
)  # fmt: skip


def _buttons(told: Figures, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Periods, the period before and after, the names behind the figures, the areas below and above; all else
    behind one key."""
    periods = tuple(
        Button(to.tr.plain(f"summary-period-{kind}{'-chosen' if kind == told.period else ''}"),
               data_of("s", told, period=kind))
        for kind in _LETTERS
    )  # fmt: skip
    one = timedelta(days=1)
    turn = [Button(to.tr.plain("summary-before"), data_of("s", told, day=told.day - one))]
    if told.last < told.today:
        turn.append(Button(to.tr.plain("summary-after"), data_of("s", told, day=told.last + one)))
    level = []
    if told.below:
        level.append(Button(to.tr.plain("summary-below"), data_of("b", told, offset=0)))
    if told.above:
        level.append(Button(to.tr.plain("summary-above"), data_of("s", told, told.above)))
    level.append(Button(to.tr.plain("summary-more"), data_of("m", told)))
    return (periods, tuple(turn), *_names(told, to), tuple(level))


def _folded(told: Figures, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Further pictures, the spreadsheet, other areas of the reader's, and the way back."""
    others = [Button(each.name, data_of("s", told, each.area_id)) for each in told.others[:3]]
    sheet = Button(to.tr.plain("summary-sheet"), data_of("x", told))
    back = Button(to.tr.plain("summary-less"), data_of("s", told))
    return tuple(row for row in (*_topics(told, to), tuple(others), (sheet, back)) if row)


def _names(told: Figures, to: Reader) -> list[tuple[Button, ...]]:
    """A button for each figure with somebody behind it."""
    whole = told.whole
    counts = {
        "absent": whole.get("due", 0) - whole.get("came", 0), "late": whole.get("late", 0),
        "off_site": whole.get("off_site", 0), "forgotten": whole.get("forgotten", 0),
    }  # fmt: skip
    buttons = [
        Button(
            to.tr.plain(f"summary-names-{which.replace('_', '-')}", count=str(count)),
            data_of(f"n:{which}", told, offset=0),
        )
        for which, count in counts.items()
        if count > 0
    ]
    if late := told.hazards.overdue:
        text = to.tr.plain("summary-names-hazards", count=str(late))
        buttons.append(Button(text, f"hb:page:late:{told.area_id}::0"))
    silent = whole.get("households", 0) - whole.get("households_reached", 0)
    if silent > 0 and told.period == "day":
        text = to.tr.plain("summary-names-households", count=str(silent))
        buttons.append(Button(text, f"sil:b:h:{told.area_id}:{told.day:%Y%m%d}:0"))
    if late := told.requests.overdue:
        # Who has them stands in the list of the area, where each can be opened.
        text = to.tr.plain("summary-names-requests", count=str(late))
        buttons.append(Button(text, board_data("late", told.area_id)))
    return [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]


def _topics(told: Figures, to: Reader) -> list[tuple[Button, ...]]:
    """Further pictures, of what there is."""
    whole = told.whole
    there = {
        "patrols": "patrols" in whole, "hazards": told.hazards.open or "hazards_found" in whole,
        "requests": told.requests.open or "requests_registered" in whole,
        "households": "households" in whole, "map": to.coordinates, "report": bool(whole),
    }  # fmt: skip
    buttons = [
        Button(to.tr.plain(f"summary-topic-{topic}"), data_of(f"t:{topic}", told))
        for topic, is_there in there.items()
        if is_there
    ]
    # Four or more in a row would be broken on a phone.
    return [tuple(buttons[at : at + TOPICS_IN_A_ROW]) for at in range(0, len(buttons), TOPICS_IN_A_ROW)]


def data_of(
    verb: str, told: SummaryOf, area_id: int | None = None, *, period: PeriodKind | None = None,
    day: date | None = None, offset: int | None = None,
) -> str:  # fmt: skip
    """Callback data: what is asked for, by number; the service asks for the right to it again."""
    at = day or told.day
    if period:
        # The newest day shown, so that going from a month to its days does not jump to the first.
        at = min(told.last, told.today)
    parts = ["sum", verb, str(area_id or told.area_id), _LETTERS[period or told.period], f"{at:%y%m%d}"]
    return ":".join([*parts, str(max(0, offset))] if offset is not None else parts)
