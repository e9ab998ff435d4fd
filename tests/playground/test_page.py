"""The page in a real browser, as a person sees it: on a desktop and on a phone."""

import asyncio
from collections.abc import Callable

import pytest
from pydantic import SecretStr
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from bot import charts
from bot.deliver import calls
from bot.deliver.calls import Attached
from bot.playground.runner import bot_token
from bot.settings.core import TelegramSettings
from bot.telegram_api import Api
from bot.views.base import Message
from tests.playground.browser import DESKTOP, PHONE, Page

# A check-in is to be answered within one second; a busy machine is given more.
ANSWER_SECONDS = 4.0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_newcomer_joins_and_keeps_duty(
    open_page: Callable[[tuple[int, int]], Page], size: tuple[int, int]
) -> None:
    page = open_page(size)
    phone = page.open("李春梅")
    page.tap("开始", phone)
    page.see(phone, "李春梅，您好")
    page.tap("确认是我本人", phone)
    page.see(phone, "欢迎您，李春梅")
    page.tap("上岗", phone)
    taken = page.see(phone, "已上岗")
    assert "弄喊第二网格 ✓" in page.texts(phone)[-1]
    assert taken < ANSWER_SECONDS
    page.tap("下班", phone)
    page.see(phone, "已下班")
    assert page.fits()
    assert page.errors() == []


def test_who_is_off_the_post_is_asked_to_check(open_page: Callable[[tuple[int, int]], Page]) -> None:
    page = open_page(PHONE)
    phone = page.open("岩温罕")
    page.tap("在芒恩边境卡点", phone)
    sheet = page.driver.find_element(By.CSS_SELECTOR, "dialog[open]")
    sheet.find_element(By.XPATH, './/label[contains(., "1.2 公里")]').click()
    page.tap("发送位置", sheet)
    page.see(phone, "1.2 公里，照样收下")


def test_what_people_write_is_never_markup(open_page: Callable[[tuple[int, int]], Page]) -> None:
    page = open_page(DESKTOP)
    phone = page.phone("岩温罕")
    wicked = "<img src=x onerror=alert(1)><b>hi</b>"
    phone.find_element(By.TAG_NAME, "textarea").send_keys(wicked + Keys.ENTER)
    page.until(lambda: any(wicked in text for text in page.texts(phone)))
    assert phone.find_elements(By.CSS_SELECTOR, ".words img, .words b") == []
    assert page.errors() == []


def test_the_keyboard_is_enough_to_answer_a_message(open_page: Callable[[tuple[int, int]], Page]) -> None:
    page = open_page(DESKTOP)
    phone = page.phone("岩温罕")
    phone.find_elements(By.CSS_SELECTOR, ".message .more")[-1].send_keys(Keys.ENTER)
    page.driver.switch_to.active_element.send_keys(Keys.TAB, Keys.ENTER)
    page.until(lambda: page.driver.switch_to.active_element.tag_name == "textarea")
    page.driver.switch_to.active_element.send_keys("/help", Keys.ENTER)
    page.until(lambda: phone.find_elements(By.CSS_SELECTOR, ".mine .quote"))
    phone.find_elements(By.CSS_SELECTOR, ".message .more")[-1].send_keys(Keys.ENTER)
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    page.until(lambda: not page.driver.find_elements(By.TAG_NAME, "dialog"))


def test_without_signal_acts_wait(open_page: Callable[[tuple[int, int]], Page]) -> None:
    page = open_page(DESKTOP)
    phone = page.phone("岩温罕")
    before = len(page.texts(phone))
    page.tap("信号", phone)
    page.tap("上岗", phone)
    page.until(lambda: phone.find_elements(By.CSS_SELECTOR, ".queued"))
    page.tap("+10 分钟")
    page.until(lambda: "07:58" in page.driver.find_element(By.ID, "top").text)
    assert len(page.texts(phone)) == before + 1
    page.tap("信号", phone)
    page.see(phone, "已上岗 07:58")
    assert not phone.find_elements(By.CSS_SELECTOR, ".queued")


def test_pictures_and_files_of_the_bot_are_shown(open_page: Callable[[tuple[int, int]], Page]) -> None:
    page = open_page(PHONE)
    phone = page.open("岩温罕")
    chat = int(page.driver.current_url.partition("#")[2])
    url = page.driver.current_url.partition("#")[0]
    asyncio.run(_send(url, chat))
    page.see(phone, "明细都在这张表里")
    picture = phone.find_element(By.CSS_SELECTOR, ".bubble .photo img")
    page.until(lambda: page.driver.execute_script("return arguments[0].naturalWidth > 300", picture))
    assert picture.size["width"] > 250
    link = phone.find_element(By.CSS_SELECTOR, ".bubble a[download]")
    assert link.get_attribute("download") == "11月到岗.xlsx"
    assert page.fits()
    assert page.errors() == []


async def _send(url: str, chat: int) -> None:
    """Let the bot send a picture with a caption, and a sheet."""
    settings = TelegramSettings(token=SecretStr(bot_token(1_000_001)), base_url=f"{url}bot")
    api = Api(settings)
    drawn = charts.draw("sample", {"title": "芒里村 到岗", "rows": [["芒里第一网格", 3, 4]]}, [])
    sent = (
        (Attached("a", "photo", content=drawn, name="a.png", mime="image/png"), "<b>今早</b>到岗 3 人"),
        (Attached("b", "document", content=b"PK", name="11月到岗.xlsx", mime=""), "明细都在这张表里"),
    )
    for attached, words in sent:
        call = calls.send(chat, Message(words), None, attached)
        await api.upload(call.method, call.values, call.files)
    await api.close()


def test_two_phones_side_by_side_and_unread_ones_counted(
    open_page: Callable[[tuple[int, int]], Page],
) -> None:
    page = open_page(DESKTOP)
    assert page.phone("岩温罕").is_displayed()
    assert page.phone("刀安保").is_displayed()
    row = page.driver.find_element(By.XPATH, '//li[contains(., "玉喊")]')
    number = str(row.find_element(By.CSS_SELECTOR, ".pick").get_attribute("data-key")).removeprefix("p")
    page.do(number, "text", {"text": "/help"})
    unread = f'.pick[data-key="p{number}"] .badge'
    page.until(lambda: [badge.text for badge in page.driver.find_elements(By.CSS_SELECTOR, unread)] == ["1"])
    page.open("玉喊")
    page.until(lambda: not page.driver.find_elements(By.CSS_SELECTOR, unread))
    page.tap("English")
    page.until(
        lambda: "People" in (page.driver.find_element(By.ID, "people").get_attribute("aria-label") or "")
    )
