"""What every test may ask of pytest."""

import logging
import os
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot.features import registry  # noqa: F401  (makes every message and form known)
from bot.settings.core import PhotoSettings

pytest_plugins = ["tests.compiled", "tests.databases"]

# Machines are busy: how long an example takes says nothing. The same examples each time, so that a run that
# fails fails again; `search` looks for further ones.
_USUAL = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", derandomize=True, database=None, max_examples=100, **_USUAL)
settings.register_profile("search", max_examples=1000, print_blob=True, **_USUAL)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
# A traceback is written as in operation: with every local value, as is the default, it takes seconds.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(),
    ]
)


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """How a test lets the log be written ends with it: the next would wait seconds for each traceback."""
    before, handlers = structlog.get_config(), logging.getLogger().handlers[:]
    yield
    structlog.configure(**before)
    # What it wrote to is closed now.
    logging.getLogger().handlers[:] = handlers


def pytest_addoption(parser: pytest.Parser) -> None:
    """How the end-to-end tests reach the bot."""
    parser.addoption(
        "--ways",
        choices=("spread", "cross", "all", "quick"),
        default="spread",
        help="end-to-end tests: each in one of the four ways (polling or webhook, SQLite or PostgreSQL), "
        "spread over all of them (as usual); crosswise, in two that between them have all; in all four; "
        "or by polling and on SQLite alone",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Markers of our own."""
    config.addinivalue_line("markers", "one_way: polling and SQLite are enough for this end-to-end test")
    config.addinivalue_line("markers", "every_way: this end-to-end test runs in all four ways as usual")
    config.addinivalue_line("markers", "both_databases: polling is enough for this end-to-end test")


@pytest.fixture(scope="session")
def bucket() -> Iterator[PhotoSettings]:
    """A bucket of a service on this machine that speaks S3."""
    service = pytest.importorskip("moto.server").ThreadedMotoServer
    server = service(ip_address="127.0.0.1", port=0, verbose=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        server.start()
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        urlopen(Request(f"{endpoint}/duty", method="PUT")).close()
        yield PhotoSettings(url="s3://duty/our/photos", endpoint=endpoint, region="us-east-1")
        server.stop()
