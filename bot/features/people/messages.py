"""What is said about people: each kind of message, declared once."""

from dataclasses import replace

from bot.features.people import leavers, notices, second_accounts
from bot.features.people.views import feedback as feedback_views
from bot.features.people.views import groups as groups_views
from bot.features.people.views import joining as joining_views
from bot.features.reminders.notices import LeftBehind, LeftBehindShown
from bot.features.reminders.views import digest as reminders_digest
from bot.outbox.notices import NEWS, REMINDER, URGENT, URGENT_HELD
from bot.views.messages import loaded, message, says

MESSAGES = (
    message(notices.FeedbackReceived, feedback_views.received, policy=replace(REMINDER, retold=True)),
    message(notices.GroupBound, groups_views.bound),
    message(notices.GroupUnbound, says("group-unbound")),
    message(notices.GroupHow, says("group-how")),
    message(notices.GroupAnonymous, says("group-anonymous")),
    message(notices.GroupTaken, says("group-taken"), policy=NEWS),
    message(notices.GroupTopicGone, says("group-topic-gone"), policy=NEWS),
    message(notices.JoinContactAsked, joining_views.contact_asked),
    message(notices.JoinContactNotOwn, joining_views.contact_not_own),
    message(notices.JoinWait, says("join-wait")),
    message(notices.JoinWelcome, joining_views.welcome),
    message(notices.JoinGreeting, joining_views.greeting),
    message(notices.JoinAlready, joining_views.already),
    message(notices.JoinOtherPerson, says("join-other-person")),
    message(notices.JoinSecondAccountWaiting, joining_views.second_account_waiting),
    loaded(
        notices.JoinSecondAccountAsked,
        second_accounts.load,
        notices.JoinSecondAccountAsked,
        joining_views.second_account_asked,
        policy=URGENT_HELD,
    ),
    message(notices.JoinSecondAccountDecided, joining_views.second_account_decided, policy=URGENT),
    message(notices.JoinSecondAccountAdded, says("join-second-added"), policy=URGENT_HELD),
    loaded(
        LeftBehind,
        leavers.load,
        LeftBehindShown,
        reminders_digest.left_behind,
        policy=URGENT_HELD,
        before={"left.behind_soon": {"urgent": True}},
    ),
)
