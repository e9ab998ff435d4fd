"""What is said of what is kept about a person, as facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.access.own_data import Line
from bot.outbox.notices import Notice


@dataclass(frozen=True, slots=True)
class MydataOverview(Notice):
    """How much is kept; read when it is sent. `…_days`: for how many days places and messages are."""

    kind: ClassVar[str] = "mydata.overview"
    at: datetime
    location_days: int
    payload_days: int


@dataclass(frozen=True, slots=True)
class MydataPage(MydataOverview):
    """A page of all that is kept; read when it is sent."""

    kind: ClassVar[str] = "mydata.page"
    page: int
    of: int


@dataclass(frozen=True, slots=True)
class Overview(MydataOverview):
    """How much is kept, by kind."""

    totals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Page(MydataPage):
    """A page, line by line."""

    lines: tuple[Line, ...]
