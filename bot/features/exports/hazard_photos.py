"""Small pictures of before and after, beside the hazards of a sheet."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work, audit
from bot.access.scope import Scope
from bot.base import spreadsheet_files
from bot.base.i18n import Translator
from bot.base.spreadsheet_files import Inset
from bot.features.exports import sources
from bot.features.exports.sources import What
from bot.features.hazards.export import SHEET
from bot.storage import images
from bot.storage.blobs import BlobStore, StoreTrouble
from models import Hazard, HazardPhoto, Photo, PhotoOf, PhotoState

EXPORT = "hazard.export"
PIXELS = (200, 150)
_NUMBER = SHEET.headings.index("hazard_number")


def headings(tr: Translator) -> list[str]:
    """What the two columns are called."""
    return [tr.plain(f"export-photo-{shows}") for shows in PhotoOf]


def beside(
    work: Work, scope: Scope, rows: Iterable[list[object]], store: BlobStore, folder: Path
) -> Iterator[list[object]]:
    """The rows of an export of hazards, each with its first photo of before and its last of after.

    Each picture is written into the folder once, so that few are held in memory; a photo that the store has
    not got leaves its cell empty. Raises NotAllowed for who may not take the records out.
    """
    access.require(work.actor, EXPORT, Resource(scope.path))
    for row in rows:
        shown = _contents(work.session, str(row[_NUMBER]))
        yield [*row, *(_inset(shown.get(shows), store, folder) for shows in PhotoOf)]


def write_workbook(
    work: Work, scope: Scope, rows: Iterable[list[object]], store: BlobStore, file: Path, tr: Translator
) -> int:
    """A workbook of these hazards with their photos; returns how many."""
    with TemporaryDirectory(prefix="gridduty-") as folder:
        named = sources.named(rows, What.HAZARDS, work.settings, tr)
        shown = beside(work, scope, named, store, Path(folder))
        titles = [*sources.headings(What.HAZARDS, tr), *headings(tr)]
        return spreadsheet_files.write_xlsx(file, tr.plain(f"export-{What.HAZARDS}"), titles, shown)


def record(work: Work, scope: Scope) -> None:
    """Write down that photos were taken out."""
    access.require(work.actor, EXPORT, Resource(scope.path))
    audit.record(work, EXPORT, scope.path, what="photos")


def _contents(session: Session, reference: str) -> dict[str, str]:
    """Where the two photos of a hazard are kept."""
    _, year, number = reference.split("-")
    found = session.execute(
        select(col(HazardPhoto.shows), col(Photo.content))
        .join(Hazard, col(Hazard.id) == col(HazardPhoto.hazard_id))
        .join(Photo, col(Photo.id) == col(HazardPhoto.photo_id))
        .where(
            col(Hazard.year) == int(year), col(Hazard.number) == int(number),
            col(Photo.state) == PhotoState.STORED, col(Photo.content).is_not(None),
        )
        .order_by(col(HazardPhoto.id))
    )  # fmt: skip
    shown: dict[str, str] = {}
    for shows, content in found:
        if shows == PhotoOf.AFTER or shows not in shown:
            shown[shows] = content
    return shown


def _inset(content: str | None, store: BlobStore, folder: Path) -> Inset | None:
    if content is None:
        return None
    file = folder / content.replace("/", "-")
    if not file.exists():
        try:
            file.write_bytes(images.small(store.get(content), *PIXELS))
        except (StoreTrouble, images.NoPicture):
            return None
    return Inset(file)
