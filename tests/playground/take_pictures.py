"""Takes the pictures of docs/pictures anew: plays a day in the demo's township and photographs its phones.

    python -m tests.playground.take_pictures [FOLDER]

The clock starts on a fixed morning, so two runs differ only where the page or the bot does.
"""

import io
import os
import secrets
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from sqlalchemy import select
from sqlmodel import col

from bot.database import Database
from bot.settings import load
from models import Invite, Person, code_hash
from tests.playground.browser import DESKTOP, PHONE, Page, browser, resize
from tests.playground.demo_process import MORNING, ROOT, DemoProcess

FOLDER = ROOT / "docs" / "pictures"
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
document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
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

    def touch(self, name: str, label: str) -> None:
        """Press the newest button of this name on somebody's phone."""
        phone = self.hold(name)
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


def joining(town: Town) -> None:
    """A newcomer opens the link, confirms, and is in."""
    town.hold("李春梅")
    town.photograph("join-1-link")
    town.press("李春梅", "邀请链接", then="李春梅，您好")
    town.photograph("join-2-contact")
    town.press("李春梅", "确认是我本人", then="欢迎您")
    town.photograph("join-3-welcome")


def arriving(town: Town) -> None:
    """At the post, far from it, and without signal."""
    town.press("岩温罕", "上岗", then="已上岗")
    town.photograph("phone-checkin")
    town.stand("玉喊", "1.2 公里")
    town.press("玉喊", "上岗", then="1.2 公里")
    town.photograph("checkin-off-site")
    town.touch("何木果", "信号")
    town.press("何木果", "下岗", then="待发送")
    town.photograph("no-signal")
    town.touch("何木果", "信号")
    town.press("何木果", then="已下岗")


def missed(town: Town) -> None:
    """A check-in that was forgotten: three taps, the supervisor's card, the answer."""
    town.wait_until("08:40")
    town.press("罕玉保", "补卡", then="要补哪一条")
    town.photograph("correction-1-what")
    town.press("罕玉保", "没上岗记录", then="什么原因")
    town.photograph("correction-2-reason")
    town.press("罕玉保", "忘了", then="补卡送出去了")
    town.photograph("correction-3-sent")
    town.press("刀安保", then="罕玉保")
    town.photograph("decide-1-card")
    town.press("刀安保", "批准", then="批了")
    town.photograph("decide-2-decided")
    town.press("罕玉保", then="批了")
    town.photograph("correction-4-approved")


def earlier(town: Town) -> None:
    """Somebody was there before the tap: both phones side by side, and what still waits."""
    town.press("岩温罕", "其实更早就上岗了", "07:30", "没信号", then="补卡送出去了")
    resize(town.page.driver, DESKTOP)
    town.hold("岩温罕", "刀安保")
    town.photograph("desktop-two-people")
    resize(town.page.driver, PHONE, SCALE)
    town.say("刀安保", "/corrections", then="补卡等着批")
    town.photograph("decide-3-waiting")


def new_account(town: Town) -> None:
    """Somebody who has joined opens a link with another account."""
    payload = invite_for(town, "岩温罕")
    user = town.post("/control/users", {"first_name": "岩温罕", "phone": town.numbers["岩温罕"]})
    town.post(f"/control/users/{user['id']}/start", {"payload": payload})
    town.post(f"/control/users/{user['id']}/contact", {})
    town.press("刀安保", then="新账号")
    town.photograph("account-1-card")
    town.press("刀安保", "是本人，同意", then="已同意")
    town.photograph("account-2-decided")


def invite_for(town: Town, name: str) -> str:
    """Another link for somebody, written into the demo's own database; its start payload."""
    db = Database(load(None, {"GRIDDUTY_DATABASE__URL": town.database}).database)
    made, code = datetime.fromisoformat(MORNING), secrets.token_urlsafe(18)
    try:
        with db.write_now() as session:
            person_id = session.execute(select(col(Person.id)).where(col(Person.name) == name)).scalar_one()
            session.add(
                Invite(
                    person_id=person_id or 0, code_hash=code_hash(code), created_at=made,
                    expires_at=made + timedelta(days=30),
                )
            )  # fmt: skip
    finally:
        db.close()
    return f"j_{code}"


def leaving(town: Town) -> None:
    """The end of the watch, once too early."""
    town.wait_until("16:02")
    town.press("岩温罕", "下岗", then="已下岗")
    town.photograph("checkout-1-done")
    town.press("岩温罕", "点错了", then="取消了")
    town.photograph("checkout-2-undone")
    town.wait_until("16:05")
    town.press("岩温罕", "下岗", then="已下岗")


def own_record(town: Town) -> None:
    """What everybody can see of the own record, and the choice of language."""
    town.press("岩温罕", "我的", then="📒")
    town.photograph("my")
    town.say("玉喊", "/mydata", then="谁看过")
    town.photograph("mydata")
    town.say("玉喊", "/language", then="请选语言")
    town.photograph("language")


def household_head(town: Town) -> None:
    """What there is for a household head today."""
    town.press("咩相", "帮助", then="110")
    town.photograph("head-help")
    town.say("咩相", "/mydata", then="谁看过")
    town.photograph("head-mydata")


def feedback(town: Town) -> None:
    """What a worker says reaches the administrator."""
    town.say("玉喊", "/feedback", then="不顺手")
    town.say("玉喊", "字太小了，能不能大一点", then="收到了")
    town.press("林静", then="玉喊")
    town.photograph("admin-feedback")


DAY = (joining, arriving, missed, earlier, new_account, leaving, own_record, household_head, feedback)


def take(folder: Path) -> None:
    """Play the day and write its pictures into the folder."""
    with tempfile.TemporaryDirectory() as place:
        # The demo keeps its database there, where a link can be added to it.
        os.environ["TMPDIR"] = place
        with DemoProcess() as demo:
            database = next(Path(place).glob("gridduty-demo-*/demo.sqlite3"))
            driver = browser(Path(place) / "chromium", PHONE, SCALE)
            try:
                driver.get(demo.url)
                page = Page(driver)
                page.until(lambda: driver.find_elements(By.CSS_SELECTOR, ".person"))
                town = Town(page, f"sqlite:///{database}", folder)
                for scene in DAY:
                    scene(town)
            finally:
                driver.quit()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
