"""Lists of requests, and the areas they can be narrowed to."""

from bot.base.facts import Facts
from bot.features.requests.views.answers import opening, row_told
from bot.views.base import Button, Message, Reader

_A_ROW = 4


def board(facts: Facts, to: Reader) -> Message:
    """A page with who has each; a number opens its request."""
    lines = [_head(facts, to)]
    if not facts["rows"]:
        lines.append(to.tr(f"request-board-none-{facts['board']}"))
    for each in facts["rows"]:
        names = to.tr.plain("list-comma").join(each["named"])
        whose = to.tr("request-row-names", names=names) if names else to.tr("request-row-nobody")
        lines.append(row_told(each, to) + whose)
    buttons = opening([(each, each["id"]) for each in facts["rows"]], to, _A_ROW)
    return Message("\n".join(lines), buttons=(*buttons, *_ways(facts, to)))


def board_areas(facts: Facts, to: Reader) -> Message:
    """Area by area, in the order of the roster; a button shows one alone."""
    area = facts["area"] or to.tr.plain("hazard-board-all-areas")
    lines = [to.tr("hazard-board-areas", area=area, board=to.tr.plain(f"request-board-{facts['board']}"))]
    buttons = []
    for each in facts["areas"]:
        lines.append(to.tr("hazard-board-area-line", name=each["name"], count=str(each["count"])))
        buttons.append(Button(each["name"], data_of(facts["board"], each["area_id"])))
    return Message(
        "\n".join(lines), buttons=tuple(tuple(buttons[n : n + 3]) for n in range(0, len(buttons), 3))
    )


def data_of(board: str, area_id: int, offset: int = 0, verb: str = "page") -> str:
    """What a button says: `rb:page:area:12:8`."""
    return f"rb:{verb}:{board}:{area_id}:{offset}"


def _head(facts: Facts, to: Reader) -> str:
    told = {"board": to.tr.plain(f"request-board-{facts['board']}"), "count": str(facts["total"])}
    if facts["area"]:
        told["board"] = to.tr.plain("hazard-board-in", area=facts["area"], board=told["board"])
    shown = len(facts["rows"])
    if facts["total"] == shown:
        return to.tr("hazard-board-head", **told)
    first = str(facts["offset"] + 1)
    return to.tr("hazard-board-head-page", first=first, last=str(facts["offset"] + shown), **told)


def _ways(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Other pages, other boards, and what this one can be narrowed to."""
    which, area_id, offset, size = facts["board"], facts["area_id"], facts["offset"], facts["size"]
    turning, narrowing = [], []
    if offset:
        turning.append(_button("hazard-board-before", data_of(which, area_id, max(0, offset - size)), to))
    if offset + len(facts["rows"]) < facts["total"]:
        turning.append(_button("hazard-board-after", data_of(which, area_id, offset + size), to))
    if area_id:
        narrowing.append(_button("hazard-board-up-button", data_of(which, 0), to))
    if facts["below"]:
        narrowing.append(_button("hazard-board-below-button", data_of(which, area_id, verb="below"), to))
    others = [
        _button(f"request-board-{other}", data_of(other, 0 if other == "mine" else area_id), to)
        for other in facts["boards"]
        if other != which
    ]
    return tuple(tuple(row) for row in (turning, narrowing, others) if row)


def _button(key: str, data: str, to: Reader) -> Button:
    return Button(to.tr.plain(key), data)
