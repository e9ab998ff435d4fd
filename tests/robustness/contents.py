"""What a message may hold: every kind of content that the Bot API knows, filled with hostile values."""

import random
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

WORDS = (
    "上岗", "下班", "下岗", "补卡", "补卡", "帮助", "我的", "签到", " 签退 ", "help", "CHECK IN", "/start",
    "/help", "/my", "/mydata", "/language", "/cancel", "/feedback", "/corrections", "/start p_qr-mangli-7f3k",
    "/start p_nowhere",
    "/start j_guessed", "/start j_" + "x" * 60, "/start@other_bot j_guessed", "/my@other_bot",
    "/", "//", "/开始", "巡逻", "有问题", "巡完了", "/patrol", "/start c_nowhere",
)  # fmt: skip
TIMES = (
    "8:05", "昨晚 20 点", "１２：３０", "٣:٠٥", "0001-01-01 00:05", "9999-12-31 24:00", "2月29日 8点",
    "24:00", "99:99",
    "零点", "十十十点", "前天 8", "2026-11-23 07:59", "早上八点半", "0000-00-00 0:00", "pm 8:05 pm",
)  # fmt: skip
NASTY = (
    "<b>", "</b></i>", "<a href='tg://user?id=1'>x</a>", "&lt;&amp;&#0;", "👨‍👩‍👧‍👦" * 40,
    "\u202e\u2066\u200f反", "\0",
    "a\0b", "\ud83d", "\udc00\ud83d", "é̂̃̄" * 50, "{$name} { -brand }",
    "\ue000words\ue001", "'; DROP TABLE person; --",
    "%s%n{0}{}", "", " ", "\n" * 50, "=1+1", "../../etc/passwd", "\\u0000",
    "https://t.me/x?start=j_1", "𝕏" * 600,
)  # fmt: skip
INTEGERS = (0, 1, -1, 2**31, 2**52, 2**63 - 1, -(2**63), 2**64, 10**18)
# Moments that python-telegram-bot can read; what lies beyond is not readable as an update.
DATES = (0, 1, -1, 2**31, 2**33, 2**37, 1_795_392_000)
LATITUDES = (24.4, 24.40123, 90.0, 91.0, -0.0, 0, -90.0, 1e308, -1e308, 1e-320, 204.4)
LONGITUDES = (98.55, 98.55321, 180.0, -180.0, 181, 540.5, -0.0, 1e308, -1e308)
LONGEST = 4096


def marker(user: int) -> str:
    """What shows, wherever it is read, whose words they are."""
    return f"⟦{user}⟧"


def text(chance: random.Random, user: int) -> str:
    """Words that act, times, or nonsense of up to 4,096 characters."""
    roll = chance.random()
    if roll < 0.4:
        return chance.choice(WORDS if chance.random() < 0.6 else WORDS[:4])
    if roll < 0.5:
        return chance.choice(TIMES)
    said = chance.choice(NASTY) + (marker(user) if chance.random() < 0.7 else "") + chance.choice(NASTY)
    if roll < 0.65:
        said = f"/feedback {said}"
    elif roll < 0.75:
        said = (said or "x") * (LONGEST // max(1, len(said)) + 1)
    return said[:LONGEST]


def entities(chance: random.Random, said: str) -> list[Json]:
    """A command where there is one; at times others that point anywhere."""
    found: list[Json] = []
    if said.startswith("/"):
        found.append({"type": "bot_command", "offset": 0, "length": len(said.split(maxsplit=1)[0])})
    if chance.random() < 0.1:
        kind = chance.choice(["bot_command", "text_mention", "custom_emoji", "hologram", "url"])
        found.append(
            {"type": kind, "offset": chance.choice([0, 5000, -1]), "length": chance.choice([0, 1, 9999])}
        )
    return found


def user(number: int, name: str = "刀建国") -> Json:
    """An account; by default under the name of somebody else."""
    return {
        "id": number, "is_bot": False, "first_name": name, "last_name": "<i>", "username": "dao_jianguo",
        "language_code": "zh-hans",
    }  # fmt: skip


def place(chance: random.Random) -> Json:
    """A place, on Earth or not."""
    found: Json = {"latitude": chance.choice(LATITUDES), "longitude": chance.choice(LONGITUDES)}
    if chance.random() < 0.5:
        found["horizontal_accuracy"] = chance.choice([0, 20, 1500, -5, 1e308, 0.0])
    if chance.random() < 0.3:
        found |= {"live_period": chance.choice([60, 0x7FFFFFFF, 0]), "heading": 400}
    return found


def _file(chance: random.Random, **more: Any) -> Json:
    name = chance.choice(["AgAC", "x" * 200, "'", "\0", "../x"])
    return {"file_id": name, "file_unique_id": name, "file_size": chance.choice(INTEGERS), **more}


def _photo(chance: random.Random, _: int) -> Json:
    sizes = [_file(chance, width=90, height=90), _file(chance, width=0, height=-1)]
    return {"photo": chance.choice([sizes, sizes[:1], []]), "caption": chance.choice(NASTY)}


def _text(chance: random.Random, number: int) -> Json:
    said = text(chance, number)
    return {"text": said, "entities": entities(chance, said)}


def _voice(chance: random.Random, _: int) -> Json:
    return {"voice": _file(chance, duration=chance.choice([1, 0, 10**9])), "caption": chance.choice(NASTY)}


def _contact(chance: random.Random, number: int) -> Json:
    phone = chance.choice(["+8613800000002", "8613800000003", "", "٠" * 11, "1" * 400, "<b>"])
    owner = chance.choice([{}, {"user_id": number}, {"user_id": -1}, {"user_id": 2**53}])
    return {"contact": {"phone_number": phone, "first_name": "玉香", "vcard": "x" * 2048, **owner}}


def _media(name: str) -> Callable[[random.Random, int], Json]:
    """A file of this kind."""
    more: Json = {
        "duration": 3,
        "width": 1,
        "height": 1,
        "length": 5,
        "type": "regular",
        "is_animated": False,
    }
    return lambda chance, number: {
        name: _file(chance, **more, is_video=False, thumbnail=_file(chance, width=1, height=1)),
        "caption": text(chance, number),
    }


def _fixed(**content: Any) -> Callable[[random.Random, int], Json]:
    """The same every time."""
    return lambda chance, number: content


def _poll(chance: random.Random, number: int) -> Json:
    return {
        "id": "7", "question": text(chance, number)[:300], "is_closed": False, "is_anonymous": True,
        "type": "quiz",
        "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}], "total_voter_count": 0,
        "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
        "correct_option_ids": [99],
    }  # fmt: skip


_CHAT: Json = {"id": -100_777, "type": "channel", "title": "李雪梅"}
_INVOICE: Json = {
    "title": "x",
    "description": "y",
    "start_parameter": "z",
    "currency": "XTR",
    "total_amount": 2**52,
}
_PAID: Json = {
    "currency": "XTR", "total_amount": 1, "invoice_payload": "chk:undo:1", "telegram_payment_charge_id": "1",
    "provider_payment_charge_id": "",
}  # fmt: skip
_VENUE: Json = {"location": {"latitude": 24.4, "longitude": 98.5}, "title": "<b>", "address": "\0"}
_GIVEN: Json = {
    "chats": [_CHAT], "winners_selection_date": 1, "winner_count": 1, "giveaway_message_id": 1,
    "winners": [user(7)],
}  # fmt: skip

CONTENTS: dict[str, Callable[[random.Random, int], Json]] = {
    "text": _text,
    "photo": _photo,
    "voice": _voice,
    "location": lambda chance, _: {"location": place(chance)},
    "contact": _contact,
    "venue": lambda chance, _: {"venue": {**_VENUE, "location": place(chance)}, "location": place(chance)},
    "poll": lambda chance, number: {"poll": _poll(chance, number)},
    **{kind: _media(kind) for kind in ("video", "animation", "audio", "video_note", "document", "sticker")},
    "dice": _fixed(dice={"emoji": "🎰", "value": 2**31}),
    "game": _fixed(game={"title": "上岗", "description": "", "photo": []}),
    "invoice": _fixed(invoice=_INVOICE),
    "successful_payment": _fixed(successful_payment=_PAID),
    "refunded_payment": _fixed(refunded_payment=_PAID),
    "passport_data": _fixed(
        passport_data={"data": [], "credentials": {"data": "x", "hash": "y", "secret": "z"}}
    ),
    "users_shared": _fixed(users_shared={"request_id": 1, "users": [{"user_id": 7, "first_name": "岩罕"}]}),
    "chat_shared": _fixed(chat_shared={"request_id": 1, "chat_id": -1}),
    "joined": lambda chance, number: {"new_chat_members": [user(number), user(2**52)]},
    "left": lambda chance, number: {"left_chat_member": user(number)},
    "title": _fixed(new_chat_title="<b>" * 80),
    "new_photo": _fixed(new_chat_photo=[]),
    "photo_gone": _fixed(delete_chat_photo=True),
    "created": _fixed(supergroup_chat_created=True),
    "migrated": _fixed(migrate_to_chat_id=-(2**60), migrate_from_chat_id=-1),
    "pinned": _fixed(pinned_message={"chat": _CHAT, "message_id": 1, "date": 0}),
    "topic": _fixed(
        forum_topic_created={"name": "x", "icon_color": 0}, is_topic_message=True, message_thread_id=0
    ),
    "video_chat": _fixed(video_chat_ended={"duration": 1}, video_chat_started={}),
    "web_app": _fixed(web_app_data={"data": "chk:noplace", "button_text": "上岗"}),
    "story": _fixed(story={"chat": _CHAT, "id": 1}),
    "giveaway": _fixed(giveaway={"chats": [_CHAT], "winners_selection_date": 1, "winner_count": 0}),
    "winners": _fixed(giveaway_winners={**_GIVEN, "chat": _CHAT}),
    "paid_media": _fixed(
        paid_media={"star_count": 1, "paid_media": [{"type": "preview"}, {"type": "smell"}]}
    ),
    "timer": _fixed(message_auto_delete_timer_changed={"message_auto_delete_time": -1}),
    "near": lambda chance, number: {
        "proximity_alert_triggered": {"traveler": user(number), "watcher": user(7), "distance": -1}
    },
    "allowed": _fixed(write_access_allowed={"web_app_name": "x"}),
    "boosted": _fixed(boost_added={"boost_count": -1}),
    "background": _fixed(chat_background_set={"type": {"type": "weather", "rain": 9}}),
    "website": _fixed(connected_website="<script>"),
    "unknown": _fixed(brain_wave={"text": "上岗", "from": {"id": 1}}, smell=[[[]]], text_next={"text": 1}),
    "nothing": _fixed(),
}
# What a bot of this kind really acts on comes up more often.
LIKELY = (*["text"] * 5, "location", "photo", "voice", "contact")
