"""The `town` of the end-to-end tests, each in every way the bot may be run."""

import io
import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from PIL import Image

from bot.base.clock import Clock
from bot.deliver.drawing import DrawingProcess
from bot.features import registry  # noqa: F401  (makes every view known)
from bot.playground.runner import Playground
from bot.settings import Settings, load
from bot.views import messages
from bot.views.messages import view
from tests import layouts
from tests.e2e.duty_bot import DutyBot
from tests.e2e.form_keys import require_no_stray_keys
from tests.e2e.postgres import Postgres
from tests.e2e.town import MORNING, Town

CONFIG = Path(__file__).parents[2] / "config.toml"
# How long the parts wait before they look by themselves: tests move the clock, and wait for nothing else.
NAPS = {
    "bot.schedule.scheduler.TICK_SECONDS": 0.05, "bot.deliver.deliver.NAP_SECONDS": 0.1,
    "bot.outbox.troubles.TELL_SECONDS": 0.1,
    "bot.features.exports.worker.NAP_SECONDS": 0.1, "bot.photos.fetch.NAP_SECONDS": 0.1,
}  # fmt: skip
WAYS = ("polling-sqlite", "webhook-sqlite", "polling-postgresql", "webhook-postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test with a town runs in as many ways as its marker and the command line want."""
    if "way" in metafunc.fixturenames:
        metafunc.parametrize("way", _ways(metafunc))


def _ways(metafunc: pytest.Metafunc) -> tuple[str, ...]:
    wanted = metafunc.config.getoption("--ways")
    marked = metafunc.definition.get_closest_marker
    if wanted == "quick" or marked("one_way"):
        return WAYS[:1]
    if marked("both_databases"):
        return WAYS[::2]
    if wanted == "all" or marked("every_way"):
        return WAYS
    if wanted == "cross":
        # The first and the last have nothing in common.
        return WAYS[::3]
    # By its name: the same way in every run, whatever other tests there are.
    return (WAYS[crc32(metafunc.definition.nodeid.encode()) % len(WAYS)],)


@pytest.fixture(autouse=True)
def short_naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the clock does begins as soon as the clock is moved."""
    for name, seconds in NAPS.items():
        monkeypatch.setattr(name, seconds)


@pytest.fixture
def database_url(way: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with the roster in it."""
    if way.endswith("sqlite"):
        layouts.with_town(tmp_path / "town.sqlite3").close()
        yield f"sqlite:///{tmp_path / 'town.sqlite3'}"
        return
    server: Postgres = request.getfixturevalue("server")
    name = server.create(template=request.getfixturevalue("town_database"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def town_settings() -> dict[str, str]:
    """Settings by environment name; a test module overrides this fixture to change some."""
    return {}


@pytest.fixture
def keys_checked() -> bool:
    """Whether every test ends with a look at the keys that forms have left on the screens."""
    return True


@pytest.fixture
def town(
    way: str, database_url: str, town_settings: dict[str, str], tmp_path: Path, keys_checked: bool
) -> Iterator[Town]:
    """A town on a Monday morning, its bot running, nobody joined yet."""
    clock = Clock()
    clock.set(MORNING)
    with Playground(limits=False, now=clock.now) as playground:
        photos = {"GRIDDUTY_PHOTOS__URL": f"file://{tmp_path / 'photos'}"}
        settings = _settings(way, database_url, playground, photos | town_settings)
        with DutyBot(settings, clock) as bot:
            own = Town(playground, bot, clock, settings)
            yield own
            if keys_checked and bot.is_running:
                require_no_stray_keys(own)


def _settings(way: str, database_url: str, playground: Playground, own: dict[str, str]) -> Settings:
    environment = {
        "GRIDDUTY_TELEGRAM__TOKEN": playground.token,
        "GRIDDUTY_TELEGRAM__BASE_URL": playground.base_url,
        "GRIDDUTY_TELEGRAM__BASE_FILE_URL": playground.file_url,
        "GRIDDUTY_DATABASE__URL": database_url,
        "GRIDDUTY_DATABASE__SYNCHRONOUS": "OFF",
        "GRIDDUTY_DELIVERY__RATE": "0",
    }
    if way.startswith("webhook"):
        port = _free_port()
        environment["GRIDDUTY_TELEGRAM__WEBHOOK_URL"] = f"http://127.0.0.1:{port}"
        environment["GRIDDUTY_TELEGRAM__WEBHOOK_LISTEN"] = f"127.0.0.1:{port}"
        environment["GRIDDUTY_TELEGRAM__WEBHOOK_SECRET"] = secrets.token_urlsafe(16)
    return load(CONFIG, environment | own)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def plain_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture is a plain one, for tests that read only what stands below it."""
    plain = io.BytesIO()
    Image.new("RGB", (64, 64)).save(plain, "PNG")

    async def draw(*_: Any) -> bytes:
        return plain.getvalue()

    monkeypatch.setattr(DrawingProcess, "draw", draw)


@dataclass
class Seen:
    """Every message as it was made to be sent: with the data of its picture, the file's name and key."""

    made: list[str] = field(default_factory=list)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What is rendered from here on."""
    kept = Seen()

    def keep(*args: Any) -> Any:
        message = view(*args)
        kept.made.append(f"{args[0]}: {message!r}")
        return message

    monkeypatch.setattr(messages, "view", keep)
    return kept
