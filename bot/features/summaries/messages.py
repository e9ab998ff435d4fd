"""What is said about summaries: each kind of message, declared once."""

from bot.features.summaries import by_topic, names, review, sheet, summary
from bot.features.summaries.views import by_topic as by_topic_views
from bot.features.summaries.views import names as names_views
from bot.features.summaries.views import review as review_views
from bot.features.summaries.views import summary as summary_views
from bot.outbox.notices import REMINDER
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("summary.topic", by_topic_views.topic, load=by_topic.load),
    MessageKind("summary.names", names_views.names, load=names.load),
    MessageKind("review", review_views.review, load=review.load),
    MessageKind("summary.sheet", names_views.workbook, load=sheet.load),
    MessageKind("summary", summary_views.summary, load=summary.load),
    MessageKind("summary.more", summary_views.more, load=summary.load),
    MessageKind("summary.scheduled", summary_views.scheduled, load=summary.load_scheduled, policy=REMINDER),
    MessageKind("summary.group", summary_views.group, policy=REMINDER),
    MessageKind("summary.below", summary_views.below),
)
