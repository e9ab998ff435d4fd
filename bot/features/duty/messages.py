"""What is said about duty: each kind of message, declared once."""

from dataclasses import replace

from bot.features.duty import corrections
from bot.features.duty.views import check_in as check_in_views
from bot.features.duty.views import corrections as corrections_views
from bot.outbox.notices import NEWS, REMINDER, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("checkin.done", check_in_views.checked_in),
    MessageKind("checkin.again", check_in_views.on_duty_already),
    MessageKind("checkin.needs_place", check_in_views.place_needed),
    MessageKind("checkin.left", check_in_views.left),
    MessageKind("checkin.photo_kept", check_in_views.photo_kept),
    MessageKind(
        "checkin.closed_by_system",
        check_in_views.closed_by_system,
        policy=replace(REMINDER, folds=True, retold=True),
    ),
    MessageKind("checkin.went_on", check_in_views.went_on, policy=replace(REMINDER, folds=True, retold=True)),
    MessageKind("behalf.done", check_in_views.done_for),
    MessageKind("behalf.told", check_in_views.told_of_it, policy=NEWS),
    MessageKind("checkout.done", check_in_views.checked_out),
    MessageKind("checkout.undone", check_in_views.check_out_undone),
    MessageKind("correction.sent", corrections_views.sent),
    MessageKind("correction.waiting_count", corrections_views.waiting_count),
    MessageKind("correction.waiting", corrections_views.asked, load=corrections.load),
    MessageKind("correction.asked", corrections_views.asked, load=corrections.load, policy=URGENT_HELD),
    MessageKind("correction.decided", corrections_views.decided, policy=replace(NEWS, folds=True)),
    MessageKind("correction.decided_before", corrections_views.decided_before),
)
