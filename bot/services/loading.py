"""Notices whose facts are read, and whose need is asked again, just before they are sent."""

from collections.abc import Callable

from sqlmodel import Session

from bot.access import Actor
from bot.notices import Facts
from bot.services import corrections, household_help, households, mydata, second_accounts, shifts

# What the reader may see now; None: no longer needed, or no longer theirs to see.
Load = Callable[[Session, Actor, Facts], Facts | None]

LOADS: dict[str, Load] = {
    "correction.asked": corrections.load,
    "correction.waiting": corrections.load,
    "join.second_account_asked": second_accounts.load,
    "shifts.changed": shifts.load_change,
    "shifts.changed_soon": shifts.load_change,
    "mydata.page": mydata.load,
    "household.day": households.load,
    "household.day_own": households.load,
    "household.help": household_help.load,
    "household.told": household_help.load,
}
