"""Pictures with something broken around their pixels are kept; what is only a part of one is not."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw

from bot.storage.images import NoPicture, cleaned


def _scene(mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", (320, 240), "white")
    drawn = ImageDraw.Draw(picture)
    drawn.rectangle((10, 10, 150, 100), fill="red")
    drawn.ellipse((50, 120, 150, 220), fill="green")
    drawn.rectangle((200, 20, 300, 230), fill="navy")
    return picture.convert(mode)


def _saved(kind: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    _scene(mode).save(out, kind, **options)
    return out.getvalue()


def _segment(kind: int, content: bytes) -> bytes:
    return JPEG[:2] + bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content + JPEG[2:]


def _chunk(kind: bytes, content: bytes, crc: int | None = None) -> bytes:
    told = zlib.crc32(kind + content) if crc is None else crc
    return PNG[:33] + struct.pack(">I4s", len(content), kind) + content + struct.pack(">I", told) + PNG[33:]


JPEG, PROGRESSIVE, PNG = _saved("JPEG"), _saved("JPEG", progressive=True), _saved("PNG")
RESTARTS = _saved("JPEG", restart_marker_rows=1)
PRINT = b"\0\0\x02\x0cADBE\x02\x10\0\0prtrCMYKLab " + bytes(500)

WHOLE = {
    "no end mark": JPEG[:-2],
    "progressive, no end mark": PROGRESSIVE[:-2],
    "progressive, a trailer of zeros for an end mark": PROGRESSIVE[:-2] + bytes(500),
    "restarts, no end mark": RESTARTS[:-2],
    "half an end mark": JPEG[:-1],
    "a segment that leads out of the file": JPEG[:-2] + b"\xff\xe1\xff\xff" + b"q" * 100,
    "EXIF is nonsense": _segment(0xE1, b"Exif\0\0garbage"),
    "EXIF leads nowhere": _segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff" + b"zz" * 30),
    "EXIF is empty": _segment(0xE1, b"Exif\0\0"),
    "turned by a word": _segment(
        0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x04\0\0\0abc\0\0\0\0\0"
    ),
    "several pictures, all nonsense": _segment(0xE2, b"MPF\0garbage"),
    "a profile cut short": _segment(0xE2, b"ICC_PROFILE\0"),
    "a profile of nonsense": _segment(0xE2, b"ICC_PROFILE\0\x01\x02" + b"zz" * 40),
    "Adobe's mark cut short": _segment(0xEE, b"Adobe"),
    "JFIF cut short": _segment(0xE0, b"JFIF"),
    "Photoshop's part leads out": _segment(0xED, b"Photoshop 3.0\x008BIM\x03\xed\0\0\xff\xff\xff\xff"),
    "a text of PNG with a wrong sum": _chunk(b"tEXt", b"a\0b", crc=1),
    "a text of PNG that unpacks to a lot": _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(5_000_000))),
    "PNG: pHYs cut short": _chunk(b"pHYs", b"a"),
    "PNG: gAMA empty": _chunk(b"gAMA", b""),
    "PNG: sRGB empty": _chunk(b"sRGB", b""),
    "PNG: cHRM cut short": _chunk(b"cHRM", b"abc"),
    "PNG: profile empty": _chunk(b"iCCP", b""),
    "PNG: film cut short": _chunk(b"acTL", b"abc"),
    "PNG: EXIF is nonsense": _chunk(b"eXIf", b"junkjunk"),
    "PNG without an end": PNG[:-12],
    "PNG with a trailer": PNG + b"trailer",
    "WebP: EXIF is nonsense": _saved("WEBP", exif=b"Exif\0\0garbage"),
    "WebP with a trailer": _saved("WEBP") + b"trailer",
    "GIF without an end": _saved("GIF", "P")[:-1],
    "for print": _saved("JPEG", "CMYK"),
    "for print, with its profile": _saved("JPEG", "CMYK", icc_profile=PRINT),
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE)
def test_what_stands_around_the_pixels_decides_nothing(case: str) -> None:
    kept = cleaned(WHOLE[case])
    assert (kept.width, kept.height) == (320, 240)
    assert kept.dhash is not None
    assert b"Exif" not in kept.data
    assert b"trailer" not in kept.data
    with Image.open(io.BytesIO(kept.data)) as shown:
        assert shown.format == "JPEG"
        assert shown.mode == "RGB"
        assert "icc_profile" not in shown.info or case == "a profile of nonsense"
        for place, colour in (((80, 50), (254, 0, 0)), ((250, 100), (0, 0, 128)), ((250, 225), (0, 0, 128))):
            pixel = shown.getpixel(place)
            assert isinstance(pixel, tuple)
            assert all(abs(have - want) < 12 for have, want in zip(pixel, colour, strict=True)), pixel


_KINDS = {"JPEG": JPEG, "progressive": PROGRESSIVE, "restarts": RESTARTS, "PNG": PNG, "WebP": _saved("WEBP"),
          "GIF": _saved("GIF", "P")}  # fmt: skip


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("kind", _KINDS)
def test_a_part_of_a_picture_is_none(kind: str, quarters: int) -> None:
    data = _KINDS[kind]
    with pytest.raises(NoPicture):
        cleaned(data[: len(data) * quarters // 4])


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xe0\0\0" * 9, PNG[:8], PNG[:40]],
)
def test_a_beginning_without_pixels_is_none(data: bytes) -> None:
    with pytest.raises(NoPicture):
        cleaned(data)
