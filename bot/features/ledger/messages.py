"""What is said about the ledger: each kind of message, declared once."""

from bot.features.ledger import disputes, ledger
from bot.features.ledger.notices import (
    AccountRoleChanged,
    DisputeAnswered,
    Disputed,
    DisputeSaid,
    DisputeVoice,
    FullPaper,
    LanguageChanged,
    LanguageChoice,
    LedgerBoard,
    LedgerEntries,
    LedgerPaper,
    LedgerPeople,
    MeritWritten,
    My,
    MyOlder,
)
from bot.features.ledger.views import ledger as ledger_views
from bot.features.ledger.views import own_record as own_record_views
from bot.features.ledger.views import papers as papers_views
from bot.outbox.notices import NEWS
from bot.views.messages import loaded, message

MESSAGES = (
    loaded(LedgerBoard, ledger.load, LedgerBoard, ledger_views.board),
    loaded(LedgerEntries, ledger.load, LedgerEntries, ledger_views.entries),
    loaded(
        LedgerPaper, ledger.load_paper, FullPaper, papers_views.paper,
        before={"ledger.sheet": {"sheet": True}},
    ),
    message(LedgerPeople, ledger_views.people),
    loaded(DisputeSaid, disputes.load, Disputed, ledger_views.dispute_said, policy=NEWS),
    loaded(DisputeAnswered, disputes.load_answer, Disputed, ledger_views.dispute_answered, policy=NEWS),
    message(DisputeVoice, ledger_views.dispute_voice),
    message(MeritWritten, ledger_views.merit_written, policy=NEWS),
    message(LanguageChoice, own_record_views.language_choice),
    message(LanguageChanged, own_record_views.language_changed),
    message(AccountRoleChanged, own_record_views.role_changed, policy=NEWS),
    message(My, own_record_views.my),
    message(MyOlder, own_record_views.my_older),
)  # fmt: skip
