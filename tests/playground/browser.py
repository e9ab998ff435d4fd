"""The demo's page in Chromium: what a person sees there, and taps."""

import shutil
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import orjson
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from bot.playground.runner import bot_token

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
DESKTOP, PHONE = (1360, 860), (390, 844)
SECONDS = 10.0
_JSON = {"Content-Type": "application/json"}
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Page:
    """The open page. Names of buttons are what is written on them or what they are called aloud."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver

    def until(self, found: Callable[[], object], seconds: float = SECONDS) -> None:
        """Wait until this is true."""
        WebDriverWait(self.driver, seconds, poll_frequency=0.02).until(lambda _: found())

    def phone(self, name: str) -> WebElement:
        """The phone of this person."""
        return self.driver.find_element(By.CSS_SELECTOR, f'.phone[aria-label^="{name}"]')

    def tap(self, label: str, inside: WebElement | None = None) -> None:
        """Press the button with this name."""
        path = f'.//button[contains(., "{label}") or contains(@aria-label, "{label}")]'
        (inside or self.driver).find_element(By.XPATH, path if inside else path[1:]).click()

    def open(self, name: str) -> WebElement:
        """Take this person's phone."""
        self.tap(name, self.driver.find_element(By.ID, "people"))
        return self.phone(name)

    def texts(self, phone: WebElement) -> list[str]:
        """What the messages on screen say."""
        script = "return [...arguments[0].querySelectorAll('.bubble')].map((node) => node.innerText)"
        return list(self.driver.execute_script(script, phone))

    def do(self, user: str, deed: str, wish: object) -> None:
        """Let somebody whose phone is not on screen do something."""
        script = """fetch(`/control/users/${arguments[0]}/${arguments[1]}`, {
            method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(arguments[2]),
        })"""
        self.driver.execute_script(script, user, deed, wish)

    def bot(self, method: str, wish: object) -> Any:
        """Let the bot call a method of the Bot API, beside what it does by itself; gives the result."""
        connection = HTTPConnection(self.driver.current_url.split("/")[2], timeout=10)
        with closing(connection):
            connection.request("POST", f"/bot{bot_token(1_000_001)}/{method}", orjson.dumps(wish), _JSON)
            answer = orjson.loads(connection.getresponse().read())
        assert answer["ok"], answer
        return answer["result"]

    def see(self, phone: WebElement, words: str) -> float:
        """Wait for a new last message with these words; gives the seconds it took."""
        start = time.monotonic()
        self.until(lambda: words in (self.texts(phone) or [""])[-1])
        return time.monotonic() - start

    def fits(self) -> bool:
        """Whether nothing is wider than the window."""
        return bool(self.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"))

    def dark(self, on: bool) -> None:
        """Show the page as at night, or as by day."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})  # type: ignore[attr-defined]

    def errors(self) -> list[str]:
        """What the browser complained about: broken scripts, files that are missing or not allowed."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[attr-defined]


def browser(profile: Path, size: tuple[int, int], scale: int = 1) -> WebDriver:
    """A Chromium with its own profile and a window of this size in CSS pixels."""
    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    resize(driver, size, scale)
    return driver


def resize(driver: WebDriver, size: tuple[int, int], scale: int = 1) -> None:
    """Make the window this size; one as narrow as a phone takes touches."""
    screen = {"width": size[0], "height": size[1], "deviceScaleFactor": scale, "mobile": size == PHONE}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
