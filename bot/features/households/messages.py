"""What is said about households: each kind of message, declared once."""

from dataclasses import replace

from bot.features.households import daily_answer, help, views
from bot.outbox.notices import NEWS, REMINDER, URGENT, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("household.day", views.day, load=daily_answer.load, policy=REMINDER),
    MessageKind("household.day_sure", views.day, load=daily_answer.load, policy=NEWS),
    MessageKind("household.day_own", views.day, load=daily_answer.load),
    MessageKind("household.told_well", views.told_well),
    MessageKind("household.told_before", views.told_before),
    MessageKind("household.marked", views.marked),
    MessageKind("household.recent", views.recent),
    MessageKind("household.help", views.help_wanted, load=help.load, policy=URGENT),
    MessageKind("household.told", views.help_wanted, load=help.load, policy=URGENT_HELD),
    MessageKind("household.voice", views.voice),
    MessageKind("household.outcome", views.outcome, policy=replace(NEWS, folds=True)),
    MessageKind("household.taken", views.taken, policy=replace(NEWS, folds=True)),
)
