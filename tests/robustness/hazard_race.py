"""Two processes that press accept and send back on the same hazards at the same instant.

    python -m tests.robustness.hazard_race URL accept|reopen PERSON FIRST COUNT START

At START (seconds of the clock) and every few milliseconds from then on, one hazard is decided; a line each
tells what came of it.
"""

import sys
import time
from datetime import UTC, datetime
from random import Random

from bot.access import Actor, ActorKind, Holding, Work
from bot.base.errors import Refused
from bot.features.hazards import workflow
from bot.settings import DatabaseSettings, Settings
from bot.storage.database import Database
from bot.words.said import Remark
from models import RoleName

VERSION, EVERY = 2, 0.04
# Neither hand is always the quicker one.
SHAKE = 0.006


def decide(db: Database, how: str, actor: Actor, number: int, settings: Settings) -> str:
    """Accept it, or send it back; `done`, or why not."""
    now = datetime.now(UTC)
    try:
        with db.write_now() as session:
            if how == "accept":
                workflow.accept(Work(session, actor, now, settings), number, VERSION)
            else:
                workflow.reopen(Work(session, actor, now, settings), number, VERSION, Remark("还没整改"))
    except Refused as refused:
        return refused.key
    return "done"


def main() -> None:
    """Decide one after the other, each at its instant."""
    url, how, person, first, count, start = sys.argv[1:]
    db, settings, path = Database(DatabaseSettings(url=url)), Settings(), "T/"
    holdings = (Holding(RoleName.SUPERVISOR, path),)
    actor = Actor(ActorKind.PERSON, int(person), f"P{person}", 1, path, holdings, 1, int(person), int(person))
    shaking = Random(how)
    for place in range(int(count)):
        time.sleep(max(0.0, float(start) + place * EVERY + shaking.uniform(0, SHAKE) - time.time()))
        print(decide(db, how, actor, int(first) + place, settings))
    db.close()


if __name__ == "__main__":
    main()
