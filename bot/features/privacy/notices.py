"""What is said of what is kept about a person, as facts."""

from collections.abc import Mapping
from datetime import datetime

from bot.access.own_data import Line
from bot.outbox.notices import Notice


class MydataOverview(Notice, kind="mydata.overview"):
    """How much is kept; read when it is sent. `…_days`: for how many days places and messages are."""

    at: datetime
    location_days: int
    payload_days: int


class MydataPage(MydataOverview, kind="mydata.page"):
    """A page of all that is kept; read when it is sent."""

    page: int
    of: int


class Overview(MydataOverview):
    """How much is kept, by kind."""

    totals: Mapping[str, int]


class Page(MydataPage):
    """A page, line by line."""

    lines: tuple[Line, ...]
