"""What is said about reminders: each kind of message, declared once."""

from dataclasses import replace

from bot.features.reminders import digest, held_overnight, reminders
from bot.features.reminders.views import area_times as area_times_views
from bot.features.reminders.views import digest as digest_views
from bot.features.reminders.views import held_overnight as held_overnight_views
from bot.features.reminders.views import reminders as reminders_views
from bot.outbox.notices import NEWS, REMINDER, URGENT, URGENT_HELD, DeliveryPolicy, Lane
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("times.overview", area_times_views.overview),
    MessageKind("times.one", area_times_views.one),
    MessageKind("digest", digest_views.digest, load=digest.load, policy=REMINDER),
    MessageKind("folded", held_overnight_views.folded, load=held_overnight.load, policy=NEWS),
    MessageKind(
        "reminder.reminder_held",
        reminders_views.reminder,
        load=reminders.load,
        policy=replace(REMINDER, retold=True),
    ),
    MessageKind(
        "reminder.reminder_through",
        reminders_views.reminder,
        load=reminders.load,
        policy=DeliveryPolicy(lane=Lane.REMINDER, repeat=False, retold=True),
    ),
    MessageKind("reminder.urgent_held", reminders_views.reminder, load=reminders.load, policy=URGENT_HELD),
    MessageKind("reminder.urgent_through", reminders_views.reminder, load=reminders.load, policy=URGENT),
)
