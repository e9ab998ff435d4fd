"""Every kind of message there is: those of the features, and what the engines say themselves."""

from bot.features.attendance import messages as attendance
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
from bot.forms import views as forms_views
from bot.outbox.notices import URGENT_HELD, DeliveryPolicy, Lane
from bot.photos import views as photos_views
from bot.views import general as general_views
from bot.views import help as help_views
from bot.views.messages import DictKind, declare

declare(
    *attendance.MESSAGES,
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
    DictKind("form.ask", forms_views.ask),
    DictKind("form.closed", forms_views.closed, policy=DeliveryPolicy(lane=Lane.REMINDER)),
    DictKind("keys.gone", forms_views.keys_gone, policy=DeliveryPolicy(lane=Lane.REMINDER)),
    DictKind("form.expected", forms_views.say),
    DictKind("form.done", forms_views.say),
    DictKind("form.photos", forms_views.photos),
    DictKind("form.photos_full", forms_views.photos_full),
    DictKind("form.offer", forms_views.offer),
    DictKind("form.dropped", forms_views.dropped),
    DictKind("form.outdated", forms_views.outdated),
    DictKind("form.nothing_to_cancel", forms_views.nothing_to_cancel),
    DictKind("photo.broken", photos_views.broken),
    DictKind("stop.ask", general_views.stop_ask),
    DictKind("stop.done", general_views.stop_done),
    DictKind("stop.stayed", general_views.stop_stayed),
    DictKind("not_understood", general_views.not_understood),
    DictKind("refused", general_views.refused),
    DictKind("failed", general_views.failed),
    DictKind("admin.handler_failed", general_views.handler_failed, policy=URGENT_HELD),
    DictKind("admin.job_failed", general_views.job_failed, policy=URGENT_HELD),
    DictKind("admin.trouble", general_views.trouble, policy=URGENT_HELD),
    DictKind("help", help_views.help_),
)
