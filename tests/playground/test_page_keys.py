"""The page without a mouse, and with somebody who reads further up."""

from collections.abc import Callable

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.playground.browser import DESKTOP, PHONE, Page, resize

OpenPage = Callable[[tuple[int, int]], Page]
_TOP = "return arguments[0].scrollTop"
_FROM_END = "const list = arguments[0]; return list.scrollHeight - list.scrollTop - list.clientHeight"
# Of the elements that Tab stops at inside of the page's parts: how many each has.
_STOPS = """
const stops = [...document.querySelectorAll("button, a[href], input, textarea, [tabindex]")]
    .filter((node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility());
const parts = ["#top", "#people", ".messages", ".side", ".keys", ".phone-head"];
return Object.fromEntries(parts.map((part) => {
    const area = arguments[0].querySelector(part) || document.querySelector(part);
    return [part, stops.filter((node) => area.contains(node)).length];
}));
"""


def _active(page: Page) -> WebElement:
    return page.driver.switch_to.active_element


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        ActionChains(page.driver).send_keys(key).perform()


def _tab_from_the_top(page: Page) -> None:
    page.driver.execute_script("document.body.tabIndex = -1; document.body.focus()")
    _press(page, Keys.TAB)


def _stop_at(page: Page, part: str) -> None:
    """Come to a part of the page as Tab does."""
    page.driver.execute_script("document.querySelector(`${arguments[0]} [tabindex='0']`).focus()", part)


def _tabs_to_input(page: Page) -> int:
    _tab_from_the_top(page)
    for count in range(1, 60):
        if _active(page).tag_name == "textarea":
            return count
        _press(page, Keys.TAB)
    raise AssertionError("Tab never comes to the chat")


def _fill(page: Page, phone: WebElement, count: int = 8) -> str:
    """A chat longer than the screen, with a message that has buttons at the end."""
    user = str(phone.get_attribute("data-person"))
    for number in range(count):
        before = len(page.texts(phone))
        page.do(user, "text", {"text": "/help"})
        page.until(lambda before=before: len(page.texts(phone)) >= before + 2)  # type: ignore[misc]
        assert number < count
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) < 2)
    return user


def _list(phone: WebElement) -> WebElement:
    return phone.find_element(By.CSS_SELECTOR, ".messages")


def test_tab_comes_to_the_chat_within_five_stops(open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    phone = page.open("岩温罕")
    _fill(page, phone, 3)
    assert page.driver.execute_script(_STOPS, phone) == {
        "#top": 1, "#people": 1, ".messages": 1, ".side": 1, ".keys": 1, ".phone-head": 1,
    }  # fmt: skip
    assert _tabs_to_input(page) <= 5
    _tab_from_the_top(page)
    assert _active(page).text == "跳到聊天"
    _press(page, Keys.ENTER)
    assert _active(page).tag_name == "textarea"
    resize(page.driver, PHONE)
    assert _tabs_to_input(page) <= 5


def test_arrow_keys_move_among_people_keys_and_buttons_of_messages(open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    phone = page.phone("岩温罕")
    first = str(phone.get_attribute("data-person"))
    page.do(first, "text", {"text": "/language"})
    page.until(lambda: phone.find_elements(By.CSS_SELECTOR, ".inline button"))
    keys = phone.find_elements(By.CSS_SELECTOR, ".keys .key")
    names = [key.text for key in keys]
    _stop_at(page, ".keys")
    _press(page, Keys.END)
    assert _active(page).text == names[-1]
    _press(page, Keys.ARROW_LEFT)
    assert _active(page).text == names[-2]
    _press(page, Keys.ARROW_UP, Keys.ARROW_UP)
    assert _active(page).text in names[:2]
    _press(page, Keys.HOME, Keys.ARROW_DOWN)
    assert _active(page).text in names[:2]
    # In the list of messages: the newest message's own buttons, first the one that answers.
    _stop_at(page, ".messages")
    _press(page, Keys.END)
    labels = [button.text for button in phone.find_elements(By.CSS_SELECTOR, ".inline button")]
    assert _active(page).text == labels[-1]
    _press(page, Keys.ENTER)
    page.until(lambda: "English" in page.texts(phone)[-1] or len(page.texts(phone)) > 3)
    # In the list of people: the one below is taken with Enter, and the chat goes on with the keyboard.
    _stop_at(page, "#people")
    _press(page, Keys.ARROW_DOWN, Keys.ENTER)
    page.until(lambda: _active(page).tag_name == "textarea")
    second = _active(page).find_element(By.XPATH, "./ancestor::article")
    assert second.get_attribute("data-person") != first


def test_who_reads_further_up_stays_there_until_they_write(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    phone = page.open("岩温罕")
    user = _fill(page, phone)
    page.driver.execute_script("arguments[0].scrollTop = 200", _list(phone))
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) > 300)
    newer = phone.find_element(By.CSS_SELECTOR, ".newer")
    assert not newer.is_displayed()
    for count in (1, 2, 3):
        _say(page, user, f"新消息 {count}")
        page.until(lambda count=count: newer.text == f"↓ {count} 条新消息")  # type: ignore[misc]
        assert page.driver.execute_script(_TOP, _list(phone)) == 200
    page.driver.execute_script("arguments[0].click()", newer)
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) < 2)
    page.until(lambda: not newer.is_displayed())
    _say(page, user, "又一条")
    page.see(phone, "又一条")
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) < 2)
    page.driver.execute_script("arguments[0].scrollTop = 200", _list(phone))
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) > 300)
    phone.find_element(By.TAG_NAME, "textarea").send_keys("我写的" + Keys.ENTER)
    page.until(lambda: any("我写的" in text for text in page.texts(phone)))
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) < 2)


def test_an_edit_and_a_smaller_window_move_nothing(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    phone = page.open("岩温罕")
    user = _fill(page, phone)
    number = page.bot("sendMessage", {"chat_id": int(user), "text": "先这样"})["message_id"]
    page.see(phone, "先这样")
    page.driver.execute_script("arguments[0].scrollTop = 200", _list(phone))
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) > 300)
    page.bot("editMessageText", {"chat_id": int(user), "message_id": number, "text": "改过的"})
    page.until(lambda: "改过的" in page.texts(phone)[-1])
    assert page.driver.execute_script(_TOP, _list(phone)) == 200
    page.tap("显示或收起按钮", phone)
    assert page.driver.execute_script(_TOP, _list(phone)) == 200
    assert not phone.find_element(By.CSS_SELECTOR, ".newer").is_displayed()
    # Who reads the end goes on reading the end.
    page.driver.execute_script("arguments[0].scrollTop = 1e6", _list(phone))
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) < 2)
    page.tap("显示或收起按钮", phone)
    page.until(lambda: page.driver.execute_script(_FROM_END, _list(phone)) < 2)


def _say(page: Page, user: str, text: str) -> None:
    page.bot("sendMessage", {"chat_id": int(user), "text": text})
