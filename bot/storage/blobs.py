"""Our own store of photos and files: a folder, or a bucket that speaks S3. Content is kept once.

A key is the hash of the content, in two levels of folders: `ab/cd/abcd….jpg`. Every call may block for a
while: call it in a thread.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from bot.base.errors import OperatorError
from bot.settings.core import PhotoSettings

SECONDS = 20.0
# What was being written this long ago is written no more.
LEFT_SECONDS = 3600.0
KEY = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}\.[a-z0-9]{1,5}")


# What is kept, by its ending, and how such content begins: photos are written anew before, spreadsheets ours.
_BEGINNINGS = {"jpg": b"\xff\xd8\xff", "xlsx": b"PK\x03\x04"}


class StoreTrouble(OperatorError):
    """The store refused, is full, does not answer, or has not got it."""


class BlobStore(Protocol):
    """Where content is kept. Every call may raise StoreTrouble."""

    def put(self, data: bytes, ending: str = "jpg") -> str:
        """Keep it, unless it is there already; returns its key. On disk once this returns."""

    def get(self, key: str) -> bytes:
        """The content."""

    def has(self, key: str) -> bool:
        """Whether it is there."""

    def delete(self, key: str) -> None:
        """Let it go; what is not there is gone already."""

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Every key with the bytes of its content."""


def store_of(settings: PhotoSettings, seconds: float = SECONDS) -> BlobStore:
    """The store of these settings; a bucket answers within `seconds` or is in trouble.

    Raises OperatorError where it cannot be opened.
    """
    kind, _, rest = settings.url.partition("://")
    if kind == "file":
        return FolderStore(Path(rest))
    return BucketStore(settings, seconds)


def key_of(data: bytes, ending: str) -> str:
    """The key of a content."""
    digest = blake2b(data, digest_size=32).hexdigest()
    return f"{digest[:2]}/{digest[2:4]}/{digest}.{ending}"


def may_hold(key: str, data: bytes) -> bool:
    """Whether this is the kind of content that is kept under such a key."""
    beginning = _BEGINNINGS.get(key.rpartition(".")[2])
    return beginning is not None and data.startswith(beginning)


class FolderStore:
    """A store in a folder of this machine, or of one that is mounted."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._beside = root / ".partial"
        self._tidy = False

    def put(self, data: bytes, ending: str = "jpg") -> str:
        """Whole or not at all: written beside, then put in place."""
        key = key_of(data, ending)
        target = self._root / key
        with _told():
            if target.exists():
                return key
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            partial = self._partial()
            try:
                _write(partial, data)
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)
            for folder in (target.parent, target.parent.parent, self._root):
                _sync(folder)
        return key

    def _partial(self) -> Path:
        """Where to write first. What a kill has left there long ago goes."""
        self._beside.mkdir(mode=0o700, exist_ok=True)
        if not self._tidy:
            for left in self._beside.iterdir():
                if time.time() - left.stat().st_mtime > LEFT_SECONDS:
                    left.unlink(missing_ok=True)
            self._tidy = True
        return self._beside / uuid4().hex

    def get(self, key: str) -> bytes:
        """The content."""
        with _told():
            return (self._root / _checked(key)).read_bytes()

    def has(self, key: str) -> bool:
        """Whether it is there."""
        with _told():
            return (self._root / _checked(key)).exists()

    def delete(self, key: str) -> None:
        """Let it go."""
        with _told():
            (self._root / _checked(key)).unlink(missing_ok=True)

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Every key; what else lies in the folder is none of ours."""
        with _told():
            for file in sorted(self._root.glob("??/??/*")):
                key = file.relative_to(self._root).as_posix()
                if KEY.fullmatch(key):
                    yield key, file.stat().st_size


class BucketStore:
    """A store in a bucket: Amazon's, or of any service with the same interface."""

    def __init__(self, settings: PhotoSettings, seconds: float) -> None:
        try:
            import obstore
        except ImportError as error:
            raise OperatorError("photos.url: s3:// needs obstore: make install WITH=s3") from error
        self._obstore: Any = obstore
        name, _, prefix = settings.url.removeprefix("s3://").partition("/")
        own = {"endpoint": settings.endpoint, "region": settings.region}
        # The same call is made again later by who asked, so there is little need to repeat it here.
        patience = {"max_retries": 1, "retry_timeout": timedelta(seconds=seconds)}
        limits = {
            "timeout": timedelta(seconds=seconds),
            "connect_timeout": timedelta(seconds=min(5, seconds)),
        }
        try:
            self._store = obstore.store.S3Store(
                name, prefix=prefix.strip("/") or None,
                config={key: value for key, value in own.items() if value}
                | {"virtual_hosted_style_request": settings.virtual_host, "disable_bulk_delete": True},  # type: ignore[arg-type]
                client_options=limits | {"allow_http": settings.endpoint.startswith("http://")},  # type: ignore[arg-type]
                retry_config=patience,  # type: ignore[arg-type]
            )  # fmt: skip
        except obstore.exceptions.BaseError as error:
            raise OperatorError(f"photos.url: {_first_line(error)}") from error

    def put(self, data: bytes, ending: str = "jpg") -> str:
        """Once by content: what is there is not sent again."""
        key = key_of(data, ending)
        if not self.has(key):
            with _told():
                self._obstore.put(self._store, key, data)
        return key

    def get(self, key: str) -> bytes:
        """The content."""
        with _told():
            return bytes(self._obstore.get(self._store, _checked(key)).bytes())

    def has(self, key: str) -> bool:
        """Whether it is there."""
        with _told():
            try:
                self._obstore.head(self._store, _checked(key))
            except FileNotFoundError:
                return False
            return True

    def delete(self, key: str) -> None:
        """Let it go."""
        with _told():
            try:
                self._obstore.delete(self._store, _checked(key))
            except FileNotFoundError:
                return

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Every key; what else lies in the bucket is none of ours."""
        with _told():
            for batch in self._obstore.list(self._store):
                for found in batch:
                    if KEY.fullmatch(found["path"]):
                        yield found["path"], found["size"]


def _write(file: Path, data: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    """What was renamed into a folder is there after a power cut only once the folder is on disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise StoreTrouble(f"photo store: {key!r} is no key of ours")
    return key


@contextmanager
def _told() -> Iterator[None]:
    """Whatever a disk or a bucket complains of, in one line."""
    try:
        yield
    except OSError as error:
        raise StoreTrouble(f"photo store: {_first_line(error)}") from error
    except Exception as error:
        if type(error).__module__.startswith("obstore"):
            raise StoreTrouble(f"photo store: {_first_line(error)}") from error
        raise


def _first_line(error: Exception) -> str:
    told = getattr(error, "strerror", None) or str(error)
    return (told.splitlines() or [type(error).__name__])[0][:300]
