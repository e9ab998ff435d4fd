"""Troubles come as ordered, where ordered."""

import time
from http.client import HTTPException

import orjson
import pytest

from bot.playground.people import Person
from bot.playground.runner import Playground
from tests.playground.conftest import Client


@pytest.fixture
def worker(playground: Playground) -> Person:
    person = playground.person("岩罕")
    person.start()
    return person


def test_429_and_5xx_strike_as_often_as_ordered(
    playground: Playground, client: Client, worker: Person
) -> None:
    playground.faults.too_many(7, method="sendMessage", times=2)
    playground.faults.error(502, method="sendMessage", chat=worker.id)
    answers = [client.call("sendMessage", chat_id=worker.id, text="x") for _ in range(4)]
    assert [a.get("error_code") for a in answers] == [429, 429, 502, None]
    assert answers[0]["parameters"] == {"retry_after": 7}
    assert answers[2]["description"] == "Bad Gateway"
    assert len(worker.received) == 1


def test_a_fault_for_another_chat_does_not_strike(
    playground: Playground, client: Client, worker: Person
) -> None:
    playground.faults.error(500, chat=1)
    client.ok("sendMessage", chat_id=worker.id, text="x")


def test_dropped_before_the_work(playground: Playground, client: Client, worker: Person) -> None:
    playground.faults.drop(method="sendMessage")
    with pytest.raises((HTTPException, OSError)):
        client.call("sendMessage", chat_id=worker.id, text="x")
    assert worker.received == []
    client.connection.close()
    client.ok("sendMessage", chat_id=worker.id, text="x")
    assert [call.outcome for call in playground.ledger.named("sendMessage")] == ["drop", "ok"]


def test_delivered_but_never_answered(playground: Playground, client: Client, worker: Person) -> None:
    playground.faults.lost_answer(0.1, method="sendMessage")
    with pytest.raises((HTTPException, OSError)):
        client.call("sendMessage", chat_id=worker.id, text="x")
    assert worker.texts == ["x"]
    client.connection.close()


def test_broken_json(playground: Playground, client: Client, worker: Person) -> None:
    playground.faults.broken_json(method="sendMessage")
    with pytest.raises(orjson.JSONDecodeError):
        client.call("sendMessage", chat_id=worker.id, text="x")
    assert worker.texts == ["x"]


def test_delay_goes_with_another_trouble(playground: Playground, client: Client, worker: Person) -> None:
    playground.faults.delay(0.1)
    playground.faults.error(503)
    begun = time.monotonic()
    assert client.call("sendMessage", chat_id=worker.id, text="x")["error_code"] == 503
    assert time.monotonic() - begun >= 0.1


def test_downloads_fail_as_ordered(playground: Playground, client: Client, worker: Person) -> None:
    worker.voice()
    file_id = client.ok("getUpdates")[-1]["message"]["voice"]["file_id"]
    path = client.ok("getFile", file_id=file_id)["file_path"]
    playground.faults.error(502, method="download")
    for status in (502, 200):
        client.connection.request("GET", f"/file/bot{client.token}/{path}")
        answer = client.connection.getresponse()
        answer.read()
        assert answer.status == status


def test_probability_and_clearing(playground: Playground, client: Client, worker: Person) -> None:
    playground.faults.error(500, times=None, probability=0.5)
    codes = [client.call("getMe").get("error_code", 200) for _ in range(60)]
    assert 10 < codes.count(500) < 50
    playground.faults.clear()
    client.ok("getMe")
