"""Every minute, where the roster has changed: what people who left had in hand goes to whoever is next."""

from bot.access import SYSTEM, Work
from bot.features.people import leavers
from bot.storage import values
from jobs.job import LAST_MINUTE, Batch, Job, Occasion

# Each is a handful of statements.
MOST = 25


def run(work: Work, occasion: Occasion) -> Batch:
    """Kind by kind, some things a batch; once more where the roster has changed meanwhile."""
    cursor = occasion.cursor
    if not cursor and not leavers.is_due(work.session, SYSTEM):
        return Batch({})
    version = str(cursor.get("version") or values.roster_version(work.session))
    name, place = str(cursor.get("name", version)), int(cursor.get("place", 0))
    if place == len(leavers.KINDS):
        done = leavers.finish(work, version)
        return Batch({}, None if done else {"name": name})
    passed, last = leavers.pass_on(work, place, occasion.after, name, MOST)
    follows = {"place": place, "after": last} if last else {"place": place + 1, "after": 0}
    return Batch({"passed_on": passed}, {"version": version, "name": name, **follows})


JOB = Job("pass_on", "* * * * *", LAST_MINUTE, run)
