"""Groups: privacy, coming and going of the bot, the move to a supergroup."""

from typing import Any

import pytest

from bot.playground.groups import Group
from bot.playground.people import NotPossible, Person
from bot.playground.runner import Playground
from tests.playground.conftest import Client


@pytest.fixture
def boss(playground: Playground) -> Person:
    return playground.person("书记")


@pytest.fixture
def group(playground: Playground, boss: Person) -> Group:
    return playground.group("执勤群", boss)


def kinds(client: Client) -> list[str]:
    updates: list[dict[str, Any]] = client.ok("getUpdates")
    return [next(name for name in update if name != "update_id") for update in updates]


def test_the_bot_is_added_and_writes(client: Client, group: Group, boss: Person) -> None:
    outside = client.refused("sendMessage", chat_id=group.id, text="x")
    assert outside == "Forbidden: bot is not a member of the group chat"
    group.add_bot(boss.user)
    assert kinds(client) == ["my_chat_member", "message"]
    client.ok("sendMessage", chat_id=group.id, text="日报")
    assert boss.wait_for("日报", chat=group.chat).chat is group.chat
    asks = {"keyboard": [[{"text": "位置", "request_location": True}]]}
    refused = client.refused("sendMessage", chat_id=group.id, text="x", reply_markup=asks)
    assert refused == "Bad Request: location can be requested in private chats only"


def test_privacy_hides_talk(playground: Playground, client: Client, group: Group, boss: Person) -> None:
    group.add_bot(boss.user)
    client.ok("getUpdates", offset=-1)
    assert boss.send("大家好", group.chat) == 0
    assert boss.send("/bind@other_bot", group.chat) == 0
    assert boss.send("/bind", group.chat) > 0
    assert boss.send("/bind@gridduty_bot", group.chat) > 0
    assert boss.send("问 @gridduty_bot", group.chat) > 0
    client.ok("sendMessage", chat_id=group.id, text="x")
    assert boss.reply(group.messages[-1], "好") > 0
    group.promote_bot(boss.user)
    assert boss.send("大家好", group.chat) > 0


def test_kicked_and_gone(client: Client, group: Group, boss: Person) -> None:
    group.add_bot(boss.user)
    group.kick_bot(boss.user)
    refused = client.refused("sendMessage", chat_id=group.id, text="x")
    assert refused == "Forbidden: bot was kicked from the group chat"
    group.add_bot(boss.user)
    client.ok("leaveChat", chat_id=group.id)
    assert "not a member" in client.refused("sendMessage", chat_id=group.id, text="x")


def test_pinning_needs_rights(client: Client, group: Group, boss: Person) -> None:
    group.add_bot(boss.user)
    sent = client.ok("sendMessage", chat_id=group.id, text="x")["message_id"]
    assert "not enough rights" in client.refused("pinChatMessage", chat_id=group.id, message_id=sent)
    group.promote_bot(boss.user)
    client.ok("pinChatMessage", chat_id=group.id, message_id=sent)
    assert client.ok("getChatMember", chat_id=group.id, user_id=1_000_001)["status"] == "administrator"


def test_the_group_becomes_a_supergroup(client: Client, group: Group, boss: Person) -> None:
    group.add_bot(boss.user)
    old = group.id
    group.migrate(boss.user)
    answer = client.call("sendMessage", chat_id=old, text="x")
    assert answer["error_code"] == 400
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": group.id}
    client.ok("sendMessage", chat_id=group.id, text="x")
    moved = [update["message"] for update in client.ok("getUpdates")[-2:]]
    assert (moved[0]["migrate_to_chat_id"], moved[1]["migrate_from_chat_id"]) == (group.id, old)


def test_topics_are_strict(client: Client, group: Group, boss: Person) -> None:
    group.add_bot(boss.user)
    group.migrate(boss.user)
    missing = "Bad Request: message thread not found"
    assert client.refused("sendMessage", chat_id=group.id, text="x", message_thread_id=77) == missing
    group.open_topic(77, "汇总")
    sent = client.ok("sendMessage", chat_id=group.id, text="x", message_thread_id=77)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (77, True)
    assert client.refused("sendMessage", chat_id=group.id, text="x", message_thread_id=1) == missing
    assert "message_thread_id" not in client.ok("sendMessage", chat_id=group.id, text="x")
    boss.speak("/bind", group.chat, thread=77)
    told = client.ok("getUpdates")[-1]["message"]
    assert (told["message_thread_id"], told["is_topic_message"]) == (77, True)
    group.close_topic(77)
    closed = client.refused("sendMessage", chat_id=group.id, text="x", message_thread_id=77)
    assert closed == "Bad Request: TOPIC_CLOSED"
    group.delete_topic(77)
    assert client.refused("sendMessage", chat_id=group.id, text="x", message_thread_id=77) == missing


def test_a_hidden_administrator_writes_as_the_group(client: Client, group: Group, boss: Person) -> None:
    group.add_bot(boss.user)
    with pytest.raises(NotPossible):
        boss.speak("/bind", group.chat, anonymously=True)
    group.chat.members[boss.id] = "administrator"
    boss.speak("/bind", group.chat, anonymously=True)
    told = client.ok("getUpdates")[-1]["message"]
    assert told["from"]["username"] == "GroupAnonymousBot"
    assert told["sender_chat"]["id"] == group.id
