"""Groups: who is in, and what happens to the bot there."""

from collections.abc import Iterable

from bot.playground.bots import BotAccount
from bot.playground.methods.chats import tell_membership
from bot.playground.replies import JsonObject
from bot.playground.sharing import NotPossible
from bot.playground.world import Chat, Message, User, World


class Group:
    """A group as tests handle it: `chat` is what people pass as `chat=`. Deeds give the update ids."""

    def __init__(self, world: World, bot: BotAccount, title: str, people: Iterable[User]) -> None:
        self.chat = world.add_group(title)
        self._world = world
        self._bot = bot
        for person in people:
            self.chat.members[person.id] = "member"

    @property
    def id(self) -> int:
        """The chat id; it changes when the group becomes a supergroup."""
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """All messages still there, oldest first."""
        with self._world.lock:
            return [message for message in self.chat.messages.values() if not message.deleted]

    def join(self, person: User) -> None:
        """Let a person in; bots without rights are not told."""
        with self._world.lock:
            self.chat.members[person.id] = "member"

    def add_bot(self, by: User, status: str = "member") -> list[int]:
        """A person adds the bot, as "member" or "administrator"."""
        with self._world.lock:
            told = [self._change(by, status)]
            newcomers = {"new_chat_members": [self._bot.user_shown()]}
            return [*told, self._service(self.chat, by, newcomers)]

    def promote_bot(self, by: User) -> list[int]:
        """A person makes the bot administrator."""
        with self._world.lock:
            return [self._change(by, "administrator")]

    def open_topic(self, number: int, name: str) -> None:
        """Somebody opens a topic; from then on the group has topics."""
        with self._world.lock:
            if self.chat.kind != "supergroup":
                raise NotPossible("only a supergroup has topics")
            self.chat.topics[number] = name

    def delete_topic(self, number: int) -> None:
        """Somebody deletes a topic with all that is in it; the bot is not told."""
        with self._world.lock:
            del self.chat.topics[number]
            for message in list(self.chat.messages.values()):
                if message.data.get("message_thread_id") == number:
                    self._world.remove(message)

    def close_topic(self, number: int) -> None:
        """Somebody closes a topic: only administrators write there."""
        with self._world.lock:
            self.chat.closed_topics.add(number)

    def kick_bot(self, by: User) -> list[int]:
        """A person throws the bot out."""
        with self._world.lock:
            return [self._change(by, "kicked")]

    def migrate(self, by: User) -> list[int]:
        """The group becomes a supergroup with a new id; `chat` is the new one from here on."""
        with self._world.lock:
            old, new = self.chat, self._world.add_group(self.chat.title, supergroup=True)
            new.members = dict(old.members)
            told = [self._service(old, by, {"migrate_to_chat_id": new.id})]
            old.migrated_to = new.id
            self.chat = new
            return [*told, self._service(new, by, {"migrate_from_chat_id": old.id})]

    def _service(self, chat: Chat, by: User, content: JsonObject) -> int:
        message = self._world.write(chat, by, content)
        return self._bot.updates.add("message", message.data, chat.id)

    def _change(self, by: User, status: str) -> int:
        before = self.chat.members.get(self._bot.id, "left")
        self.chat.members[self._bot.id] = status
        return tell_membership(self._world, self._bot, self.chat, by, (before, status))
