"""Lists of hazards, what they can be narrowed to, and the map of an area."""

from bot.base.facts import Facts
from bot.features.hazards.views.card import called, kind, place
from bot.views.base import Button, Message, Picture, Reader
from bot.views.maps import map_words
from bot.views.wording import moment_dated

_A_ROW = 4


def board(facts: Facts, to: Reader) -> Message:
    """A page; a number opens its hazard."""
    lines = [_head(facts, to)]
    if not facts["rows"]:
        of_kind = to.tr("hazard-board-none-kind") if facts["category"] else ""
        lines.append(of_kind or to.tr(f"hazard-board-none-{facts['board']}"))
    opening = []
    for each in facts["rows"]:
        lines.append(_line(each, facts["board"], to))
        label = to.tr.plain("hazard-row-button", icon=each["label"]["icon"], number=str(each["number"]))
        opening.append(Button(label, f"hz:show:{each['id']}"))
    return Message("\n".join(lines), buttons=(*_rows(opening), *_ways(facts, to)))


def board_kinds(facts: Facts, to: Reader) -> Message:
    """Which kind to show alone."""
    where = facts["board"], facts["area_id"]
    buttons = [
        Button(f"{each['label']['icon']} {kind(each, to)}", _data(*where, each["code"]))
        for each in facts["kinds"]
    ]
    every = Button(to.tr.plain("hazard-board-every-kind"), _data(*where, ""))
    return Message(to.tr("hazard-board-which-kind"), buttons=(*_rows(buttons, 3), (every,)))


def board_areas(facts: Facts, to: Reader) -> Message:
    """Area by area, in the order of the roster; a button shows one alone."""
    area = facts["area"] or to.tr.plain("hazard-board-all-areas")
    lines = [to.tr("hazard-board-areas", area=area, board=_named(facts, to))]
    buttons = []
    for each in facts["areas"]:
        lines.append(
            to.tr("hazard-board-area-line", name=each["name"], count=_count(each["count"], facts, to))
        )
        buttons.append(Button(each["name"], _data(facts["board"], each["area_id"], facts["category"])))
    return Message("\n".join(lines), buttons=_rows(buttons, 3))


def picture(facts: Facts, to: Reader) -> Message:
    """The map; without a hazard that has a place, a sentence."""
    area = facts["area"] or to.tr.plain("hazard-board-all-areas")
    shown, told = len(facts["rows"]), {"area": area, "board": _named(facts, to)}
    if not shown:
        return Message(to.tr("hazard-map-none", **told))
    text = to.tr("hazard-map", count=str(shown), **told)
    if facts["total"] > shown:
        text += "\n" + to.tr("hazard-map-more", count=str(facts["total"] - shown))
    return Message(text, picture=Picture("hazard_map", _map(facts, area, to)))


def _map(facts: Facts, area: str, to: Reader) -> Facts:
    words = ("urgent", "serious", "normal", "late", "fixed", "post")
    told = {"board": _named(facts, to), "time": moment_dated(to.now, to)}
    return {
        "title": to.tr.plain("hazard-map-title", area=area),
        "subtitle": to.tr.plain("hazard-map-subtitle", **told),
        "hazards": [
            {
                "number": str(each["number"]), "latitude": each["latitude"], "longitude": each["longitude"],
                "severity": each["severity"], "fixed": each["state"] == "fixed",
                "late": each["state"] != "fixed" and to.local(each["due_at"]) < to.now,
            }
            for each in facts["rows"]
        ],
        "posts": facts["posts"], "areas": facts.get("places", []),
        "labels": {word: to.tr.plain(f"hazard-map-{word}") for word in words} | map_words(to),
    }  # fmt: skip


def _head(facts: Facts, to: Reader) -> str:
    told = {"board": _named(facts, to), "count": _count(facts["total"], facts, to)}
    if facts["area"]:
        told["board"] = to.tr.plain("hazard-board-in", area=facts["area"], board=told["board"])
    if not facts["offset"] and not facts["more"]:
        return to.tr("hazard-board-head", **told)
    first = facts["offset"] + 1
    last = facts["offset"] + len(facts["rows"])
    return to.tr("hazard-board-head-page", first=str(first), last=str(max(first, last)), **told)


def _named(facts: Facts, to: Reader) -> str:
    named = to.tr.plain(f"hazard-board-{facts['board']}")
    if not facts.get("kind"):
        return named
    return to.tr.plain("hazard-board-of-kind", board=named, kind=kind({"label": facts["kind"]}, to))


def _count(number: int, facts: Facts, to: Reader) -> str:
    return to.tr.plain("hazard-board-many", count=str(number)) if number >= facts["most"] else str(number)


def _line(each: Facts, shown_on: str, to: Reader) -> str:
    told = {"icon": each["label"]["icon"], "reference": called(each), "kind": kind(each, to)}
    told["place"] = place(each, to)
    if each["state"] == "fixed":
        key = "hazard-row-fixed" if shown_on == "check" else "hazard-row-fixed-other"
        return to.tr(key, **told)
    late = to.local(each["due_at"]) < to.now
    return to.tr("hazard-row-late" if late else "hazard-row", time=to.time(each["due_at"]), **told)


def _ways(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Other pages, other boards, and what this one can be narrowed to."""
    here = facts["board"], facts["area_id"], facts["category"]
    turning = []
    if facts["offset"]:
        before = max(0, facts["offset"] - facts["size"])
        turning.append(_button("hazard-board-before", _data(*here, before), to))
    if facts["more"]:
        turning.append(_button("hazard-board-after", _data(*here, facts["offset"] + facts["size"]), to))
    narrowing = [_button("hazard-board-kind-button", _data(*here, verb="kinds"), to)]
    if facts["area_id"]:
        narrowing.append(_button("hazard-board-up-button", _data(facts["board"], 0, facts["category"]), to))
    if facts["below"]:
        narrowing.append(_button("hazard-board-below-button", _data(*here, verb="below"), to))
    if facts["rows"] and to.coordinates:
        narrowing.append(_button("hazard-board-map-button", _data(*here, verb="map"), to))
    others = [
        _button(f"hazard-board-{other}", _data(other, 0 if other == "mine" else facts["area_id"], ""), to)
        for other in facts["boards"]
        if other != facts["board"]
    ]
    return tuple(tuple(row) for row in (turning, narrowing, others) if row)


def _data(board: str, area_id: int, category: str, offset: int = 0, verb: str = "page") -> str:
    """What a button says: `hb:page:area:12:fire:8`."""
    return f"hb:{verb}:{board}:{area_id}:{category}:{offset}"


def _button(key: str, data: str, to: Reader) -> Button:
    return Button(to.tr.plain(key), data)


def _rows(buttons: list[Button], long: int = _A_ROW) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + long]) for at in range(0, len(buttons), long))
