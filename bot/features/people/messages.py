"""What is said about people: each kind of message, declared once."""

from dataclasses import replace

from bot.features.people import leavers, second_accounts
from bot.features.people.views import feedback as feedback_views
from bot.features.people.views import groups as groups_views
from bot.features.people.views import joining as joining_views
from bot.features.reminders.views import digest as reminders_digest
from bot.outbox.notices import NEWS, REMINDER, URGENT, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("feedback.received", feedback_views.received, policy=replace(REMINDER, retold=True)),
    DictKind("group.bound", groups_views.bound),
    DictKind("group.unbound", groups_views.unbound),
    DictKind("group.how", groups_views.how),
    DictKind("group.anonymous", groups_views.anonymous),
    DictKind("group.taken", groups_views.taken, policy=NEWS),
    DictKind("group.topic_gone", groups_views.topic_gone, policy=NEWS),
    DictKind("join.contact_asked", joining_views.contact_asked),
    DictKind("join.contact_not_own", joining_views.contact_not_own),
    DictKind("join.wait", joining_views.wait),
    DictKind("join.welcome", joining_views.welcome),
    DictKind("join.greeting", joining_views.greeting),
    DictKind("join.already", joining_views.already),
    DictKind("join.other_person", joining_views.other_person),
    DictKind("join.second_account_waiting", joining_views.second_account_waiting),
    DictKind(
        "join.second_account_asked",
        joining_views.second_account_asked,
        load=second_accounts.load,
        policy=URGENT_HELD,
    ),
    DictKind("join.second_account_decided", joining_views.second_account_decided, policy=URGENT),
    DictKind("join.second_account_added", joining_views.second_account_added, policy=URGENT_HELD),
    DictKind("left.behind", reminders_digest.left_behind, load=leavers.load, policy=URGENT_HELD),
    DictKind("left.behind_soon", reminders_digest.left_behind, load=leavers.load, policy=URGENT),
)
