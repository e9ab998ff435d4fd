"""What is said about reminders: each kind of message, declared once."""

from dataclasses import replace

from bot.features.reminders import digest, held_overnight, reminders
from bot.features.reminders.notices import Digest, Folded, Reminder, TimesOne, TimesOverview
from bot.features.reminders.views import area_times as area_times_views
from bot.features.reminders.views import digest as digest_views
from bot.features.reminders.views import held_overnight as held_overnight_views
from bot.features.reminders.views import reminders as reminders_views
from bot.outbox.notices import NEWS, REMINDER
from bot.views.messages import loaded, message

MESSAGES = (
    message(TimesOverview, area_times_views.overview),
    message(TimesOne, area_times_views.one),
    loaded(Digest, digest.load, Digest, digest_views.digest, policy=REMINDER),
    loaded(Folded, held_overnight.load, Folded, held_overnight_views.folded, policy=NEWS),
    loaded(
        Reminder, reminders.load, Reminder, reminders_views.reminder, policy=replace(REMINDER, retold=True),
        before={
            "reminder.reminder_through": {"through": True}, "reminder.urgent_held": {"urgent": True},
            "reminder.urgent_through": {"through": True, "urgent": True},
        },
    ),
)  # fmt: skip
