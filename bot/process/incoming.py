"""What came in a message, as the rest of the code knows it."""

from telegram import Document, Message, PhotoSize, Update
from telegram.ext import filters

from bot.base.errors import Refused
from bot.features.duty.grading import Place
from bot.photos.photos import ReceivedPhoto
from bot.process.context import Context
from bot.words.said import Remark
from models import Evidence

_PICTURES = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif", ".bmp")


def message_of(update: Update) -> Message:
    """The message that was sent, or changed."""
    message = update.message or update.edited_message
    assert message
    return message


def picture_of(update: Update) -> ReceivedPhoto:
    """The photo that was sent. Raises Refused for a file that is none."""
    sent = photo_of(message_of(update))
    if sent is None:
        raise Refused("photo-no-picture")
    return sent


def photo_of(message: Message) -> ReceivedPhoto | None:
    """The photo of a message, be it sent as a photo or as a file that says it is a picture."""
    document = message.document
    if message.photo:
        return _sent(message, message.photo[-1], "image/jpeg")
    mime = _mime_of(document) if document else ""
    return _sent(message, document, mime) if document and mime.startswith("image/") else None


class _HasPhoto(filters.MessageFilter):
    """Messages in which `photo_of` finds a photo."""

    needs = frozenset({"photo", "document"})

    def filter(self, message: Message) -> bool:
        return photo_of(message) is not None


PHOTO = _HasPhoto(name="photo")


def number_of(context: Context) -> int:
    """The number in the data of the button that was pressed."""
    assert context.matches
    return int(context.matches[0].group(1))


def found_number(context: Context) -> int:
    """The number that a `filters.Found` has handed on."""
    return int(context.found[0])


def place_of(message: Message) -> Place:
    """The place that a message sends, and what it proves: a live one the most; a forwarded one only that
    somebody was there."""
    location = message.location
    assert location
    evidence = Evidence.LIVE if location.live_period else Evidence.PIN
    if message.forward_origin is not None:
        evidence = Evidence.FORWARDED
    return Place(location.latitude, location.longitude, location.horizontal_accuracy, evidence)


def spoken_words(message: Message) -> str:
    """The words of a message, or those below its voice note; a caption goes with its photo."""
    return (message.text or (message.caption if message.voice else "") or "").strip()


def said_in(message: Message) -> Remark:
    """What a message says, written or spoken."""
    return Remark(spoken_words(message), message.voice.file_id if message.voice else "")


def _mime_of(document: Document) -> str:
    """What a file says it is, or is called: some telephones know neither HEIC nor JPEG. What it really is
    shows when it is copied."""
    name, said = (document.file_name or "").lower(), document.mime_type or ""
    if name.endswith((".heic", ".heif")):
        return "image/heic"
    return "image/jpeg" if name.endswith(_PICTURES) and not said.startswith("image/") else said


def _sent(message: Message, file: PhotoSize | Document, mime: str) -> ReceivedPhoto:
    return ReceivedPhoto(
        file.file_id, file.file_unique_id, getattr(file, "width", 0), getattr(file, "height", 0),
        file.file_size or 0,
        forwarded=message.forward_origin is not None,
        document=isinstance(file, Document),
        mime=mime,
        media_group=message.media_group_id or "",
        message_id=message.message_id,
        at=message.date,
        words=(message.caption or "").strip(),
    )  # fmt: skip
