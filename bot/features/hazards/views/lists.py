"""Lists of hazards, what they can be narrowed to, and the map of an area."""

from dataclasses import asdict

from bot.features.cases import views as cases
from bot.features.cases.notices import Label
from bot.features.cases.views import Keys, board_head, board_named, data_of, drawn, kind, line, rows_of
from bot.features.hazards import notices
from bot.views.base import Button, Message, Picture, Reader
from bot.views.maps import map_words
from bot.views.wording import moment_dated

_A_ROW = 4


def board(told: notices.HazardBoard, to: Reader) -> Message:
    """A page; a number opens its hazard."""
    lines = [board_head(told, _named(board_named(told, to), told.narrowed, to), to)]
    if not told.rows:
        of_kind = to.tr("hazard-board-none-kind") if told.category else ""
        lines.append(of_kind or to.tr(f"hazard-board-none-{told.board}"))
    done = "hazard-row-fixed" if told.board == "check" else "hazard-row-fixed-other"
    lines += [line(each, to, done) for each in told.rows]
    return Message("\n".join(lines), buttons=(*cases.opening(told.rows, to, _A_ROW), *_ways(told, to)))


def board_kinds(told: notices.HazardBoardKinds, to: Reader) -> Message:
    """Which kind to show alone."""
    buttons = [
        Button(f"{each.label['icon']} {kind(each.label, to)}", _data(told, each.code)) for each in told.kinds
    ]
    every = Button(to.tr.plain("hazard-board-every-kind"), _data(told, ""))
    return Message(to.tr("hazard-board-which-kind"), buttons=(*rows_of(buttons), (every,)))


def _data(told: notices.HazardBoardKinds, category: str) -> str:
    return data_of(notices.HAZARDS, told.board, told.area_id, category)


def picture(told: notices.HazardMap, to: Reader) -> Message:
    """The map; without a hazard that has a place, a sentence."""
    area = told.area or to.tr.plain("hazard-board-all-areas")
    named = _named(to.tr.plain(f"hazard-board-{told.board}"), told.narrowed, to)
    shown = len(told.rows)
    if not shown:
        return Message(to.tr("hazard-map-none", area=area, board=named))
    text = to.tr("hazard-map", count=str(shown), area=area, board=named)
    if told.total > shown:
        text += "\n" + to.tr("hazard-map-more", count=str(told.total - shown))
    words = ("urgent", "serious", "normal", "late", "fixed", "post")
    data = {
        "title": to.tr.plain("hazard-map-title", area=area),
        "subtitle": to.tr.plain("hazard-map-subtitle", board=named, time=moment_dated(to.now, to)),
        "hazards": [_mapped(each, to) for each in told.rows],
        "posts": [asdict(each) for each in told.posts], "areas": [asdict(each) for each in told.places],
        "labels": {word: to.tr.plain(f"hazard-map-{word}") for word in words} | map_words(to),
    }  # fmt: skip
    return Message(text, picture=Picture("hazard_map", data))


def _mapped(each: notices.MappedHazard, to: Reader) -> dict[str, str | float | bool]:
    fixed = each.state == notices.HAZARDS.done
    return {
        "number": str(each.number), "latitude": each.latitude, "longitude": each.longitude,
        "severity": each.severity, "fixed": fixed, "late": not fixed and to.local(each.due_at) < to.now,
    }  # fmt: skip


def _named(board_name: str, narrowed: Label, to: Reader) -> str:
    """What a list is called, with the category it is narrowed to."""
    if not narrowed:
        return board_name
    return to.tr.plain("hazard-board-of-kind", board=board_name, kind=kind(narrowed, to))


def _ways(told: notices.HazardBoard, to: Reader) -> Keys:
    """Other pages, other lists, and what this one can be narrowed to."""
    here = notices.HAZARDS, told.board, told.area_id, told.category
    narrowing = [
        ("hazard-board-kind-button", data_of(*here, verb="kinds")),
        *cases.narrowing(told),
    ]
    if told.rows and to.coordinates:
        narrowing.append(("hazard-board-map-button", data_of(*here, verb="map")))
    rows = (cases.turning(told), tuple(narrowing), cases.others(told))
    return drawn(rows, to)
