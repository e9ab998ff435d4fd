"""Whatever people write, however long: the answer is one that Telegram takes."""

import re
from pathlib import Path

import pytest

from bot.base import lengths
from tests.e2e.town import Town

COMMANDS = Path(__file__).parents[2] / "docs" / "commands.md"
LONG = "找不到的名字" * 600 + "𠮷🚨" * 150 + "&<>" * 60


@pytest.mark.one_way
@pytest.mark.parametrize("before", [(), ("/for",), ("/feedback",), ("/hazard",), ("/request",), ("/rota",)])
def test_long_words_are_answered_whatever_is_asked(town: Town, before: tuple[str, ...]) -> None:
    supervisor = town.join("刀建国")
    for words in before:
        supervisor.send(words)
        supervisor.wait_for()
    for words in (LONG[:4000], "𠮷" * 2040, "<" * 4000):
        supervisor.send(words)
        supervisor.wait_for()
    town.settle()
    assert town.count("outbox", "state = 'failed'") == 0
    assert town.count("inbox", "state = 'failed'") == 0


@pytest.mark.one_way
def test_what_stands_behind_a_command_is_repeated_shortened(town: Town) -> None:
    supervisor = town.join("刀建国")
    commands = re.findall(r"`/(\w+)`", COMMANDS.read_text(encoding="utf-8"))
    assert len(commands) > 20
    for command in sorted(set(commands) - {"start", "stop"}):
        supervisor.send(f"/{command} " + LONG[:4000])
    supervisor.send("/ledger " + LONG[:4000])
    assert "没有叫「找不到的名字" in (answer := supervisor.wait_for("没有叫").text)
    assert lengths.units(answer) < 200
    town.settle()
    assert town.count("outbox", "state = 'failed'") == 0
    assert town.count("inbox", "state = 'failed'") == 0
