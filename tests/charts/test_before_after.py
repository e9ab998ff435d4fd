"""Before and after, side by side: both there, same size, whatever shape they came in."""

import io

from PIL import Image

from bot.charts import draw

DATA = {
    "title": "H-2026-000123 火灾隐患", "place": "芒里第一网格 · 芒里卡点 · 仓库后面的电线",
    "before": "整改前", "after": "整改后", "before_line": ["2026-11-23 07:58", "玉香"],
    "after_line": ["2026-11-24 16:20", "岩罕"], "footer": "用了 1 天",
}  # fmt: skip


def photo(colour: str, size: tuple[int, int] = (960, 720)) -> bytes:
    """A plain photo."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


def test_both_photos_stand_side_by_side() -> None:
    drawn = draw("before_after", DATA, [photo("#c03020"), photo("#20a050", (600, 1200))])
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert picture.width == 1080
    left, right = picture.getpixel((280, 550)), picture.getpixel((800, 550))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 150 > left[1]
    assert right[1] > 120 > right[0]


def test_a_wide_and_a_tall_photo_become_equally_high() -> None:
    drawn = draw("before_after", DATA, [photo("#c03020", (1280, 960)), photo("#20a040", (960, 1280))])
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")

    def height(channel: int, x: int) -> int:
        return sum(_is_mostly(picture.getpixel((x, y)), channel) for y in range(260, picture.height - 200))

    red, green = height(0, 300), height(1, 900)
    assert abs(red - green) <= 2
    assert red > 440


def _is_mostly(pixel: object, channel: int) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[channel] > 2 * max(pixel[:channel] + pixel[channel + 1 :]))


def test_a_photo_that_cannot_be_read_leaves_its_place_empty() -> None:
    drawn = draw("before_after", DATA, [b"no photo", photo("#20a050")])
    assert Image.open(io.BytesIO(drawn)).width == 1080
