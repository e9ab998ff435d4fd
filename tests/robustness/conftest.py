"""The `town` of the end-to-end tests, by polling and on SQLite unless a test says otherwise."""

import pytest

from tests.e2e.conftest import database_url, short_naps, town, town_settings

__all__ = ["database_url", "short_naps", "town", "town_settings"]


@pytest.fixture
def way() -> str:
    """How the bot is run."""
    return "polling-sqlite"


@pytest.fixture
def keys_checked() -> bool:
    """Whether keys left on the screens are looked for: here Telegram's answers get lost, and with them the
    numbers of messages."""
    return False
