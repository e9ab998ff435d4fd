"""What is said about ledger: each kind of message, declared once."""

from bot.features.ledger import disputes, ledger
from bot.features.ledger.views import ledger as ledger_views
from bot.features.ledger.views import own_record as own_record_views
from bot.features.ledger.views import papers as papers_views
from bot.outbox.notices import NEWS
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("ledger.board", ledger_views.board, load=ledger.load),
    MessageKind("ledger.entries", ledger_views.entries, load=ledger.load),
    MessageKind("ledger.people", ledger_views.people),
    MessageKind("dispute.said", ledger_views.dispute_said, load=disputes.load, policy=NEWS),
    MessageKind("dispute.answered", ledger_views.dispute_answered, policy=NEWS),
    MessageKind("dispute.voice", ledger_views.dispute_voice),
    MessageKind("merit.written", ledger_views.merit_written, policy=NEWS),
    MessageKind("language.choice", own_record_views.language_choice),
    MessageKind("language.changed", own_record_views.language_changed),
    MessageKind("account.role_changed", own_record_views.role_changed, policy=NEWS),
    MessageKind("my", own_record_views.my),
    MessageKind("my.older", own_record_views.my_older),
    MessageKind("ledger.certificate", papers_views.certificate, load=ledger.load_paper),
    MessageKind("ledger.sheet", papers_views.sheet, load=ledger.load_paper),
)
