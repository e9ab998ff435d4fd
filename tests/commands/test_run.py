"""`gridduty migrate` and `gridduty run`."""

import signal

from bot.playground.runner import Playground
from tests.commands.gridduty import Gridduty
from tests.waiting import PATIENCE


def test_run_refuses_a_database_that_is_not_migrated(unmigrated: Gridduty) -> None:
    failed = unmigrated("run", code=1)
    assert failed.stderr.splitlines() == [
        "gridduty: the database has not been migrated: run `gridduty migrate` first"
    ]


def test_a_wrong_setting_stops_the_start_in_one_line(unmigrated: Gridduty) -> None:
    unmigrated.environment["GRIDDUTY_CHECKIN__RADIUS_METRES"] = "far"
    failed = unmigrated("run", code=1)
    assert failed.stderr.startswith("gridduty: checkin.radius_metres: ")
    assert "GRIDDUTY_CHECKIN__RADIUS_METRES" in failed.stderr
    assert len(failed.stderr.splitlines()) == 1


def test_wrong_usage_is_two(unmigrated: Gridduty) -> None:
    unmigrated("run", "--only", "nothing", code=2)
    unmigrated("dance", code=2)


def test_runs_answers_refuses_a_second_and_stops_when_told(
    gridduty: Gridduty, playground: Playground
) -> None:
    gridduty.environment["GRIDDUTY_TELEGRAM__TOKEN"] = playground.token
    gridduty.environment["GRIDDUTY_TELEGRAM__BASE_URL"] = playground.base_url
    running = gridduty.start("run")
    try:
        person = playground.person("岩罕")
        person.send("你好")
        assert person.wait_for("").text
        assert "stop it first" in gridduty("run", code=1).stderr
    finally:
        running.send_signal(signal.SIGTERM)
        _, told = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, told
    assert playground.token not in told
    assert "stopped" in told


def test_starts_without_telegram(gridduty: Gridduty) -> None:
    running = gridduty.start("run")
    assert running.stderr is not None
    assert "started" in running.stderr.readline()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, told
    assert "stopped" in told
