"""What every test may ask of pytest."""

import pytest
from hypothesis import settings

# Machines are busy: how long an example takes says nothing.
settings.register_profile("duty", deadline=None)
settings.load_profile("duty")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How the end-to-end tests reach the bot."""
    parser.addoption(
        "--ways",
        choices=("all", "quick"),
        default="all",
        help="end-to-end tests: in all four ways (polling or webhook, SQLite or PostgreSQL), or polling and "
        "SQLite alone",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Markers of our own."""
    config.addinivalue_line("markers", "one_way: polling and SQLite are enough for this end-to-end test")
