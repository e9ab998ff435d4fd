"""`gridduty check`."""

import json
from datetime import timedelta

from bot.playground.runner import Playground
from tests.commands.gridduty import Gridduty


def test_all_is_well(gridduty: Gridduty, playground: Playground) -> None:
    gridduty.environment["GRIDDUTY_TELEGRAM__TOKEN"] = playground.token
    gridduty.environment["GRIDDUTY_TELEGRAM__BASE_URL"] = playground.base_url
    lines = gridduty("check").stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "ok     configuration", "ok     database", "ok     token", "ok     fonts", "ok     photos",
    ]  # fmt: skip
    assert "@gridduty_bot" in lines[2]
    assert "网格值守 drawn" in lines[3]


def test_what_is_wrong_is_told_line_by_line(unmigrated: Gridduty) -> None:
    unmigrated.environment["GRIDDUTY_PHOTOS__URL"] = "file:///proc/nowhere"
    told = json.loads(unmigrated("check", "--json", code=1).stdout)
    assert {name for name, found in told.items() if not found["ok"]} == {"database", "token", "photos"}
    assert "gridduty migrate" in told["database"]["told"]
    assert told["token"]["told"].startswith("Telegram is not reached at http://127.0.0.1:9/bot")
    assert told["configuration"]["told"].startswith("no config.toml here")


def test_a_wrong_setting_is_named(unmigrated: Gridduty) -> None:
    (unmigrated.folder / "config.toml").write_text("[work]\ntimezone = 'Mars'\n")
    assert "work.timezone" in unmigrated("check", code=1).stdout


def test_the_data_is_for_its_owner_alone(unmigrated: Gridduty) -> None:
    unmigrated("migrate")
    files = list((unmigrated.folder / "data").iterdir())
    assert files
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_a_clock_that_cannot_be_right_is_told(gridduty: Gridduty, playground: Playground) -> None:
    gridduty.environment["GRIDDUTY_TELEGRAM__TOKEN"] = playground.token
    gridduty.environment["GRIDDUTY_TELEGRAM__BASE_URL"] = playground.base_url
    right = playground.world.now
    playground.world.now = lambda: right() - timedelta(days=400)
    told = gridduty("check", code=1).stdout
    assert "FAILED token: this machine's clock is 400 days ahead of Telegram's" in told
