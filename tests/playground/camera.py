"""The demo on screen and its camera: whose phone is in hand, what time it is, and the pictures taken."""

import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.playground.browser import Page

SCALE = 2  # of the phones' pictures; the desktop's is taken as it is
COLOURS = 256
MOST_BYTES = 200_000
# What a finger leaves behind, and what only the demo's page has, would distract from the chat.
_QUIET = """
.more { visibility: hidden; } :focus-visible { outline: none !important; } * { scrollbar-width: none; }
"""
_LOOK = """
const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]); document.adoptedStyleSheets = [sheet];
"""
_POST = """
const [path, wish, done] = arguments;
const headers = {"Content-Type": "application/json"};
fetch(path, {method: "POST", headers, body: JSON.stringify(wish)}).then((answer) => answer.json()).then(done);
"""
_CLEAR = """
for (const toast of document.querySelectorAll(".toast")) toast.remove();
document.activeElement?.blur();
const done = arguments[0];
const drawn = [...document.images].map((image) => image.decode().catch(() => null));
for (const list of document.querySelectorAll(".messages")) list.scrollTop = list.scrollHeight;
const shown = () => requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
Promise.all([document.fonts.ready, ...drawn]).then(shown);
"""


class Town:
    """The demo on screen: whose phone is in hand, what time it is, and the camera."""

    def __init__(self, page: Page, database: str, folder: Path) -> None:
        self.page = page
        self.database = database
        self.folder = folder
        script = "fetch('/demo/town').then((answer) => answer.json()).then(arguments[0])"
        members = page.driver.execute_async_script(script)["members"]
        self.ids: dict[str, int] = {member["name"]: member["id"] for member in members}
        self.numbers: dict[str, str] = {member["name"]: member["phone"] for member in members}

    def hold(self, *names: str) -> WebElement:
        """Take these phones, side by side; gives the first one."""
        shown = ",".join(str(self.ids[name]) for name in names)
        self.page.driver.execute_script("location.hash = arguments[0]", shown)
        self.page.until(lambda: all(self._shown(name) for name in names))
        return self.page.phone(names[0])

    def _shown(self, name: str) -> bool:
        return bool(self.page.driver.find_elements(By.CSS_SELECTOR, f'.phone[aria-label^="{name}"]'))

    def press(self, name: str, *labels: str, then: str) -> None:
        """Press these buttons one after another on somebody's phone, the newest of each name; wait for
        an answer with these words."""
        phone = self.hold(name)
        for label in labels:
            before = self.page.texts(phone)
            self.touch(name, label)
            self.page.until(lambda before=before: self.page.texts(phone) != before)  # type: ignore[misc]
        self.page.until(lambda: then in self._end(phone))

    def read(self, name: str, words: str) -> None:
        """Wait until some message on somebody's phone says this."""
        phone = self.hold(name)
        self.page.until(lambda: any(words in text for text in self.page.texts(phone)))

    def touch(self, name: str, label: str, under: str = "") -> None:
        """Press the newest button of this name on somebody's phone; `under`: of those under messages."""
        phone = self.hold(name)
        if under:
            phone = phone.find_element(By.CSS_SELECTOR, under)
        path = f'.//button[contains(., "{label}") or contains(@aria-label, "{label}")]'
        self.page.until(lambda: phone.find_elements(By.XPATH, path))
        # By script: a pointer would stay where it pressed, and what is under it looks different.
        self.page.driver.execute_script("arguments[0].click()", phone.find_elements(By.XPATH, path)[-1])

    def _end(self, phone: WebElement) -> str:
        """What the last messages say."""
        return "\n".join(self.page.texts(phone)[-2:])

    def say(self, name: str, text: str, then: str) -> None:
        """Let somebody write something; wait for the answer."""
        phone = self.hold(name)
        self.post(f"/control/users/{self.ids[name]}/text", {"text": text})
        self.page.until(lambda: then in self._end(phone))

    def post(self, path: str, wish: object) -> Any:
        """Ask the demo's server for something; its answer."""
        return self.page.driver.execute_async_script(_POST, path, wish)

    def wait_until(self, clock: str) -> None:
        """Move the demo's clock on."""
        self.post("/demo/clock", {"until": clock})

    def stand(self, name: str, where: str) -> None:
        """Carry somebody's phone to where the page's list says so."""
        phone = self.hold(name)
        phone.find_element(By.CSS_SELECTOR, ".place-now").click()
        sheet = self.page.driver.find_element(By.CSS_SELECTOR, "dialog[open]")
        sheet.find_element(By.XPATH, f'.//label[contains(., "{where}")]').click()
        self.page.tap("关闭", sheet)

    def photograph(self, picture: str) -> None:
        """Take the picture of what is on screen."""
        self.page.driver.execute_script(_LOOK, _QUIET)
        self.page.driver.execute_async_script(_CLEAR)
        image = Image.open(io.BytesIO(self.page.driver.get_screenshot_as_png())).convert("RGB")
        file = self.folder / f"{picture}.png"
        image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE).save(
            file, optimize=True
        )
        size = file.stat().st_size
        assert size < MOST_BYTES, f"{file.name}: {size} bytes"
        sys.stdout.write(f"{file.name}  {size // 1024} KB\n")
