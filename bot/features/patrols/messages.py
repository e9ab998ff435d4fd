"""What is said about patrols: each kind of message, declared once."""

from bot.features.patrols import escalation, reports
from bot.features.patrols.views import patrol as patrol_views
from bot.features.patrols.views import reports as reports_views
from bot.outbox.notices import NEWS, URGENT, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("patrol.which", patrol_views.which),
    DictKind("patrol.started", patrol_views.started),
    DictKind("patrol.card", patrol_views.card),
    DictKind("patrol.card_moved", patrol_views.card_moved),
    DictKind("patrol.card_over", patrol_views.card_over),
    DictKind("patrol.card_dropped", patrol_views.card_dropped),
    DictKind("patrol.none", patrol_views.none),
    DictKind("patrol.reached", patrol_views.reached),
    DictKind("patrol.again", patrol_views.again),
    DictKind("patrol.far", patrol_views.far),
    DictKind("patrol.noted_place", patrol_views.noted_place),
    DictKind("patrol.live", patrol_views.live),
    DictKind("patrol.photo", patrol_views.photo),
    DictKind("patrol.detail_kept", patrol_views.detail_kept),
    DictKind("patrol.finished", patrol_views.finished),
    DictKind("patrol.own_report", reports_views.report, load=reports.load),
    DictKind("patrol.report_asked", reports_views.report, load=reports.load),
    DictKind("patrol.report", reports_views.report, load=reports.load, policy=NEWS),
    DictKind("patrol.voice", reports_views.voice),
    DictKind("patrol.closed", reports_views.closed, load=reports.load_closed, policy=NEWS),
    DictKind("patrol.due_crew", reports_views.due, load=escalation.load, policy=URGENT),
    DictKind("patrol.due_names", reports_views.due, load=escalation.load, policy=URGENT_HELD),
    DictKind("patrol.list", reports_views.listed),
)
