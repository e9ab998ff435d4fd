"""Photos: numbers, marks, pictures as bytes, and the store as folder and as bucket."""

import io
import os
import socket
import threading
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageStat
from pydantic import ValidationError

from bot.photos.photos import NEAR_BITS, apart, bands
from bot.settings.core import PhotoSettings
from bot.storage import blobs, images
from bot.storage.blobs import BlobStore, BucketStore, FolderStore, StoreTrouble, store_of
from bot.storage.images import NoPicture, cleaned, stripped

HASHES = st.integers(-(1 << 63), (1 << 63) - 1)


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BlobStore]:
    """An empty store of either kind."""
    if request.param == "folder":
        yield store_of(PhotoSettings(url=f"file://{tmp_path}/deep/photos"))
        return
    opened = store_of(request.getfixturevalue("bucket"))
    yield opened
    for key, _ in list(opened.sizes()):
        opened.delete(key)


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Coloured fields, others for every seed."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for n in range(12):
        left, top = (n * 151 + seed * 89) % (size[0] - 80), (n * 97 + seed * 233) % (size[1] - 80)
        colour = ((n * 67 + seed * 31) % 256, n * 20, seed * 50 % 256)
        draw.rectangle((left, top, left + 130, top + 90), fill=colour)
    return picture


def jpeg(picture: Image.Image, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", **{"quality": 87, **more})
    return out.getvalue()


def test_a_store_keeps_content_once_and_gives_it_back(store: BlobStore) -> None:
    key = store.put(b"picture")
    assert blobs.KEY.fullmatch(key)
    assert store.put(b"picture") == key
    assert (store.get(key), store.has(key), list(store.sizes())) == (b"picture", True, [(key, 7)])
    assert store.put(b"table", "xlsx").endswith(".xlsx")
    store.delete(key)
    store.delete(key)
    assert not store.has(key)
    assert len(list(store.sizes())) == 1
    with pytest.raises(StoreTrouble, match="photo store"):
        store.get(key)


@pytest.mark.parametrize("key", ["../../secret", "/etc/passwd", "ab/cd/abcd.jpg", ""])
def test_a_store_knows_its_own_keys_only(store: BlobStore, key: str) -> None:
    for call in (store.get, store.has, store.delete):
        with pytest.raises(StoreTrouble, match="no key of ours"):
            call(key)


def test_a_folder_is_for_its_owner_alone_and_holds_nothing_half_written(tmp_path: Path) -> None:
    folder = FolderStore(tmp_path / "photos")
    threads = [threading.Thread(target=folder.put, args=(b"x" * 100_000,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (file,) = [path for path in (tmp_path / "photos").rglob("*") if path.is_file()]
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0


def test_what_a_kill_left_half_written_goes_later(tmp_path: Path) -> None:
    beside = tmp_path / ".partial"
    beside.mkdir()
    old, new = beside / "old", beside / "new"
    old.write_bytes(b"half")
    new.write_bytes(b"somebody else's")
    os.utime(old, (0, 0))
    key = FolderStore(tmp_path).put(b"picture")
    assert list(beside.iterdir()) == [new]
    assert list(FolderStore(tmp_path).sizes()) == [(key, 7)]


@pytest.mark.parametrize("trouble", ["refused", "slow", "no bucket"])
def test_a_bucket_in_trouble_is_told_soon_in_one_line(bucket: PhotoSettings, trouble: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = {"refused": "http://127.0.0.1:9", "slow": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        url = "s3://nothing" if trouble == "no bucket" else bucket.url
        trying = PhotoSettings(url=url, endpoint=endpoint.get(trouble, bucket.endpoint), region="us-east-1")
        with pytest.raises(StoreTrouble, match=r"^photo store: ") as told:
            BucketStore(trying, seconds=0.5).put(b"picture")
    assert len(str(told.value).splitlines()) == 1


def test_an_address_that_is_none_is_refused() -> None:
    for url in ("photos", "s3://", "ftp://host/photos"):
        with pytest.raises(ValidationError, match="file://FOLDER"):
            PhotoSettings(url=url)


def test_a_clean_jpeg_keeps_its_pixels_and_loses_the_rest() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    profile = b"a profile of colours"
    whole = jpeg(scene(1), exif=exif, comment=b"secret", icc_profile=profile, progressive=True)
    film = b"\xff\xd8ftypmp4 a film with its place"
    kept = cleaned(whole + film)
    assert (kept.width, kept.height) == (640, 480)
    with Image.open(io.BytesIO(kept.data)) as now, Image.open(io.BytesIO(whole)) as before:
        assert now.tobytes() == before.tobytes()
        assert (dict(now.getexif()), now.info.get("comment")) == ({}, None)
        assert now.info["icc_profile"] == profile
    assert not [word for word in (b"Camera", b"secret", b"film") if word in kept.data]


@pytest.mark.parametrize("turn", range(2, 9))
def test_a_turned_picture_is_kept_upright(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    kept = cleaned(jpeg(scene(1), exif=exif, comment=b"secret"))
    assert (kept.width, kept.height) == ((480, 640) if turn > 4 else (640, 480))
    assert b"secret" not in kept.data


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("PNG", "1")])
def test_other_pictures_become_jpegs(kind: str, mode: str) -> None:
    out = io.BytesIO()
    scene(1).convert(mode).save(out, kind)
    with Image.open(io.BytesIO(cleaned(out.getvalue()).data)) as kept:
        assert (kept.format, kept.size, kept.mode) == ("JPEG", (640, 480), "RGB")


@pytest.mark.parametrize("kind", ["GIF", "BMP", "MPO"])
def test_whatever_can_be_decoded_is_written_anew(kind: str) -> None:
    out = io.BytesIO()
    scene(1).convert("P" if kind == "GIF" else "RGB").save(out, kind)
    with Image.open(io.BytesIO(cleaned(out.getvalue()).data)) as kept:
        assert (kept.format, kept.size, kept.mode) == ("JPEG", (640, 480), "RGB")


TRAILERS = (
    b"\0", b"\0" * 40_000, b"trailer" * 100, b"\x00\x00SEFT", b"{}" * 500, b"\xff\xff\xff\x00" * 20,
    b"ftypmp42 a film", bytes(range(200)) * 9,
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(TRAILERS)))
def test_a_jpeg_without_its_end_mark_is_kept_where_all_its_pixels_are_there(number: int) -> None:
    whole = jpeg(scene(1), comment=b"secret")
    kept = cleaned(whole[:-2] + TRAILERS[number])
    with Image.open(io.BytesIO(kept.data)) as now, Image.open(io.BytesIO(whole)) as before:
        assert now.size == before.size
        assert ImageStat.Stat(ImageChops.difference(now, before)).mean < [2, 2, 2]
    assert kept.data.endswith(b"\xff\xd9")
    assert not [words for words in (b"trailer", b"SEFT", b"secret") if words in kept.data]


def test_sixteen_bits_of_grey_are_scaled() -> None:
    row = array("H", [10_000] * 32 + [40_000] * 32)
    picture = Image.frombytes("I;16", (64, 48), row.tobytes() * 48)
    out = io.BytesIO()
    picture.save(out, "PNG")
    with Image.open(io.BytesIO(cleaned(out.getvalue()).data)) as kept:
        dark, light = kept.convert("L").getpixel((4, 4)), kept.convert("L").getpixel((60, 4))
    assert (dark, light) == (pytest.approx(39, abs=3), pytest.approx(156, abs=3))


def test_what_is_broken_or_a_bomb_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = jpeg(scene(1))
    for bad in (b"", b"hello", b"%PDF-1.7", whole[:-3000], whole[: len(whole) // 3], whole[:300]):
        with pytest.raises(NoPicture):
            cleaned(bad)
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(NoPicture):
        cleaned(out.getvalue())
    monkeypatch.setattr(images, "MOST_PIXELS", 1000)
    with pytest.raises(NoPicture, match="too many"):
        cleaned(whole)


@given(st.binary(max_size=300), st.integers(0, 3000))
@settings(max_examples=60)
def test_whatever_comes_is_a_picture_or_told_to_be_none(junk: bytes, place: int) -> None:
    whole = bytearray(jpeg(scene(2, (160, 120))))
    whole[place : place + len(junk)] = junk
    try:
        kept = cleaned(bytes(whole))
    except NoPicture:
        return
    assert cleaned(kept.data).data == stripped(kept.data) == kept.data


def test_much_the_same_pictures_are_near_and_others_are_not() -> None:
    first = cleaned(jpeg(scene(1))).dhash
    again = cleaned(jpeg(scene(1).resize((400, 300)), quality=40)).dhash
    assert first is not None
    assert again is not None
    assert apart(first, again) <= NEAR_BITS
    hashes = [images.dhash(scene(seed)) or 0 for seed in range(20)]
    assert min(apart(a, b) for n, a in enumerate(hashes) for b in hashes[:n]) > NEAR_BITS


@pytest.mark.parametrize("colour", ["black", "white", "grey"])
def test_a_picture_that_shows_nothing_resembles_nothing(colour: str) -> None:
    assert cleaned(jpeg(Image.new("RGB", (640, 480), colour))).dhash is None


@given(HASHES, st.sets(st.integers(0, 63), max_size=3))
def test_three_bits_apart_share_a_band(one: int, flipped: set[int]) -> None:
    other = one
    for bit in flipped:
        other ^= 1 << bit
    other &= (1 << 64) - 1
    other = other - (1 << 64) if other >> 63 else other
    assert apart(one, other) == len(flipped)
    assert set(bands(one)) & set(bands(other))
    assert all(0 <= band < 4 << 16 for band in bands(one))
