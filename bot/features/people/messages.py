"""What is said about people: each kind of message, declared once."""

from dataclasses import replace

from bot.features.people import leavers, second_accounts
from bot.features.people.notices import (
    FeedbackReceived,
    GroupAnonymous,
    GroupBound,
    GroupHow,
    GroupTaken,
    GroupTopicGone,
    GroupUnbound,
    JoinAlready,
    JoinContactAsked,
    JoinContactNotOwn,
    JoinGreeting,
    JoinOtherPerson,
    JoinSecondAccountAdded,
    JoinSecondAccountAsked,
    JoinSecondAccountDecided,
    JoinSecondAccountWaiting,
    JoinWait,
    JoinWelcome,
)
from bot.features.people.views import feedback as feedback_views
from bot.features.people.views import groups as groups_views
from bot.features.people.views import joining as joining_views
from bot.features.reminders.notices import LeftBehind, LeftBehindShown
from bot.features.reminders.views import digest as reminders_digest
from bot.outbox.notices import NEWS, REMINDER, URGENT, URGENT_HELD
from bot.views.messages import loaded, message

MESSAGES = (
    message(FeedbackReceived, feedback_views.received, policy=replace(REMINDER, retold=True)),
    message(GroupBound, groups_views.bound),
    message(GroupUnbound, groups_views.unbound),
    message(GroupHow, groups_views.how),
    message(GroupAnonymous, groups_views.anonymous),
    message(GroupTaken, groups_views.taken, policy=NEWS),
    message(GroupTopicGone, groups_views.topic_gone, policy=NEWS),
    message(JoinContactAsked, joining_views.contact_asked),
    message(JoinContactNotOwn, joining_views.contact_not_own),
    message(JoinWait, joining_views.wait),
    message(JoinWelcome, joining_views.welcome),
    message(JoinGreeting, joining_views.greeting),
    message(JoinAlready, joining_views.already),
    message(JoinOtherPerson, joining_views.other_person),
    message(JoinSecondAccountWaiting, joining_views.second_account_waiting),
    loaded(
        JoinSecondAccountAsked,
        second_accounts.load,
        JoinSecondAccountAsked,
        joining_views.second_account_asked,
        policy=URGENT_HELD,
    ),
    message(JoinSecondAccountDecided, joining_views.second_account_decided, policy=URGENT),
    message(JoinSecondAccountAdded, joining_views.second_account_added, policy=URGENT_HELD),
    loaded(
        LeftBehind,
        leavers.load,
        LeftBehindShown,
        reminders_digest.left_behind,
        policy=URGENT_HELD,
        before={"left.behind_soon": {"urgent": True}},
    ),
)
