"""What is said about households: each kind of message, declared once."""

from dataclasses import replace

from bot.features.households import daily_answer, help, notices, views
from bot.outbox.notices import NEWS, REMINDER, URGENT_HELD
from bot.views.messages import loaded, message

MESSAGES = (
    loaded(
        notices.HouseholdDayCard, daily_answer.load, notices.ShownDay, views.day, policy=REMINDER,
        before={"household.day_sure": {"surely": True}, "household.day_own": {"answers": True}},
    ),
    message(notices.HouseholdToldWell, views.told_well),
    message(notices.HouseholdToldBefore, views.told_before),
    message(notices.HouseholdMarked, views.marked),
    message(notices.HouseholdRecent, views.recent),
    loaded(
        notices.HouseholdHelp, help.load, notices.HouseholdHelp, views.help_wanted, policy=URGENT_HELD,
        before={"household.told": {}},
    ),
    message(notices.HouseholdVoice, views.voice),
    message(notices.HouseholdOutcomeTold, views.outcome, policy=replace(NEWS, folds=True)),
    message(notices.HouseholdTaken, views.taken, policy=replace(NEWS, folds=True)),
)  # fmt: skip
