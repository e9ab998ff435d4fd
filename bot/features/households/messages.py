"""What is said about households: each kind of message, declared once."""

from dataclasses import replace

from bot.features.households import daily_answer, help, views
from bot.outbox.notices import NEWS, REMINDER, URGENT, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("household.day", views.day, load=daily_answer.load, policy=REMINDER),
    DictKind("household.day_sure", views.day, load=daily_answer.load, policy=NEWS),
    DictKind("household.day_own", views.day, load=daily_answer.load),
    DictKind("household.told_well", views.told_well),
    DictKind("household.told_before", views.told_before),
    DictKind("household.marked", views.marked),
    DictKind("household.recent", views.recent),
    DictKind("household.help", views.help_wanted, load=help.load, policy=URGENT),
    DictKind("household.told", views.help_wanted, load=help.load, policy=URGENT_HELD),
    DictKind("household.voice", views.voice),
    DictKind("household.outcome", views.outcome, policy=replace(NEWS, folds=True)),
    DictKind("household.taken", views.taken, policy=replace(NEWS, folds=True)),
)
