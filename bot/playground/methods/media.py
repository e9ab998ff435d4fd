"""Files in calls: uploaded, attached by name, or named by file id."""

from typing import Any

from bot.playground.files import PHOTO_LIMIT, UPLOAD_LIMIT, StoredFile
from bot.playground.methods.calls import Call
from bot.playground.params import Upload
from bot.playground.replies import JsonObject, bad_request


def _given(call: Call, value: Any, field: str) -> Upload | str:
    """What a file field holds: an upload or a file id. Web addresses are not fetched here."""
    if value is None and field in call.params.files:
        return call.params.files[field]
    if not isinstance(value, str) or not value:
        raise bad_request(f"there is no {field} in the request")
    if value.startswith("attach://"):
        upload = call.params.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {field} in the request")
        return upload
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return value


def _checked(upload: Upload, limit: int) -> bytes:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > limit:
        raise bad_request("file is too big")
    return upload.data


def _known(call: Call, file_id: str, kind: str) -> StoredFile:
    file = call.world.files.find(file_id, call.bot.id)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def photo_sizes(call: Call, value: Any, field: str) -> list[JsonObject]:
    """The `PhotoSize`s of a photo that was uploaded now or earlier; raises 400."""
    given = _given(call, value, field)
    if isinstance(given, Upload):
        return call.world.files.add_photo(_checked(given, PHOTO_LIMIT), call.bot.id)
    file = _known(call, given, "photo")
    return call.world.files.sizes(file)


def file_part(call: Call, kind: str, value: Any, field: str) -> JsonObject:
    """A document, voice note, video or audio as it stands in a message; raises 400."""
    given = _given(call, value, field)
    if isinstance(given, Upload):
        data = _checked(given, UPLOAD_LIMIT)
        file = call.world.files.add(kind, data, call.bot.id, given.name, given.mime)
    else:
        file = _known(call, given, kind)
    shown = file.shown()
    if kind == "document" and file.name:
        shown["file_name"] = file.name
    if file.mime:
        shown["mime_type"] = file.mime
    if kind in ("voice", "video", "audio"):
        shown["duration"] = file.seconds
    if kind == "video":
        shown |= {"width": 640, "height": 480}
    return shown
