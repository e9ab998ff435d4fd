"""A unit's review pack on paper: figures, hazards, before and after, the ledgers' sums, room to write."""

from bot.base.facts import Facts
from bot.features.hazards.views import card as hazard_card
from bot.features.summaries.views.by_topic import further
from bot.features.summaries.views.pictures import bars, tiles, trend
from bot.features.summaries.views.summary import data_of
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import area_and_dates, many, moment_dated

# Rules to write on.
_EMPTY = 9


def review(facts: Facts, to: Reader) -> Message:
    """The pack as a PDF."""
    where, cutoff = area_and_dates(facts, to), moment_dated(facts["cutoff"], to)
    figures = [tiles(facts, to), bars(facts, to), trend(facts, to), *further(facts, to)]
    sections = [*figures, _ledger(facts, to), *_listed(facts, to), *_pairs(facts, to), *_to_write(to)]
    data = {
        "title": to.tr.plain("review-title", where=where),
        "subtitle": to.tr.plain("summary-subtitle", cutoff=cutoff),
        "footer": to.tr.plain("review-footer", cutoff=cutoff),
        "page": to.tr.plain("review-page", n="{n}", of="{of}"),
        "sections": [section for section in sections if section],
    }  # fmt: skip
    photos = tuple(pair[side] for pair in facts["pairs"] for side in ("before", "after"))
    text = to.tr("review-told", where=where)
    back = Button(to.tr.plain("summary-back"), data_of("s", facts))
    return Message(text, ((back,),), picture=Picture("pages", data, photos))


def _ledger(facts: Facts, to: Reader) -> Facts:
    """What the ledgers of the unit add up to; what there is nothing of is told too."""
    counts = facts["whole"] | {"hours": round(facts["whole"].get("minutes", 0) / 60)} | facts["merits"]
    kinds = (
        "hours", "came", "checkins", "patrols", "checkpoints_reached", "hazards_found", "hazards_closed",
        "requests_registered", "requests_closed",        "households_reached", "activity", "commendation",
    )  # fmt: skip
    lines = [[to.tr.plain(f"review-{kind.replace('_', '-')}"), f"{counts.get(kind, 0):,}"] for kind in kinds]
    return {"kind": "lines", "title": to.tr.plain("review-ledger"), "lines": lines, "short": True}


def _listed(facts: Facts, to: Reader) -> list[Facts]:
    """Hazards in roster order, a line each."""
    lines = [[_what(each, to), _stands(each, to)] for each in facts["listed"]]
    more = facts["hazard_count"] - len(lines)
    if more:
        lines.append([to.tr.plain("review-more", count=many(more)), ""])
    head = to.tr.plain("review-hazards", count=many(facts["hazard_count"]))
    return [{"kind": "lines", "title": head, "lines": lines}] if lines else []


def _what(hazard: Facts, to: Reader) -> str:
    parts = (hazard_card.called(hazard), hazard_card.kind(hazard, to), hazard_card.place(hazard, to))
    return to.tr.plain("hazard-dot").join(parts)


def _stands(hazard: Facts, to: Reader) -> str:
    if hazard["done_at"]:
        return to.tr.plain(
            "review-closed", took=hazard_card.took(hazard["reported_at"], hazard["done_at"], to)
        )
    if hazard["overdue"]:
        return to.tr.plain("review-overdue")
    return to.tr.plain(f"summary-legend-{hazard['state']}")


def _pairs(facts: Facts, to: Reader) -> list[Facts]:
    shown = [
        {
            "name": _what(each, to),
            "told": to.tr.plain(
                "review-after", took=hazard_card.took(each["reported_at"], each["done_at"], to)
            ),
        }
        for each in facts["pairs"]
    ]
    titles = {"title": to.tr.plain("review-pairs"), "before": to.tr.plain("review-before")}
    return [{"kind": "pairs", "pairs": shown, **titles}] if shown else []


def _to_write(to: Reader) -> list[Facts]:
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
