"""What is said about duty: each kind of message, declared once."""

from dataclasses import replace

from bot.features.duty import corrections, notices
from bot.features.duty.corrections import CorrectionCard
from bot.features.duty.views import check_in as check_in_views
from bot.features.duty.views import corrections as corrections_views
from bot.outbox.notices import NEWS, REMINDER, URGENT_HELD
from bot.views.messages import loaded, message, says

_CLOSED = replace(REMINDER, folds=True, retold=True)
MESSAGES = (
    message(notices.CheckInDone, check_in_views.checked_in),
    message(notices.CheckInAgain, check_in_views.on_duty_already),
    message(notices.CheckInNeedsPlace, check_in_views.place_needed),
    message(notices.CheckInLeft, check_in_views.left),
    message(notices.CheckInPhotoKept, check_in_views.photo_kept),
    message(notices.CheckInClosedBySystem, says("checkin-closed-by-system"), policy=_CLOSED),
    message(notices.CheckInWentOn, check_in_views.went_on, policy=_CLOSED),
    message(notices.BehalfDone, check_in_views.done_for),
    message(notices.BehalfTold, check_in_views.told_of_it, policy=NEWS),
    message(notices.CheckOutDone, check_in_views.checked_out),
    message(notices.CheckOutUndone, says("checkout-undone")),
    message(notices.CorrectionSent, corrections_views.sent),
    message(notices.CorrectionWaitingCount, corrections_views.waiting_count),
    loaded(
        notices.CorrectionAsked,
        corrections.load,
        CorrectionCard,
        corrections_views.asked,
        policy=URGENT_HELD,
        before={"correction.waiting": {"answers": True}},
    ),
    message(notices.CorrectionDecided, corrections_views.decided, policy=replace(NEWS, folds=True)),
    message(notices.CorrectionDecidedBefore, corrections_views.decided_before),
)
