"""What is said about people: each kind of message, declared once."""

from dataclasses import replace

from bot.features.people import leavers, second_accounts
from bot.features.people.views import feedback as feedback_views
from bot.features.people.views import groups as groups_views
from bot.features.people.views import joining as joining_views
from bot.features.reminders.views import digest as reminders_digest
from bot.outbox.notices import NEWS, REMINDER, URGENT, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("feedback.received", feedback_views.received, policy=replace(REMINDER, retold=True)),
    MessageKind("group.bound", groups_views.bound),
    MessageKind("group.unbound", groups_views.unbound),
    MessageKind("group.how", groups_views.how),
    MessageKind("group.anonymous", groups_views.anonymous),
    MessageKind("group.taken", groups_views.taken, policy=NEWS),
    MessageKind("group.topic_gone", groups_views.topic_gone, policy=NEWS),
    MessageKind("join.contact_asked", joining_views.contact_asked),
    MessageKind("join.contact_not_own", joining_views.contact_not_own),
    MessageKind("join.wait", joining_views.wait),
    MessageKind("join.welcome", joining_views.welcome),
    MessageKind("join.greeting", joining_views.greeting),
    MessageKind("join.already", joining_views.already),
    MessageKind("join.other_person", joining_views.other_person),
    MessageKind("join.second_account_waiting", joining_views.second_account_waiting),
    MessageKind(
        "join.second_account_asked",
        joining_views.second_account_asked,
        load=second_accounts.load,
        policy=URGENT_HELD,
    ),
    MessageKind("join.second_account_decided", joining_views.second_account_decided, policy=URGENT),
    MessageKind("join.second_account_added", joining_views.second_account_added, policy=URGENT_HELD),
    MessageKind("left.behind", reminders_digest.left_behind, load=leavers.load, policy=URGENT_HELD),
    MessageKind("left.behind_soon", reminders_digest.left_behind, load=leavers.load, policy=URGENT),
)
