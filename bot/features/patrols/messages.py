"""What is said about patrols: each kind of message, declared once."""

from bot.features.patrols import escalation, notices, reports
from bot.features.patrols.views import patrol as patrol_views
from bot.features.patrols.views import reports as reports_views
from bot.outbox.notices import NEWS, URGENT_HELD
from bot.views.messages import loaded, message, says

_AT_ONCE = {"at_once": True}

MESSAGES = (
    message(notices.PatrolWhich, patrol_views.which),
    message(notices.PatrolStarted, patrol_views.started),
    message(notices.PatrolCard, patrol_views.card),
    message(notices.PatrolCardMoved, patrol_views.card_moved),
    message(notices.PatrolCardOver, patrol_views.card_over),
    message(notices.PatrolCardDropped, says("patrol-card-dropped")),
    message(notices.PatrolNone, patrol_views.none),
    message(notices.PatrolReached, patrol_views.reached),
    message(notices.PatrolAgain, patrol_views.again),
    message(notices.PatrolFar, patrol_views.far),
    message(notices.PatrolNotedPlace, says("patrol-noted-place")),
    message(notices.PatrolLive, says("patrol-live")),
    message(notices.PatrolPhoto, patrol_views.photo),
    message(notices.PatrolDetailKept, patrol_views.detail_kept),
    message(notices.PatrolFinished, patrol_views.finished),
    loaded(
        notices.PatrolReport, reports.load, notices.ShownReport, reports_views.report, policy=NEWS,
        before={"patrol.own_report": _AT_ONCE, "patrol.report_asked": _AT_ONCE},
    ),
    message(notices.PatrolVoice, reports_views.voice),
    loaded(
        notices.PatrolClosed, reports.load_closed, notices.ShownClosed, reports_views.closed, policy=NEWS
    ),
    loaded(
        notices.PatrolDue, escalation.load, notices.DuePatrols, reports_views.due, policy=URGENT_HELD,
        before={"patrol.due_crew": {}},
    ),
    message(notices.PatrolList, reports_views.listed),
)  # fmt: skip
