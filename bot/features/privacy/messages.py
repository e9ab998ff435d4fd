"""What is said about privacy: each kind of message, declared once."""

from bot.features.privacy import mydata, views
from bot.features.privacy.notices import MydataOverview, MydataPage, Overview, Page
from bot.views.messages import loaded

MESSAGES = (
    loaded(MydataOverview, mydata.load_overview, Overview, views.overview),
    loaded(MydataPage, mydata.load, Page, views.page),
)
