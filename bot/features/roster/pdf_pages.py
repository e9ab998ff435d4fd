"""Pages of grey pixels as a PDF file, written one by one: any number of pages in little memory.

Pillow's own PDF keeps every page in memory and stores grey as JPEG, which blurs QR codes.
"""

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from PIL.Image import Image

_A4 = (595.28, 841.89)  # points


def write_pdf(file: Path, pages: Iterable[Image]) -> int:
    """Write A4 pages of mode "L"; returns how many. Raises OSError where it cannot be written."""
    with file.open("wb") as out:
        out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        writer = _Objects(out)
        numbers = [_page(writer, image) for image in pages]
        kids = " ".join(f"{number} 0 R" for number in numbers)
        writer.add(f"<</Type/Pages/Kids[{kids}]/Count {len(numbers)}>>".encode(), number=_TREE)
        writer.add(f"<</Type/Catalog/Pages {_TREE} 0 R>>".encode(), number=_ROOT)
        writer.finish()
    return len(numbers)


_ROOT, _TREE = 1, 2


class _Objects:
    """Numbered objects and where in the file each one starts."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.offsets: dict[int, int] = {}
        self.next = 3

    def add(self, head: bytes, stream: bytes | None = None, number: int = 0) -> int:
        """Write an object; returns its number."""
        if not number:
            number, self.next = self.next, self.next + 1
        self.offsets[number] = self.out.tell()
        body = head if stream is None else head + b"stream\n" + stream + b"\nendstream"
        self.out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        return number

    def finish(self) -> None:
        """Write the table of offsets and the trailer."""
        start = self.out.tell()
        rows = [f"{self.offsets[number]:010d} 00000 n \n" for number in sorted(self.offsets)]
        self.out.write(f"xref\n0 {len(rows) + 1}\n0000000000 65535 f \n{''.join(rows)}".encode())
        self.out.write(f"trailer\n<</Size {len(rows) + 1}/Root {_ROOT} 0 R>>\n".encode())
        self.out.write(f"startxref\n{start}\n%%EOF\n".encode())


def _page(writer: _Objects, image: Image) -> int:
    pixels = zlib.compress(image.tobytes(), 6)
    size = f"/Width {image.width}/Height {image.height}/ColorSpace/DeviceGray/BitsPerComponent 8"
    head = f"<</Type/XObject/Subtype/Image{size}/Filter/FlateDecode/Length {len(pixels)}>>"
    picture = writer.add(head.encode(), pixels)
    width, height = _A4
    drawing = f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode()
    contents = writer.add(f"<</Length {len(drawing)}>>".encode(), drawing)
    box = f"/MediaBox[0 0 {width} {height}]/Resources<</XObject<</P {picture} 0 R>>>>"
    return writer.add(f"<</Type/Page/Parent {_TREE} 0 R{box}/Contents {contents} 0 R>>".encode())
