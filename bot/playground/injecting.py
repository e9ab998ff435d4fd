"""Updates put straight into a bot's queue, for loads and for things no phone would send."""

from bot.playground.bots import BotAccount
from bot.playground.replies import JsonObject
from bot.playground.updates import KINDS
from bot.playground.world import World


def inject(world: World, bot: BotAccount, updates: list[JsonObject]) -> list[int]:
    """Queue updates as they are, without their ids, which are given back.

    Each holds one kind, as in {"message": {…}}. People not yet known are made known and have started the bot,
    so that it can answer them. Raises StopIteration or KeyError where kind or sender are missing.
    """
    told = []
    with world.lock:
        for update in updates:
            kind = next(name for name in update if name in KINDS)
            told.append(bot.updates.add(kind, update[kind], _meet(world, bot, update[kind])))
    return told


def _meet(world: World, bot: BotAccount, body: JsonObject) -> int:
    """Make the sender known; gives the chat's id."""
    sender = body["from"]
    user = world.users.get(sender["id"]) or world.add_user(sender["first_name"], sender["id"])
    chat = body.get("chat") or body["message"]["chat"]
    if chat["type"] == "private":
        world.private_chat(bot, user).started = True
    return int(chat["id"])


def inject_raw(world: World, bot: BotAccount, kind: str, body: bytes, chat_id: int = 0) -> int:
    """Queue an update whose content is these bytes of JSON, sensible or not; gives its id."""
    with world.lock:
        update_id = bot.updates.next_id
        return bot.updates.add_raw(b'{"update_id":%d,"%s":%s}' % (update_id, kind.encode(), body), chat_id)
