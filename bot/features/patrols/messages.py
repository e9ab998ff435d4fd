"""What is said about patrols: each kind of message, declared once."""

from bot.features.patrols import escalation, reports
from bot.features.patrols.views import patrol as patrol_views
from bot.features.patrols.views import reports as reports_views
from bot.outbox.notices import NEWS, URGENT, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("patrol.which", patrol_views.which),
    MessageKind("patrol.started", patrol_views.started),
    MessageKind("patrol.card", patrol_views.card),
    MessageKind("patrol.card_moved", patrol_views.card_moved),
    MessageKind("patrol.card_over", patrol_views.card_over),
    MessageKind("patrol.card_dropped", patrol_views.card_dropped),
    MessageKind("patrol.none", patrol_views.none),
    MessageKind("patrol.reached", patrol_views.reached),
    MessageKind("patrol.again", patrol_views.again),
    MessageKind("patrol.far", patrol_views.far),
    MessageKind("patrol.noted_place", patrol_views.noted_place),
    MessageKind("patrol.live", patrol_views.live),
    MessageKind("patrol.photo", patrol_views.photo),
    MessageKind("patrol.detail_kept", patrol_views.detail_kept),
    MessageKind("patrol.finished", patrol_views.finished),
    MessageKind("patrol.own_report", reports_views.report, load=reports.load),
    MessageKind("patrol.report_asked", reports_views.report, load=reports.load),
    MessageKind("patrol.report", reports_views.report, load=reports.load, policy=NEWS),
    MessageKind("patrol.voice", reports_views.voice),
    MessageKind("patrol.closed", reports_views.closed, load=reports.load_closed, policy=NEWS),
    MessageKind("patrol.due_crew", reports_views.due, load=escalation.load, policy=URGENT),
    MessageKind("patrol.due_names", reports_views.due, load=escalation.load, policy=URGENT_HELD),
    MessageKind("patrol.list", reports_views.listed),
)
