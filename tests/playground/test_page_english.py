"""One press, and the whole demo is in English: the page, the township, what the bot says; and back."""

import re
from collections.abc import Callable

from selenium.webdriver.common.by import By

from bot.playground.english import NAMES, naming
from bot.playground.township import sample_names
from tests.playground.browser import DESKTOP, Page

OpenPage = Callable[[tuple[int, int]], Page]
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_TOWN = "fetch('/demo/town').then((answer) => answer.text()).then(arguments[0])"
_SEEN = """
const parts = [document.title, ...document.querySelectorAll("#top, #people, .phone-head, .keys, .composer")];
const names = ["aria-label", "title", "placeholder"];
const outside = [...document.querySelectorAll("*")].filter((node) => !node.closest(".messages"));
const aloud = outside.flatMap((node) => names.map((name) => node.getAttribute(name) || ""));
return [...parts.map((part) => part.innerText || part), ...aloud].join(" ");
"""


def test_one_press_makes_all_of_it_english_and_one_more_makes_it_chinese(open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    page.open("岩温罕")
    page.tap("English")
    page.until(lambda: page.driver.find_elements(By.CSS_SELECTOR, '.phone[aria-label^="Ai Wenhan"]'))
    phone = page.phone("Ai Wenhan")
    page.until(lambda: "English" in page.texts(phone)[-1])
    # The name of the other language is written in it.
    page.until(lambda: set(_CHINESE.findall(page.driver.execute_script(_SEEN))) <= {"中文"})
    assert not _CHINESE.search(page.driver.execute_async_script(_TOWN))
    assert page.driver.find_elements(By.CSS_SELECTOR, "#people .badge") == []
    for key in ("On duty", "Help", "My record"):
        before = len(page.texts(phone))
        page.tap(key, phone.find_element(By.CSS_SELECTOR, ".keys"))
        page.until(lambda before=before: len(page.texts(phone)) >= before + 2)  # type: ignore[misc]
        assert not _CHINESE.search(page.texts(phone)[-1]), page.texts(phone)[-1]
    page.tap("Commands", phone)
    sheet = page.driver.find_element(By.CSS_SELECTOR, "dialog[open]")
    assert not _CHINESE.search(sheet.text)
    page.tap("Close", sheet)
    page.driver.refresh()
    page.until(lambda: page.driver.find_elements(By.CSS_SELECTOR, '.phone[aria-label^="Ai Wenhan"]'))
    newcomer = page.open("Li Chunmei")
    page.tap("START", newcomer)
    page.until(lambda: "Li Chunmei" in (page.texts(newcomer) or [""])[-1])
    assert not _CHINESE.search(page.texts(newcomer)[-1])
    page.tap("中文")
    page.until(lambda: page.driver.find_elements(By.CSS_SELECTOR, '.phone[aria-label^="李春梅"]'))
    phone = page.open("岩温罕")
    page.until(lambda: "上岗" in phone.find_element(By.CSS_SELECTOR, ".keys").text)
    assert page.errors() == []


def test_every_name_of_the_township_has_one_in_english() -> None:
    told, back = naming("en"), naming("zh_CN")
    for name in sample_names():
        assert not _CHINESE.search(told(name)), name
        assert back(told(name)) == name
        assert told(told(name)) == told(name)
    assert len(set(NAMES.values())) == len(NAMES)
    assert told("一二、三") == "一二、三"
    assert back("one, two") == "one, two"
