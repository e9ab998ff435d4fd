"""What is said about duty: each kind of message, declared once."""

from dataclasses import replace

from bot.features.duty import corrections
from bot.features.duty.views import check_in as check_in_views
from bot.features.duty.views import corrections as corrections_views
from bot.outbox.notices import NEWS, REMINDER, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("checkin.done", check_in_views.checked_in),
    DictKind("checkin.again", check_in_views.on_duty_already),
    DictKind("checkin.needs_place", check_in_views.place_needed),
    DictKind("checkin.left", check_in_views.left),
    DictKind("checkin.photo_kept", check_in_views.photo_kept),
    DictKind(
        "checkin.closed_by_system",
        check_in_views.closed_by_system,
        policy=replace(REMINDER, folds=True, retold=True),
    ),
    DictKind("checkin.went_on", check_in_views.went_on, policy=replace(REMINDER, folds=True, retold=True)),
    DictKind("behalf.done", check_in_views.done_for),
    DictKind("behalf.told", check_in_views.told_of_it, policy=NEWS),
    DictKind("checkout.done", check_in_views.checked_out),
    DictKind("checkout.undone", check_in_views.check_out_undone),
    DictKind("correction.sent", corrections_views.sent),
    DictKind("correction.waiting_count", corrections_views.waiting_count),
    DictKind("correction.waiting", corrections_views.asked, load=corrections.load),
    DictKind("correction.asked", corrections_views.asked, load=corrections.load, policy=URGENT_HELD),
    DictKind("correction.decided", corrections_views.decided, policy=replace(NEWS, folds=True)),
    DictKind("correction.decided_before", corrections_views.decided_before),
)
