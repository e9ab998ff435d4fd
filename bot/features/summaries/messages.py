"""What is said about summaries: each kind of message, declared once."""

from bot.features.summaries import by_topic, names, review, sheet, summary
from bot.features.summaries.notices import (
    Figures,
    NamesPage,
    PackFigures,
    Review,
    SheetFigures,
    Summary,
    SummaryBelow,
    SummaryGroup,
    SummaryNames,
    SummaryScheduled,
    SummarySheet,
    SummaryTopic,
    TopicFigures,
)
from bot.features.summaries.views import by_topic as by_topic_views
from bot.features.summaries.views import names as names_views
from bot.features.summaries.views import review as review_views
from bot.features.summaries.views import summary as views
from bot.outbox.notices import REMINDER
from bot.views.messages import loaded, message

MESSAGES = (
    loaded(SummaryTopic, by_topic.load, TopicFigures, by_topic_views.topic),
    loaded(SummaryNames, names.load, NamesPage, names_views.names),
    loaded(Review, review.load, PackFigures, review_views.review),
    loaded(SummarySheet, sheet.load, SheetFigures, names_views.workbook),
    loaded(Summary, summary.load, Figures, views.summary, before={"summary.more": {"more": True}}),
    loaded(SummaryScheduled, summary.load_scheduled, Figures, views.scheduled, policy=REMINDER),
    message(SummaryGroup, views.scheduled_for_group, policy=REMINDER),
    message(SummaryBelow, views.below),
)
