"""Files people and bots sent: ids, sizes of photos, links that die after an hour."""

import hashlib
import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PIL import Image, ImageOps

from bot.playground.replies import JsonObject, bad_request

MEGABYTE = 1024 * 1024
PHOTO_LIMIT = 10 * MEGABYTE
UPLOAD_LIMIT = 50 * MEGABYTE
DOWNLOAD_LIMIT = 20 * MEGABYTE
LINK_LIFE = timedelta(hours=1)
# The longest side of the sizes Telegram makes of a photo.
_SIDES = (90, 320, 800, 1280)
_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos", "audio": "music"}


@dataclass(slots=True, eq=False)
class StoredFile:
    """One file. A photo's bytes are made smaller, and lose their EXIF, only when somebody downloads it."""

    file_id: str
    unique_id: str
    kind: str
    owner: int | None
    data: bytes
    name: str = ""
    mime: str = ""
    size: tuple[int, int] | None = None
    seconds: int = 0

    def download(self) -> bytes:
        """The bytes as Telegram gives them out."""
        if self.size is None:
            return self.data
        with Image.open(io.BytesIO(self.data)) as original:
            picture = ImageOps.exif_transpose(original).convert("RGB").resize(self.size)
        plain = io.BytesIO()
        picture.save(plain, "JPEG", quality=87)
        return plain.getvalue()

    def shown(self) -> JsonObject:
        """The fields every kind of file has in the Bot API."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class FileStore:
    """All files. `owner` is the bot whose ids they are; None is everybody's."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._files: dict[str, StoredFile] = {}
        self._sizes: dict[str, list[JsonObject]] = {}
        self._links: dict[str, tuple[StoredFile, datetime]] = {}
        self._numbers = itertools.count(1)

    def add(
        self, kind: str, data: bytes, owner: int | None, name: str = "", mime: str = "", seconds: int = 0
    ) -> StoredFile:
        """Keep a file under a new id; the unique id comes from the content."""
        unique = self._unique(kind, data)
        return self._keep(StoredFile("", unique, kind, owner, data, name, mime, seconds=seconds))

    def add_photo(self, data: bytes, owner: int | None) -> list[JsonObject]:
        """Keep a photo and give its `PhotoSize`s, smallest first; raises 400 if it is no picture."""
        width, height = _measure(data)
        shown: list[JsonObject] = []
        for side in _SIDES:
            scale = min(1.0, side / max(width, height))
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            unique = self._unique(f"photo{side}", data)
            file = self._keep(StoredFile("", unique, "photo", owner, data, size=size))
            shown.append({**file.shown(), "width": size[0], "height": size[1]})
            self._sizes[file.file_id] = shown
            if scale == 1.0:
                break
        return shown

    def sizes(self, photo: StoredFile) -> list[JsonObject]:
        """All sizes of the photo this file is one of."""
        return self._sizes[photo.file_id]

    def find(self, file_id: str, owner: int) -> StoredFile:
        """The file with this id; raises 400 if there is none or it is another bot's."""
        file = self._files.get(file_id)
        if file is None or file.owner not in (None, owner):
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return file

    def link(self, file: StoredFile) -> str:
        """A path to download from, good for an hour; raises 400 over 20 MB."""
        if len(file.data) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        ending = (
            file.name.rpartition(".")[2]
            if "." in file.name
            else {"photo": "jpg", "voice": "oga"}.get(file.kind, "bin")
        )
        path = f"{_FOLDERS.get(file.kind, 'documents')}/file_{next(self._numbers)}.{ending}"
        self._links[path] = (file, self._now() + LINK_LIFE)
        return path

    def open_link(self, path: str, owner: int) -> StoredFile | None:
        """The file behind a path, or None if the link is unknown, another bot's or too old."""
        file, until = self._links.get(path, (None, None))
        if file is None or until is None or self._now() > until or file.owner not in (None, owner):
            return None
        return file

    def _keep(self, file: StoredFile) -> StoredFile:
        file.file_id = f"{file.kind}-{next(self._numbers)}-{file.unique_id}"
        self._files[file.file_id] = file
        return file

    def _unique(self, kind: str, data: bytes) -> str:
        return "AQAD" + hashlib.sha256(kind.encode() + data).hexdigest()[:16]


def _measure(data: bytes) -> tuple[int, int]:
    if len(data) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            width, height = picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
