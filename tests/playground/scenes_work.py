"""Handover, patrol, hazard, the heads' evening, what those in charge see: photographed at work."""

import base64
from itertools import pairwise

from bot.playground import pictures
from tests.playground.camera import Town

# Along the river, from one corner of the path to the next, as somebody walks it with the phone in hand.
_WALK = (
    (25.0120, 100.0700), (25.0134, 100.0722), (25.0137, 100.0751), (25.0158, 100.0770),
    (25.0159, 100.0809), (25.0183, 100.0828),
)  # fmt: skip
UNDER_MESSAGES = ".messages"
_STEPS = 7  # between two corners, half a minute each


def handover(town: Town) -> None:
    """The watch of the night hands over to that of the day, with something left to do."""
    town.wait_until("07:51")
    town.press("何木果", then="交接班")
    town.photograph("handover-1-give")
    town.press("何木果", "加一条", then="还有什么没办完")
    town.say("何木果", "东边围栏有个洞，等村里来修", then="加上了")
    town.touch("何木果", "🤝 交班")
    town.read("何木果", "等接班的人确认")
    town.press("岩温罕", then="何木果")
    town.photograph("handover-2-take")
    town.touch("岩温罕", "接班，都对")
    town.read("岩温罕", "接了班，都对")


def patrol(town: Town) -> None:
    """A patrol with live location, one thing found, handed in; the report with its map."""
    town.wait_until("08:45")
    town.press("岩温罕", "🚶 巡逻", then="到了 0/4")
    town.photograph("patrol-1-out")
    user = f"/control/users/{town.ids['岩温罕']}"
    town.post(f"{user}/location", _place(_WALK[0]) | {"live": 3600})
    for start, end in pairwise(_WALK):
        for step in range(1, _STEPS + 1):
            share = step / _STEPS
            place = tuple(a + (b - a) * share for a, b in zip(start, end, strict=True))
            town.post("/demo/clock", {"minutes": 0.5})
            town.post(f"{user}/move", _place(place))
    town.read("岩温罕", "到了 4/4")
    town.press("岩温罕", "有问题", then="哪里有问题")
    town.photograph("patrol-2-items")
    town.press("岩温罕", "围栏", then="记下了")
    send_photo(town, "岩温罕", "stones", then="记在「围栏")
    town.press("岩温罕", "🏁 巡完了", then="要看的有")
    town.press("岩温罕", "其余都正常，交了", then="必到点 4/4")
    town.photograph("patrol-3-report")


def _place(place: tuple[float, ...]) -> dict[str, float]:
    return {"latitude": place[0], "longitude": place[1], "accuracy": 8}


def send_photo(town: Town, name: str, picture: str, then: str, reply_to: int | None = None) -> None:
    """Let somebody send one of the page's pictures; wait for the answer."""
    wish = {"data": base64.b64encode(pictures.draw(picture)).decode()}
    answered = {"reply_to": reply_to} if reply_to else {}
    phone = town.hold(name)
    town.post(f"/control/users/{town.ids[name]}/photo", wish | answered)
    town.page.until(lambda: then in "\n".join(town.page.texts(phone)[-2:]))


def hazard(town: Town) -> None:
    """Told with four taps, given to somebody, put right, looked at with both photos side by side."""
    send_photo(town, "玉喊", "tree", then="这是哪一类")
    town.photograph("hazard-1-kind")
    town.press("玉喊", "道路", then="在哪里")
    town.press("玉喊", "🏘 芒恩第二网格", then="点「📤 发出」")
    town.photograph("hazard-2-send")
    town.press("玉喊", "📤", then="收到：")
    town.photograph("hazard-3-sent")
    town.press("刀安保", then="还没派人")
    town.photograph("hazard-4-card")
    town.press("刀安保", "派人去办", then="派给谁")
    town.press("刀安保", "玉喊（", then="派给玉喊")
    town.press("玉喊", then="玉喊负责")
    town.press("玉喊", "🔧 整改好了", then="请发一张")
    send_photo(town, "玉喊", "cleared", then="记下了")
    town.read("玉喊", "✓ 📷")
    town.photograph("hazard-5-fixed")
    town.press("刀安保", then="到位还是退回")
    town.photograph("hazard-6-verify")
    town.press("刀安保", "看过，到位", then="刀安保复核")


def request(town: Town) -> None:
    """Taken down with four taps, given to somebody, done, the resident asked."""
    town.press("玉喊", "📝 群众诉求", then="哪一类")
    town.press("玉喊", "🌾 农业生产", then="是什么事")
    town.say("玉喊", "甘蔗地边的机耕路被水冲断了，车进不去。", then="怎么办")
    town.photograph("request-1-how")
    town.press("玉喊", "限时办", then="登记好了")
    town.photograph("request-2-sent")
    town.press("刀安保", then="机耕路")
    town.photograph("request-3-card")
    town.press("刀安保", "派人去办", then="派给谁")
    town.press("刀安保", "玉喊（", then="派给玉喊")
    town.press("玉喊", then="玉喊负责")
    town.press("玉喊", "✅ 办好了", then="怎么办的")
    town.say("玉喊", "垫了石子，拖拉机能过了。", then="辛苦")
    town.read("玉喊", "请您问问群众")
    town.photograph("request-4-ask")
    town.touch("玉喊", "😊 解决了")
    town.read("玉喊", "解决了（玉喊办的")


def evening(town: Town) -> None:
    """A household head is asked; one household needs help, and the village hears of it."""
    town.wait_until("19:00")
    town.press("咩相", then="10 户")
    town.photograph("head-1-asked")
    town.touch("咩相", "哪户有事", UNDER_MESSAGES)
    town.press("咩相", then="哪户有事")
    town.photograph("head-2-numbers")
    town.press("咩相", "3", then="第 3 户有什么事")
    town.photograph("head-3-what")
    town.press("咩相", "要帮忙", "其余都平安", then="已经告诉刀安保")
    town.read("咩相", "9 户平安")
    town.photograph("head-4-told")
    town.press("刀安保", then="第 3 户")
    town.photograph("help-card")


def overview(town: Town) -> None:
    """Who has not reported, and a person's ledger."""
    town.wait_until("10:00")
    town.press("刀安保", then="应到 5 人，没上岗")
    town.photograph("missing")
    town.press("岩温罕", "我的", then="📒")
    town.press("岩温罕", "一本账", then="一本账")
    town.photograph("ledger")
