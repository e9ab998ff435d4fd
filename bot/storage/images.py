"""Pictures as bytes: whether they are whole, turned upright, rid of what they tell besides, and compared."""

import io

from PIL import Image, ImageOps

from bot.base.errors import GridDutyError
from bot.base.facts import Struct
from bot.storage import salvage

# What a large telephone camera makes; decoded it takes four bytes a pixel at the most.
MOST_PIXELS = 64_000_000
QUALITY = 90
_SMALL_QUALITY = 70
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
# Below this spread of brightness (of 255) a picture shows too little to be compared: night, fog, a wall.
LEAST_CONTRAST = 24
# Modes that every screen shows; for print there are others.
_SCREEN = ("L", "RGB")
_UPRIGHT = 1
_ORIENTATION = 0x0112
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
# Segments that a decoder needs, or that tell colours; all else is somebody's camera, place or time.
_JFIF, _COLOURS, _ADOBE, _COMMENT = 0xE0, 0xE2, 0xEE, 0xFE


# Before a file is decoded, Pillow looks at the size it claims.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class NoPicture(GridDutyError):
    """Broken, cut off, too large, or nothing that we can read; the words are for operators."""


class Clean(Struct):
    """A picture to keep: a JPEG without metadata, upright. `dhash`: 64 bits, signed; None where the picture
    shows too little."""

    data: bytes
    width: int
    height: int
    dhash: int | None


def cleaned(data: bytes) -> Clean:
    """Check a picture to its last row and make it ready to keep. Raises NoPicture.

    A JPEG that is upright keeps its pixels as they are; only what stands beside them goes. Whatever else can
    be decoded is written anew: it is the pixels that decide, not what stands around them.
    """
    try:
        return _as_it_is(data) or _anew(data)
    except Exception as error:  # Pillow stumbles over broken pictures in any way there is.
        if kept := _salvaged(data):
            return kept
        raise NoPicture(f"{type(error).__name__}: {error}"[:200]) from error


def _salvaged(data: bytes) -> Clean | None:
    try:
        bare = salvage.bare(data, FORMATS)
        return _anew(bare) if bare else None
    except Exception:  # Then it is told what was wrong with it as it came.
        return None


def _as_it_is(data: bytes) -> Clean | None:
    """An upright JPEG without what stands beside its pixels; None for any other picture, and where its
    segments are out of order."""
    with _opened(data) as picture:
        if picture.format != "JPEG" or picture.mode not in _SCREEN:
            return None
        if picture.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT:
            return None
        size = picture.size
        # Read to the end all the same, but made small at once: a fraction of the time and memory.
        picture.draft("RGB", (256, 256))
        likeness = dhash(picture)
    try:
        return Clean(stripped(data), *size, likeness)
    except (ValueError, IndexError):
        return None


def _anew(data: bytes) -> Clean:
    with _opened(data) as picture:
        upright = _eight_bits(_upright(picture))
        return Clean(_as_jpeg(upright), upright.width, upright.height, dhash(upright))


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held, where that can be read: it is not worth a picture."""
    picture.load()
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture


def _opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data), formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise NoPicture(f"{picture.width} × {picture.height} pixels are too many")
    return picture


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey made eight: Pillow would cut off all but the darkest."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda grey: grey / 256).convert("L")


def small(data: bytes, width: int, height: int) -> bytes:
    """The picture as a JPEG of this size at most. Raises NoPicture."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            picture.draft("RGB", (width, height))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((width, height))
            written = io.BytesIO()
            upright.save(written, "JPEG", quality=_SMALL_QUALITY)
    except Exception as error:  # Pillow stumbles over broken pictures in any way there is.
        raise NoPicture(f"{type(error).__name__}: {error}"[:200]) from error
    return written.getvalue()


def _as_jpeg(picture: Image.Image) -> bytes:
    """Written anew, on white where it is transparent."""
    if picture.has_transparency_data:
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture.convert("RGBA"))
    plain = picture.convert("RGB")
    # A profile of other colours would turn these wrong.
    colours = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA", "P") else None
    # Pillow would write its comment again.
    plain.info = {}
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, icc_profile=colours)
    return out.getvalue()


def stripped(data: bytes) -> bytes:
    """A JPEG without camera, place, comments, and whatever was put behind its end (films, previews)."""
    kept, place = [data[:2]], 2
    while True:
        if data[place] != 0xFF:
            raise ValueError("no segment where one should start")
        kind = data[place + 1]
        if kind == 0xFF:
            place += 1
            continue
        if kind == _EOI:
            return b"".join([*kept, data[place : place + 2]])
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if _is_needed(kind, data[place + 4 : end]):
            kept.append(data[place:end])
        if kind == _SOS:
            last = _end_of_scan(data, end)
            kept.append(data[end:last])
            end = last
        place = end


def _is_needed(kind: int, content: bytes) -> bool:
    if kind == _COLOURS:
        return content.startswith(b"ICC_PROFILE")
    return kind in (_JFIF, _ADOBE) or not (_JFIF <= kind <= 0xEF or kind == _COMMENT)


def _end_of_scan(data: bytes, start: int) -> int:
    """Where the next segment starts: a marker that is neither a stuffed byte nor a restart."""
    place = start
    while True:
        place = data.index(b"\xff", place)
        if data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2


def dhash(picture: Image.Image) -> int | None:
    """64 bits: whether each of 8 × 8 fields is brighter than its right neighbour."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.BOX)
    field = small.tobytes()
    if max(field) - min(field) < LEAST_CONTRAST:
        return None
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (field[row * 9 + column] > field[row * 9 + column + 1])
    return bits - (1 << 64) if bits >> 63 else bits
