"""The tables of `config.toml`: what may stand in each, and its default."""

import re
from datetime import time
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, SecretStr, field_validator


class Section(BaseModel):
    """A table of `config.toml`; knows only the keys it names."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Named(Section):
    """Something with a code, and a name in each language."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")
    zh_CN: str
    en: str


class TelegramSettings(Section):
    """How Telegram is reached."""

    token: SecretStr = SecretStr("")
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8443"
    webhook_secret: SecretStr = SecretStr("")
    webhook_max_body: int = Field(default=1 << 20, ge=1024)
    poll_seconds: int = Field(default=30, ge=0, le=50)

    @field_validator("token")
    @classmethod
    def _a_token(cls, token: SecretStr) -> SecretStr:
        if not re.fullmatch(r"([0-9]+:\S+)?", token.get_secret_value()):
            raise ValueError("a token looks like 123456789:AAE…, as @BotFather gives it")
        return token

    @field_validator("webhook_secret")
    @classmethod
    def _telegram_takes_it(cls, secret: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret.get_secret_value()):
            raise ValueError("only A-Z, a-z, 0-9, _ and - are allowed, 256 at most")
        return secret


class DatabaseSettings(Section):
    """Where the data lives."""

    url: SecretStr = SecretStr("sqlite:///var/gridduty.sqlite3")
    synchronous: Literal["FULL", "NORMAL", "OFF"] = "FULL"

    @field_validator("url")
    @classmethod
    def _a_database(cls, url: SecretStr) -> SecretStr:
        if not re.match(r"sqlite:///.|postgresql\+psycopg://.", url.get_secret_value()):
            raise ValueError("write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME")
        return url


class PhotoSettings(Section):
    """Where copies of photos and documents live."""

    url: str = "file://var/photos"
    endpoint: str = ""
    region: str = ""
    virtual_host: bool = False

    @field_validator("url")
    @classmethod
    def _a_store(cls, url: str) -> str:
        if not re.match(r"file://.|s3://[^/]", url):
            raise ValueError("write file://FOLDER or s3://BUCKET/PREFIX")
        return url


class WorkSettings(Section):
    """Days and defaults of the work."""

    timezone: str = "Asia/Shanghai"
    day_start: time = time(4)
    language: Literal["zh_CN", "en"] = "zh_CN"
    duty_type: str = "grid"
    # When the board asks who has come: no setting of its own, but what `timetable` says.
    _asks_at: time = PrivateAttr(default=time(10))

    @property
    def asks_at(self) -> time:
        """The local time at which boards ask who has come, where an area has not chosen another one."""
        return self._asks_at

    def asking_at(self, at: time) -> "WorkSettings":
        """The same with this time."""
        asking = self.model_copy()
        asking._asks_at = at
        return asking

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no time zone is called {name!r}; write for example Asia/Shanghai") from error
        return name

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone that days and shifts are reckoned in."""
        return ZoneInfo(self.timezone)


class DutyType(Section):
    """A kind of duty, its names, and what a check-in to it needs."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    zh_CN: str
    en: str
    location: bool = False
    location_at_check_out: bool = False
    photo: bool = False


class DutySettings(Section):
    """The kinds of duty."""

    types: tuple[DutyType, ...] = (
        DutyType(code="grid", zh_CN="网格日常", en="Grid duty", location=True),
        DutyType(code="border", zh_CN="边境执勤", en="Border post", location=True),
        DutyType(code="office", zh_CN="值班室值守", en="Duty room"),
    )


class CheckinSettings(Section):
    """How check-ins are matched, graded and closed."""

    early_minutes: int = Field(default=60, ge=0, le=720)
    grace_minutes: int = Field(default=5, ge=0, le=240)
    radius_metres: int = Field(default=200, ge=10, le=50_000)
    poor_accuracy_metres: int = Field(default=500, ge=10)
    max_speed_kmh: int = Field(default=200, ge=20)
    close_after_minutes: int = Field(default=120, ge=0)
    open_hours: int = Field(default=16, ge=1, le=72)
    undo_seconds: int = Field(default=60, ge=0)
    live_seconds: int = Field(default=60, ge=1)
    correction_hours: int = Field(default=48, ge=1)


class CrewSettings(Section):
    """How shifts are planned ahead, and what a crew should be made of."""

    horizon_days: int = Field(default=14, ge=1, le=92)
    min_crew: int = Field(default=2, ge=1, le=50)
    make_up: tuple[str, ...] = ()
    gap_days: int = Field(default=7, ge=1, le=31)
    undo_minutes: int = Field(default=10, ge=0, le=1440)


class HouseholdSettings(Section):
    """What household heads tell of."""

    catch_up_days: int = Field(default=3, ge=0, le=13)
    mark_days: int = Field(default=14, ge=1)


class ReportSettings(Section):
    """How those who have not reported are asked."""

    nudge_minutes: int = Field(default=60, ge=5, le=1440)


class JoinSettings(Section):
    """Invites and how guessing is slowed down."""

    invite_days: int = Field(default=30, ge=1, le=365)
    attempts: int = Field(default=5, ge=1)
    wait_minutes: int = Field(default=15, ge=1)


class PrivacySettings(Section):
    """What is shown, and how long what is kept."""

    coordinates_in_chat: bool = True
    payload_days: int = Field(default=7, ge=0)
    update_id_days: int = Field(default=30, ge=2)
    location_days: int = Field(default=30, ge=1)
    photo_days: int = Field(default=365, ge=30)
    words_days: int = Field(default=30, ge=3)


class QuietSettings(Section):
    """Hours in which only what cannot wait is sent."""

    start: time = time(22)
    end: time = time(6)


class DeliverySettings(Section):
    """How fast and how often messages are sent."""

    rate: float = Field(default=29.5, ge=0)
    in_flight: int = Field(default=8, ge=1, le=1000)
    attempts: int = Field(default=8, ge=1)
    timeout_seconds: float = Field(default=20, gt=0)


class DrawingSettings(Section):
    """The process that draws pictures."""

    timeout_seconds: float = Field(default=20, gt=0, le=300)
    idle_seconds: float = Field(default=120, ge=0)


class LogSettings(Section):
    """What is logged and how."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    json_lines: bool = Field(default=False, alias="json")


class MetricsSettings(Section):
    """Where Prometheus may ask."""

    listen: str = ""
