"""The demo's server: its files, its clock, whom it answers, and how it starts and stops."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import orjson
import pytest

from bot.playground import pictures
from tests.playground.demo_process import DemoProcess

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoProcess]:
    with DemoProcess() as running:
        yield running


@pytest.fixture
def ask(demo: DemoProcess) -> Iterator[Any]:
    connection = HTTPConnection(demo.url.removeprefix("http://"), timeout=10)

    def answer(verb: str, path: str, body: object = None, **headers: str) -> tuple[HTTPResponse, bytes]:
        connection.request(verb, path, None if body is None else orjson.dumps(body), headers)
        response = connection.getresponse()
        return response, response.read()

    yield answer
    connection.close()


def test_the_page_may_run_nothing_but_its_own_files(ask: Any) -> None:
    response, body = ask("GET", "/")
    policy = response.headers["content-security-policy"]
    assert response.status == 200
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert b"<script>" not in body
    assert not re.search(rb"\son\w+=|style=", body)
    assert ask("GET", "/app.js")[0].headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/../demo.py", "/..%2fdemo.py", "/page", "/demo/pictures/none.jpg", "/demo/qr/ä.svg"]
)
def test_nothing_else_is_served(ask: Any, path: str) -> None:
    assert ask("GET", path.encode("ascii", "ignore").decode())[0].status == 404


def test_every_picture_can_be_drawn(ask: Any) -> None:
    for name in pictures.NAMES:
        response, body = ask("GET", f"/demo/pictures/{name}.jpg")
        assert (response.status, body[:3]) == (200, b"\xff\xd8\xff")


def test_the_clock_moves_forward_only(ask: Any) -> None:
    first = ask("POST", "/demo/clock", {"minutes": 10}, **JSON)
    assert first[0].status == 200
    assert orjson.loads(first[1])["now"].startswith("2026-11-22T23:58")
    later = ask("POST", "/demo/clock", {"until": "06:00"}, **JSON)
    assert orjson.loads(later[1])["now"].startswith("2026-11-23T22:00:00")
    wrong: object
    for wrong in ({"minutes": -1}, {"until": "25:00"}, {"minutes": 1e9}, [], {}):
        assert ask("POST", "/demo/clock", wrong, **JSON)[0].status == 400


@pytest.mark.parametrize("path", ["/", "/demo/town", "/demo/clock", "/control/users"])
def test_foreign_pages_are_refused(ask: Any, path: str) -> None:
    verb, body = ("POST", {"minutes": 1}) if path == "/demo/clock" else ("GET", None)
    assert ask(verb, path, body, **JSON, Host="evil.example")[0].status == 403
    assert ask(verb, path, body, **JSON, Origin="http://evil.example")[0].status == 403


def test_a_form_of_a_foreign_page_moves_no_clock(ask: Any) -> None:
    assert ask("POST", "/demo/clock", {"minutes": 1}, **{"Content-Type": "text/plain"})[0].status == 415


def test_everyone_who_has_joined_has_a_keyboard_and_a_menu(ask: Any) -> None:
    town = orjson.loads(ask("GET", "/demo/town")[1])
    chats = orjson.loads(ask("GET", "/control/changes")[1])["chats"]
    newcomers = [member for member in town["members"] if member["invite"]]
    assert [chats[str(member["id"])]["messages"] for member in newcomers] == [[]]
    for member in town["members"]:
        if not member["invite"]:
            chat = chats[str(member["id"])]
            assert chat["keyboard"], member["name"]
            assert chat["menu"], member["name"]


def test_a_taken_port_is_told_and_ctrl_c_ends_it_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with DemoProcess(port) as demo:
            assert f"{port} 端口已被占用" in demo.said
            assert demo.said.count("\n") == 1
            # An open page waits for news, and must not make the end long or loud.
            with socket.create_connection(("127.0.0.1", int(demo.url.rpartition(":")[2]))) as page:
                page.sendall(b"GET /control/changes?wait=25&seen=1000000 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                time.sleep(0.3)
                assert demo.stop() == (0, "")


def test_the_clock_goes_to_the_end_of_the_next_shift_and_the_crews_are_asked_to_hand_over() -> None:
    with (
        DemoProcess() as demo,
        closing(HTTPConnection(demo.url.removeprefix("http://"), timeout=10)) as connection,
    ):
        connection.request("POST", "/demo/clock", orjson.dumps({"until": "shift_end"}), JSON)
        # The watch ends at the full five minutes after the demo has started.
        assert "2026-11-23T00:00" <= orjson.loads(connection.getresponse().read())["now"] < "2026-11-23T00:06"
        seen: set[str] = set()
        for _ in range(600):
            connection.request("GET", "/demo/town")
            names = {m["id"]: m["name"] for m in orjson.loads(connection.getresponse().read())["members"]}
            connection.request("GET", "/control/changes")
            chats = orjson.loads(connection.getresponse().read())["chats"]
            seen = {
                names[int(number)]
                for number, chat in chats.items()
                if any("交接班 · 芒恩边境卡点" in message.get("text", "") for message in chat["messages"])
            }
            if len(seen) == 8:
                break
            time.sleep(0.1)
        assert seen == {"何木果", "勒干", "玉应", "张学军", "岩温罕", "罕玉保", "线喊果", "尹德昌"}
