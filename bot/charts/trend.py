"""A trend: a share or a number, day by day (or week by week)."""

from bot.base.facts import Facts
from bot.charts.style import (
    BODY,
    DONE,
    INK,
    MARGIN,
    MUTED,
    SMALL,
    WIDTH,
    Pen,
    Sheet,
    count,
    percent,
    width_of,
)

HEIGHT = 400
_TOP, _BOTTOM, _LEFT = 130, 60, 90


def height(_: Facts) -> float:
    """How high it becomes, in pixels."""
    return HEIGHT


def draw(sheet: Sheet, y: float, trend: Facts) -> None:
    """`title`, `points`: `label`, `part`, `whole` (None: a number, no share). Gaps where there is nothing."""
    sheet.text(MARGIN, y + 28, trend["title"], Pen(BODY, bold=True), width=WIDTH - 2 * MARGIN)
    points = trend["points"]
    values = [_value(point) for point in points]
    shares = any(point["whole"] is not None for point in points)
    top = 100.0 if shares else _nice(max((v for v in values if v is not None), default=0))
    room, floor = HEIGHT - _TOP - _BOTTOM, y + HEIGHT - _BOTTOM
    for part in (0, 0.5, 1):
        told = f"{top * part:.0f}%" if shares else count(top * part)
        sheet.rule(floor - room * part, MARGIN + _LEFT, WIDTH - 2 * MARGIN - _LEFT)
        sheet.text(MARGIN + _LEFT - 14, floor - room * part, told, Pen(SMALL, MUTED, "right"))
    step = (WIDTH - 2 * MARGIN - _LEFT) / max(1, len(points))
    for number, value in enumerate(values):
        if value is not None:
            _bar(sheet, MARGIN + _LEFT + step * (number + 0.5), floor, step, room * value / top)
    _labels(sheet, floor + 32, step, [point["label"] for point in points])
    known = [number for number, value in enumerate(values) if value is not None]
    if known:
        last = known[-1]
        y = floor - room * (values[last] or 0.0) / top
        _name_last(sheet, MARGIN + _LEFT + step * (last + 0.5), y, points[last])


def _bar(sheet: Sheet, middle: float, floor: float, step: float, high: float) -> None:
    width = min(step * 0.7, 60)
    sheet.box(middle - width / 2, floor - max(high, 3), width, max(high, 3), DONE, min(6, width / 4))


def _labels(sheet: Sheet, y: float, step: float, labels: list[str]) -> None:
    """As many as there is room for, the last one always."""
    widest = max((width_of(label, SMALL) for label in labels), default=0.0) + 24
    every = max(1, -(-int(widest) // max(1, int(step))))
    last = len(labels) - 1
    for number, label in enumerate(labels):
        if (last - number) % every == 0:
            # The outermost ones stay on the sheet.
            half = width_of(label, SMALL) / 2
            x = MARGIN + _LEFT + step * (number + 0.5)
            sheet.text(min(x, WIDTH - MARGIN - half), y, label, Pen(SMALL, MUTED, "center"))


def _name_last(sheet: Sheet, x: float, y: float, point: Facts) -> None:
    """The newest value in numbers."""
    told = percent(point["part"], point["whole"]) if point["whole"] is not None else count(point["part"])
    x = min(x, WIDTH - MARGIN - width_of(told, SMALL) / 2)
    sheet.text(x, y - 22, told, Pen(SMALL, INK, "center", bold=True))


def _value(point: Facts) -> float | None:
    if point["whole"] is None:
        return float(point["part"])
    return 100 * point["part"] / point["whole"] if point["whole"] else None


def _nice(most: float) -> float:
    """A round number of at least this."""
    size = 1.0
    while size * 10 < most:
        size *= 10
    return next((size * n for n in (1, 2, 4, 6, 8, 10) if size * n >= most), 10.0) if most else 2.0
