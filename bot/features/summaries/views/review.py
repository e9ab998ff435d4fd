"""A unit's review pack on paper: figures, hazards, before and after, the ledgers' sums, room to write."""

from bot.features.cases import views as cases
from bot.features.hazards.notices import HAZARDS
from bot.features.summaries.notices import ListedHazard, PackedHazard, PackFigures
from bot.features.summaries.views.by_topic import further
from bot.features.summaries.views.periods import area_and_dates
from bot.features.summaries.views.pictures import Section, bars, tiles, trend
from bot.features.summaries.views.summary import data_of
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import many, moment_dated

# Rules to write on.
_EMPTY = 9


def review(told: PackFigures, to: Reader) -> Message:
    """The pack as a PDF."""
    where, cutoff = area_and_dates(told, to), moment_dated(told.cutoff, to)
    figures = [tiles(told, to), bars(told, to), trend(told, to), *further(told, to)]
    sections = [*figures, _ledger(told, to), *_listed(told, to), *_pairs(told, to), *_to_write(to)]
    data = {
        "title": to.tr.plain("review-title", where=where),
        "subtitle": to.tr.plain("summary-subtitle", cutoff=cutoff),
        "footer": to.tr.plain("review-footer", cutoff=cutoff),
        "page": to.tr.plain("review-page", n="{n}", of="{of}"),
        "sections": [section for section in sections if section],
    }  # fmt: skip
    photos = tuple(number for pair in told.pairs for number in (pair.before, pair.after))
    text = to.tr("review-told", where=where)
    back = Button(to.tr.plain("summary-back"), data_of("s", told))
    return Message(text, ((back,),), picture=Picture("pages", data, photos))


def _ledger(told: PackFigures, to: Reader) -> Section:
    """What the ledgers of the unit add up to; what there is nothing of is told too."""
    counts = {**told.whole, "hours": round(told.whole.get("minutes", 0) / 60), **told.merits}
    kinds = (
        "hours", "came", "checkins", "patrols", "checkpoints_reached", "hazards_found", "hazards_closed",
        "requests_registered", "requests_closed",        "households_reached", "activity", "commendation",
    )  # fmt: skip
    lines = [[to.tr.plain(f"review-{kind.replace('_', '-')}"), f"{counts.get(kind, 0):,}"] for kind in kinds]
    return {"kind": "lines", "title": to.tr.plain("review-ledger"), "lines": lines, "short": True}


def _listed(told: PackFigures, to: Reader) -> list[Section]:
    """Hazards in roster order, a line each."""
    lines = [[_what(each, to), _stands(each, to)] for each in told.listed]
    more = told.hazard_count - len(lines)
    if more:
        lines.append([to.tr.plain("review-more", count=many(more)), ""])
    head = to.tr.plain("review-hazards", count=many(told.hazard_count))
    return [{"kind": "lines", "title": head, "lines": lines}] if lines else []


def _what(hazard: PackedHazard, to: Reader) -> str:
    where = (hazard.area, hazard.post, hazard.place)
    called = HAZARDS.reference(hazard.year, hazard.number)
    parts = (called, cases.kind(hazard.label, to), cases.place(where, to))
    return to.tr.plain("hazard-dot").join(parts)


def _stands(hazard: ListedHazard, to: Reader) -> str:
    if hazard.done_at:
        return to.tr.plain("review-closed", took=cases.took(hazard.reported_at, hazard.done_at, to))
    if hazard.overdue:
        return to.tr.plain("review-overdue")
    return to.tr.plain(f"summary-legend-{hazard.state}")


def _pairs(told: PackFigures, to: Reader) -> list[Section]:
    shown = [
        {
            "name": _what(each, to),
            "told": to.tr.plain("review-after", took=cases.took(each.reported_at, each.done_at, to)),
        }
        for each in told.pairs
    ]
    titles = {"title": to.tr.plain("review-pairs"), "before": to.tr.plain("review-before")}
    return [{"kind": "pairs", "pairs": shown, **titles}] if shown else []


def _to_write(to: Reader) -> list[Section]:
    """A page for what is said at the meeting."""
    return [
        {
            "kind": "lines",
            "title": to.tr.plain(f"review-write-{what}"),
            "lines": [],
            "empty": _EMPTY,
            "fresh": what == "own",
        }
        for what in ("own", "others")
    ]
