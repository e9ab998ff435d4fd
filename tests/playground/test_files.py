"""Files: photos must be photos, links die after an hour."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from PIL import Image

from bot.playground.files import DOWNLOAD_LIMIT
from bot.playground.people import Person, sample_photo
from bot.playground.runner import Playground
from tests.playground.conftest import Client


class Clock:
    """A wall clock moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def playground(clock: Clock) -> Iterator[Playground]:
    with Playground(limits=False, now=clock) as running:
        yield running


@pytest.fixture
def worker(playground: Playground) -> Person:
    person = playground.person("岩罕")
    person.start()
    return person


def download(playground: Playground, path: str) -> bytes:
    with urlopen(f"{playground.file_url}{playground.token}/{path}") as answer:
        data: bytes = answer.read()
        return data


def test_photos_lose_their_exif_and_files_keep_it(
    playground: Playground, client: Client, worker: Person
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    original = sample_photo(exif=exif)
    worker.photo(original)
    worker.document(original, "p.jpg")
    photo, document = (update["message"] for update in client.ok("getUpdates")[-2:])
    path = client.ok("getFile", file_id=photo["photo"][-1]["file_id"])["file_path"]
    with Image.open(io.BytesIO(download(playground, path))) as picture:
        assert (picture.size, dict(picture.getexif())) == ((640, 480), {})
    path = client.ok("getFile", file_id=document["document"]["file_id"])["file_path"]
    assert download(playground, path) == original


def test_a_voice_note_sent_on_keeps_its_length(
    playground: Playground, client: Client, worker: Person
) -> None:
    worker.voice(7)
    voice = client.ok("getUpdates")[-1]["message"]["voice"]
    sent = client.ok("sendVoice", chat_id=worker.id, voice=voice["file_id"])
    assert sent["voice"]["duration"] == voice["duration"] == 7


def test_links_die_after_an_hour(
    playground: Playground, client: Client, worker: Person, clock: Clock
) -> None:
    worker.voice()
    file_id = client.ok("getUpdates")[-1]["message"]["voice"]["file_id"]
    path = client.ok("getFile", file_id=file_id)["file_path"]
    clock.time += timedelta(minutes=59)
    assert download(playground, path) == b"OggS voice"
    clock.time += timedelta(minutes=2)
    with pytest.raises(HTTPError) as gone:
        download(playground, path)
    gone.value.close()
    assert gone.value.code == 404
    assert download(playground, client.ok("getFile", file_id=file_id)["file_path"])


def test_what_is_too_big_or_unknown(playground: Playground, client: Client, worker: Person) -> None:
    worker.document(bytes(DOWNLOAD_LIMIT + 1), "big.bin")
    big = client.ok("getUpdates")[-1]["message"]["document"]["file_id"]
    assert client.refused("getFile", file_id=big) == "Bad Request: file is too big"
    wrong = "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert client.refused("getFile", file_id="nothing") == wrong
    assert client.refused("sendPhoto", chat_id=worker.id, photo="nothing") == wrong
    assert "can't use file of type Document as Photo" in client.refused(
        "sendPhoto", chat_id=worker.id, photo=big
    )
    assert "no photo" in client.refused("sendPhoto", chat_id=worker.id)
    other = Client(playground, playground.add_bot("other_bot", "Other").token)
    mine = client.ok("sendDocument", chat_id=worker.id, document=big)["document"]["file_id"]
    assert client.ok("sendDocument", chat_id=worker.id, document=mine)
    own = upload(playground, client, worker)
    assert other.refused("getFile", file_id=own) == wrong
    other.connection.close()


def upload(playground: Playground, client: Client, worker: Person) -> str:
    """The file id of a photo the first bot uploaded by multipart."""
    border = "frontier"
    fields = f'--{border}\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n{worker.id}\r\n'
    head = f'--{border}\r\nContent-Disposition: form-data; name="photo"; filename="p.jpg"\r\n\r\n'
    body = (fields + head).encode() + sample_photo() + f"\r\n--{border}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={border}"}
    client.connection.request("POST", f"/bot{client.token}/sendPhoto", body, kind)
    assert client.connection.getresponse().read().startswith(b'{"ok":true')
    return str(worker.last.data["photo"][-1]["file_id"])
