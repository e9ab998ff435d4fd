"""What is printed shows what the picture shows: every sheet as a PDF, in pixels again, beside its picture."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import segno
from PIL import Image, ImageChops, ImageOps, ImageStat

from bot import charts
from bot.charts import lines, pages, style
from bot.charts.style import DONE, Sheet, paper
from bot.features.roster.pdf_pages import Card, Paper
from bot.features.roster.posters import write_posters_pdf
from bot.features.roster.qr_cards import write_cards_pdf
from tests.charts.samples import SAMPLES, SIZES

_DOTS = 200
# A tile of a sheet, in pixels; how different its colour may be, of 255, and the whole's.
_TILE, _MOST, _MOST_OVERALL = 24, 30.0, 1.5


def pages_of(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF in pixels, as many to the inch as a picture has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=_DOTS / 72).to_pil().convert("RGB") for page in document]


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How different two pictures are, of 255: the most that the colours of a tile differ by, and the mean."""
    apart = [abs(a - b) for a, b in zip(one.size, other.size, strict=True)]
    assert max(apart) <= 2, f"{one.size} is not {other.size}"
    across, down = -(-one.width // _TILE), -(-one.height // _TILE)
    small = [each.convert("RGB").resize((across, down), Image.Resampling.BOX) for each in (one, other)]
    apart_by = ImageChops.difference(*small)
    worst = max(high for _, high in apart_by.getextrema() if isinstance(high, int | float))
    return worst, max(ImageStat.Stat(apart_by).mean)


def assert_same(picture: Image.Image, printed: Image.Image) -> None:
    """Nothing is missing in print, nor elsewhere."""
    worst, mean = difference(picture, printed)
    assert worst <= _MOST
    assert mean <= _MOST_OVERALL


def _picture(sheet: Sheet) -> Image.Image:
    return Image.open(io.BytesIO(sheet.image())).convert("RGB")


def test_every_drawing_has_samples_and_they_hold_every_kind_of_section() -> None:
    drawings = charts.PICTURES | charts.PAPERS
    assert len(drawings) >= 8
    assert set(SAMPLES) == set(drawings)
    kinds = {each["kind"] for each in SAMPLES["pages"]["prefecture"]()[0]["sections"]}
    assert kinds == set(pages.PARTS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", charts.PICTURES | charts.PAPERS)
def test_a_sheet_on_paper_shows_what_its_picture_shows(name: str, size: str) -> None:
    sheets = charts.sheets(name, *SAMPLES[name][size]())
    pictures = [_picture(sheet) for sheet in sheets]
    printed = pages_of(paper(sheets, "…"))
    assert len(printed) == len(pictures) > 0
    for picture, page in zip(pictures, printed, strict=True):
        assert_same(picture, page)


@pytest.mark.parametrize("name", charts.PAPERS)
def test_what_is_sent_as_paper_is_those_sheets(name: str) -> None:
    data, photos = SAMPLES[name]["small"]()
    sent = pages_of(charts.draw(name, data, photos))
    for picture, page in zip(map(_picture, charts.sheets(name, data, photos)), sent, strict=True):
        assert_same(picture, page)


@pytest.mark.parametrize("what", ["bar", "rule", "disc", "moved"])
def test_what_is_missing_or_elsewhere_is_seen(what: str) -> None:
    """The comparison itself: it sees the smallest thing that is drawn."""

    def drawn(here: bool) -> Image.Image:
        sheet = Sheet(600)
        if what == "bar" and here:
            sheet.box(300, 200, 60, 30, DONE, 5)
        if what == "rule" and here:
            sheet.box(48, 301, 984, 12, DONE)
        if what == "disc" and here:
            sheet.box(500, 300, 30, 30, style.OPEN, 15)
        if what == "moved":
            sheet.box(300 if here else 340, 200, 60, 30, DONE, 5)
        return _picture(sheet)

    with pytest.raises(AssertionError):
        assert_same(drawn(True), drawn(False))


def _card(number: int, name: str = "岩罕") -> Card:
    link = f"https://t.me/duty_bot?start=j_{number:022d}"
    return Card(f"P-{number}", name, "芒里村", link, ("扫码", "点开始"), "只给本人用")


@pytest.mark.parametrize(("left", "top", "size"), [(84, 300, 330), (100, 1500, 620), (901.5, 40.25, 330)])
def test_a_code_is_printed_module_by_module(tmp_path: Path, left: float, top: float, size: float) -> None:
    paper, link = Paper(), _card(7).link
    paper.add_page()
    paper.qr_code(link, left, top, size)
    paper.output(str(tmp_path / "code.pdf"))
    (page,) = pages_of((tmp_path / "code.pdf").read_bytes())
    grey, matrix = page.convert("L"), segno.make(link, error="m", micro=False).matrix
    module = size / (len(matrix) + 4)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            dot = grey.getpixel((round(left + (x + 2.5) * module), round(top + (y + 2.5) * module)))
            assert (dot == 0) is bool(dark)
    # Nothing but the code is there, and it is where it should be.
    edges = ImageOps.invert(grey).getbbox()
    assert edges
    wanted = (left + 2 * module, top + 2 * module, left + size - 2 * module, top + size - 2 * module)
    assert all(abs(a - b) <= 2 for a, b in zip(edges, wanted, strict=True))


@pytest.mark.parametrize(("write", "a_page"), [(write_cards_pdf, 8), (write_posters_pdf, 4)])
def test_cards_and_posters_are_printed_whole(tmp_path: Path, write: Any, a_page: int) -> None:
    names = ["岩罕", "一个名字非常非常长写不下一行也写不下两行的人他的名字会被截断", "Ai <b>&{0}", "段平\\n"]
    cards = [_card(number, names[number % 4]) for number in range(a_page + 1)]
    told: list[tuple[int, int]] = []
    assert write(tmp_path / "cards.pdf", cards, tick=lambda _, done, total: told.append((done, total))) == 2
    assert told == [(a_page, a_page + 1), (a_page + 1, a_page + 1)]
    with pypdfium2.PdfDocument(tmp_path / "cards.pdf") as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        (width, height) = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    for number, card in enumerate(cards):
        words = pages[number // a_page]
        assert card.code in words
        assert card.name[:8] in words
    assert pages[0].count("点开始") == a_page
    assert pages[0].count("…") == len([card for card in cards[:a_page] if len(card.name) > 20])


def _bars(title: str, many: int) -> dict[str, Any]:
    rows = [{"name": f"{n}号村", "parts": [], "whole": 9, "told": "9"} for n in range(many)]
    return {"kind": "bars", "title": title, "legend": [], "rows": rows}


def _list(title: str, many: int) -> dict[str, Any]:
    return {"kind": "lines", "title": title, "lines": [[f"第 {n} 件", "办结"] for n in range(many)]}


def _parted(*sections: dict[str, Any]) -> list[list[tuple[str, int]]]:
    """What stands on each page: titles, and of lists how many lines."""
    found = pages._parted(list(sections))
    return [[(each["title"], len(each.get("lines", ()))) for each in page] for page in found]


def test_a_list_leaves_no_title_nor_a_line_alone_on_a_page() -> None:
    # Room for the title and two lines is left: the list begins on the next page.
    assert _parted(_bars("甲", 16), _list("乙", 4), _list("丙", 20)) == [[("甲", 0), ("乙", 4)], [("丙", 20)]]
    # One line too many for the page: four go on.
    assert _parted(_list("丙", 22)) == [[("丙", 18)], [("", 4)]]
    assert _parted(_list("丙", 40)) == [[("丙", 20)], [("", 20)]]


def test_what_fits_fills_the_page_before_what_does_not() -> None:
    assert _parted(_bars("甲", 14), _bars("乙", 16), _bars("丙", 4)) == [[("甲", 0), ("丙", 0)], [("乙", 0)]]
    # Nothing overtakes a list, nor a section that begins a page.
    fresh = _bars("丙", 4) | {"fresh": True}
    assert _parted(_bars("甲", 14), _bars("乙", 16), fresh) == [[("甲", 0)], [("乙", 0)], [("丙", 0)]]


def test_short_lines_stand_in_two_columns_where_there_is_room() -> None:
    short, one = _list("一本账", 12) | {"short": True}, _list("一本账", 12)
    assert lines.height(one) - lines.height(short) == 6 * 56
    long = [["很长很长很长很长很长很长很长很长的一项", "1,234"], *short["lines"]]
    assert lines.height(short | {"lines": long}) == lines.height(one) + 56


def test_on_paper_quotation_marks_are_those_of_print() -> None:
    data = {"title": "没点「巡完了」", "of": 3, "rows": [["「一」", None], {"told": "“二”"}]}
    expected = {"title": "没点“巡完了”", "of": 3, "rows": [["“一”", None], {"told": "“二”"}]}
    assert charts.printed(data) == expected
    assert data["title"] == "没点「巡完了」"
