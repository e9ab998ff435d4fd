"""No message keeps a live key of a form but the one on which its open question stands."""

from collections import defaultdict

from sqlalchemy import select
from sqlmodel import col

from models import Draft
from tests.e2e.town import Town


def live_keys(town: Town) -> dict[int, set[tuple[int, int]]]:
    """Every draft whose keys are on a screen, with the chats and messages they are on."""
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    with town.playground.world.lock:
        for chat in town.playground.world.private.values():
            for message in chat.messages.values():
                for button in message.buttons if not message.deleted and not chat.blocked else ():
                    if (button.data or "").startswith("f:"):
                        found[int((button.data or "").split(":")[3])].add((chat.id, message.id))
    return found


def require_no_stray_keys(town: Town) -> None:
    """AssertionError where a form that is over has keys left, or an open one has them on two messages."""
    town.settle()
    with town.db.read() as session:
        open_ones = set(session.execute(select(col(Draft.id))).scalars())
    for draft, places in live_keys(town).items():
        assert draft in open_ones, f"keys of a form that is over are left on {sorted(places)}"
        assert len(places) == 1, f"keys of one form on several messages: {sorted(places)}"
