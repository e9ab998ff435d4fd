"""What is said about summaries: each kind of message, declared once."""

from bot.features.summaries import by_topic, names, review, sheet, summary
from bot.features.summaries.views import by_topic as by_topic_views
from bot.features.summaries.views import names as names_views
from bot.features.summaries.views import review as review_views
from bot.features.summaries.views import summary as summary_views
from bot.outbox.notices import REMINDER
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("summary.topic", by_topic_views.topic, load=by_topic.load),
    DictKind("summary.names", names_views.names, load=names.load),
    DictKind("review", review_views.review, load=review.load),
    DictKind("summary.sheet", names_views.workbook, load=sheet.load),
    DictKind("summary", summary_views.summary, load=summary.load),
    DictKind("summary.more", summary_views.more, load=summary.load),
    DictKind("summary.scheduled", summary_views.scheduled, load=summary.load_scheduled, policy=REMINDER),
    DictKind("summary.group", summary_views.group, policy=REMINDER),
    DictKind("summary.below", summary_views.below),
)
