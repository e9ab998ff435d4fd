"""What goes along with messages: read or drawn when it is needed, uploaded once, then sent by Telegram's id.

An upload of a key keeps the others that need the same one waiting, so that 56 people who are to see one
picture cost one drawing and one upload.
"""

import asyncio
import io
import mimetypes
import re
from collections import OrderedDict
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any
from weakref import WeakValueDictionary

import orjson
from PIL import Image
from sqlalchemy import select
from sqlmodel import col

from bot.base.answers import file_of
from bot.base.errors import OperatorError
from bot.base.logs import log, scrub
from bot.deliver.calls import Attached
from bot.deliver.drawing import DrawingProcess, NotDrawn
from bot.outbox.notices import Lane
from bot.settings import Settings
from bot.storage.blobs import BlobStore, StoreTrouble, store_of
from bot.storage.database import Database
from bot.telegram_api import Api, Declined, Unsure
from bot.views.base import File, Message, Picture
from models import Attachment, Photo, PhotoState

# Ids kept at hand; all others are in the database.
KEPT_IDS = 2000
# Telegram makes a photo smaller until its longer side is 1,280 pixels: a picture longer than this, in which
# nothing could be read any more, goes as a file.
LONGEST = 2100
_KINDS = ("photo", "document")
# What may be drawn besides pictures, and how it begins.
_DOCUMENTS = {"pdf": b"%PDF", "xlsx": b"PK"}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
# Pictures drawn by another version of the drawings are others.
DRAWN_AS = 2


@dataclass(slots=True)
class Attachments:
    """Finds what messages show, and remembers what Telegram calls it."""

    db: Database
    api: Api
    settings: Settings
    drawing: DrawingProcess
    _ids: OrderedDict[str, tuple[str, str]] = field(default_factory=OrderedDict)
    # Keys whose ids Telegram does not take any more.
    _refused: set[str] = field(default_factory=set)
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _opened: BlobStore | None = None

    def upload_lock(self, key: str) -> AbstractAsyncContextManager[Any]:
        """Held while a key's content is found and uploaded; free where its id is known."""
        return nullcontext() if self._known(key) else self._turns.setdefault(key, asyncio.Lock())

    async def find(self, message: Message, lane: int = Lane.REPLY, *, anew: bool = False) -> Attached | None:
        """What goes along with a message; None, and a line in the log, where it cannot be had.

        `anew`: Telegram did not take the id we know. Raises NotSent where Telegram is needed and not there.
        """
        key = key_of(message)
        known = None if anew else self._known(key)
        if known:
            return Attached(key, *known)
        try:
            if message.picture:
                return await self._picture(key, message.picture, lane)
            if message.photo:
                return await self._photo(key, message.photo, anew)
            return await self._file(key, message.file) if message.file else None
        except (NotDrawn, StoreTrouble, OperatorError) as error:
            log("attachments").warning("goes as text", key=key, error=scrub(str(error)))
            return None

    async def instead(self, message: Message, refused: Attached) -> Attached | None:
        """The next way to send what Telegram refused: by its content, as a file, not at all."""
        told = {"key": refused.key, "kind": refused.kind}
        if refused.file_id:
            log("attachments").info("an id is not taken any more", **told)
            self._ids.pop(refused.key, None)
            self._refused.add(refused.key)
            return await self.find(message, anew=True)
        log("attachments").warning("an upload was refused", **told)
        return replace(refused, kind="document") if refused.kind == "photo" else None

    def learn(self, sent: Attached | None, answer: Any) -> Attached | None:
        """What was uploaded, with the id that Telegram's answer gives it; None where nothing was."""
        found = file_of(answer)
        if not sent or not sent.key or sent.file_id or not found:
            return None
        kind, file_id = found
        self._refused.discard(sent.key)
        self._remember(sent.key, kind, file_id)
        return Attached(sent.key, kind, file_id)

    def _known(self, key: str) -> tuple[str, str] | None:
        if key in self._ids:
            self._ids.move_to_end(key)
            return self._ids[key]
        if key in self._refused:
            return None
        with self.db.read() as session:
            mine = (col(Attachment.bot) == self.settings.bot_id, col(Attachment.key) == key)
            row = session.execute(select(col(Attachment.kind), col(Attachment.file_id)).where(*mine)).first()
        if row is None or row.kind not in _KINDS or not row.file_id:
            return None
        return self._remember(key, row.kind, row.file_id)

    def _remember(self, key: str, kind: str, file_id: str) -> tuple[str, str]:
        self._ids[key] = kind, file_id
        if len(self._ids) > KEPT_IDS:
            self._ids.popitem(last=False)
        return kind, file_id

    async def _picture(self, key: str, picture: Picture, lane: int) -> Attached:
        photos = [await self._bytes_of(number) for number in picture.photos]
        drawn = await self.drawing.draw(picture.drawing, picture.data, photos, lane)
        ending, kind = _shape_of(drawn)
        # One that lacks a photo is not the one to be shown the next time.
        kept = key if all(photos) else ""
        name = _NOT_IN_NAMES.sub(" ", str(picture.data.get("title", ""))).strip() or picture.drawing
        return _upload(kept, kind, drawn, f"{name[:60]}.{ending.lower()}")

    async def _photo(self, key: str, number: int, anew: bool) -> Attached | None:
        row = self._row(number)
        if row and row.file_id and row.bot == self.settings.bot_id and not row.as_document and not anew:
            return Attached(key, "photo", row.file_id)
        content = await self._bytes_of(number)
        return _upload(key, "photo", content, f"{number}.jpg") if content else None

    async def _file(self, key: str, file: File) -> Attached:
        content = await asyncio.to_thread(self._store().get, file.key)
        return _upload(key, "document", content, file.name)

    async def _bytes_of(self, number: int) -> bytes:
        """A photo's content: our copy, else Telegram's; empty, and a line in the log, where there is none."""
        row = self._row(number)
        if row and row.content:
            try:
                return await asyncio.to_thread(self._store().get, row.content)
            except (StoreTrouble, OperatorError) as error:
                log("attachments").warning("a photo's copy", photo=number, error=scrub(str(error)))
        if row and row.file_id and row.bot == self.settings.bot_id:
            try:
                return await self.api.download(row.file_id)
            except (Declined, Unsure) as error:
                log("attachments").warning("a photo at Telegram", photo=number, error=scrub(str(error)))
        return b""

    def _row(self, number: int) -> Photo | None:
        with self.db.read() as session:
            found = session.execute(select(Photo).where(col(Photo.id) == number)).scalar_one_or_none()
        return None if found is None or found.state == PhotoState.ERASED else found

    def _store(self) -> BlobStore:
        if self._opened is None:
            self._opened = store_of(self.settings.photos)
        return self._opened


def _shape_of(drawn: bytes) -> tuple[str, str]:
    """The ending of a file's name, and how Telegram is to show it. Raises OSError for no known shape."""
    for ending, start in _DOCUMENTS.items():
        if drawn.startswith(start):
            return ending, "document"
    with Image.open(io.BytesIO(drawn)) as image:
        return image.format or "png", "photo" if max(image.size) <= LONGEST else "document"


def key_of(message: Message) -> str:
    """What a message shows besides its words: the same key, the same content. Empty: nothing."""
    if picture := message.picture:
        drawn = [DRAWN_AS, picture.drawing, picture.data, picture.photos]
        told = orjson.dumps(drawn, option=orjson.OPT_SORT_KEYS)
        return f"picture:{blake2b(told, digest_size=16).hexdigest()}"
    if message.photo:
        return f"photo:{message.photo}"
    return f"file:{message.file.key}:{message.file.name}" if message.file else ""


def _upload(key: str, kind: str, content: bytes, name: str) -> Attached:
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Attached(key, kind, content=content, name=name, mime=mime)
