"""What is said about duty: each kind of message, declared once."""

from dataclasses import replace

from bot.features.duty import corrections
from bot.features.duty.corrections import CorrectionCard
from bot.features.duty.notices import (
    BehalfDone,
    BehalfTold,
    CheckInAgain,
    CheckInClosedBySystem,
    CheckInDone,
    CheckInLeft,
    CheckInNeedsPlace,
    CheckInPhotoKept,
    CheckInWentOn,
    CheckOutDone,
    CheckOutUndone,
    CorrectionAsked,
    CorrectionDecided,
    CorrectionDecidedBefore,
    CorrectionSent,
    CorrectionWaiting,
    CorrectionWaitingCount,
)
from bot.features.duty.views import check_in as check_in_views
from bot.features.duty.views import corrections as corrections_views
from bot.outbox.notices import NEWS, REMINDER, URGENT_HELD
from bot.views.messages import loaded, message

_CLOSED = replace(REMINDER, folds=True, retold=True)
MESSAGES = (
    message(CheckInDone, check_in_views.checked_in),
    message(CheckInAgain, check_in_views.on_duty_already),
    message(CheckInNeedsPlace, check_in_views.place_needed),
    message(CheckInLeft, check_in_views.left),
    message(CheckInPhotoKept, check_in_views.photo_kept),
    message(CheckInClosedBySystem, check_in_views.closed_by_system, policy=_CLOSED),
    message(CheckInWentOn, check_in_views.went_on, policy=_CLOSED),
    message(BehalfDone, check_in_views.done_for),
    message(BehalfTold, check_in_views.told_of_it, policy=NEWS),
    message(CheckOutDone, check_in_views.checked_out),
    message(CheckOutUndone, check_in_views.check_out_undone),
    message(CorrectionSent, corrections_views.sent),
    message(CorrectionWaitingCount, corrections_views.waiting_count),
    loaded(CorrectionWaiting, corrections.load, CorrectionCard, corrections_views.asked),
    loaded(CorrectionAsked, corrections.load, CorrectionCard, corrections_views.asked, policy=URGENT_HELD),
    message(CorrectionDecided, corrections_views.decided, policy=replace(NEWS, folds=True)),
    message(CorrectionDecidedBefore, corrections_views.decided_before),
)
