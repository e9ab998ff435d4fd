"""A look at the file before it is opened as a workbook: is it one, is it safe, and what calamine hides.

calamine gives a formula's last value, an error as an empty cell, and a merged range as its first
cell; and it lays out every sheet as a full rectangle, so one far-off cell costs gigabytes. Hence
each part is unpacked here once, counted, and its marks are read.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from typing import IO
from xml.parsers import expat

MAX_BYTES = 256 << 20
MAX_RATIO = 400
MAX_PARTS = 2_000
MAX_ROWS = 250_000
MAX_COLUMNS = 64
MAX_CELLS = 5_000_000
MAX_TEXT = 256 << 20
_LONG_TEXT = 200
_MARKS_KEPT = 200
_CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRINGS = "xl/sharedstrings.xml"
# zipfile does not implement every version and compression that a directory may name, expat not every
# encoding, and numbers may be words.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, OverflowError, expat.ExpatError,
    NotImplementedError,
)  # fmt: skip


class Unsafe(Exception):
    """The file is no workbook that can be read; `key` names the sentence, `facts` fill it."""

    def __init__(self, key: str, **facts: str) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


@dataclass(slots=True)
class Marks:
    """What a sheet's file tells and calamine does not: cells such as `B7`, ranges such as `A1:B2`."""

    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    texts: int = 0


def inspect(file: Path) -> dict[str, Marks]:
    """The marks of every sheet by its name. Raises Unsafe for a file that must not be opened."""
    _check_kind(file)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_directory(archive, file.stat().st_size)
            sizes = _scan_strings(archive)
            sheets = _sheet_parts(archive)
            marks: dict[str, Marks] = {}
            for part in archive.infolist():
                names = [name for name, path in sheets.items() if path == part.filename.lower()]
                if names:
                    marks |= dict.fromkeys(names, _scan_sheet(archive, part, sizes))
                elif part.filename.lower() != _STRINGS:
                    _unpack(archive, part)
            return marks
    except _DAMAGE as error:
        raise Unsafe("roster-file-damaged") from error


def _check_kind(file: Path) -> None:
    with file.open("rb") as opened:
        head = opened.read(8)
        if head == _OLE:
            rest = opened.read(1 << 20)
            secret = "EncryptedPackage".encode("utf-16-le") in rest
            raise Unsafe("roster-file-encrypted" if secret else "roster-file-xls")
    if not zipfile.is_zipfile(file):
        raise Unsafe("roster-file-not-xlsx")


def _check_directory(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unsafe("roster-file-encrypted")
    size = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or size > MAX_BYTES or size > MAX_RATIO * max(packed, 1 << 14):
        raise Unsafe("roster-file-too-big", size=str(size >> 20), limit=str(MAX_BYTES >> 20))
    if "xl/workbook.xml" not in archive.namelist():
        raise Unsafe("roster-file-not-xlsx")


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's real bytes: the directory may lie about how many there are."""
    stated, read = info.file_size, 0
    info.file_size = MAX_BYTES + 1  # else zipfile stops where the directory says
    try:
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                read += len(chunk)
                if read > stated:
                    raise Unsafe("roster-file-damaged")
                yield chunk
    finally:
        info.file_size = stated


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise Unsafe("roster-file-damaged")

    # Entities multiply; no spreadsheet program writes a DOCTYPE.
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _scan_strings(archive: zipfile.ZipFile) -> list[int]:
    """The length of every shared text."""
    sizes: list[int] = []
    parser = _parser()
    parser.buffer_text = True

    def start(name: str, _: dict[str, str]) -> None:
        if name.endswith(" si"):
            sizes.append(0)

    def text(words: str) -> None:
        if sizes:
            sizes[-1] += len(words)

    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    for info in archive.infolist():
        if info.filename.lower() == _STRINGS:
            _feed(parser, _chunks(archive, info))
    return sizes


def _feed(parser: expat.XMLParserType, chunks: Iterator[bytes]) -> None:
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Only to see that a part is whole and no larger than it says."""
    for _ in _chunks(archive, info):
        pass


def _scan_sheet(archive: zipfile.ZipFile, info: zipfile.ZipInfo, sizes: list[int]) -> Marks:
    scan = _SheetScan(sizes)
    _feed(scan.parser, _chunks(archive, info))
    return scan.marks


class _SheetScan:
    """Reads one sheet's XML for its marks and for how much calamine will lay out."""

    def __init__(self, sizes: list[int]) -> None:
        self.marks = Marks()
        self.sizes = sizes
        self.column, self.row = 0, 0
        self.shared = False
        self.parser = _parser()
        self.parser.StartElementHandler = self.start
        if max(sizes, default=0) > _LONG_TEXT:
            self.parser.buffer_text = True
            self.parser.CharacterDataHandler = self.text

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self._enter_cell(attributes)
        elif tag in {"v", "is"}:
            self._count()
        elif tag == "row":
            # A row or cell that does not tell its place follows the one before.
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
        elif tag == "f":
            _keep(self.marks.formulas, self.cell)
        elif tag == "mergeCell":
            _keep(self.marks.merged, attributes.get("ref", ""))

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self.column, self.row = place_of(place) if place else (self.column + 1, self.row)
        kind = attributes.get("t")
        self.shared = kind == "s"
        if kind == "e":
            _keep(self.marks.errors, self.cell)

    def _count(self) -> None:
        marks = self.marks
        marks.rows, marks.columns = max(marks.rows, self.row), max(marks.columns, self.column)
        if marks.rows > MAX_ROWS or marks.columns > MAX_COLUMNS or marks.rows * marks.columns > MAX_CELLS:
            raise Unsafe("roster-file-far-cell", cell=self.cell, rows=str(MAX_ROWS), columns=str(MAX_COLUMNS))

    def text(self, words: str) -> None:
        # calamine copies a shared text into every cell that names it.
        if self.shared and words.isdecimal() and int(words) < len(self.sizes):
            self.marks.texts += self.sizes[int(words)]
            if self.marks.texts > MAX_TEXT:
                raise Unsafe("roster-file-too-big", size=str(MAX_TEXT >> 20), limit=str(MAX_TEXT >> 20))


def _keep(found: list[str], place: str) -> None:
    if len(found) < _MARKS_KEPT:
        found.append(place)


def place_of(cell: str) -> tuple[int, int]:
    """Column and row of a cell such as `C7`, both from 1. Raises Unsafe where it is no cell."""
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", cell)
    if not match:
        raise Unsafe("roster-file-damaged")
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return column, int(match.group(2))


def column_letters(column: int) -> str:
    """The letters of a column counted from 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of every sheet by the sheet's name: the workbook names an id, its relations the part.

    The id's namespace is another in workbooks saved as Strict Open XML.
    """
    targets: dict[str, str] = {}
    for tag, attributes in _elements(archive, "xl/_rels/workbook.xml.rels"):
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[attributes.get("Id", "")] = path.lower()
    sheets = [attributes for tag, attributes in _elements(archive, "xl/workbook.xml") if tag == "sheet"]
    ids = (
        next((v for name, v in sheet.items() if name.endswith("relationships id")), "") for sheet in sheets
    )
    return {sheet.get("name", ""): targets.get(id_, "") for sheet, id_ in zip(sheets, ids, strict=True)}


def _elements(archive: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda tag, a: found.append((tag.rpartition(" ")[2], a))
    opened: IO[bytes] = archive.open(name)
    with opened:
        _feed(parser, iter(lambda: opened.read(_CHUNK), b""))
    return found
