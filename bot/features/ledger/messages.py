"""What is said about the ledger: each kind of message, declared once."""

from bot.features.ledger import disputes, ledger, notices
from bot.features.ledger.views import ledger as ledger_views
from bot.features.ledger.views import own_record as own_record_views
from bot.features.ledger.views import papers as papers_views
from bot.outbox.notices import NEWS
from bot.views.messages import loaded, message

MESSAGES = (
    loaded(notices.LedgerBoard, ledger.load, notices.LedgerBoard, ledger_views.board),
    loaded(notices.LedgerEntries, ledger.load, notices.LedgerEntries, ledger_views.entries),
    loaded(
        notices.LedgerPaper, ledger.load_paper, notices.FullPaper, papers_views.paper,
        before={"ledger.sheet": {"sheet": True}},
    ),
    message(notices.LedgerPeople, ledger_views.people),
    loaded(notices.DisputeSaid, disputes.load, notices.Disputed, ledger_views.dispute_said, policy=NEWS),
    loaded(
        notices.DisputeAnswered, disputes.load_answer, notices.Disputed, ledger_views.dispute_answered,
        policy=NEWS,
    ),
    message(notices.DisputeVoice, ledger_views.dispute_voice),
    message(notices.MeritWritten, ledger_views.merit_written, policy=NEWS),
    message(notices.LanguageChoice, own_record_views.language_choice),
    message(notices.LanguageChanged, own_record_views.language_changed),
    message(notices.AccountRoleChanged, own_record_views.role_changed, policy=NEWS),
    message(notices.My, own_record_views.my),
    message(notices.MyOlder, own_record_views.my_older),
)  # fmt: skip
