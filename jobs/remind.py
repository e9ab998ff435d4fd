"""Every minute: the rules of the reminders, one after another."""

from datetime import timedelta

from bot.access import Work
from bot.features.reminders import reminders
from jobs.job import Batch, Job, Occasion

MOST = 300


def run(work: Work, occasion: Occasion) -> Batch:
    """Some people of one rule; the cursor is the rule and the number to go on after."""
    rules = work.settings.reminders.rules
    number = int(occasion.cursor.get("rule", 0))
    if number >= len(rules):
        return Batch()
    told, last = reminders.remind(work, rules[number], occasion.due_at, occasion.after, MOST)
    following = {"rule": number, "after": last} if last else {"rule": number + 1}
    return Batch({"reminded": told}, following if following["rule"] < len(rules) else None)


JOB = Job("remind", "* * * * *", timedelta(minutes=2), run)
