"""What is said about reminders: each kind of message, declared once."""

from dataclasses import replace

from bot.features.reminders import digest, held_overnight, reminders
from bot.features.reminders.notices import Folded
from bot.features.reminders.views import area_times as area_times_views
from bot.features.reminders.views import digest as digest_views
from bot.features.reminders.views import held_overnight as held_overnight_views
from bot.features.reminders.views import reminders as reminders_views
from bot.outbox.notices import NEWS, REMINDER, URGENT, URGENT_HELD, DeliveryPolicy, Lane
from bot.views.messages import DictKind, loaded

MESSAGES = (
    DictKind("times.overview", area_times_views.overview),
    DictKind("times.one", area_times_views.one),
    DictKind("digest", digest_views.digest, load=digest.load, policy=REMINDER),
    loaded(Folded, held_overnight.load, Folded, held_overnight_views.folded, policy=NEWS),
    DictKind(
        "reminder.reminder_held",
        reminders_views.reminder,
        load=reminders.load,
        policy=replace(REMINDER, retold=True),
    ),
    DictKind(
        "reminder.reminder_through",
        reminders_views.reminder,
        load=reminders.load,
        policy=DeliveryPolicy(lane=Lane.REMINDER, repeat=False, retold=True),
    ),
    DictKind("reminder.urgent_held", reminders_views.reminder, load=reminders.load, policy=URGENT_HELD),
    DictKind("reminder.urgent_through", reminders_views.reminder, load=reminders.load, policy=URGENT),
)
