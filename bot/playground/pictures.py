"""Made-up pictures to send from the page: a few flat drawings of what a grid worker might photograph."""

import io
import random
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

_SIZE = (960, 720)
_SKY, _HILL, _ROAD, _GRASS = "#cfe3ee", "#7fa387", "#8b8d91", "#a9bf7c"


def _scene(
    sky: str = _SKY, hill: str = _HILL, grass: str = _GRASS
) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", _SIZE, sky)
    pen = ImageDraw.Draw(picture)
    pen.polygon(
        [(0, 400), (180, 210), (380, 350), (560, 180), (800, 340), (960, 260), (960, 460), (0, 460)], hill
    )
    pen.rectangle((0, 420, 960, 720), grass)
    return picture, pen


def _road(pen: ImageDraw.ImageDraw, color: str = _ROAD) -> None:
    pen.polygon([(430, 420), (530, 420), (860, 720), (100, 720)], color)
    for top, bottom, half in ((450, 480, 4), (510, 560, 7), (600, 690, 12)):
        pen.polygon(
            [(480 - half, top), (480 + half, top), (480 + half * 2, bottom), (480 - half * 2, bottom)],
            "white",
        )


def tree() -> Image.Image:
    """A tree has fallen across the road."""
    picture, pen = _scene()
    _road(pen)
    pen.line([(90, 640), (820, 500)], "#6b4a2f", 34)
    dice = random.Random(1)
    for _ in range(60):
        x, y, r = dice.randint(640, 900), dice.randint(400, 560), dice.randint(20, 46)
        pen.ellipse((x - r, y - r, x + r, y + r), dice.choice(("#3f6b3a", "#4f7f45", "#5f9152")))
    return picture


def stones() -> Image.Image:
    """Stones have come down a slope."""
    picture, pen = _scene()
    _road(pen)
    pen.polygon([(960, 240), (620, 470), (960, 700)], "#9a7b5a")
    dice = random.Random(2)
    for _ in range(34):
        x, y, r = dice.randint(470, 900), dice.randint(470, 680), dice.randint(10, 44)
        corners = [
            (x + r * dx, y + r * dy * 0.8)
            for dx, dy in ((-1, 0.3), (-0.4, -1), (0.6, -0.9), (1, 0.4), (0.1, 1))
        ]
        pen.polygon(corners, dice.choice(("#7d6f63", "#8f8176", "#6a5e54")), outline="#4f463f")
    return picture


def wire() -> Image.Image:
    """A pole stands askew, its wire hangs low."""
    picture, pen = _scene("#d8dde3", "#8aa39a")
    _road(pen)
    pen.line([(250, 640), (330, 150)], "#5c4b3c", 26)
    pen.line([(740, 560), (740, 200)], "#5c4b3c", 20)
    pen.line([(265, 190), (395, 205)], "#5c4b3c", 14)
    wire = [(335 + step * 40, 200 + int(260 * (1 - ((step - 5) / 5) ** 2))) for step in range(11)]
    pen.line(wire, "#22262b", 6, joint="curve")
    return picture


def drain() -> Image.Image:
    """A ditch is choked with rubbish, water stands on the road."""
    picture, pen = _scene()
    _road(pen)
    pen.polygon([(560, 420), (610, 420), (960, 690), (960, 720), (880, 720)], "#59636b")
    pen.ellipse((180, 560, 640, 690), "#7fa0b5", outline="#6d8fa5", width=4)
    dice = random.Random(3)
    for _ in range(46):
        x = dice.randint(640, 880)
        y, r = 430 + int((x - 580) * 0.74) + dice.randint(-16, 16), dice.randint(8, 22)
        pen.rectangle(
            (x - r, y - r, x + r, y + r // 2),
            dice.choice(("#b5543f", "#d9c46b", "#e8e8e8", "#4c7fa8", "#6e8f4e")),
        )
    return picture


def cleared() -> Image.Image:
    """The road is clear again."""
    picture, pen = _scene("#d7ecf7")
    pen.ellipse((740, 60, 840, 160), "#f6d365")
    _road(pen)
    for x in (150, 250, 740, 850):
        pen.line([(x, 560), (x, 470)], "#6b4a2f", 14)
        pen.ellipse((x - 48, 380, x + 48, 500), "#4f7f45")
    return picture


def checkpoint() -> Image.Image:
    """A post with its hut and barrier."""
    picture, pen = _scene()
    _road(pen)
    pen.rectangle((120, 330, 360, 560), "#e9e4d8", outline="#8d8577", width=5)
    pen.polygon([(90, 335), (240, 250), (390, 335)], "#a8483a")
    pen.rectangle((160, 390, 240, 460), "#9cc3d6", outline="#8d8577", width=5)
    pen.rectangle((275, 420, 330, 560), "#7d6a52")
    for step in range(8):
        pen.line(
            [(380 + step * 58, 520 - step * 3), (438 + step * 58, 517 - step * 3)],
            "#c43d32" if step % 2 else "white",
            20,
        )
    pen.rectangle((365, 480, 395, 600), "#4b5157")
    return picture


_DRAWN: dict[str, Callable[[], Image.Image]] = {
    "tree": tree,
    "stones": stones,
    "wire": wire,
    "drain": drain,
    "cleared": cleared,
    "checkpoint": checkpoint,
}
NAMES = tuple(_DRAWN)


@cache
def draw(name: str) -> bytes:
    """The picture with this name as JPEG. Raises KeyError for a name not in `NAMES`."""
    out = io.BytesIO()
    _DRAWN[name]().save(out, "JPEG", quality=85)
    return out.getvalue()
