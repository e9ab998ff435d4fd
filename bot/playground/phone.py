"""A person's phone: what people can do in Telegram. Every deed becomes the update Telegram would send."""

import re

from bot.playground.bots import BotAccount
from bot.playground.methods.chats import tell_membership
from bot.playground.methods.sending import quoted, topic_fields
from bot.playground.replies import JsonObject
from bot.playground.sharing import NotPossible, Place, sample_photo
from bot.playground.spotting import spot
from bot.playground.world import Chat, Message, User, World

FOREVER = 0x7FFFFFFF  # the live_period of a location shared until stopped
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}$")


class Phone:
    """What one person does with one bot. Deeds return the id of the update, 0 if the bot did not ask for it.

    `chat` is a group, or None for the person's own chat with the bot; `date` is a Unix time that stands in
    for now, as when a message was written without signal. Raises `NotPossible` for what no app allows.
    """

    def __init__(self, world: World, bot: BotAccount, user: User) -> None:
        self.world = world
        self.account = bot
        self.user = user
        with world.lock:
            self.private = world.private_chat(bot, user)
        self.latest: Message | None = None  # what the person wrote last

    def say(
        self,
        content: JsonObject,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        date: int | None = None,
    ) -> int:
        """Write a message with these fields."""
        with self.world.lock:
            chat = self._open(chat)
            if reply_to is not None:
                content = {**content, "reply_to_message": quoted(reply_to)}
            self.latest = self.world.write(chat, self.user, content, date)
            return self._tell(chat, "message", self.latest.data)

    def _open(self, chat: Chat | None) -> Chat:
        chat = chat or self.private
        if self.user.deactivated:
            raise NotPossible(f"{self.user.first_name} has deleted the account")
        if chat.private:
            if chat.blocked:
                raise NotPossible(f"{self.user.first_name} has blocked the bot")
            chat.started = True
        elif chat.members.get(self.user.id, "left") in ("left", "kicked"):
            raise NotPossible(f"{self.user.first_name} is not in {chat.title}")
        elif chat.migrated_to:
            raise NotPossible(f"{chat.title} has become a supergroup")
        return chat

    def _tell(self, chat: Chat, kind: str, body: JsonObject) -> int:
        return self.world.tell(chat, kind, body).get(self.account.id, 0)

    def start(self, payload: str = "", date: int | None = None) -> int:
        """Open the bot by its link and press START."""
        if payload and not _PAYLOAD.match(payload):
            raise NotPossible("a start payload has up to 64 of A-Z a-z 0-9 _ -")
        return self.text(f"/start {payload}".strip(), date=date)

    def text(
        self, text: str, chat: Chat | None = None, reply_to: Message | None = None, date: int | None = None
    ) -> int:
        """Send text."""
        clean = text.strip()
        if not 1 <= len(clean) <= 4096:
            raise NotPossible("a message has 1-4096 characters")
        content: JsonObject = {"text": clean}
        if entities := spot(clean):
            content["entities"] = entities
        return self.say(content, chat, reply_to, date)

    def speak(self, text: str, chat: Chat, thread: int | None = None, anonymously: bool = False) -> int:
        """Write in a group: in one of its topics, or in the name of the group as its hidden administrator."""
        with self.world.lock:
            self._open(chat)
            if thread is not None and thread not in chat.topics:
                raise NotPossible(f"{chat.title} has no topic {thread}")
            if anonymously and chat.members.get(self.user.id) not in ("administrator", "creator"):
                raise NotPossible(f"{self.user.first_name} is no administrator of {chat.title}")
            topic = topic_fields(thread) if thread is not None else {}
            content: JsonObject = {**topic, "text": text, "entities": spot(text)}
            author = self.world.hidden if anonymously else self.user
            hidden = {"sender_chat": chat.shown()} if anonymously else {}
            self.latest = self.world.write(chat, author, {**content, **hidden})
            return self._tell(chat, "message", self.latest.data)

    def location(
        self,
        place: Place,
        live: int | None = None,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        date: int | None = None,
    ) -> int:
        """Share a place; `live` is for how many seconds it will be kept up to date."""
        point = place.shown()
        if live is not None:
            point["live_period"] = live
        return self.say({"location": point}, chat, reply_to, date)

    def move(self, place: Place, stop: bool = False, date: int | None = None) -> int:
        """Move the live location shared last, or end it there."""
        with self.world.lock:
            live = [m for m in self._mine() if "live_period" in m.data.get("location", {})]
            if not live:
                raise NotPossible("no live location is being shared")
            message = live[-1]
            point = place.shown()
            if not stop:
                point["live_period"] = message.data["location"]["live_period"]
            return self._edit(message, {"location": point}, date)

    def edit(self, message: Message, text: str, date: int | None = None) -> int:
        """Change the text of an own message, or the caption of what it shows."""
        if message.author is not self.user:
            raise NotPossible("only own messages can be edited")
        name = "text" if "text" in message.data else "caption"
        fields: JsonObject = {name: text}
        if entities := spot(text):
            fields["entities" if name == "text" else "caption_entities"] = entities
        return self._edit(message, fields, date)

    def _edit(self, message: Message, fields: JsonObject, date: int | None) -> int:
        with self.world.lock:
            chat = self._open(message.chat)
            stamp = self.world.timestamp() if date is None else date
            message.data = {**message.data, **fields, "edit_date": stamp}
            message.edits += 1
            self.world.touch(message)
            return self._tell(chat, "edited_message", message.data)

    def _mine(self) -> list[Message]:
        return [m for m in self.private.messages.values() if m.author is self.user and not m.deleted]

    def venue(self, place: Place, title: str, address: str) -> int:
        """Share a named place picked from the map."""
        point = place.shown()
        return self.say({"location": point, "venue": {"location": point, "title": title, "address": address}})

    def contact(
        self, other: User | None = None, name: str = "", phone: str = "", chat: Chat | None = None
    ) -> int:
        """Share the own contact, another user's, or one from the address book (`name`, `phone`)."""
        if phone:
            return self.say({"contact": {"phone_number": phone, "first_name": name or "?"}}, chat)
        return self.say({"contact": self._card(other or self.user)}, chat)

    def _card(self, user: User) -> JsonObject:
        if not user.phone:
            raise NotPossible(f"{user.first_name} has no phone number")
        return {"phone_number": user.phone, "first_name": user.first_name, "user_id": user.id}

    def photo(
        self,
        data: bytes | None = None,
        caption: str = "",
        chat: Chat | None = None,
        reply_to: Message | None = None,
        date: int | None = None,
        album: str | None = None,
    ) -> int:
        """Send a picture as a photo, plain if none is given; `album` makes it one part of an album that
        arrives bit by bit."""
        group = {"media_group_id": album} if album else {}
        with self.world.lock:
            sizes = self.world.files.add_photo(data or sample_photo(), None)
        return self.say({**group, "photo": sizes, **_caption(caption)}, chat, reply_to, date)

    def album(self, pictures: list[bytes], caption: str = "", date: int | None = None) -> list[int]:
        """Send 2-10 photos as an album: one update each, the caption on the first."""
        if not 2 <= len(pictures) <= 10:
            raise NotPossible("an album has 2-10 pictures")
        album = str(13_000_000_000 + self.world.new_id())
        captions = [caption, *[""] * len(pictures)]
        return [self.photo(data, captions[i], date=date, album=album) for i, data in enumerate(pictures)]

    def document(
        self, data: bytes, name: str, mime: str = "application/octet-stream", caption: str = ""
    ) -> int:
        """Send a file as it is; a picture sent so keeps its EXIF."""
        file = self._file("document", data, name, mime)
        return self.say({"document": {**file, "file_name": name, "mime_type": mime}, **_caption(caption)})

    def voice(self, seconds: int = 3, data: bytes = b"OggS voice", reply_to: Message | None = None) -> int:
        """Send a voice note."""
        file = self._file("voice", data, "", "audio/ogg", seconds)
        return self.say({"voice": {**file, "duration": seconds, "mime_type": "audio/ogg"}}, reply_to=reply_to)

    def audio(self, seconds: int = 60, data: bytes = b"ID3 audio") -> int:
        """Send a piece of music."""
        return self.say({"audio": {**self._file("audio", data, "", "audio/mpeg"), "duration": seconds}})

    def video(self, seconds: int = 5, data: bytes = b"video") -> int:
        """Send a video."""
        file = self._file("video", data, "video.mp4", "video/mp4")
        size = {"width": 640, "height": 480, "duration": seconds, "mime_type": "video/mp4"}
        return self.say({"video": {**file, **size}})

    def sticker(self, emoji: str = "👍") -> int:
        """Send a sticker."""
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.say({"sticker": {**self._file("sticker", emoji.encode()), **look, "emoji": emoji}})

    def _file(self, kind: str, data: bytes, name: str = "", mime: str = "", seconds: int = 0) -> JsonObject:
        with self.world.lock:
            return self.world.files.add(kind, data, None, name, mime, seconds).shown()

    def forward(self, message: Message, to: Chat | None = None) -> int:
        """Forward a message into a chat."""
        leave_out = ("message_id", "from", "chat", "date", "reply_to_message", "reply_markup", "edit_date")
        content = {name: value for name, value in message.data.items() if name not in leave_out}
        origin = message.data.get("forward_origin") or {
            "type": "user",
            "sender_user": message.author.shown(),
            "date": message.data["date"],
        }
        return self.say({**content, "forward_origin": origin}, to)

    def click(self, message: Message, data: str) -> int:
        """Press the inline button with this callback data, though the message may be old or deleted."""
        with self.world.lock:
            chat = self._open(message.chat)
            query_id = self.world.add_tap(self.user, chat)
            shown = message.data
            if message.deleted:
                shown = {"chat": chat.shown(), "message_id": message.id, "date": 0}
            body = {
                "id": query_id,
                "from": self.user.shown(),
                "message": shown,
                "chat_instance": chat.instance,
                "data": data,
            }
            return self._tell(chat, "callback_query", body)

    def press(self, button: JsonObject, place: Place | None = None) -> int:
        """Press a button of the reply keyboard; one that asks for the location sends `place`."""
        shown_by = self.private.keyboard_message
        keyboard = self.private.keyboard or {}
        if keyboard.get("one_time_keyboard"):
            self.private.keyboard = None
        if button.get("request_location"):
            if place is None:
                raise NotPossible(f"the button {button['text']} needs a location")
            return self.location(place, reply_to=shown_by)
        if button.get("request_contact"):
            return self.say({"contact": self._card(self.user)}, reply_to=shown_by)
        return self.text(button["text"])

    def react(self, message: Message, emoji: str | None) -> int:
        """Put one's reaction on a message, or take it away."""
        with self.world.lock:
            chat = self._open(message.chat)
            old = message.reactions.get(self.user.id, [])
            new = [{"type": "emoji", "emoji": emoji}] if emoji else []
            message.reactions[self.user.id] = new
            self.world.touch(message)
            body = {
                "chat": chat.shown(),
                "message_id": message.id,
                "user": self.user.shown(),
                "date": self.world.timestamp(),
                "old_reaction": old,
                "new_reaction": new,
            }
            return self._tell(chat, "message_reaction", body)

    def delete(self, message: Message) -> None:
        """Delete a message for both sides; Telegram tells bots nothing of it."""
        with self.world.lock:
            self._open(message.chat)
            self.world.remove(message)

    def block(self) -> int:
        """Block the bot."""
        return self._blocking(True)

    def unblock(self) -> int:
        """Unblock the bot."""
        return self._blocking(False)

    def _blocking(self, blocked: bool) -> int:
        with self.world.lock:
            self.private.blocked = blocked
            self.world.stir(self.private)
            statuses = ("member", "kicked") if blocked else ("kicked", "member")
            return tell_membership(self.world, self.account, self.private, self.user, statuses)


def _caption(caption: str) -> JsonObject:
    if not caption:
        return {}
    entities = spot(caption)
    return {"caption": caption, "caption_entities": entities} if entities else {"caption": caption}
