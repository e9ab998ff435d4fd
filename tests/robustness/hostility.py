"""Updates as nobody should send them, of every kind that the Bot API knows and some that it does not.

They come from a seed. What makes each one `sound`: its types are those the Bot API promises, whatever
the values; such a one must never count as a failure. One that is not sound could only come from a broken
Bot API server.
"""

import json
import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from tests.robustness.contents import (
    CONTENTS,
    DATES,
    INTEGERS,
    LIKELY,
    NASTY,
    Json,
    entities,
    place,
    text,
    user,
)

ANONYMOUS_ADMIN = 1_087_968_824
GROUP, CHANNEL = -1_001_234_567_890, -1_009_876_543_210
# Values of the wrong type for nearly every field.
WRONG: tuple[Any, ...] = (None, True, 0, -1, 2**70, 1e308, "x", "\0", [], {}, [[]], {"a": 1}, [{"id": 1}])


@dataclass(frozen=True, slots=True)
class Hostile:
    """One update as it comes over the wire. `sender` is the account that Telegram vouches for, 0: none."""

    update_id: int
    body: bytes
    sender: int
    sound: bool
    # A positive number: the private chat it came from, by its own word.
    chat: int = 0


@dataclass(slots=True)
class Loot:
    """Numbers of things that belong to others, for forged buttons."""

    checkins: list[int] = field(default_factory=list)
    corrections: list[int] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    # Form, version, number, step.
    drafts: list[tuple[str, int, int, str]] = field(default_factory=list)


class Hostility:
    """Makes updates. `senders` act, `victims` are only named: chats, owners, mentioned people."""

    def __init__(self, seed: int, senders: Sequence[int], victims: Sequence[int]) -> None:
        self.chance = random.Random(seed)
        self.senders, self.victims = list(senders), list(victims)
        self.loot = Loot()
        self._next = 1000

    def some(self, count: int) -> list[Hostile]:
        """So many more."""
        return [self._one() for _ in range(count)]

    def _one(self) -> Hostile:
        self._next += 1
        kind = self.chance.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
        sender = self.chance.choice(self.senders)
        content = KINDS[kind][1](self, sender)
        sound = True
        if self.chance.random() < 0.15:
            sound = False
            content = _corrupted(self.chance, content)
        update = {"update_id": self._next, kind: content}
        if not sound and self.chance.random() < 0.1:
            update["update_id"] = self.chance.choice(["1", -5, None, 2**70, 1.5, self._next])
        if self.chance.random() < 0.02:
            return self._raw(update, sender)
        return Hostile(self._next, json.dumps(update).encode(), _sender_in(content), sound, _chat_in(content))

    def _raw(self, update: Json, sender: int) -> Hostile:
        """Not JSON, or JSON that no one reads."""
        whole = json.dumps(update).encode()
        start = b'{"update_id":%d,"message":' % self._next
        broken = [
            whole[: len(whole) // 2], start + b"[" * 3000 + b"]" * 3000 + b"}", start + b'{"date":1e999}}',
            start + b'{"text":"\xff\xfe"}}', start + b"NaN}", start + b"1" * 5000 + b"}",
            start + _replies(300) + b"}", start + _replies(90) + b"}", b"[" + whole + b"]", b"null",
            b'"%d"' % self._next, b"",
        ]  # fmt: skip
        return Hostile(self._next, self.chance.choice(broken), 0, sound=False, chat=7)

    def chat(self, sender: int) -> Json:
        """Mostly the sender's own chat; or a group, a channel, somebody else's chat."""
        roll = self.chance.random()
        if roll < 0.75:
            return {"id": sender, "type": "private", "first_name": "刀建国"}
        if roll < 0.85:
            return {"id": self.chance.choice(self.victims), "type": "private", "username": "x"}
        return {
            "id": GROUP,
            "type": self.chance.choice(["group", "supergroup", "forum"]),
            "title": "<b>刀建国",
        }

    def date(self) -> int:
        """Mostly now, as the test's clock has it."""
        return 1_795_391_940 if self.chance.random() < 0.8 else self.chance.choice(DATES)

    def message(self, sender: int) -> Json:
        """Any content, from a person, an anonymous admin, a channel, or from nobody."""
        kind = self.chance.choice(LIKELY if self.chance.random() < 0.7 else list(CONTENTS))
        made: Json = {
            "message_id": self.chance.choice([5, *INTEGERS]), "date": self.date(), "chat": self.chat(sender),
            "from": user(sender), **CONTENTS[kind](self.chance, sender),
        }  # fmt: skip
        roll = self.chance.random()
        if roll < 0.04:
            del made["from"]
            # Without a sender, what comes in a private chat is from whose chat it is.
            if made["chat"]["type"] == "private":
                made["chat"] |= {"id": sender}
        elif roll < 0.07:
            made |= {"from": user(ANONYMOUS_ADMIN), "sender_chat": {"id": GROUP, "type": "supergroup"}}
        if self.chance.random() < 0.15:
            made |= self._additions()
        return made

    def _additions(self) -> Json:
        """Forwards, replies, topics: all about other people."""
        victim = self.chance.choice(self.victims)
        origin = {"type": self.chance.choice(["user", "hidden_user", "ghost"]), "date": 1}
        before = {"message_id": 1, "date": 1, "chat": self.chat(victim), "from": user(victim), "text": "上岗"}
        return {
            "forward_origin": {**origin, "sender_user": user(victim), "sender_user_name": "岩罕"},
            "reply_to_message": before, "via_bot": user(victim), "business_connection_id": "7",
            "media_group_id": "1", "has_protected_content": True, "quote": {"text": "x", "position": -1},
        }  # fmt: skip

    def edited(self, sender: int) -> Json:
        """Mostly a live location that moves."""
        made = self.message(sender) | {"edit_date": self.date()}
        return made | ({"location": place(self.chance)} if self.chance.random() < 0.5 else {})

    def post(self, sender: int) -> Json:
        """A channel's: nobody has sent it."""
        made = self.message(sender) | {"chat": {"id": CHANNEL, "type": "channel", "title": "x"}}
        made.pop("from", None)
        return made | {"author_signature": "刀建国", "sender_chat": {"id": CHANNEL, "type": "channel"}}

    def button(self, sender: int) -> Json:
        """A pressed button: real, forged, or of a message that is gone."""
        made: Json = {"id": str(self.chance.choice(INTEGERS)), "from": user(sender), "chat_instance": "1"}
        roll = self.chance.random()
        if roll < 0.6:
            made["message"] = self.message(sender)
        elif roll < 0.8:
            made["message"] = {"chat": self.chat(sender), "message_id": 1, "date": 0}
        else:
            made["inline_message_id"] = "x"
        made |= {"data": self.data()} if self.chance.random() < 0.97 else {"game_short_name": "chk:noplace"}
        return made

    def data(self) -> str:
        """A button's data: every kind there is, about anybody's things."""
        number = self.chance.choice([1, 2, 0, 10**14, 10**20, "٣", "-1", "1 OR 1=1"])
        things = self.chance.choice([self.loot.checkins, self.loot.corrections, self.loot.requests])
        one = self.chance.choice([*things, number])
        form, version, draft, step = self.chance.choice([*self.loot.drafts, ("correction", 1, 5, "what")])
        answer = self.chance.choice([0, 1, 2, 3, 5, 99, "go", "no", "done", "nò"])
        forged = [
            "myd:all", "chk:noplace", f"chk:undo:{one}", f"cor:early:{one}", f"cor:yes:{one}",
            f"cor:no:{one}", f"second:yes:{one}", f"second:no:{one}",
            f"lang:{self.chance.choice(['en', 'zh_CN', 'xx', 'zh_CNx'])}",
            f"my:older:{one}", f"f:{form}:{version}:{draft}:{step}:{answer}",
            f"f:{form}:{version}:{draft}:x:{answer}",
            f"f:feedback:{version}:{draft}:{step}:{answer}", f"f:{form}:9:{draft}:{step}:{answer}", "f:",
            "chk:undo:",
            f"cor:yes:{one}\n", "x" * 64, "岗" * 21, *NASTY[:13],
        ]  # fmt: skip
        weights = [5] * 10 + [12] * 2 + [1] * (len(forged) - 12)
        return self.chance.choices(forged, weights)[0]

    def membership(self, sender: int) -> Json:
        """Somebody comes or goes, somewhere."""
        states = ["member", "left", "kicked", "administrator", "restricted", "creator", "haunting"]
        both: list[Json] = [{"user": user(sender), "status": self.chance.choice(states)} for _ in range(2)]
        rights: Json = dict.fromkeys(_RIGHTS, False)
        for state in both:
            state |= {
                **rights,
                "until_date": 0,
                "is_anonymous": False,
                "is_member": True,
                "custom_title": "书记",
            }
        return {
            "chat": self.chat(sender), "from": user(sender), "date": self.date(), "old_chat_member": both[0],
            "new_chat_member": both[1],
        }  # fmt: skip


_RIGHTS = (
    "can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_send_messages", "can_send_audios",
    "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_edit_tag",
    "can_react_to_messages",
)  # fmt: skip


def _boost(h: Hostility, sender: int) -> Json:
    source = {"source": h.chance.choice(["premium", "gift_code", "magic"]), "user": user(sender)}
    boost = {"boost_id": "x", "add_date": 1, "expiration_date": 2**31, "source": source}
    return {"chat": h.chat(sender), "boost": boost, "boost_id": "x", "remove_date": 1, "source": source}


def _query(h: Hostility, sender: int) -> Json:
    asked = text(h.chance, sender)[:256]
    return {
        "id": "1", "from": user(sender), "query": asked, "offset": "", "result_id": "chk:noplace",
        "location": place(h.chance), "invoice_payload": "cor:yes:1", "currency": "XTR", "total_amount": -1,
        "shipping_address": dict.fromkeys(
            ["country_code", "state", "city", "street_line1", "street_line2", "post_code"], "<b>"
        ),
    }  # fmt: skip


def _reaction(h: Hostility, sender: int) -> Json:
    emoji: list[Json] = [{"type": "emoji", "emoji": "👍"}, {"type": "paid"}, {"type": "smell", "smell": "x"}]
    counted = [{"type": each, "total_count": -1} for each in emoji]
    who = {"user": user(sender)} if h.chance.random() < 0.8 else {"actor_chat": h.chat(sender)}
    return {
        "chat": h.chat(sender), "message_id": 1, "date": h.date(), "old_reaction": emoji[:1],
        "new_reaction": emoji, "reactions": counted, **who,
    }  # fmt: skip


def _business(h: Hostility, sender: int) -> Json:
    return {
        "id": "1", "user": user(sender), "user_chat_id": h.chance.choice(h.victims), "date": h.date(),
        "is_enabled": True, "rights": {"can_reply": True}, "chat": h.chat(sender), "message_ids": [1, 2**52],
        "business_connection_id": "1", "connection_id": "1", "paid_media_payload": "f:", "from": user(sender),
        "bot": user(sender),
    }  # fmt: skip


def _answer(h: Hostility, sender: int) -> Json:
    who = {"user": user(sender)} if h.chance.random() < 0.8 else {"voter_chat": h.chat(sender)}
    return {"poll_id": "1", "option_ids": [-1, 2**31], "option_persistent_ids": ["x"], **who}


def _unknown(h: Hostility, sender: int) -> Json:
    said = text(h.chance, sender)
    return {"text": said, "entities": entities(h.chance, said), "from": user(sender), "chat": h.chat(sender)}


def _join(h: Hostility, sender: int) -> Json:
    return {
        "chat": h.chat(sender),
        "from": user(sender),
        "user_chat_id": h.victims[0],
        "date": h.date(),
        "bio": "\0",
    }


def _poll(h: Hostility, sender: int) -> Json:
    poll: Json = CONTENTS["poll"](h.chance, sender)["poll"]
    return poll


# Of each kind its weight, and what makes its content.
KINDS: dict[str, tuple[int, Callable[[Hostility, int], Json]]] = {
    "message": (45, Hostility.message),
    "callback_query": (30, Hostility.button),
    "edited_message": (10, Hostility.edited),
    "my_chat_member": (3, Hostility.membership),
    "chat_member": (1, Hostility.membership),
    "channel_post": (1, Hostility.post),
    "edited_channel_post": (1, Hostility.post),
    "inline_query": (1, _query),
    "chosen_inline_result": (1, _query),
    "shipping_query": (1, _query),
    "pre_checkout_query": (1, _query),
    "poll": (1, _poll),
    "poll_answer": (1, _answer),
    "chat_join_request": (1, _join),
    "chat_boost": (1, _boost),
    "removed_chat_boost": (1, _boost),
    "message_reaction": (1, _reaction),
    "message_reaction_count": (1, _reaction),
    "business_connection": (1, _business),
    "business_message": (1, Hostility.message),
    "edited_business_message": (1, Hostility.edited),
    "deleted_business_messages": (1, _business),
    "purchased_paid_media": (1, _business),
    "managed_bot": (1, _business),
    "guest_message": (1, Hostility.message),
    "telepathy": (1, _unknown),
}


def _corrupted(chance: random.Random, content: Json) -> Any:
    """The same with one to three values of the wrong type, anywhere in it."""
    whole = json.loads(json.dumps({"it": content}))
    for _ in range(chance.randint(1, 3)):
        holder, key = whole, "it"
        while isinstance(holder[key], dict | list) and holder[key] and chance.random() < 0.8:
            holder = holder[key]
            key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        holder[key] = deepcopy(chance.choice(WRONG))
    return whole["it"]


def _replies(depth: int) -> bytes:
    """A message that answers one that answers one."""
    start = b'{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"reply_to_message":'
    return start * depth + b"null" + b"}" * depth


def _sender_in(content: Any) -> int:
    """The account that Telegram vouches for: what calls itself one but has no possible number is nobody."""
    who = (content.get("from") or content.get("user")) if isinstance(content, dict) else None
    number = who.get("id") if isinstance(who, dict) else None
    return number if type(number) is int and 0 < number < 2**62 else 0


def _chat_in(content: Any) -> int:
    holder = content.get("message", content) if isinstance(content, dict) else None
    chat = holder.get("chat") if isinstance(holder, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    return number if type(number) is int and 0 < number < 2**62 else 0
