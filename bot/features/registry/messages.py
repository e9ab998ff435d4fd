"""Every kind of message there is: those of the features, and what the engines say themselves."""

from bot.features.attendance import messages as attendance
from bot.features.calls import messages as calls
from bot.features.duty import messages as duty
from bot.features.exports import messages as exports
from bot.features.handover import messages as handover
from bot.features.hazards import messages as hazards
from bot.features.households import messages as households
from bot.features.ledger import messages as ledger
from bot.features.patrols import messages as patrols
from bot.features.people import messages as people
from bot.features.privacy import messages as privacy
from bot.features.reminders import messages as reminders
from bot.features.requests import messages as requests
from bot.features.safety import messages as safety
from bot.features.shifts import messages as shifts
from bot.features.summaries import messages as summaries
from bot.features.swaps import messages as swaps
from bot.forms import notices as forms_notices
from bot.forms import views as forms_views
from bot.outbox.alarms import AdminHandlerFailed, AdminJobFailed, AdminTrouble
from bot.outbox.notices import URGENT_HELD, DeliveryPolicy, KeysGone, Lane
from bot.photos import views as photos_views
from bot.photos.notices import PhotoBroken
from bot.views import general as general_views
from bot.views import help as help_views
from bot.views.messages import declare, message, says
from bot.views.notices import Failed, NotUnderstood, Refusal, StopAsk, StopDone, StopStayed

_LATER = DeliveryPolicy(lane=Lane.REMINDER)

declare(
    *attendance.MESSAGES,
    *calls.MESSAGES,
    *duty.MESSAGES,
    *exports.MESSAGES,
    *handover.MESSAGES,
    *hazards.MESSAGES,
    *households.MESSAGES,
    *ledger.MESSAGES,
    *patrols.MESSAGES,
    *people.MESSAGES,
    *privacy.MESSAGES,
    *reminders.MESSAGES,
    *requests.MESSAGES,
    *safety.MESSAGES,
    *shifts.MESSAGES,
    *summaries.MESSAGES,
    *swaps.MESSAGES,
    message(forms_notices.FormAsk, forms_views.ask),
    message(forms_notices.FormClosed, forms_views.closed, policy=_LATER),
    message(KeysGone, forms_views.keys_gone, policy=_LATER),
    message(forms_notices.FormExpected, forms_views.say),
    message(forms_notices.FormDone, forms_views.say),
    message(forms_notices.FormPhotos, forms_views.photos),
    message(forms_notices.FormPhotosFull, says("form-photos-full")),
    message(forms_notices.FormOffer, forms_views.offer),
    message(forms_notices.FormDropped, forms_views.dropped),
    message(forms_notices.FormOutdated, says("form-outdated")),
    message(forms_notices.FormNothingToCancel, says("form-nothing-to-cancel")),
    message(PhotoBroken, photos_views.broken),
    message(StopAsk, general_views.stop_ask),
    message(StopDone, says("stop-done")),
    message(StopStayed, says("stop-stayed")),
    message(NotUnderstood, says("not-understood")),
    message(Refusal, general_views.refused),
    message(Failed, says("failed")),
    message(AdminHandlerFailed, says("admin-handler-failed"), policy=URGENT_HELD),
    message(AdminJobFailed, says("admin-job-failed"), policy=URGENT_HELD),
    message(AdminTrouble, says("admin-trouble"), policy=URGENT_HELD),
    message(help_views.Help, help_views.help_),
)
