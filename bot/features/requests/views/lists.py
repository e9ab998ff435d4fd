"""Lists of requests, and the areas they can be narrowed to."""

from bot.features.cases import views as cases
from bot.features.cases.views import board_head, board_named, drawn, joined, line
from bot.features.requests.notices import REQUESTS, RequestBoard
from bot.views.base import Message, Reader

_A_ROW = 4


def board(told: RequestBoard, to: Reader) -> Message:
    """A page with who has each; a number opens its request."""
    lines = [board_head(told, board_named(told, to), to)]
    if not told.rows:
        lines.append(to.tr(f"request-board-none-{told.board}"))
    for each in told.rows:
        names = joined(each.named, to)
        whose = to.tr("request-row-names", names=names) if names else to.tr("request-row-nobody")
        lines.append(line(each, to) + whose)
    ways = drawn([cases.turning(told), cases.narrowing(told), cases.others(told)], to)
    return Message("\n".join(lines), buttons=(*cases.opening(told.rows, to, _A_ROW), *ways))


def data_of(board_name: str, area_id: int) -> str:
    """What a button says that leads to a list: `rb:page:area:12:0`."""
    return cases.data_of(REQUESTS, board_name, area_id)
