"""Every setting: `config.toml`, overridden by the environment, checked on start."""

import os
import re
import tomllib
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import orjson
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails

from bot.errors import SettingsError

PREFIX = "GRIDDUTY_"


class Section(BaseModel):
    """A table of `config.toml`; knows only the keys it names."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


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


class WorkSettings(Section):
    """Days and defaults of the work."""

    timezone: str = "Asia/Shanghai"
    day_start: time = time(4)
    language: Literal["zh_CN", "en"] = "zh_CN"
    duty_type: str = "grid"

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


class LogSettings(Section):
    """What is logged and how."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    json_lines: bool = Field(default=False, alias="json")


class MetricsSettings(Section):
    """Where Prometheus may ask."""

    listen: str = ""


class Settings(Section):
    """All settings, one attribute a section."""

    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    photos: PhotoSettings = PhotoSettings()
    work: WorkSettings = WorkSettings()
    duty: DutySettings = DutySettings()
    checkin: CheckinSettings = CheckinSettings()
    crews: CrewSettings = CrewSettings()
    join: JoinSettings = JoinSettings()
    privacy: PrivacySettings = PrivacySettings()
    quiet: QuietSettings = QuietSettings()
    delivery: DeliverySettings = DeliverySettings()
    logs: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()

    @cached_property
    def bot_id(self) -> int:
        """The bot's number: the part of its token before the colon; 0 without a token."""
        head = self.telegram.token.get_secret_value().partition(":")[0]
        return int(head) if head.isascii() and head.isdigit() else 0

    def duty_type(self, code: str | None) -> DutyType:
        """The kind of duty with this code, else the default one."""
        known = {kind.code: kind for kind in self.duty.types}
        return known.get(code or "") or known.get(self.work.duty_type) or self.duty.types[0]


def load(file: Path | None = None, environment: dict[str, str] | None = None) -> Settings:
    """Read and check all settings.

    Raises SettingsError naming the setting, what is wrong with it, and its file and line.
    """
    text = file.read_text(encoding="utf-8") if file else ""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: not readable as TOML: {error}") from error
    sources = _overlay(values, dict(os.environ) if environment is None else environment)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explain(error.errors()[0], text, file, sources)) from error


def _overlay(values: dict[str, Any], environment: dict[str, str]) -> dict[str, str]:
    """Lay the environment over the file's values; tells which variable set which setting."""
    sources: dict[str, str] = {}
    for name, raw in sorted(environment.items()):
        section, divider, key = name.removeprefix(PREFIX).lower().partition("__")
        if not name.startswith(PREFIX) or not divider:
            continue
        if key.endswith("_file") and key not in _keys(section):
            key, raw = key.removesuffix("_file"), _secret_in_file(name, raw)
        table = values.setdefault(section, {})
        if isinstance(table, dict):
            table[key] = _json_list(name, raw) if raw.lstrip().startswith("[") else raw
        sources[f"{section}.{key}"] = name
    return sources


def _keys(section: str) -> set[str]:
    field = Settings.model_fields.get(section)
    model = field.annotation if field else None
    return set(model.model_fields) if isinstance(model, type) and issubclass(model, Section) else set()


def _secret_in_file(name: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}: cannot read {file}: {error.strerror}") from error


def _json_list(name: str, raw: str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise SettingsError(f"{name}: a list must be JSON: {error}") from error


def _explain(error: ErrorDetails, text: str, file: Path | None, sources: dict[str, str]) -> str:
    setting = ".".join(str(part) for part in error["loc"])
    problem = "no setting has this name" if error["type"] == "extra_forbidden" else error["msg"]
    problem = problem.removeprefix("Value error, ")
    variable = sources.get(".".join(str(part) for part in error["loc"][:2]))
    if variable:
        return f"{setting}: {problem} (from {variable})"
    line = _line_of(text, [str(part) for part in error["loc"]])
    return f"{setting}: {problem} ({file}, line {line})" if file else f"{setting}: {problem}"


def _line_of(text: str, path: list[str]) -> int:
    """The line where a setting stands: its key inside its table, else the table's head."""
    section, head = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        table = re.match(r"\s*\[+\s*([^\]\s]+)\s*\]+", line)
        if table:
            section = table.group(1)
            head = number if section.split(".")[0] == path[0] else head
        elif section.split(".")[0] == path[0] and re.match(rf"\s*{re.escape(path[-1])}\s*=", line):
            return number
    return head
