"""A clock that jumps, or is wrong by years: what people send is stored and answered, and somebody is told."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.base.clock import Clock
from bot.playground.people import Place
from bot.storage import clock_check
from tests.e2e.town import MORNING, Town
from tests.robustness.stage import stage
from tests.waiting import until

AT_POST = Place(24.4001, 98.5501)
YEARS = timedelta(days=400)


def _hook() -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    return {
        "TELEGRAM__WEBHOOK_URL": f"http://{address}", "TELEGRAM__WEBHOOK_LISTEN": address,
        "TELEGRAM__WEBHOOK_SECRET": "a-secret_of-the-hook",
    }  # fmt: skip


@pytest.fixture(params=["polling", "webhook"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    own = _hook() if request.param == "webhook" else {"TELEGRAM__POLL_SECONDS": "1"}
    with stage(tmp_path, **own) as town:
        # Telegram's clock is right, whatever ours says.
        right = Clock()
        right.set(MORNING)
        town.playground.world.now = right.now
        yield town


@pytest.mark.parametrize(
    "wrong", [YEARS, -YEARS, timedelta(days=36500), timedelta(days=-20000), timedelta(hours=-30)]
)
def test_whatever_the_clock_says_what_is_sent_is_stored(wrong: timedelta, town: Town) -> None:
    worker, admin = town.join("岩罕"), town.join("孙工")
    with capture_logs() as logged:
        town.clock.move(wrong)
        sent = [worker.send(f"第{number}句") for number in range(6)]
        until(lambda: len(worker.received) >= 7)
        until(lambda: _wrong(town))
        town.clock.move(-wrong)
        sent += [worker.send(f"第{number}句") for number in range(6, 12)]
        until(lambda: len(worker.received) >= 13)
        town.playground.wait_acknowledged(*sent)
        until(lambda: not _wrong(town))
        until(lambda: any("clock" in told for told in admin.texts))
    told = [line for line in logged if line["event"] == "clock"]
    assert len(told) == 1
    assert f"{round(abs(wrong) / timedelta(days=1))} days" in told[0]["error"]


def _wrong(town: Town) -> bool:
    with town.db.read() as session:
        return clock_check.is_wrong(session)


def test_by_a_wrong_clock_nothing_is_erased_and_a_check_in_counts_when_it_was_made(town: Town) -> None:
    worker = town.join("岩罕")
    town.clock.move(YEARS)
    for words in ("你好", "有人吗", "喂"):
        worker.send(words)
        worker.wait_for()
    until(lambda: _wrong(town))
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    until(lambda: town.count("slot", "rule = 'retention' AND state = 'done'") == 1)
    assert town.count("inbox", "payload IS NOT NULL") >= 4
    assert town.count("checkin", "latitude IS NOT NULL AND in_at < '2026-11-24'") == 1


NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dates", "apart"),
    [
        ([], 0), ([None], 0), ([NOW], 0), ([NOW - timedelta(days=1)], 0), ([NOW + timedelta(hours=20)], 0),
        ([NOW - timedelta(days=400), NOW], 0), ([NOW - timedelta(days=400)], -400),
        ([NOW - timedelta(days=9), None], -9), ([NOW + timedelta(days=3)], 3),
        ([NOW, NOW + timedelta(days=400)], 400),
    ],
)  # fmt: skip
def test_messages_tell_the_time(dates: list[datetime | None], apart: int) -> None:
    assert clock_check.by_messages(NOW, dates) == timedelta(days=apart)


@pytest.mark.parametrize("seconds", [-86_400, -301, -300, -5, 0, 5, 300, 301, 86_400 * 400])
def test_answers_tell_the_time_more_closely(seconds: int) -> None:
    apart = clock_check.by_answer(NOW, NOW + timedelta(seconds=seconds))
    assert apart == (timedelta(seconds=seconds) if abs(seconds) > 300 else timedelta())
    assert clock_check.by_answer(NOW, None) == timedelta()
