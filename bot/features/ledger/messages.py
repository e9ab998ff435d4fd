"""What is said about ledger: each kind of message, declared once."""

from bot.features.ledger import disputes, ledger
from bot.features.ledger.views import ledger as ledger_views
from bot.features.ledger.views import own_record as own_record_views
from bot.features.ledger.views import papers as papers_views
from bot.outbox.notices import NEWS
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("ledger.board", ledger_views.board, load=ledger.load),
    DictKind("ledger.entries", ledger_views.entries, load=ledger.load),
    DictKind("ledger.people", ledger_views.people),
    DictKind("dispute.said", ledger_views.dispute_said, load=disputes.load, policy=NEWS),
    DictKind("dispute.answered", ledger_views.dispute_answered, policy=NEWS),
    DictKind("dispute.voice", ledger_views.dispute_voice),
    DictKind("merit.written", ledger_views.merit_written, policy=NEWS),
    DictKind("language.choice", own_record_views.language_choice),
    DictKind("language.changed", own_record_views.language_changed),
    DictKind("account.role_changed", own_record_views.role_changed, policy=NEWS),
    DictKind("my", own_record_views.my),
    DictKind("my.older", own_record_views.my_older),
    DictKind("ledger.certificate", papers_views.certificate, load=ledger.load_paper),
    DictKind("ledger.sheet", papers_views.sheet, load=ledger.load_paper),
)
