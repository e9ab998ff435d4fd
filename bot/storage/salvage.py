"""Pictures that a reader gives up on although their pixels are there: what stands around them is broken,
or the mark at the end is missing."""

import io
import struct
import zlib
from collections.abc import Iterator
from hashlib import blake2b

from PIL import Image

_SOI, _EOI, _SOS = b"\xff\xd8", b"\xff\xd9", 0xDA
_PNG = b"\x89PNG\r\n\x1a\n"
# What pixels and their transparency are made of.
_PNG_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
# Two ways to go on behind the end: pixels that do not follow them do not need them.
_TAILS = (_EOI, bytes(range(1, 0xFF)) * 64 + _EOI)


def bare(data: bytes, formats: tuple[str, ...]) -> bytes | None:
    """The picture without what stands around its pixels; None for other kinds, and where pixels miss."""
    if data.startswith(_SOI):
        return _ended(_bare_jpeg(data), formats)
    if data.startswith(_PNG):
        return _PNG + b"".join(_chunks(data))
    return None


def _bare_jpeg(data: bytes) -> bytes:
    """Without application segments and comments; from the first scan on as it is."""
    kept, place = [_SOI], data.index(b"\xff", 2)
    while data[place + 1] != _SOS:
        if data[place] != 0xFF:
            raise ValueError("no segment where one should start")
        if data[place + 1] == 0xFF:
            place += 1
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if not (0xE0 <= data[place + 1] <= 0xEF or data[place + 1] == 0xFE):
            kept.append(data[place:end])
        place = end
    return b"".join([*kept, data[place:]])


def _ended(jpeg: bytes, formats: tuple[str, ...]) -> bytes | None:
    """With an end mark, unless pixels are missing: those would follow whatever is put in their place."""
    first, other = (_pixels(jpeg + tail, formats) for tail in _TAILS)
    return jpeg + _EOI if first == other else None


def _pixels(data: bytes, formats: tuple[str, ...]) -> bytes:
    with Image.open(io.BytesIO(data), formats=formats) as picture:
        return blake2b(picture.tobytes()).digest()


def _chunks(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        content = data[place + 8 : place + 8 + size]
        if kind in _PNG_NEEDED:
            yield (
                struct.pack(">I4s", len(content), kind)
                + content
                + struct.pack(">I", zlib.crc32(kind + content))
            )
        place += size + 12
