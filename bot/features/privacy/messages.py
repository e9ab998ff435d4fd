"""What is said about privacy: each kind of message, declared once."""

from bot.features.privacy import mydata, views
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("mydata.overview", views.overview, load=mydata.load_overview),
    DictKind("mydata.page", views.page, load=mydata.load),
)
