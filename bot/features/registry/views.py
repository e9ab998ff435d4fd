"""Every view: imported, it is known by its kinds."""

from bot.features.attendance.views import duty_board, missing_reports, not_checked_in
from bot.features.duty.views import check_in as duty_check_in
from bot.features.duty.views import corrections
from bot.features.exports import views as export_views
from bot.features.handover import views as handover_views
from bot.features.hazards.views import answers as hazard_answers
from bot.features.hazards.views import card as hazard_card
from bot.features.hazards.views import lists as hazard_lists
from bot.features.households import views as household_views
from bot.features.ledger.views import ledger, own_record, papers
from bot.features.patrols.views import patrol, reports
from bot.features.people.views import feedback, groups, joining
from bot.features.privacy import views as privacy_views
from bot.features.reminders.views import area_times as reminder_area_times
from bot.features.reminders.views import digest, held_overnight, reminders
from bot.features.requests.views import answers as request_answers
from bot.features.requests.views import card as request_card
from bot.features.requests.views import lists as request_lists
from bot.features.safety.views import appeals
from bot.features.safety.views import words as safety_words
from bot.features.shifts.views import rotation, shifts
from bot.features.summaries.views import by_topic, review, sheets, summary
from bot.features.summaries.views import names as summary_names
from bot.features.swaps import views as swap_views
from bot.forms import views as form_views
from bot.photos import views as photo_views
from bot.views import general, help

VIEWS = (
    appeals,
    duty_check_in,
    corrections,
    digest,
    export_views,
    feedback,
    held_overnight,
    form_views,
    general,
    groups,
    handover_views,
    hazard_answers,
    hazard_lists,
    hazard_card,
    help,
    household_views,
    joining,
    not_checked_in,
    ledger,
    papers,
    privacy_views,
    duty_board,
    own_record,
    reports,
    patrol,
    photo_views,
    reminders,
    request_answers,
    request_lists,
    request_card,
    review,
    rotation,
    shifts,
    missing_reports,
    summary,
    summary_names,
    sheets,
    by_topic,
    swap_views,
    reminder_area_times,
    safety_words,
)
