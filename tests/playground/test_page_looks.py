"""How the page looks: on every size of screen, by day and at night, with and without fonts of its own."""

import re
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import matplotlib as mpl
import pytest
from selenium.webdriver.common.by import By

from bot.playground.site import PAGE
from tests.playground.browser import DESKTOP, PHONE, Page, resize

OpenPage = Callable[[tuple[int, int]], Page]
WIDTHS = (320, 344, 360, 375, 390, 414, 480, 559, 560, 667, 759, 760, 844, 1024, 1179, 1180, 1280, 1440, 1920)
LYING = ((844, 390), (667, 375), (932, 430), (740, 360), (568, 320), (480, 320), (1180, 499))
CONTRAST = Path(__file__).with_name("contrast.js").read_text()
_LONG = (
    "报隐患：先拍照，再说在哪里、有多急，书记和班组马上都看得到" * 8,
    "Report a hazard: a photo first, then where it is and how urgent, seen by everyone in charge at once. "
    * 2,
    "donaudampfschifffahrtsgesellschaftskapitaen" * 5,
    "短",
)
# Of what is in the sheet: what is outside of the box that it stands in, or in the way of the box before.
_ASTRAY = """
const astray = [];
let end = -1;
for (const entry of document.querySelectorAll("dialog[open] .entry")) {
    const box = entry.getBoundingClientRect();
    const range = document.createRange(); range.selectNodeContents(entry);
    for (const text of range.getClientRects()) {
        const across = text.left >= box.left && text.right <= box.right;
        const inside = across && text.top >= box.top && text.bottom <= box.bottom;
        if (!inside) astray.push(entry.textContent.slice(0, 30));
    }
    const placed = box.top >= end && box.height >= 44 && box.left >= 0 && box.right <= innerWidth;
    if (!placed) astray.push(`box ${entry.textContent.slice(0, 30)}`);
    end = box.bottom;
}
return astray;
"""
_SHARE = """
const list = document.querySelector(".messages");
return [list.clientHeight / innerHeight, document.querySelector(".keys").checkVisibility(), list.clientWidth];
"""


def test_no_command_leaves_its_box_in_the_sheet_at_any_width(open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    phone = page.phone("岩温罕")
    user = int(str(phone.get_attribute("data-person")))
    menu = [{"command": f"c{n}", "description": _LONG[n % len(_LONG)][:256]} for n in range(100)]
    page.bot("setMyCommands", {"commands": menu, "scope": {"type": "chat", "chat_id": user}})
    page.until(lambda: page.driver.execute_async_script(_MENU, str(user)) == 100)
    page.driver.execute_script("location.hash = arguments[0]", str(user))
    page.tap("命令", phone)
    page.until(lambda: len(page.driver.find_elements(By.CSS_SELECTOR, "dialog .entry")) == 100)
    for width in WIDTHS:
        for height in (390, 860):
            resize(page.driver, (width, height))
            assert page.driver.execute_script(_ASTRAY) == [], (width, height)
            assert page.fits(), width


_MENU = """
const [user, done] = arguments;
fetch(`/control/users/${user}/chat`).then((answer) => answer.json()).then((chat) => done(chat.menu.length));
"""


def test_a_phone_that_lies_on_its_side_shows_the_chat(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.open("岩温罕")
    for size in (*LYING, PHONE, (320, 640)):
        resize(page.driver, size)
        share, keys, width = page.driver.execute_script(_SHARE)
        assert share >= 0.5, (size, share)
        assert keys
        assert width >= 300
        assert page.fits(), size
        key = page.driver.find_element(By.CSS_SELECTOR, ".key")
        assert page.driver.execute_script(_IN_SIGHT, key), size


_IN_SIGHT = """
const box = arguments[0].getBoundingClientRect();
return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
"""


_WHOLE = """
const [node] = arguments;
const room = node.closest(".who").getBoundingClientRect();
return node.scrollWidth <= node.clientWidth && node.getBoundingClientRect().right <= room.right + 1;
"""


def test_the_second_line_of_a_phone_is_never_cut(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    for name, area in (("咩相", "芒恩第一网格"), ("王建平", "勐溪镇")):
        phone = page.open(name)
        for width in (320, 344, 360, 390, 568, 759):
            resize(page.driver, (width, 700))
            parts = phone.find_elements(By.CSS_SELECTOR, ".duty > span")
            assert parts[1].text.endswith(area)
            for part in parts:
                assert page.driver.execute_script(_WHOLE, part), (name, width)
        resize(page.driver, PHONE)
        page.tap("回到人员列表", phone)


def test_whoever_has_yet_to_join_presses_start_as_in_telegram(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    phone = page.open("李春梅")
    keys = [key.text for key in phone.find_elements(By.TAG_NAME, "button") if key.is_displayed()]
    assert [key for key in keys if "START" in key] == ["开始（START）"]
    page.tap("开始", phone)
    page.see(phone, "李春梅，您好")


def test_what_waits_for_the_signal_has_a_small_clock(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    phone = page.open("岩温罕")
    page.tap("信号", phone)
    page.tap("上岗", phone)
    foot = phone.find_element(By.CSS_SELECTOR, ".queued .foot")
    words = foot.find_element(By.CSS_SELECTOR, ".aloud")
    assert foot.find_element(By.CSS_SELECTOR, "svg").is_displayed()
    assert (words.get_attribute("textContent"), words.size["width"]) == ("待发送", 1)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_all_words_stand_out_by_day_and_at_night(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(size)
    for _ in _scenes(page):
        for night in (False, True):
            page.dark(night)
            assert page.driver.execute_script(CONTRAST) == []


def _scenes(page: Page) -> Iterator[None]:
    """The page with one thing after another on it."""
    yield
    phone = page.open("岩温罕")
    user = str(phone.get_attribute("data-person"))
    words = "<b>粗</b> <a href='https://a.cn'>链接</a> <code>x</code> <blockquote>引</blockquote> /help #a1"
    page.bot("sendMessage", {"chat_id": int(user), "text": words, "parse_mode": "HTML"})
    page.see(phone, "粗")
    last = int(str(phone.find_elements(By.CSS_SELECTOR, ".message")[-1].get_attribute("data-id")))
    page.do(user, "text", {"text": "https://a.cn /help 好", "reply_to": last})
    page.until(lambda: phone.find_elements(By.CSS_SELECTOR, ".mine .quote"))
    page.do(user, "forward", {"message_id": last})
    page.do(user, "location", {"latitude": 25.0, "longitude": 100.0})
    page.do(user, "contact", {})
    page.do(user, "voice", {})
    page.do(user, "document", {"name": "表.xlsx"})
    page.until(lambda: len(phone.find_elements(By.CSS_SELECTOR, ".mine .card")) == 3)
    page.until(lambda: phone.find_elements(By.CSS_SELECTOR, ".mine .origin"))
    yield
    page.tap("信号", phone)
    phone.find_element(By.CSS_SELECTOR, ".key").click()
    page.until(lambda: phone.find_elements(By.CSS_SELECTOR, ".queued"))
    phone.find_element(By.TAG_NAME, "textarea").send_keys("写了一半")
    yield
    for sheet in ("附件", "更多"):
        page.tap(sheet, phone)
        yield
        page.tap("关闭", page.driver.find_element(By.CSS_SELECTOR, "dialog[open]"))


def test_the_font_is_served_once_and_named_last(open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    connection = HTTPConnection(page.driver.current_url.split("/")[2], timeout=10)
    connection.request("GET", "/chinese.ttf")
    response = connection.getresponse()
    assert (response.status, response.headers["content-type"]) == (200, "font/ttf")
    assert "max-age=31536000" in response.headers["cache-control"]
    assert response.read(4) == b"\x00\x01\x00\x00"
    connection.close()
    style = (PAGE / "style.css").read_text()
    face = re.search(r"@font-face \{[^}]*\}", style)
    assert face
    assert 'url("chinese.ttf")' in face[0]
    assert "font-display: swap" in face[0]
    lists = re.findall(r'(?:font|font-family): ([^;]*"GridDuty Chinese"[^;]*);', style.replace(face[0], ""))
    assert lists
    assert all(names.rstrip().endswith('"GridDuty Chinese"') for names in lists)


def test_a_computer_without_a_chinese_font_shows_chinese(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{_latin_fonts()}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    page = open_page(DESKTOP)
    page.until(
        lambda: (
            page.driver.execute_script("return [...document.fonts].map((font) => font.status)") == ["loaded"]
        )
    )
    # A sign that no font has is as wide as any other such sign, and a box.
    assert page.driver.execute_script(_DRAWN) > 1
    assert page.errors() == []


_DRAWN = """
const canvas = document.createElement("canvas"); canvas.width = canvas.height = 40;
const pen = canvas.getContext("2d", {willReadFrequently: true});
pen.font = `30px ${getComputedStyle(document.body).fontFamily}`;
const drawn = [..."网格值守"].map((letter) => {
    pen.clearRect(0, 0, 40, 40); pen.fillText(letter, 4, 32);
    return pen.getImageData(0, 0, 40, 40).data.join();
});
return new Set(drawn).size;
"""


def _latin_fonts() -> str:
    """The folder of the fonts that come with the library for pictures: without one Chinese sign."""
    return str(Path(mpl.get_data_path()) / "fonts" / "ttf")
