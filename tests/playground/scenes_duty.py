"""Joining, check-in, check-out, corrections, the own record: what is photographed of the duty itself."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from bot.settings import load
from bot.storage.database import Database
from models import Invite, Person, code_hash
from tests.playground.browser import DESKTOP, PHONE, resize
from tests.playground.camera import SCALE, Town
from tests.playground.demo_process import MORNING


def joining(town: Town) -> None:
    """A newcomer opens the link, confirms, and is in."""
    town.hold("李春梅")
    town.photograph("join-1-link")
    town.press("李春梅", "开始", then="李春梅，您好")
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
    town.press("何木果", "下班", then="待发送")
    town.photograph("no-signal")
    town.touch("何木果", "信号")
    town.press("何木果", then="已下班")


def missed(town: Town) -> None:
    """A check-in that was forgotten: three taps, the supervisor's card, the answer."""
    town.wait_until("08:40")
    town.read("刀安保", "周督促")
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
    town.press("岩温罕", "我更早就到岗了", "07:30", "没信号", then="补卡送出去了")
    resize(town.page.driver, DESKTOP)
    town.hold("岩温罕", "刀安保")
    town.photograph("desktop-two-people")
    resize(town.page.driver, PHONE, SCALE)
    town.say("刀安保", "/corrections", then="补卡等批")
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
    town.wait_until("19:55")
    town.touch("岩温罕", "🤝 交班")
    town.read("何木果", "岩温罕 19:55 交了班")
    town.touch("何木果", "接班，都对")
    town.read("何木果", "何木果 19:55 接了班")
    town.wait_until("20:02")
    town.press("岩温罕", "下班", then="已下班")
    town.photograph("checkout-1-done")
    town.press("岩温罕", "点错了", then="取消了")
    town.photograph("checkout-2-undone")
    town.wait_until("20:05")
    town.press("岩温罕", "下班", then="已下班")


def own_record(town: Town) -> None:
    """What everybody can see of the own record, and the choice of language."""
    town.press("岩温罕", "我的", then="📒")
    town.photograph("my")
    town.say("玉喊", "/mydata", then="这里记着您的")
    town.photograph("mydata")
    town.say("玉喊", "/language", then="请选语言")
    town.photograph("language")


def household_help(town: Town) -> None:
    """What a household head can do here."""
    town.press("咩相", "帮助", then="110")
    town.photograph("head-help")


def household_record(town: Town) -> None:
    """What is kept about a household head."""
    town.say("咩相", "/mydata", then="这里记着您的")
    town.photograph("head-mydata")


def feedback(town: Town) -> None:
    """What a worker says reaches the administrator."""
    town.say("玉喊", "/feedback", then="不顺手")
    town.say("玉喊", "字太小了，能不能大一点", then="收到了")
    town.press("林静", then="玉喊")
    town.photograph("admin-feedback")
