"""What is said about households: each kind of message, declared once."""

from dataclasses import replace

from bot.features.households import daily_answer, help, views
from bot.features.households.notices import (
    HouseholdDayCard,
    HouseholdDayOwn,
    HouseholdDaySure,
    HouseholdHelp,
    HouseholdMarked,
    HouseholdOutcomeTold,
    HouseholdRecent,
    HouseholdTaken,
    HouseholdToldBefore,
    HouseholdToldWell,
    HouseholdVoice,
    ShownDay,
)
from bot.outbox.notices import NEWS, REMINDER, URGENT_HELD
from bot.views.messages import loaded, message

MESSAGES = (
    loaded(HouseholdDayCard, daily_answer.load, ShownDay, views.day, policy=REMINDER),
    loaded(HouseholdDaySure, daily_answer.load, ShownDay, views.day, policy=NEWS),
    loaded(HouseholdDayOwn, daily_answer.load, ShownDay, views.day),
    message(HouseholdToldWell, views.told_well),
    message(HouseholdToldBefore, views.told_before),
    message(HouseholdMarked, views.marked),
    message(HouseholdRecent, views.recent),
    loaded(
        HouseholdHelp, help.load, HouseholdHelp, views.help_wanted, policy=URGENT_HELD,
        before={"household.told": {}},
    ),
    message(HouseholdVoice, views.voice),
    message(HouseholdOutcomeTold, views.outcome, policy=replace(NEWS, folds=True)),
    message(HouseholdTaken, views.taken, policy=replace(NEWS, folds=True)),
)  # fmt: skip
