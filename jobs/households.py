"""Household heads: asked in the evening, when their area wants it, whether their households are well; who has
not answered is asked once more later."""

from datetime import timedelta
from functools import partial

from bot.access import Work
from bot.features.households import asking as household_asking
from jobs.job import Job, Occasion, by_number

MOST = 200


def _asking(work: Work, occasion: Occasion, *, again: bool = False) -> tuple[int, int | None]:
    asked = household_asking.ask(work, occasion.path, occasion.after, MOST, but=occasion.but, again=again)
    return asked.heads, asked.after


ASK = Job("ask_households", "0 19 * * *", timedelta(hours=2), by_number("asked", _asking), by_area=True)
_remind = by_number("reminded", partial(_asking, again=True))
REMIND = Job("remind_households", "30 20 * * *", timedelta(hours=1), _remind, by_area=True)
