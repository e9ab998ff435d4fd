"""What is said about summaries: each kind of message, declared once."""

from bot.features.summaries import by_topic, names, notices, review, sheet, summary
from bot.features.summaries.views import by_topic as by_topic_views
from bot.features.summaries.views import names as names_views
from bot.features.summaries.views import review as review_views
from bot.features.summaries.views import summary as views
from bot.outbox.notices import REMINDER
from bot.views.messages import loaded, message

MESSAGES = (
    loaded(notices.SummaryTopic, by_topic.load, notices.TopicFigures, by_topic_views.topic),
    loaded(notices.SummaryNames, names.load, notices.NamesPage, names_views.names),
    loaded(notices.Review, review.load, notices.PackFigures, review_views.review),
    loaded(notices.SummarySheet, sheet.load, notices.SheetFigures, names_views.workbook),
    loaded(
        notices.Summary, summary.load, notices.Figures, views.summary, before={"summary.more": {"more": True}}
    ),
    loaded(
        notices.SummaryScheduled, summary.load_scheduled, notices.Figures, views.scheduled, policy=REMINDER
    ),
    message(notices.SummaryGroup, views.scheduled_for_group, policy=REMINDER),
    message(notices.SummaryBelow, views.below),
)
