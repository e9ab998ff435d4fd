"""A running playground, and a bare client that shows exactly what the server answers."""

from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import orjson
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from bot.playground.runner import Playground
from tests.playground.browser import CHROMIUM, DRIVER, Page, browser
from tests.playground.demo_process import DemoProcess


class Client:
    """Calls Bot API methods over plain HTTP and gives the decoded answer, refusals included."""

    def __init__(self, playground: Playground, token: str | None = None) -> None:
        host = playground.url.removeprefix("http://")
        self.token = token or playground.token
        self.connection = HTTPConnection(host, timeout=10)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer as JSON."""
        headers = {"Content-Type": "application/json"}
        self.connection.request("POST", f"/bot{self.token}/{method}", orjson.dumps(params), headers)
        answer: dict[str, Any] = orjson.loads(self.connection.getresponse().read())
        return answer

    def ok(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        answer = self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    def refused(self, method: str, **params: Any) -> str:
        """The description of a call that must be refused."""
        answer = self.call(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])


@pytest.fixture
def playground() -> Iterator[Playground]:
    """A playground without rate limits."""
    with Playground(limits=False) as running:
        yield running


@pytest.fixture
def client(playground: Playground) -> Iterator[Client]:
    """The first bot."""
    caller = Client(playground)
    yield caller
    caller.connection.close()


@pytest.fixture
def open_page(tmp_path: Path) -> Iterator[Callable[[tuple[int, int]], Page]]:
    """Opens the page of a fresh demo in a window of this size."""
    if not (CHROMIUM and DRIVER):
        pytest.skip("chromium and chromedriver are not installed: the page is not tried")
    drivers: list[WebDriver] = []

    def start(size: tuple[int, int]) -> Page:
        driver = browser(tmp_path, size)
        drivers.append(driver)
        driver.get(demo.url)
        page = Page(driver)
        page.until(lambda: driver.find_elements(By.CSS_SELECTOR, ".person"))
        return page

    with DemoProcess() as demo:
        yield start
        for driver in drivers:
            driver.quit()
