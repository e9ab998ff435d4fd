"""Hazards and requests in `config.toml`: their kinds, how soon each is to be seen to, and by whom."""

from datetime import date, datetime, time, timedelta
from typing import Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.settings.core import Named, Section
from bot.settings.workdays import Workdays

Level = Literal["village", "township", "county"]


class Due(Section):
    """How soon: so many days, of which only working days count where `working` says so; or so many hours."""

    days: int = Field(default=0, ge=0, le=365)
    hours: int = Field(default=0, ge=0, le=240)
    working: bool = False

    def of(self, at: datetime, zone: ZoneInfo, closing: time, calendar: Workdays) -> datetime:
        """The moment it is due, in the zone of `at`; days end at the `closing` time of the place."""
        if not self.days:
            return at + timedelta(hours=self.hours or 24)
        today = at.astimezone(zone).date()
        day = calendar.after(today, self.days) if self.working else today + timedelta(days=self.days)
        return datetime.combine(day, closing, zone).astimezone(at.tzinfo)


class CaseCategory(Named):
    """A kind of hazard or request. `assign_to` is the level that a new one is laid before; `waits` are the
    working days after its due time, level by level, after which those above are told."""

    icon: str = "📝"
    due: Due = Due(days=7, working=True)
    assign_to: Level = "village"
    waits: tuple[int, ...] = Field(default=(1, 3, 5), max_length=6)

    @property
    def label(self) -> dict[str, str]:
        """What it is called, to be kept with what is of this kind."""
        return {"zh_CN": self.zh_CN, "en": self.en, "icon": self.icon}


C = TypeVar("C", bound=CaseCategory)


class Category(CaseCategory):
    """A kind of hazard. `items` are the codes of checklist items of patrols that become this kind."""

    icon: str = "⚠️"
    severity: Literal["normal", "serious", "urgent"] = "normal"
    items: tuple[str, ...] = ()


DEFAULT = (
    Category(
        code="fire", zh_CN="火灾隐患", en="Fire", icon="🔥", severity="serious",
        due=Due(days=1), assign_to="village", waits=(0, 1, 2), items=("fire",),
    ),
    Category(
        code="wires", zh_CN="电线电杆", en="Wires and poles", icon="⚡", severity="serious",
        due=Due(days=3), assign_to="village", waits=(0, 1, 2), items=("wires",),
    ),
    Category(
        code="slope", zh_CN="滑坡落石", en="Landslide or rockfall", icon="⛰", severity="urgent",
        due=Due(hours=24), assign_to="township", waits=(0, 0, 1),
    ),
    Category(
        code="road", zh_CN="道路损坏堵路", en="Road damaged or blocked", icon="🚧",
        due=Due(days=7, working=True), assign_to="village", items=("roads",),
    ),
    Category(
        code="water", zh_CN="水塘河道", en="Ponds and streams", icon="🌊", severity="serious",
        due=Due(days=3), assign_to="village", waits=(0, 1, 2), items=("water",),
    ),
    Category(
        code="house", zh_CN="危房", en="Unsafe house", icon="🏚", severity="serious",
        due=Due(days=5, working=True), assign_to="township", items=("houses",),
    ),
    Category(
        code="border", zh_CN="边境设施", en="Border facilities", icon="🚪", severity="serious",
        due=Due(days=1), assign_to="village", waits=(0, 1, 2),
        items=("doors", "passages", "ditches", "culverts", "fences"),
    ),
    Category(
        code="facility", zh_CN="路灯监控", en="Lamps and cameras", icon="💡", due=Due(days=7, working=True),
        assign_to="village", items=("lamps", "cameras", "signs"),
    ),
    Category(
        code="waste", zh_CN="环境卫生", en="Waste", icon="🗑", due=Due(days=5, working=True),
        assign_to="village",
    ),
    Category(
        code="other", zh_CN="其他", en="Something else", icon="❗", due=Due(days=7, working=True),
        assign_to="village",
    ),
)  # fmt: skip


class CaseSettings(Section, Generic[C]):
    """What is set for every kind of case."""

    undo_seconds: int = Field(default=60, ge=0, le=3600)
    closing_time: time = time(18)
    remind_hours: int = Field(default=24, ge=1, le=240)
    extensions: tuple[int, ...] = Field(default=(3, 7, 15), min_length=1, max_length=6)
    categories: tuple[C, ...] = Field(min_length=1, max_length=18)

    def category(self, code: str) -> C:
        """The category with this code, else the last, which is for everything else."""
        return next((known for known in self.categories if known.code == code), self.categories[-1])


class HazardSettings(CaseSettings[Category]):
    """How hazards are told, found again, and put right in time."""

    near_metres: int = Field(default=100, ge=10, le=5_000)
    near_days: int = Field(default=30, ge=1, le=365)
    album_seconds: int = Field(default=120, ge=0, le=3600)
    urgent_hours: int = Field(default=24, ge=1, le=240)
    urgent_minutes: tuple[int, ...] = Field(default=(15, 45, 120), min_length=1, max_length=6)
    categories: tuple[Category, ...] = Field(default=DEFAULT, min_length=1, max_length=18)

    def of_item(self, item: str) -> Category:
        """The category that an item of a patrol's checklist becomes."""
        return next((known for known in self.categories if item in known.items), self.categories[-1])


def _request(code: str, zh: str, en: str, icon: str, days: int, level: Level = "village") -> CaseCategory:
    return CaseCategory(
        code=code, zh_CN=zh, en=en, icon=icon, due=Due(days=days, working=True), assign_to=level
    )


REQUESTS = (
    _request("policy", "政策咨询", "A question on policy", "📖", 3),
    _request("aid", "困难救助", "Hardship", "🤲", 5, "township"),
    _request("medical", "看病医保", "Health and insurance", "🏥", 5, "township"),
    _request("school", "子女上学", "School", "🎒", 5, "township"),
    _request("work", "就业务工", "Work", "🧰", 7, "township"),
    _request("farming", "农业生产", "Farming", "🌾", 5),
    _request("utilities", "水电路网", "Water, power, roads, network", "🚰", 5),
    _request("land", "宅基地林地", "House plots and land", "🏡", 10, "township"),
    _request("dispute", "邻里纠纷", "A dispute between neighbours", "🤝", 5),
    _request("papers", "证件办理", "Papers", "🪪", 5, "township"),
    _request("other", "其他", "Something else", "📝", 7),
)


class RequestSettings(CaseSettings[CaseCategory]):
    """How residents' requests are taken down and seen to in time."""

    extensions: tuple[int, ...] = Field(default=(3, 5, 10), min_length=1, max_length=6)
    # So long a head has to say what a household asks for before the village hears of it without words.
    say_minutes: int = Field(default=10, ge=0, le=120)
    contact_days: int = Field(default=30, ge=0, le=365)
    categories: tuple[CaseCategory, ...] = Field(default=REQUESTS, min_length=1, max_length=18)


class CalendarSettings(Section):
    """Days that are worked, or not, otherwise than the public calendar says."""

    days_off: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
